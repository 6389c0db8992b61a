/**
 * N8: what the subscriber's app reads. An entry is told by being there; unread, one that says more takes its place, and what nobody reads in
 * time goes to the next channel. It is all in the state, so that a crash neither loses nor doubles an entry.
 */
import type { OpenInbox } from '../types/model/event.ts';
import { EMPTY_INBOX, type Inbox, type InboxEntry, inboxDeadlineMs, isUnread } from '../types/model/inbox.ts';
import {
  type EffectId,
  type MissedCalls,
  type Notice,
  type NoticeContent,
  type Returns,
  sameEffect,
} from '../types/model/notice.ts';
import { isSettled } from '../types/model/rule-state.ts';
import { isOtherThanInbox } from './channels.ts';
import { step } from './delivery.ts';
import type { Draft } from './draft.ts';
import { withoutLines } from './inbox-lines.ts';
import { putBackContent } from './taken-back.ts';
import { united } from './united.ts';

/** A notice has come to the inbox. */
export function place(draft: Draft, notice: Notice): void {
  if (notice.way?.channel !== 'inbox') return;
  const { next, policy, remembered, atMs } = draft;
  const { entries, isPassedBy } = next.inbox ?? EMPTY_INBOX;
  // Those who have spoken while it was on its way here.
  const content = withoutLines(notice.content, (of, lineAtMs) => isSettled(remembered, of, lineAtMs));
  if (content === undefined) return;
  const taken = replaced(draft, entries, content);
  if (taken !== undefined) draft.note('inbox.replaced');
  const old = taken?.entry;
  const entry: InboxEntry = {
    notice: {
      ...notice,
      content: taken?.content ?? content,
      ...(old === undefined ? {} : { replaces: old.notice.id }),
    },
    sinceMs: old?.sinceMs ?? atMs,
    readAtMs: 0,
    untilMs: old?.untilMs ?? atMs + policy.inbox.unreadMs,
  };
  const kept = entries.filter((one) => one !== old);
  draft.setInbox({ entries: withRoom([...kept, entry], policy.inbox.entriesMax), isPassedBy });
}

/** The latest unread entry that has room for what has come; a digest that fills one begins another. */
function replaced(
  draft: Draft,
  entries: readonly InboxEntry[],
  added: NoticeContent,
): { readonly entry: InboxEntry; readonly content: MissedCalls | Returns } | undefined {
  for (const entry of entries.toReversed()) {
    if (!isUnread(entry)) continue;
    const content = united(entry.notice.content, added, draft);
    if (content !== undefined) return { entry, content };
  }
  return undefined;
}

/** What has been read gives way, the oldest first. */
function withRoom(entries: readonly InboxEntry[], max: number): readonly InboxEntry[] {
  let excess = entries.length - max;
  return excess <= 0 ? entries : entries.filter((entry) => isUnread(entry) || excess-- <= 0);
}

/** The app says what it has shown, and what is to go. What is read already stays as it is. */
export function openInbox(draft: Draft, { read, removed }: OpenInbox): void {
  const { inbox } = draft.next;
  if (inbox === undefined) return;
  const { atMs, policy } = draft;
  let wereRead = 0;
  const entries = inbox.entries
    .filter(({ notice }) => !isAmong(removed, notice.id))
    .map((entry) => {
      if (!isUnread(entry) || !isAmong(read, entry.notice.id)) return entry;
      wereRead++;
      return { ...entry, readAtMs: atMs, untilMs: atMs + policy.inbox.keptMs };
    });
  const isChanged = wereRead > 0 || entries.length < inbox.entries.length || inbox.isPassedBy;
  if (!isChanged) return;
  for (; wereRead > 0; wereRead--) draft.note('inbox.read');
  draft.setInbox({ entries, isPassedBy: false });
  if (inbox.isPassedBy) step(draft, 'inbox-opened');
}

const isAmong = (ids: readonly EffectId[], id: EffectId): boolean => ids.some((one) => sameEffect(one, id));

/** What was read long ago goes; what has waited unread goes to the next channel, all of it, or waits on where none is left. */
export function inboxDeadline(draft: Draft): void {
  const { inbox } = draft.next;
  if (inbox === undefined) return;
  // By a clock that was set back meanwhile the time may look not yet come: it is the timer that says so.
  const dueMs = Math.max(draft.atMs, inboxDeadlineMs(inbox));
  const isDue = ({ untilMs }: InboxEntry) => untilMs <= dueMs;
  const hasWaited = inbox.entries.some((entry) => isUnread(entry) && isDue(entry));
  if (hasWaited && isOtherThanInbox(draft)) return passOn(draft, inbox, isDue);
  const entries = inbox.entries.flatMap((entry) => (isDue(entry) ? later(draft, entry) : [entry]));
  draft.setInbox({ ...inbox, entries });
}

/** Who called, as the lines of missed calls name them. */
function namesIn(content: NoticeContent): readonly string[] {
  return content.kind === 'missed-calls' ? content.callers.map(({ caller }) => caller) : [];
}

/** Nothing, when its time here is over. */
function later(draft: Draft, entry: InboxEntry): readonly InboxEntry[] {
  const endMs = entry.sinceMs + draft.policy.inbox.keptMs;
  if (isUnread(entry) && entry.untilMs < endMs) return [{ ...entry, untilMs: endMs }];
  if (!isUnread(entry)) return [];
  draft.note('inbox.unread');
  for (const of of namesIn(entry.notice.content)) draft.noteRule('expired', { of });
  return [];
}

function passOn(draft: Draft, inbox: Inbox, isDue: (entry: InboxEntry) => boolean): void {
  const unread = inbox.entries.filter(isUnread);
  const entries = inbox.entries.filter((entry) => !isUnread(entry) && !isDue(entry));
  draft.setInbox({ entries, isPassedBy: true });
  // The latest first: what is put back stands before what is there.
  for (const { notice } of unread.toReversed()) putBackContent(draft, notice.content);
  draft.note('inbox.passed-on');
  draft.noteRule('unread');
  step(draft, 'became-due');
}
