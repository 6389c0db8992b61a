/** Services of short messages: 3GPP TS 23.078 §7. */
import { internationalAddress } from '../../../stack/map/address-string.ts';
import { must, type SmsService } from './service.ts';

/** 3GPP TS 24.011 §8.2.5.4: call barred. */
const BARRED = Uint8Array.of(10);
const FREE_FORMAT = Uint8Array.of(0xa0, 0x05, 0x80, 0x03, 1, 2, 3);

/** The message goes on, is charged, and its submission or delivery is told. */
export const watchMessage: SmsService = function* (scf, { eventTypeSMS }) {
  const mo = eventTypeSMS === 'sms-CollectedInfo';
  scf.send('requestReportSMSEvent', {
    sMSEvents: [
      { eventTypeSMS: mo ? 'o-smsSubmission' : 't-smsDelivery', monitorMode: 'notifyAndContinue' },
      { eventTypeSMS: mo ? 'o-smsFailure' : 't-smsFailure', monitorMode: 'interrupted' },
    ],
  });
  scf.send('furnishChargingInformationSMS', FREE_FORMAT);
  scf.send('resetTimerSMS', { timervalue: 20 });
  scf.send('continueSMS', undefined);
  const report = yield* scf.next('eventReportSMS');
  if (report.miscCallInfo?.messageType === 'request') {
    scf.send('continueSMS', undefined);
    scf.dialogue.continue();
    scf.dialogue.end('prearranged');
    return;
  }
  yield* scf.closed();
};

/** To another centre and another destination. */
export const redirectMessage: SmsService = (scf) => {
  scf.send('connectSMS', {
    destinationSubscriberNumber: internationalAddress('4915190000009'),
    sMSCAddress: internationalAddress('491720000015'),
  });
  scf.dialogue.end();
  return undefined;
};

export const barMessage: SmsService = (scf, { callingPartyNumber }) => {
  must(callingPartyNumber !== undefined, 'no calling number');
  scf.send('releaseSMS', BARRED);
  scf.dialogue.end();
  return undefined;
};
