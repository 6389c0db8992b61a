/** noteSubscriberPresent: the VLR tells the HLR that a subscriber is back, which readyForSM says since version 2. ETSI ETS 300 599. */
import { operation } from '../../asn1/index.ts';
import { timersMs } from '../timers.ts';
import { Imsi } from '../types/address.ts';

/** Version 1. */
export const noteSubscriberPresent = operation({
  name: 'noteSubscriberPresent',
  code: 48,
  argument: Imsi,
  errors: [],
  operationClass: 4,
  timerMs: timersMs.short,
});
