/** assistRequestInstructions: the assisting node asks what to do. 3GPP TS 29.078 §6.1.1. */
import { type Infer, implicit, operation, optional, sequence } from '../../asn1/index.ts';
import {
  missingCustomerRecord,
  missingParameter,
  systemFailure,
  taskRefused,
  unexpectedComponentSequence,
  unexpectedDataValue,
  unexpectedParameter,
} from '../errors.ts';
import { timersMs } from '../timers.ts';
import { IPSSPCapabilities } from '../types/call.ts';
import { Extensions } from '../types/extension.ts';
import { CorrelationID } from '../types/numbers.ts';

export const AssistRequestInstructionsArg = sequence({
  correlationID: implicit(0, CorrelationID),
  iPSSPCapabilities: implicit(2, IPSSPCapabilities),
  extensions: optional(implicit(3, Extensions)),
});
export type AssistRequestInstructionsArg = Infer<typeof AssistRequestInstructionsArg>;

export const assistRequestInstructions = operation({
  name: 'assistRequestInstructions',
  code: 16,
  argument: AssistRequestInstructionsArg,
  errors: [
    missingCustomerRecord,
    missingParameter,
    systemFailure,
    taskRefused,
    unexpectedComponentSequence,
    unexpectedDataValue,
    unexpectedParameter,
  ],
  operationClass: 2,
  timerMs: timersMs.short,
});
