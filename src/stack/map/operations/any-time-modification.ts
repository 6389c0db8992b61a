/** anyTimeModification: the gsmSCF changes what a subscription holds in the HLR. 3GPP TS 29.002 §8.11.4, §17.6.1. */
import {
  bitString,
  enumerated,
  explicit,
  type Infer,
  implicit,
  nullType,
  operation,
  optional,
  sequence,
} from '../../asn1/index.ts';
import { callBarred } from '../errors/call-handling.ts';
import { dataMissing, unexpectedDataValue } from '../errors/generic.ts';
import { unknownSubscriber } from '../errors/identification.ts';
import { atmNotAllowed, informationNotAvailable } from '../errors/subscriber-information.ts';
import { bearerServiceNotProvisioned, teleserviceNotProvisioned } from '../errors/subscription.ts';
import {
  illegalSSOperation,
  ssErrorStatus,
  ssIncompatibility,
  ssSubscriptionViolation,
} from '../errors/supplementary-services.ts';
import { timersMs } from '../timers.ts';
import {
  AddressString,
  IsdnAddressString,
  IsdnSubaddressString,
  NetworkNodeDiameterAddress,
  SubscriberIdentity,
} from '../types/address.ts';
import { ExtBasicServiceCode, ExtSsStatus, SsCode } from '../types/basic-service.ts';
import { ExtensionContainer } from '../types/extension.ts';
import { CliRestrictionOption, OverrideCategory } from '../types/ss-option.ts';
import { ExtNoRepCondTime, OdbData } from '../types/subscriber-data.ts';
import {
  AdditionalRequestedCAMELSubscriptionInfo,
  CallHoldData,
  CallWaitingData,
  CamelSubscriptionInfo,
  ClipData,
  ClirData,
  EctData,
  ExtSSInfoForCSE,
  OdbInfo,
  RequestedCAMELSubscriptionInfo,
  WrongPasswordAttemptsCounter,
} from '../types/subscription-information.ts';
import { Password } from '../types/supplementary-services.ts';

export const ModificationInstruction = enumerated({ deactivate: 0, activate: 1 });
export type ModificationInstruction = Infer<typeof ModificationInstruction>;

export const ModificationRequestForCFInfo = sequence({
  'ss-Code': implicit(0, SsCode),
  basicService: optional(explicit(1, ExtBasicServiceCode)),
  'ss-Status': optional(implicit(2, ExtSsStatus)),
  forwardedToNumber: optional(implicit(3, AddressString)),
  forwardedToSubaddress: optional(implicit(4, IsdnSubaddressString)),
  noReplyConditionTime: optional(implicit(5, ExtNoRepCondTime)),
  modifyNotificationToCSE: optional(implicit(6, ModificationInstruction)),
  extensionContainer: optional(implicit(7, ExtensionContainer)),
});
export type ModificationRequestForCFInfo = Infer<typeof ModificationRequestForCFInfo>;

export const ModificationRequestForCBInfo = sequence({
  'ss-Code': implicit(0, SsCode),
  basicService: optional(explicit(1, ExtBasicServiceCode)),
  'ss-Status': optional(implicit(2, ExtSsStatus)),
  password: optional(implicit(3, Password)),
  wrongPasswordAttemptsCounter: optional(implicit(4, WrongPasswordAttemptsCounter)),
  modifyNotificationToCSE: optional(implicit(5, ModificationInstruction)),
  extensionContainer: optional(implicit(6, ExtensionContainer)),
});
export type ModificationRequestForCBInfo = Infer<typeof ModificationRequestForCBInfo>;

export const ModificationRequestForCSI = sequence({
  'requestedCamel-SubscriptionInfo': implicit(0, RequestedCAMELSubscriptionInfo),
  modifyNotificationToCSE: optional(implicit(1, ModificationInstruction)),
  'modifyCSI-State': optional(implicit(2, ModificationInstruction)),
  extensionContainer: optional(implicit(3, ExtensionContainer)),
  'additionalRequestedCAMEL-SubscriptionInfo': optional(
    implicit(4, AdditionalRequestedCAMELSubscriptionInfo),
  ),
});
export type ModificationRequestForCSI = Infer<typeof ModificationRequestForCSI>;

export const ModificationRequestForODBData = sequence({
  'odb-data': optional(implicit(0, OdbData)),
  modifyNotificationToCSE: optional(implicit(1, ModificationInstruction)),
  extensionContainer: optional(implicit(2, ExtensionContainer)),
});
export type ModificationRequestForODBData = Infer<typeof ModificationRequestForODBData>;

export const ModificationRequestForIpSmGwData = sequence({
  modifyRegistrationStatus: optional(implicit(0, ModificationInstruction)),
  extensionContainer: optional(implicit(1, ExtensionContainer)),
  'ip-sm-gw-DiameterAddress': optional(implicit(2, NetworkNodeDiameterAddress)),
});
export type ModificationRequestForIpSmGwData = Infer<typeof ModificationRequestForIpSmGwData>;

export const RequestedServingNode = bitString({ min: 1, max: 8 }, { mmeAndSgsn: 0 });
export type RequestedServingNode = Infer<typeof RequestedServingNode>;

export const ModificationRequestForCSG = sequence({
  modifyNotificationToCSE: optional(implicit(0, ModificationInstruction)),
  extensionContainer: optional(implicit(1, ExtensionContainer)),
});
export type ModificationRequestForCSG = Infer<typeof ModificationRequestForCSG>;

export const ModificationRequestForCWInfo = sequence({
  basicService: optional(explicit(0, ExtBasicServiceCode)),
  'ss-Status': optional(implicit(1, ExtSsStatus)),
  modifyNotificationToCSE: optional(implicit(2, ModificationInstruction)),
  extensionContainer: optional(implicit(3, ExtensionContainer)),
});
export type ModificationRequestForCWInfo = Infer<typeof ModificationRequestForCWInfo>;

export const ModificationRequestForCLIPInfo = sequence({
  'ss-Status': optional(implicit(0, ExtSsStatus)),
  overrideCategory: optional(implicit(1, OverrideCategory)),
  modifyNotificationToCSE: optional(implicit(2, ModificationInstruction)),
  extensionContainer: optional(implicit(3, ExtensionContainer)),
});
export type ModificationRequestForCLIPInfo = Infer<typeof ModificationRequestForCLIPInfo>;

export const ModificationRequestForCLIRInfo = sequence({
  'ss-Status': optional(implicit(0, ExtSsStatus)),
  cliRestrictionOption: optional(implicit(1, CliRestrictionOption)),
  modifyNotificationToCSE: optional(implicit(2, ModificationInstruction)),
  extensionContainer: optional(implicit(3, ExtensionContainer)),
});
export type ModificationRequestForCLIRInfo = Infer<typeof ModificationRequestForCLIRInfo>;

export const ModificationRequestForCHInfo = sequence({
  'ss-Status': optional(implicit(0, ExtSsStatus)),
  modifyNotificationToCSE: optional(implicit(1, ModificationInstruction)),
  extensionContainer: optional(implicit(2, ExtensionContainer)),
});
export type ModificationRequestForCHInfo = Infer<typeof ModificationRequestForCHInfo>;

export const ModificationRequestForECTInfo = sequence({
  'ss-Status': optional(implicit(0, ExtSsStatus)),
  modifyNotificationToCSE: optional(implicit(1, ModificationInstruction)),
  extensionContainer: optional(implicit(2, ExtensionContainer)),
});
export type ModificationRequestForECTInfo = Infer<typeof ModificationRequestForECTInfo>;

export const AnyTimeModificationArg = sequence({
  subscriberIdentity: explicit(0, SubscriberIdentity),
  'gsmSCF-Address': implicit(1, IsdnAddressString),
  'modificationRequestFor-CF-Info': optional(implicit(2, ModificationRequestForCFInfo)),
  'modificationRequestFor-CB-Info': optional(implicit(3, ModificationRequestForCBInfo)),
  'modificationRequestFor-CSI': optional(implicit(4, ModificationRequestForCSI)),
  extensionContainer: optional(implicit(5, ExtensionContainer)),
  'longFTN-Supported': optional(implicit(6, nullType)),
  'modificationRequestFor-ODB-data': optional(implicit(7, ModificationRequestForODBData)),
  'modificationRequestFor-IP-SM-GW-Data': optional(implicit(8, ModificationRequestForIpSmGwData)),
  'activationRequestForUE-reachability': optional(implicit(9, RequestedServingNode)),
  'modificationRequestFor-CSG': optional(implicit(10, ModificationRequestForCSG)),
  'modificationRequestFor-CW-Data': optional(implicit(11, ModificationRequestForCWInfo)),
  'modificationRequestFor-CLIP-Data': optional(implicit(12, ModificationRequestForCLIPInfo)),
  'modificationRequestFor-CLIR-Data': optional(implicit(13, ModificationRequestForCLIRInfo)),
  'modificationRequestFor-HOLD-Data': optional(implicit(14, ModificationRequestForCHInfo)),
  'modificationRequestFor-ECT-Data': optional(implicit(15, ModificationRequestForECTInfo)),
});
export type AnyTimeModificationArg = Infer<typeof AnyTimeModificationArg>;

export const AnyTimeModificationRes = sequence({
  'ss-InfoFor-CSE': optional(explicit(0, ExtSSInfoForCSE)),
  'camel-SubscriptionInfo': optional(implicit(1, CamelSubscriptionInfo)),
  extensionContainer: optional(implicit(2, ExtensionContainer)),
  'odb-Info': optional(implicit(3, OdbInfo)),
  'cw-Data': optional(implicit(4, CallWaitingData)),
  'ch-Data': optional(implicit(5, CallHoldData)),
  'clip-Data': optional(implicit(6, ClipData)),
  'clir-Data': optional(implicit(7, ClirData)),
  'ect-data': optional(implicit(8, EctData)),
  serviceCentreAddress: optional(implicit(9, AddressString)),
});
export type AnyTimeModificationRes = Infer<typeof AnyTimeModificationRes>;

export const anyTimeModification = operation({
  name: 'anyTimeModification',
  code: 65,
  argument: AnyTimeModificationArg,
  result: AnyTimeModificationRes,
  errors: [
    atmNotAllowed,
    dataMissing,
    unexpectedDataValue,
    unknownSubscriber,
    bearerServiceNotProvisioned,
    teleserviceNotProvisioned,
    callBarred,
    illegalSSOperation,
    ssSubscriptionViolation,
    ssErrorStatus,
    ssIncompatibility,
    informationNotAvailable,
  ],
  operationClass: 1,
  timerMs: timersMs.medium,
});
