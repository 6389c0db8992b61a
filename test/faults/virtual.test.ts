import { test } from 'node:test';
import { faultTest } from './fault-test.ts';

test(
  'the HLR is gone for an hour and then throttles: all that was missed meanwhile is told, within the bound',
  faultTest('hlr-outage', 1),
);

test(
  'the report of a missed call comes after the alert that should have told of it: it is told all the same',
  faultTest('miss-after-alert', 1),
);

test(
  'answers to lives before, over the wrap of the boot epoch, are not taken for ours',
  faultTest('transaction-ids', 1),
);
