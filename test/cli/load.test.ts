/** `callwake load` without a load: what it lists, writes, compares and refuses. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { commandsOn } from '../../src/cli/commands.ts';
import { createProgram, runProgram } from '../../src/cli/program.ts';
import { loadConfig } from '../../src/config/load.ts';
import { madeReport } from '../loadtest/made-report.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function callwake(...words: readonly string[]) {
  const said = { out: '', error: '' };
  const terminal = {
    out: (text: string) => {
      said.out += text;
    },
    error: (text: string) => {
      said.error += text;
    },
  };
  const code = await runProgram(createProgram('0.1.0', commandsOn(terminal), terminal), words, terminal);
  return { code, ...said };
}

function folderOf(t: TestContext): string {
  const folder = temporaryFolder();
  mkdirSync(folder, { recursive: true });
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('profiles are listed with what they are', async () => {
  const { code, out } = await callwake('load', 'profiles');
  assert.equal(code, 0);
  assert.match(out, /^missed-calls +missed calls of all causes/m);
  assert.match(out, /^yardstick +calls that stay open for 60 s/m);
});

test('a wrong command line is refused with what is allowed, before anything is begun', async () => {
  const cases: readonly [words: string[], code: number, said: RegExp][] = [
    [['--slo', 'answer-p98<=20ms'], 64, /there is no answer-p98.*answer-p50/s],
    [['--for', '60'], 64, /A duration has a unit/],
    [['--rate', '0'], 64, /A number above 0/],
    [['--workers', '9'], 64, /A whole number from 1 to 8/],
    [['--listen', '2905'], 64, /An address and a port/],
    [['--engine', '--external'], 64, /cannot be used with/],
    [['--listen', '127.0.0.1:65535', '--workers', '2'], 64, /need ports from 65535 on/],
    [['--profile', 'mised-calls'], 78, /did you mean missed-calls/],
    [['--profile', './no-such.yaml'], 69, /there is no .\/no-such.yaml/],
  ];
  for (const [words, expected, said] of cases) {
    const { code, error } = await callwake('load', ...words);
    assert.equal(code, expected, `${words.join(' ')}: ${error}`);
    assert.match(error, said);
  }
});

test('more workers than a recording has, and a port that is to be any, are refused before anything is begun', async () => {
  const played = await callwake('load', '--play', 'traffic.cwrec', '--workers', '2');
  assert.deepEqual([played.code, played.out], [64, '']);
  assert.match(played.error, /a recording is played by one worker/);
  const config = await callwake('load', 'config', 'folder', '--listen', '127.0.0.1:0');
  assert.deepEqual([config.code, config.out], [64, '']);
  assert.match(config.error, /say --listen HOST:PORT/);
});

test('a profile with a mistake is refused by line and column', async (t) => {
  const file = path.join(folderOf(t), 'mine.yaml');
  writeFileSync(
    file,
    'what: calls\nratePerSecond: 10\nfor: soon\nsubscribers: 10\nphases:\n  - name: a\n    mix: { busy: 1 }\n',
  );
  const { code, error } = await callwake('load', '--profile', file);
  assert.equal(code, 78);
  assert.ok(
    error.includes(`${file}:3:1: for: "soon" is not allowed; allowed: a duration above 0 with its unit`),
  );
});

test('the configuration for an engine elsewhere is one that callwake takes, with a route to each generator', async (t) => {
  const folder = path.join(folderOf(t), 'engine');
  const words = [
    '--listen',
    '127.0.0.1:2905',
    '--workers',
    '3',
    '--associations',
    '2',
    '--subscribers',
    '30',
  ];
  const { code, error } = await callwake('load', 'config', folder, ...words);
  assert.equal(code, 0, error);
  const loaded = loadConfig(readFileSync(path.join(folder, 'callwake.yaml'), 'utf8'));
  assert(loaded.ok, JSON.stringify(loaded));
  const { associations, routes } = loaded.config.signalling;
  assert.deepEqual(
    associations.map(({ remote }) => remote.port),
    [2905, 2905, 2906, 2906, 2907, 2907],
  );
  assert.equal(routes.length, 3);
  const rows = readFileSync(path.join(folder, 'subscribers.csv'), 'utf8').trim().split('\n');
  assert.equal(rows.length, 31);
  assert.match((await callwake('load', 'config', folder)).error, /say --listen HOST:PORT/);
});

test('two reports are compared in the terminal, as JSON and as a page', async (t) => {
  const folder = folderOf(t);
  const places = ['a', 'b'].map((name) => path.join(folder, name));
  for (const place of places) {
    mkdirSync(place);
    writeFileSync(path.join(place, 'report.json'), JSON.stringify(madeReport()));
  }
  const both = path.join(folder, 'both');
  const { code, out } = await callwake('load', 'compare', ...places, '--report', both);
  assert.equal(code, 0);
  assert.match(out, /^answer p99 +10\.9 ms +10\.9 ms/m);
  assert.ok(existsSync(path.join(both, 'compare.html')));
  const rows = JSON.parse((await callwake('load', 'compare', ...places, '--json')).out) as { name: string }[];
  assert.ok(rows.some(({ name }) => name === 'notices lost'));
  const missing = await callwake('load', 'compare', places[0]!, path.join(folder, 'none'));
  assert.equal(missing.code, 69);
});
