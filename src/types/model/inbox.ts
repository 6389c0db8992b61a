/** N8: notices that an app reads; proto/inbox.proto is their form at rest. */
import type { Notice } from './notice.ts';

export interface InboxEntry {
  /** Its id names the entry. Unread, one that says more takes its place, under an id of its own. */
  readonly notice: Notice;
  /** Since when the oldest of what it tells has been here. */
  readonly sinceMs: number;
  /** 0: not yet. */
  readonly readAtMs: number;
  /** When something is due with it: unread the next channel, read its end. */
  readonly untilMs: number;
}

export interface Inbox {
  /** Oldest first. */
  readonly entries: readonly InboxEntry[];
  /** Nobody has read in time: notices go to the next channel, until the app is opened again. */
  readonly isPassedBy: boolean;
}

export const EMPTY_INBOX: Inbox = { entries: [], isPassedBy: false };

/** When something is due with an entry next; 0: never. */
export function inboxDeadlineMs({ entries }: Inbox): number {
  return entries.reduce((atMs, { untilMs }) => (atMs === 0 ? untilMs : Math.min(atMs, untilMs)), 0);
}

export const isUnread = ({ readAtMs }: InboxEntry): boolean => readAtMs === 0;
