/** anyTimeSubscriptionInterrogation: the gsmSCF asks the HLR what a subscription holds. 3GPP TS 29.002 §8.11.3, §17.6.1. */
import { explicit, type Infer, implicit, nullType, operation, optional, sequence } from '../../asn1/index.ts';
import { callBarred } from '../errors/call-handling.ts';
import { dataMissing, unexpectedDataValue } from '../errors/generic.ts';
import { unknownSubscriber } from '../errors/identification.ts';
import { atsiNotAllowed, informationNotAvailable } from '../errors/subscriber-information.ts';
import { bearerServiceNotProvisioned, teleserviceNotProvisioned } from '../errors/subscription.ts';
import { illegalSSOperation, ssNotAvailable } from '../errors/supplementary-services.ts';
import { timersMs } from '../timers.ts';
import { IsdnAddressString, SubscriberIdentity } from '../types/address.ts';
import { SupportedCamelPhases } from '../types/camel.ts';
import { OfferedCamel4CSIs } from '../types/camel-subscription.ts';
import { CsgSubscriptionDataList } from '../types/eps-subscription.ts';
import { ExtensionContainer } from '../types/extension.ts';
import {
  AdditionalRequestedCAMELSubscriptionInfo,
  CallBarringData,
  CallForwardingData,
  CallHoldData,
  CallWaitingData,
  CamelSubscriptionInfo,
  ClipData,
  ClirData,
  EctData,
  MsisdnBSList,
  OdbInfo,
  RequestedCAMELSubscriptionInfo,
} from '../types/subscription-information.ts';
import { SsForBSCode } from '../types/supplementary-services.ts';

export const RequestedSubscriptionInfo = sequence({
  'requestedSS-Info': optional(implicit(1, SsForBSCode)),
  odb: optional(implicit(2, nullType)),
  'requestedCAMEL-SubscriptionInfo': optional(implicit(3, RequestedCAMELSubscriptionInfo)),
  'supportedVLR-CAMEL-Phases': optional(implicit(4, nullType)),
  'supportedSGSN-CAMEL-Phases': optional(implicit(5, nullType)),
  extensionContainer: optional(implicit(6, ExtensionContainer)),
  'additionalRequestedCAMEL-SubscriptionInfo': optional(
    implicit(7, AdditionalRequestedCAMELSubscriptionInfo),
  ),
  'msisdn-BS-List': optional(implicit(8, nullType)),
  'csg-SubscriptionDataRequested': optional(implicit(9, nullType)),
  'cw-Info': optional(implicit(10, nullType)),
  'clip-Info': optional(implicit(11, nullType)),
  'clir-Info': optional(implicit(12, nullType)),
  'hold-Info': optional(implicit(13, nullType)),
  'ect-Info': optional(implicit(14, nullType)),
});
export type RequestedSubscriptionInfo = Infer<typeof RequestedSubscriptionInfo>;

export const AnyTimeSubscriptionInterrogationArg = sequence({
  subscriberIdentity: explicit(0, SubscriberIdentity),
  requestedSubscriptionInfo: implicit(1, RequestedSubscriptionInfo),
  'gsmSCF-Address': implicit(2, IsdnAddressString),
  extensionContainer: optional(implicit(3, ExtensionContainer)),
  'longFTN-Supported': optional(implicit(4, nullType)),
});
export type AnyTimeSubscriptionInterrogationArg = Infer<typeof AnyTimeSubscriptionInterrogationArg>;

export const AnyTimeSubscriptionInterrogationRes = sequence({
  callForwardingData: optional(implicit(1, CallForwardingData)),
  callBarringData: optional(implicit(2, CallBarringData)),
  'odb-Info': optional(implicit(3, OdbInfo)),
  'camel-SubscriptionInfo': optional(implicit(4, CamelSubscriptionInfo)),
  'supportedVLR-CAMEL-Phases': optional(implicit(5, SupportedCamelPhases)),
  'supportedSGSN-CAMEL-Phases': optional(implicit(6, SupportedCamelPhases)),
  extensionContainer: optional(implicit(7, ExtensionContainer)),
  offeredCamel4CSIsInVLR: optional(implicit(8, OfferedCamel4CSIs)),
  offeredCamel4CSIsInSGSN: optional(implicit(9, OfferedCamel4CSIs)),
  'msisdn-BS-List': optional(implicit(10, MsisdnBSList)),
  'csg-SubscriptionDataList': optional(implicit(11, CsgSubscriptionDataList)),
  'cw-Data': optional(implicit(12, CallWaitingData)),
  'ch-Data': optional(implicit(13, CallHoldData)),
  'clip-Data': optional(implicit(14, ClipData)),
  'clir-Data': optional(implicit(15, ClirData)),
  'ect-data': optional(implicit(16, EctData)),
});
export type AnyTimeSubscriptionInterrogationRes = Infer<typeof AnyTimeSubscriptionInterrogationRes>;

export const anyTimeSubscriptionInterrogation = operation({
  name: 'anyTimeSubscriptionInterrogation',
  code: 62,
  argument: AnyTimeSubscriptionInterrogationArg,
  result: AnyTimeSubscriptionInterrogationRes,
  errors: [
    atsiNotAllowed,
    dataMissing,
    unexpectedDataValue,
    unknownSubscriber,
    bearerServiceNotProvisioned,
    teleserviceNotProvisioned,
    callBarred,
    illegalSSOperation,
    ssNotAvailable,
    informationNotAvailable,
  ],
  operationClass: 1,
  timerMs: timersMs.medium,
});
