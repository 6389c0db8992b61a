/**
 * One subscriber's missed calls, among a million and ten million: from the number to the record, and to the object that a person
 * is shown. Subscribers are drawn at random, so that the caches of the processor help little.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { subscriberNumber } from '../loadtest/numbers.ts';
import { shardDirectory } from '../src/adapters/store/data-directory.ts';
import { openLmdbStore } from '../src/adapters/store/lmdb-store.ts';
import { initialState } from '../src/types/model/state.ts';
import { partitionOf } from '../src/types/partition.ts';
import { randomBelow, SeededRandom } from '../src/types/random.ts';
import { decodeState, encodeState } from '../src/wire/state.ts';
import { writeProvisioned } from './harness/provisioned.ts';
import { hashOf, report, sized } from './harness/report.ts';

const LOOKUPS = sized(200_000, 200);
const AT_MS = 1_790_000_000_000;

/** Somebody who has missed calls of three callers. */
const missedRecord = (number: string, sequence: number): Uint8Array =>
  encodeState({
    ...initialState(number),
    profile: { missedCalls: true, notifyMe: 'off', language: 'en', timeZone: 'Europe/Berlin' },
    sequence,
    missed: [1, 2, 3].map((calls) => ({
      caller: `49170876543${calls}`,
      calls,
      lastAtMs: AT_MS - calls * 60_000,
      reason: 'not-reachable',
    })),
    delivery: 'awaiting-return',
    absent: true,
  });

for (const subscribers of [sized(1_000_000, 1_000), sized(10_000_000, 2_000)]) {
  const directory = mkdtempSync(path.join(tmpdir(), 'callwake-bench-'));
  try {
    await writeProvisioned(directory, subscribers, 1, missedRecord);
    const store = openLmdbStore({ directory: shardDirectory(directory, 0) });
    const random = new SeededRandom(1);
    const numbers = Array.from({ length: LOOKUPS }, () => subscriberNumber(randomBelow(random, subscribers)));
    const toRecord = new Float64Array(LOOKUPS);
    const toObject = new Float64Array(LOOKUPS);
    let calls = 0;
    for (const turn of ['warm-up', 'measured'] as const) {
      calls = 0;
      for (let index = 0; index < LOOKUPS; index++) {
        const number = numbers[index]!;
        const startedAt = process.hrtime.bigint();
        const record = store.readActor(partitionOf(number), number);
        const readAt = process.hrtime.bigint();
        assert(record !== undefined);
        const state = decodeState(record);
        const doneAt = process.hrtime.bigint();
        assert(state.ok);
        for (const line of state.value.missed) calls += line.calls;
        if (turn === 'warm-up') continue;
        toRecord[index] = Number(readAt - startedAt);
        toObject[index] = Number(doneAt - startedAt);
      }
    }
    await store.close();
    const hash = hashOf(subscribers, calls);
    const millions = subscribers >= 1_000_000 ? `${subscribers / 1e6} million` : String(subscribers);
    const row = (what: string, times: Float64Array, share: number, atMost: number) => ({
      name: `lookup: ${what} among ${millions}, p${share}`,
      figure: times.sort()[Math.floor((times.length * share) / 100)]! / 1_000,
      unit: 'µs' as const,
      goal: { of: 'figure' as const, atMost },
      hash,
    });
    report(
      row('record', toRecord, 50, 3),
      row('record', toRecord, 99, 10),
      row('missed calls as an object', toObject, 50, 10),
    );
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
