/** What an event of the journal says of where something came from. */
import type { EventKind } from '../types/model/event.ts';
import type { JournalEntry } from '../types/model/journal.ts';
import { type EffectId, effectKey } from '../types/model/notice.ts';
import type { Trigger } from './story.ts';

/** How deep one subscriber's event is followed to another's. */
const DEPTH_MAX = 3;

/** Looks up what told another actor something: the event whose effect it was. */
export type EntryOf = (source: EffectId) => JournalEntry | undefined;

/** The entries of a journal by their effects. */
export function entriesByEffect(entries: readonly JournalEntry[]): EntryOf {
  const byEvent = new Map(entries.map((entry) => [`${entry.partition}.${entry.sequence}`, entry]));
  return ({ partition, sequence }) => byEvent.get(`${partition}.${sequence}`);
}

export function triggerOf({ event: { atMs, what } }: JournalEntry, entryOf: EntryOf, depth = 0): Trigger {
  return { atMs, ...triggerKind(what, entryOf, depth) };
}

function triggerKind(what: EventKind, entryOf: EntryOf, depth: number): Omit<Trigger, 'atMs'> {
  switch (what.kind) {
    case 'call-missed':
      return { kind: 'call', number: what.caller };
    case 'call-obstructed':
      return { kind: 'obstructed-call', number: what.caller };
    case 'call-answered':
      return { kind: 'answered-call', number: what.caller };
    case 'subscriber-reachable':
    case 'subscriber-unreachable': {
      if (what.source === 'mm-event')
        return { kind: 'mm-event', ...(what.mmCode === undefined ? {} : { mmCode: what.mmCode }) };
      const smsc = what.kind === 'subscriber-reachable' ? what.smsc : undefined;
      return { kind: 'alert', ...(smsc === undefined ? {} : { smsc }) };
    }
    case 'receipt-came':
      return { kind: 'receipt', smsc: what.smsc };
    case 'notice-outcome':
      return { kind: 'try-ended' };
    case 'reachability-outcome':
      return { kind: 'query-ended' };
    case 'timer-fired':
      return { kind: 'deadline' };
    case 'admin-command':
      return { kind: 'orders' };
    case 'self-care':
    case 'answer-written':
      return { kind: 'self-care' };
    case 'list-asked':
      return { kind: 'list-asked' };
    case 'told': {
      const source = depth < DEPTH_MAX ? entryOf(what.source) : undefined;
      const by = source === undefined ? {} : { by: triggerOf(source, entryOf, depth + 1) };
      return { kind: TOLD_KINDS[what.what.kind] ?? 'other-subscriber', number: what.from, ...by };
    }
  }
}

const TOLD_KINDS: Readonly<Record<string, Trigger['kind']>> = {
  'callee-returned': 'return-of-callee',
  'callee-away': 'callee-away',
  'number-withheld': 'withheld-call',
  'number-shown': 'number-shown',
  alerted: 'alert-of-other-number',
};

/** Whether an event shows that the phone is there. */
export function showsPresence({ event: { what } }: JournalEntry): boolean {
  switch (what.kind) {
    case 'subscriber-reachable':
    case 'call-answered':
    case 'self-care':
      return true;
    case 'call-missed':
      return what.reason === 'busy' || what.reason === 'no-answer';
    case 'notice-outcome':
    case 'reachability-outcome':
      return what.result === 'delivered';
    case 'receipt-came':
      return what.fate === 'delivered';
    case 'told':
      return what.what.kind === 'alerted';
    default:
      return false;
  }
}

export const idOf = (id: EffectId): string => effectKey(id);
export const callIdOf = ({ partition, sequence }: JournalEntry): string => `${partition}.${sequence}`;
