/** connectToResource: the call is connected to the gsmSRF. 3GPP TS 29.078 §6.1.1. */
import { choice, type Infer, implicit, nullType, operation, optional, sequence } from '../../asn1/index.ts';
import {
  missingParameter,
  systemFailure,
  taskRefused,
  unexpectedComponentSequence,
  unexpectedDataValue,
  unexpectedParameter,
  unknownCSID,
} from '../errors.ts';
import { timersMs } from '../timers.ts';
import { CallSegmentID } from '../types/call.ts';
import { Extensions } from '../types/extension.ts';
import { IPRoutingAddress } from '../types/numbers.ts';
import { ServiceInteractionIndicatorsTwo } from '../types/service-interaction.ts';

export const ConnectToResourceArg = sequence({
  resourceAddress: choice({
    ipRoutingAddress: implicit(0, IPRoutingAddress),
    none: implicit(3, nullType),
  }),
  extensions: optional(implicit(4, Extensions)),
  serviceInteractionIndicatorsTwo: optional(implicit(7, ServiceInteractionIndicatorsTwo)),
  callSegmentID: optional(implicit(50, CallSegmentID)),
});
export type ConnectToResourceArg = Infer<typeof ConnectToResourceArg>;

export const connectToResource = operation({
  name: 'connectToResource',
  code: 19,
  argument: ConnectToResourceArg,
  errors: [
    missingParameter,
    systemFailure,
    taskRefused,
    unexpectedComponentSequence,
    unexpectedDataValue,
    unexpectedParameter,
    unknownCSID,
  ],
  operationClass: 2,
  timerMs: timersMs.short,
});
