import { test } from 'node:test';
import { faultTest } from './fault-test.ts';

test(
  'X3 the clock is set an hour forward and back while calls go on: nothing lost or twice, and an alarm stands',
  faultTest('clock-step', 2),
);
