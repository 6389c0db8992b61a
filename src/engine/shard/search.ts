/**
 * Where a number is named in what a shard has stored: its records, its journal, its outbox. A look is bounded, and says where
 * the next one goes on: calls are not kept waiting, however many subscribers there are. The octets are looked through first,
 * and only those that hold the digits are decoded.
 */
import type { JournalEntry } from '../../types/model/journal.ts';
import type { SearchHit, SearchPage, SearchStep } from '../../types/model/thread.ts';
import { namesNumber } from '../../types/names-number.ts';
import { OperatingError } from '../../types/operating-error.ts';
import { isSubscriberNumber } from '../../types/partition.ts';
import type { Store } from '../../types/ports/store.ts';
import { decodeEffect } from '../../wire/effect.ts';
import { decodeEvent } from '../../wire/event.ts';
import { decodeJournalRecord, encodeJournalRecord } from '../../wire/journal.ts';
import { decodeState, encodeState } from '../../wire/state.ts';
import type { ActorCache } from './actor-cache.ts';
import { QUARANTINE } from './recover.ts';

/** What one look takes on at most. */
const RECORDS_MAX = 1_000;
const JOURNAL_RECORDS_MAX = 64;
const JOURNAL_OCTETS_MAX = 1_048_576;
const OUTBOX_MAX = 1_000;

/** What protobuf puts around a reply and each of its hits. */
const HEAD_OCTETS = 128;
const HIT_HEAD_OCTETS = 64;

const NOTHING: SearchPage = {
  hits: [],
  after: '',
  done: true,
  looked: 0,
  unreadable: 0,
  firstWindow: 0,
  lastWindow: 0,
  firstAtMs: 0,
};

/** The hits of one look, as far as the reply has room. */
class Hits {
  readonly found: SearchHit[] = [];
  /** What cannot be read, or is too long for any reply. */
  unreadable = 0;
  readonly #roomMax: number;
  #room: number;

  constructor(roomMax: number) {
    this.#roomMax = roomMax;
    this.#room = roomMax;
  }

  /** False: it is for the next reply. */
  add(key: string, octets: Uint8Array): boolean {
    const length = octets.length + HIT_HEAD_OCTETS;
    if (length > this.#roomMax) this.unreadable++;
    else if (length > this.#room) return false;
    else {
      this.#room -= length;
      this.found.push({ key, octets });
    }
    return true;
  }
}

export class Search {
  readonly #cache: ActorCache;
  readonly #store: Store;
  readonly #hitsOctetsMax: number;

  /** @param replyOctetsMax what a record of the ring to the asker holds */
  constructor(cache: ActorCache, store: Store, replyOctetsMax: number) {
    this.#cache = cache;
    this.#store = store;
    this.#hitsOctetsMax = replyOctetsMax - HEAD_OCTETS;
  }

  look(step: SearchStep): SearchPage {
    if (step.sequence !== undefined) return this.#journal(step, eventWith(step.partition, step.sequence));
    if (!isSubscriberNumber(step.number)) return NOTHING;
    switch (step.place) {
      case 'records':
        return this.#records(step);
      case 'journal':
        return this.#journal(step, naming(step.number));
      case 'outbox':
        return this.#outbox(step);
    }
  }

  #records({ number, partition, after }: SearchStep): SearchPage {
    if (!this.#store.partitions.includes(partition)) return NOTHING;
    const hits = new Hits(this.#hitsOctetsMax);
    const digits = Buffer.from(number);
    let looked = 0;
    let last = after;
    let done = true;
    for (const [other, octets] of this.#stored(partition, after)) {
      if (looked >= RECORDS_MAX || !takeRecord(hits, other, octets, digits, number)) {
        done = false;
        break;
      }
      looked++;
      last = other;
    }
    const { found, unreadable } = hits;
    return { ...NOTHING, hits: found, after: done ? '' : last, done, looked, unreadable };
  }

  /** Records above `after` as they are now, also those that are not written yet. */
  *#stored(partition: number, after: string): Generator<readonly [number: string, octets: Uint8Array]> {
    const unwritten = this.#cache.unwritten(partition).filter((number) => number > after);
    unwritten.sort().reverse();
    const current = (number: string, stored?: Uint8Array) => {
      const known = this.#cache.inMemory(number);
      return known === undefined ? stored : encodeState(known);
    };
    for (const [number, record] of this.#store.actors(partition, after === '' ? undefined : after)) {
      while (unwritten.length > 0 && unwritten.at(-1)! < number) {
        const first = unwritten.pop()!;
        yield [first, current(first)!];
      }
      if (unwritten.at(-1) === number) unwritten.pop();
      if (number !== after) yield [number, current(number, record)!];
    }
    for (const number of unwritten.reverse()) yield [number, current(number)!];
  }

  #journal({ after }: SearchStep, wanted: Wanted): SearchPage {
    const hits = new Hits(this.#hitsOctetsMax);
    const [window = 0, entry = 0] = after === '' ? [] : after.split('.').map(Number);
    let looked = 0;
    let octetsLooked = 0;
    let next = '';
    try {
      for (const [at, octets] of this.#store.journal(window)) {
        const full = looked >= JOURNAL_RECORDS_MAX || octetsLooked >= JOURNAL_OCTETS_MAX;
        const stoppedAt = full ? 0 : takeEntries(hits, at, at === window ? entry : 0, octets, wanted);
        if (stoppedAt !== undefined) {
          next = `${at}.${stoppedAt}`;
          break;
        }
        looked++;
        octetsLooked += octets.length;
      }
    } catch (error) {
      if (!isDamage(error)) throw error;
      // What is behind it cannot be read on from here.
      hits.unreadable++;
    }
    const { found, unreadable } = hits;
    return { ...this.#reach(), hits: found, after: next, done: next === '', looked, unreadable };
  }

  /** Over which windows the journal reaches, and since when. */
  #reach(): Pick<SearchPage, 'firstWindow' | 'lastWindow' | 'firstAtMs'> {
    try {
      for (const [firstWindow, octets] of this.#store.journal(0)) {
        const record = decodeJournalRecord(octets);
        const firstAtMs = record.ok ? (record.value.entries[0]?.event.atMs ?? 0) : 0;
        return { firstWindow, lastWindow: this.#store.lastWindow, firstAtMs };
      }
    } catch (error) {
      if (!isDamage(error)) throw error;
    }
    return { firstWindow: 0, lastWindow: this.#store.lastWindow, firstAtMs: 0 };
  }

  #outbox({ number, after }: SearchStep): SearchPage {
    const hits = new Hits(this.#hitsOctetsMax);
    let looked = 0;
    let last = after;
    let done = true;
    for (const [key, octets] of this.#store.outbox()) {
      if (key <= after) continue;
      if (looked >= OUTBOX_MAX || !takeWork(hits, key, octets, number)) {
        done = false;
        break;
      }
      looked++;
      last = key;
    }
    const { found, unreadable } = hits;
    return { ...NOTHING, hits: found, after: done ? '' : last, done, looked, unreadable };
  }
}

/** Entries of the journal that are looked for. */
interface Wanted {
  /** By the octets of a record, before it is decoded. */
  readonly mayBeIn: (octets: Uint8Array) => boolean;
  readonly is: (entry: JournalEntry) => boolean;
}

function naming(number: string): Wanted {
  const digits = Buffer.from(number);
  return { mayBeIn: (octets) => holds(octets, digits), is: (entry) => namesNumber(entry, number) };
}

function eventWith(partition: number, sequence: number): Wanted {
  return {
    mayBeIn: () => true,
    is: (entry) => entry.partition === partition && entry.sequence === sequence,
  };
}

/** False: the reply has no room for it. */
function takeRecord(hits: Hits, key: string, octets: Uint8Array, digits: Buffer, number: string): boolean {
  if (!holds(octets, digits)) return true;
  const state = decodeState(octets);
  if (!state.ok) hits.unreadable++;
  return !state.ok || !namesNumber(state.value, number) || hits.add(key, new Uint8Array(octets));
}

/** The entry that the reply has no room for; undefined: all were taken. */
function takeEntries(
  hits: Hits,
  window: number,
  from: number,
  octets: Uint8Array,
  { mayBeIn, is }: Wanted,
): number | undefined {
  if (!mayBeIn(octets)) return undefined;
  const record = decodeJournalRecord(octets);
  if (!record.ok) hits.unreadable++;
  for (const [index, one] of record.ok ? record.value.entries.entries() : []) {
    if (index < from || !is(one)) continue;
    if (!hits.add(`${window}.${index}`, encodeJournalRecord({ entries: [one], closed: [] }))) return index;
  }
  return undefined;
}

/** False: the reply has no room for it. */
function takeWork(hits: Hits, key: string, octets: Uint8Array, number: string): boolean {
  const what = key.includes(QUARANTINE) ? decodeEvent(octets) : decodeEffect(octets);
  if (!what.ok) hits.unreadable++;
  return !what.ok || !namesNumber(what.value, number) || hits.add(key, new Uint8Array(octets));
}

function holds(octets: Uint8Array, digits: Buffer): boolean {
  return Buffer.from(octets.buffer, octets.byteOffset, octets.length).includes(digits);
}

function isDamage(error: unknown): boolean {
  return error instanceof OperatingError && error.code === 'CW_STORE_DAMAGED';
}
