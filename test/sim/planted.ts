/** Engines with something wrong, to see that the seeded runs find each, by the invariant that is about it. */
import type { MemoryDisk, MemoryStore } from '../../src/engine/memory-store.ts';
import { profileOf } from '../../src/simulator/person.ts';
import type { SubscriberEvent } from '../../src/types/model/event.ts';
import type { Preferences } from '../../src/types/model/preferences.ts';
import type { Store } from '../../src/types/ports/store.ts';
import { randomBelow, SeededRandom } from '../../src/types/random.ts';
import { decodeJournalRecord, encodeJournalRecord } from '../../src/wire/journal.ts';
import { decodeState, encodeState } from '../../src/wire/state.ts';
import { MeddlingTcap } from '../simulator/meddler.ts';
import type { PlantOptions } from '../simulator/plant.ts';

type Meddled = Partial<PlantOptions>;

export interface Planted {
  readonly name: string;
  /** The invariant that must be broken. */
  readonly invariant: string;
  readonly options: () => Meddled;
}

/** A store that commits something else than it was given. */
function meddledCommit(change: (window: CommitOf, disk: MemoryDisk) => CommitOf): Meddled {
  return {
    meddleStore: (store: MemoryStore, disk: MemoryDisk): Store => {
      const commit = store.commit.bind(store);
      store.commit = (window, durable, failed) => commit(change(window, disk), durable, failed);
      return store;
    },
  };
}

type CommitOf = Parameters<Store['commit']>[0];

/** The records of actors are on the disk at once; the journal, and with it effects and positions, only with the commit. */
const stateApartFromJournal = (): Meddled =>
  meddledCommit((window, disk) => {
    for (const { partition, number, record } of window.actors)
      if (record !== undefined) disk.actors.get(partition)?.set(number, record.slice());
    return window;
  });

/** The journal forgets one missed call in ten; effects and records know of it. */
function journalForgetsCalls(): Meddled {
  const random = new SeededRandom(1);
  return meddledCommit((window) => {
    const record = decodeJournalRecord(window.journal);
    if (!record.ok) return window;
    const entries = record.value.entries.filter(
      ({ event }) => event.what.kind !== 'call-missed' || randomBelow(random, 10) > 0,
    );
    return { ...window, journal: encodeJournalRecord({ ...record.value, entries }) };
  });
}

/** One record in ten is not what the events make of it. */
function recordsDiffer(): Meddled {
  const random = new SeededRandom(1);
  return meddledCommit((window) => ({
    ...window,
    actors: window.actors.map((write) => {
      const state = write.record === undefined ? undefined : decodeState(write.record);
      if (state?.ok !== true || randomBelow(random, 10) > 0) return write;
      return { ...write, record: encodeState({ ...state.value, absences: state.value.absences + 1 }) };
    }),
  }));
}

/** A notice that is sent once more has another time stamp and another reference than the first time: its id is random. */
function madeAnewWhenSent(): Meddled {
  const random = new SeededRandom(1);
  return { meddle: (tcap) => new MeddlingTcap(tcap, { anew: () => randomBelow(random, 60) }) };
}

/** An actor hears once more what a partition has told it before, instead of what it tells now. */
function toldOnceMore(): Meddled {
  const before = new Map<string, SubscriberEvent>();
  return meddledCommit((window) => {
    const record = decodeJournalRecord(window.journal);
    if (!record.ok) return window;
    const entries = record.value.entries.map((entry) => {
      const { event } = entry;
      if (event.what.kind !== 'told') return entry;
      const key = `${event.subscriber} ${event.what.source.partition}`;
      const old = before.get(key);
      before.set(key, event);
      return old === undefined ? entry : { ...entry, event: old };
    });
    return { ...window, journal: encodeJournalRecord({ ...record.value, entries }) };
  });
}

/** More deliveries, and more calls, than the bound that was agreed. */
const boundsPassed = (): Meddled => ({
  boundless: (service) => ({
    ...service,
    deliveriesMax: service.deliveriesMax * 10,
    cap: { ...service.cap, callsMax: service.cap.callsMax * 10 },
  }),
});

/** One delivery in ten never ends. */
function deliveriesHang(): Meddled {
  const random = new SeededRandom(1);
  return {
    meddle: (tcap) => ({
      get openDialogues() {
        return tcap.openDialogues;
      },
      accept: (ssn, acceptor) => tcap.accept(ssn, acceptor),
      unidirectional: (request) => tcap.unidirectional(request),
      open: (request) => {
        const dialogue = tcap.open(request);
        if (dialogue !== null && randomBelow(random, 10) === 0) {
          dialogue.begin = () => undefined;
          dialogue.idleLimitMs = 1e9;
        }
        return dialogue;
      },
    }),
  };
}

/** One dialogue of a peer in five is accepted and never answered. */
function peersIgnored(): Meddled {
  const random = new SeededRandom(1);
  return {
    meddle: (tcap) => ({
      get openDialogues() {
        return tcap.openDialogues;
      },
      accept: (ssn, acceptor) =>
        tcap.accept(ssn, {
          ...(acceptor.onOverload === undefined
            ? {}
            : { onOverload: (begin) => acceptor.onOverload?.(begin) ?? 'refuse' }),
          onBegin: (dialogue, portion) => {
            if (randomBelow(random, 5) > 0) return acceptor.onBegin(dialogue, portion);
            return {
              onComponent: () => undefined,
              onDelimiter: () => undefined,
              onInvokeTimeout: () => undefined,
              onAbort: () => undefined,
            };
          },
        }),
      unidirectional: (request) => tcap.unidirectional(request),
      open: (request) => tcap.open(request),
    }),
  };
}

/** The engine has not heard of one thing that people have ordered. */
const unheard = (...keys: (keyof Preferences)[]): Meddled => ({
  profileOf: (person) => {
    const profile = profileOf(person);
    const heard = Object.entries(profile.preferences ?? {}).filter(
      ([key]) => !(keys as readonly string[]).includes(key),
    );
    return { ...profile, preferences: Object.fromEntries(heard) };
  },
});

/** Withheld numbers are counted, whatever the operator wants. */
const withheldCounted = (): Meddled => ({
  boundless: (service) => {
    const classes = service.policy.classes.map((one) => ({ ...one, withheld: 'count' }) as const);
    return { ...service, policy: { ...service.policy, classes } };
  },
});

export const planted: readonly Planted[] = [
  { name: 'the journal forgets missed calls', invariant: 'I1', options: journalForgetsCalls },
  {
    name: 'state that is committed apart from its position',
    invariant: 'I2',
    options: stateApartFromJournal,
  },
  { name: 'records that are not what the log makes of them', invariant: 'I2', options: recordsDiffer },
  { name: 'a random message id', invariant: 'I3', options: madeAnewWhenSent },
  { name: 'what was told before is heard again', invariant: 'I4', options: toldOnceMore },
  { name: 'bounds that are not kept', invariant: 'I5', options: boundsPassed },
  { name: 'deliveries that never end', invariant: 'I6', options: deliveriesHang },
  { name: 'peers that are not answered', invariant: 'I7', options: peersIgnored },
  { name: 'quiet hours are not kept', invariant: 'I8', options: () => unheard('quietHours') },
  { name: 'a cap is not kept', invariant: 'I8', options: () => unheard('noticesPerDay') },
  { name: 'returns are no secret', invariant: 'I8', options: () => unheard('returnPrivacy') },
  { name: 'callers are not looked up on the list', invariant: 'I8', options: () => unheard('callerFilter') },
  { name: 'reasons are not looked at', invariant: 'I8', options: () => unheard('reasons', 'mailbox') },
  { name: 'withheld numbers are counted', invariant: 'I8', options: withheldCounted },
];
