/**
 * The judge: knows what happened in the network, and holds every short message that reaches a phone against it. Faults are
 * defined in `verdicts.ts`, what is tolerated in `return-judge.ts`, what counts as reported in `missed-call.ts`.
 */
import { timeStampMs } from '../../stack/sms/time-stamp.ts';
import { LatencyHistogram } from '../../types/latency-histogram.ts';
import type { ShortMessage } from '../handset.ts';
import { isProvisioned, type Person, rulesOf } from '../person.ts';
import type { NetworkTimes } from '../plan.ts';
import { askedAbout, dayBeside, readNotice, type ToldNotice, type ToldReturn } from '../read-notice.ts';
import { type EngineClock, sameClock, sameMinute, wallClock } from '../wall-clock.ts';
import { FiguresJudge } from './figures-judge.ts';
import type { MissedCall } from './missed-call.ts';
import { type LineVerdict, MissedJudge } from './missed-judge.ts';
import { ReturnJudge, type ReturnVerdict } from './return-judge.ts';
import { RuleJudge } from './rule-judge.ts';
import { type FaultKind, Verdicts } from './verdicts.ts';

/** Notices in quick succession have time stamps a second apart each, so that no two are the same message. */
const STAMP_AHEAD_MAX_MS = 60_000;

/** Calls after which what is over is forgotten, and for how long it has to be over: a network runs for days. */
const FORGET_EVERY = 5_000;
const FORGOTTEN_AFTER_MS = 600_000;

/** What of a notice does not depend on its channel. */
export type ReceivedNotice = Pick<ShortMessage, 'text' | 'stamp' | 'atMs' | 'identical' | 'isStampedLate'> & {
  /** N8: it has lain in an inbox since then, until the person read it there: it has disturbed nobody. */
  readonly placedAtMs?: number | undefined;
};
/** Numbers that one person has named, as far as they are kept. */
const NAMED_MAX = 200;

export class Judge {
  readonly verdicts = new Verdicts();
  /** From a return, or memory that is free again, to the first notice. */
  readonly returnToNotice = new LatencyHistogram();
  callsMissed = 0;
  #settled = 0;
  /** Calls told as they should be. */
  callsTold = 0;
  unacknowledged = 0;
  /** Of those: the engine let the call go at the beginning. */
  letGo = 0;
  /** Of those: the engine never answered, so that it may not have been there at all. */
  unanswered = 0;
  absences = 0;
  noticesDelivered = 0;
  notifyMeDelivered = 0;
  right = 0;
  repeated = 0;
  /** Short messages that are no notices, to who has said something. */
  answersDelivered = 0;
  /** R1: whether a withheld number may be shown; nobody here says yes. */
  questionsDelivered = 0;
  /** Notices of which only the numbers were judged. */
  byFigures = 0;
  readonly #times: NetworkTimes;
  readonly #missed: MissedJudge;
  readonly #figures = new FiguresJudge();
  /** Who has ordered something in words of their own, and the numbers that they have named. */
  readonly #ordered = new Map<Person, Set<string>>();
  readonly #unbound = new Set<Person>();
  readonly #returns: ReturnJudge;
  /** A7: of lines that were busy and are free. */
  readonly #lines: ReturnJudge;
  readonly #busyLines = new Set<Person>();
  readonly #rules: RuleJudge;
  readonly #people = new Map<string, Person>();
  /** N13: by the number of a second phone, whose notices come there. */
  readonly #forwarding = new Map<string, Person>();
  /** Since when a person can receive; absent: cannot. */
  readonly #availableSince = new Map<Person, number>();
  /** Returned with something due, not told anything yet. */
  readonly #awaiting = new Map<Person, number>();

  /** Who has said something to the engine. */
  readonly #spoken = new Set<Person>();
  /** R1: who called whom with the number withheld, in vain. */
  readonly #withheldCalls = new Set<string>();
  readonly #engineClock: EngineClock;

  constructor(
    times: NetworkTimes,
    engineClock: EngineClock = sameClock,
    withheld: 'suppress' | 'count' = 'suppress',
  ) {
    this.#times = times;
    this.#engineClock = engineClock;
    this.#missed = new MissedJudge(times.clockSlackMs, engineClock, times.callLateMs);
    this.#rules = new RuleJudge(engineClock, withheld);
    this.#returns = new ReturnJudge(times, engineClock);
    this.#lines = new ReturnJudge(times, engineClock);
  }

  /** This person has said something, and is answered. */
  spoke(person: Person): void {
    this.#spoken.add(person);
  }

  /** This person orders something: from now on it is not known what it has ordered, and nothing is demanded. */
  orders(person: Person, said: string): void {
    const named = this.#ordered.get(person) ?? new Set();
    this.#ordered.set(person, named);
    for (const [digits] of said.matchAll(/\d{5,}/g))
      if (named.size < NAMED_MAX) named.add(digits.replace(/^0+/, ''));
    this.#unbound.add(person);
    for (const call of this.#missed.takeAll(person)) this.#figures.add(call);
    this.#figures.release(person);
    this.#returns.release(person);
    this.#lines.release(person);
  }

  /** People of whom nothing is demanded, as far as there was something to tell. */
  get peopleUnbound(): number {
    return this.#unbound.size;
  }

  #isUnbound(person: Person): boolean {
    return person.judged === 'unbound' || this.#ordered.has(person);
  }

  /** A call of a subscribed person was missed; it is settled later, by `settled`. */
  missed(call: MissedCall): void {
    this.callsMissed++;
    if (!call.shown) this.#withheldCalls.add(`${call.caller.number} ${call.called.number}`);
    if (this.callsMissed % FORGET_EVERY === 0) {
      this.#missed.forget(call.attemptedAtMs - FORGOTTEN_AFTER_MS);
      this.#figures.forget(call.attemptedAtMs - FORGOTTEN_AFTER_MS, (person) => this.#isUnbound(person));
      this.#returns.forget(call.attemptedAtMs - FORGOTTEN_AFTER_MS);
      this.#lines.forget(call.attemptedAtMs - FORGOTTEN_AFTER_MS);
    }
    call.duty = this.#rules.dutyTo(call);
    const { called, caller, reason } = call;
    if (this.#isUnbound(called)) {
      this.#unbound.add(called);
      // What the operator holds back is held back from everybody.
      if (call.duty !== 'withheld' || call.shown) call.duty = 'optional';
    }
    if (this.#isByFigures(called)) this.#figures.add(call);
    else this.#missed.add(call);
    const isOptional = this.#isUnbound(called) || this.#isUnbound(caller);
    const isTold = isOptional || this.#rules.isReturnTold(call);
    if (reason === 'not-reachable' && isTold) this.#returns.add(call, isOptional);
    if (reason === 'busy' && called.lineFree && this.#busyLines.has(called) && isTold)
      this.#lines.add(call, isOptional);
  }

  #isByFigures(person: Person): boolean {
    return person.judged !== 'by-words' || this.#ordered.has(person);
  }

  /** It is known whether the engine took the report. */
  settled(call: MissedCall, certainty: 'certain' | 'maybe' | 'never', atMs: number): void {
    this.#settled++;
    call.certainty = certainty;
    call.settledAtMs = atMs;
    if (certainty !== 'certain') this.unacknowledged++;
    if (certainty === 'never') this.letGo++;
    if (certainty === 'maybe' && !call.answered) this.unanswered++;
  }

  /** N15: the call was answered. */
  spoken(caller: Person, called: Person): void {
    this.#missed.spoken(called, caller);
    this.#figures.spoken(called, caller);
    this.#returns.spoken(called, caller);
    this.#returns.spoken(caller, called);
    this.#lines.spoken(called, caller);
    this.#lines.spoken(caller, called);
  }

  /** A person's line is free from now on, or busy. */
  line(person: Person, free: boolean, atMs: number): void {
    if (free) {
      this.#busyLines.delete(person);
      this.#lines.returned(person, atMs);
    } else {
      this.#busyLines.add(person);
      this.#lines.left(person, atMs);
    }
  }

  /** A person is there from now on, or not. */
  presence(person: Person, there: boolean, atMs: number): void {
    if (!there) this.absences++;
    if (there) this.#returns.returned(person, atMs);
    else this.#returns.left(person, atMs);
  }

  /** A person can take short messages from now on, or not: there, and with room for them. */
  available(person: Person, available: boolean, atMs: number): void {
    if (!available) {
      this.#availableSince.delete(person);
      this.#awaiting.delete(person);
      return;
    }
    this.#people.set(person.number, person);
    const { forwardTo = '' } = person.preferences ?? {};
    if (forwardTo !== '') this.#forwarding.set(forwardTo, person);
    this.#availableSince.set(person, atMs);
    for (const _call of [...this.#missed.due(person), ...this.#figures.due(person)]) {
      this.#awaiting.set(person, atMs);
      break;
    }
  }

  /** Missed calls of which it is not known yet whether the engine took them. */
  get unsettled(): number {
    return this.callsMissed - this.#settled;
  }

  /** Calls and returns that have to be told and were not. */
  get due(): number {
    let count = 0;
    for (const _call of this.#allDueCalls()) count++;
    for (const _return of this.#returns.due()) count++;
    for (const _line of this.#lines.due()) count++;
    return count;
  }

  /** A short message has been put on a phone, or a message of another channel in a mailbox. */
  delivered(phone: Person, message: ReceivedNotice): void {
    const { text, atMs } = message;
    const person = this.#forwarding.get(phone.number) ?? phone;
    const fault = (kind: FaultKind, why: string, times = 1) =>
      this.verdicts.add({ kind, atMs, phone: person.number, why, text }, times);
    const { year, month, day } = message.stamp;
    const notice = readNotice(text, { year, month, day });
    // A text may be written before midnight and stamped after it, or by a clock that is ahead of the centre's.
    const others = message.isStampedLate
      ? [-1, 1].map((days) => readNotice(text, dayBeside({ year, month, day }, days)))
      : [];
    // No two notices to one phone have the same time stamp: these octets are the same notice again.
    if (message.identical) {
      this.repeated++;
      return;
    }
    if (this.#isByFigures(person)) return this.#byFigures({ person, phone }, message, fault);
    if (notice === undefined && this.#spoken.has(phone)) {
      this.answersDelivered++;
      return;
    }
    const about = notice === undefined ? askedAbout(text) : undefined;
    if (about !== undefined) {
      this.questionsDelivered++;
      if (!this.#withheldCalls.has(`${person.number} ${about}`)) fault('rule', 'R1: a question of no call');
      return;
    }
    this.noticesDelivered++;
    if (notice?.kind === 'returns') this.notifyMeDelivered++;
    if (!isProvisioned(person)) return fault('wrong', 'this person has ordered nothing');
    if (notice === undefined) return fault('wrong', 'the text cannot be read');
    const wrong = this.#wrongStamp(person, message);
    if (wrong !== '') return fault('wrong', wrong);
    // What a message centre has, or an inbox, does not know of quiet hours: what counts is when it was given.
    const givenAtMs = message.isStampedLate ? Math.min(atMs, timeStampMs(message.stamp) + 999) : atMs;
    const madeAtMs = message.placedAtMs ?? givenAtMs;
    for (const rule of this.#rules.broken(person, notice, (number) => this.#people.get(number), {
      atMs,
      madeAtMs,
      isFetched: message.placedAtMs !== undefined,
    }))
      fault('rule', rule);
    if (this.#take({ person, phone }, notice, others, atMs, fault)) this.right++;
    this.#noteLatency(phone, atMs);
  }

  /** The run is over: what is due now is lost. */
  close(atMs: number): void {
    for (const call of this.#allDueCalls())
      this.verdicts.add({
        kind: 'lost',
        atMs,
        phone: call.called.number,
        why: `call of ${call.caller.number} (${call.reason}) attempted at ${call.attemptedAtMs} ms, acknowledged at ${call.settledAtMs} ms`,
      });
    for (const { subscriber, caller, attemptedAtMs, returnedAtMs } of [
      ...this.#returns.due(),
      ...this.#lines.due(),
    ])
      this.verdicts.add({
        kind: 'lost',
        atMs,
        phone: caller.number,
        why: `${subscriber.number} is back since ${returnedAtMs} ms, called last at ${attemptedAtMs} ms`,
      });
  }

  /** What is judged whatever the words say. */
  #byFigures(
    { person, phone }: Receiver,
    message: ReceivedNotice,
    fault: (kind: FaultKind, why: string, times?: number) => void,
  ): void {
    const { text, atMs } = message;
    const isUnbound = this.#isUnbound(person);
    const named = this.#ordered.get(person);
    this.noticesDelivered++;
    this.byFigures++;
    const stamp = this.#wrongStamp(person, message);
    const { numbers, told, wrong, doubled } = this.#figures.take(
      person,
      text,
      atMs,
      (number) =>
        this.#returns.knows(number, person) ||
        this.#lines.knows(number, person) ||
        isListed(person, number) ||
        [...(named ?? [])].some((digits) => number.endsWith(digits)),
      isUnbound,
    );
    for (const number of numbers) {
      const subscriber = this.#people.get(number);
      if (subscriber === undefined) continue;
      this.#returns.spoken(subscriber, person);
      this.#lines.spoken(subscriber, person);
    }
    const faults = [...wrong, ...(stamp === '' ? [] : [stamp])];
    if (numbers.length === 0 && !isUnbound) faults.push('it names nobody');
    for (const why of faults) fault('wrong', why);
    if (doubled.length > 0) fault('doubled', `told more often than they called: ${doubled.join(', ')}`);
    const rules =
      named !== undefined ? [] : this.#rules.broken(person, NOTHING_READ, () => undefined, { atMs });
    for (const rule of rules) fault('rule', rule);
    this.callsTold += told.length;
    const late = told.find((call) => this.#isLate({ person, phone }, call.settledAtMs, atMs));
    if (late !== undefined)
      fault('late', `call of ${late.caller.number}, reported at ${late.settledAtMs} ms`);
    if (faults.length + doubled.length + rules.length === 0) this.right++;
    this.#noteLatency(phone, atMs);
  }

  #take(
    { person, phone }: Receiver,
    notice: ToldNotice,
    /** As it may be read, too. */
    others: readonly (ToldNotice | undefined)[],
    atMs: number,
    fault: (kind: FaultKind, why: string, times?: number) => void,
  ): boolean {
    let right = true;
    const wrong = (kind: FaultKind, why: string, times = 1) => {
      right = false;
      fault(kind, why, times);
    };
    if (notice.kind === 'returns') {
      for (const [index, told] of notice.returned.entries()) {
        let verdict = this.#takeReturn(person, told, atMs);
        for (const other of others) {
          if (!verdict.doubled && verdict.wrong === '') break;
          const line = other?.kind === 'returns' ? other.returned[index] : undefined;
          const second = line === undefined ? verdict : this.#takeReturn(person, line, atMs);
          if (!second.doubled && second.wrong === '') verdict = second;
        }
        if (verdict.doubled) wrong('doubled', `the return of ${told.subscriber} was told before`);
        else if (verdict.wrong !== '') wrong('wrong', verdict.wrong);
        else if (this.#isLate({ person, phone }, verdict.returnedAtMs, atMs))
          fault('late', `${told.subscriber} is back since ${verdict.returnedAtMs} ms`);
      }
      return right;
    }
    const calls: MissedCall[] = [];
    for (const [index, line] of notice.callers.entries()) {
      let verdict = this.#missed.take(person, line, atMs);
      for (const other of others) {
        if (verdict.told.length > 0) break;
        const second = other?.kind === 'missed-calls' ? other.callers[index] : undefined;
        if (second !== undefined) verdict = betterOf(verdict, this.#missed.take(person, second, atMs));
      }
      if (verdict.doubled > 0) wrong('doubled', `calls of ${line.caller} were told before`, verdict.doubled);
      if (verdict.wrong !== '') wrong('wrong', verdict.wrong);
      calls.push(...verdict.told);
    }
    if (notice.furtherCalls > 0) {
      const further = this.#missed.takeFurther(person, notice.furtherCalls, atMs);
      calls.push(...further);
      if (further.length < notice.furtherCalls) wrong('wrong', 'there were fewer further calls');
    }
    this.callsTold += calls.length;
    const late = calls.find((call) => this.#isLate({ person, phone }, call.settledAtMs, atMs));
    if (late !== undefined)
      fault('late', `call of ${late.caller.number}, reported at ${late.settledAtMs} ms`);
    return right;
  }

  /** A return, or a line that is free: a notice says both in the same words. */
  #takeReturn(person: Person, told: ToldReturn, atMs: number): ReturnVerdict {
    const returned = this.#returns.take(person, told, atMs);
    if (!returned.doubled && returned.wrong === '') return returned;
    const line = this.#lines.take(person, told, atMs);
    return !line.doubled && line.wrong === '' ? line : line.doubled ? line : returned;
  }

  *#allDueCalls(): Iterable<MissedCall> {
    yield* this.#missed.allDue();
    yield* this.#figures.allDue();
  }

  #isLate({ person, phone }: Receiver, dueAtMs: number, atMs: number): boolean {
    if (dueAtMs === 0 || this.#rules.isHeld(person)) return false;
    const since = Math.max(dueAtMs, this.#availableSince.get(phone) ?? atMs);
    return atMs - since > this.#times.lateAfterMs;
  }

  #wrongStamp(person: Person, { stamp, atMs, isStampedLate }: ReceivedNotice): string {
    const madeAtMs = timeStampMs(stamp);
    const latestMs = isStampedLate ? atMs : this.#engineClock.latestMs(atMs);
    if (madeAtMs > latestMs + STAMP_AHEAD_MAX_MS + this.#times.clockSlackMs)
      return 'its time stamp lies in the future';
    if (!sameMinute(stamp, wallClock(person.timeZone, madeAtMs)))
      return `its time stamp is not in the zone ${person.timeZone}`;
    return '';
  }

  #noteLatency(person: Person, atMs: number): void {
    const since = this.#awaiting.get(person);
    if (since === undefined) return;
    this.#awaiting.delete(person);
    this.returnToNotice.record(atMs - since);
  }
}

/** Whose notice it is, and on whose phone it came. */
interface Receiver {
  readonly person: Person;
  readonly phone: Person;
}

const NOTHING_READ: ToldNotice = { kind: 'missed-calls', callers: [], furtherCalls: 0 };

function isListed(person: Person, number: string): boolean {
  const { watched, mayKnow, callersListed, priorityCallers } = rulesOf(person);
  return [watched, mayKnow, callersListed, priorityCallers].some((list) => list?.includes(number) === true);
}

const betterOf = (one: LineVerdict, other: LineVerdict): LineVerdict => (other.told.length > 0 ? other : one);
