/** forwardCheckSS-Indication: the HLR has lost changes of supplementary services. 3GPP TS 29.002 §8.10.2, §17.6.1. */
import { operation } from '../../asn1/index.ts';
import { timersMs } from '../timers.ts';

export const forwardCheckSSIndication = operation({
  name: 'forwardCheckSS-Indication',
  code: 38,
  errors: [],
  operationClass: 4,
  timerMs: timersMs.short,
});
