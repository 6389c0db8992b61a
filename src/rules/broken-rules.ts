/**
 * Which rules a notice breaks, found from the notice itself and nothing that composing uses: for the tests, the simulation, and
 * whoever has to explain a notice.
 */
import { civilOf } from '../types/civil-time.ts';
import type { MissedCaller, Notice } from '../types/model/notice.ts';
import type { ZoneSpan } from '../types/zone-span.ts';
import type { CallerLists } from './capture.ts';
import type { Rules } from './service-class.ts';

export interface Circumstances {
  readonly rules: Rules;
  readonly lists: CallerLists;
  /** The subscriber's own number. */
  readonly number: string;
  /** Whose return the subscriber wants to know; undefined: everybody's. */
  readonly watched: readonly string[] | undefined;
  readonly zone: ZoneSpan;
  /** When it was composed. */
  readonly atMs: number;
  /** Notices of missed calls that had arrived on that day in the subscriber's zone. */
  readonly toldThatDay: number;
  /** It answers a request of the subscriber. */
  readonly asked: boolean;
}

/** In words, with the rule's id; empty: none. */
export function brokenRules(notice: Notice, on: Circumstances): string[] {
  const broken: string[] = [];
  const expect = (holds: boolean, what: string): void => {
    if (!holds) broken.push(what);
  };
  const { rules, asked } = on;
  const { content, recipient } = notice;
  const isOfCalls = content.kind === 'missed-calls' || content.kind === 'teaser';
  const { hour, minute } = civilOf(wallClockMs(on));
  const isUrgent =
    content.kind === 'missed-calls' &&
    content.callers.length > 0 &&
    content.callers.every(({ caller }) => rules.priorityCallers.includes(caller));
  const isFreed =
    asked || isUrgent || content.kind === 'text' || (content.kind === 'returns' && rules.returnsAtOnce);
  expect(isFreed || !isWithin(hour * 60 + minute, rules), 'N12: in quiet hours');
  expect(
    !(isOfCalls || content.kind === 'show-question') ||
      asked ||
      isUrgent ||
      rules.noticesPerDay === 0 ||
      on.toldThatDay < rules.noticesPerDay,
    'N14: beyond the cap of the day',
  );
  expect(
    content.kind !== 'missed-calls' || !rules.teaser || asked,
    'N9: a list that was not asked for, instead of a hint',
  );
  const goesElsewhere = rules.forwardTo !== '' && (content.kind === 'returns' || (isOfCalls && !asked));
  expect(recipient === (goesElsewhere ? rules.forwardTo : on.number), 'N13: to the wrong number');
  if (content.kind === 'returns')
    for (const { subscriber } of content.returned)
      expect(on.watched?.includes(subscriber) !== false, 'K2: the return of somebody who is not watched');
  if (content.kind === 'callee-away') {
    const { subscriber, reason } = content;
    expect(rules.ownCallCauses.includes(reason), 'K4: a cause that is not told');
    expect(on.watched?.includes(subscriber) !== false, 'K4: of somebody who is not watched');
  }
  if (content.kind !== 'missed-calls') return broken;
  expect(
    rules.aggregation !== 'per-caller' || asked || content.callers.length <= 1,
    'N4: several callers in one notice',
  );
  const expectedOriginator = rules.aggregation === 'per-caller' && !asked ? content.callers[0]?.caller : '';
  expect((notice.originator ?? '') === (expectedOriginator ?? ''), 'N4: from the wrong number');
  for (const line of content.callers) expectLine(line, on, expect);
  return broken;
}

function expectLine(
  { caller, reason, lastAtMs }: MissedCaller,
  { rules, lists, atMs, asked }: Circumstances,
  expect: (holds: boolean, what: string) => void,
): void {
  const mine = rules.callersListed.includes(caller);
  expect(rules.reasons.includes(reason), 'C5: a reason that is not told');
  expect(rules.callerFilter !== 'block-listed' || !mine, 'R3: a caller who is blocked');
  expect(rules.callerFilter !== 'only-listed' || mine || caller === '', 'R3: a caller who is not listed');
  const begins = (pattern: string) =>
    pattern.endsWith('*') ? caller.startsWith(pattern.slice(0, -1)) : caller === pattern;
  expect(!lists.blocked.some(begins), 'R3: a caller who is blocked for everybody');
  expect(!lists.excluded.some(begins), 'R4: a caller who is excluded');
  const isMailboxed = rules.mailbox === 'instead' && !['abandoned', 'barred'].includes(reason);
  expect(!isMailboxed, 'R7: a call that the mailbox took');
  expect(caller !== '' || rules.withheld !== 'suppress', 'R1: a withheld number');
  const tooOldMs = rules.expiryMinutes * 60_000;
  // What was hinted at in time can be asked for for a day.
  expect(asked || tooOldMs === 0 || atMs - lastAtMs <= tooOldMs, 'N14: a call that is too old');
}

function wallClockMs({ zone, atMs }: Circumstances): number {
  const isChanged = zone.changesAtMs > 0 && atMs >= zone.changesAtMs;
  return atMs + (isChanged ? zone.thenOffsetMs : zone.offsetMs);
}

function isWithin(minute: number, { quietHours }: Rules): boolean {
  if (quietHours === undefined) return false;
  const length = (quietHours.toMinute - quietHours.fromMinute + 1440) % 1440;
  return (minute - quietHours.fromMinute + 1440) % 1440 < length;
}
