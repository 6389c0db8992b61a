import type { Invariant } from './invariant.ts';

export const peersAnswered: Invariant = {
  name: 'I7',
  sentence:
    'Every dialogue of a peer gets an answer or an abort before its timer, save while something is wrong.',
  broken: ({ peers }) => peers.unanswered,
};
