/** applyCharging: the gsmSSF is told how to charge and when to report. 3GPP TS 29.078 §6.1.1. */
import {
  explicit,
  type Infer,
  implicit,
  operation,
  optional,
  sequence,
  withoutErrors,
} from '../../asn1/index.ts';
import {
  missingParameter,
  parameterOutOfRange,
  systemFailure,
  taskRefused,
  unexpectedComponentSequence,
  unexpectedDataValue,
  unexpectedParameter,
  unknownCSID,
  unknownLegID,
} from '../errors.ts';
import { timersMs } from '../timers.ts';
import { SendingSideID } from '../types/call.ts';
import {
  AChBillingChargingCharacteristics,
  AChBillingChargingCharacteristicsV2,
  AChChargingAddress,
} from '../types/charging.ts';
import { Extensions } from '../types/extension.ts';

export const ApplyChargingArg = sequence({
  aChBillingChargingCharacteristics: implicit(0, AChBillingChargingCharacteristics),
  partyToCharge: optional(explicit(2, SendingSideID)), // absent: sendingSideID: leg1
  extensions: optional(implicit(3, Extensions)),
  aChChargingAddress: optional(explicit(50, AChChargingAddress)), // absent: legID: sendingSideID: leg1
});
export type ApplyChargingArg = Infer<typeof ApplyChargingArg>;

export const ApplyChargingArgV2 = sequence({
  aChBillingChargingCharacteristics: implicit(0, AChBillingChargingCharacteristicsV2),
  partyToCharge: optional(explicit(2, SendingSideID)), // absent: sendingSideID: leg1
  extensions: optional(implicit(3, Extensions)),
});
export type ApplyChargingArgV2 = Infer<typeof ApplyChargingArgV2>;

/** Phases 3 and 4. */
export const applyCharging = operation({
  name: 'applyCharging',
  code: 35,
  argument: ApplyChargingArg,
  errors: [
    missingParameter,
    unexpectedComponentSequence,
    unexpectedParameter,
    unexpectedDataValue,
    parameterOutOfRange,
    systemFailure,
    taskRefused,
    unknownLegID,
    unknownCSID,
  ],
  operationClass: 2,
  timerMs: timersMs.short,
});

/** Phase 2: ETSI TS 101 046. */
export const applyChargingV2 = operation({
  name: 'applyCharging',
  code: 35,
  argument: ApplyChargingArgV2,
  errors: withoutErrors(applyCharging.errors, unknownCSID),
  operationClass: 2,
  timerMs: timersMs.short,
});
