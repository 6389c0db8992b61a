import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import fc from 'fast-check';
import { csvCells } from '../../../src/adapters/engine/csv-cells.ts';
import { importSubscribers } from '../../../src/adapters/engine/import-subscribers.ts';
import { mergePages } from '../../../src/adapters/engine/merge-pages.ts';
import type { SubscriberAccess } from '../../../src/adapters/engine/subscriber-access.ts';
import { readSubscriberFile, type SubscriberLine } from '../../../src/adapters/engine/subscriber-file.ts';
import { textLines } from '../../../src/adapters/engine/text-lines.ts';
import { type Profile, sameProfile } from '../../../src/types/model/profile.ts';

const settings = { importFile: undefined, defaultLanguage: 'en', defaultTimeZone: 'Europe/Berlin' };

async function* inPieces(octets: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < octets.length; at += size) yield Promise.resolve(octets.subarray(at, at + size));
}

const fileOf = (text: string, size = 7): AsyncGenerator<Uint8Array> => inPieces(Buffer.from(text), size);

async function rowsOf(text: string, size?: number): Promise<SubscriberLine[]> {
  const rows: SubscriberLine[] = [];
  for await (const row of readSubscriberFile(fileOf(text, size), settings)) rows.push(row);
  return rows;
}

const entries = (rows: readonly SubscriberLine[]) => rows.flatMap((row) => (row.ok ? [row.entry] : []));
const faults = (rows: readonly SubscriberLine[]) => rows.flatMap((row) => (row.ok ? [] : [row.fault]));

test('a file gives its subscribers, with what it leaves out as the configuration says', async () => {
  const rows = await rowsOf(
    '\uFEFFnumber,missedCalls,notifyMe,language,timeZone\r\n' +
      '4915112345678,on,always,de,America/New_York\r\n' +
      '"+49 151 1234-5679","off",off,"",\r\n' +
      '\r\n' +
      '004915112345680,TRUE,false,pt-br,utc',
  );
  assert.deepEqual(faults(rows), []);
  assert.deepEqual(entries(rows), [
    {
      number: '4915112345678',
      profile: { missedCalls: true, notifyMe: 'always', language: 'de', timeZone: 'America/New_York' },
    },
    {
      number: '4915112345679',
      profile: { missedCalls: false, notifyMe: 'off', language: 'en', timeZone: 'Europe/Berlin' },
    },
    {
      number: '4915112345680',
      profile: { missedCalls: true, notifyMe: 'off', language: 'pt-BR', timeZone: 'UTC' },
    },
  ]);
  assert.deepEqual(entries(await rowsOf('NUMBER\n4915112345678\n')), [
    {
      number: '4915112345678',
      profile: { missedCalls: true, notifyMe: 'off', language: 'en', timeZone: 'Europe/Berlin' },
    },
  ]);
});

test('a line that is wrong is named with what is allowed, and the others are taken', async () => {
  const rows = await rowsOf(
    [
      'number,missedCalls,language,timeZone,notifyMe',
      '12ab,on,en,UTC,off',
      '4915112345678,perhaps,en,UTC,off',
      '4915112345678,on,english language,UTC,off',
      '4915112345678,on,en,Mars/Olympus,off',
      '4915112345678,on,en,UTC,sometimes',
      '4915112345678,on,en',
      '"4915112345678,on,en,UTC,off',
      `4915112345678,on,en,${'x'.repeat(5_000)},off`,
      ',on,en,UTC,off',
      '4915112345699,on,en,UTC,off',
    ].join('\n'),
  );
  assert.deepEqual(
    entries(rows).map(({ number }) => number),
    ['4915112345699'],
  );
  assert.deepEqual(
    faults(rows).map(({ line }) => line),
    [2, 3, 4, 5, 6, 7, 8, 9, 10],
  );
  for (const { allowed } of faults(rows)) assert.notEqual(allowed, '');
  assert.match(faults(rows)[0]!.message, /number: "12ab"/);
  assert.equal(faults(rows)[1]!.allowed, 'on, off, true or false');
});

test('a head line that is wrong is the only fault', async () => {
  for (const text of [
    '',
    'msisdn,missedCalls\n1,2\n',
    'missedCalls\non\n',
    'number,number\n1,2\n',
    'number;missedCalls\n4915112345678;on\n',
    '4915112345678,on\n4915112345679,on\n',
  ]) {
    const rows = await rowsOf(text);
    assert.equal(rows.length, 1, text);
    assert.equal(faults(rows)[0]?.line, 1);
    assert.match(faults(rows)[0]!.allowed, /^number, and any of/);
  }
});

test('lines are the same however the octets are cut, and a line without end takes no memory', async () => {
  const text = 'ä,b\r\n\ncß\r\rd\n…end';
  for (let size = 1; size < 20; size++) {
    const lines: string[] = [];
    for await (const line of textLines(fileOf(text, size), 100)) lines.push(line.text);
    assert.deepEqual(lines, ['ä,b', '', 'cß\r\rd', '…end']);
  }
  const found: [number, boolean][] = [];
  const long = fileOf(`${'x'.repeat(100_000)}\nshort\n${'y'.repeat(11)}`, 1_000);
  for await (const { text: line, tooLong } of textLines(long, 10)) found.push([line.length, tooLong]);
  assert.deepEqual(found, [
    [10, true],
    [5, false],
    [10, true],
  ]);
});

test('cells come back as they were put in quotes (RFC 4180)', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.string().filter((cell) => !/[\r\n]/.test(cell)),
        { minLength: 1 },
      ),
      (cells) => {
        const line = cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
        assert.deepEqual(csvCells(line), cells);
      },
    ),
    { numRuns: 200 },
  );
  assert.deepEqual(csvCells('a,,b,'), ['a', '', 'b', '']);
  assert.equal(typeof csvCells('"a"b,c'), 'string');
  assert.equal(typeof csvCells('a"b"'), 'string');
});

/** Subscribers in memory; answers come late, and not in order. */
class FakeAccess implements Pick<SubscriberAccess, 'put'> {
  readonly stored = new Map<string, Profile>();
  puts = 0;
  underWay = 0;
  underWayMax = 0;

  async put(number: string, profile: Profile): Promise<'changed' | 'unchanged'> {
    this.underWayMax = Math.max(this.underWayMax, ++this.underWay);
    for (let turn = this.puts++ % 3; turn >= 0; turn--) await new Promise(setImmediate);
    this.underWay--;
    const before = this.stored.get(number);
    this.stored.set(number, profile);
    return before !== undefined && sameProfile(before, profile) ? 'unchanged' : 'changed';
  }
}

test('an import keeps to its window, counts what it did, and changes nothing the second time', async () => {
  const access = new FakeAccess();
  const numbers = Array.from({ length: 500 }, (_, index) => `49151${1_000_000 + index}`);
  const text = [
    'number,notifyMe',
    ...numbers.map((number) => `${number},always`),
    'x,always',
    'y,always',
  ].join('\n');
  const progress: number[] = [];
  const run = () =>
    importSubscribers(access, fileOf(text, 1_000), {
      subscribers: settings,
      windowMax: 16,
      faultyMax: 1,
      onProgress: ({ taken }) => progress.push(taken),
    });
  const first = await run();
  assert.deepEqual(
    { ...first, faulty: first.faulty.map(({ line }) => line) },
    { taken: 500, unchanged: 0, faultyCount: 2, faulty: [502] },
  );
  assert(access.underWayMax <= 16 && access.underWayMax > 1);
  assert.equal(progress.at(-1), 500);
  const second = await run();
  assert.deepEqual([second.taken, second.unchanged], [0, 500]);
});

test('of two lines for one number the later one holds', async () => {
  const access = new FakeAccess();
  const text = 'number,language\n4915112345678,de\n4915112345679,de\n4915112345678,fr\n4915112345678,it\n';
  const { taken } = await importSubscribers(access, fileOf(text), { subscribers: settings });
  assert.equal(taken, 4);
  assert.equal(access.stored.get('4915112345678')?.language, 'it');
});

test('an import ends with the error of the engine, not before what is under way has ended', async () => {
  const access = new FakeAccess();
  const failing = {
    put: async (number: string, profile: Profile) => {
      const outcome = await access.put(number, profile);
      if (number.endsWith('5')) throw new Error('no');
      return outcome;
    },
  };
  const text = `number\n${Array.from({ length: 100 }, (_, index) => 4915112345600 + index).join('\n')}\n`;
  await assert.rejects(
    importSubscribers(failing, fileOf(text, 10_000), { subscribers: settings, windowMax: 4 }),
    /no/,
  );
  assert.equal(access.underWay, 0);
  assert(access.puts < 20);
});

test('pages of many sources come as one list in order, whatever the limit', async () => {
  const numbers = Array.from({ length: 300 }, (_, index) => `${49_000 + index * 7}`);
  const source = (at: number) => numbers.filter((_, index) => index % 5 === at).sort();
  for (const limit of [1, 10, 299, 300, 1_000]) {
    for (const after of ['', '49700', '999']) {
      const merged = await mergePages(5, after, limit, (at, from, count) =>
        Promise.resolve(
          source(at)
            .filter((number) => number > from)
            // A page may be shorter than what was asked for.
            .slice(0, Math.min(count, 3))
            .map((number) => ({ number })),
        ),
      );
      assert.deepEqual(
        merged.map(({ number }) => number),
        [...numbers]
          .sort()
          .filter((number) => number > after)
          .slice(0, limit),
      );
    }
  }
});
