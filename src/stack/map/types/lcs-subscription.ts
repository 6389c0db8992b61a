/** Subscription to location services: 3GPP TS 29.002 §17.7.1. */
import {
  enumerated,
  type Infer,
  implicit,
  integer,
  optional,
  sequence,
  sequenceOf,
} from '../../asn1/index.ts';
import { IsdnAddressString } from './address.ts';
import { ExtSsStatus, SsCode } from './basic-service.ts';
import { ExtensionContainer } from './extension.ts';

export const GmlcList = sequenceOf(IsdnAddressString, { min: 1, max: 5 });
export type GmlcList = Infer<typeof GmlcList>;

export const NotificationToMSUser = enumerated({
  notifyLocationAllowed: 0,
  'notifyAndVerify-LocationAllowedIfNoResponse': 1,
  'notifyAndVerify-LocationNotAllowedIfNoResponse': 2,
  locationNotAllowed: 3,
});
export type NotificationToMSUser = Infer<typeof NotificationToMSUser>;

export const LCSClientExternalID = sequence({
  externalAddress: optional(implicit(0, IsdnAddressString)),
  extensionContainer: optional(implicit(1, ExtensionContainer)),
});
export type LCSClientExternalID = Infer<typeof LCSClientExternalID>;

export const GmlcRestriction = enumerated({ 'gmlc-List': 0, 'home-Country': 1 });
export type GmlcRestriction = Infer<typeof GmlcRestriction>;

export const ExternalClient = sequence({
  clientIdentity: LCSClientExternalID,
  'gmlc-Restriction': optional(implicit(0, GmlcRestriction)),
  notificationToMSUser: optional(implicit(1, NotificationToMSUser)),
  extensionContainer: optional(implicit(2, ExtensionContainer)),
});
export type ExternalClient = Infer<typeof ExternalClient>;

export const ExternalClientList = sequenceOf(ExternalClient, { min: 0, max: 5 });
export type ExternalClientList = Infer<typeof ExternalClientList>;

export const LCSClientInternalID = enumerated({
  broadcastService: 0,
  'o-andM-HPLMN': 1,
  'o-andM-VPLMN': 2,
  anonymousLocation: 3,
  targetMSsubscribedService: 4,
});
export type LCSClientInternalID = Infer<typeof LCSClientInternalID>;

export const PLMNClientList = sequenceOf(LCSClientInternalID, { min: 1, max: 5 });
export type PLMNClientList = Infer<typeof PLMNClientList>;

export const ExtExternalClientList = sequenceOf(ExternalClient, { min: 1, max: 35 });
export type ExtExternalClientList = Infer<typeof ExtExternalClientList>;

export const LCSServiceTypeID = integer({ min: 0, max: 127 });
export type LCSServiceTypeID = Infer<typeof LCSServiceTypeID>;

export const ServiceType = sequence({
  serviceTypeIdentity: LCSServiceTypeID,
  'gmlc-Restriction': optional(implicit(0, GmlcRestriction)),
  notificationToMSUser: optional(implicit(1, NotificationToMSUser)),
  extensionContainer: optional(implicit(2, ExtensionContainer)),
});
export type ServiceType = Infer<typeof ServiceType>;

export const ServiceTypeList = sequenceOf(ServiceType, { min: 1, max: 32 });
export type ServiceTypeList = Infer<typeof ServiceTypeList>;

export const LcsPrivacyClass = sequence({
  'ss-Code': SsCode,
  'ss-Status': ExtSsStatus,
  notificationToMSUser: optional(implicit(0, NotificationToMSUser)),
  externalClientList: optional(implicit(1, ExternalClientList)),
  plmnClientList: optional(implicit(2, PLMNClientList)),
  extensionContainer: optional(implicit(3, ExtensionContainer)),
  'ext-externalClientList': optional(implicit(4, ExtExternalClientList)),
  serviceTypeList: optional(implicit(5, ServiceTypeList)),
});
export type LcsPrivacyClass = Infer<typeof LcsPrivacyClass>;

export const LcsPrivacyExceptionList = sequenceOf(LcsPrivacyClass, { min: 1, max: 4 });
export type LcsPrivacyExceptionList = Infer<typeof LcsPrivacyExceptionList>;

export const MolrClass = sequence({
  'ss-Code': SsCode,
  'ss-Status': ExtSsStatus,
  extensionContainer: optional(implicit(0, ExtensionContainer)),
});
export type MolrClass = Infer<typeof MolrClass>;

export const MolrList = sequenceOf(MolrClass, { min: 1, max: 3 });
export type MolrList = Infer<typeof MolrList>;

export const LCSInformation = sequence({
  'gmlc-List': optional(implicit(0, GmlcList)),
  'lcs-PrivacyExceptionList': optional(implicit(1, LcsPrivacyExceptionList)),
  'molr-List': optional(implicit(2, MolrList)),
  'add-lcs-PrivacyExceptionList': optional(implicit(3, LcsPrivacyExceptionList)),
});
export type LCSInformation = Infer<typeof LCSInformation>;
