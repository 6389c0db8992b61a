/** What stands in the inbox and is not to be told any more (N8 with N15, S1, R6). */
import { isUnread } from '../types/model/inbox.ts';
import type { NoticeContent } from '../types/model/notice.ts';
import type { Draft } from './draft.ts';
import { kept } from './due.ts';

/** Whether a line is about this number, and of when it is. */
export type IsMeant = (number: string, atMs: number) => boolean;

/** The same content when nothing is meant; undefined: nothing is left of it. */
export function withoutLines(content: NoticeContent, isMeant: IsMeant): NoticeContent | undefined {
  switch (content.kind) {
    case 'missed-calls': {
      const callers = kept(content.callers, ({ caller, lastAtMs }) => !isMeant(caller, lastAtMs));
      if (callers === content.callers) return content;
      return callers.length + content.furtherCalls === 0 ? undefined : { ...content, callers };
    }
    case 'returns': {
      const returned = kept(
        content.returned,
        ({ subscriber, returnedAtMs }) => !isMeant(subscriber, returnedAtMs),
      );
      if (returned === content.returned) return content;
      return returned.length === 0 ? undefined : { ...content, returned };
    }
    default:
      return content;
  }
}

/** Unread lines that need not be read any more; whether there were any. */
export function takeFromInbox(draft: Draft, isMeant: IsMeant): boolean {
  return changeEntries(draft, true, (content) => withoutLines(content, isMeant));
}

/** What is left of each entry; undefined: nothing. Whether anything has changed. */
export function changeEntries(
  draft: Draft,
  ofUnreadOnly: boolean,
  left: (content: NoticeContent) => NoticeContent | undefined,
): boolean {
  const { inbox } = draft.next;
  if (inbox === undefined) return false;
  const entries = inbox.entries.flatMap((entry) => {
    if (ofUnreadOnly && !isUnread(entry)) return [entry];
    const content = left(entry.notice.content);
    if (content === entry.notice.content) return [entry];
    return content === undefined ? [] : [{ ...entry, notice: { ...entry.notice, content } }];
  });
  const isChanged = inbox.entries.some((entry, index) => entry !== entries[index]);
  if (isChanged) draft.setInbox({ ...inbox, entries });
  return isChanged;
}
