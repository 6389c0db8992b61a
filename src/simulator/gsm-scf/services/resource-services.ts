/** Announcements and digits, at the gsmSSF's own resource and at assisting nodes. */

import { genericAddress } from '../../gsm-ssf/gap-address.ts';
import { decodeDigits, digitCode, encodeDigits } from '../../gsm-ssf/generic-digits.ts';
import { calledPartyNumber } from '../../gsm-ssf/isup-values.ts';
import { announcement, cause, prompt } from '../arguments.ts';
import type { ScfSession } from '../scf-session.ts';
import { type AssistService, type CallService, must } from './service.ts';

const HASH = Uint8Array.of(digitCode('#'));
const REPORT_LINE = 11;
const LONG_ANNOUNCEMENT = { inbandInfo: { messageID: { elementaryMessageID: 13 }, duration: 0 } };

/** An announcement to its end, one that is cancelled, and the digits of an answer. */
function* talk(
  scf: ScfSession,
  segment: { readonly callSegmentID?: number },
): Generator<undefined, string, undefined> {
  const started = scf.phase === 4 ? { requestAnnouncementStartedNotification: true } : {};
  scf.send('playAnnouncement', { informationToSend: announcement(REPORT_LINE), ...started, ...segment });
  if (scf.phase === 4) yield* scf.next('specializedResourceReport');
  yield* scf.next('specializedResourceReport');
  const long = scf.send('playAnnouncement', { informationToSend: LONG_ANNOUNCEMENT, ...segment });
  yield* scf.pause(100);
  scf.send('cancel', { invokeID: long.id ?? 0 });
  must((yield* scf.error(long)) === 'canceled', 'not cancelled');
  const digits = yield* scf.result(
    scf.send('promptAndCollectUserInformation', {
      ...prompt(12, { minimumNbOfDigits: 1, maximumNbOfDigits: 16, endOfReplyDigit: HASH }),
      ...segment,
    }),
  );
  return decodeDigits(digits.digitsResponse) ?? '';
}

/** A menu: what the caller dials in answer is called. */
export const menu: CallService = function* (scf) {
  scf.send('resetTimer', { timervalue: 20 });
  scf.send('connectToResource', { resourceAddress: { none: null } });
  const digits = yield* talk(scf, {});
  must(digits === '4915190000009', `digits ${digits}`);
  scf.send('disconnectForwardConnection', undefined);
  scf.send('connect', { destinationRoutingAddress: [calledPartyNumber(digits)] });
  scf.dialogue.end();
};

/** Phase 4: the same by the number of the call segment. */
export const menuOfSegment: CallService = function* (scf) {
  scf.send('connectToResource', { resourceAddress: { none: null }, callSegmentID: 1 });
  scf.send('resetTimer', { timervalue: 20, callSegmentID: 1 });
  yield* talk(scf, { callSegmentID: 1 });
  scf.send('disconnectForwardConnectionWithArgument', { callSegmentID: 1 });
  scf.send('continue', undefined);
  scf.dialogue.end();
};

/** The caller dials nothing that would do. */
export const menuWithoutAnswer: CallService = function* (scf) {
  scf.send('connectToResource', { resourceAddress: { none: null } });
  const asked = scf.send(
    'promptAndCollectUserInformation',
    prompt(12, {
      minimumNbOfDigits: 4,
      maximumNbOfDigits: 4,
      firstDigitTimeOut: 1,
      interDigitTimeOut: 1,
      errorTreatment: 'repeatPrompt',
    }),
  );
  must((yield* scf.error(asked)) === 'improperCallerResponse', 'a proper answer');
  scf.send('releaseCall', { allCallSegments: cause(31) });
  scf.dialogue.end();
};

/** The call is sent to an assisting node, and comes back; `kind` is what the correlation names. */
export function assisted(kind: 'gsmSSF' | 'gsmSRF'): CallService {
  return function* (scf) {
    scf.send('establishTemporaryConnection', {
      assistingSSPIPRoutingAddress: genericAddress(kind === 'gsmSSF' ? ASSISTING_SSF : ASSISTING_SRF),
      correlationID: encodeDigits(kind === 'gsmSSF' ? ASSISTING_SSF : ASSISTING_SRF),
    });
    // The other dialogue does its work meanwhile.
    yield* scf.pause(ASSISTANCE_MS);
    scf.send('disconnectForwardConnection', undefined);
    scf.send('continue', undefined);
    scf.dialogue.end();
  };
}

/** Numbers of assisting nodes, by which a call is known there too. */
export const ASSISTING_SSF = '4917200001';
export const ASSISTING_SRF = '4917200002';
/** Where nobody is. */
export const ASSISTING_NOBODY = '4917200009';
const ASSISTANCE_MS = 4000;

export const assistedInVain: CallService = function* (scf) {
  const sent = scf.send('establishTemporaryConnection', {
    assistingSSPIPRoutingAddress: genericAddress(ASSISTING_NOBODY),
    correlationID: encodeDigits(ASSISTING_NOBODY),
  });
  must((yield* scf.error(sent)) === 'eTCFailed', 'connected');
  scf.send('continue', undefined);
  scf.dialogue.end();
};

/** At the assisting node: a gsmSSF has its resource to be connected first. */
export const assist: AssistService = function* (scf, correlation) {
  const isSsf = correlation === ASSISTING_SSF;
  yield* scf.result(scf.send('activityTest', undefined));
  if (isSsf) {
    scf.send('resetTimer', { timervalue: 20 });
    scf.send('connectToResource', { resourceAddress: { none: null } });
  }
  const digits = yield* talk(scf, {});
  must(digits === '4915190000009', `digits ${digits}`);
  if (isSsf) {
    scf.send(
      scf.phase === 4 ? 'disconnectForwardConnectionWithArgument' : 'disconnectForwardConnection',
      scf.phase === 4 ? {} : undefined,
    );
  }
  yield* scf.closed();
};
