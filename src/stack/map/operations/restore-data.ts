/**
 * restoreData: the VLR asks the HLR for the data of a subscriber. 3GPP TS 29.002 §8.10.3, §17.6.1.
 * Versions before 3: ETSI ETS 300 599.
 */
import { type Infer, implicit, nullType, operation, optional, sequence } from '../../asn1/index.ts';
import { dataMissing, systemFailure, unexpectedDataValue } from '../errors/generic.ts';
import { unknownSubscriber } from '../errors/identification.ts';
import { timersMs } from '../timers.ts';
import { Imsi, IsdnAddressString, Lmsi } from '../types/address.ts';
import { VlrCapability } from '../types/capability.ts';
import { ExtensionContainer } from '../types/extension.ts';

export const RestoreDataArg = sequence({
  imsi: Imsi,
  lmsi: optional(Lmsi),
  extensionContainer: optional(ExtensionContainer),
  'vlr-Capability': optional(implicit(6, VlrCapability)),
  restorationIndicator: optional(implicit(7, nullType)),
});
export type RestoreDataArg = Infer<typeof RestoreDataArg>;

export const RestoreDataRes = sequence({
  'hlr-Number': IsdnAddressString,
  msNotReachable: optional(nullType),
  extensionContainer: optional(ExtensionContainer),
});
export type RestoreDataRes = Infer<typeof RestoreDataRes>;

export const RestoreDataArgV2 = sequence({
  imsi: Imsi,
  lmsi: optional(Lmsi),
});
export type RestoreDataArgV2 = Infer<typeof RestoreDataArgV2>;

export const RestoreDataResV2 = sequence({
  'hlr-Number': IsdnAddressString,
  msNotReachable: optional(nullType),
});
export type RestoreDataResV2 = Infer<typeof RestoreDataResV2>;

/** Version 3. */
export const restoreData = operation({
  name: 'restoreData',
  code: 57,
  argument: RestoreDataArg,
  result: RestoreDataRes,
  errors: [systemFailure, dataMissing, unexpectedDataValue, unknownSubscriber],
  operationClass: 1,
  timerMs: timersMs.medium,
});

/** Version 2. */
export const restoreDataV2 = operation({
  name: 'restoreData',
  code: 57,
  argument: RestoreDataArgV2,
  result: RestoreDataResV2,
  errors: [systemFailure, dataMissing, unexpectedDataValue, unknownSubscriber],
  operationClass: 1,
  timerMs: timersMs.medium,
});
