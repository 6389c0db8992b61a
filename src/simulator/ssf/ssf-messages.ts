/** The operations of CAP as the simulated gsmSSF sends and reads them (3GPP TS 29.078 §6.1.1). */
import { compile } from '../../stack/asn1/index.ts';
import {
  type EventReportBCSMArg,
  EventReportBCSMArg as Report,
} from '../../stack/cap/operations/event-report-bcsm.ts';
import { InitialDPArg, InitialDPArgV2 } from '../../stack/cap/operations/initial-dp.ts';
import { RequestReportBCSMEventArg } from '../../stack/cap/operations/request-report-bcsm-event.ts';
import { encodeTimeAndTimezone } from '../../stack/cap/time-and-timezone.ts';
import { encodeCause } from '../../stack/isup/cause.ts';
import { encodeCalledPartyNumber, encodeCallingPartyNumber, isupNature } from '../../stack/isup/number.ts';
import { internationalAddress } from '../../stack/map/address-string.ts';
import { encodeTbcd } from '../../stack/map/tbcd.ts';
import { civilOf } from '../../types/civil-time.ts';
import type { Person } from '../person.ts';
import type { NetworkPlan } from '../plan.ts';
import type { CallStory } from './call-story.ts';

const initialDPV2 = compile(InitialDPArgV2, { name: 'InitialDPArg' });
const initialDP = compile(InitialDPArg, { name: 'InitialDPArg' });
const report = compile(Report, { name: 'EventReportBCSMArg' });
const requestReport = compile(RequestReportBCSMEventArg, {
  name: 'RequestReportBCSMEventArg',
  lenient: true,
});

/** Events whose report the gsmSSF sends. */
export type ReportedEvent = 'tBusy' | 'tNoAnswer' | 'tAbandon' | 'tAnswer' | 'tDisconnect';

/** Of the originating service (O-CSI). */
export const ORIGINATING_SERVICE_KEY = 2;

const LEG_1 = Uint8Array.of(1);
const LEG_2 = Uint8Array.of(2);
/** ITU-T Q.763 §3.11: ordinary calling subscriber. */
const ORDINARY_CALLER = 0x0a;
/** Speech, circuit mode, 64 kbit/s, A-law (ITU-T Q.931 §4.5.5). */
const SPEECH = Uint8Array.of(0x80, 0x90, 0xa3);
/** Telephony (3GPP TS 29.002 §17.7.9). */
const TELEPHONY = Uint8Array.of(0x11);
/** ISUP addresses in national form are for the home network only. */
const ISDN = 1;
/** The exchange is in a zone of its own, an hour ahead of UTC. */
const EXCHANGE_ZONE_QUARTERS = 4;

export function encodeInitialDP(
  story: CallStory,
  plan: NetworkPlan,
  reference: Uint8Array,
  atMs: number,
): Uint8Array {
  const { caller, called } = story;
  const { numbers, serviceKey } = plan;
  const { countryCode } = numbers;
  const signalled = story.signalled ?? {};
  const isNational = story.nationalNumber && called.number.startsWith(countryCode);
  const node = internationalAddress(numbers.msc);
  const common = {
    serviceKey,
    calledPartyNumber: encodeCalledPartyNumber({
      nature: isNational ? isupNature.national : isupNature.international,
      plan: ISDN,
      internalNetworkNumber: false,
      digits: isNational ? called.number.slice(countryCode.length) : called.number,
      ...signalled.called,
    }),
    callingPartyNumber: encodeCallingPartyNumber({
      nature: isupNature.international,
      plan: ISDN,
      incomplete: false,
      presentation: story.withheld ? 1 : 0,
      screening: 3,
      digits: caller.number,
      ...signalled.calling,
    }),
    callingPartysCategory: Uint8Array.of(signalled.category ?? ORDINARY_CALLER),
    bearerCapability: { bearerCap: SPEECH },
    eventTypeBCSM: 'termAttemptAuthorized' as const,
    iMSI: encodeTbcd(called.imsi),
    ...(signalled.visitedVlr === undefined
      ? {}
      : { locationInformation: { 'vlr-number': internationalAddress(signalled.visitedVlr) } }),
    'ext-basicServiceCode': { 'ext-Teleservice': TELEPHONY },
    callReferenceNumber: reference,
    mscAddress: node,
    timeAndTimezone: encodeTimeAndTimezone({
      ...civilOf(atMs + EXCHANGE_ZONE_QUARTERS * 900_000),
      zoneQuarters: EXCHANGE_ZONE_QUARTERS,
    }),
  };
  if (story.capPhase === 2)
    return initialDPV2.encode({ ...common, initialDPArgExtension: { gmscAddress: node } });
  const phases = ['phase1', 'phase2', 'phase3', 'phase4'] as const;
  return initialDP.encode({
    ...common,
    initialDPArgExtension: {
      gmscAddress: node,
      supportedCamelPhases: { bits: phases.slice(0, story.capPhase) },
    },
  });
}

/** Of a call that a subscriber makes, by the O-CSI (3GPP TS 23.078 §4.5.2.1, DP Collected_Info). */
export function encodeOriginatingDP(caller: Person, called: Person, plan: NetworkPlan): Uint8Array {
  return initialDPV2.encode({
    serviceKey: ORIGINATING_SERVICE_KEY,
    calledPartyBCDNumber: Uint8Array.of(0x91, ...encodeTbcd(called.number)),
    callingPartyNumber: encodeCallingPartyNumber({
      nature: isupNature.international,
      plan: ISDN,
      incomplete: false,
      presentation: 0,
      screening: 3,
      digits: caller.number,
    }),
    callingPartysCategory: Uint8Array.of(ORDINARY_CALLER),
    bearerCapability: { bearerCap: SPEECH },
    eventTypeBCSM: 'collectedInfo',
    iMSI: encodeTbcd(caller.imsi),
    mscAddress: internationalAddress(plan.numbers.msc),
  });
}

export function encodeReport(
  event: ReportedEvent,
  cause: number,
  messageType: 'request' | 'notification',
): Uint8Array {
  const about: Pick<EventReportBCSMArg, 'eventSpecificInformationBCSM'> =
    event === 'tBusy'
      ? {
          eventSpecificInformationBCSM: {
            tBusySpecificInfo: { busyCause: encodeCause({ codingStandard: 0, location: 2, value: cause }) },
          },
        }
      : event === 'tNoAnswer'
        ? { eventSpecificInformationBCSM: { tNoAnswerSpecificInfo: {} } }
        : event === 'tAnswer'
          ? { eventSpecificInformationBCSM: { tAnswerSpecificInfo: {} } }
          : event === 'tDisconnect'
            ? {
                eventSpecificInformationBCSM: {
                  tDisconnectSpecificInfo: {
                    releaseCause: encodeCause({ codingStandard: 0, location: 0, value: cause }),
                  },
                },
              }
            : {};
  return report.encode({
    eventTypeBCSM: event,
    ...about,
    legID: { receivingSideID: event === 'tAbandon' ? LEG_1 : LEG_2 },
    miscCallInfo: { messageType },
  });
}

/** What is armed, by event; undefined when the argument does not decode. */
export function armedEvents(
  octets: Uint8Array,
): ReadonlyMap<string, 'interrupted' | 'notifyAndContinue'> | undefined {
  const argument = requestReport.decode(octets);
  if (!argument.ok) return undefined;
  const armed = new Map<string, 'interrupted' | 'notifyAndContinue'>();
  for (const { eventTypeBCSM, monitorMode } of argument.value.bcsmEvents)
    if (monitorMode !== 'transparent' && typeof eventTypeBCSM === 'string' && typeof monitorMode === 'string')
      armed.set(eventTypeBCSM, monitorMode);
  return armed;
}
