/** initialDP: the gsmSSF asks what to do with a call, at an armed trigger detection point. 3GPP TS 29.078 §6.1.1. */
import {
  explicit,
  type Infer,
  implicit,
  nullType,
  octetString,
  operation,
  optional,
  sequence,
} from '../../asn1/index.ts';
import { Imei, Imsi, IsdnAddressString } from '../../map/types/address.ts';
import { ExtBasicServiceCode } from '../../map/types/basic-service.ts';
import {
  CallReferenceNumber,
  CugIndex,
  CugInterlock,
  MsClassmark2,
  OfferedCamel4Functionalities,
  SubscriberState,
  SupportedCamelPhases,
  UuData,
} from '../../map/types/camel.ts';
import { LocationInformation } from '../../map/types/location.ts';
import { NaeaCic } from '../../map/types/signal.ts';
import {
  missingCustomerRecord,
  missingParameter,
  parameterOutOfRange,
  systemFailure,
  taskRefused,
  unexpectedComponentSequence,
  unexpectedDataValue,
  unexpectedParameter,
} from '../errors.ts';
import { timersMs } from '../timers.ts';
import {
  Carrier,
  CGEncountered,
  EventTypeBCSM,
  IPSSPCapabilities,
  ServiceKey,
  TimeAndTimezone,
} from '../types/call.ts';
import { Extensions } from '../types/extension.ts';
import {
  AdditionalCallingPartyNumber,
  BearerCapability,
  CalledPartyBCDNumber,
  CalledPartyNumber,
  CallingPartyNumber,
  CallingPartysCategory,
  Cause,
  HighLayerCompatibility,
  LocationNumber,
  LowLayerCompatibility,
  OriginalCalledPartyID,
  RedirectingPartyID,
  RedirectionInformation,
} from '../types/numbers.ts';
import { ServiceInteractionIndicatorsTwo } from '../types/service-interaction.ts';

export const InitialDPArgExtension = sequence({
  gmscAddress: optional(implicit(0, IsdnAddressString)),
  forwardingDestinationNumber: optional(implicit(1, CalledPartyNumber)),
  'ms-Classmark2': optional(implicit(2, MsClassmark2)),
  iMEI: optional(implicit(3, Imei)),
  supportedCamelPhases: optional(implicit(4, SupportedCamelPhases)),
  offeredCamel4Functionalities: optional(implicit(5, OfferedCamel4Functionalities)),
  bearerCapability2: optional(explicit(6, BearerCapability)),
  'ext-basicServiceCode2': optional(explicit(7, ExtBasicServiceCode)),
  highLayerCompatibility2: optional(implicit(8, HighLayerCompatibility)),
  lowLayerCompatibility: optional(implicit(9, LowLayerCompatibility)),
  lowLayerCompatibility2: optional(implicit(10, LowLayerCompatibility)),
  enhancedDialledServicesAllowed: optional(implicit(11, nullType)),
  'uu-Data': optional(implicit(12, UuData)),
  collectInformationAllowed: optional(implicit(13, nullType)),
  releaseCallArgExtensionAllowed: optional(implicit(14, nullType)),
});
export type InitialDPArgExtension = Infer<typeof InitialDPArgExtension>;

/** What all phases have; an earlier phase has fewer of them. */
const common = {
  serviceKey: implicit(0, ServiceKey),
  calledPartyNumber: optional(implicit(2, CalledPartyNumber)),
  callingPartyNumber: optional(implicit(3, CallingPartyNumber)),
  callingPartysCategory: optional(implicit(5, CallingPartysCategory)),
  cGEncountered: optional(implicit(7, CGEncountered)),
  iPSSPCapabilities: optional(implicit(8, IPSSPCapabilities)),
  locationNumber: optional(implicit(10, LocationNumber)),
  originalCalledPartyID: optional(implicit(12, OriginalCalledPartyID)),
  extensions: optional(implicit(15, Extensions)),
  highLayerCompatibility: optional(implicit(23, HighLayerCompatibility)),
  additionalCallingPartyNumber: optional(implicit(25, AdditionalCallingPartyNumber)),
  bearerCapability: optional(explicit(27, BearerCapability)),
  eventTypeBCSM: optional(implicit(28, EventTypeBCSM)),
  redirectingPartyID: optional(implicit(29, RedirectingPartyID)),
  redirectionInformation: optional(implicit(30, RedirectionInformation)),
  cause: optional(implicit(17, Cause)),
  serviceInteractionIndicatorsTwo: optional(implicit(32, ServiceInteractionIndicatorsTwo)),
  carrier: optional(implicit(37, Carrier)),
  'cug-Index': optional(implicit(45, CugIndex)),
  'cug-Interlock': optional(implicit(46, CugInterlock)),
  'cug-OutgoingAccess': optional(implicit(47, nullType)),
  iMSI: optional(implicit(50, Imsi)),
  subscriberState: optional(explicit(51, SubscriberState)),
  locationInformation: optional(implicit(52, LocationInformation)),
  'ext-basicServiceCode': optional(explicit(53, ExtBasicServiceCode)),
  callReferenceNumber: optional(implicit(54, CallReferenceNumber)),
  mscAddress: optional(implicit(55, IsdnAddressString)),
  calledPartyBCDNumber: optional(implicit(56, CalledPartyBCDNumber)),
  timeAndTimezone: optional(implicit(57, TimeAndTimezone)),
  'callForwardingSS-Pending': optional(implicit(58, nullType)),
};

export const InitialDPArg = sequence({
  ...common,
  initialDPArgExtension: optional(implicit(59, InitialDPArgExtension)),
});
export type InitialDPArg = Infer<typeof InitialDPArg>;

export const NACarrierInformation = sequence({
  naCarrierId: optional(implicit(0, NaeaCic)),
  naCICSelectionType: optional(implicit(1, octetString({ min: 1, max: 1 }))),
});
export type NACarrierInformation = Infer<typeof NACarrierInformation>;

/** In phase 2 other parameters have these tags. */
export const InitialDPArgExtensionV2 = sequence({
  naCarrierInformation: optional(implicit(0, NACarrierInformation)),
  gmscAddress: optional(implicit(1, IsdnAddressString)),
});
export type InitialDPArgExtensionV2 = Infer<typeof InitialDPArgExtensionV2>;

/** Of phases 1 and 2. */
export const InitialDPArgV2 = sequence({
  ...common,
  initialDPArgExtension: optional(implicit(59, InitialDPArgExtensionV2)),
});
export type InitialDPArgV2 = Infer<typeof InitialDPArgV2>;

/** Phases 3 and 4. */
export const initialDP = operation({
  name: 'initialDP',
  code: 0,
  argument: InitialDPArg,
  errors: [
    missingCustomerRecord,
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

/** Phases 1 and 2: ETSI TS 101 046. */
export const initialDPV2 = operation({
  name: 'initialDP',
  code: 0,
  argument: InitialDPArgV2,
  errors: [
    missingCustomerRecord,
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
