/** playTone: tones are played. 3GPP TS 29.078 §6.1.1. */
import { explicit, type Infer, implicit, operation, optional, sequence } from '../../asn1/index.ts';
import {
  missingParameter,
  parameterOutOfRange,
  systemFailure,
  unexpectedComponentSequence,
  unexpectedDataValue,
  unexpectedParameter,
  unknownCSID,
  unknownLegID,
} from '../errors.ts';
import { timersMs } from '../timers.ts';
import { Burst } from '../types/charging.ts';
import { Extensions } from '../types/extension.ts';
import { LegOrCallSegment } from './continue-with-argument.ts';

export const PlayToneArg = sequence({
  legOrCallSegment: explicit(0, LegOrCallSegment),
  bursts: implicit(1, Burst),
  extensions: optional(implicit(2, Extensions)),
});
export type PlayToneArg = Infer<typeof PlayToneArg>;

export const playTone = operation({
  name: 'playTone',
  code: 97,
  argument: PlayToneArg,
  errors: [
    missingParameter,
    parameterOutOfRange,
    systemFailure,
    unexpectedComponentSequence,
    unexpectedDataValue,
    unexpectedParameter,
    unknownLegID,
    unknownCSID,
  ],
  operationClass: 2,
  timerMs: timersMs.short,
});
