/** provideSubscriberLocation: the GMLC asks the serving node for the position of a subscriber. 3GPP TS 29.002 §13A.2, §17.6.8. */
import {
  bitString,
  choice,
  enumerated,
  explicit,
  type Infer,
  implicit,
  integer,
  nullType,
  octetString,
  operation,
  optional,
  sequence,
  sequenceOf,
} from '../../asn1/index.ts';
import { absentSubscriber } from '../errors/call-handling.ts';
import { dataMissing, facilityNotSupported, systemFailure, unexpectedDataValue } from '../errors/generic.ts';
import { unidentifiedSubscriber } from '../errors/identification.ts';
import {
  positionMethodFailure,
  unauthorizedLCSClient,
  unauthorizedRequestingNetwork,
} from '../errors/location-services.ts';
import { illegalEquipment, illegalSubscriber } from '../errors/subscription.ts';
import { timersMs } from '../timers.ts';
import {
  DiameterIdentity,
  GsnAddress,
  Imei,
  Imsi,
  IsdnAddressString,
  Lmsi,
  PlmnId,
} from '../types/address.ts';
import { ExtensionContainer } from '../types/extension.ts';
import { LCSServiceTypeID } from '../types/lcs-subscription.ts';
import { AgeOfLocationInformation, CellGlobalIdOrServiceAreaIdOrLAI } from '../types/location.ts';
import { LcsClientID, LcsQoS, LocationType } from '../types/location-services.ts';
import { UssdDataCodingScheme } from '../types/supplementary-services.ts';

export const LcsPriority = octetString({ min: 1, max: 1 });
export type LcsPriority = Infer<typeof LcsPriority>;

export const SupportedGADShapes = bitString(
  { min: 7, max: 16 },
  {
    ellipsoidPoint: 0,
    ellipsoidPointWithUncertaintyCircle: 1,
    ellipsoidPointWithUncertaintyEllipse: 2,
    polygon: 3,
    ellipsoidPointWithAltitude: 4,
    ellipsoidPointWithAltitudeAndUncertaintyElipsoid: 5,
    ellipsoidArc: 6,
  },
);
export type SupportedGADShapes = Infer<typeof SupportedGADShapes>;

export const LcsReferenceNumber = octetString({ min: 1, max: 1 });
export type LcsReferenceNumber = Infer<typeof LcsReferenceNumber>;

export const LCSCodewordString = octetString({ min: 1, max: 20 });
export type LCSCodewordString = Infer<typeof LCSCodewordString>;

export const LCSCodeword = sequence({
  dataCodingScheme: implicit(0, UssdDataCodingScheme),
  lcsCodewordString: implicit(1, LCSCodewordString),
});
export type LCSCodeword = Infer<typeof LCSCodeword>;

export const PrivacyCheckRelatedAction = enumerated({
  allowedWithoutNotification: 0,
  allowedWithNotification: 1,
  allowedIfNoResponse: 2,
  restrictedIfNoResponse: 3,
  notAllowed: 4,
});
export type PrivacyCheckRelatedAction = Infer<typeof PrivacyCheckRelatedAction>;

export const LcsPrivacyCheck = sequence({
  callSessionUnrelated: implicit(0, PrivacyCheckRelatedAction),
  callSessionRelated: optional(implicit(1, PrivacyCheckRelatedAction)),
});
export type LcsPrivacyCheck = Infer<typeof LcsPrivacyCheck>;

export const AreaType = enumerated({
  countryCode: 0,
  plmnId: 1,
  locationAreaId: 2,
  routingAreaId: 3,
  cellGlobalId: 4,
  utranCellId: 5,
});
export type AreaType = Infer<typeof AreaType>;

export const AreaIdentification = octetString({ min: 2, max: 7 });
export type AreaIdentification = Infer<typeof AreaIdentification>;

export const Area = sequence({
  areaType: implicit(0, AreaType),
  areaIdentification: implicit(1, AreaIdentification),
});
export type Area = Infer<typeof Area>;

export const AreaList = sequenceOf(Area, { min: 1, max: 10 });
export type AreaList = Infer<typeof AreaList>;

export const AreaDefinition = sequence({
  areaList: implicit(0, AreaList),
});
export type AreaDefinition = Infer<typeof AreaDefinition>;

export const OccurrenceInfo = enumerated({ oneTimeEvent: 0, multipleTimeEvent: 1 });
export type OccurrenceInfo = Infer<typeof OccurrenceInfo>;

export const IntervalTime = integer({ min: 1, max: 32767 });
export type IntervalTime = Infer<typeof IntervalTime>;

export const AreaEventInfo = sequence({
  areaDefinition: implicit(0, AreaDefinition),
  occurrenceInfo: optional(implicit(1, OccurrenceInfo)),
  intervalTime: optional(implicit(2, IntervalTime)),
});
export type AreaEventInfo = Infer<typeof AreaEventInfo>;

export const ReportingAmount = integer({ min: 1, max: 8639999 });
export type ReportingAmount = Infer<typeof ReportingAmount>;

export const ReportingInterval = integer({ min: 1, max: 8639999 });
export type ReportingInterval = Infer<typeof ReportingInterval>;

export const PeriodicLDRInfo = sequence({
  reportingAmount: ReportingAmount,
  reportingInterval: ReportingInterval,
});
export type PeriodicLDRInfo = Infer<typeof PeriodicLDRInfo>;

export const RanTechnology = enumerated({ gsm: 0, umts: 1 });
export type RanTechnology = Infer<typeof RanTechnology>;

export const ReportingPLMN = sequence({
  'plmn-Id': implicit(0, PlmnId),
  'ran-Technology': optional(implicit(1, RanTechnology)),
  'ran-PeriodicLocationSupport': optional(implicit(2, nullType)),
});
export type ReportingPLMN = Infer<typeof ReportingPLMN>;

export const PLMNList = sequenceOf(ReportingPLMN, { min: 1, max: 20 });
export type PLMNList = Infer<typeof PLMNList>;

export const ReportingPLMNList = sequence({
  'plmn-ListPrioritized': optional(implicit(0, nullType)),
  'plmn-List': implicit(1, PLMNList),
});
export type ReportingPLMNList = Infer<typeof ReportingPLMNList>;

export const ProvideSubscriberLocationArg = sequence({
  locationType: LocationType,
  'mlc-Number': IsdnAddressString,
  'lcs-ClientID': optional(implicit(0, LcsClientID)),
  privacyOverride: optional(implicit(1, nullType)),
  imsi: optional(implicit(2, Imsi)),
  msisdn: optional(implicit(3, IsdnAddressString)),
  lmsi: optional(implicit(4, Lmsi)),
  imei: optional(implicit(5, Imei)),
  'lcs-Priority': optional(implicit(6, LcsPriority)),
  'lcs-QoS': optional(implicit(7, LcsQoS)),
  extensionContainer: optional(implicit(8, ExtensionContainer)),
  supportedGADShapes: optional(implicit(9, SupportedGADShapes)),
  'lcs-ReferenceNumber': optional(implicit(10, LcsReferenceNumber)),
  lcsServiceTypeID: optional(implicit(11, LCSServiceTypeID)),
  lcsCodeword: optional(implicit(12, LCSCodeword)),
  'lcs-PrivacyCheck': optional(implicit(13, LcsPrivacyCheck)),
  areaEventInfo: optional(implicit(14, AreaEventInfo)),
  'h-gmlc-Address': optional(implicit(15, GsnAddress)),
  'mo-lrShortCircuitIndicator': optional(implicit(16, nullType)),
  periodicLDRInfo: optional(implicit(17, PeriodicLDRInfo)),
  reportingPLMNList: optional(implicit(18, ReportingPLMNList)),
});
export type ProvideSubscriberLocationArg = Infer<typeof ProvideSubscriberLocationArg>;

export const ExtGeographicalInformation = octetString({ min: 1, max: 20 });
export type ExtGeographicalInformation = Infer<typeof ExtGeographicalInformation>;

export const AddGeographicalInformation = octetString({ min: 1, max: 91 });
export type AddGeographicalInformation = Infer<typeof AddGeographicalInformation>;

export const PositioningDataInformation = octetString({ min: 2, max: 10 });
export type PositioningDataInformation = Infer<typeof PositioningDataInformation>;

export const UtranPositioningDataInfo = octetString({ min: 3, max: 11 });
export type UtranPositioningDataInfo = Infer<typeof UtranPositioningDataInfo>;

export const AccuracyFulfilmentIndicator = enumerated({
  requestedAccuracyFulfilled: 0,
  requestedAccuracyNotFulfilled: 1,
});
export type AccuracyFulfilmentIndicator = Infer<typeof AccuracyFulfilmentIndicator>;

export const VelocityEstimate = octetString({ min: 4, max: 7 });
export type VelocityEstimate = Infer<typeof VelocityEstimate>;

export const GeranGANSSpositioningData = octetString({ min: 2, max: 10 });
export type GeranGANSSpositioningData = Infer<typeof GeranGANSSpositioningData>;

export const UtranGANSSpositioningData = octetString({ min: 1, max: 9 });
export type UtranGANSSpositioningData = Infer<typeof UtranGANSSpositioningData>;

export const ServingNodeAddress = choice({
  'msc-Number': implicit(0, IsdnAddressString),
  'sgsn-Number': implicit(1, IsdnAddressString),
  'mme-Number': implicit(2, DiameterIdentity),
});
export type ServingNodeAddress = Infer<typeof ServingNodeAddress>;

export const UtranAdditionalPositioningData = octetString({ min: 1, max: 8 });
export type UtranAdditionalPositioningData = Infer<typeof UtranAdditionalPositioningData>;

export const UtranBaroPressureMeas = integer({ min: 30000, max: 115000 });
export type UtranBaroPressureMeas = Infer<typeof UtranBaroPressureMeas>;

export const UtranCivicAddress = octetString();
export type UtranCivicAddress = Infer<typeof UtranCivicAddress>;

export const ProvideSubscriberLocationRes = sequence({
  locationEstimate: ExtGeographicalInformation,
  ageOfLocationEstimate: optional(implicit(0, AgeOfLocationInformation)),
  extensionContainer: optional(implicit(1, ExtensionContainer)),
  'add-LocationEstimate': optional(implicit(2, AddGeographicalInformation)),
  'deferredmt-lrResponseIndicator': optional(implicit(3, nullType)),
  geranPositioningData: optional(implicit(4, PositioningDataInformation)),
  utranPositioningData: optional(implicit(5, UtranPositioningDataInfo)),
  cellIdOrSai: optional(explicit(6, CellGlobalIdOrServiceAreaIdOrLAI)),
  'sai-Present': optional(implicit(7, nullType)),
  accuracyFulfilmentIndicator: optional(implicit(8, AccuracyFulfilmentIndicator)),
  velocityEstimate: optional(implicit(9, VelocityEstimate)),
  'mo-lrShortCircuitIndicator': optional(implicit(10, nullType)),
  geranGANSSpositioningData: optional(implicit(11, GeranGANSSpositioningData)),
  utranGANSSpositioningData: optional(implicit(12, UtranGANSSpositioningData)),
  targetServingNodeForHandover: optional(explicit(13, ServingNodeAddress)),
  utranAdditionalPositioningData: optional(implicit(14, UtranAdditionalPositioningData)),
  utranBaroPressureMeas: optional(implicit(15, UtranBaroPressureMeas)),
  utranCivicAddress: optional(implicit(16, UtranCivicAddress)),
});
export type ProvideSubscriberLocationRes = Infer<typeof ProvideSubscriberLocationRes>;

export const provideSubscriberLocation = operation({
  name: 'provideSubscriberLocation',
  code: 83,
  argument: ProvideSubscriberLocationArg,
  result: ProvideSubscriberLocationRes,
  errors: [
    systemFailure,
    dataMissing,
    unexpectedDataValue,
    facilityNotSupported,
    unidentifiedSubscriber,
    illegalSubscriber,
    illegalEquipment,
    absentSubscriber,
    unauthorizedRequestingNetwork,
    unauthorizedLCSClient,
    positionMethodFailure,
  ],
  operationClass: 1,
  timerMs: timersMs.mediumLong,
});
