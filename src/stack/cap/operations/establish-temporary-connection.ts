/** establishTemporaryConnection: the call is connected to an assisting node. 3GPP TS 29.078 §6.1.1. */
import { type Infer, implicit, operation, optional, sequence, withoutErrors } from '../../asn1/index.ts';
import {
  eTCFailed,
  missingParameter,
  systemFailure,
  taskRefused,
  unexpectedComponentSequence,
  unexpectedDataValue,
  unexpectedParameter,
  unknownCSID,
} from '../errors.ts';
import { timersMs } from '../timers.ts';
import { CallSegmentID, Carrier, NAOliInfo, ScfID } from '../types/call.ts';
import { Extensions } from '../types/extension.ts';
import {
  AssistingSSPIPRoutingAddress,
  CallingPartyNumber,
  ChargeNumber,
  CorrelationID,
  OriginalCalledPartyID,
} from '../types/numbers.ts';
import { ServiceInteractionIndicatorsTwo } from '../types/service-interaction.ts';
import { NACarrierInformation } from './initial-dp.ts';

export const EstablishTemporaryConnectionArg = sequence({
  assistingSSPIPRoutingAddress: implicit(0, AssistingSSPIPRoutingAddress),
  correlationID: optional(implicit(1, CorrelationID)),
  scfID: optional(implicit(3, ScfID)),
  extensions: optional(implicit(4, Extensions)),
  carrier: optional(implicit(5, Carrier)),
  serviceInteractionIndicatorsTwo: optional(implicit(6, ServiceInteractionIndicatorsTwo)),
  callSegmentID: optional(implicit(7, CallSegmentID)),
  naOliInfo: optional(implicit(50, NAOliInfo)),
  chargeNumber: optional(implicit(51, ChargeNumber)),
  originalCalledPartyID: optional(implicit(52, OriginalCalledPartyID)),
  callingPartyNumber: optional(implicit(53, CallingPartyNumber)),
});
export type EstablishTemporaryConnectionArg = Infer<typeof EstablishTemporaryConnectionArg>;

/** What networks of North America add in phase 2. */
export const NAInfo = sequence({
  naCarrierInformation: optional(implicit(0, NACarrierInformation)),
  naOliInfo: optional(implicit(1, NAOliInfo)),
  naChargeNumber: optional(implicit(2, ChargeNumber)),
});
export type NAInfo = Infer<typeof NAInfo>;

/** In phase 2 there are no call segments, and the service interaction indicators have their tag. */
export const EstablishTemporaryConnectionArgV2 = sequence({
  assistingSSPIPRoutingAddress: implicit(0, AssistingSSPIPRoutingAddress),
  correlationID: optional(implicit(1, CorrelationID)),
  scfID: optional(implicit(3, ScfID)),
  extensions: optional(implicit(4, Extensions)),
  serviceInteractionIndicatorsTwo: optional(implicit(7, ServiceInteractionIndicatorsTwo)),
  'na-info': optional(implicit(50, NAInfo)),
});
export type EstablishTemporaryConnectionArgV2 = Infer<typeof EstablishTemporaryConnectionArgV2>;

/** Phases 3 and 4. */
export const establishTemporaryConnection = operation({
  name: 'establishTemporaryConnection',
  code: 17,
  argument: EstablishTemporaryConnectionArg,
  errors: [
    eTCFailed,
    missingParameter,
    systemFailure,
    taskRefused,
    unexpectedComponentSequence,
    unexpectedDataValue,
    unexpectedParameter,
    unknownCSID,
  ],
  operationClass: 2,
  timerMs: timersMs.medium,
});

/** Phase 2: ETSI TS 101 046. */
export const establishTemporaryConnectionV2 = operation({
  name: 'establishTemporaryConnection',
  code: 17,
  argument: EstablishTemporaryConnectionArgV2,
  errors: withoutErrors(establishTemporaryConnection.errors, unknownCSID),
  operationClass: 2,
  timerMs: timersMs.medium,
});
