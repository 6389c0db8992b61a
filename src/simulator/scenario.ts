/** A story instead of random life: who calls whom when, who is away when, and what must be on which phone in the end. */

import type { Judge } from './judge/judge.ts';
import type { Later } from './later.ts';
import type { Leaving, Msc } from './msc.ts';
import { type Person, person } from './person.ts';
import type { NetworkPlan } from './plan.ts';
import type { CallEnding, CallStory } from './ssf/call-story.ts';

export interface ScenarioPerson {
  readonly name: string;
  /** E.164 digits; of the plan's subscribers. */
  readonly number: string;
  readonly missedCalls: boolean;
  readonly notifyMe: 'off' | 'always';
  readonly timeZone: string;
  readonly withheld: boolean;
  readonly mobilityReported: boolean;
}

export type ScenarioStep = { readonly atMs: number } & (
  | {
      readonly kind: 'call';
      readonly from: string;
      readonly to: string;
      readonly ending: CallEnding;
      readonly withheld: boolean;
    }
  | { readonly kind: 'away'; readonly who: string; readonly how: Leaving }
  | { readonly kind: 'back' | 'memory-full' | 'memory-free' | 'moves'; readonly who: string }
);

export interface ScenarioExpectation {
  /** Whose phone. */
  readonly phone: string;
  /** Short messages on it in the end, resends in the same octets not counted. */
  readonly notices?: number;
  /** Each is part of one of them. */
  readonly says: readonly string[];
}

export interface Scenario {
  readonly name: string;
  readonly people: readonly ScenarioPerson[];
  readonly story: readonly ScenarioStep[];
  readonly expect: readonly ScenarioExpectation[];
}

export function peopleOf(scenario: Scenario, plan: NetworkPlan): readonly Person[] {
  return scenario.people.map(
    ({ number, missedCalls, notifyMe, timeZone, withheld, mobilityReported }, index) =>
      person({
        number,
        imsi: `${plan.numbers.imsiPrefix}${1_000_000_001 + index}`,
        subscribed: missedCalls,
        notifyMe,
        timeZone,
        withheld,
        mobilityReported,
      }),
  );
}

export interface ScenarioPorts {
  readonly plan: NetworkPlan;
  readonly later: Later;
  readonly msc: Msc;
  readonly people: readonly Person[];
  readonly call: (story: CallStory) => void;
}

/** Milliseconds from the beginning of a story to its last step, with time for that to happen. */
export function lengthOf({ story }: Scenario, plan: NetworkPlan): number {
  return Math.max(0, ...story.map(({ atMs }) => atMs)) + 2 * plan.times.ringingMs;
}

/** Begins the story now. */
export function play(scenario: Scenario, ports: ScenarioPorts): void {
  const byName = new Map(scenario.people.map(({ name }, index) => [name, ports.people[index]!]));
  for (const [index, step] of scenario.story.entries())
    ports.later.after(step.atMs, () => take(step, index, (name) => byName.get(name)!, ports));
}

function take(
  step: ScenarioStep,
  index: number,
  find: (name: string) => Person,
  { plan, msc, call }: ScenarioPorts,
): void {
  switch (step.kind) {
    case 'call': {
      const caller = find(step.from);
      // The phases of CAP, and both ends of a dialogue, in turn.
      return call({
        caller,
        called: find(step.to),
        withheld: caller.withheld || step.withheld,
        ending: step.ending,
        capPhase: ([2, 3, 4] as const)[index % 3]!,
        ringingMs: plan.times.ringingMs,
        patienceMs: 0,
        nationalNumber: index % 3 === 0,
        lastReportInEnd: index % 2 === 0,
      });
    }
    case 'away':
      return msc.leave(find(step.who), step.how);
    case 'back':
      return msc.comeBack(find(step.who));
    case 'memory-full':
      return msc.fillMemory(find(step.who));
    case 'memory-free':
      return msc.freeMemory(find(step.who));
    case 'moves':
      return msc.updateLocation(find(step.who));
  }
}

/** What is on the phones against what the scenario expects; the judge gets what differs. */
export function checkExpectations(
  scenario: Scenario,
  people: readonly Person[],
  judge: Judge,
  atMs: number,
): void {
  for (const { phone, notices, says } of scenario.expect) {
    const index = scenario.people.findIndex(({ name }) => name === phone);
    const { handset, number } = people[index]!;
    const inbox = handset.inbox.filter(({ identical }) => !identical);
    const differs = (why: string) => judge.verdicts.add({ kind: 'expected', atMs, phone: number, why });
    if (notices !== undefined && inbox.length !== notices)
      differs(`${phone} has ${inbox.length} short messages, not ${notices}`);
    for (const words of says)
      if (!inbox.some(({ text }) => text.includes(words)))
        differs(`nothing on ${phone}'s phone says "${words}"`);
  }
}
