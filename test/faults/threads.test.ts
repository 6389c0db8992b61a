import { test } from 'node:test';
import { faultTest } from './fault-test.ts';

test(
  'X3 shard, signalling, notifier and renderer die under load, one after the other: nothing lost or twice',
  faultTest('thread-death', 4),
);
