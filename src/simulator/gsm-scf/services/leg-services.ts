/** Phase 4: legs and call segments. */
import { calledPartyNumber } from '../../gsm-ssf/isup-values.ts';
import { sendingSide } from '../../gsm-ssf/leg-id.ts';
import { bcsmEvent, cause, chargingOf } from '../arguments.ts';
import type { ScfScript, ScfSession } from '../scf-session.ts';
import { type CallService, must } from './service.ts';

const FRIEND = '4915190000003';

function* report(scf: ScfSession, event: string, leg?: number): Generator<undefined, void, undefined> {
  const got = yield* scf.next('eventReportBCSM');
  must(got.eventTypeBCSM === event, `${String(got.eventTypeBCSM)} in place of ${event}`);
  const reported = got.legID?.receivingSideID[0];
  must(leg === undefined || reported === leg, `${event} of leg ${reported ?? '?'} in place of ${leg ?? '?'}`);
}

const goOn = (
  which: { readonly callSegmentID: number } | { readonly legID: ReturnType<typeof sendingSide> },
) => ({
  continueWithArgumentArgExtension: { legOrCallSegment: which },
});

/** The called party is set aside, a third one is called, and all three are connected. */
export const conference: CallService = function* (scf) {
  scf.send('requestReportBCSMEvent', {
    bcsmEvents: [
      bcsmEvent('oAnswer', 'interrupted', 2),
      bcsmEvent('oDisconnect', 'notifyAndContinue', 1),
      bcsmEvent('oDisconnect', 'interrupted', 2),
    ],
  });
  scf.send('continue', undefined);
  yield* report(scf, 'oAnswer', 2);
  yield* scf.result(scf.send('splitLeg', { legToBeSplit: sendingSide(2), newCallSegment: 2 }));
  const created = yield* scf.result(
    scf.send('initiateCallAttempt', {
      destinationRoutingAddress: [calledPartyNumber(FRIEND)],
      legToBeCreated: sendingSide(3),
      newCallSegment: 3,
    }),
  );
  must(created.supportedCamelPhases !== undefined, 'no phases');
  scf.send('requestReportBCSMEvent', {
    bcsmEvents: [
      bcsmEvent('oAnswer', 'interrupted', 3),
      bcsmEvent('oCalledPartyBusy', 'interrupted', 3),
      bcsmEvent('oDisconnect', 'notifyAndContinue', 3),
    ],
  });
  scf.send('continueWithArgument', goOn({ legID: sendingSide(3) }));
  yield* report(scf, 'oAnswer', 3);
  yield* scf.result(scf.send('moveLeg', { legIDToMove: sendingSide(3) }));
  yield* scf.result(scf.send('moveLeg', { legIDToMove: sendingSide(2) }));
  scf.send('playTone', { legOrCallSegment: { callSegmentID: 1 }, bursts: { numberOfBursts: 2 } });
  scf.send('continueWithArgument', goOn({ callSegmentID: 1 }));
  yield* scf.pause(2000);
  yield* scf.result(scf.send('disconnectLeg', { legToBeReleased: sendingSide(3), releaseCause: cause(16) }));
  yield* report(scf, 'oDisconnect', 1);
  yield* scf.closed();
};

/** A segment fails in the exchange; the other one goes on. */
export const failingSegment: CallService = function* (scf) {
  scf.send('requestReportBCSMEvent', {
    bcsmEvents: [bcsmEvent('oAnswer', 'interrupted', 2), bcsmEvent('oDisconnect', 'notifyAndContinue', 1)],
  });
  scf.send('continue', undefined);
  yield* report(scf, 'oAnswer', 2);
  yield* scf.result(scf.send('splitLeg', { legToBeSplit: sendingSide(2), newCallSegment: 2 }));
  const released = yield* scf.next('entityReleased');
  must(
    'callSegmentFailure' in released && released.callSegmentFailure.callSegmentID === 2,
    'another segment',
  );
  scf.send('releaseCall', { allCallSegments: cause(41) });
  scf.dialogue.end();
};

/** The caller is refused, and called back together with the one it called. */
export const callBack: CallService = (scf) => {
  scf.send('releaseCall', { allCallSegments: cause(31) });
  scf.callBack(callback('4915190000001', '4915190000002'));
  scf.dialogue.end();
  return undefined;
};

/** The gsmSCF calls one party, then another one, and connects them; the talk is charged. */
export const callback = (first: string, second: string): ScfScript =>
  function* (scf) {
    const called = scf.send('initiateCallAttempt', {
      destinationRoutingAddress: [calledPartyNumber(first)],
      callingPartyNumber: Uint8Array.of(0x04, 0x13, 0x94, 0x71),
    });
    scf.send('requestReportBCSMEvent', {
      bcsmEvents: [bcsmEvent('oDisconnect', 'notifyAndContinue', 1)],
    });
    scf.send('continueWithArgument', goOn({ legID: sendingSide(1) }));
    yield* scf.result(called);
    yield* scf.pause(4000);
    scf.send('applyCharging', {
      aChBillingChargingCharacteristics: chargingOf(4, { seconds: 30 }),
      aChChargingAddress: { legID: sendingSide(1) },
    });
    const attempt = scf.send('initiateCallAttempt', {
      destinationRoutingAddress: [calledPartyNumber(second)],
      legToBeCreated: sendingSide(2),
      newCallSegment: 2,
    });
    yield* scf.result(attempt);
    scf.send('requestReportBCSMEvent', {
      bcsmEvents: [bcsmEvent('oAnswer', 'interrupted', 2), bcsmEvent('oDisconnect', 'notifyAndContinue', 2)],
    });
    scf.send('continueWithArgument', goOn({ legID: sendingSide(2) }));
    yield* report(scf, 'oAnswer', 2);
    yield* scf.result(scf.send('moveLeg', { legIDToMove: sendingSide(2) }));
    scf.send('continueWithArgument', goOn({ callSegmentID: 1 }));
    yield* scf.pause(3000);
    scf.send('releaseCall', { allCallSegments: cause(16) });
    yield* scf.next('applyChargingReport');
    yield* scf.closed();
  };
