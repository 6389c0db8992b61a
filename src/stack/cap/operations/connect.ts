/** connect: the call goes to another destination. 3GPP TS 29.078 §6.1.1. */
import { explicit, type Infer, implicit, nullType, operation, optional, sequence } from '../../asn1/index.ts';
import { CugInterlock, SuppressionOfAnnouncement } from '../../map/types/camel.ts';
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
import { AlertingPattern, Carrier, LegID, NAOliInfo, OCSIApplicable } from '../types/call.ts';
import { Extensions } from '../types/extension.ts';
import {
  CallingPartysCategory,
  ChargeNumber,
  DestinationRoutingAddress,
  GenericNumbers,
  OriginalCalledPartyID,
  RedirectingPartyID,
  RedirectionInformation,
} from '../types/numbers.ts';
import { ServiceInteractionIndicatorsTwo } from '../types/service-interaction.ts';

export const ConnectArg = sequence({
  destinationRoutingAddress: implicit(0, DestinationRoutingAddress),
  alertingPattern: optional(implicit(1, AlertingPattern)),
  originalCalledPartyID: optional(implicit(6, OriginalCalledPartyID)),
  extensions: optional(implicit(10, Extensions)),
  carrier: optional(implicit(11, Carrier)),
  callingPartysCategory: optional(implicit(28, CallingPartysCategory)),
  redirectingPartyID: optional(implicit(29, RedirectingPartyID)),
  redirectionInformation: optional(implicit(30, RedirectionInformation)),
  genericNumbers: optional(implicit(14, GenericNumbers)),
  serviceInteractionIndicatorsTwo: optional(implicit(15, ServiceInteractionIndicatorsTwo)),
  chargeNumber: optional(implicit(19, ChargeNumber)),
  legToBeConnected: optional(explicit(21, LegID)),
  'cug-Interlock': optional(implicit(31, CugInterlock)),
  'cug-OutgoingAccess': optional(implicit(32, nullType)),
  suppressionOfAnnouncement: optional(implicit(55, SuppressionOfAnnouncement)),
  oCSIApplicable: optional(implicit(56, OCSIApplicable)),
  naOliInfo: optional(implicit(57, NAOliInfo)),
  'bor-InterrogationRequested': optional(implicit(58, nullType)),
  'suppress-N-CSI': optional(implicit(59, nullType)),
});
export type ConnectArg = Infer<typeof ConnectArg>;

export const connect = operation({
  name: 'connect',
  code: 20,
  argument: ConnectArg,
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
