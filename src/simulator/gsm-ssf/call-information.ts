/** What callInformationRequest asks for, gathered and reported when the leg is gone: 3GPP TS 29.078 §11.6, §11.7. */
import type { CallInformationReportArg } from '../../stack/cap/operations/call-information-report.ts';
import type { CallInformationRequestArg } from '../../stack/cap/operations/call-information-request.ts';
import { encodeTimeAndTimezone } from '../../stack/cap/time-and-timezone.ts';
import { encodeCause } from '../../stack/isup/cause.ts';
import { civilOf } from '../../types/civil-time.ts';
import { receivingSide } from './leg-id.ts';

export interface LegTimes {
  readonly attemptAtMs: number;
  readonly answeredAtMs: number | undefined;
  readonly endedAtMs: number;
  readonly cause: number;
}

/** Wall time of an instant of the exchange. */
export type WallClock = (monotonicMs: number) => number;

type Requested = CallInformationRequestArg['requestedInformationTypeList'];
type Reported = CallInformationReportArg['requestedInformationList'][number];

export function informationReport(
  requested: Requested,
  leg: number,
  times: LegTimes,
  wall: WallClock,
): CallInformationReportArg {
  const list = requested.flatMap((type) => one(type, times, wall) ?? []);
  return { requestedInformationList: list, legID: receivingSide(leg) };
}

function one(type: Requested[number], times: LegTimes, wall: WallClock): Reported | undefined {
  const { attemptAtMs, answeredAtMs, endedAtMs, cause } = times;
  switch (type) {
    case 'callAttemptElapsedTime': {
      const seconds = Math.round(((answeredAtMs ?? endedAtMs) - attemptAtMs) / 1000);
      return {
        requestedInformationType: type,
        requestedInformationValue: { callAttemptElapsedTimeValue: Math.min(255, seconds) },
      };
    }
    case 'callStopTime': {
      // As time and time zone, without the zone: 3GPP TS 29.078 §5.1, DateAndTime.
      const time = encodeTimeAndTimezone({ ...civilOf(wall(endedAtMs)), zoneQuarters: 0 });
      return {
        requestedInformationType: type,
        requestedInformationValue: { callStopTimeValue: time.subarray(0, 7) },
      };
    }
    case 'callConnectedElapsedTime': {
      const tenths = answeredAtMs === undefined ? 0 : Math.round((endedAtMs - answeredAtMs) / 100);
      return {
        requestedInformationType: type,
        requestedInformationValue: { callConnectedElapsedTimeValue: tenths },
      };
    }
    case 'releaseCause':
      return {
        requestedInformationType: type,
        requestedInformationValue: {
          releaseCauseValue: encodeCause({ codingStandard: 0, location: 0, value: cause }),
        },
      };
    default:
      return undefined;
  }
}
