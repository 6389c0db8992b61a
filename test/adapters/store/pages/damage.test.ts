/**
 * Damaged data files: each is refused with a reason before LMDB opens it, or all that is read of it is what was written; and what
 * was not refused ends no process. `CALLWAKE_DAMAGES` takes more than the usual few hundred, `CALLWAKE_SEED` others.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { checkEnvironment } from '../../../../src/adapters/store/check-environment.ts';
import { Environment } from '../../../../src/adapters/store/environment.ts';
import { LmdbStore } from '../../../../src/adapters/store/lmdb-store.ts';
import { checkPages } from '../../../../src/adapters/store/pages/check-pages.ts';
import { partitionCount, partitionOf } from '../../../../src/types/partition.ts';
import type { ActorWrite } from '../../../../src/types/ports/store.ts';
import { randomBelow, SeededRandom } from '../../../../src/types/random.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { windowOf } from '../conformance.ts';
import { own } from '../own.ts';
import { damaged, PAGE } from './damaged-files.ts';

const DAMAGES = Number(process.env['CALLWAKE_DAMAGES'] ?? 400);
const SEED = Number(process.env['CALLWAKE_SEED'] ?? 1);
const ALL = Array.from({ length: partitionCount }, (_, partition) => partition);

/** An environment with trees of several levels, values on pages of their own, free pages, and every table in use. */
async function written(directory: string, windows: number): Promise<void> {
  const environment = new Environment({ directory, mapSizeOctets: 2 ** 28 });
  own(environment, ALL);
  const store = new LmdbStore(environment);
  const random = new SeededRandom(7);
  const due = new Map<string, number>();
  for (let window = 1; window <= windows; window++) {
    const numbers = new Set(
      Array.from({ length: window % 10 === 0 ? 200 : 12 }, () =>
        String(491_511_000 + randomBelow(random, 900)),
      ),
    );
    const actors = [...numbers].map((number): ActorWrite => {
      const isRemoved = randomBelow(random, 5) === 0;
      const size = randomBelow(random, 40) === 0 ? 6_000 : 40 + randomBelow(random, 200);
      const deadlineBeforeMs = due.get(number) ?? 0;
      const deadlineAfterMs =
        isRemoved || randomBelow(random, 2) === 0 ? 0 : 60_000 * randomBelow(random, 900);
      due.set(number, deadlineAfterMs);
      const record = isRemoved ? undefined : Buffer.alloc(size, window);
      return { partition: partitionOf(number), number, record, deadlineBeforeMs, deadlineAfterMs };
    });
    const parts = {
      actors,
      journal: Buffer.alloc(randomBelow(random, 9_000), window),
      sequences: new Map([[window % 64, window]]),
      outboxAdd: [[`1.${window}.0`, Buffer.alloc(120, window)] as const],
      outboxRemove: [`1.${window - 12}.0`],
      recoverFrom: Math.max(1, window - 3),
      trimBefore: window - 25,
    };
    await new Promise<void>((resolve, reject) => {
      store.commit(windowOf(window, parts), resolve, reject);
    });
  }
  await store.close();
}

describe('the data file of an environment', () => {
  let folder: string;
  let sound: Buffer;
  before(async () => {
    folder = temporaryFolder();
    await written(path.join(folder, 'sound'), 60);
    sound = readFileSync(path.join(folder, 'sound', 'data.mdb'));
  });
  after(() => rmSync(folder, { recursive: true }));

  const place = (name: string, octets: Buffer): string => {
    const directory = path.join(folder, name);
    mkdirSync(directory, { recursive: true });
    writeFileSync(path.join(directory, 'data.mdb'), octets);
    return directory;
  };

  test('as LMDB wrote it is sound, and what is read of it is what LMDB reads', () => {
    const source = path.join(folder, 'sound', 'data.mdb');
    const entries = new Map<string, number>();
    const report = checkPages({
      source,
      depth: 'whole',
      onEntry: (table) => entries.set(table, (entries.get(table) ?? 0) + 1),
    });
    assert.deepEqual(report.faults, []);
    assert.ok([...report.tables.values()].some(({ depth }) => depth >= 2));
    assert.ok([...report.tables.values()].some(({ overflowPages }) => overflowPages > 0));
    assert.ok(report.freePages > 10);
    for (const [table, { entries: count }] of report.tables)
      assert.equal(entries.get(table) ?? 0, count, table);
    assert.equal(
      report.pagesRead + report.freePages + 2,
      (report.meta?.lastPage ?? 0) + 1,
      'no page is forgotten',
    );
  });

  test('a quick check reads few of its pages', () => {
    const source = path.join(folder, 'sound', 'data.mdb');
    const whole = checkPages({ source, depth: 'whole' }).pagesRead;
    const quick = checkPages({ source, depth: 'quick', always: ['meta'] }).pagesRead;
    assert.ok(quick * 10 < whole, `${quick} of ${whole} pages`);
  });

  test('that is cut off, or of something else, is refused by a quick check', () => {
    const empty = Buffer.alloc(0);
    assert.match(faultOf(place('other', Buffer.from('no database'))), /ends within its first meta page/);
    assert.match(faultOf(place('other', Buffer.alloc(10 * PAGE))), /no meta page/);
    assert.match(faultOf(place('other', sound.subarray(0, PAGE + 60))), /ends within its second meta page/);
    assert.match(
      faultOf(place('other', sound.subarray(0, 20 * PAGE))),
      /the file ends before it|lies outside/,
    );
    // An empty one is made anew by LMDB: that there must be data is known to the directory (`claimWhenNew`).
    assert.deepEqual(checkEnvironment({ directory: place('other', empty), depth: 'quick' }).faults, []);
  });

  test('that is older than its newer meta page says is refused: no commit is lost in silence', () => {
    for (const page of [0, 1]) {
      for (let bit = 0; bit < 53; bit++) {
        const octets = Buffer.from(sound);
        const at = page * PAGE + 152 + (bit >> 3);
        octets[at] = (octets[at] ?? 0) ^ (1 << (bit & 7));
        assert.match(faultOf(place('meta', octets)), /transaction/, `bit ${bit} of meta page ${page}`);
      }
    }
  });

  test(`with any of ${DAMAGES} damages is refused, or is read as it was written`, async (t) => {
    const random = new SeededRandom(SEED);
    const passed: { readonly directory: string; readonly what: string }[] = [];
    let refused = 0;
    let quick = 0;
    for (let serial = 0; serial < DAMAGES; serial++) {
      const { octets, what } = damaged(sound, random);
      const directory = place(`damaged-${serial}`, octets);
      if (octets.equals(sound)) continue;
      if (checkEnvironment({ directory, depth: 'quick' }).faults.length > 0) quick++;
      if (octets.length > 0 && checkEnvironment({ directory, depth: 'whole' }).faults.length === 0)
        passed.push({ directory, what });
      else {
        refused++;
        rmSync(directory, { recursive: true });
      }
    }
    const lines = await opened(
      path.join(folder, 'sound'),
      passed.map(({ directory }) => directory),
    );
    for (const [index, { what }] of passed.entries())
      assert.equal(lines[index], 'same', `seed ${SEED}: ${what}`);
    t.diagnostic(
      `refused ${refused}, ${quick} of them by a quick check; not refused ${passed.length}, all read right`,
    );
    assert.ok(refused > DAMAGES / 4 && passed.length > 0);
  });
});

function faultOf(directory: string): string {
  return checkEnvironment({ directory, depth: 'quick' }).faults[0] ?? 'nothing';
}

/** What a process of its own says of each; it must not be ended by a signal. */
async function opened(sound: string, directories: readonly string[]): Promise<string[]> {
  const child = spawn(
    process.execPath,
    [path.join(import.meta.dirname, 'open-child.js'), sound, ...directories],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  const lines = said.trimEnd().split('\n');
  assert.deepEqual([code, signal], [0, null], `it died at ${directories[lines.length] ?? 'none'}`);
  return lines;
}
