/** `callwake subscriber` as a process of its own: on data at rest, and on a running engine. */
import { strict as assert } from 'node:assert';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { ControlClient } from '../../src/adapters/control/control-client.ts';
import { shardDirectory } from '../../src/adapters/store/data-directory.ts';
import { Environment } from '../../src/adapters/store/environment.ts';
import { schemaVersion } from '../../src/adapters/store/schema.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const main = path.resolve(import.meta.dirname, '../../src/cli/main.js');

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

function start(words: readonly string[], input?: string): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [main, ...words], { stdio: ['pipe', 'pipe', 'pipe'] });
  let out = '';
  let error = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (error += text));
  child.stdin.end(input);
  return {
    child,
    ended: once(child, 'close').then(([code]) => ({ code: code as number | null, out, error })),
  };
}

/** A folder with a configuration; its network is in the engine's own memory, where nobody answers. */
class Place {
  readonly folder = temporaryFolder();
  readonly config = path.join(this.folder, 'callwake.yaml');
  readonly data = path.join(this.folder, 'data');

  constructor(shards = 2) {
    this.configure(shards);
  }

  configure(shards: number): void {
    writeFileSync(
      this.config,
      `
node: { dataDirectory: data }
signalling:
  transport: memory
  localPointCode: 2-100-7
  associations: [{ name: stp, remote: { host: stp, port: 2905 } }]
map: { serviceCentreNumber: 491700000 }
shards: { count: ${shards} }
store: { mapSizeOctets: 1073741824 }
subscribers: { defaultTimeZone: Europe/Berlin }
web: { enabled: false }
`,
    );
  }

  subscriber(words: readonly string[], input?: string): Promise<Ended> {
    return start(['subscriber', ...words, '--config', this.config], input).ended;
  }

  /** Resolves when the engine listens on its control socket. */
  async run(): Promise<{ child: ChildProcess; ended: Promise<Ended> }> {
    const engine = start(['run', '--config', this.config]);
    const state = { over: false };
    void engine.ended.then(() => (state.over = true));
    while (!state.over) {
      const client = await ControlClient.connect(this.data);
      await client?.close();
      if (client !== undefined) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    if (state.over) assert.fail((await engine.ended).error);
    return engine;
  }

  get hasSocket(): boolean {
    return readdirSync(this.data).includes('control.sock');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
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
    assert.equal(out, 'taken 3, unchanged 0, faulty 2\n', error);
    assert.equal(code, 1);
    assert.match(
      error,
      /subscribers\.csv:4: number: "nobody" is not allowed; allowed: an international number/,
    );
    assert.match(error, /subscribers\.csv:5: timeZone: "Mars\/Olympus" is not allowed/);
    assert.equal((await place.subscriber(['list'])).out, LISTED);
  });

  test('O7 a file that is imported again changes nothing, at rest and on the running engine', async () => {
    assert.equal((await importing('standard input')).out, 'taken 0, unchanged 3, faulty 2\n');
    const engine = await place.run();
    assert.equal((await importing('standard input')).out, 'taken 0, unchanged 3, faulty 2\n');
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
    assert.deepEqual([set.code, set.out], [0, '4915110000009,on,always,de,Europe/Berlin\n'], set.error);
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
    assert.deepEqual(JSON.parse(online.out), expected);
    engine.child.kill('SIGKILL');
    await engine.ended;
    assert(place.hasSocket, 'the socket of the one that was killed still lies there');
    const offline = await place.subscriber(['get', '4915110000009', '--json']);
    assert.deepEqual(JSON.parse(offline.out), expected, offline.error);
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
    assert.equal((await place.subscriber(['import', '-'], csv)).out, 'taken 300, unchanged 0, faulty 0\n');
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
