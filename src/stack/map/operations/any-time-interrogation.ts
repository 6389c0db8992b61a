/** anyTimeInterrogation: the gsmSCF asks the HLR where a subscriber is and whether it is busy. 3GPP TS 29.002 §8.11.1, §17.6.1. */
import { explicit, type Infer, implicit, operation, optional, sequence } from '../../asn1/index.ts';
import { dataMissing, systemFailure, unexpectedDataValue } from '../errors/generic.ts';
import { unknownSubscriber } from '../errors/identification.ts';
import { atiNotAllowed } from '../errors/subscriber-information.ts';
import { timersMs } from '../timers.ts';
import { IsdnAddressString, SubscriberIdentity } from '../types/address.ts';
import { ExtensionContainer } from '../types/extension.ts';
import { RequestedInfo, SubscriberInfo } from '../types/subscriber-information.ts';

export const AnyTimeInterrogationArg = sequence({
  subscriberIdentity: explicit(0, SubscriberIdentity),
  requestedInfo: implicit(1, RequestedInfo),
  'gsmSCF-Address': implicit(3, IsdnAddressString),
  extensionContainer: optional(implicit(2, ExtensionContainer)),
});
export type AnyTimeInterrogationArg = Infer<typeof AnyTimeInterrogationArg>;

export const AnyTimeInterrogationRes = sequence({
  subscriberInfo: SubscriberInfo,
  extensionContainer: optional(ExtensionContainer),
});
export type AnyTimeInterrogationRes = Infer<typeof AnyTimeInterrogationRes>;

export const anyTimeInterrogation = operation({
  name: 'anyTimeInterrogation',
  code: 71,
  argument: AnyTimeInterrogationArg,
  result: AnyTimeInterrogationRes,
  errors: [systemFailure, atiNotAllowed, dataMissing, unexpectedDataValue, unknownSubscriber],
  operationClass: 1,
  timerMs: timersMs.medium,
});
