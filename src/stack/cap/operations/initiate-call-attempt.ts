/** initiateCallAttempt: the gsmSCF makes a new call. 3GPP TS 29.078 §6.1.1. */
import { explicit, type Infer, implicit, nullType, operation, optional, sequence } from '../../asn1/index.ts';
import { IsdnAddressString } from '../../map/types/address.ts';
import {
  CallReferenceNumber,
  OfferedCamel4Functionalities,
  SupportedCamelPhases,
} from '../../map/types/camel.ts';
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
import { CallSegmentID, LegID } from '../types/call.ts';
import { Extensions } from '../types/extension.ts';
import { CallingPartyNumber, DestinationRoutingAddress } from '../types/numbers.ts';

export const InitiateCallAttemptArg = sequence({
  destinationRoutingAddress: implicit(0, DestinationRoutingAddress),
  extensions: optional(implicit(4, Extensions)),
  legToBeCreated: optional(explicit(5, LegID)),
  newCallSegment: optional(implicit(6, CallSegmentID)),
  callingPartyNumber: optional(implicit(30, CallingPartyNumber)),
  callReferenceNumber: optional(implicit(51, CallReferenceNumber)),
  gsmSCFAddress: optional(implicit(52, IsdnAddressString)),
  'suppress-T-CSI': optional(implicit(53, nullType)),
});
export type InitiateCallAttemptArg = Infer<typeof InitiateCallAttemptArg>;

export const InitiateCallAttemptRes = sequence({
  supportedCamelPhases: optional(implicit(0, SupportedCamelPhases)),
  offeredCamel4Functionalities: optional(implicit(1, OfferedCamel4Functionalities)),
  extensions: optional(implicit(2, Extensions)),
  releaseCallArgExtensionAllowed: optional(implicit(3, nullType)),
});
export type InitiateCallAttemptRes = Infer<typeof InitiateCallAttemptRes>;

export const initiateCallAttempt = operation({
  name: 'initiateCallAttempt',
  code: 32,
  argument: InitiateCallAttemptArg,
  result: InitiateCallAttemptRes,
  errors: [
    missingParameter,
    parameterOutOfRange,
    systemFailure,
    taskRefused,
    unexpectedComponentSequence,
    unexpectedDataValue,
    unexpectedParameter,
  ],
  operationClass: 1,
  timerMs: timersMs.short,
});
