/**
 * R6: a number is erased. Its own actor forgets all that it knows; the others take it from their lists. What is on its way to
 * a handset, or may have arrived in part, stays until that has ended: what is sent again must be the same octets.
 */

import type { HandedOver } from '../types/model/handed-over.ts';
import type { NoticeContent } from '../types/model/notice.ts';
import type { Preferences } from '../types/model/preferences.ts';
import { changedSelfCare, initialState } from '../types/model/state.ts';
import type { Draft } from './draft.ts';
import { kept } from './due.ts';
import { cancelHandedOver } from './hand-over.ts';
import { changeEntries, withoutLines } from './inbox-lines.ts';
import { forgetLineAwaited } from './line.ts';
import type { MissedList } from './missed-list.ts';
import { putBackContent } from './taken-back.ts';

export function forgetNumber(draft: Draft, number: string): void {
  if (number === draft.next.number) forgetAll(draft);
  else forgetOther(draft, number);
}

/** What must stay is that a try is on its way: its outcome closes it. What an SMSC has is cancelled. */
function forgetAll(draft: Draft): void {
  cancelHandedOver(draft);
  const { number, sequence, delivery, trying, deadlineAtMs, deadlineGeneration } = draft.next;
  draft.set({
    ...initialState(number),
    sequence,
    delivery: delivery === 'handed-over' ? 'idle' : delivery,
    trying,
    deadlineAtMs,
    deadlineGeneration,
    laterFields: [],
  });
  delete draft.next.rules;
  delete draft.next.reachableBy;
  delete draft.next.mailThread;
  delete draft.next.inbox;
}

function forgetOther(draft: Draft, number: string): void {
  const { next } = draft;
  if (isNamed(next.handedOver, number)) takeBackToForget(draft);
  const others = <T>(list: readonly T[], of: (entry: T) => string): readonly T[] =>
    kept(list, (entry) => of(entry) !== number);

  const missed = { callers: next.missed, furtherCalls: next.furtherCalls };
  const anonymous = withoutCaller(missed, number);
  if (anonymous !== missed) draft.set({ missed: anonymous.callers, furtherCalls: anonymous.furtherCalls });
  const returns = others(next.returns, ({ subscriber }) => subscriber);
  if (returns !== next.returns) draft.set({ returns });
  const returnsHeard = others(next.returnsHeard, ({ subscriber }) => subscriber);
  if (returnsHeard !== next.returnsHeard) draft.set({ returnsHeard });
  const lastAttempts = others(next.lastAttempts, ({ subscriber }) => subscriber);
  if (lastAttempts !== next.lastAttempts) draft.set({ lastAttempts });
  const watchers = others(next.watchers, ({ subscriber }) => subscriber);
  if (watchers !== next.watchers) draft.set({ watchers });
  const alertsFor = others(next.alertsFor, (subscriber) => subscriber);
  if (alertsFor !== next.alertsFor) draft.set({ alertsFor });

  forgetLineAwaited(draft, ({ subscriber }) => subscriber === number);
  forgetOrders(draft, number);
  changeEntries(draft, false, (content) => contentWithout(content, number));
  forgetRemembered(draft, number);

  const { profile } = next;
  if (profile?.preferences === undefined) return;
  const preferences = withoutNumber(profile.preferences, number);
  if (preferences !== profile.preferences) draft.set({ profile: { ...profile, preferences } });
}

/** In what an SMSC has, or is to have instead. */
function isNamed(handedOver: HandedOver | undefined, number: string): boolean {
  return handedOver !== undefined && JSON.stringify([handedOver.notice, handedOver.added]).includes(number);
}

/** The rest of it is told without the number. */
function takeBackToForget(draft: Draft): void {
  const { handedOver, delivery } = draft.next;
  if (handedOver === undefined) return;
  cancelHandedOver(draft);
  // What replaces it is on its way as a notice, and says that, too.
  if (delivery === 'trying') return;
  putBackContent(draft, handedOver.notice.content);
  if (delivery === 'handed-over') draft.set({ delivery: 'idle' });
}

/** The calls were missed all the same: they are told as a count. */
function withoutCaller(list: MissedList, number: string): MissedList {
  const callers = kept(list.callers, ({ caller }) => caller !== number);
  if (callers === list.callers) return list;
  const calls = list.callers.reduce((sum, line) => sum + (line.caller === number ? line.calls : 0), 0);
  return { callers, furtherCalls: list.furtherCalls + calls };
}

/** Undefined: nothing is left of it. */
function contentWithout(content: NoticeContent, number: string): NoticeContent | undefined {
  if (content.kind !== 'missed-calls') return withoutLines(content, (of) => of === number);
  const list = withoutCaller(content, number);
  return list === content ? content : { kind: 'missed-calls', ...list };
}

/** What the rules remember of the number. */
function forgetRemembered(draft: Draft, number: string): void {
  if (draft.next.rules === undefined) return;
  const { asked, askedFurther, hinted, hintedFurther, settled, away, awayTold, failuresTold, withheldCalls } =
    draft.remembered;
  const askedFor = withoutCaller({ callers: asked, furtherCalls: askedFurther }, number);
  const hintedAt = withoutCaller({ callers: hinted, furtherCalls: hintedFurther }, number);
  draft.remember({
    asked: askedFor.callers,
    askedFurther: askedFor.furtherCalls,
    hinted: hintedAt.callers,
    hintedFurther: hintedAt.furtherCalls,
    settled: kept(settled, (one) => one.number !== number),
    away: kept(away, ({ subscriber }) => subscriber !== number),
    awayTold: kept(awayTold, (one) => one !== number),
    withheldCalls: kept(withheldCalls, ({ subscriber }) => subscriber !== number),
    failuresTold: kept(failuresTold, ({ caller }) => caller !== number),
  });
}

/** What was ordered for the number, that it was reported, and answers that name it and wait to be sent. */
function forgetOrders(draft: Draft, number: string): void {
  const { selfCare } = draft.next;
  if (selfCare === undefined) return;
  const ordered = kept(selfCare.ordered, ({ subscriber }) => subscriber !== number);
  const reports = kept(selfCare.reports, ({ caller }) => caller !== number);
  const texts = kept(selfCare.texts, (text) => !text.includes(number));
  if (ordered === selfCare.ordered && reports === selfCare.reports && texts === selfCare.texts) return;
  draft.set({ selfCare: changedSelfCare(selfCare, { ordered, reports, texts }) });
}

function withoutNumber(preferences: Preferences, number: string): Preferences {
  let kept = preferences;
  if (kept.forwardTo === number) {
    const { forwardTo: _, ...rest } = kept;
    kept = rest;
  }
  for (const list of ['mayKnow', 'callersListed', 'priorityCallers', 'watched'] as const) {
    if (kept[list]?.includes(number) !== true) continue;
    kept = { ...kept, [list]: kept[list].filter((listed) => listed !== number) };
  }
  return kept;
}
