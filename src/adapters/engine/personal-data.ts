/** R6: all that is stored about a number, for the person whose it is; and its erasure. */
import { maskNumber } from '../../types/log.ts';
import { isBlank } from '../../types/model/state.ts';
import { decodeJournalRecord } from '../../wire/journal.ts';
import { decodeState } from '../../wire/state.ts';
import { findNumber, type JournalReach, type SearchProgress, searchProgress } from './find-number.ts';
import type { NumberAccess } from './number-access.ts';
import { EVENT_PURPOSES, STATE_PURPOSES } from './personal-purposes.ts';
import { recordThatNames } from './record-of.ts';

/** An entry of the export: plain JSON. */
export type PersonalEntry = Readonly<Record<string, unknown>>;

/**
 * One entry after the other: the record of the number, the places in others' records that name it, the events of the journal,
 * what is put aside. Whose the other records are is masked: they are other people's data.
 */
export async function* personalData(
  access: NumberAccess,
  number: string,
  progress: SearchProgress,
): AsyncGenerator<PersonalEntry> {
  for await (const { place, key, octets } of findNumber(
    access,
    number,
    ['records', 'journal', 'outbox'],
    progress,
  )) {
    if (place === 'records') {
      const state = decodeState(octets);
      if (!state.ok) progress.unreadable++;
      else if (key !== number) yield ofAnother(key, placesOf(state.value, number));
      else if (isBlank(state.value)) yield { where: 'own record', purpose: BLANK_PURPOSE };
      else yield { where: 'own record', purposes: STATE_PURPOSES, record: state.value };
    } else if (place === 'journal') {
      const record = decodeJournalRecord(octets);
      if (!record.ok) progress.unreadable++;
      for (const { event, ruled } of record.ok ? record.value.entries : []) {
        const { subscriber, atMs, what } = event;
        const own = subscriber === number;
        yield {
          where: own ? 'journal' : 'journal, of another subscriber',
          at: new Date(atMs).toISOString(),
          purpose: EVENT_PURPOSES[what.kind],
          ...(own
            ? { event: what, ...(ruled === undefined ? {} : { ruled }) }
            : { subscriber: maskNumber(subscriber), kind: what.kind }),
        };
      }
    } else yield { where: 'on its way, or put aside', key, purpose: 'work that a crash must not lose' };
  }
}

/** What a record has left when all is forgotten. */
const BLANK_PURPOSE = 'erased: its place in the order of events, until no recovery needs it';

function ofAnother(subscriber: string, named: readonly string[]): PersonalEntry {
  const fields = new Set(named.map((one) => one.split('.')[0] as keyof typeof STATE_PURPOSES));
  const purposes = Object.fromEntries([...fields].map((name) => [name, STATE_PURPOSES[name]]));
  return { where: 'record of another subscriber', subscriber: maskNumber(subscriber), named, purposes };
}

export interface Erasure {
  /** There was a record of the number's own. */
  readonly own: boolean;
  /** Other records that named it. */
  readonly others: number;
  /** Records that still name it: a notice of theirs is on its way, or may have arrived in part. */
  readonly held: number;
  /** Pieces of work in the outbox that name it, which end by themselves, or were put aside. */
  readonly outbox: number;
  /** Events of the journal that name it. */
  readonly journalEvents: number;
  readonly journals: readonly JournalReach[];
  readonly unreadable: number;
}

export interface EraseOptions {
  readonly progress?: SearchProgress;
  /** How often what is held by a notice on its way is looked at again. */
  readonly tries: number;
  readonly pause: () => Promise<void>;
}

/** Resolves when it is durable. May be done again at any time. */
export async function erasePersonalData(
  access: NumberAccess,
  number: string,
  { progress = searchProgress(), tries, pause }: EraseOptions,
): Promise<Erasure> {
  let own = false;
  let others = 0;
  let held: string[] = [];
  for await (const { key, octets } of findNumber(access, number, ['records'], progress)) {
    const state = decodeState(octets);
    // What is left of one that was erased before: its place in the order of events.
    if (key === number && state.ok && isBlank(state.value)) continue;
    await access.forget(key, number);
    if (key === number) own = true;
    else others++;
    if (await isNamed(access, key, number)) held.push(key);
  }
  for (let left = tries; left > 0 && held.length > 0; left--) {
    await pause();
    const still: string[] = [];
    for (const key of held) {
      await access.forget(key, number);
      if (await isNamed(access, key, number)) still.push(key);
    }
    held = still;
  }
  let outbox = 0;
  let journalEvents = 0;
  for await (const { place } of findNumber(access, number, ['journal', 'outbox'], progress)) {
    if (place === 'outbox') outbox++;
    else journalEvents++;
  }
  const { journals, unreadable } = progress;
  return { own, others, held: held.length, outbox, journalEvents, journals, unreadable };
}

/** Whether a record still has more of the number than that it is its own. */
async function isNamed(access: NumberAccess, subscriber: string, number: string): Promise<boolean> {
  const octets = await recordThatNames(access, subscriber, number);
  return octets !== undefined && isHeld(octets, subscriber, number);
}

function isHeld(octets: Uint8Array, subscriber: string, number: string): boolean {
  const state = decodeState(octets);
  if (!state.ok) return false;
  return subscriber === number ? !isBlank(state.value) : placesOf(state.value, number).length > 0;
}

/** The fields that name the number, `watchers` or `profile.preferences.mayKnow`. */
export function placesOf(value: unknown, number: string): string[] {
  const places = new Set<string>();
  const walk = (held: unknown, path: readonly string[]): void => {
    if (held === number) places.add(path.join('.'));
    if (typeof held !== 'object' || held === null || held instanceof Uint8Array) return;
    for (const [key, inner] of Object.entries(held)) walk(inner, Array.isArray(held) ? path : [...path, key]);
  };
  walk(value, []);
  return [...places];
}
