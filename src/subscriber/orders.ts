/** What follows from what a subscriber has ordered: the rules that are in force from now on are so for what waits, too. */
import { mayKnowReturn, wantsReturnOf } from '../rules/returns.ts';
import type { Profile } from '../types/model/profile.ts';
import type { Draft } from './draft.ts';
import { kept, tellableLines } from './due.ts';
import { addLists } from './missed-list.ts';

export function applyRules(draft: Draft): void {
  const { next, rules } = draft;
  const missed = tellableLines(next.missed, draft);
  const returns = kept(next.returns, ({ subscriber }) => wantsReturnOf(next.profile, subscriber));
  const watchers = kept(next.watchers, ({ subscriber }) => mayKnowReturn(rules, subscriber));
  if (missed !== next.missed || returns !== next.returns || watchers !== next.watchers)
    draft.set({ missed, returns, watchers });
  if (next.rules === undefined) return;
  const { hinted, asked, away } = next.rules;
  draft.remember({
    hinted: tellableLines(hinted, draft),
    asked: tellableLines(asked, draft),
    away: kept(away, ({ subscriber }) => wantsReturnOf(next.profile, subscriber)),
  });
}

const hasService = (profile: Profile | undefined): boolean =>
  profile !== undefined && (profile.missedCalls || profile.notifyMe !== 'off');

/** S5: the first service opens. */
export function welcome(draft: Draft, before: Profile | undefined): void {
  const { next, rules } = draft;
  const opens = hasService(next.profile) && !hasService(before);
  if (!rules.welcome || !opens || draft.remembered.welcome !== 'none') return;
  draft.remember({ welcome: 'due' });
  draft.step('became-due');
}

/** N9: what was hinted at, and what is there to be told, is told now. */
export function listAsked(draft: Draft): void {
  if (draft.next.profile?.missedCalls !== true) return;
  draft.forgetWhatIsTooOld();
  const { next, policy } = draft;
  const { asked, askedFurther, hinted, hintedFurther } = draft.remembered;
  const lists = [
    { callers: asked, furtherCalls: askedFurther },
    { callers: hinted, furtherCalls: hintedFurther },
    { callers: next.missed, furtherCalls: next.furtherCalls },
  ];
  const list = addLists(lists, policy.callersMax);
  if (list.callers.length === 0 && list.furtherCalls === 0) return;
  draft.set({ missed: [], furtherCalls: 0 });
  draft.remember({
    asked: list.callers,
    askedFurther: list.furtherCalls,
    hinted: [],
    hintedFurther: 0,
    hintedAtMs: 0,
    waitingSinceMs: 0,
  });
  draft.step('became-due');
}
