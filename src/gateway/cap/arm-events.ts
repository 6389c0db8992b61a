/** What we arm in a terminating call (flow F1; 3GPP TS 29.078 §6.1.1): the same for every call, so encoded once. */
import { compile } from '../../stack/asn1/index.ts';
import { RequestReportBCSMEventArg } from '../../stack/cap/operations/request-report-bcsm-event.ts';
import type { ArmMode } from './cap-call-host.ts';

const LEG_1 = Uint8Array.of(1);
const LEG_2 = Uint8Array.of(2);

/**
 * The argument of requestReportBCSMEvent. tBusy and tNoAnswer interrupted let the answer come after the miss is durable;
 * tAnswer and tAbandon only notify.
 * @param toTheEnd also when either party hangs up
 */
export function armEvents(busy: ArmMode, noAnswer: ArmMode, toTheEnd = false): Uint8Array {
  const called = { sendingSideID: LEG_2 };
  return compile(RequestReportBCSMEventArg, { name: 'RequestReportBCSMEventArg' }).encode({
    bcsmEvents: [
      { eventTypeBCSM: 'tBusy', monitorMode: monitorMode(busy), legID: called },
      { eventTypeBCSM: 'tNoAnswer', monitorMode: monitorMode(noAnswer), legID: called },
      { eventTypeBCSM: 'tAnswer', monitorMode: 'notifyAndContinue', legID: called },
      { eventTypeBCSM: 'tAbandon', monitorMode: 'notifyAndContinue', legID: { sendingSideID: LEG_1 } },
      ...(toTheEnd ? [hangsUp(LEG_1), hangsUp(LEG_2)] : []),
    ],
  });
}

function hangsUp(leg: Uint8Array) {
  return {
    eventTypeBCSM: 'tDisconnect',
    monitorMode: 'notifyAndContinue',
    legID: { sendingSideID: leg },
  } as const;
}

function monitorMode(mode: ArmMode): 'interrupted' | 'notifyAndContinue' {
  return mode === 'interrupted' ? 'interrupted' : 'notifyAndContinue';
}
