/** Calls and short messages that between them need every operation of CAP, and what is to be seen of each at the gsmSSF. */
import type { CalledScript, CallRequest } from './call-script.ts';
import type { SmsRequest } from './sms-script.ts';

type Phase = 1 | 2 | 3 | 4;

export interface CallScenario {
  /** The service that conducts it. */
  readonly service: string;
  readonly phases: readonly Phase[];
  readonly call: Partial<Pick<CallRequest, 'bcsm' | 'trigger' | 'caller' | 'calledNumber'>>;
  /** Lines of the call's record that have to be there. */
  readonly shows: readonly string[];
  /** What is asked of the gsmSSF in the call; phase 4 has more. */
  readonly answers: readonly string[];
  /** What the gsmSSF asks or tells. */
  readonly tells: readonly string[];
  /** The segment that the exchange fails in the midst of the call. */
  readonly failsSegment?: number;
  /** What has to be in the record of the call that the gsmSCF makes then. */
  readonly fromScf?: readonly string[];
}

/** Numbers whose party behaves in its own way. */
export const ANSWERING = '4915190000009';
export const BUSY = '4915190000005';
export const TALKATIVE = '4915190000004';

const answering = { kind: 'answers', ringsMs: 300 } as const;

export function calledParty(number: string): CalledScript {
  if (number === BUSY) return { kind: 'busy', afterMs: 100 };
  return number === TALKATIVE ? { ...answering, talksMs: 1500 } : answering;
}

const all: readonly Phase[] = [1, 2, 3, 4];
const from2: readonly Phase[] = [2, 3, 4];
const from3: readonly Phase[] = [3, 4];
const phase4: readonly Phase[] = [4];
const digits = { replies: [{ digits: `${ANSWERING}#`, afterMs: 100, interDigitMs: 20 }], talksMs: 300 };

// biome-ignore format: a scenario a line or two
export const callScenarios: readonly CallScenario[] = [
  { service: 'watchCall', phases: all, call: { calledNumber: TALKATIVE }, shows: ['oAnswer leg 2 notification', 'oDisconnect leg 2 request', 'release leg 1 cause 16'],
    answers: ['requestReportBCSMEvent', 'continue', 'activityTest', 'releaseCall'], tells: ['initialDP', 'eventReportBCSM'] },
  { service: 'redirectCall', phases: all, call: { caller: { talksMs: 300 } }, shows: [`route leg 2 ${ANSWERING}`], answers: ['connect'], tells: ['initialDP'] },
  { service: 'huntCall', phases: from2, call: { calledNumber: BUSY, caller: { talksMs: 300 } }, shows: ['oCalledPartyBusy leg 2 request', `route leg 2 ${ANSWERING}`, 'oAnswer leg 2 notification'],
    answers: ['requestReportBCSMEvent', 'continue', 'connect'], tells: ['initialDP', 'eventReportBCSM'] },
  { service: 'refuseCall', phases: all, call: {}, shows: ['release leg 1 cause 21'], answers: ['releaseCall'], tells: ['initialDP'] },
  { service: 'continueWithData', phases: from3, call: { caller: { talksMs: 300 } }, shows: ['route leg 2 4915190000002'], answers: ['continueWithArgument'], tells: ['initialDP'] },
  { service: 'gapCalls', phases: from3, call: {}, shows: ['callGap', 'release leg 1 cause 21'], answers: ['callGap', 'releaseCall'], tells: ['initialDP'] },
  { service: 'collectMore', phases: phase4, call: { caller: { moreDigits: '7', talksMs: 300 } }, shows: ['collectedInfo leg 1 request', 'route leg 2 49151900000027'],
    answers: ['collectInformation', 'requestReportBCSMEvent', 'continue'], tells: ['initialDP', 'eventReportBCSM'] },
  { service: 'misuse', phases: from2, call: { caller: { talksMs: 300 } }, shows: ['disconnectForwardConnection: unexpectedComponentSequence', 'cancel: cancelFailed'], answers: ['continue'], tells: ['initialDP'] },
  { service: 'prepaidCall', phases: from2, call: {}, shows: ['advice of charge leg 1', 'furnished 5 octets leg 1', 'charged period exceeded'],
    answers: ['applyCharging', 'callInformationRequest', 'furnishChargingInformation', 'sendChargingInformation', 'requestReportBCSMEvent', 'continue'],
    tells: ['initialDP', 'eventReportBCSM', 'applyChargingReport', 'callInformationReport'] },
  { service: 'menu', phases: from2, call: { caller: digits }, shows: ['gsmSRF connected', 'announcement 11', 'gsmSRF disconnected', `route leg 2 ${ANSWERING}`],
    answers: ['resetTimer', 'connectToResource', 'playAnnouncement', 'cancel', 'promptAndCollectUserInformation', 'disconnectForwardConnection', 'connect'],
    tells: ['initialDP', 'specializedResourceReport'] },
  { service: 'menuOfSegment', phases: phase4, call: { caller: digits }, shows: ['gsmSRF connected', 'gsmSRF disconnected'], answers: ['disconnectForwardConnectionWithArgument'], tells: ['initialDP', 'specializedResourceReport'] },
  { service: 'menuWithoutAnswer', phases: from2, call: {}, shows: ['prompt repeated', 'no proper digits'], answers: ['connectToResource', 'releaseCall'], tells: ['initialDP'] },
  { service: 'assistedByGsmSsf', phases: from2, call: { caller: digits }, shows: ['gsmSSF: announcement 11', `gsmSSF: digits ${ANSWERING}`, 'temporary connection released', 'route leg 2 4915190000002'],
    answers: ['establishTemporaryConnection', 'disconnectForwardConnection', 'continue'], tells: ['initialDP', 'assistRequestInstructions'] },
  { service: 'assistedByGsmSrf', phases: from2, call: { caller: digits }, shows: ['gsmSRF: announcement 11', `gsmSRF: digits ${ANSWERING}`, 'temporary connection released'],
    answers: ['establishTemporaryConnection', 'disconnectForwardConnection'], tells: ['initialDP', 'assistRequestInstructions'] },
  { service: 'assistedInVain', phases: from2, call: { caller: { talksMs: 300 } }, shows: ['temporary connection failed'], answers: ['continue'], tells: ['initialDP'] },
  { service: 'conference', phases: phase4, call: { caller: { talksMs: 4000 } }, shows: ['leg 2 to segment 2', 'leg 3 to segment 1', 'leg 2 to segment 1', '2 tone bursts segment 1', 'release leg 3 cause 16'],
    answers: ['splitLeg', 'initiateCallAttempt', 'moveLeg', 'playTone', 'disconnectLeg', 'continueWithArgument'], tells: ['initialDP', 'eventReportBCSM'] },
  { service: 'failingSegment', phases: phase4, call: {}, shows: ['leg 2 to segment 2', 'release leg 2 cause 41', 'release leg 1 cause 41'], answers: ['splitLeg', 'releaseCall'], tells: ['initialDP', 'entityReleased'], failsSegment: 2 },
  { service: 'callBack', phases: phase4, call: {}, shows: ['release leg 1 cause 31'], answers: ['releaseCall', 'initiateCallAttempt', 'continueWithArgument', 'moveLeg', 'applyCharging'], tells: ['initialDP', 'applyChargingReport'],
    fromScf: ['leg 1 in segment 1 for 4915190000001', 'leg 2 in segment 2 for 4915190000002', 'leg 2 to segment 1'] },
];

export interface SmsScenario {
  readonly service: string;
  readonly phases: readonly (3 | 4)[];
  readonly message: Pick<SmsRequest, 'direction' | 'outcome'>;
  readonly shows: readonly string[];
  readonly answers: readonly string[];
  readonly tells: readonly string[];
}

// biome-ignore format: a scenario a line or two
export const smsScenarios: readonly SmsScenario[] = [
  { service: 'watchMessage', phases: [3, 4], message: { direction: 'MO', outcome: 'delivered' }, shows: ['sent on', 'o-smsSubmission notification'],
    answers: ['requestReportSMSEvent', 'furnishChargingInformationSMS', 'resetTimerSMS', 'continueSMS'], tells: ['initialDPSMS', 'eventReportSMS'] },
  { service: 'watchMessage', phases: [3, 4], message: { direction: 'MO', outcome: 'failed' }, shows: ['o-smsFailure request'], answers: ['continueSMS'], tells: ['eventReportSMS'] },
  { service: 'watchMessage', phases: [4], message: { direction: 'MT', outcome: 'delivered' }, shows: ['t-smsDelivery notification'], answers: ['continueSMS'], tells: ['eventReportSMS'] },
  { service: 'redirectMessage', phases: [3, 4], message: { direction: 'MO', outcome: 'delivered' }, shows: ['new destination', 'service centre 491720000015', 'sent on'], answers: ['connectSMS'], tells: ['initialDPSMS'] },
  { service: 'barMessage', phases: [3, 4], message: { direction: 'MO', outcome: 'delivered' }, shows: ['RP cause 10', 'refused'], answers: ['releaseSMS'], tells: ['initialDPSMS'] },
];
