/** furnishChargingInformationSMS: data for the record of the short message. 3GPP TS 29.078 §7.1. */
import { type Infer, operation } from '../../asn1/index.ts';
import {
  missingParameter,
  taskRefused,
  unexpectedComponentSequence,
  unexpectedDataValue,
  unexpectedParameter,
} from '../errors.ts';
import { timersMs } from '../timers.ts';
import { FCISMSBillingChargingCharacteristics } from '../types/charging.ts';

export const FurnishChargingInformationSMSArg = FCISMSBillingChargingCharacteristics;
export type FurnishChargingInformationSMSArg = Infer<typeof FurnishChargingInformationSMSArg>;

export const furnishChargingInformationSMS = operation({
  name: 'furnishChargingInformationSMS',
  code: 61,
  argument: FurnishChargingInformationSMSArg,
  errors: [
    missingParameter,
    taskRefused,
    unexpectedComponentSequence,
    unexpectedDataValue,
    unexpectedParameter,
  ],
  operationClass: 2,
  timerMs: timersMs.short,
});
