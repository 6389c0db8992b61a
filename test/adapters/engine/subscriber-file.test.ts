import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import fc from 'fast-check';
import { importSubscribers } from '../../../src/adapters/engine/import-subscribers.ts';
import { mergePages } from '../../../src/adapters/engine/merge-pages.ts';
import type {
  ChangeOptions,
  ChangeOutcome,
  SubscriberAccess,
} from '../../../src/adapters/engine/subscriber-access.ts';
import { readSubscriberFile, type SubscriberLine } from '../../../src/adapters/engine/subscriber-file.ts';
import { textLines } from '../../../src/adapters/engine/text-lines.ts';
import { csvCells } from '../../../src/provisioning/csv-cells.ts';
import { plainProfile } from '../../../src/provisioning/plain.ts';
import { changedProfile } from '../../../src/provisioning/profile-change.ts';
import { ProfileReader, type SubscriberChange } from '../../../src/provisioning/reader.ts';
import { type Profile, sameProfile } from '../../../src/types/model/profile.ts';

const reader = new ProfileReader({ countryCode: '49', nationalPrefix: '0', internationalPrefix: '00' });
const defaults: Profile = { missedCalls: true, notifyMe: 'off', language: 'en', timeZone: 'Europe/Berlin' };

async function* inPieces(octets: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < octets.length; at += size) yield Promise.resolve(octets.subarray(at, at + size));
}

const fileOf = (text: string, size = 7): AsyncGenerator<Uint8Array> => inPieces(Buffer.from(text), size);

async function rowsOf(text: string, size?: number): Promise<SubscriberLine[]> {
  const rows: SubscriberLine[] = [];
  for await (const row of readSubscriberFile(fileOf(text, size), { reader, format: 'csv' })) rows.push(row);
  return rows;
}

const entries = (rows: readonly SubscriberLine[]) =>
  rows.flatMap((row) =>
    row.kind === 'change'
      ? [{ number: row.change.number, profile: changedProfile(undefined, row.change.change, defaults, true) }]
      : [],
  );
const faults = (rows: readonly SubscriberLine[]) =>
  rows.flatMap((row) => (row.kind === 'fault' ? [{ ...row.fault, line: row.line }] : []));

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
      `4915112345678,on,en,${'x'.repeat(70_000)},off`,
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
  assert.equal(faults(rows)[1]!.allowed, 'true or false; in CSV also on or off');
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
    assert.match(faults(rows)[0]!.allowed, /^(number, and any of|CSV in UTF-8)/);
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
class FakeAccess implements Pick<SubscriberAccess, 'change'> {
  readonly stored = new Map<string, Profile>();
  calls = 0;
  underWay = 0;
  underWayMax = 0;

  async change(
    changes: readonly SubscriberChange[],
    { replace, dryRun }: ChangeOptions,
  ): Promise<readonly ChangeOutcome[]> {
    const outcomes = changes.map(({ number, change }): ChangeOutcome => {
      const before = this.stored.get(number);
      const profile = changedProfile(before, change, defaults, replace);
      if (!dryRun) this.stored.set(number, profile);
      if (before === undefined) return 'added';
      return sameProfile(before, profile) ? 'unchanged' : 'changed';
    });
    this.underWayMax = Math.max(this.underWayMax, ++this.underWay);
    for (let turn = this.calls++ % 3; turn >= 0; turn--) await new Promise(setImmediate);
    this.underWay--;
    return outcomes;
  }
}

const csv = { reader, format: 'csv' } as const;

test('O7 an import keeps to its bounds, counts what it did, and changes nothing the second time', async () => {
  const access = new FakeAccess();
  const numbers = Array.from({ length: 500 }, (_, index) => `49151${1_000_000 + index}`);
  const text = [
    'number,notifyMe',
    ...numbers.map((number) => `${number},always`),
    'x,always',
    'y,always',
  ].join('\n');
  const progress: number[] = [];
  const faultyLines: string[] = [];
  const run = () =>
    importSubscribers(access, fileOf(text, 1_000), {
      ...csv,
      batchMax: 10,
      batchesMax: 4,
      faultyMax: 1,
      onFaulty: (octets, { line }) => faultyLines.push(`${line} ${Buffer.from(octets).toString()}`),
      onProgress: ({ added }) => progress.push(added),
    });
  const first = await run();
  assert.deepEqual(
    { ...first, faulty: first.faulty.map(({ line }) => line) },
    { added: 500, changed: 0, unchanged: 0, faultyCount: 2, faulty: [502] },
  );
  assert.deepEqual(faultyLines, ['502 x,always', '503 y,always']);
  assert(access.underWayMax <= 4 && access.underWayMax > 1);
  assert.equal(progress.at(-1), 500);
  const second = await run();
  assert.deepEqual([second.added, second.changed, second.unchanged], [0, 0, 500]);
});

test('O7 of two lines for one number the later one holds', async () => {
  const access = new FakeAccess();
  const text = 'number,language\n4915112345678,de\n4915112345679,de\n4915112345678,fr\n4915112345678,it\n';
  const { added, changed } = await importSubscribers(access, fileOf(text), { ...csv, batchMax: 2 });
  assert.deepEqual([added, changed], [2, 2]);
  assert.equal(access.stored.get('4915112345678')?.language, 'it');
});

test('O7 what a line does not name stays, goes back to its default by -, and by --replace', async () => {
  const access = new FakeAccess();
  const take = (text: string, replace = false) =>
    importSubscribers(access, fileOf(text), { ...csv, replace });
  const of = () => plainProfile(access.stored.get('4915112345678')!);
  await take(
    'number,language,quietHours,callersListed\n4915112345678,de,22:00-07:00,030123456 +441632960961\n',
  );
  assert.deepEqual(of()['callersListed'], ['4930123456', '441632960961']);
  await take('number,language,teaser,quietHours\n4915112345678,,on,\n');
  assert.deepEqual([of()['language'], of()['teaser'], of()['quietHours']], ['de', true, '22:00-07:00']);
  await take('number,language,quietHours,callersListed\n4915112345678,-,-,none\n');
  assert.deepEqual([of()['language'], of()['quietHours'], of()['callersListed']], ['en', undefined, []]);
  await take('number,notifyMe\n4915112345678,listed\n', true);
  assert.deepEqual(of(), { ...plainProfile(defaults), notifyMe: 'listed' });
});

test('O7 a dry run says what would come of it, and changes nothing', async () => {
  const access = new FakeAccess();
  const text = 'number\n4915112345678\nx\n';
  const outcome = await importSubscribers(access, fileOf(text), { ...csv, dryRun: true });
  assert.deepEqual([outcome.added, outcome.faultyCount, access.stored.size], [1, 1, 0]);
});

test('O7 an import ends with the error of the engine, not before what is under way has ended', async () => {
  const access = new FakeAccess();
  const failing: Pick<SubscriberAccess, 'change'> = {
    change: async (changes, options) => {
      const outcomes = await access.change(changes, options);
      if (changes.some(({ number }) => number.endsWith('15'))) throw new Error('no');
      return outcomes;
    },
  };
  const text = `number\n${Array.from({ length: 100 }, (_, index) => 4915112345600 + index).join('\n')}\n`;
  const places: number[] = [];
  await assert.rejects(
    importSubscribers(failing, fileOf(text, 10_000), {
      ...csv,
      batchMax: 4,
      batchesMax: 2,
      onProgress: (_, { line }) => places.push(line),
    }),
    /no/,
  );
  assert.equal(access.underWay, 0);
  assert(access.calls < 8);
  assert.deepEqual(places, [5, 9, 13], 'what was told is durable, and no line behind what failed');
});

test('O7 an import goes on behind any line, and all is as if it had been done at once', async () => {
  const rows = Array.from(
    { length: 40 },
    (_, index) => `${4915112345600 + index},${index % 7 === 0 ? 'x!' : 'de'}`,
  );
  const text = `\uFEFFnumber,language\r\n${rows.join('\r\n')}\r\n`;
  const octets = Buffer.from(text);
  for (const stopAfter of [0, 1, 4]) {
    const access = new FakeAccess();
    let place = { line: 0, endsAt: 0 };
    let head = '';
    const faultyLines: number[] = [];
    let batches = 0;
    const stop = new Error('stop');
    const stopping: Pick<SubscriberAccess, 'change'> = {
      change: (changes, options) =>
        batches++ > stopAfter ? Promise.reject(stop) : access.change(changes, options),
    };
    const options = {
      ...csv,
      batchMax: 5,
      onFaulty: (_: Uint8Array, { line }: { line: number }) => faultyLines.push(line),
    };
    await assert.rejects(
      importSubscribers(stopping, fileOf(text, 64), {
        ...options,
        onHead: (line) => (head = Buffer.from(line).toString()),
        onProgress: (_, at) => (place = at),
      }),
      /stop/,
    );
    assert(place.line < 41);
    const rest = inPieces(octets.subarray(place.endsAt), 50);
    await importSubscribers(access, rest, { ...options, from: { ...place, head } });
    assert.equal(access.stored.size, 34);
    assert.deepEqual(faultyLines, [2, 9, 16, 23, 30, 37]);
  }
});

test('O7 hostile files are refused line by line, and nothing throws', async () => {
  const file = async (octets: Uint8Array, format: 'csv' | 'ndjson') => {
    const rows: SubscriberLine[] = [];
    for await (const row of readSubscriberFile(inPieces(octets, 1_000), { reader, format })) rows.push(row);
    return faults(rows);
  };
  const utf16 = Buffer.from('\uFEFFnumber\n4915112345678\n', 'utf16le');
  assert.match((await file(utf16, 'csv'))[0]!.message, /UTF-16/);
  assert.match((await file(utf16.subarray(2), 'csv'))[0]!.message, /UTF-16/);
  assert.match((await file(Buffer.from(utf16).swap16(), 'ndjson'))[0]!.message, /UTF-16/);
  const messages = async (text: string | Uint8Array, format: 'csv' | 'ndjson') =>
    (await file(Buffer.from(text), format)).map(({ message }) => message);
  assert.deepEqual(await messages('number\n49151\x001234567\n', 'csv'), ['there is a NUL in the line']);
  assert.deepEqual(await messages(Buffer.from('6e756d6265720a34393135ff310a', 'hex'), 'csv'), [
    'the line is not UTF-8',
  ]);
  assert.deepEqual(await messages('number,ownMessage\n4915112345678,"over\ntwo lines"\n', 'csv'), [
    'a quote is not closed on its line',
    'a quote stands within a cell that has none around it',
  ]);
  assert.deepEqual(await messages(`number\n${'9'.repeat(1_000_000)}\n`, 'csv'), ['the line is too long']);
  assert.deepEqual(
    await messages(
      [
        '[]',
        '"x"',
        '{"number":"4915112345678"',
        '{"number":"4915112345678","__proto__":{"a":1}}',
        '{"number":"4915112345678","laterFields":[]}',
        '{"number":"4915112345678","message":"m","allowed":"a"}',
        '{"number":{"toString":1}}',
        `{"number":"4915112345678","watched":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
        '{"number":4915112345678,"mayKnow":["4915112345679",7]}',
        '{"language":"en"}',
        '# a comment',
        '',
      ].join('\n'),
      'ndjson',
    ),
    [
      'the line is no JSON object',
      'the line is no JSON object',
      'the line is no JSON object',
      'there is no field "__proto__"',
      'there is no field "laterFields"',
      'there is no field "message"',
      'number: an object is not allowed',
      'watched.0: a list is not allowed',
      'mayKnow.1: 7 is not allowed',
      'number is missing',
    ],
  );
});

test('O7 whatever the octets, a file gives rows or faults', async () => {
  const heads = ['number,language,callersListed\n', '', '{', '"', '\uFEFFnumber\n'];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...heads),
      fc.array(fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.string({ unit: 'binary' }))),
      fc.constantFrom('csv' as const, 'ndjson' as const),
      async (head, pieces, format) => {
        const source = inPieces(
          Buffer.concat([Buffer.from(head), ...pieces.map((one) => Buffer.from(one))]),
          9,
        );
        let before = 0;
        for await (const row of readSubscriberFile(source, { reader, format })) {
          assert(row.endsAt >= before);
          before = row.endsAt;
          if (row.kind === 'fault') assert.notEqual(row.fault.allowed, '');
        }
      },
    ),
    { numRuns: 300 },
  );
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
