/** When what is due may be told (N12, N14), and what has become too old for it. */
import type { MissedCaller, MissedCalls, NoticeContent } from '../types/model/notice.ts';
import type { RuleState } from '../types/model/rule-state.ts';
import type { HoldingRule } from '../types/model/ruling.ts';
import type { ZoneSpan } from '../types/zone-span.ts';
import { isQuiet, localDay, nextDayMs, nextMinuteMs, quietUntilMs } from './local-time.ts';
import type { Rules } from './service-class.ts';

/**
 * What a notice is about, as the rules tell it apart. 'urgent': of the missed calls those of callers with priority, while the
 * others are held.
 */
export type Matter = 'missed' | 'urgent' | 'asked' | 'returns' | 'away' | 'show' | 'welcome' | 'answer';

interface Urgency {
  readonly quietHours: boolean;
  readonly digest: boolean;
  readonly cap: boolean;
}

/** Which rules defer what; `returns` may be freed of quiet hours by the service class. */
// biome-ignore format: a row a line
export const deferralTable: Readonly<Record<Matter, Urgency>> = {
  missed:  { quietHours: true,  digest: true,  cap: true  },
  urgent:  { quietHours: false, digest: false, cap: false },
  returns: { quietHours: true,  digest: false, cap: false },
  welcome: { quietHours: true,  digest: false, cap: false },
  away:    { quietHours: true,  digest: false, cap: false },
  // R1: a question that can wait.
  show:    { quietHours: true,  digest: false, cap: true  },
  // Somebody holds the phone and waits for it.
  asked:   { quietHours: false, digest: false, cap: false },
  answer:  { quietHours: false, digest: false, cap: false },
};

/** The first instant from `atMs` on at which a notice about `matter` may go out: `atMs` itself when nothing forbids it. */
export function allowedAtMs(
  matter: Matter,
  rules: Rules,
  state: RuleState,
  zone: ZoneSpan,
  atMs: number,
): number {
  const defers = deferralTable[matter];
  let allowedMs = atMs;
  if (defers.cap && isCapReached(rules, state, zone, atMs)) allowedMs = nextDayMs(atMs, zone);
  if (defers.digest && rules.digestMinute !== undefined && state.waitingSinceMs !== 0)
    allowedMs = Math.max(allowedMs, digestAtMs(rules.digestMinute, state.waitingSinceMs, zone, atMs));
  const { quietHours } = rules;
  if (isHushed(matter, rules) && quietHours !== undefined && isQuiet(allowedMs, zone, quietHours))
    allowedMs = quietUntilMs(allowedMs, zone, quietHours);
  return allowedMs;
}

/** N12: the quiet hours that come next for a notice about `matter` that may go out at `atMs`; undefined: none do. */
export function quietFromMs(matter: Matter, rules: Rules, zone: ZoneSpan, atMs: number): number | undefined {
  const { quietHours } = rules;
  if (quietHours === undefined || !isHushed(matter, rules) || isQuiet(atMs, zone, quietHours))
    return undefined;
  if (quietHours.fromMinute === quietHours.toMinute) return undefined;
  return nextMinuteMs(atMs, zone, quietHours.fromMinute);
}

const isHushed = (matter: Matter, { returnsAtOnce }: Rules): boolean =>
  deferralTable[matter].quietHours && !(matter === 'returns' && returnsAtOnce);

/** The rule that has the last word in {@link allowedAtMs}; undefined: none holds it. */
export function whoHolds(
  matter: Matter,
  rules: Rules,
  state: RuleState,
  zone: ZoneSpan,
  atMs: number,
): HoldingRule | undefined {
  const allowed = (given: Rules): number => allowedAtMs(matter, given, state, zone, atMs);
  const untilMs = allowed(rules);
  if (untilMs <= atMs) return undefined;
  const restless = { ...rules, quietHours: undefined };
  if (allowed(restless) < untilMs) return 'quiet-hours';
  return allowed({ ...restless, digestMinute: undefined }) < untilMs ? 'digest' : 'cap';
}

/** The first digest since the calls wait. The zone is known around now: one that was due days ago is over, whatever its minute. */
function digestAtMs(minute: number, waitingSinceMs: number, zone: ZoneSpan, atMs: number): number {
  const dayAgoMs = atMs - 25 * 3_600_000;
  if (waitingSinceMs < dayAgoMs) return atMs;
  // Of a clock that was set back since: as if they had begun to wait now.
  return nextMinuteMs(Math.min(waitingSinceMs, atMs), zone, minute);
}

function isCapReached({ noticesPerDay }: Rules, state: RuleState, zone: ZoneSpan, atMs: number): boolean {
  return noticesPerDay > 0 && toldToday(state, zone, atMs) >= noticesPerDay;
}

function toldToday({ toldDay, toldOnDay }: RuleState, zone: ZoneSpan, atMs: number): number {
  return toldDay === localDay(atMs, zone) ? toldOnDay : 0;
}

/** N14: one more has arrived. */
export function countTold(state: RuleState, zone: ZoneSpan, atMs: number): Partial<RuleState> {
  return { toldDay: localDay(atMs, zone), toldOnDay: toldToday(state, zone, atMs) + 1 };
}

/** N14: whether the last call of a line is too old to be told. */
export function isExpired({ lastAtMs }: MissedCaller, { expiryMinutes }: Rules, atMs: number): boolean {
  return expiryMinutes > 0 && atMs - lastAtMs > expiryMinutes * 60_000;
}

/** N12: every call of it is of a caller with priority. */
function isUrgent({ callers, furtherCalls }: MissedCalls, { priorityCallers }: Rules): boolean {
  if (priorityCallers.length === 0 || furtherCalls > 0) return false;
  return callers.every(({ caller }) => priorityCallers.includes(caller));
}

/** What a notice is about. A list is only sent to somebody who gets teasers when it was asked for. */
export function matterOf(content: NoticeContent, rules: Rules): Matter {
  switch (content.kind) {
    case 'missed-calls':
      if (rules.teaser) return 'asked';
      return isUrgent(content, rules) ? 'urgent' : 'missed';
    case 'teaser':
      return 'missed';
    case 'returns':
      return 'returns';
    case 'welcome':
      return 'welcome';
    case 'callee-away':
      return 'away';
    case 'show-question':
      return 'show';
    case 'text':
      return 'answer';
  }
}
