/** readyForSM: the serving node tells the HLR that the subscriber is back or has memory again. 3GPP TS 29.002 §12.4, §17.6.5. */
import {
  enumerated,
  type Infer,
  implicit,
  nullType,
  operation,
  optional,
  sequence,
} from '../../asn1/index.ts';
import { dataMissing, facilityNotSupported, unexpectedDataValue } from '../errors/generic.ts';
import { unknownSubscriber } from '../errors/identification.ts';
import { timersMs } from '../timers.ts';
import { Imsi } from '../types/address.ts';
import { ExtensionContainer } from '../types/extension.ts';
import { Time } from '../types/signal.ts';

export const AlertReason = enumerated({ 'ms-Present': 0, memoryAvailable: 1 });
export type AlertReason = Infer<typeof AlertReason>;

export const ReadyForSMArg = sequence({
  imsi: implicit(0, Imsi),
  alertReason: AlertReason,
  alertReasonIndicator: optional(nullType),
  extensionContainer: optional(ExtensionContainer),
  additionalAlertReasonIndicator: optional(implicit(1, nullType)),
  maximumUeAvailabilityTime: optional(Time),
});
export type ReadyForSMArg = Infer<typeof ReadyForSMArg>;

export const ReadyForSMRes = sequence({
  extensionContainer: optional(ExtensionContainer),
});
export type ReadyForSMRes = Infer<typeof ReadyForSMRes>;

export const ReadyForSMArgV2 = sequence({
  imsi: implicit(0, Imsi),
  alertReason: AlertReason,
});
export type ReadyForSMArgV2 = Infer<typeof ReadyForSMArgV2>;

/** Version 3. */
export const readyForSM = operation({
  name: 'readyForSM',
  code: 66,
  argument: ReadyForSMArg,
  result: ReadyForSMRes,
  errors: [dataMissing, unexpectedDataValue, facilityNotSupported, unknownSubscriber],
  operationClass: 1,
  timerMs: timersMs.medium,
});

/** Version 2. */
export const readyForSMV2 = operation({
  name: 'readyForSM',
  code: 66,
  argument: ReadyForSMArgV2,
  errors: [dataMissing, unexpectedDataValue, facilityNotSupported, unknownSubscriber],
  operationClass: 1,
  timerMs: timersMs.medium,
});
