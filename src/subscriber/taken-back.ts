/** A notice did not arrive: what it told goes back to where it came from, save what the rules no longer let be told. */
import { wantsReturnOf } from '../rules/returns.ts';
import { matterOf } from '../rules/telling.ts';
import type { NoticeContent, Return } from '../types/model/notice.ts';
import type { SubscriberState } from '../types/model/state.ts';
import { kept, ruleStateOf, type Situation, tellableLines } from './due.ts';
import { putBack } from './missed-list.ts';

/** Everything but returns, of which a full list has to be said. */
export function takenBack(content: NoticeContent, situation: Situation): Partial<SubscriberState> {
  const { next, policy, rules } = situation;
  const ruled = ruleStateOf(next);
  switch (content.kind) {
    case 'missed-calls': {
      const { settled } = ruled;
      const callers = kept(
        tellableLines(content.callers, situation),
        ({ caller }) => !settled.includes(caller),
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
      return { rules: { ...ruled, away: [content, ...ruled.away] } };
    case 'returns':
    case 'text':
      return {};
  }
}

/** Returns that are to be told once more: a later one of the same subscriber stands for both. */
export function returnsTakenBack(returned: readonly Return[], { next }: Situation): readonly Return[] {
  const later = new Set(next.returns.map((entry) => entry.subscriber));
  const { settled } = ruleStateOf(next);
  return returned.filter(
    ({ subscriber }) =>
      !later.has(subscriber) && !settled.includes(subscriber) && wantsReturnOf(next.profile, subscriber),
  );
}
