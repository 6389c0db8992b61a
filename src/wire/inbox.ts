/** What an app reads (proto/inbox.proto). */
import type { OpenInbox } from '../types/model/event.ts';
import type { Inbox, InboxEntry } from '../types/model/inbox.ts';
import { finite, needed } from './codec.ts';
import type { callwake } from './generated/messages.js';
import { effectIdFromWire, noticeFromWire, noticeToWire } from './notice.ts';

export function inboxToWire({ entries, isPassedBy }: Inbox): callwake.Inbox.$Properties {
  return { entries: entries.map(entryToWire), passedBy: isPassedBy };
}

export function inboxFromWire(wire: callwake.Inbox.$Properties): Inbox {
  return { entries: (wire.entries ?? []).map(entryFromWire), isPassedBy: wire.passedBy ?? false };
}

function entryToWire({ notice, sinceMs, readAtMs, untilMs }: InboxEntry): callwake.InboxEntry.$Properties {
  return { notice: noticeToWire(notice), sinceMs, readAtMs, untilMs };
}

function entryFromWire(wire: callwake.InboxEntry.$Properties): InboxEntry {
  return {
    notice: noticeFromWire(needed(wire.notice, 'InboxEntry.notice')),
    sinceMs: finite(wire.sinceMs, 'InboxEntry.since_ms'),
    readAtMs: finite(wire.readAtMs, 'InboxEntry.read_at_ms'),
    untilMs: finite(wire.untilMs, 'InboxEntry.until_ms'),
  };
}

export function inboxOpenedToWire({ read, removed }: OpenInbox): callwake.InboxOpened.$Properties {
  return { read: [...read], removed: [...removed] };
}

export function inboxOpenedFromWire(wire: callwake.InboxOpened.$Properties): OpenInbox {
  return {
    kind: 'open-inbox',
    read: (wire.read ?? []).map((id) => effectIdFromWire(id, 'InboxOpened.read')),
    removed: (wire.removed ?? []).map((id) => effectIdFromWire(id, 'InboxOpened.removed')),
  };
}
