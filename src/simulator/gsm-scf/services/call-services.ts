/** Services that watch, redirect, refuse and gap calls. */
import { calledPartyNumber } from '../../gsm-ssf/isup-values.ts';
import { bcsmEvent, cause } from '../arguments.ts';
import { type CallService, must } from './service.ts';

/** ITU-T Q.850: call rejected. */
const REJECTED = 21;
const BARRED_DURATION_SECONDS = 60;

/** The call goes on as it is, and its answer and end are told. */
export const watchCall: CallService = function* (scf) {
  scf.send('requestReportBCSMEvent', {
    bcsmEvents: [
      bcsmEvent('oAnswer', 'notifyAndContinue', 2),
      bcsmEvent('oDisconnect', 'notifyAndContinue', 1),
      bcsmEvent('oDisconnect', 'interrupted', 2),
    ],
  });
  scf.send('continue', undefined);
  must((yield* scf.next('eventReportBCSM')).eventTypeBCSM === 'oAnswer', 'not answered');
  yield* scf.result(scf.send('activityTest', undefined));
  must((yield* scf.next('eventReportBCSM')).eventTypeBCSM === 'oDisconnect', 'not disconnected');
  scf.send('releaseCall', { allCallSegments: cause(16) });
  scf.dialogue.continue();
  // Nothing is armed or owed any more: both know that the dialogue is over (3GPP TS 29.078 §14.1.4.1).
  scf.dialogue.end('prearranged');
};

/** Another destination, and no further interest. */
export const redirectCall: CallService = (scf) => {
  scf.send('connect', { destinationRoutingAddress: [calledPartyNumber('4915190000009')] });
  scf.dialogue.end();
  return undefined;
};

/** When the first one is busy, another one is called; the events are armed again for it. */
export const huntCall: CallService = function* (scf) {
  const events = [
    bcsmEvent('oCalledPartyBusy', 'interrupted', 2),
    bcsmEvent('oNoAnswer', 'interrupted', 2),
    bcsmEvent('oAnswer', 'notifyAndContinue', 2),
  ];
  scf.send('requestReportBCSMEvent', { bcsmEvents: events });
  scf.send('continue', undefined);
  must((yield* scf.next('eventReportBCSM')).eventTypeBCSM === 'oCalledPartyBusy', 'not busy');
  scf.send('requestReportBCSMEvent', { bcsmEvents: events });
  scf.send('connect', { destinationRoutingAddress: [calledPartyNumber('4915190000009')] });
  must((yield* scf.next('eventReportBCSM')).eventTypeBCSM === 'oAnswer', 'not answered');
  yield* scf.closed();
};

export const refuseCall: CallService = (scf) => {
  scf.send('releaseCall', { allCallSegments: cause(REJECTED) });
  scf.dialogue.end();
  return undefined;
};

/** With other data than it came with. */
export const continueWithData: CallService = (scf) => {
  scf.send('continueWithArgument', { callingPartysCategory: Uint8Array.of(0x0b) });
  scf.dialogue.end();
  return undefined;
};

/** Further calls of this service are not to be told for a while. */
export const gapCalls: CallService = (scf, { serviceKey }) => {
  scf.send('callGap', {
    gapCriteria: { basicGapCriteria: { gapOnService: { serviceKey } } },
    gapIndicators: { duration: BARRED_DURATION_SECONDS, gapInterval: 60_000 },
    gapTreatment: { releaseCause: cause(REJECTED) },
  });
  scf.send('releaseCall', { allCallSegments: cause(REJECTED) });
  scf.dialogue.end();
  return undefined;
};

/** More digits than were dialled. */
export const collectMore: CallService = function* (scf) {
  scf.send('requestReportBCSMEvent', { bcsmEvents: [bcsmEvent('collectedInfo', 'interrupted')] });
  scf.send('collectInformation', {});
  must((yield* scf.next('eventReportBCSM')).eventTypeBCSM === 'collectedInfo', 'nothing collected');
  scf.send('continue', undefined);
  scf.dialogue.end();
};

/** Wrong uses, which are answered and change nothing. */
export const misuse: CallService = function* (scf) {
  must(
    (yield* scf.error(scf.send('disconnectForwardConnection', undefined))) === 'unexpectedComponentSequence',
    'DFC',
  );
  must((yield* scf.error(scf.send('resetTimer', { timervalue: 0 }))) === 'parameterOutOfRange', 'resetTimer');
  const late = scf.send('cancel', { invokeID: 99 });
  must((yield* scf.error(late)) === 'cancelFailed', 'cancel');
  const unknownEvent = scf.send('requestReportBCSMEvent', {
    bcsmEvents: [bcsmEvent('tAnswer', 'interrupted', 2)],
  });
  must((yield* scf.error(unknownEvent)) === 'unexpectedDataValue', 'T event in O-BCSM');
  scf.send('continue', undefined);
  scf.dialogue.end();
};
