/** continueSMS: the short message goes on. 3GPP TS 29.078 §7.1. */
import { operation } from '../../asn1/index.ts';
import { timersMs } from '../timers.ts';

export const continueSMS = operation({
  name: 'continueSMS',
  code: 65,
  errors: [],
  operationClass: 4,
  timerMs: timersMs.short,
});
