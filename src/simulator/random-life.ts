/** People who call one another and whose phones come and go, as a seed and the plan have it. */
import type { Clock } from '../types/clock.ts';
import type { Chance } from './chance.ts';
import type { Later } from './later.ts';
import type { Leaving, Msc } from './msc.ts';
import type { Person } from './person.ts';
import type { NetworkPlan } from './plan.ts';
import type { CallEnding, CallStory } from './ssf/call-story.ts';

export interface RandomLifeOptions {
  readonly plan: NetworkPlan;
  readonly people: readonly Person[];
  readonly chance: Chance;
  readonly clock: Clock;
  readonly later: Later;
  readonly msc: Msc;
  readonly call: (story: CallStory) => void;
  readonly isCalling: (person: Person) => boolean;
  /** Somebody has this phone in the hand: it stays as it is. */
  readonly isHeld: (person: Person) => boolean;
}

const PERIOD_MIN_MS = 1000;
/** People mostly call these next to them, so that pairs meet again. */
const FRIENDS = 5;
const CALLS_A_FRIEND = 0.7;
/** Nobody calls the same person again at once. */
const REDIAL_AFTER_MS = 2500;
const TRIES_MAX = 20;
/** A number that is shown otherwise is withheld for a call. */
const WITHHELD_ONCE = 0.03;
const PATIENCE_MS = 4;
/** A caller who gives up at once may do so before anything is armed. */
const GONE_BEFORE_ANSWER = 0.5;

export class RandomLife {
  readonly #options: RandomLifeOptions;
  readonly #lastCall = new Map<Person, { readonly to: Person; readonly atMs: number }>();
  #running = false;

  constructor(options: RandomLifeOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running = true;
    for (const [index, person] of this.#options.people.entries()) this.#live(person, index);
    this.#nextCall();
  }

  stop(): void {
    this.#running = false;
  }

  #live(person: Person, index: number): void {
    const { chance, plan, later, msc } = this.#options;
    const { onMs, offMs, locationUpdateMs } = plan.life;
    if (chance.happens(offMs / (onMs + offMs))) this.#leave(person);
    else this.#stay(person);
    const update = () => {
      if (!this.#running) return;
      msc.updateLocation(person);
      later.after(locationUpdateMs, update);
    };
    later.after((locationUpdateMs * (index + 1)) / this.#options.people.length, update);
  }

  #stay(person: Person): void {
    const { chance, plan, later } = this.#options;
    later.after(PERIOD_MIN_MS + chance.interval(plan.life.onMs - PERIOD_MIN_MS), () => {
      if (!this.#running) return;
      if (this.#options.isHeld(person)) this.#stay(person);
      else this.#leave(person);
    });
  }

  #leave(person: Person): void {
    const { chance, plan, later, msc } = this.#options;
    const { life } = plan;
    const dice = chance.fraction();
    const how: Leaving =
      dice < life.detached ? 'detached' : dice < life.detached + life.purged ? 'purged' : 'no-coverage';
    msc.leave(person, how);
    later.after(PERIOD_MIN_MS + chance.interval(life.offMs - PERIOD_MIN_MS), () => this.#return(person));
  }

  #return(person: Person): void {
    const { chance, plan, later, msc, isHeld } = this.#options;
    const { life } = plan;
    if (!this.#running) return;
    if (isHeld(person)) return void later.after(PERIOD_MIN_MS, () => this.#return(person));
    if (chance.happens(life.memoryFull)) {
      msc.fillMemory(person);
      later.after(life.memoryFullMs, () => {
        if (this.#running) msc.freeMemory(person);
      });
    }
    msc.comeBack(person);
    this.#stay(person);
  }

  #nextCall(): void {
    const { chance, plan, later } = this.#options;
    later.after(chance.interval(1000 / plan.life.callsPerSecond), () => {
      if (!this.#running) return;
      this.#call();
      this.#nextCall();
    });
  }

  #call(): void {
    const { chance, people, plan, clock, call, isCalling } = this.#options;
    for (let tries = 0; tries < TRIES_MAX; tries++) {
      const index = chance.below(people.length);
      const caller = people[index]!;
      const { toOnePerson } = plan.life;
      const hot = toOnePerson > 0 && chance.happens(toOnePerson);
      const called = hot
        ? people[0]!
        : chance.happens(CALLS_A_FRIEND)
          ? people[(index + 1 + chance.below(FRIENDS)) % people.length]!
          : chance.oneOf(people);
      if (caller === called || caller.handset.radio !== 'on' || isCalling(caller)) continue;
      const last = this.#lastCall.get(caller);
      const now = clock.now();
      if (last?.to === called && now - last.atMs < REDIAL_AFTER_MS) continue;
      this.#lastCall.set(caller, { to: called, atMs: now });
      const ringingMs = chance.around(plan.times.ringingMs);
      call({
        caller,
        called,
        withheld: caller.withheld || chance.happens(WITHHELD_ONCE),
        ending: this.#ending(),
        capPhase: this.#capPhase(),
        ringingMs,
        patienceMs: chance.happens(GONE_BEFORE_ANSWER) ? 0 : PATIENCE_MS * (1 + chance.below(20)),
        nationalNumber: chance.happens(0.5),
        lastReportInEnd: chance.happens(0.5),
      });
      return;
    }
  }

  #capPhase(): CallStory['capPhase'] {
    const { chance, plan } = this.#options;
    const { capPhase3, capPhase4 } = plan.life;
    const dice = chance.fraction();
    if (dice < capPhase3) return 3;
    return dice < capPhase3 + capPhase4 ? 4 : 2;
  }

  #ending(): CallEnding {
    const { chance, plan } = this.#options;
    const { busy, noAnswer, abandoned, abandonedAtOnce } = plan.life;
    const dice = chance.fraction();
    if (dice < busy) return 'busy';
    if (dice < busy + noAnswer) return 'no-answer';
    if (dice < busy + noAnswer + abandoned)
      return chance.happens(abandonedAtOnce) ? 'abandoned-at-once' : 'abandoned';
    return 'answered';
  }
}
