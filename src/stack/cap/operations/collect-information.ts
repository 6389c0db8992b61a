/** collectInformation: further digits are collected. 3GPP TS 29.078 §6.1.1. */
import { type Infer, implicit, operation, optional, sequence } from '../../asn1/index.ts';
import {
  missingParameter,
  parameterOutOfRange,
  systemFailure,
  taskRefused,
  unexpectedComponentSequence,
  unexpectedDataValue,
  unexpectedParameter,
} from '../errors.ts';
import { timersMs } from '../timers.ts';
import { Extensions } from '../types/extension.ts';

export const CollectInformationArg = sequence({
  extensions: optional(implicit(0, Extensions)),
});
export type CollectInformationArg = Infer<typeof CollectInformationArg>;

export const collectInformation = operation({
  name: 'collectInformation',
  code: 27,
  argument: CollectInformationArg,
  errors: [
    missingParameter,
    parameterOutOfRange,
    systemFailure,
    taskRefused,
    unexpectedComponentSequence,
    unexpectedDataValue,
    unexpectedParameter,
  ],
  operationClass: 2,
  timerMs: timersMs.short,
});
