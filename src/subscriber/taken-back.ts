/** A notice did not arrive: what it told goes back to where it came from, save what the rules no longer let be told. */
import { isFailureTold, wantsReturnOf } from '../rules/returns.ts';
import { matterOf } from '../rules/telling.ts';
import type { NoticeContent, Return, Returns } from '../types/model/notice.ts';
import { isSettled } from '../types/model/rule-state.ts';
import { changedSelfCare, type SubscriberState } from '../types/model/state.ts';
import type { Draft } from './draft.ts';
import { kept, ruleStateOf, type Situation, tellableLines } from './due.ts';
import { putBack } from './missed-list.ts';

export function putBackContent(draft: Draft, content: NoticeContent): void {
  if (content.kind !== 'returns') return draft.set(takenBack(content, draft));
  const returns = [...returnsTakenBack(content.returned, draft), ...draft.next.returns];
  draft.set({ returns: draft.newest('returns', returns, draft.policy.returnsMax) });
}

/** Everything but returns, of which a full list has to be said. */
function takenBack(content: Exclude<NoticeContent, Returns>, situation: Situation): Partial<SubscriberState> {
  const { next, policy, rules } = situation;
  const ruled = ruleStateOf(next);
  switch (content.kind) {
    case 'missed-calls': {
      const callers = kept(
        tellableLines(content.callers, situation),
        ({ caller, lastAtMs }) => !isSettled(ruled, caller, lastAtMs),
      );
      const isAsked = matterOf(content, rules) === 'asked';
      const since = isAsked
        ? { callers: ruled.asked, furtherCalls: ruled.askedFurther }
        : { callers: next.missed, furtherCalls: next.furtherCalls };
      const list = putBack({ callers, furtherCalls: content.furtherCalls }, since, policy.callersMax);
      if (!isAsked) return { missed: list.callers, furtherCalls: list.furtherCalls };
      return { rules: { ...ruled, asked: list.callers, askedFurther: list.furtherCalls } };
    }
    case 'teaser': {
      const hinted = { callers: tellableLines(ruled.hinted, situation), furtherCalls: ruled.hintedFurther };
      const since = { callers: next.missed, furtherCalls: next.furtherCalls };
      const list = putBack(hinted, since, policy.callersMax);
      return {
        missed: list.callers,
        furtherCalls: list.furtherCalls,
        rules: { ...ruled, hinted: [], hintedFurther: 0, hintedAtMs: 0 },
      };
    }
    case 'welcome':
      return { rules: { ...ruled, welcome: 'due' } };
    case 'callee-away':
      return isFailureTold(next.profile, rules, content)
        ? { rules: { ...ruled, away: [content, ...ruled.away] } }
        : {};
    case 'show-question': {
      const withheldCalls = ruled.withheldCalls.map((series) =>
        series.subscriber === content.subscriber && series.shownAtMs === 0
          ? { ...series, askedAtMs: 0 }
          : series,
      );
      return { rules: { ...ruled, withheldCalls } };
    }
    case 'text': {
      const texts = [content.text, ...(next.selfCare?.texts ?? [])];
      return { selfCare: changedSelfCare(next.selfCare, { texts }) };
    }
  }
}

/** Returns that are to be told once more: a later one of the same subscriber stands for both. */
function returnsTakenBack(returned: readonly Return[], { next }: Situation): readonly Return[] {
  const later = new Set(next.returns.map((entry) => entry.subscriber));
  const ruled = ruleStateOf(next);
  return returned.filter(
    ({ subscriber, returnedAtMs }) =>
      !later.has(subscriber) &&
      !isSettled(ruled, subscriber, returnedAtMs) &&
      wantsReturnOf(next.profile, subscriber),
  );
}
