/** What is armed at a detection point, and what is reported of it: 3GPP TS 29.078 §5.1. */
import {
  choice,
  explicit,
  type Infer,
  implicit,
  integer,
  nullType,
  octetString,
  optional,
  sequence,
} from '../../asn1/index.ts';
import { ExtBasicServiceCode } from '../../map/types/basic-service.ts';
import { LocationInformation } from '../../map/types/location.ts';
import { ChargeIndicator, EventTypeBCSM, LegID, MonitorMode } from './call.ts';
import { ChangeOfPositionControlInfo, DpSpecificInfoAlt, MetDPCriteriaList } from './change-of-position.ts';
import { CalledPartyNumber, Cause, Digits } from './numbers.ts';

export const ApplicationTimer = integer({ min: 0, max: 2047 });
export type ApplicationTimer = Infer<typeof ApplicationTimer>;

export const MidCallControlInfo = sequence({
  minimumNumberOfDigits: optional(implicit(0, integer({ min: 1, max: 30 }))), // absent: 1
  maximumNumberOfDigits: optional(implicit(1, integer({ min: 1, max: 30 }))), // absent: 30
  endOfReplyDigit: optional(implicit(2, octetString({ min: 1, max: 2 }))),
  cancelDigit: optional(implicit(3, octetString({ min: 1, max: 2 }))),
  startDigit: optional(implicit(4, octetString({ min: 1, max: 2 }))),
  interDigitTimeout: optional(implicit(6, integer({ min: 1, max: 127 }))), // absent: 10
});
export type MidCallControlInfo = Infer<typeof MidCallControlInfo>;

export const NumberOfDigits = integer({ min: 1, max: 255 });
export type NumberOfDigits = Infer<typeof NumberOfDigits>;

export const DpSpecificCriteriaAlt = sequence({
  changeOfPositionControlInfo: implicit(0, ChangeOfPositionControlInfo),
  numberOfDigits: optional(implicit(1, NumberOfDigits)),
  interDigitTimeout: optional(implicit(2, integer({ min: 1, max: 127 }))),
});
export type DpSpecificCriteriaAlt = Infer<typeof DpSpecificCriteriaAlt>;

export const DpSpecificCriteria = choice({
  applicationTimer: implicit(1, ApplicationTimer),
  midCallControlInfo: implicit(2, MidCallControlInfo),
  dpSpecificCriteriaAlt: implicit(3, DpSpecificCriteriaAlt),
});
export type DpSpecificCriteria = Infer<typeof DpSpecificCriteria>;

export const BCSMEvent = sequence({
  eventTypeBCSM: implicit(0, EventTypeBCSM),
  monitorMode: implicit(1, MonitorMode),
  legID: optional(explicit(2, LegID)),
  dpSpecificCriteria: optional(explicit(30, DpSpecificCriteria)),
  automaticRearm: optional(implicit(50, nullType)),
});
export type BCSMEvent = Infer<typeof BCSMEvent>;

export const EventSpecificInformationBCSM = choice({
  routeSelectFailureSpecificInfo: implicit(
    2,
    sequence({
      failureCause: optional(implicit(0, Cause)),
    }),
  ),
  oCalledPartyBusySpecificInfo: implicit(
    3,
    sequence({
      busyCause: optional(implicit(0, Cause)),
    }),
  ),
  oNoAnswerSpecificInfo: implicit(4, sequence({})),
  oAnswerSpecificInfo: implicit(
    5,
    sequence({
      destinationAddress: optional(implicit(50, CalledPartyNumber)),
      'or-Call': optional(implicit(51, nullType)),
      forwardedCall: optional(implicit(52, nullType)),
      chargeIndicator: optional(implicit(53, ChargeIndicator)),
      'ext-basicServiceCode': optional(explicit(54, ExtBasicServiceCode)),
      'ext-basicServiceCode2': optional(explicit(55, ExtBasicServiceCode)),
    }),
  ),
  oMidCallSpecificInfo: implicit(
    6,
    sequence({
      midCallEvents: optional(
        explicit(
          1,
          choice({
            dTMFDigitsCompleted: implicit(3, Digits),
            dTMFDigitsTimeOut: implicit(4, Digits),
          }),
        ),
      ),
    }),
  ),
  oDisconnectSpecificInfo: implicit(
    7,
    sequence({
      releaseCause: optional(implicit(0, Cause)),
    }),
  ),
  tBusySpecificInfo: implicit(
    8,
    sequence({
      busyCause: optional(implicit(0, Cause)),
      callForwarded: optional(implicit(50, nullType)),
      routeNotPermitted: optional(implicit(51, nullType)),
      forwardingDestinationNumber: optional(implicit(52, CalledPartyNumber)),
    }),
  ),
  tNoAnswerSpecificInfo: implicit(
    9,
    sequence({
      callForwarded: optional(implicit(50, nullType)),
      forwardingDestinationNumber: optional(implicit(52, CalledPartyNumber)),
    }),
  ),
  tAnswerSpecificInfo: implicit(
    10,
    sequence({
      destinationAddress: optional(implicit(50, CalledPartyNumber)),
      'or-Call': optional(implicit(51, nullType)),
      forwardedCall: optional(implicit(52, nullType)),
      chargeIndicator: optional(implicit(53, ChargeIndicator)),
      'ext-basicServiceCode': optional(explicit(54, ExtBasicServiceCode)),
      'ext-basicServiceCode2': optional(explicit(55, ExtBasicServiceCode)),
    }),
  ),
  tMidCallSpecificInfo: implicit(
    11,
    sequence({
      midCallEvents: optional(
        explicit(
          1,
          choice({
            dTMFDigitsCompleted: implicit(3, Digits),
            dTMFDigitsTimeOut: implicit(4, Digits),
          }),
        ),
      ),
    }),
  ),
  tDisconnectSpecificInfo: implicit(
    12,
    sequence({
      releaseCause: optional(implicit(0, Cause)),
    }),
  ),
  oTermSeizedSpecificInfo: implicit(
    13,
    sequence({
      locationInformation: optional(implicit(50, LocationInformation)),
    }),
  ),
  callAcceptedSpecificInfo: implicit(
    20,
    sequence({
      locationInformation: optional(implicit(50, LocationInformation)),
    }),
  ),
  oAbandonSpecificInfo: implicit(
    21,
    sequence({
      routeNotPermitted: optional(implicit(50, nullType)),
    }),
  ),
  oChangeOfPositionSpecificInfo: implicit(
    50,
    sequence({
      locationInformation: optional(implicit(50, LocationInformation)),
      metDPCriteriaList: optional(implicit(51, MetDPCriteriaList)),
    }),
  ),
  tChangeOfPositionSpecificInfo: implicit(
    51,
    sequence({
      locationInformation: optional(implicit(50, LocationInformation)),
      metDPCriteriaList: optional(implicit(51, MetDPCriteriaList)),
    }),
  ),
  dpSpecificInfoAlt: implicit(52, DpSpecificInfoAlt),
});
export type EventSpecificInformationBCSM = Infer<typeof EventSpecificInformationBCSM>;
