/** N8: a notice that waits in the connector of a channel is taken back for one that says what has come since, too. */
import { callersPerNotice } from './compose.ts';
import type { Draft } from './draft.ts';
import { matterDue, noticeHeldUntilMs } from './due.ts';

/** It goes by a channel, where it may wait, and what is due fits beside what it says. */
export function isRecallable(draft: Draft): boolean {
  const { notice, noticeFixed } = draft.next;
  // An inbox keeps nothing waiting.
  if (
    notice?.way === undefined ||
    notice.way.channel === 'inbox' ||
    noticeFixed ||
    noticeHeldUntilMs(draft, notice) > 0
  )
    return false;
  const { content } = notice;
  const matter = matterDue(draft);
  if (content.kind === 'returns')
    return matter === 'returns' && content.returned.length < draft.policy.callersPerNotice;
  if (content.kind !== 'missed-calls' || (matter !== 'missed' && matter !== 'urgent')) return false;
  return content.callers.length < callersPerNotice(draft);
}

/** Whether it waits still is for the connector to say. */
export function recall(draft: Draft): void {
  const { trying } = draft.next;
  if (trying !== undefined) draft.emit({ kind: 'recall-notice', effect: trying });
}
