/**
 * R1: a caller whose number was withheld is asked whether the called party may be told it. The called party's actor tells the
 * caller's of each such call; the number leaves the caller's actor, for the called party's list, with the caller's own yes.
 */
import { verdictOn } from '../rules/capture.ts';
import type { CallMissed, NumberShown, NumberWithheld } from '../types/model/event.ts';
import type { MissedCaller, Notice } from '../types/model/notice.ts';
import type { WithheldCalls } from '../types/model/rule-state.ts';
import type { SelfCareAnswer } from '../types/model/self-care.ts';
import { step } from './delivery.ts';
import type { Draft } from './draft.ts';
import { changeHandedOver } from './hand-over.ts';
import { addLine, type MissedList } from './missed-list.ts';
import { hasService } from './orders.ts';

/** Called parties that one caller is asked about within the time for an answer. */
const QUESTIONS_MAX = 8;
/** Calls of one series that can be shown; of more, the last ones. */
const ATTEMPTS_MAX = 32;

/** B's side: of a number that the network could not give nobody can be asked. */
export function askToShow(draft: Draft, { caller, presentation, attemptedAtMs, reason }: CallMissed): void {
  if (presentation !== 'restricted') return;
  const what = { kind: 'number-withheld', attemptedAtMs, reason } as const;
  draft.emit({ kind: 'tell-subscriber', subscriber: caller, from: draft.next.number, what });
}

/** A's side: asked once for a called party and a series of calls. Who has no service with us, or has stopped all, is not asked. */
export function numberWithheld(draft: Draft, from: string, { attemptedAtMs, reason }: NumberWithheld): void {
  if (!hasService(draft.next.profile)) return;
  draft.forgetWhatIsTooOld();
  const { withheldCalls } = draft.remembered;
  const known = withheldCalls.find(({ subscriber }) => subscriber === from);
  if (known === undefined && withheldCalls.length >= QUESTIONS_MAX) return draft.note('questions');
  // What was answered is over: a call since is a question of its own.
  const open = known !== undefined && known.shownAtMs === 0 ? known : undefined;
  const series: WithheldCalls = {
    subscriber: from,
    attemptsAtMs: [...(open?.attemptsAtMs ?? []), attemptedAtMs].slice(-ATTEMPTS_MAX),
    reason,
    askedAtMs: open?.askedAtMs ?? 0,
    shownAtMs: 0,
  };
  draft.remember({ withheldCalls: [...withheldCalls.filter((one) => one !== known), series] });
  step(draft, 'became-due');
}

/**
 * A says yes. Without a number it has to be clear which call is meant: an answer may cross with another question, so there must
 * have been one alone within the time for an answer.
 */
export function showNumber(
  draft: Draft,
  number: string,
): Pick<SelfCareAnswer, 'kind' | 'number' | 'argument'> {
  draft.forgetWhatIsTooOld();
  const { withheldCalls } = draft.remembered;
  const open = withheldCalls.filter(({ shownAtMs }) => shownAtMs === 0);
  const asked = open.filter(({ askedAtMs }) => askedAtMs > 0);
  if (number === '' && asked.length > 0 && withheldCalls.length > 1)
    return { kind: 'incomplete', argument: 'number' };
  const series = number === '' ? asked[0] : open.find(({ subscriber }) => subscriber === number);
  if (series === undefined) return { kind: 'nothing-to-show' };
  const { subscriber, attemptsAtMs, reason } = series;
  const what = { kind: 'number-shown', attemptsAtMs, reason } as const;
  draft.emit({ kind: 'tell-subscriber', subscriber, from: draft.next.number, what });
  const shown = { ...series, shownAtMs: draft.atMs };
  draft.remember({ withheldCalls: withheldCalls.map((one) => (one === series ? shown : one)) });
  return { kind: 'number-shown', number: subscriber };
}

/** B's side again: calls that wait as of a withheld number are the caller's from now on; those that were told so are told anew. */
export function numberShown(draft: Draft, from: string, { attemptsAtMs, reason }: NumberShown): void {
  const { next, rules, policy } = draft;
  if (next.profile?.missedCalls !== true || attemptsAtMs.length === 0) return;
  const call = { caller: from, presentation: 'allowed', reason } as const;
  const verdict = verdictOn(call, rules, policy.callers, next.number);
  if (verdict !== 'told' && verdict !== 'counted') return draft.noteRule(verdict, { of: from });
  let left = attemptsAtMs;
  const named = (list: MissedList): MissedList => {
    const moved = nameOnList(list, { caller: from, reason }, left, policy.callersMax);
    left = moved.left;
    return moved.list;
  };
  const { hinted, hintedFurther, asked, askedFurther } = draft.remembered;
  const onHint = named({ callers: hinted, furtherCalls: hintedFurther });
  const onDemand = named({ callers: asked, furtherCalls: askedFurther });
  let missed = named({ callers: next.missed, furtherCalls: next.furtherCalls });
  keepAsItWas(draft, left);
  if (left.length > 0) missed = addLine(missed, lineOf(from, reason, left), policy.callersMax);
  if (missed.furtherCalls > next.furtherCalls) draft.note('callers');
  draft.set({ missed: missed.callers, furtherCalls: missed.furtherCalls });
  draft.remember({
    hinted: onHint.callers,
    hintedFurther: onHint.furtherCalls,
    asked: onDemand.callers,
    askedFurther: onDemand.furtherCalls,
  });
  if (rules.digestMinute !== undefined && draft.remembered.waitingSinceMs === 0)
    draft.remember({ waitingSinceMs: draft.atMs });
  step(draft, 'became-due');
}

/**
 * What is on its way with these calls as of a withheld number tells them so: it goes out as it is, and is neither composed anew
 * nor replaced, where the named calls would stand beside them.
 */
function keepAsItWas(draft: Draft, attemptsAtMs: readonly number[]): void {
  const { notice, handedOver } = draft.next;
  const tells = ({ content }: Notice): boolean =>
    content.kind === 'missed-calls' &&
    content.callers.some(
      ({ caller, firstAtMs = Infinity, lastAtMs }) =>
        caller === '' && attemptsAtMs.some((atMs) => atMs >= firstAtMs && atMs <= lastAtMs),
    );
  if (notice !== undefined && tells(notice)) draft.set({ noticeFixed: true });
  if (handedOver !== undefined && tells(handedOver.notice)) changeHandedOver(draft, { replaceable: false });
}

/** Of the calls of withheld numbers on a list, those with these attempts get their caller's name. */
function nameOnList(
  list: MissedList,
  { caller, reason }: Pick<MissedCaller, 'caller' | 'reason'>,
  attemptsAtMs: readonly number[],
  callersMax: number,
): { readonly list: MissedList; readonly left: readonly number[] } {
  const withheld = list.callers.find((line) => line.caller === '' && line.firstAtMs !== undefined);
  if (withheld === undefined) return { list, left: attemptsAtMs };
  const { firstAtMs = 0, lastAtMs, calls } = withheld;
  const isOnLine = (atMs: number) => atMs >= firstAtMs && atMs <= lastAtMs;
  const found = attemptsAtMs.filter(isOnLine).slice(-calls);
  if (found.length === 0) return { list, left: attemptsAtMs };
  const others =
    found.length < calls
      ? list.callers.map((line) => (line === withheld ? { ...line, calls: calls - found.length } : line))
      : list.callers.filter((line) => line !== withheld);
  const without = { callers: others, furtherCalls: list.furtherCalls };
  return {
    list: addLine(without, lineOf(caller, reason, found), callersMax),
    left: attemptsAtMs.filter((atMs) => !isOnLine(atMs)),
  };
}

function lineOf(
  caller: string,
  reason: MissedCaller['reason'],
  attemptsAtMs: readonly number[],
): MissedCaller {
  return { caller, calls: attemptsAtMs.length, lastAtMs: Math.max(...attemptsAtMs), reason };
}
