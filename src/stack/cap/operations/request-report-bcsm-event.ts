/** requestReportBCSMEvent: the gsmSCF arms event detection points. 3GPP TS 29.078 §6.1.1. */
import { type Infer, implicit, operation, optional, sequence, sequenceOf } from '../../asn1/index.ts';
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
import { BCSMEvent } from '../types/bcsm-event.ts';
import { Extensions } from '../types/extension.ts';

export const RequestReportBCSMEventArg = sequence({
  bcsmEvents: implicit(0, sequenceOf(BCSMEvent, { min: 1, max: 30 })),
  extensions: optional(implicit(2, Extensions)),
});
export type RequestReportBCSMEventArg = Infer<typeof RequestReportBCSMEventArg>;

export const requestReportBCSMEvent = operation({
  name: 'requestReportBCSMEvent',
  code: 23,
  argument: RequestReportBCSMEventArg,
  errors: [
    missingParameter,
    parameterOutOfRange,
    systemFailure,
    taskRefused,
    unexpectedComponentSequence,
    unexpectedDataValue,
    unexpectedParameter,
    unknownLegID,
  ],
  operationClass: 2,
  timerMs: timersMs.short,
});
