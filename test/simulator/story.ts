/**
 * Stories: people by name, who call one another, switch off, come back and write to us, over CAP and MAP through the whole engine, on
 * virtual time. What is asserted is what stands on their phones, as it came over MAP, and nothing else: each message that a story does
 * not read is a fault.
 */
import assert from 'node:assert/strict';
import type { ServiceOptions } from '../../src/engine/parts.ts';
import { Zones } from '../../src/notice/zones.ts';
import type { CallerLists } from '../../src/rules/capture.ts';
import { defaultServiceClass, type ServiceClass } from '../../src/rules/service-class.ts';
import type { ShortMessage } from '../../src/simulator/handset.ts';
import { type Person, type PersonSettings, person, profileOf } from '../../src/simulator/person.ts';
import { defaultPlan } from '../../src/simulator/plan.ts';
import type { CallEnding, SignalledCall } from '../../src/simulator/ssf/call-story.ts';
import type { SmsAddress } from '../../src/stack/sms/address.ts';
import { timeStampMs } from '../../src/stack/sms/time-stamp.ts';
import { civilOf, msOfCivil } from '../../src/types/civil-time.ts';
import type { Preferences } from '../../src/types/model/preferences.ts';
import type { Profile } from '../../src/types/model/profile.ts';
import { Plant, type PlantOptions } from './plant.ts';

/** What people write to, and what notices come from, so that they can be answered. */
export const SERVICE = '4321';
/** Where the stories take place; a person may live elsewhere. */
const HOME = 'Europe/Berlin';
/** A call with its ringing, or a message, and all that comes of it at once. */
const MOMENT_MS = 8_000;
const MINUTE_MS = 60_000;

const zones = new Zones();

export type Character = Partial<PersonSettings>;

export interface StoryOptions extends Pick<PlantOptions, 'allLanguages' | 'originatingAddress'> {
  /** `2026-06-01 21:00`, at home. */
  readonly at?: string;
  readonly people: Readonly<Record<string, Character>>;
  /** The first is for everybody who names none. */
  readonly classes?: readonly Partial<ServiceClass>[];
  readonly callers?: Partial<CallerLists>;
  readonly service?: (service: ServiceOptions) => ServiceOptions;
}

/** `text` alone, or with who it came from, `{name}` standing for that person's number, and the time of its time stamp on the phone. */
export type Expected =
  | string
  | RegExp
  | { readonly text: string; readonly from?: string; readonly stamp?: string };

export interface CallDetails extends SignalledCall {
  readonly withheld?: boolean;
}

export class Story {
  readonly plant: Plant;
  readonly #people: ReadonlyMap<string, Person>;
  /** Messages that have been read. */
  readonly #read = new Map<Person, number>();
  #calls = 0;

  static async begin(options: StoryOptions): Promise<Story> {
    const story = new Story(options);
    await story.plant.start();
    story.plant.run(MOMENT_MS);
    return story;
  }

  private constructor(options: StoryOptions) {
    const { people, classes, callers, service } = options;
    const { numbers } = defaultPlan;
    this.#people = new Map(
      Object.entries(people).map(([name, settings], index) => [
        name,
        person({
          number: `${numbers.subscriberPrefix}${1_000_001 + index}`,
          imsi: `${numbers.imsiPrefix}${1_000_000_001 + index}`,
          timeZone: HOME,
          ...settings,
        }),
      ]),
    );
    const beginsAtMs = homeMs(options.at ?? '2026-06-01 21:00') - MOMENT_MS;
    this.plant = new Plant({
      seed: 1,
      beginsAtMs,
      // Whole days go by.
      tickMs: 10_000,
      people: [...this.#people.values()],
      // Nothing happens but what the test says.
      scenario: { name: 'story', people: [], story: [], expect: [] },
      plan: { life: { ...defaultPlan.life, busyForShortMessage: 0 } },
      originatingAddress: options.originatingAddress ?? SERVICE,
      ...(options.allLanguages === true ? { allLanguages: true } : {}),
      service: (planned) => {
        const policy = {
          ...planned.policy,
          classes: (classes ?? [{}]).map((change) => ({ ...defaultServiceClass, ...change })),
          callers: { ...planned.policy.callers, ...callers },
        };
        const ruled = { ...planned, policy };
        return service?.(ruled) ?? ruled;
      },
    });
  }

  person(name: string): Person {
    const one = this.#people.get(name);
    assert.ok(one !== undefined, `nobody is called ${name}`);
    return one;
  }

  /** The time at home: `2026-06-01 21:00`. */
  get now(): string {
    return clockAt(this.plant.clock.now(), HOME);
  }

  /** A call, to its end; to a phone that is away it fails for that, whatever it would have come to. */
  calls(from: string, to: string, ending: CallEnding = 'busy', details: CallDetails = {}): void {
    const { withheld, ...signalled } = details;
    const caller = this.person(from);
    const call = this.#calls++;
    this.plant.network.call({
      caller,
      called: this.person(to),
      withheld: withheld ?? caller.withheld,
      ending,
      // The phases of CAP, both forms of a number and both ends of a dialogue, in turn.
      capPhase: ([2, 3, 4] as const)[call % 3]!,
      ringingMs: defaultPlan.times.ringingMs,
      patienceMs: 0,
      nationalNumber: call % 2 === 0,
      lastReportInEnd: call % 2 === 1,
      signalled,
    });
    this.plant.run(MOMENT_MS);
  }

  /** IMSI detach. */
  switchesOff(name: string): void {
    this.plant.network.msc.leave(this.person(name), 'detached');
    this.plant.run(1_000);
  }

  losesCoverage(name: string): void {
    this.plant.network.msc.leave(this.person(name), 'no-coverage');
    this.plant.run(1_000);
  }

  returns(name: string): void {
    this.plant.network.msc.comeBack(this.person(name));
    this.plant.run(MOMENT_MS);
  }

  /** A short message to the service, which has to be acknowledged. */
  texts(name: string, text: string, to = SERVICE): void {
    let taken: boolean | undefined;
    this.plant.network.sendShortMessage(this.person(name), to, text, (ok) => {
      taken = ok;
    });
    this.plant.run(MOMENT_MS);
    assert.equal(taken, true, `${name} could not send: ${text}`);
  }

  /** Answers the last message on the phone, as phones do: to its originator, which has to be a number. */
  replies(name: string, text: string): void {
    const last = this.person(name).handset.inbox.at(-1);
    assert.ok(last?.originator.kind === 'number', `${name} has nothing that can be answered`);
    this.texts(name, text, last.originator.digits);
  }

  /** The operator provisions what has been ordered, by customer care or on a web page. */
  orders(name: string, change: Partial<Profile>): void {
    const one = this.person(name);
    let done = false;
    const profile = { ...profileOf(one), ...change };
    this.plant.engine?.commands.command(one.number, { kind: 'set-profile', profile }, () => {
      done = true;
    });
    this.plant.run(MOMENT_MS);
    assert.ok(done, `what ${name} orders is not durable`);
  }

  prefers(name: string, preferences: Preferences): void {
    this.orders(name, { preferences });
  }

  /** Time goes on until the clock at home shows `at`: `21:30`, or `2026-06-02 07:00`. */
  until(at: string): void {
    const nowMs = this.plant.clock.now();
    const isDay = at.includes('-');
    let untilMs = homeMs(isDay ? at : `${this.now.slice(0, 10)} ${at}`);
    if (!isDay && untilMs < nowMs) untilMs += 24 * 60 * MINUTE_MS;
    assert.ok(untilMs >= nowMs, `it is ${this.now} already`);
    this.plant.run(untilMs - nowMs);
  }

  /** What has come to the phone since it was read last is exactly this, in this order. */
  reads(name: string, ...expected: readonly Expected[]): void {
    const one = this.person(name);
    const since = this.#read.get(one) ?? 0;
    const came = one.handset.inbox.slice(since);
    this.#read.set(one, one.handset.inbox.length);
    const texts = JSON.stringify(
      came.map(({ text }) => text),
      undefined,
      1,
    );
    assert.equal(came.length, expected.length, `${name} has ${came.length} new messages: ${texts}`);
    for (const [index, one] of expected.entries()) this.#compare(came[index]!, one);
  }

  /** Nobody has a message that the story has not told of. */
  over(): void {
    for (const name of this.#people.keys()) this.reads(name);
    assert.equal(this.plant.counters.values.get('shard.quarantined') ?? 0, 0);
  }

  count(counter: string): number {
    return this.plant.counters.values.get(counter) ?? 0;
  }

  #compare({ text, originator, stamp }: ShortMessage, expected: Expected): void {
    if (expected instanceof RegExp) return assert.match(text, expected);
    if (typeof expected === 'string') return assert.equal(text, this.#named(expected));
    assert.equal(text, this.#named(expected.text));
    if (expected.from !== undefined) assert.equal(written(originator), this.#named(expected.from));
    if (expected.stamp !== undefined) {
      // The wall clock of the stamp, as the phone shows it.
      const shownMs = timeStampMs(stamp) + stamp.quarterHours * 15 * MINUTE_MS;
      assert.equal(clockAt(shownMs, 'UTC'), expected.stamp);
    }
  }

  #named(text: string): string {
    return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => `+${this.person(name).number}`);
  }
}

/** As a phone shows a sender: a plus before an international number. */
function written(address: SmsAddress): string {
  if (address.kind === 'alphanumeric') return address.text;
  return address.typeOfNumber === 1 ? `+${address.digits}` : address.digits;
}

function clockAt(atMs: number, timeZone: string): string {
  const localMs = atMs + (zones.offsetMs(timeZone, atMs) ?? 0);
  const { year, month, day, hour, minute } = civilOf(localMs);
  const two = (value: number): string => `${value}`.padStart(2, '0');
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}`;
}

/** An instant of home's clock. */
function homeMs(text: string): number {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = text.split(/[- :]/).map(Number);
  const asUtcMs = msOfCivil({ year, month, day, hour, minute, second: 0 });
  const guessMs = asUtcMs - (zones.offsetMs(HOME, asUtcMs) ?? 0);
  return asUtcMs - (zones.offsetMs(HOME, guessMs) ?? 0);
}
