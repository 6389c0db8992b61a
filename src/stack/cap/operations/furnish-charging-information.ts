/** furnishChargingInformation: data for the call record. 3GPP TS 29.078 §6.1.1. */
import { type Infer, operation } from '../../asn1/index.ts';
import {
  missingParameter,
  taskRefused,
  unexpectedComponentSequence,
  unexpectedDataValue,
  unexpectedParameter,
  unknownLegID,
} from '../errors.ts';
import { timersMs } from '../timers.ts';
import { FCIBillingChargingCharacteristics } from '../types/charging.ts';

export const FurnishChargingInformationArg = FCIBillingChargingCharacteristics;
export type FurnishChargingInformationArg = Infer<typeof FurnishChargingInformationArg>;

export const furnishChargingInformation = operation({
  name: 'furnishChargingInformation',
  code: 34,
  argument: FurnishChargingInformationArg,
  errors: [
    missingParameter,
    taskRefused,
    unexpectedComponentSequence,
    unexpectedDataValue,
    unexpectedParameter,
    unknownLegID,
  ],
  operationClass: 2,
  timerMs: timersMs.short,
});
