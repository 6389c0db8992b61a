/**
 * The log folded anew: from nothing, and from a snapshot that was taken on the way. What the engine has in the end must be
 * what either gives.
 */

import type { SubscriberPolicy } from '../../../src/subscriber/policy.ts';
import { reduce } from '../../../src/subscriber/reduce.ts';
import { type Effect, outlivesCrash } from '../../../src/types/model/effect.ts';
import type { JournalEntry } from '../../../src/types/model/journal.ts';
import { initialState, isBlank, type SubscriberState } from '../../../src/types/model/state.ts';
import { encodeEffect } from '../../../src/wire/effect.ts';
import { decodeState } from '../../../src/wire/state.ts';
import { referenceOf } from '../calls.ts';
import type { JournalTap } from '../journal-tap.ts';

export interface Fold {
  /** By number: what the whole log makes of nothing. */
  readonly states: ReadonlyMap<string, SubscriberState>;
  /** …and what the log after the snapshot makes of it; absent without one. */
  readonly fromSnapshot: ReadonlyMap<string, SubscriberState> | undefined;
  /** How often a call was taken in, by its reference: reports that are known already are not counted. */
  readonly callsTaken: ReadonlyMap<string, number>;
  /** What is wrong with the log itself, in words. */
  readonly faults: readonly string[];
}

const FAULTS_MAX = 10;

export function foldOf(tap: JournalTap, policy: SubscriberPolicy): Fold {
  const faults: string[] = [];
  const fault = (what: string) => {
    if (faults.length < FAULTS_MAX) faults.push(what);
  };
  if (tap.damage !== '') fault(tap.damage);
  const states = new Map<string, SubscriberState>();
  const callsTaken = new Map<string, number>();
  for (const entries of tap.entries) {
    const sequences = new Map<number, number>();
    for (const entry of entries) {
      const { partition, sequence, event } = entry;
      const last = sequences.get(partition) ?? 0;
      if (sequence !== last + 1) fault(`event ${sequence} of partition ${partition} follows ${last}`);
      sequences.set(partition, sequence);
      const before = states.get(event.subscriber) ?? initialState(event.subscriber);
      const { state, effects } = reduce(before, event, partition, sequence, policy);
      const kept = effects.flatMap((what, index): Effect[] =>
        outlivesCrash(what) ? [{ id: { partition, sequence, index }, what }] : [],
      );
      if (!sameEffects(entry, kept))
        fault(`the effects of event ${sequence} of partition ${partition} are not those of its reduction`);
      if (event.what.kind === 'call-missed' && state.seenCalls !== before.seenCalls) {
        const reference = referenceOf(event.what.callKey);
        callsTaken.set(reference, (callsTaken.get(reference) ?? 0) + 1);
      }
      states.set(event.subscriber, state);
    }
  }
  return { states, fromSnapshot: foldSnapshot(tap, policy), callsTaken, faults };
}

/** Records may lag behind the log: what they have already, by its sequence, is not folded into them again. */
function foldSnapshot(
  { snapshot, entries }: JournalTap,
  policy: SubscriberPolicy,
): Map<string, SubscriberState> | undefined {
  if (snapshot === undefined) return undefined;
  const states = new Map<string, SubscriberState>();
  for (const { actors } of snapshot.disks)
    for (const records of actors.values())
      for (const [number, record] of records) {
        const state = decodeState(record);
        if (state.ok) states.set(number, state.value);
      }
  for (const log of entries)
    for (const { partition, sequence, event } of log) {
      const before = states.get(event.subscriber) ?? initialState(event.subscriber);
      if (sequence <= before.sequence) continue;
      states.set(event.subscriber, reduce(before, event, partition, sequence, policy).state);
    }
  return states;
}

function sameEffects({ effects }: JournalEntry, expected: readonly Effect[]): boolean {
  if (effects.length !== expected.length) return false;
  return effects.every((effect, index) => {
    const other = expected[index];
    if (other === undefined) return false;
    return sameOctets(encodeEffect(effect), encodeEffect(other));
  });
}

export function sameOctets(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((octet, index) => octet === b[index]);
}

/** What is on a disk of a state: nothing, or little, of one that has nothing in it. */
export const leavesRecord = (state: SubscriberState): boolean => !isBlank(state) && state.sequence > 0;
