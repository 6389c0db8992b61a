/** A prepaid call: periods that are charged one after the other, and a release when the money is gone. */
import { readCallResult } from '../../gsm-ssf/charging.ts';
import { sendingSide } from '../../gsm-ssf/leg-id.ts';
import { adviceOfCharge, bcsmEvent, chargingOf, furnished } from '../arguments.ts';
import { type CallService, must } from './service.ts';

const PERIOD_SECONDS = 2;

export const prepaidCall: CallService = function* (scf) {
  const { phase } = scf;
  const party = sendingSide(1);
  scf.send('requestReportBCSMEvent', {
    bcsmEvents: [
      bcsmEvent('oAnswer', 'notifyAndContinue', 2),
      bcsmEvent('oDisconnect', 'notifyAndContinue', 1),
      bcsmEvent('oDisconnect', 'notifyAndContinue', 2),
    ],
  });
  const first = { seconds: PERIOD_SECONDS, tariffSwitchSeconds: 1 };
  scf.send('applyCharging', {
    aChBillingChargingCharacteristics: chargingOf(phase, first),
    partyToCharge: party,
  });
  scf.send('callInformationRequest', {
    requestedInformationTypeList: [
      'callAttemptElapsedTime',
      'callStopTime',
      'callConnectedElapsedTime',
      'releaseCause',
    ],
    legID: sendingSide(2),
  });
  scf.send('furnishChargingInformation', furnished(Uint8Array.of(1, 2, 3)));
  scf.send('furnishChargingInformation', furnished(Uint8Array.of(4, 5), true));
  scf.send('sendChargingInformation', {
    sCIBillingChargingCharacteristics: adviceOfCharge(),
    partyToCharge: party,
  });
  scf.send('continue', undefined);
  must((yield* scf.next('eventReportBCSM')).eventTypeBCSM === 'oAnswer', 'not answered');
  const report = readCallResult(yield* scf.next('applyChargingReport'));
  must(report?.timeDurationChargingResult.legActive !== false, 'not active at the end of the first period');
  const last = { seconds: PERIOD_SECONDS, release: true, tone: true };
  scf.send('applyCharging', {
    aChBillingChargingCharacteristics: chargingOf(phase, last),
    partyToCharge: party,
  });
  const lastReport = readCallResult(yield* scf.next('applyChargingReport'));
  must(lastReport?.timeDurationChargingResult.legActive === false, 'active when the money is gone');
  yield* scf.next('callInformationReport');
  yield* scf.next('eventReportBCSM');
  yield* scf.closed();
};
