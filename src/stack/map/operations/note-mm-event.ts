/** noteMM-Event: the VLR tells the gsmSCF of an event of mobility management. 3GPP TS 29.002 §8.1.8, §17.6.1. */
import { type Infer, implicit, operation, optional, sequence } from '../../asn1/index.ts';
import { dataMissing, unexpectedDataValue } from '../errors/generic.ts';
import { unknownSubscriber } from '../errors/identification.ts';
import { mmEventNotSupported } from '../errors/subscriber-information.ts';
import { timersMs } from '../timers.ts';
import { Imsi, IsdnAddressString } from '../types/address.ts';
import { MmCode, OfferedCamel4Functionalities, ServiceKey, SupportedCamelPhases } from '../types/camel.ts';
import { ExtensionContainer } from '../types/extension.ts';
import { LocationInformation, LocationInformationGPRS } from '../types/location.ts';

export const NoteMMEventArg = sequence({
  serviceKey: ServiceKey,
  eventMet: implicit(0, MmCode),
  imsi: implicit(1, Imsi),
  msisdn: implicit(2, IsdnAddressString),
  locationInformation: optional(implicit(3, LocationInformation)),
  supportedCAMELPhases: optional(implicit(5, SupportedCamelPhases)),
  extensionContainer: optional(implicit(6, ExtensionContainer)),
  locationInformationGPRS: optional(implicit(7, LocationInformationGPRS)),
  offeredCamel4Functionalities: optional(implicit(8, OfferedCamel4Functionalities)),
});
export type NoteMMEventArg = Infer<typeof NoteMMEventArg>;

export const NoteMMEventRes = sequence({
  extensionContainer: optional(ExtensionContainer),
});
export type NoteMMEventRes = Infer<typeof NoteMMEventRes>;

export const noteMMEvent = operation({
  name: 'noteMM-Event',
  code: 89,
  argument: NoteMMEventArg,
  result: NoteMMEventRes,
  errors: [dataMissing, unexpectedDataValue, unknownSubscriber, mmEventNotSupported],
  operationClass: 1,
  timerMs: timersMs.medium,
});
