/** What counts against the cap of a day (N14). */
import type { Rules } from '../rules/service-class.ts';
import { countTold, matterOf } from '../rules/telling.ts';
import type { Notice, NoticeContent } from '../types/model/notice.ts';
import type { Draft } from './draft.ts';

/** A notice that answers a request, or is of something else, does not. */
function countsOnDay(content: NoticeContent, rules: Rules): boolean {
  const matter = matterOf(content, rules);
  return matter === 'missed' || matter === 'urgent';
}

/** N14: the cap counts what arrives; what lies in the inbox disturbs nobody. */
export function arrived(draft: Draft, { content, way }: Notice): void {
  const { rules, zone, atMs } = draft;
  if (way?.channel === 'inbox') return;
  if (rules.noticesPerDay === 0 || !countsOnDay(content, rules)) return;
  draft.remember(countTold(draft.remembered, zone, atMs));
}
