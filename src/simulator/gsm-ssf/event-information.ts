/** What is said of an event when it is reported: 3GPP TS 29.078 §11.18.1.1; a phase has fewer of them than the next. */

import type { EventReportBCSMArg } from '../../stack/cap/operations/event-report-bcsm.ts';
import type { DpSpecificInfoAlt } from '../../stack/cap/types/change-of-position.ts';
import { encodeCause } from '../../stack/isup/cause.ts';
import type { DetectionPoint } from './bcsm-fsm.ts';
import { encodeDigits } from './generic-digits.ts';
import { calledPartyNumber } from './isup-values.ts';
import { receivingSide } from './leg-id.ts';

export interface EventDetails {
  /** ITU-T Q.850. */
  readonly cause?: number;
  readonly digits?: string;
  readonly destination?: string;
}

type Information = NonNullable<EventReportBCSMArg['eventSpecificInformationBCSM']>;

function information(point: DetectionPoint, details: EventDetails, phase: number): Information | undefined {
  const cause =
    details.cause === undefined
      ? undefined
      : encodeCause({ codingStandard: 0, location: 0, value: details.cause });
  const withCause = (key: 'failureCause' | 'busyCause' | 'releaseCause') =>
    cause === undefined ? {} : { [key]: cause };
  const answer =
    phase < 3 || details.destination === undefined
      ? {}
      : { destinationAddress: calledPartyNumber(details.destination) };
  const midCall =
    details.digits === undefined
      ? {}
      : { midCallEvents: { dTMFDigitsCompleted: encodeDigits(details.digits) } };
  switch (point) {
    case 'routeSelectFailure':
      return { routeSelectFailureSpecificInfo: withCause('failureCause') };
    case 'oCalledPartyBusy':
      return { oCalledPartyBusySpecificInfo: withCause('busyCause') };
    case 'oNoAnswer':
      return { oNoAnswerSpecificInfo: {} };
    case 'oAnswer':
      return { oAnswerSpecificInfo: answer };
    case 'oMidCall':
      return { oMidCallSpecificInfo: midCall };
    case 'oDisconnect':
      return { oDisconnectSpecificInfo: withCause('releaseCause') };
    case 'tBusy':
      return { tBusySpecificInfo: withCause('busyCause') };
    case 'tNoAnswer':
      return { tNoAnswerSpecificInfo: {} };
    case 'tAnswer':
      return { tAnswerSpecificInfo: answer };
    case 'tMidCall':
      return { tMidCallSpecificInfo: midCall };
    case 'tDisconnect':
      return { tDisconnectSpecificInfo: withCause('releaseCause') };
    case 'oTermSeized':
      return { oTermSeizedSpecificInfo: {} };
    case 'callAccepted':
      return { callAcceptedSpecificInfo: {} };
    case 'oAbandon':
      return phase < 4 ? undefined : { oAbandonSpecificInfo: {} };
    case 'oChangeOfPosition':
      return { oChangeOfPositionSpecificInfo: {} };
    case 'tChangeOfPosition':
      return { tChangeOfPositionSpecificInfo: {} };
    case 'collectedInfo':
      return alternative({
        collectedInfoSpecificInfo:
          details.destination === undefined
            ? {}
            : { calledPartyNumber: calledPartyNumber(details.destination) },
      });
    case 'oServiceChange':
      return alternative({ oServiceChangeSpecificInfo: CHANGED_BY_THE_USER });
    case 'tServiceChange':
      return alternative({ tServiceChangeSpecificInfo: CHANGED_BY_THE_USER });
    default:
      return undefined;
  }
}

/** The calling user has changed the service. */
const CHANGED_BY_THE_USER = {
  initiatorOfServiceChange: 'a-side',
  natureOfServiceChange: 'userInitiated',
} as const;

/** All three are there; the one that is meant has something in it. */
function alternative(info: Partial<DpSpecificInfoAlt>): Information {
  return {
    dpSpecificInfoAlt: {
      oServiceChangeSpecificInfo: {},
      tServiceChangeSpecificInfo: {},
      collectedInfoSpecificInfo: {},
      ...info,
    },
  };
}

export function eventReport(
  point: DetectionPoint,
  leg: number,
  details: EventDetails,
  messageType: 'request' | 'notification',
  phase: number,
): EventReportBCSMArg {
  const about = information(point, details, phase);
  return {
    eventTypeBCSM: point,
    ...(about === undefined ? {} : { eventSpecificInformationBCSM: about }),
    legID: receivingSide(leg),
    miscCallInfo: { messageType },
  };
}
