/** provideSubscriberInfo: the HLR asks the serving node where a subscriber is and whether it is busy. 3GPP TS 29.002 §8.11.2, §17.6.1. */
import { type Infer, implicit, operation, optional, sequence } from '../../asn1/index.ts';
import { dataMissing, unexpectedDataValue } from '../errors/generic.ts';
import { timersMs } from '../timers.ts';
import { Imsi, Lmsi } from '../types/address.ts';
import { ExtensionContainer } from '../types/extension.ts';
import { RequestedInfo, SubscriberInfo } from '../types/subscriber-information.ts';
import { EmlppPriority } from '../types/supplementary-services.ts';

export const ProvideSubscriberInfoArg = sequence({
  imsi: implicit(0, Imsi),
  lmsi: optional(implicit(1, Lmsi)),
  requestedInfo: implicit(2, RequestedInfo),
  extensionContainer: optional(implicit(3, ExtensionContainer)),
  callPriority: optional(implicit(4, EmlppPriority)),
});
export type ProvideSubscriberInfoArg = Infer<typeof ProvideSubscriberInfoArg>;

export const ProvideSubscriberInfoRes = sequence({
  subscriberInfo: SubscriberInfo,
  extensionContainer: optional(ExtensionContainer),
});
export type ProvideSubscriberInfoRes = Infer<typeof ProvideSubscriberInfoRes>;

export const provideSubscriberInfo = operation({
  name: 'provideSubscriberInfo',
  code: 70,
  argument: ProvideSubscriberInfoArg,
  result: ProvideSubscriberInfoRes,
  errors: [dataMissing, unexpectedDataValue],
  operationClass: 1,
  timerMs: timersMs.medium,
});
