/** The wire codecs on typical messages. */
import type { SubscriberEvent } from '../src/types/model/event.ts';
import { initialState, type SubscriberState } from '../src/types/model/state.ts';
import { decodeEvent, encodeEvent } from '../src/wire/event.ts';
import { decodeJournalRecord, encodeJournalRecord } from '../src/wire/journal.ts';
import { decodeState, encodeState } from '../src/wire/state.ts';
import { hashOf, report } from './harness/report.ts';
import { nanoseconds } from './harness/time.ts';

const event: SubscriberEvent = {
  subscriber: '4915112345678',
  atMs: 1_790_000_000_000,
  what: {
    kind: 'call-missed',
    callKey: new Uint8Array(13).fill(7),
    caller: '4917087654321',
    presentation: 'allowed',
    attemptedAtMs: 1_789_999_999_000,
    reason: 'not-reachable',
    cause: 20,
    answerToken: 77_000_000_123,
  },
};
const state: SubscriberState = {
  ...initialState('4915112345678'),
  profile: { missedCalls: true, notifyMe: 'always', language: 'en', timeZone: 'Europe/Berlin' },
  sequence: 991,
  missed: [
    { caller: '4917087654321', calls: 3, lastAtMs: 1_789_999_999_000, reason: 'not-reachable' },
    { caller: '4917087654322', calls: 1, lastAtMs: 1_789_999_999_000, reason: 'not-reachable' },
  ],
  seenCalls: [{ callKey: new Uint8Array(13).fill(7), atMs: 1_789_999_999_000 }],
  delivery: 'awaiting-return',
  absent: true,
};
const record = {
  entries: Array.from({ length: 100 }, (_, index) => ({
    partition: index % 64,
    sequence: 1000 + index,
    event,
    effects: [],
  })),
  closed: [],
};
const eventOctets = encodeEvent(event);
const stateOctets = encodeState(state);
const recordOctets = encodeJournalRecord(record);

let sink: unknown;
const ns = await nanoseconds({
  'event, encode': () => {
    sink = encodeEvent(event);
  },
  'event, decode': () => {
    sink = decodeEvent(eventOctets);
  },
  'state, encode': () => {
    sink = encodeState(state);
  },
  'state, decode': () => {
    sink = decodeState(stateOctets);
  },
  'journal record of 100, encode': () => {
    sink = encodeJournalRecord(record);
  },
  'journal record of 100, decode': () => {
    sink = decodeJournalRecord(recordOctets);
  },
});
if (sink === undefined) throw new Error('nothing was measured');
const hash = hashOf(eventOctets, stateOctets, recordOctets);
for (const [what, figure] of Object.entries(ns)) report({ name: `wire: ${what}`, figure, unit: 'ns', hash });
