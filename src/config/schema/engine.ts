import { defaulted, integer, section } from '../keys.ts';
import { shardCount } from '../rules.ts';

export const shards = section('Threads that own the subscribers.', {
  count: defaulted('How many. May change between starts.', shardCount, 'auto'),
  actorsMax: integer(
    'Subscribers that a thread keeps in memory; others come from the store when something happens to them.',
    { from: 100, to: 10_000_000, default: 200_000 },
  ),
  readMax: integer('Events that are taken from one queue in one turn.', {
    from: 1,
    to: 100_000,
    default: 512,
  }),
  waitingMax: integer('What may wait to go out before no new calls are taken; notices do not count.', {
    from: 10,
    to: 1_000_000,
    default: 10_000,
  }),
  openEffectsMax: integer(
    'Notices, queries and the like of a thread that may be under way before no new calls are taken.',
    { from: 100, to: 10_000_000, default: 100_000 },
  ),
});

export const store = section('The store: one LMDB environment for each shard.', {
  mapSizeOctets: integer(
    'Address space for a data file, not disk space: it should be more than will ever be needed.',
    { from: 1_048_576, to: 17_592_186_044_416, default: 17_179_869_184 },
  ),
  windowMs: integer('From one commit to the next: events that follow closely are committed together.', {
    from: 0,
    to: 1_000,
    default: 5,
  }),
  windowEventsMax: integer('Events in one commit.', { from: 1, to: 100_000, default: 1_000 }),
  actorWritesMax: integer('Records of subscribers that one commit writes; the others follow in later ones.', {
    from: 1,
    to: 10_000,
    default: 500,
  }),
  lagActorsMax: integer(
    'Subscribers whose record may lag behind the journal, for a start to replay, before no new calls are taken.',
    { from: 100, to: 10_000_000, default: 100_000 },
  ),
  openWindowsMax: integer(
    'Commits that a start after a crash may have to read because of work that is still open.',
    { from: 10, to: 1_000_000, default: 2_000 },
  ),
  journalWindowsKept: integer(
    'Retention of the journal: commits that are kept behind what a start needs, for replay.',
    { from: 0, to: 100_000_000, default: 10_000 },
  ),
});
