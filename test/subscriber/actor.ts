import assert from 'node:assert/strict';
import { Zones } from '../../src/notice/zones.ts';
import { defaultSubscriberPolicy, type SubscriberPolicy } from '../../src/subscriber/policy.ts';
import { reduce } from '../../src/subscriber/reduce.ts';
import { zoneWanted } from '../../src/subscriber/zone-wanted.ts';
import { type Effect, type EffectKind, outlivesCrash } from '../../src/types/model/effect.ts';
import type { CallMissed, DeliveryResult, EventKind } from '../../src/types/model/event.ts';
import type { JournalEntry } from '../../src/types/model/journal.ts';
import type { EffectId, Notice } from '../../src/types/model/notice.ts';
import type { Profile } from '../../src/types/model/profile.ts';
import { initialState, type SubscriberState } from '../../src/types/model/state.ts';

export const A = '491700000001';
export const B = '491700000002';
export const profile: Profile = {
  missedCalls: true,
  notifyMe: 'off',
  language: 'en',
  timeZone: 'Europe/Berlin',
};

const zones = new Zones();

/** One actor, driven by hand. */
export class Actor {
  state: SubscriberState;
  sequence = 0;
  effects: readonly EffectKind[] = [];
  /** What rules kept from being told. */
  ruled: readonly string[] = [];
  /** As the shard keeps it. */
  readonly journal: JournalEntry[] = [];
  readonly #policy: SubscriberPolicy;
  #call = 0;

  constructor(number: string, ordered: Profile | null = profile, policy = defaultSubscriberPolicy) {
    this.#policy = policy;
    this.state = { ...initialState(number), profile: ordered ?? undefined };
  }

  take(what: EventKind, atMs: number): readonly EffectKind[] {
    this.sequence++;
    const before = structuredClone(this.state);
    // As the shard does.
    const name = zoneWanted(this.state, what, this.#policy.classes);
    const zone = name === undefined ? undefined : zones.spanAt(name, atMs);
    const event = { subscriber: this.state.number, atMs, what, ...(zone === undefined ? {} : { zone }) };
    const { state, effects, ruled } = reduce(this.state, event, 5, this.sequence, this.#policy);
    assert.deepEqual(this.state, before, 'the state before an event is never changed in place');
    this.state = state;
    this.effects = effects;
    this.ruled = ruled.map(({ rule }) => rule);
    const kept = effects.flatMap((effect, index): Effect[] =>
      outlivesCrash(effect) ? [{ id: { partition: 5, sequence: this.sequence, index }, what: effect }] : [],
    );
    const entry = { partition: 5, sequence: this.sequence, event, effects: kept };
    this.journal.push(ruled.length === 0 ? entry : { ...entry, ruled });
    return effects;
  }

  missed(atMs: number, change: Partial<CallMissed> = {}): readonly EffectKind[] {
    this.#call++;
    return this.take(
      {
        kind: 'call-missed',
        callKey: Uint8Array.of(this.#call),
        caller: A,
        presentation: 'allowed',
        attemptedAtMs: atMs,
        reason: 'not-reachable',
        cause: 20,
        answerToken: 0,
        ...change,
      },
      atMs + 1,
    );
  }

  somethingLeft(): boolean {
    return this.state.missed.length + this.state.returns.length + this.state.watchers.length > 0;
  }

  /** The deadline that it waits for. */
  timer(): readonly EffectKind[] {
    const { deadlineGeneration: generation, deadlineAtMs } = this.state;
    return this.take({ kind: 'timer-fired', generation }, deadlineAtMs);
  }

  outcome(
    result: DeliveryResult,
    startedAtMs: number,
    change: { partsDelivered?: number; uncertain?: boolean; effect?: EffectId; storedAs?: string } = {},
  ): readonly EffectKind[] {
    const effect = change.effect ?? this.state.trying;
    assert.ok(effect);
    const query = this.state.notice === undefined;
    const storedAs = change.storedAs ?? '';
    const common = { effect, result, onWaitingList: true, storedAs, startedAtMs, detail: '' };
    return this.take(
      query
        ? { kind: 'reachability-outcome', ...common }
        : {
            kind: 'notice-outcome',
            ...common,
            partsDelivered: change.partsDelivered ?? 0,
            uncertain: change.uncertain ?? false,
          },
      startedAtMs + 5,
    );
  }
}

export function noticesOf(effects: readonly EffectKind[]): Notice[] {
  return effects.flatMap((effect) => (effect.kind === 'send-notice' ? [effect.notice] : []));
}
