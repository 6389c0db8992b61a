/** applyChargingReport: the gsmSSF reports what was charged. 3GPP TS 29.078 §6.1.1. */
import { type Infer, operation } from '../../asn1/index.ts';
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
import { CallResult } from '../types/charging.ts';

export const ApplyChargingReportArg = CallResult;
export type ApplyChargingReportArg = Infer<typeof ApplyChargingReportArg>;

export const applyChargingReport = operation({
  name: 'applyChargingReport',
  code: 36,
  argument: ApplyChargingReportArg,
  errors: [
    missingParameter,
    unexpectedComponentSequence,
    unexpectedParameter,
    unexpectedDataValue,
    unknownCSID,
    unknownLegID,
    parameterOutOfRange,
    systemFailure,
    taskRefused,
  ],
  operationClass: 2,
  timerMs: timersMs.short,
});
