/** Calls as the journal tells of them: which wait, which notice tells which, and what becomes of each. */
import type { CallMissed, NumberShown } from '../types/model/event.ts';
import type { JournalEntry } from '../types/model/journal.ts';
import type { MissedCaller, Notice } from '../types/model/notice.ts';
import type { Ruled, Ruling } from '../types/model/ruling.ts';
import type { SubscriberState } from '../types/model/state.ts';
import type { CallFate, CallStory, Held } from './story.ts';
import { callIdOf } from './triggers.ts';

/** How a call stands. */
export interface Call {
  readonly id: string;
  readonly what: CallMissed;
  readonly reportedAtMs: number;
  verdict: CallStory['verdict'];
  readonly callerNotTold: boolean;
  readonly held: Held[];
  readonly notices: string[];
  /** The notice that has it now. */
  notice: string | undefined;
  /** Undefined: open. */
  fate: CallFate | undefined;
  /** What the fate is if no notice that is on its way already arrives. */
  settled: CallFate | undefined;
}

const NOT_TOLD: ReadonlySet<Ruled> = new Set([
  'own-call',
  'reason',
  'mailbox',
  'withheld',
  'excluded',
  'blocked',
  'not-listed',
  'no-service',
]);

/** As a line names the caller: empty where the number is withheld. */
const nameOf = ({ what, verdict }: Call): string => (verdict === 'counted' ? '' : what.caller);

export class CallLedger {
  readonly #calls: Call[] = [];

  get all(): readonly Call[] {
    return this.#calls;
  }

  /** Takes in a call that failed, as it was ruled. */
  missed(entry: JournalEntry, what: CallMissed): void {
    const { atMs } = entry.event;
    const ruled = entry.ruled ?? [];
    const against = ruled.find(({ rule }) => NOT_TOLD.has(rule));
    const before = this.#calls.find((call) => sameOctets(call.what.callKey, what.callKey));
    const isWithheld = what.presentation !== 'allowed' || what.caller === '';
    const told = isWithheld ? 'counted' : 'told';
    this.#calls.push({
      id: callIdOf(entry),
      what,
      reportedAtMs: atMs,
      verdict: against === undefined ? told : 'not-told',
      callerNotTold: ruled.some(({ rule }) => rule === 'precedence'),
      held: [],
      notices: [],
      notice: undefined,
      fate:
        against !== undefined
          ? { kind: 'not-told', rule: against.rule, atMs }
          : before && { kind: 'repeated', call: before.id },
      settled: undefined,
    });
  }

  /** What the rules said at an event of calls that waited. */
  rule({ rule, of, by, untilMs = 0 }: Ruling, atMs: number, lastTry: string | undefined): void {
    switch (rule) {
      case 'held':
        for (const call of this.#open())
          if (call.notice === undefined)
            call.held.push({ atMs, untilMs, ...(by === undefined ? {} : { by }) });
        return;
      case 'given-up':
        for (const call of this.#open())
          call.fate = { kind: 'not-told', rule, atMs, ...(lastTry === undefined ? {} : { lastTry }) };
        return;
      case 'expired':
      case 'orders':
      case 'settled':
      case 'precedence':
        for (const call of this.#open()) {
          if (nameOf(call) !== of || call.reportedAtMs >= atMs) continue;
          const fate: CallFate = { kind: 'not-told', rule, atMs };
          if (call.notice === undefined) call.fate = fate;
          else call.settled ??= fate;
        }
        return;
      default:
    }
  }

  /** A notice was composed: which calls it tells of. */
  composed(notice: string, { content }: Notice): readonly string[] {
    const open = this.#open();
    let told: readonly Call[] = [];
    if (content.kind === 'teaser') told = open;
    else if (content.kind === 'missed-calls') {
      const named = open.filter((call) => content.callers.some((line) => isOn(line, call)));
      const others = open.filter((call) => !named.includes(call)).slice(0, content.furtherCalls);
      told = [...named, ...others];
    }
    for (const call of told) {
      call.notice = notice;
      call.notices.push(notice);
    }
    return told.map(({ id }) => id);
  }

  /** R1: the caller lets these calls be told with the number: they are on the list anew. */
  shown(caller: string, { attemptsAtMs }: NumberShown): void {
    for (const call of this.#calls) {
      if (call.what.caller !== caller || call.verdict !== 'counted') continue;
      if (!attemptsAtMs.includes(call.what.attemptedAtMs)) continue;
      call.verdict = 'told';
      if (call.fate?.kind !== 'told' && call.fate?.kind !== 'hinted' && call.fate !== undefined) continue;
      call.fate = undefined;
      call.notice = undefined;
    }
  }

  /** What a notice said is on the lists again, save what has been settled meanwhile. */
  takenBack(notice: string): void {
    for (const call of this.#open()) {
      if (call.notice !== notice) continue;
      call.notice = undefined;
      if (call.settled !== undefined) call.fate = call.settled;
    }
  }

  /** N8: nobody has read it: what it said is on the lists again. */
  unread(notice: string): void {
    for (const call of this.#calls)
      if (call.fate?.kind === 'told' && call.fate.notice === notice) call.fate = undefined;
  }

  arrived(notice: string, isHint: boolean, atMs: number): void {
    for (const call of this.#calls) {
      if (call.notice !== notice || (call.fate !== undefined && call.fate.kind !== 'hinted')) continue;
      call.notice = undefined;
      call.fate = { kind: isHint ? 'hinted' : 'told', notice, atMs };
    }
  }

  /** As it all stands now. */
  stories(state: SubscriberState | undefined): CallStory[] {
    return this.#calls.map((call) => {
      const { id, what, reportedAtMs, verdict, callerNotTold, held, notices } = call;
      const { attemptedAtMs, caller, presentation, reason, cause, message } = what;
      return {
        id,
        attemptedAtMs,
        reportedAtMs,
        caller,
        presentation,
        reason,
        cause,
        ...(message === undefined ? {} : { message }),
        verdict,
        ...(callerNotTold ? { callerNotTold: true as const } : {}),
        held,
        notices,
        fate: call.fate ?? presentFate(call, state),
      };
    });
  }

  /** Calls that may still be told, also those that were only hinted at. */
  #open(): Call[] {
    return this.#calls.filter(({ fate }) => fate === undefined || fate.kind === 'hinted');
  }
}

function presentFate(call: Call, state: SubscriberState | undefined): CallFate {
  if (call.notice !== undefined) return { kind: 'under-way', notice: call.notice };
  if (state === undefined || !waits(call, state)) return call.settled ?? { kind: 'unknown' };
  return { kind: 'waiting', state: state.delivery, untilMs: state.deadlineAtMs };
}

function waits(call: Call, { missed, furtherCalls, rules }: SubscriberState): boolean {
  const lines = [...missed, ...(rules?.hinted ?? []), ...(rules?.asked ?? [])];
  const further = furtherCalls + (rules?.hintedFurther ?? 0) + (rules?.askedFurther ?? 0);
  return further > 0 || lines.some((line) => isOn(line, call));
}

function isOn(line: MissedCaller, call: Call): boolean {
  return line.caller === nameOf(call) && call.what.attemptedAtMs <= line.lastAtMs;
}

function sameOctets(a: Uint8Array, b: Uint8Array): boolean {
  return a.length > 0 && a.length === b.length && a.every((octet, index) => octet === b[index]);
}
