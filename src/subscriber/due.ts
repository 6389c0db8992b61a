/** What a subscriber may be told now, and until when the rules hold the rest. */
import { mayBeTold } from '../rules/capture.ts';
import type { Rules } from '../rules/service-class.ts';
import { allowedAtMs, isExpired, type Matter, matterOf, quietFromMs, whoHolds } from '../rules/telling.ts';
import type { MissedCaller, Notice } from '../types/model/notice.ts';
import { NO_RULE_STATE, type RuleState, type WithheldCalls } from '../types/model/rule-state.ts';
import type { HoldingRule } from '../types/model/ruling.ts';
import type { SubscriberState } from '../types/model/state.ts';
import type { ZoneSpan } from '../types/zone-span.ts';
import type { SubscriberPolicy } from './policy.ts';

/** A state, the rules in force for it, and the time. */
export interface Situation {
  readonly next: SubscriberState;
  readonly rules: Rules;
  readonly policy: SubscriberPolicy;
  readonly zone: ZoneSpan;
  readonly atMs: number;
}

/** N9: so long a list can be asked for after the hint. */
const HINTED_FOR_MS = 24 * 3_600_000;
/** K4, K6: what is told later than this is of no use to the caller. */
const AWAY_FOR_MS = 600_000;

/** In the order in which they are told. */
const matters: readonly Matter[] = [
  'answer',
  'welcome',
  'asked',
  'away',
  'show',
  'missed',
  'urgent',
  'returns',
];

export const ruleStateOf = ({ rules }: SubscriberState): RuleState => rules ?? NO_RULE_STATE;

/** What may be told now; undefined: nothing. */
export function matterDue(situation: Situation): Matter | undefined {
  for (const matter of matters)
    if (isWaiting(matter, situation) && isAllowed(matter, situation)) return matter;
  return undefined;
}

/** Whether the rules let it be told now. */
export function isAllowed(matter: Matter, situation: Situation): boolean {
  return whenAllowed(matter, situation) <= situation.atMs;
}

/** Until when a notice that is to go out once more, with the same octets, is held; 0: it is not. */
export function noticeHeldUntilMs(situation: Situation, notice: Notice): number {
  const allowedMs = whenAllowed(matterOf(notice.content, situation.rules), situation);
  return allowedMs > situation.atMs ? allowedMs : 0;
}

/** From when on a notice that may go out now is not to go out; for an effect. */
export function beforeQuiet({ rules, zone, atMs }: Situation, notice: Notice): { quietFromMs?: number } {
  const fromMs = quietFromMs(matterOf(notice.content, rules), rules, zone, atMs);
  return fromMs === undefined ? {} : { quietFromMs: fromMs };
}

/** Until when all that waits to be told is held; 0: nothing waits, or some of it may be told now. */
export function heldUntilMs(situation: Situation): number {
  let untilMs = 0;
  for (const matter of matters) {
    if (!isWaiting(matter, situation)) continue;
    const allowedMs = whenAllowed(matter, situation);
    if (allowedMs <= situation.atMs) return 0;
    if (untilMs === 0 || allowedMs < untilMs) untilMs = allowedMs;
  }
  return untilMs;
}

/** Which rule holds a notice, or else what waits to be told and may be told first. */
export function holdingRule(situation: Situation, notice: Notice | undefined): HoldingRule | undefined {
  const { next, rules, zone, atMs } = situation;
  const held =
    notice === undefined
      ? matters.filter((matter) => isWaiting(matter, situation))
      : [matterOf(notice.content, rules)];
  const [first] = held.sort((a, b) => whenAllowed(a, situation) - whenAllowed(b, situation));
  return first === undefined ? undefined : whoHolds(first, rules, ruleStateOf(next), zone, atMs);
}

function whenAllowed(matter: Matter, { next, rules, zone, atMs }: Situation): number {
  return allowedAtMs(matter, rules, ruleStateOf(next), zone, atMs);
}

function isWaiting(matter: Matter, { next, rules }: Situation): boolean {
  switch (matter) {
    case 'missed':
      return next.missed.length > 0 || next.furtherCalls > 0;
    case 'urgent':
      return rules.priorityCallers.length > 0 && urgentLines({ next, rules }).length > 0;
    case 'returns':
      return next.returns.length > 0;
    case 'asked':
      return next.rules !== undefined && (next.rules.asked.length > 0 || next.rules.askedFurther > 0);
    case 'away':
      return next.rules !== undefined && next.rules.away.length > 0;
    case 'show':
      return next.rules?.withheldCalls.some(isToBeAsked) === true;
    case 'welcome':
      return next.rules?.welcome === 'due';
    case 'answer':
      return next.selfCare !== undefined && next.selfCare.texts.length > 0;
  }
}

/** R1: the question has not gone out yet. */
export const isToBeAsked = ({ askedAtMs, shownAtMs }: WithheldCalls): boolean =>
  askedAtMs === 0 && shownAtMs === 0;

/** N12: what callers with priority are waiting to have told. */
export function urgentLines({ next, rules }: Pick<Situation, 'next' | 'rules'>): readonly MissedCaller[] {
  return next.missed.filter(({ caller }) => rules.priorityCallers.includes(caller));
}

export interface Forgotten {
  readonly change: Partial<SubscriberState>;
  /** Whose lines of missed calls were too old. */
  readonly expired: readonly string[];
  /** Of whose absence this caller would have been told too late. */
  readonly late: readonly string[];
}

/** N14, N9, K4: what has become too old to be told; undefined: nothing. */
export function whatIsTooOld(situation: Situation): Forgotten | undefined {
  const { next, rules, atMs } = situation;
  if (rules.expiryMinutes === 0 && next.rules === undefined) return undefined;
  const ruled = ruleStateOf(next);
  const isFresh = (line: MissedCaller): boolean => !isExpired(line, rules, atMs);
  const missed = kept(next.missed, isFresh);
  const isHintOver = ruled.hintedAtMs !== 0 && atMs - ruled.hintedAtMs > HINTED_FOR_MS;
  const hinted = isHintOver ? NO_RULE_STATE.hinted : ruled.hinted;
  const mayTellAway = whenAllowed('away', situation) <= atMs;
  const away = kept(ruled.away, ({ attemptedAtMs }) => mayTellAway && atMs - attemptedAtMs <= AWAY_FOR_MS);
  const withheldCalls = kept(
    ruled.withheldCalls,
    ({ attemptsAtMs }) => atMs - (attemptsAtMs.at(-1) ?? 0) <= rules.showHours * 3_600_000,
  );
  const isAsOrdered = away === ruled.away && withheldCalls === ruled.withheldCalls;
  if (missed === next.missed && !isHintOver && isAsOrdered) return undefined;
  const over = isHintOver ? { hinted, hintedFurther: 0, hintedAtMs: 0 } : {};
  return {
    change: {
      missed,
      ...(next.rules === undefined ? {} : { rules: { ...ruled, ...over, away, withheldCalls } }),
    },
    expired: [...gone(next.missed, missed), ...gone(ruled.hinted, hinted)].map(({ caller }) => caller),
    late: gone(ruled.away, away).map(({ subscriber }) => subscriber),
  };
}

/** Those that are left out. */
export const gone = <T>(before: readonly T[], after: readonly T[]): readonly T[] =>
  before === after ? [] : before.filter((one) => !after.includes(one));

/** Lines that may be told by the rules in force now; the same list when all of them may. */
export function tellableLines(
  lines: readonly MissedCaller[],
  { rules, policy }: Situation,
): readonly MissedCaller[] {
  return kept(lines, (line) => mayBeTold(line, rules, policy.callers));
}

/** As `filter`, and the same list when nothing is left out. */
export function kept<T>(list: readonly T[], holds: (one: T) => boolean): readonly T[] {
  return list.every(holds) ? list : list.filter(holds);
}
