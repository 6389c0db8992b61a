/** initialDPSMS: the smsSSF asks what to do with a short message. 3GPP TS 29.078 §7.1. */
import {
  type Infer,
  implicit,
  nullType,
  octetString,
  operation,
  optional,
  sequence,
} from '../../asn1/index.ts';
import { Imei, Imsi, IsdnAddressString } from '../../map/types/address.ts';
import { CallReferenceNumber, MsClassmark2 } from '../../map/types/camel.ts';
import { ExtensionContainer } from '../../map/types/extension.ts';
import {
  GeographicalInformation,
  LocationInformation,
  LSAIdentity,
  RAIdentity,
  UserCSGInformation,
} from '../../map/types/location.ts';
import { GPRSMSClass } from '../../map/types/subscriber-information.ts';
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
import { ServiceKey, TimeAndTimezone } from '../types/call.ts';
import { Extensions } from '../types/extension.ts';
import { CalledPartyBCDNumber } from '../types/numbers.ts';
import { EventTypeSMS } from '../types/sms.ts';

export const SmsAddressString = octetString({ min: 1, max: 11 });
export type SmsAddressString = Infer<typeof SmsAddressString>;

/** A CHOICE in MAP, an OCTET STRING here: its length says which it is. */
export const CellGlobalIdOrServiceAreaIdOrLAI = octetString({ min: 5, max: 7 });
export type CellGlobalIdOrServiceAreaIdOrLAI = Infer<typeof CellGlobalIdOrServiceAreaIdOrLAI>;

export const LocationInformationGPRS = sequence({
  cellGlobalIdOrServiceAreaIdOrLAI: optional(implicit(0, CellGlobalIdOrServiceAreaIdOrLAI)),
  routeingAreaIdentity: optional(implicit(1, RAIdentity)),
  geographicalInformation: optional(implicit(2, GeographicalInformation)),
  'sgsn-Number': optional(implicit(3, IsdnAddressString)),
  selectedLSAIdentity: optional(implicit(4, LSAIdentity)),
  extensionContainer: optional(implicit(5, ExtensionContainer)),
  'sai-Present': optional(implicit(6, nullType)),
  userCSGInformation: optional(implicit(7, UserCSGInformation)),
});
export type LocationInformationGPRS = Infer<typeof LocationInformationGPRS>;

export const TPShortMessageSpecificInfo = octetString({ min: 1, max: 1 });
export type TPShortMessageSpecificInfo = Infer<typeof TPShortMessageSpecificInfo>;

export const TPProtocolIdentifier = octetString({ min: 1, max: 1 });
export type TPProtocolIdentifier = Infer<typeof TPProtocolIdentifier>;

export const TPDataCodingScheme = octetString({ min: 1, max: 1 });
export type TPDataCodingScheme = Infer<typeof TPDataCodingScheme>;

export const TPValidityPeriod = octetString({ min: 1, max: 7 });
export type TPValidityPeriod = Infer<typeof TPValidityPeriod>;

export const InitialDPSMSArg = sequence({
  serviceKey: implicit(0, ServiceKey),
  destinationSubscriberNumber: optional(implicit(1, CalledPartyBCDNumber)),
  callingPartyNumber: optional(implicit(2, SmsAddressString)),
  eventTypeSMS: optional(implicit(3, EventTypeSMS)),
  iMSI: optional(implicit(4, Imsi)),
  locationInformationMSC: optional(implicit(5, LocationInformation)),
  locationInformationGPRS: optional(implicit(6, LocationInformationGPRS)),
  sMSCAddress: optional(implicit(7, IsdnAddressString)),
  timeAndTimezone: optional(implicit(8, TimeAndTimezone)),
  tPShortMessageSpecificInfo: optional(implicit(9, TPShortMessageSpecificInfo)),
  tPProtocolIdentifier: optional(implicit(10, TPProtocolIdentifier)),
  tPDataCodingScheme: optional(implicit(11, TPDataCodingScheme)),
  tPValidityPeriod: optional(implicit(12, TPValidityPeriod)),
  extensions: optional(implicit(13, Extensions)),
  smsReferenceNumber: optional(implicit(14, CallReferenceNumber)),
  mscAddress: optional(implicit(15, IsdnAddressString)),
  'sgsn-Number': optional(implicit(16, IsdnAddressString)),
  'ms-Classmark2': optional(implicit(17, MsClassmark2)),
  gPRSMSClass: optional(implicit(18, GPRSMSClass)),
  iMEI: optional(implicit(19, Imei)),
  calledPartyNumber: optional(implicit(20, IsdnAddressString)),
});
export type InitialDPSMSArg = Infer<typeof InitialDPSMSArg>;

export const initialDPSMS = operation({
  name: 'initialDPSMS',
  code: 60,
  argument: InitialDPSMSArg,
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
