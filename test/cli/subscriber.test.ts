/** `callwake subscriber` as a process of its own: on data at rest, and on a running engine. */
import { strict as assert } from 'node:assert';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { shardDirectory } from '../../src/adapters/store/data-directory.ts';
import { Environment } from '../../src/adapters/store/environment.ts';
import { schemaVersion } from '../../src/adapters/store/schema.ts';
import { Place, start } from './place.ts';

/** Waits for something that a process does. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
}

const CSV = [
  'number,missedCalls,notifyMe,language,timeZone',
  '+49 151 1000 0001,on,always,en,Europe/London',
  '4915110000002,off,,,',
  'nobody,on,off,en,UTC',
  '4915110000003,on,off,en,Mars/Olympus',
  '4915110000004,,,,',
  '',
].join('\r\n');

const LISTED = [
  'number,missedCalls,notifyMe,language,timeZone',
  '4915110000001,on,always,en,Europe/London',
  '4915110000002,off,off,en,Europe/Berlin',
  '4915110000004,on,off,en,Europe/Berlin',
  '',
].join('\n');

describe('callwake subscriber', () => {
  let place: Place;
  before(() => {
    place = new Place();
  });
  after(() => place.remove());

  const importing = (how: 'file' | 'standard input') => {
    const file = path.join(place.folder, 'subscribers.csv');
    writeFileSync(file, CSV);
    return how === 'file' ? place.subscriber(['import', file]) : place.subscriber(['import', '-'], CSV);
  };

  test('O7 imports a file into data that no engine runs on: good lines are taken, wrong ones named', async () => {
    const { code, out, error } = await importing('file');
    assert.equal(out, 'added 3, changed 0, unchanged 0, faulty 2\n', error);
    assert.equal(code, 1);
    assert.match(
      error,
      /subscribers\.csv:4: number: "nobody" is not allowed; allowed: an international number/,
    );
    assert.match(error, /subscribers\.csv:5: timeZone: "Mars\/Olympus" is not allowed/);
    assert.equal((await place.subscriber(['list'])).out, LISTED);
  });

  test('O7 a file that is imported again changes nothing, at rest and on the running engine', async () => {
    assert.equal((await importing('standard input')).out, 'added 0, changed 0, unchanged 3, faulty 2\n');
    const engine = await place.run();
    assert.equal((await importing('standard input')).out, 'added 0, changed 0, unchanged 3, faulty 2\n');
    assert.equal((await place.subscriber(['list'])).out, LISTED);
    engine.child.kill('SIGTERM');
    assert.equal((await engine.ended).code, 0);
    assert(!place.hasSocket, 'an engine that ended in order leaves no socket');
  });

  test('what is set on a running engine is there at once, and after it was killed', async () => {
    const engine = await place.run();
    const mode = statSync(path.join(place.data, 'control.sock')).mode & 0o777;
    assert.equal(mode, 0o600);
    const set = await place.subscriber([
      'set',
      '+4915110000009',
      '--notify-me',
      'always',
      '--language',
      'de',
    ]);
    assert.equal(set.code, 0, set.error);
    assert.match(
      set.out,
      /^4915110000009 is subscribed now\n {2}missedCalls {5}on\n {2}notifyMe {8}always\n/,
    );
    // What is not named stays as it is.
    await place.subscriber(['set', '4915110000009', '--missed-calls', 'off']);
    const expected = {
      number: '4915110000009',
      missedCalls: false,
      notifyMe: 'always',
      language: 'de',
      timeZone: 'Europe/Berlin',
    };
    const online = await place.subscriber(['get', '4915110000009', '--json']);
    const { defaults, ...own } = JSON.parse(online.out) as Record<string, unknown>;
    assert.deepEqual(own, expected);
    assert.equal((defaults as Record<string, unknown>)['returnPrivacy'], 'everyone');
    engine.child.kill('SIGKILL');
    await engine.ended;
    assert(place.hasSocket, 'the socket of the one that was killed still lies there');
    const offline = await place.subscriber(['get', '4915110000009', '--json']);
    assert.deepEqual(JSON.parse(offline.out), { ...expected, defaults }, offline.error);
    const nobody = await place.subscriber(['get', '4915119999999']);
    assert.deepEqual([nobody.code, nobody.out], [1, '']);
    assert.match(nobody.error, /4915119999999 is not subscribed/);
  });

  test('a list goes on where the page before ended', async () => {
    const numbers: string[] = [];
    for (let rest = true; rest; ) {
      const words = numbers.length === 0 ? [] : ['--after', numbers.at(-1)!];
      const { out } = await place.subscriber(['list', '--limit', '3', '--json', ...words]);
      const page = out.split('\n').filter((line) => line !== '');
      numbers.push(...page.map((line) => (JSON.parse(line) as { number: string }).number));
      rest = page.length === 3;
    }
    assert.deepEqual(
      numbers,
      ['01', '02', '04', '09'].map((end) => `49151100000${end}`),
    );
  });

  test('O7 every preference is set, shown and taken back by an option of its own', async () => {
    const number = '4915110000004';
    const set = async (...words: string[]) => {
      const { code, out, error } = await place.subscriber(['set', number, ...words]);
      assert.equal(code, 0, error);
      return out;
    };
    const of = async () => {
      const { out } = await place.subscriber(['get', number, '--json']);
      const { defaults: _, ...own } = JSON.parse(out) as Record<string, unknown>;
      return own;
    };
    const basics = await of();
    const wanted = {
      serviceClass: ['--service-class', 'gold', 'gold'],
      channels: ['--channels', 'e-mail,sms', ['e-mail', 'sms']],
      eMail: ['--e-mail', 'anna@example.org', 'anna@example.org'],
      forwardTo: ['--forward-to', '0170 1234567', '491701234567'],
      aggregation: ['--aggregation', 'per-caller', 'per-caller'],
      teaser: ['--teaser', 'on', true],
      reasons: ['--reasons', 'busy,barred', ['busy', 'barred']],
      quietHours: ['--quiet-hours', '22:00-7:00', '22:00-07:00'],
      digestAt: ['--digest-at', '18:00', '18:00'],
      noticesPerDay: ['--notices-per-day', '5', 5],
      expiryMinutes: ['--expiry-minutes', '2880', 2880],
      returnPrivacy: ['--privacy', 'listed', 'listed'],
      mayKnow: ['--may-know', '+441632960961', ['441632960961']],
      callerFilter: ['--caller-filter', 'only-listed', 'only-listed'],
      callersListed: ['--callers-listed', '0301234,0301235', ['49301234', '49301235']],
      watched: ['--watched', '0301236', ['49301236']],
      ownMessage: ['--own-message', 'back at 8, "sharp"', 'back at 8, "sharp"'],
      mailbox: ['--mailbox', 'beside', 'beside'],
      ownCallCauses: ['--own-call-causes', 'busy,network', ['busy', 'network']],
    } as const;
    const words: string[] = [];
    for (const [option, text] of Object.values(wanted)) words.push(option, text);
    await set(...words);
    const values = Object.entries(wanted).map(([field, [, , value]]) => [field, value] as const);
    assert.deepEqual(await of(), { ...basics, ...Object.fromEntries(values) });
    await set(...Object.values(wanted).map(([option]) => `--no-${option.slice(2)}`));
    assert.deepEqual(await of(), basics);

    const shown = await set(
      '--block',
      '0301237',
      '--block',
      '+441632960961',
      '--watch',
      '0301238',
      '--allow',
      '0301239',
    );
    assert.match(shown, /callersListed {3}49301237 441632960961\n/);
    assert.match(shown, /channels {8}sms \(default\)\n/);
    await set('--unblock', '0301237', '--unwatch', '0301238', '--disallow', '0301239');
    const { callerFilter, callersListed, watched, mayKnow } = await of();
    assert.deepEqual(
      [callerFilter, callersListed, watched, mayKnow],
      ['block-listed', ['441632960961'], [], []],
    );
    await set('--caller-filter', 'only-listed');
    const refused = await place.subscriber(['set', number, '--block', '0301237']);
    assert.equal(refused.code, 64);
    assert.match(refused.error, /--block does not go with/);
    await set(...['caller-filter', 'callers-listed', 'watched', 'may-know'].map((name) => `--no-${name}`));

    const closed = await place.subscriber(['close', number, 'missed-calls', 'notify-me']);
    assert.match(closed.out, /missedCalls {5}off\n {2}notifyMe {8}off\n/);
    await place.subscriber(['open', number, 'missed-calls']);
    assert.deepEqual(await of(), basics);
  });

  test('O7 R6 a subscriber who is removed is not there any more', async () => {
    await place.subscriber(['set', '4915110000010']);
    assert.equal((await place.subscriber(['remove', '4915110000010'])).out, '4915110000010 removed\n');
    const again = await place.subscriber(['remove', '4915110000010']);
    assert.deepEqual([again.code, again.out], [1, '']);
  });

  test('a second engine on the same data is refused', async () => {
    const engine = await place.run();
    const { code, error } = await start(['run', '--config', place.config]).ended;
    assert.equal(code, 69);
    assert.match(error, /CW_STORE_IN_USE/);
    assert.equal((await place.subscriber(['list', '--limit', '1'])).code, 0, 'the first one goes on');
    engine.child.kill('SIGTERM');
    assert.equal((await engine.ended).code, 0);
  });

  test('a file that is not there, and one without a head line, are said', async () => {
    const missing = await place.subscriber(['import', path.join(place.folder, 'none.csv')]);
    assert.equal(missing.code, 69);
    assert.match(missing.error, /there is no .*none\.csv/);
    const headless = await place.subscriber(['import', '-'], '4915110000001,on\n');
    assert.equal(headless.code, 1);
    assert.match(headless.error, /standard input:1: there is no column "4915110000001"/);
  });
});

test('subscribers follow their partitions when the number of shards changes', async () => {
  const place = new Place(1);
  try {
    const numbers = Array.from({ length: 300 }, (_, index) => `49151${20_000_000 + index * 7}`);
    const csv = `number\n${numbers.join('\n')}\n`;
    assert.equal(
      (await place.subscriber(['import', '-'], csv)).out,
      'added 300, changed 0, unchanged 0, faulty 0\n',
    );
    place.configure(3);
    const { out, error } = await place.subscriber(['list', '--limit', '1000']);
    assert.deepEqual(
      out
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((line) => line.split(',')[0]),
      numbers,
      error,
    );
  } finally {
    place.remove();
  }
});

test('data of a newer schema is refused, by the command and by the engine', async () => {
  const place = new Place(1);
  try {
    await new Environment({
      directory: shardDirectory(place.data, 0),
      mapSizeOctets: 2 ** 30,
      schema: { version: schemaVersion + 1, migrations: new Map() },
    }).close();
    for (const words of [
      ['subscriber', 'list', '--config', place.config],
      ['run', '--config', place.config],
    ]) {
      const { code, error } = await start(words).ended;
      assert.equal(code, 69, words.join(' '));
      assert.match(error, /CW_STORE_NEWER/);
    }
  } finally {
    place.remove();
  }
});

describe('O7 files of subscribers', () => {
  let place: Place;
  before(() => {
    place = new Place();
  });
  after(() => place.remove());
  const at = (name: string): string => path.join(place.folder, name);
  const read = (name: string): string => readFileSync(at(name), 'utf8');

  test('wrong lines go to the error file as they were; put right, it is imported itself', async () => {
    writeFileSync(
      at('a.csv'),
      [
        'number,quietHours,ownMessage',
        '4915110000001,22:00-07:00,"a ""b"", c"',
        '4915110000002,22-7,x',
        'nobody,,y',
      ].join('\n'),
    );
    const { code, out, error } = await place.subscriber(['import', at('a.csv'), '--errors', at('wrong.csv')]);
    assert.deepEqual([code, out], [1, 'added 1, changed 0, unchanged 0, faulty 2\n'], error);
    assert.equal(
      read('wrong.csv'),
      [
        'number,quietHours,ownMessage',
        '# line 3: quietHours: "22-7" is not allowed; allowed: from and to, as in 22:00-07:00',
        '4915110000002,22-7,x',
        '# line 4: number: "nobody" is not allowed; allowed: an international number (E.164): 5 … 15 digits, with or without a plus, as in +491700000',
        'nobody,,y',
        '',
      ].join('\n'),
    );
    assert.equal(statSync(at('wrong.csv')).mode & 0o777, 0o600);
    const same = await place.subscriber(['import', at('wrong.csv'), '--errors', at('wrong.csv')]);
    assert.deepEqual([same.code, same.out], [64, '']);
    writeFileSync(
      at('right.csv'),
      read('wrong.csv').replace(',22-7,', ',22:00-07:00,').replace('\nnobody', '\n015110000003'),
    );
    const again = await place.subscriber(['import', at('right.csv'), '--errors', at('wrong.csv')]);
    assert.deepEqual(
      [again.code, again.out],
      [0, 'added 2, changed 0, unchanged 0, faulty 0\n'],
      again.error,
    );
    assert(!existsSync(at('wrong.csv')), 'nothing is wrong any more');
    assert(!existsSync(at('wrong.csv.state')));
  });

  test('what is exported is imported, and exported again the same, in both forms', async () => {
    const p256dh = Buffer.from([4, ...Array.from({ length: 64 }, (_, index) => index)]).toString('base64url');
    const auth = Buffer.alloc(16, 7).toString('base64url');
    writeFileSync(
      at('b.ndjson'),
      [
        {
          number: '4915110000004',
          webPush: [{ endpoint: 'https://push.example/a', p256dh, auth }],
          teaser: true,
        },
        { number: '4915110000005', callersListed: [], ownMessage: '#1, "zwei"', reasons: ['busy'] },
      ]
        .map((row) => JSON.stringify(row))
        .join('\n'),
    );
    assert.equal((await place.subscriber(['import', at('b.ndjson')])).code, 0);
    const other = new Place(1);
    try {
      for (const form of ['ndjson', 'csv']) {
        const from = at(`one.${form}`);
        const one = await place.subscriber(['export', from]);
        assert.deepEqual([one.code, one.out], [0, ''], one.error);
        assert.match(one.error, /exported 5\n$/);
        assert.equal(/1 subscribers have web push/.test(one.error), form === 'csv');
        assert.equal(statSync(from).mode & 0o777, 0o600);
        const imported = await other.subscriber(['import', from, '--replace']);
        assert.equal(imported.code, 0, imported.error);
        await other.subscriber(['export', at(`two.${form}`)]);
        assert.equal(read(`two.${form}`), read(`one.${form}`));
      }
    } finally {
      other.remove();
    }
  });

  test('an import that was killed goes on where it was, at rest and on the running engine', async () => {
    for (const engine of [undefined, await place.run()]) {
      const series = engine === undefined ? '49160' : '49161';
      const rows = Array.from({ length: 60_000 }, (_, index) =>
        index % 10_000 === 5 ? 'x' : `${series}${1_000_000 + index}`,
      );
      const file = at('many.csv');
      writeFileSync(file, `number\n${rows.join('\n')}\n`);
      const words = ['import', file, '--errors', at('bad.csv')];
      const killed = start(['subscriber', ...words, '--config', place.config]);
      await until(() => existsSync(at('bad.csv.state')));
      killed.child.kill('SIGKILL');
      await killed.ended;
      const { place: stopped } = JSON.parse(read('bad.csv.state')) as { place: { line: number } };
      assert(stopped.line > 0 && stopped.line < 60_001);
      const changed = await place.subscriber(['import', at('a.csv'), '--errors', at('bad.csv'), '--resume']);
      assert.equal(changed.code, 1);
      assert.match(changed.error, /is not the file that was being imported/);
      const { out, error } = await place.subscriber([...words, '--resume']);
      const counts = /^added (\d+), changed 0, unchanged (\d+), faulty 6\n$/.exec(out);
      assert.equal(Number(counts?.[1]) + Number(counts?.[2]), 59_994, out + error);
      assert.equal(
        read('bad.csv')
          .match(/^# line \d+/gm)
          ?.join(),
        [7, 10007, 20007, 30007, 40007, 50007].map((line) => `# line ${line}`).join(),
      );
      assert(!existsSync(at('bad.csv.state')));
      engine?.child.kill('SIGTERM');
      await engine?.ended;
    }
  });

  test('a number series gives new subscribers their zone, language and class; the longest prefix wins', async () => {
    const text = readFileSync(place.config, 'utf8');
    writeFileSync(
      place.config,
      text.replace(
        'subscribers: {',
        `subscribers:
  { series: [{ prefix: '+1', timeZone: America/New_York }, { prefix: '1808', timeZone: Pacific/Honolulu, language: haw, serviceClass: islands }],`,
      ),
    );
    await place.subscriber(['import', '-'], 'number,language\n12125550001,\n18085550001,\n18085550002,es\n');
    const { out } = await place.subscriber(['list', '--limit', '3', '--json']);
    assert.deepEqual(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
      [
        {
          number: '12125550001',
          missedCalls: true,
          notifyMe: 'off',
          language: 'en',
          timeZone: 'America/New_York',
        },
        {
          number: '18085550001',
          missedCalls: true,
          notifyMe: 'off',
          language: 'haw',
          timeZone: 'Pacific/Honolulu',
          serviceClass: 'islands',
        },
        {
          number: '18085550002',
          missedCalls: true,
          notifyMe: 'off',
          language: 'es',
          timeZone: 'Pacific/Honolulu',
          serviceClass: 'islands',
        },
      ],
    );
    writeFileSync(
      place.config,
      text.replace('subscribers: {', `subscribers: { series: [{ prefix: '+1' }, { prefix: 1 }],`),
    );
    const twice = await place.subscriber(['list']);
    assert.equal(twice.code, 78);
    assert.match(twice.error, /subscribers\.series\[1\]\.prefix/);
    writeFileSync(place.config, text);
  });
});
