import assert from 'node:assert/strict';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { readRecording } from '../../../src/adapters/recording/read-recording.ts';
import { TrafficRecorder, type TrafficReport } from '../../../src/adapters/recording/traffic-recorder.ts';
import { RecordingWriter } from '../../../src/adapters/recording/write-recording.ts';
import type { TimedFact, TrafficFact } from '../../../src/types/model/traffic.ts';
import { OperatingError } from '../../../src/types/operating-error.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const SUBSCRIBER = '4915112345678';
const CALLER = '4930987654321';

const FACTS: readonly TrafficFact[] = [
  { kind: 'call-begun', dialogue: 9_001, subscriber: SUBSCRIBER, caller: CALLER, presentation: 'allowed' },
  { kind: 'call-taken', dialogue: 9_001, how: 'armed' },
  { kind: 'call-begun', dialogue: 9_002, subscriber: CALLER, caller: '', presentation: 'restricted' },
  { kind: 'call-taken', dialogue: 9_002, how: 'let-go' },
  { kind: 'call-ended', dialogue: 9_002, how: 'ended' },
  { kind: 'call-reported', dialogue: 9_001, how: 'failed', reason: 'not-reachable', cause: 20 },
  { kind: 'call-ended', dialogue: 9_001, how: 'aborted' },
  { kind: 'call-refused' },
  { kind: 'returned', dialogue: 9_001, subscriber: SUBSCRIBER, source: 'alert', taken: 'on-its-way' },
  { kind: 'returned', dialogue: 0, subscriber: SUBSCRIBER, source: 'detach', taken: 'no-room' },
  { kind: 'alert-answered', dialogue: 9_001, how: 'late' },
  { kind: 'notice-ended', subscriber: SUBSCRIBER, result: 'absent', parts: 2, tookMs: 12.5 },
];

/** A recorder whose clock is the test's. */
function tap() {
  const clock = { ms: 1_000 };
  const said: TrafficReport[] = [];
  const recorder = new TrafficRecorder(
    1,
    { now: () => clock.ms, monotonic: () => clock.ms },
    (report) => void said.push(report),
  );
  return { clock, said, recorder };
}

function written(facts: readonly TrafficFact[], options: { octetsMax?: number } = {}) {
  const { clock, said, recorder } = tap();
  for (const fact of facts) {
    recorder.take(fact);
    clock.ms += 10;
  }
  recorder.end();
  const to = path.join(temporaryFolder(), 'a.cwrec');
  const writer = new RecordingWriter({
    to,
    octetsMax: 1_048_576,
    keptDigits: 4,
    engineVersion: '1.2.3',
    startedAtMs: 1_700_000_000_000,
    ...options,
  });
  for (const report of said) if (report.kind === 'traffic') writer.take(report.octets);
  return { to, writer };
}

function read(file: string) {
  const facts: TimedFact[] = [];
  return { ...readRecording(file, (timed) => facts.push(timed)), facts };
}

const isDamaged = (error: unknown): boolean =>
  error instanceof OperatingError && error.code === 'CW_RECORDING_DAMAGED';

test('what was recorded is read: every kind, times from the beginning, dialogues from 1, numbers replaced alike', () => {
  const { to, writer } = written(FACTS);
  const summary = writer.end('time', 120, 3);
  assert.deepEqual(
    [summary.facts, summary.dropped, summary.ofEarlier, summary.reason],
    [FACTS.length, 3, 0, 'time'],
  );
  assert.equal(summary.octets, statSync(to).size);
  assert.equal(statSync(to).mode & 0o777, 0o600);
  const { header, end, facts } = read(to);
  assert.deepEqual(header, {
    version: 1,
    engineVersion: '1.2.3',
    startedAtMs: 1_700_000_000_000,
    keptDigits: 4,
  });
  assert.deepEqual(end, { reason: 'time', tookMs: 120, facts: FACTS.length, dropped: 3, ofEarlier: 0 });
  assert.deepEqual(
    facts.map(({ afterMs }) => afterMs),
    FACTS.map((_, at) => at * 10),
  );
  const [first, , second] = facts.map(({ fact }) => fact);
  assert(first?.kind === 'call-begun' && second?.kind === 'call-begun');
  const [subscriber, caller] = [first.subscriber, first.caller];
  assert.notEqual(subscriber, SUBSCRIBER);
  assert.equal(second.subscriber, caller, 'one number, one pseudonym');
  const numbers = new Map([
    [SUBSCRIBER, subscriber],
    [CALLER, caller],
    ['', ''],
  ]);
  const expected = FACTS.map((fact) => ({
    ...fact,
    ...('dialogue' in fact && fact.dialogue > 0 ? { dialogue: fact.dialogue - 9_000 } : {}),
    ...('subscriber' in fact ? { subscriber: numbers.get(fact.subscriber) } : {}),
    ...('caller' in fact ? { caller: numbers.get(fact.caller) } : {}),
  }));
  assert.deepEqual(
    facts.map(({ fact }) => fact),
    expected,
  );
  const text = readFileSync(to, 'latin1');
  for (const number of [SUBSCRIBER, CALLER]) assert(!text.includes(number.slice(4)));
});

test('what belongs to a dialogue from before is left out and counted', () => {
  const { writer } = written(FACTS.slice(1));
  const { facts, ofEarlier } = writer.end('stopped', 1, 0);
  assert.deepEqual([facts, ofEarlier], [FACTS.length - 4, 3]);
});

test('a file stays below its size: what does not fit is counted, and the file is whole', () => {
  const many = Array.from({ length: 500 }, () => FACTS[7]!);
  const { to, writer } = written(many, { octetsMax: 4_096 });
  assert(writer.full);
  const { facts, dropped, octets } = writer.end('size', 1, 0);
  assert(octets <= 4_096, `${octets}`);
  assert.equal(facts + dropped, 500);
  assert.equal(read(to).facts.length, facts);
});

test('the tap keeps a bounded number of chunks in flight, counts what it drops, and takes more when they are written', () => {
  const { said, recorder } = tap();
  for (let at = 0; at < 300_000; at++) recorder.take(FACTS[0]!);
  const inFlight = said.filter(({ kind }) => kind === 'traffic').length;
  assert.equal(inFlight, 64);
  for (let at = 0; at < inFlight; at++) recorder.written();
  recorder.take(FACTS[0]!);
  recorder.end();
  const last = said.at(-1);
  assert(last?.kind === 'traffic-end');
  assert(last.dropped > 0 && last.dropped < 300_000);
  const octets = said.reduce(
    (sum, report) => sum + (report.kind === 'traffic' ? report.octets.length : 0),
    0,
  );
  assert(octets <= 65 * 65_536);
});

test('a recording that broke off is read up to there', () => {
  const { to, writer } = written(FACTS);
  const whole = readFileSync(to);
  writer.end('time', 1, 0);
  for (const octets of [whole.length, whole.length - 1]) {
    writeFileSync(to, whole.subarray(0, octets));
    const { end, facts } = read(to);
    assert.equal(end, undefined);
    assert.equal(facts.length, octets === whole.length ? FACTS.length : FACTS.length - 1);
  }
});

test('a file that is damaged anywhere is refused', () => {
  const { to, writer } = written(FACTS);
  writer.end('time', 1, 0);
  const whole = readFileSync(to);
  for (let at = 0; at < whole.length; at++) {
    const damaged = Buffer.from(whole);
    damaged[at]! ^= 0x11;
    writeFileSync(to, damaged);
    try {
      // A length that leads beyond the end of the file makes one that broke off; never one that is whole.
      assert.equal(read(to).end, undefined, `octet ${at}`);
    } catch (error) {
      assert(isDamaged(error), `octet ${at}: ${String(error)}`);
    }
  }
  for (const octets of [Buffer.alloc(0), Buffer.from('CWREC'), Buffer.concat([whole, Buffer.from([1])])]) {
    writeFileSync(to, octets);
    assert.throws(() => read(to), isDamaged);
  }
});

test('a file that is there is left as it is', () => {
  const to = path.join(temporaryFolder(), 'mine.txt');
  writeFileSync(to, 'mine');
  const options = { to, octetsMax: 4_096, keptDigits: 0, engineVersion: '1', startedAtMs: 0 };
  assert.throws(
    () => new RecordingWriter(options),
    (error) =>
      error instanceof OperatingError && error.code === 'CW_RECORD_FAILED' && /already/.test(error.message),
  );
  assert.equal(readFileSync(to, 'utf8'), 'mine');
});
