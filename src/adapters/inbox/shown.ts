/** An inbox as its app gets it. */
import type { RenderedPush } from '../../notice/render-push.ts';
import { EMPTY_INBOX, type Inbox, type InboxEntry, isUnread } from '../../types/model/inbox.ts';
import { effectKey, type Notice } from '../../types/model/notice.ts';

export type Write = (notice: Notice) => RenderedPush;

/** The latest first. Numbers are E.164 digits, times ms since 1970 UTC. */
export function shownInbox(subscriber: string, inbox: Inbox = EMPTY_INBOX, write: Write): unknown {
  return {
    subscriber,
    unread: inbox.entries.filter(isUnread).length,
    entries: inbox.entries.toReversed().map((entry) => shownEntry(entry, write)),
  };
}

function shownEntry(entry: InboxEntry, write: Write): unknown {
  const { notice, sinceMs, readAtMs } = entry;
  const { kind, ...data } = notice.content;
  const { title, body, language, direction } = write(notice);
  return {
    id: effectKey(notice.id),
    kind,
    unread: isUnread(entry),
    ...(isUnread(entry) ? {} : { readAtMs }),
    sinceMs,
    writtenAtMs: notice.createdAtMs,
    ...(notice.replaces === undefined ? {} : { replaces: effectKey(notice.replaces) }),
    language,
    direction,
    title,
    body,
    data,
  };
}
