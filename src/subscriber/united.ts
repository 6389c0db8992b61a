/** One notice in the place of two of the same kind (N3, N8). */
import type { MissedCalls, NoticeContent, Returns } from '../types/model/notice.ts';
import type { SubscriberState } from '../types/model/state.ts';
import { callersPerNotice } from './compose.ts';
import type { Situation } from './due.ts';
import { putBack } from './missed-list.ts';

type Lists = Pick<SubscriberState, 'missed' | 'furtherCalls' | 'returns'>;

/** What is due of the same kind as a content; undefined: nothing is. */
export function dueBeside(content: NoticeContent, lists: Lists): MissedCalls | Returns | undefined {
  const { missed, furtherCalls, returns } = lists;
  switch (content.kind) {
    case 'missed-calls':
      return missed.length + furtherCalls === 0
        ? undefined
        : { kind: 'missed-calls', callers: missed, furtherCalls };
    case 'returns':
      return returns.length === 0 ? undefined : { kind: 'returns', returned: returns };
    default:
      return undefined;
  }
}

/** One content that says both; undefined: one notice has no room for it, or they are not of the same kind. */
export function united(
  content: NoticeContent,
  added: NoticeContent | undefined,
  situation: Situation,
): MissedCalls | Returns | undefined {
  const { policy } = situation;
  if (content.kind === 'missed-calls' && added?.kind === 'missed-calls') {
    const { callers, furtherCalls } = putBack(content, added, policy.callersMax);
    if (callers.length > callersPerNotice(situation)) return undefined;
    return { kind: 'missed-calls', callers, furtherCalls };
  }
  if (content.kind === 'returns' && added?.kind === 'returns') {
    const later = new Set(added.returned.map(({ subscriber }) => subscriber));
    const earlier = content.returned.filter(({ subscriber }) => !later.has(subscriber));
    const returned = [...earlier, ...added.returned];
    return returned.length > policy.callersPerNotice ? undefined : { kind: 'returns', returned };
  }
  return undefined;
}
