/** What is done to the phones of the network in a box from outside: they are held, switched, called, and lose coverage. */
import type { Clock } from '../types/clock.ts';
import type { Later } from './later.ts';
import type { Msc } from './msc.ts';
import type { Person } from './person.ts';
import type { NetworkPlan } from './plan.ts';
import type { CallStory } from './ssf/call-story.ts';

export interface HandsOptions {
  readonly plan: NetworkPlan;
  readonly people: readonly Person[];
  readonly clock: Clock;
  readonly later: Later;
  readonly msc: Msc;
  readonly call: (story: CallStory) => void;
  readonly isCalling: (person: Person) => boolean;
  /** 'living': anything may be done. 'ending': nobody goes away any more. */
  readonly stage: () => 'beginning' | 'living' | 'ending';
}

/** Of so many people one keeps coverage in an outage, and calls the others. */
const KEEPS_COVERAGE = 3;

export class Hands {
  readonly #options: HandsOptions;
  readonly #heldUntil = new Map<Person, number>();
  #isOut = false;

  constructor(options: HandsOptions) {
    this.#options = options;
  }

  isHeld(person: Person): boolean {
    return (this.#heldUntil.get(person) ?? Number.NEGATIVE_INFINITY) > this.#options.clock.monotonic();
  }

  /** For so long, at least, the phone neither comes nor goes by itself. */
  hold(person: Person, forMs: number): void {
    const untilMs = this.#options.clock.monotonic() + forMs;
    this.#heldUntil.set(person, Math.max(untilMs, this.#heldUntil.get(person) ?? untilMs));
  }

  switchOff(person: Person): void {
    if (this.#options.stage() !== 'ending') this.#options.msc.leave(person, 'detached');
  }

  switchOn(person: Person): void {
    this.#options.msc.comeBack(person);
    this.#options.msc.freeMemory(person);
  }

  /** Most people are without coverage for so long, and back at once; one outage at a time, while life goes on. */
  outage(forMs: number): void {
    const { people, msc, later, stage } = this.#options;
    if (stage() !== 'living' || this.#isOut) return;
    this.#isOut = true;
    const lost = people.filter(
      ({ handset }, index) => index % KEEPS_COVERAGE !== 0 && handset.radio === 'on',
    );
    for (const person of people) this.hold(person, forMs);
    for (const person of lost) msc.leave(person, 'no-coverage');
    later.after(forMs, () => {
      this.#isOut = false;
      for (const person of lost) msc.comeBack(person);
    });
  }

  /** The next person who can calls this one, and hangs up when nobody answers. */
  ring(called: Person): void {
    const { people, plan, call, isCalling, stage } = this.#options;
    if (stage() !== 'living') return;
    const at = people.indexOf(called);
    const caller = [...people.slice(at + 1), ...people.slice(0, at)].find(
      (one) => one.handset.radio === 'on' && !one.withheld && !isCalling(one),
    );
    if (caller === undefined) return;
    call({
      caller,
      called,
      withheld: false,
      ending: 'no-answer',
      capPhase: 2,
      ringingMs: plan.times.ringingMs,
      patienceMs: 0,
      nationalNumber: false,
      lastReportInEnd: false,
    });
  }
}
