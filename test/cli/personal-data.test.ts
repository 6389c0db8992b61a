/** `callwake personal-data` as a process of its own: on data at rest, and on a running engine. */
import { strict as assert } from 'node:assert';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type ErasureReceipt, journalUntilMs } from '../../src/cli/erasure-receipt.ts';
import { Place, start } from './place.ts';

const X = '4915110000001';
const Y = '4915110000002';

interface Exported {
  readonly number: string;
  readonly stored: readonly Readonly<Record<string, unknown>>[];
  readonly accesses: readonly Readonly<Record<string, unknown>>[];
  readonly unreadable: number;
}

describe('callwake personal-data', () => {
  let place: Place;
  before(async () => {
    place = new Place();
    const rows = [
      { number: X, language: 'de', eMail: 'anna@example.org' },
      {
        number: Y,
        callerFilter: 'block-listed',
        callersListed: [X, '4915110000003'],
        watched: [X],
        forwardTo: X,
      },
      { number: '4915110000003', mayKnow: [`${X}9`] },
      ...Array.from({ length: 2_500 }, (_, index) => ({
        number: `4917${1_000_000 + index}`,
        watched: index % 1_000 === 7 ? [X] : [],
      })),
    ];
    const file = path.join(place.folder, 'rows.ndjson');
    writeFileSync(file, rows.map((row) => JSON.stringify(row)).join('\n'));
    const { code, error } = await place.subscriber(['import', file]);
    assert.equal(code, 0, error);
  });
  after(() => place.remove());

  const command = (...words: string[]) => start(['personal-data', ...words, '--config', place.config]).ended;
  const exported = async (number: string): Promise<Exported> => {
    const { code, out, error } = await command('export', number);
    assert.equal(code, 0, error);
    return JSON.parse(out) as Exported;
  };
  const wheres = ({ stored }: Exported) => {
    const counts: Record<string, number> = {};
    for (const { where } of stored) counts[String(where)] = (counts[String(where)] ?? 0) + 1;
    return counts;
  };
  const profileOf = async (number: string) => {
    const { out } = await place.subscriber(['get', number, '--json']);
    const { defaults: _, ...own } = JSON.parse(out) as Record<string, unknown>;
    return own;
  };

  test('R6 everything that is stored about a number is exported, what is others’ is masked', async () => {
    const all = await exported(X);
    assert.deepEqual(wheres(all), {
      'own record': 1,
      'record of another subscriber': 4,
      journal: 1,
      'journal, of another subscriber': 4,
    });
    assert.equal(all.unreadable, 0);
    const own = all.stored.find(({ where }) => where === 'own record') as {
      record: { profile: unknown };
      purposes: object;
    };
    assert.deepEqual((own.record.profile as { preferences: unknown }).preferences, {
      eMail: 'anna@example.org',
    });
    assert.deepEqual(
      Object.keys(own.record).filter((key) => !(key in own.purposes)),
      [],
    );
    const other = all.stored.find(({ subscriber }) => subscriber === '4915•••••••02')!;
    assert.deepEqual(other['named'], [
      'profile.preferences.forwardTo',
      'profile.preferences.callersListed',
      'profile.preferences.watched',
    ]);
    const text = JSON.stringify(all);
    assert(!text.includes(Y), 'whose the other records are is not said');
    assert.deepEqual(
      all.accesses.map(({ did }) => did),
      ['change', 'search'],
    );
    assert.match(String(all.accesses[1]!['command']), /^personal-data export$/);

    const file = path.join(place.folder, 'x.json');
    assert.equal((await command('export', X, '--out', file)).out, '');
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.equal((JSON.parse(readFileSync(file, 'utf8')) as Exported).number, X);
    assert.deepEqual((await exported('4915119999999')).stored, []);
  });

  test('R6 an erasure on the running engine takes the number out of every record, and outlives a kill', async () => {
    const engine = await place.run();
    assert.deepEqual(wheres(await exported(X))['record of another subscriber'], 4);
    const { code, out, error } = await command('erase', X);
    assert.equal(code, 0, error);
    assert.match(
      out,
      /^4915110000001 erased at .*\n {2}its own record {6}erased\n {2}records of others {3}taken out of 4\n/,
    );
    assert.match(out, /\n {2}journal .* 10000 further commits are made/);
    assert.match(out, /\n {2}backups .* kept for 30 days/);
    engine.child.kill('SIGKILL');
    await engine.ended;
    assert.equal((await place.subscriber(['get', X])).code, 1);
    const { callersListed, watched, forwardTo, callerFilter } = await profileOf(Y);
    assert.deepEqual(
      [callersListed, watched, forwardTo, callerFilter],
      [['4915110000003'], [], undefined, 'block-listed'],
    );
    assert.deepEqual(
      (await profileOf('4915110000003'))['mayKnow'],
      [`${X}9`],
      'digits within others are another number',
    );
    const left = wheres(await exported(X));
    assert.deepEqual(
      [left['record of another subscriber'], left['journal']],
      [undefined, 2],
      JSON.stringify(left),
    );
    const verified = await start(['verify', '--config', place.config]).ended;
    assert.equal(verified.code, 0, verified.out);
  });

  test('R6 an erasure at rest has a receipt, and may be done again', async () => {
    const erase = async (number: string) => {
      const { code, out, error } = await command('erase', number, '--json');
      assert.equal(code, 0, error);
      return JSON.parse(out) as ErasureReceipt;
    };
    const first = await erase('4915110000003');
    assert.deepEqual(
      [first.ownRecord, first.otherRecords, first.heldRecords, first.outbox, first.unreadable],
      ['erased', 1, 0, 0, 0],
    );
    assert.equal(first.journal.commitsKept, 10_000);
    assert(first.journal.events >= 2);
    assert(Date.parse(first.journal.untilAbout!) > Date.parse(first.erasedAt));
    assert.equal(Date.parse(first.backups.until) - Date.parse(first.erasedAt), 30 * 86_400_000);
    const again = await erase('4915110000003');
    assert.deepEqual([again.ownRecord, again.otherRecords], ['there was none', 0]);
    const nobody = await erase('4915119999999');
    assert.deepEqual(
      [nobody.ownRecord, nobody.otherRecords, nobody.journal.events],
      ['there was none', 0, 0],
    );
    const { accesses } = await exported('4915110000003');
    assert(
      accesses.some(({ did }) => did === 'forget'),
      'that it was erased is still known',
    );
  });
});

test('R6 until when a journal holds what it holds now is told by its pace, of the slowest shard', () => {
  const nowMs = 1_000_000;
  const reach = (firstWindow: number, lastWindow: number, firstAtMs: number) => ({
    firstWindow,
    lastWindow,
    firstAtMs,
  });
  assert.equal(journalUntilMs([], 100, nowMs), nowMs);
  assert.equal(journalUntilMs([reach(1, 101, 900_000)], 100, nowMs), 1_100_000);
  assert.equal(journalUntilMs([reach(1, 101, 900_000), reach(901, 1_001, 500_000)], 100, nowMs), 1_500_000);
  assert.equal(
    journalUntilMs([reach(0, 0, 0), reach(1, 101, 900_000)], 100, nowMs),
    1_100_000,
    'an empty one holds nothing',
  );
  assert.equal(journalUntilMs([reach(5, 5, 900_000)], 100, nowMs), undefined);
  assert.equal(journalUntilMs([reach(1, 101, 0)], 100, nowMs), undefined);
  assert.equal(
    journalUntilMs([reach(1, 101, 2_000_000)], 100, nowMs),
    undefined,
    'a clock that was set back',
  );
  assert.equal(journalUntilMs([reach(1, 2, 1)], Number.MAX_SAFE_INTEGER, 8e15), undefined);
});
