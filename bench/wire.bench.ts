/** The wire codecs on typical messages. `node dist/bench/wire.bench.js` */
import { Bench } from 'tinybench';
import type { SubscriberEvent } from '../src/types/model/event.ts';
import { initialState, type SubscriberState } from '../src/types/model/state.ts';
import { decodeEvent, encodeEvent } from '../src/wire/event.ts';
import { decodeJournalRecord, encodeJournalRecord } from '../src/wire/journal.ts';
import { decodeState, encodeState } from '../src/wire/state.ts';

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

const bench = new Bench({ time: 300 });
bench
  .add(`event, ${eventOctets.length} octets, encode`, () => void encodeEvent(event))
  .add('event, decode', () => void decodeEvent(eventOctets))
  .add(`state, ${stateOctets.length} octets, encode`, () => void encodeState(state))
  .add('state, decode', () => void decodeState(stateOctets))
  .add(`journal record of 100, ${recordOctets.length} octets, encode`, () => void encodeJournalRecord(record))
  .add('journal record of 100, decode', () => void decodeJournalRecord(recordOctets));
await bench.run();
console.table(bench.table());
