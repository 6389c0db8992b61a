import { test } from 'node:test';
import { faultTest } from './fault-test.ts';

test(
  'X3 the network is killed under load and started again: what its judge heard before still holds',
  faultTest('kill-network', 1),
);

test(
  'X3 ABORT in the middle of dialogues, to one end of the association and to the other: what is taken is told',
  faultTest('association-abort', 2),
);
