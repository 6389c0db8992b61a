import { test } from 'node:test';
import { faultTest } from './fault-test.ts';

test(
  'X3 the engine is killed over and over under load and started again: nothing lost, doubled or wrong',
  faultTest('kill-engine', 4),
);
