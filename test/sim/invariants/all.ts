import { eachCallOnce } from './i1-each-call-once.ts';
import { stateIsFold } from './i2-state-is-fold.ts';
import { toldOnce } from './i3-told-once.ts';
import { orderOfLog } from './i4-order-of-log.ts';
import { withinBounds } from './i5-within-bounds.ts';
import { backlogDrains } from './i6-backlog-drains.ts';
import { peersAnswered } from './i7-peers-answered.ts';
import { rulesKept } from './i8-rules-kept.ts';
import type { Invariant } from './invariant.ts';

export const invariants: readonly Invariant[] = [
  eachCallOnce,
  stateIsFold,
  toldOnce,
  orderOfLog,
  withinBounds,
  backlogDrains,
  peersAnswered,
  rulesKept,
];
