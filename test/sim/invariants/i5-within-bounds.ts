import type { Invariant } from './invariant.ts';

export const withinBounds: Invariant = {
  name: 'I5',
  sentence:
    'No queue, table or cache passes its bound: rings, effects that wait for one, deliveries, calls, dialogues, batches, actors in memory, records that lag behind the journal, commits in flight, commands.',
  broken: ({ bounds }) => bounds.past,
};
