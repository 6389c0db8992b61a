import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Zones } from '../../src/notice/zones.ts';
import { brokenRules } from '../../src/rules/broken-rules.ts';
import { localDay } from '../../src/rules/local-time.ts';
import { defaultServiceClass, rulesOf } from '../../src/rules/service-class.ts';
import { brokenInvariants } from '../../src/subscriber/invariants.ts';
import { defaultSubscriberPolicy, type SubscriberPolicy } from '../../src/subscriber/policy.ts';
import { reduce } from '../../src/subscriber/reduce.ts';
import { zoneWanted } from '../../src/subscriber/zone-wanted.ts';
import type { EventKind } from '../../src/types/model/event.ts';
import type { Notice } from '../../src/types/model/notice.ts';
import type { Preferences } from '../../src/types/model/preferences.ts';
import type { Profile } from '../../src/types/model/profile.ts';
import { initialState, type SubscriberState } from '../../src/types/model/state.ts';
import { partitionOf } from '../../src/types/partition.ts';
import { randomBelow, SeededRandom } from '../../src/types/random.ts';
import { utc } from '../../src/types/zone-span.ts';
import { decodeState, encodeState } from '../../src/wire/state.ts';

const NUMBER = '491511000001';
const OTHERS = ['491511000002', '491511000003', '491511000004', '49112', '882001'];
const partition = partitionOf(NUMBER);
const zones = new Zones();
/** A day before clocks are put back in Europe. */
const BEGINNING_MS = Date.parse('2026-10-24T00:00:00Z');

class Life {
  readonly #random: SeededRandom;
  readonly policy: SubscriberPolicy;
  state: SubscriberState = initialState(NUMBER);
  atMs = BEGINNING_MS;
  sequence = 0;
  /** One for a life: a day that begins anew in another zone has another count. */
  readonly #timeZone: string;
  /** Notices of missed calls that arrived, by the local day. */
  readonly #told = new Map<number, number>();
  /** Callers on the list that is asked for, before the event. */
  #asked: readonly string[] = [];
  /** The notice on its way is of that list. */
  #isAskedOnItsWay = false;
  /** R1: whose number was shown with a call, or whose owner has said yes since. */
  readonly #shown = new Set<string>();
  questionsSeen = 0;
  noticesSeen = 0;
  heldSeen = 0;

  constructor(seed: number) {
    this.#random = new SeededRandom(seed);
    this.#timeZone = this.#one(['Europe/Berlin', 'America/New_York', 'Asia/Kolkata']);
    const serviceClass = {
      ...defaultServiceClass,
      withheld: this.#one(['suppress', 'count', 'ask', 'ask']),
      returnsAtOnce: this.#oneIn(3),
      calleeAway: this.#oneIn(2),
      causesForCallers: this.#one([[], ['busy', 'no-answer', 'network']]),
      welcome: this.#oneIn(2),
      spokenBothWays: this.#oneIn(2),
      precedence: this.#one(['both', 'called', 'caller']),
      noticesPerDayMax: this.#one([0, 0, 3]),
    } as const;
    const callers = { excluded: ['49112'], blocked: ['882*'] };
    this.policy = { ...defaultSubscriberPolicy, classes: [serviceClass], callers, callersPerNotice: 2 };
  }

  /** What does not hold of the next event, in words. */
  live(): string[] {
    const fires = this.state.deadlineAtMs > 0 && this.#oneIn(2);
    this.atMs = fires
      ? Math.max(this.atMs, this.state.deadlineAtMs)
      : this.atMs + this.#below(this.#one([1_000, 600_000, 7_200_000]));
    const what = fires
      ? ({ kind: 'timer-fired', generation: this.state.deadlineGeneration } as const)
      : this.#event();
    const name = zoneWanted(this.state, what, this.policy.classes);
    const zone = name === undefined ? undefined : zones.spanAt(name, this.atMs)!;
    const event = { subscriber: NUMBER, atMs: this.atMs, what, ...(zone === undefined ? {} : { zone }) };
    const before = this.state;
    if (what.kind === 'call-missed' && what.presentation === 'allowed') this.#shown.add(what.caller);
    if (what.kind === 'told' && what.what.kind === 'number-shown') this.#shown.add(what.from);
    const askable = what.kind === 'list-asked' ? [...before.missed, ...(before.rules?.hinted ?? [])] : [];
    const onItsWay = before.notice?.content;
    // What failed is asked for still where only who asks is told.
    const isAsked = this.#isAskedOnItsWay && rulesOf(before.profile, this.policy.classes).teaser;
    const inHand = isAsked && onItsWay?.kind === 'missed-calls' ? onItsWay.callers : [];
    this.#asked = [...(before.rules?.asked ?? []), ...askable, ...inHand].map(({ caller }) => caller);
    this.#countDelivery(what, zone ?? utc);
    const { state, effects } = reduce(before, event, partition, ++this.sequence, this.policy);
    this.state = state;
    if (state.delivery === 'held') this.heldSeen++;
    const found = brokenInvariants(state);
    const again = decodeState(encodeState(state));
    if (!again.ok) found.push('the state cannot be read again');
    for (const effect of effects) {
      if (effect.kind !== 'send-notice') continue;
      const isNew = before.notice?.id.sequence !== effect.notice.id.sequence;
      if (isNew) found.push(...this.#judge(effect.notice, zone ?? utc));
    }
    return found;
  }

  #judge(notice: Notice, zone: typeof utc): string[] {
    const { profile } = this.state;
    if (profile === undefined) return ['a notice to somebody who has ordered nothing'];
    const rules = rulesOf(profile, this.policy.classes);
    this.noticesSeen++;
    const { content } = notice;
    if (
      content.kind === 'missed-calls' &&
      content.callers.some(({ caller }) => caller !== '' && !this.#shown.has(caller))
    )
      return ['R1: a number that was withheld'];
    if (content.kind === 'show-question') this.questionsSeen++;
    this.#isAskedOnItsWay =
      content.kind === 'missed-calls' &&
      content.callers.length > 0 &&
      content.callers.every(({ caller }) => this.#asked.includes(caller));
    const { watched } = profile.preferences ?? {};
    return brokenRules(notice, {
      rules,
      lists: this.policy.callers,
      number: NUMBER,
      watched: profile.notifyMe === 'always' ? undefined : (watched ?? []),
      zone,
      atMs: this.atMs,
      toldThatDay: this.#told.get(localDay(this.atMs, zone)) ?? 0,
      asked: this.#isAskedOnItsWay,
    });
  }

  #countDelivery(what: EventKind, zone: typeof utc): void {
    const { notice, trying } = this.state;
    if (what.kind !== 'notice-outcome' || what.result !== 'delivered' || notice === undefined) return;
    if (trying === undefined || what.effect.sequence !== trying.sequence) return;
    const { kind } = notice.content;
    const rules = rulesOf(this.state.profile, this.policy.classes);
    if (kind !== 'teaser' && (kind !== 'missed-calls' || rules.teaser)) return;
    // A cap counts from when it is ordered.
    if (rules.noticesPerDay === 0) return;
    const day = localDay(this.atMs, zone);
    this.#told.set(day, (this.#told.get(day) ?? 0) + 1);
  }

  #event(): EventKind {
    const outcome = {
      effect: this.state.trying ?? { partition, sequence: 1, index: 0 },
      result: this.#one([
        'delivered',
        'delivered',
        'absent',
        'memory-full',
        'temporary',
        'permanent',
      ] as const),
      onWaitingList: this.#oneIn(2),
      storedAs: '',
      startedAtMs: this.atMs - this.#below(1_000),
      detail: '',
    };
    if (this.state.trying !== undefined && !this.#oneIn(3))
      return this.state.notice === undefined
        ? { kind: 'reachability-outcome', ...outcome }
        : { kind: 'notice-outcome', ...outcome, partsDelivered: 0, uncertain: this.#oneIn(6) };
    const caller = this.#one(OTHERS);
    const tell = { attemptedAtMs: this.atMs - 10, awaySinceMs: this.atMs - 10 };
    return this.#one<EventKind>([
      this.#missed(caller),
      this.#missed(caller),
      { kind: 'call-answered', callKey: Uint8Array.of(200), caller },
      { kind: 'call-obstructed', caller, attemptedAtMs: this.atMs - 10, cause: 42 },
      { kind: 'subscriber-reachable', source: 'alert' },
      { kind: 'subscriber-reachable', source: 'alert' },
      { kind: 'list-asked', answerToken: 0 },
      {
        kind: 'self-care',
        command: { kind: 'show-number', number: this.#one(['', caller]) },
        way: 'ussd',
        answerToken: 0,
      },
      this.#oneIn(4) || this.state.profile === undefined
        ? {
            kind: 'admin-command',
            command: { kind: 'set-profile', profile: this.#profile() },
            answerToken: 0,
          }
        : { kind: 'subscriber-unreachable', source: 'alert' },
      {
        kind: 'told',
        source: { partition: 3, sequence: this.sequence, index: 0 },
        from: caller,
        what: this.#one([
          { kind: 'return-watched', ...tell },
          { kind: 'callee-returned', ...tell, returnedAtMs: this.atMs },
          {
            kind: 'callee-away',
            attemptedAtMs: this.atMs - 10,
            reason: this.#one(['busy', 'not-reachable', 'network']),
            ownMessage: '',
          },
          { kind: 'spoken', atMs: this.atMs - 10 },
          { kind: 'number-withheld', attemptedAtMs: this.atMs - 10, reason: 'busy' },
          { kind: 'number-withheld', attemptedAtMs: this.atMs - 10, reason: 'no-answer' },
          {
            kind: 'number-shown',
            attemptsAtMs: [this.atMs - this.#below(100_000), this.atMs - 10],
            reason: 'busy',
          },
        ]),
      },
    ]);
  }

  #missed(caller: string): EventKind {
    return {
      kind: 'call-missed',
      callKey: Uint8Array.of(this.sequence & 0xff, this.sequence >> 8),
      caller,
      presentation: this.#one(['allowed', 'allowed', 'restricted']),
      attemptedAtMs: this.atMs - this.#below(2_000),
      reason: this.#one(['busy', 'no-answer', 'not-reachable', 'abandoned', 'barred']),
      cause: 20,
      answerToken: 0,
    };
  }

  #profile(): Profile {
    const hours = { fromMinute: this.#below(1440), toMinute: this.#below(1440) };
    const some = () => OTHERS.filter(() => this.#oneIn(2));
    const preferences: Preferences = {
      ...(this.#oneIn(2) ? { quietHours: hours } : {}),
      ...(this.#oneIn(4) ? { digestMinute: this.#below(1440) } : {}),
      ...(this.#oneIn(3) ? { noticesPerDay: this.#below(3) } : {}),
      ...(this.#oneIn(3) ? { expiryMinutes: this.#one([1, 60, 600]) } : {}),
      ...(this.#oneIn(3) ? { aggregation: 'per-caller' } : {}),
      ...(this.#oneIn(4) ? { teaser: true } : {}),
      ...(this.#oneIn(3) ? { reasons: ['busy', 'not-reachable'] } : {}),
      ...(this.#oneIn(4) ? { forwardTo: OTHERS[0]! } : {}),
      callerFilter: this.#one(['none', 'none', 'block-listed', 'only-listed']),
      returnPrivacy: this.#one(['everyone', 'listed', 'nobody']),
      mailbox: this.#one(['none', 'none', 'instead']),
      ...(this.#oneIn(2) ? { ownCallCauses: ['busy', 'network'] } : {}),
      callersListed: some(),
      mayKnow: some(),
      watched: some(),
    };
    return {
      missedCalls: !this.#oneIn(6),
      notifyMe: this.#one(['off', 'listed', 'always']),
      language: 'en',
      timeZone: this.#timeZone,
      preferences,
    };
  }

  #below(limit: number): number {
    return randomBelow(this.#random, limit);
  }

  #oneIn(count: number): boolean {
    return this.#below(count) === 0;
  }

  #one<const T>(of: readonly T[]): T {
    return of[this.#below(of.length)]!;
  }
}

test('K4 N4 N9 N12 N13 N14 R1 R3 R4 R7 C5 K2 property: whatever happens, no notice breaks a rule that is in force when it is composed', (t) => {
  let notices = 0;
  let held = 0;
  let questions = 0;
  for (let seed = 1; seed <= 400; seed++) {
    const life = new Life(seed);
    for (let event = 1; event <= 250; event++)
      assert.deepEqual(life.live(), [], `seed ${seed}, event ${event}: ${JSON.stringify(life.state)}`);
    notices += life.noticesSeen;
    held += life.heldSeen;
    questions += life.questionsSeen;
  }
  t.diagnostic(`${notices} notices, held after ${held} events, ${questions} questions`);
  assert.ok(notices > 4_000 && held > 1_000 && questions > 100);
});
