/** sendChargingInformation: advice of charge for the handset. 3GPP TS 29.078 §6.1.1. */
import { explicit, type Infer, implicit, operation, optional, sequence } from '../../asn1/index.ts';
import {
  missingParameter,
  parameterOutOfRange,
  systemFailure,
  taskRefused,
  unexpectedComponentSequence,
  unexpectedDataValue,
  unexpectedParameter,
  unknownLegID,
} from '../errors.ts';
import { timersMs } from '../timers.ts';
import { SendingSideID } from '../types/call.ts';
import { SCIBillingChargingCharacteristics } from '../types/charging.ts';
import { Extensions } from '../types/extension.ts';

export const SendChargingInformationArg = sequence({
  sCIBillingChargingCharacteristics: implicit(0, SCIBillingChargingCharacteristics),
  partyToCharge: explicit(1, SendingSideID),
  extensions: optional(implicit(2, Extensions)),
});
export type SendChargingInformationArg = Infer<typeof SendChargingInformationArg>;

export const sendChargingInformation = operation({
  name: 'sendChargingInformation',
  code: 46,
  argument: SendChargingInformationArg,
  errors: [
    missingParameter,
    unexpectedComponentSequence,
    unexpectedParameter,
    parameterOutOfRange,
    systemFailure,
    taskRefused,
    unexpectedDataValue,
    unknownLegID,
  ],
  operationClass: 2,
  timerMs: timersMs.short,
});
