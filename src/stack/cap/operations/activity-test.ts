/** activityTest: is the dialogue still there? 3GPP TS 29.078 §6.1.1. */
import { operation } from '../../asn1/index.ts';
import { timersMs } from '../timers.ts';

export const activityTest = operation({
  name: 'activityTest',
  code: 55,
  errors: [],
  operationClass: 3,
  timerMs: timersMs.short,
});
