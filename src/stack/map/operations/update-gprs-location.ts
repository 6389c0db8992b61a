/** updateGprsLocation: the SGSN tells the HLR where a subscriber is. 3GPP TS 29.002 §8.1.7, §17.6.1. */
import {
  bitString,
  choice,
  enumerated,
  explicit,
  type Infer,
  implicit,
  nullType,
  operation,
  optional,
  sequence,
  sequenceOf,
} from '../../asn1/index.ts';
import { systemFailure, unexpectedDataValue } from '../errors/generic.ts';
import { unknownSubscriber } from '../errors/identification.ts';
import { roamingNotAllowed } from '../errors/subscription.ts';
import { timersMs } from '../timers.ts';
import { DiameterIdentity, GsnAddress, Imsi, IsdnAddressString, PlmnId } from '../types/address.ts';
import { AddInfo, SgsnCapability } from '../types/capability.ts';
import { PdnGwIdentity } from '../types/eps-subscription.ts';
import { ExtensionContainer } from '../types/extension.ts';
import { UsedRatType } from '../types/location.ts';
import { Apn, ContextId } from '../types/pdp-context.ts';
import { EplmnList } from './update-location.ts';

export const PdnGwUpdate = sequence({
  apn: optional(implicit(0, Apn)),
  'pdn-gw-Identity': optional(implicit(1, PdnGwIdentity)),
  contextId: optional(implicit(2, ContextId)),
  extensionContainer: optional(implicit(3, ExtensionContainer)),
});
export type PdnGwUpdate = Infer<typeof PdnGwUpdate>;

export const IsrInformation = bitString(
  { min: 3, max: 8 },
  { updateLocation: 0, cancelSGSN: 1, initialAttachIndicator: 2 },
);
export type IsrInformation = Infer<typeof IsrInformation>;

export const EpsInfo = choice({
  'pdn-gw-update': implicit(0, PdnGwUpdate),
  'isr-Information': implicit(1, IsrInformation),
});
export type EpsInfo = Infer<typeof EpsInfo>;

export const UeSrvccCapability = enumerated({ 'ue-srvcc-not-supported': 0, 'ue-srvcc-supported': 1 });
export type UeSrvccCapability = Infer<typeof UeSrvccCapability>;

export const SMSRegisterRequest = enumerated({
  'sms-registration-required': 0,
  'sms-registration-not-preferred': 1,
  'no-preference': 2,
});
export type SMSRegisterRequest = Infer<typeof SMSRegisterRequest>;

export const AdjacentPLMNList = sequenceOf(PlmnId, { min: 1, max: 50 });
export type AdjacentPLMNList = Infer<typeof AdjacentPLMNList>;

export const UpdateGprsLocationArg = sequence({
  imsi: Imsi,
  'sgsn-Number': IsdnAddressString,
  'sgsn-Address': GsnAddress,
  extensionContainer: optional(ExtensionContainer),
  'sgsn-Capability': optional(implicit(0, SgsnCapability)),
  informPreviousNetworkEntity: optional(implicit(1, nullType)),
  'ps-LCS-NotSupportedByUE': optional(implicit(2, nullType)),
  'v-gmlc-Address': optional(implicit(3, GsnAddress)),
  'add-info': optional(implicit(4, AddInfo)),
  'eps-info': optional(explicit(5, EpsInfo)),
  servingNodeTypeIndicator: optional(implicit(6, nullType)),
  skipSubscriberDataUpdate: optional(implicit(7, nullType)),
  'usedRAT-Type': optional(implicit(8, UsedRatType)),
  gprsSubscriptionDataNotNeeded: optional(implicit(9, nullType)),
  nodeTypeIndicator: optional(implicit(10, nullType)),
  areaRestricted: optional(implicit(11, nullType)),
  'ue-reachableIndicator': optional(implicit(12, nullType)),
  epsSubscriptionDataNotNeeded: optional(implicit(13, nullType)),
  'ue-srvcc-Capability': optional(implicit(14, UeSrvccCapability)),
  'eplmn-List': optional(implicit(15, EplmnList)),
  mmeNumberforMTSMS: optional(implicit(16, IsdnAddressString)),
  smsRegisterRequest: optional(implicit(17, SMSRegisterRequest)),
  'sms-Only': optional(implicit(18, nullType)),
  removalofMMERegistrationforSMS: optional(implicit(22, nullType)),
  'sgsn-Name': optional(implicit(19, DiameterIdentity)),
  'sgsn-Realm': optional(implicit(20, DiameterIdentity)),
  'lgd-supportIndicator': optional(implicit(21, nullType)),
  'adjacentPLMN-List': optional(implicit(23, AdjacentPLMNList)),
});
export type UpdateGprsLocationArg = Infer<typeof UpdateGprsLocationArg>;

export const UpdateGprsLocationRes = sequence({
  'hlr-Number': IsdnAddressString,
  extensionContainer: optional(ExtensionContainer),
  'add-Capability': optional(nullType),
  'sgsn-mmeSeparationSupported': optional(implicit(0, nullType)),
  mmeRegisteredforSMS: optional(implicit(1, nullType)),
});
export type UpdateGprsLocationRes = Infer<typeof UpdateGprsLocationRes>;

export const updateGprsLocation = operation({
  name: 'updateGprsLocation',
  code: 23,
  argument: UpdateGprsLocationArg,
  result: UpdateGprsLocationRes,
  errors: [systemFailure, unexpectedDataValue, unknownSubscriber, roamingNotAllowed],
  operationClass: 1,
  timerMs: timersMs.medium,
});
