/**
 * deleteSubscriberData: the HLR takes back parts of the subscription. 3GPP TS 29.002 §8.8.2, §17.6.1.
 * Versions before 3: ETSI ETS 300 599.
 */
import {
  choice,
  explicit,
  type Infer,
  implicit,
  nullType,
  operation,
  optional,
  sequence,
  sequenceOf,
} from '../../asn1/index.ts';
import { dataMissing, unexpectedDataValue } from '../errors/generic.ts';
import { unidentifiedSubscriber } from '../errors/identification.ts';
import { timersMs } from '../timers.ts';
import { Imsi } from '../types/address.ts';
import { BasicServiceCode, BasicServiceList, SsList } from '../types/basic-service.ts';
import { SpecificCSIWithdraw } from '../types/camel-subscription.ts';
import { RegionalSubscriptionResponse } from '../types/capability.ts';
import { ExtensionContainer } from '../types/extension.ts';
import { LSAIdentity } from '../types/location.ts';
import { ContextId } from '../types/pdp-context.ts';
import { ZoneCode } from '../types/subscriber-data.ts';
import { RegionalSubscriptionResponseV2 } from './insert-subscriber-data.ts';

export const ContextIdList = sequenceOf(ContextId, { min: 1, max: 50 });
export type ContextIdList = Infer<typeof ContextIdList>;

export const GPRSSubscriptionDataWithdraw = choice({
  allGPRSData: nullType,
  contextIdList: ContextIdList,
});
export type GPRSSubscriptionDataWithdraw = Infer<typeof GPRSSubscriptionDataWithdraw>;

export const LSAIdentityList = sequenceOf(LSAIdentity, { min: 1, max: 20 });
export type LSAIdentityList = Infer<typeof LSAIdentityList>;

export const LSAInformationWithdraw = choice({
  allLSAData: nullType,
  lsaIdentityList: LSAIdentityList,
});
export type LSAInformationWithdraw = Infer<typeof LSAInformationWithdraw>;

export const EpsSubscriptionDataWithdraw = choice({
  'allEPS-Data': nullType,
  contextIdList: ContextIdList,
});
export type EpsSubscriptionDataWithdraw = Infer<typeof EpsSubscriptionDataWithdraw>;

export const DeleteSubscriberDataArg = sequence({
  imsi: implicit(0, Imsi),
  basicServiceList: optional(implicit(1, BasicServiceList)),
  'ss-List': optional(implicit(2, SsList)),
  roamingRestrictionDueToUnsupportedFeature: optional(implicit(4, nullType)),
  regionalSubscriptionIdentifier: optional(implicit(5, ZoneCode)),
  vbsGroupIndication: optional(implicit(7, nullType)),
  vgcsGroupIndication: optional(implicit(8, nullType)),
  camelSubscriptionInfoWithdraw: optional(implicit(9, nullType)),
  extensionContainer: optional(implicit(6, ExtensionContainer)),
  gprsSubscriptionDataWithdraw: optional(explicit(10, GPRSSubscriptionDataWithdraw)),
  roamingRestrictedInSgsnDueToUnsuppportedFeature: optional(implicit(11, nullType)),
  lsaInformationWithdraw: optional(explicit(12, LSAInformationWithdraw)),
  'gmlc-ListWithdraw': optional(implicit(13, nullType)),
  istInformationWithdraw: optional(implicit(14, nullType)),
  'specificCSI-Withdraw': optional(implicit(15, SpecificCSIWithdraw)),
  chargingCharacteristicsWithdraw: optional(implicit(16, nullType)),
  'stn-srWithdraw': optional(implicit(17, nullType)),
  epsSubscriptionDataWithdraw: optional(explicit(18, EpsSubscriptionDataWithdraw)),
  'apn-oi-replacementWithdraw': optional(implicit(19, nullType)),
  'csg-SubscriptionDeleted': optional(implicit(20, nullType)),
  'subscribedPeriodicTAU-RAU-TimerWithdraw': optional(implicit(22, nullType)),
  'subscribedPeriodicLAU-TimerWithdraw': optional(implicit(23, nullType)),
  'subscribed-vsrvccWithdraw': optional(implicit(21, nullType)),
  'vplmn-Csg-SubscriptionDeleted': optional(implicit(24, nullType)),
  'additionalMSISDN-Withdraw': optional(implicit(25, nullType)),
  'cs-to-ps-SRVCC-Withdraw': optional(implicit(26, nullType)),
  'imsiGroupIdList-Withdraw': optional(implicit(27, nullType)),
  userPlaneIntegrityProtectionWithdraw: optional(implicit(28, nullType)),
  'dl-Buffering-Suggested-Packet-Count-Withdraw': optional(implicit(29, nullType)),
  'ue-UsageTypeWithdraw': optional(implicit(30, nullType)),
  'reset-idsWithdraw': optional(implicit(31, nullType)),
  'iab-OperationWithdraw': optional(implicit(32, nullType)),
});
export type DeleteSubscriberDataArg = Infer<typeof DeleteSubscriberDataArg>;

export const DeleteSubscriberDataRes = sequence({
  regionalSubscriptionResponse: optional(implicit(0, RegionalSubscriptionResponse)),
  extensionContainer: optional(ExtensionContainer),
});
export type DeleteSubscriberDataRes = Infer<typeof DeleteSubscriberDataRes>;

export const BasicServiceListV2 = sequenceOf(BasicServiceCode, { min: 1, max: 70 });
export type BasicServiceListV2 = Infer<typeof BasicServiceListV2>;

export const DeleteSubscriberDataArgV2 = sequence({
  imsi: implicit(0, Imsi),
  basicServiceList: optional(implicit(1, BasicServiceListV2)),
  'ss-List': optional(implicit(2, SsList)),
  roamingRestrictionDueToUnsupportedFeature: optional(implicit(4, nullType)),
  regionalSubscriptionIdentifier: optional(implicit(5, ZoneCode)),
});
export type DeleteSubscriberDataArgV2 = Infer<typeof DeleteSubscriberDataArgV2>;

export const DeleteSubscriberDataResV2 = sequence({
  regionalSubscriptionResponse: optional(implicit(0, RegionalSubscriptionResponseV2)),
});
export type DeleteSubscriberDataResV2 = Infer<typeof DeleteSubscriberDataResV2>;

/** Version 3. */
export const deleteSubscriberData = operation({
  name: 'deleteSubscriberData',
  code: 8,
  argument: DeleteSubscriberDataArg,
  result: DeleteSubscriberDataRes,
  errors: [dataMissing, unexpectedDataValue, unidentifiedSubscriber],
  operationClass: 1,
  timerMs: timersMs.medium,
});

/** Version 2. */
export const deleteSubscriberDataV2 = operation({
  name: 'deleteSubscriberData',
  code: 8,
  argument: DeleteSubscriberDataArgV2,
  result: DeleteSubscriberDataResV2,
  errors: [dataMissing, unexpectedDataValue, unidentifiedSubscriber],
  operationClass: 1,
  timerMs: timersMs.medium,
});

/** Version 1: the result has no parameter. */
export const deleteSubscriberDataV1 = operation({
  name: 'deleteSubscriberData',
  code: 8,
  argument: DeleteSubscriberDataArgV2,
  errors: [dataMissing, unexpectedDataValue, unidentifiedSubscriber],
  operationClass: 1,
  timerMs: timersMs.medium,
});
