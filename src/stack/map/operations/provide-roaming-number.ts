/**
 * provideRoamingNumber: the HLR asks the VLR for a number to route a call to. 3GPP TS 29.002 §10.2, §17.6.3.
 * Versions before 3: ETSI ETS 300 599.
 */
import { type Infer, implicit, nullType, operation, optional, sequence } from '../../asn1/index.ts';
import { absentSubscriber, noRoamingNumberAvailable, orNotAllowed } from '../errors/call-handling.ts';
import { dataMissing, facilityNotSupported, systemFailure, unexpectedDataValue } from '../errors/generic.ts';
import { absentSubscriberV2 } from '../errors/version-2.ts';
import { timersMs } from '../timers.ts';
import { Imsi, IsdnAddressString, Lmsi, PlmnId } from '../types/address.ts';
import { CallReferenceNumber, SupportedCamelPhases, SuppressionOfAnnouncement } from '../types/camel.ts';
import { OfferedCamel4CSIs } from '../types/camel-subscription.ts';
import { ExtensionContainer } from '../types/extension.ts';
import { AlertingPattern, ExtExternalSignalInfo, ExternalSignalInfo } from '../types/signal.ts';
import { EmlppPriority } from '../types/supplementary-services.ts';
import { ExternalSignalInfoV2 } from './send-routing-info.ts';
import { PagingArea } from './update-location.ts';

export const ProvideRoamingNumberArg = sequence({
  imsi: implicit(0, Imsi),
  'msc-Number': implicit(1, IsdnAddressString),
  msisdn: optional(implicit(2, IsdnAddressString)),
  lmsi: optional(implicit(4, Lmsi)),
  'gsm-BearerCapability': optional(implicit(5, ExternalSignalInfo)),
  networkSignalInfo: optional(implicit(6, ExternalSignalInfo)),
  suppressionOfAnnouncement: optional(implicit(7, SuppressionOfAnnouncement)),
  'gmsc-Address': optional(implicit(8, IsdnAddressString)),
  callReferenceNumber: optional(implicit(9, CallReferenceNumber)),
  'or-Interrogation': optional(implicit(10, nullType)),
  extensionContainer: optional(implicit(11, ExtensionContainer)),
  alertingPattern: optional(implicit(12, AlertingPattern)),
  'ccbs-Call': optional(implicit(13, nullType)),
  supportedCamelPhasesInInterrogatingNode: optional(implicit(15, SupportedCamelPhases)),
  additionalSignalInfo: optional(implicit(14, ExtExternalSignalInfo)),
  orNotSupportedInGMSC: optional(implicit(16, nullType)),
  'pre-pagingSupported': optional(implicit(17, nullType)),
  'longFTN-Supported': optional(implicit(18, nullType)),
  'suppress-VT-CSI': optional(implicit(19, nullType)),
  offeredCamel4CSIsInInterrogatingNode: optional(implicit(20, OfferedCamel4CSIs)),
  mtRoamingRetrySupported: optional(implicit(21, nullType)),
  pagingArea: optional(implicit(22, PagingArea)),
  callPriority: optional(implicit(23, EmlppPriority)),
  'mtrf-Indicator': optional(implicit(24, nullType)),
  'oldMSC-Number': optional(implicit(25, IsdnAddressString)),
  'lastUsedLtePLMN-Id': optional(implicit(26, PlmnId)),
});
export type ProvideRoamingNumberArg = Infer<typeof ProvideRoamingNumberArg>;

export const ProvideRoamingNumberRes = sequence({
  roamingNumber: IsdnAddressString,
  extensionContainer: optional(ExtensionContainer),
  releaseResourcesSupported: optional(nullType),
  'vmsc-Address': optional(IsdnAddressString),
});
export type ProvideRoamingNumberRes = Infer<typeof ProvideRoamingNumberRes>;

export const ProvideRoamingNumberArgV2 = sequence({
  imsi: implicit(0, Imsi),
  'msc-Number': optional(implicit(1, IsdnAddressString)),
  msisdn: optional(implicit(2, IsdnAddressString)),
  previousRoamingNumber: optional(implicit(3, IsdnAddressString)),
  lmsi: optional(implicit(4, Lmsi)),
  'gsm-BearerCapability': optional(implicit(5, ExternalSignalInfoV2)),
  networkSignalInfo: optional(implicit(6, ExternalSignalInfoV2)),
});
export type ProvideRoamingNumberArgV2 = Infer<typeof ProvideRoamingNumberArgV2>;

/** Version 3. */
export const provideRoamingNumber = operation({
  name: 'provideRoamingNumber',
  code: 4,
  argument: ProvideRoamingNumberArg,
  result: ProvideRoamingNumberRes,
  errors: [
    systemFailure,
    dataMissing,
    unexpectedDataValue,
    facilityNotSupported,
    orNotAllowed,
    absentSubscriber,
    noRoamingNumberAvailable,
  ],
  operationClass: 1,
  timerMs: timersMs.medium,
});

/** Versions 1 and 2. */
export const provideRoamingNumberV2 = operation({
  name: 'provideRoamingNumber',
  code: 4,
  argument: ProvideRoamingNumberArgV2,
  result: IsdnAddressString,
  errors: [
    systemFailure,
    dataMissing,
    unexpectedDataValue,
    facilityNotSupported,
    absentSubscriberV2,
    noRoamingNumberAvailable,
  ],
  operationClass: 1,
  timerMs: timersMs.medium,
});
