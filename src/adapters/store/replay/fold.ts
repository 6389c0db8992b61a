/**
 * One subscriber's events folded anew. Where nobody has ordered anything and nothing is under way, the store forgets what is left
 * of a state at a time of its own choosing, so from there on two states go on: the one that was, and a new one.
 */

import type { SubscriberPolicy } from '../../../subscriber/policy.ts';
import { reduce } from '../../../subscriber/reduce.ts';
import { type Effect, outlivesCrash } from '../../../types/model/effect.ts';
import type { JournalEntry } from '../../../types/model/journal.ts';
import { initialState, isBlank, type SubscriberState } from '../../../types/model/state.ts';
import { encodeEffect } from '../../../wire/effect.ts';

/** States that one subscriber may have at once: each further one would need another return from nothing. */
const STATES_MAX = 8;

export class Fold {
  #states: SubscriberState[];
  readonly #policy: SubscriberPolicy;
  /** Sequence of the first event whose effects are others than the journal says; 0 while none is. */
  effectsDifferAt = 0;

  constructor(base: SubscriberState, policy: SubscriberPolicy) {
    this.#states = [base];
    this.#policy = policy;
  }

  /** What it comes to, the state that nothing was forgotten of first. */
  get states(): readonly SubscriberState[] {
    return this.#states;
  }

  take({ partition, sequence, event, effects }: JournalEntry): void {
    if (this.#states.every((state) => state.sequence >= sequence)) return;
    const next: SubscriberState[] = [];
    const differing: SubscriberState[] = [];
    for (const before of this.#states) {
      const from = isBlank(before) ? [before, initialState(before.number)] : [before];
      for (const state of from) {
        const reduction = reduce(state, event, partition, sequence, this.#policy);
        const kept = reduction.effects.flatMap((what, index): Effect[] =>
          outlivesCrash(what) ? [{ id: { partition, sequence, index }, what }] : [],
        );
        (sameEffects(kept, effects) ? next : differing).push(reduction.state);
      }
    }
    if (next.length === 0 && this.effectsDifferAt === 0) this.effectsDifferAt = sequence;
    this.#states = (next.length > 0 ? next : differing).slice(0, STATES_MAX);
  }

  /** Names of the fields in which the nearest state differs from what is stored; empty when one is the same. */
  differences(stored: SubscriberState | undefined): string[] {
    let nearest: string[] | undefined;
    for (const state of this.#states) {
      if (stored === undefined) {
        if (isBlank(state)) return [];
        nearest ??= ['record'];
        continue;
      }
      const fields = differingFields(state, stored);
      if (fields.length === 0) return [];
      if (nearest === undefined || fields.length < nearest.length) nearest = fields;
    }
    return nearest ?? [];
  }
}

function sameEffects(made: readonly Effect[], kept: readonly Effect[]): boolean {
  return (
    made.length === kept.length &&
    made.every((effect, index) => {
      const other = kept[index];
      return other !== undefined && Buffer.compare(encodeEffect(effect), encodeEffect(other)) === 0;
    })
  );
}

function differingFields(a: SubscriberState, b: SubscriberState): string[] {
  const fields = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<keyof SubscriberState>;
  return [...fields]
    .filter((field) => JSON.stringify(a[field], plain) !== JSON.stringify(b[field], plain))
    .sort();
}

function plain(_key: string, value: unknown): unknown {
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value;
}
