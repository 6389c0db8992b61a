/** disconnectForwardConnection: the connection to the gsmSRF is taken down. 3GPP TS 29.078 §6.1.1. */
import { operation } from '../../asn1/index.ts';
import { systemFailure, taskRefused, unexpectedComponentSequence } from '../errors.ts';
import { timersMs } from '../timers.ts';

export const disconnectForwardConnection = operation({
  name: 'disconnectForwardConnection',
  code: 18,
  errors: [systemFailure, taskRefused, unexpectedComponentSequence],
  operationClass: 2,
  timerMs: timersMs.short,
});
