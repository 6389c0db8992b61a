/** continue: the call goes on as it would without us. 3GPP TS 29.078 §6.1.1. */
import { operation } from '../../asn1/index.ts';
import { timersMs } from '../timers.ts';

export const continueOperation = operation({
  name: 'continue',
  code: 31,
  errors: [],
  operationClass: 4,
  timerMs: timersMs.short,
});
