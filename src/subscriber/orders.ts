/** What follows from what a subscriber has ordered: the rules that are in force from now on are so for what waits, too. */
import { isFailureTold, mayKnowReturn, wantsReturnOf } from '../rules/returns.ts';
import type { MissedCaller, NoticeContent } from '../types/model/notice.ts';
import { type Profile, sameProfile } from '../types/model/profile.ts';
import { NO_RULE_STATE } from '../types/model/rule-state.ts';
import { step } from './delivery.ts';
import type { Draft } from './draft.ts';
import { gone, kept, tellableLines } from './due.ts';
import { cancelUnwanted } from './hand-over.ts';
import { changeEntries, withoutLines } from './inbox-lines.ts';
import { addLists, type MissedList } from './missed-list.ts';

/** What is remembered of calls, by somebody who is told of none any more. */
const NO_CALLS = {
  waitingSinceMs: 0,
  hinted: NO_RULE_STATE.hinted,
  hintedFurther: 0,
  hintedAtMs: 0,
  asked: NO_RULE_STATE.asked,
  askedFurther: 0,
} as const;

/** Whoever said so. What is ordered once more changes nothing, so that a list of subscribers can be taken in again. */
export function orderProfile(draft: Draft, profile: Profile): void {
  const before = draft.next.profile;
  if (before !== undefined && sameProfile(before, profile)) return;
  draft.set({ profile });
  if (!profile.missedCalls) {
    noteNotTold(draft, draft.next.missed, []);
    draft.set({ missed: [], furtherCalls: 0, watchers: [] });
    if (draft.next.rules !== undefined) draft.remember(NO_CALLS);
    const kind = draft.next.notice?.content.kind;
    if (kind === 'missed-calls' || kind === 'teaser') draft.dropNotice();
  }
  if (profile.notifyMe === 'off') {
    draft.set({ returns: [] });
    if (draft.next.notice?.content.kind === 'returns') draft.dropNotice();
  }
  if (!hasService(profile) && draft.remembered.withheldCalls.length > 0) {
    draft.remember({ withheldCalls: [] });
    if (draft.next.notice?.content.kind === 'show-question') draft.dropNotice();
  }
  applyRules(draft);
  cancelUnwanted(draft);
  welcome(draft, before);
}

/** Lines that the orders take off the list. */
export function noteNotTold(
  draft: Draft,
  before: readonly MissedCaller[],
  after: readonly MissedCaller[],
): void {
  for (const { caller: of } of gone(before, after)) draft.noteRule('orders', { of });
}

function applyRules(draft: Draft): void {
  const { next, rules } = draft;
  const missed = tellableLines(next.missed, draft);
  noteNotTold(draft, next.missed, missed);
  const returns = kept(next.returns, ({ subscriber }) => wantsReturnOf(next.profile, subscriber));
  const watchers = kept(next.watchers, ({ subscriber }) => mayKnowReturn(rules, subscriber));
  if (missed !== next.missed || returns !== next.returns || watchers !== next.watchers)
    draft.set({ missed, returns, watchers });
  changeEntries(draft, true, (content) => ordered(draft, content));
  if (next.rules === undefined) return;
  const { hinted, asked, away } = next.rules;
  draft.remember({
    hinted: tellableLines(hinted, draft),
    asked: tellableLines(asked, draft),
    away: kept(away, (failed) => isFailureTold(next.profile, rules, failed)),
  });
}

/** N8: what of an unread entry may still be told; undefined: nothing. */
function ordered(draft: Draft, content: NoticeContent): NoticeContent | undefined {
  const { profile } = draft.next;
  switch (content.kind) {
    case 'missed-calls': {
      const callers = profile?.missedCalls === true ? tellableLines(content.callers, draft) : [];
      if (callers === content.callers) return content;
      noteNotTold(draft, content.callers, callers);
      const furtherCalls = profile?.missedCalls === true ? content.furtherCalls : 0;
      return callers.length + furtherCalls === 0 ? undefined : { ...content, callers, furtherCalls };
    }
    case 'returns':
      return withoutLines(content, (of) => !wantsReturnOf(profile, of));
    default:
      return content;
  }
}

export const hasService = (profile: Profile | undefined): boolean =>
  profile !== undefined && (profile.missedCalls || profile.notifyMe !== 'off');

/** S5: the first service opens. */
function welcome(draft: Draft, before: Profile | undefined): void {
  const { next, rules } = draft;
  const opens = hasService(next.profile) && !hasService(before);
  if (!rules.welcome || !opens || draft.remembered.welcome !== 'none') return;
  draft.remember({ welcome: 'due' });
  step(draft, 'became-due');
}

/** N9: what was hinted at, and what is there to be told, is told now. */
export function listAsked(draft: Draft): void {
  if (draft.next.profile?.missedCalls !== true) return;
  draft.forgetWhatIsTooOld();
  const list = listOf(draft);
  if (list.callers.length === 0 && list.furtherCalls === 0) return;
  forgetList(draft);
  draft.remember({ asked: list.callers, askedFurther: list.furtherCalls });
  step(draft, 'became-due');
}

/** All missed calls that have not been told: those that have been asked for, hinted at, and come since. */
export function listOf({ next, remembered, policy }: Draft): MissedList {
  const { asked, askedFurther, hinted, hintedFurther } = remembered;
  const lists = [
    { callers: asked, furtherCalls: askedFurther },
    { callers: hinted, furtherCalls: hintedFurther },
    { callers: next.missed, furtherCalls: next.furtherCalls },
  ];
  return addLists(lists, policy.callersMax);
}

/** They are told another way. */
export function forgetList(draft: Draft): void {
  draft.set({ missed: [], furtherCalls: 0 });
  if (draft.next.rules !== undefined) draft.remember(NO_CALLS);
}
