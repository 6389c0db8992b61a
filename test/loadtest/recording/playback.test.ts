/** From end to end: the traffic of one engine is recorded, and played to another one that has never seen any. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { CALLER_PREFIX, SUBSCRIBER_PREFIX } from '../../../loadtest/numbers.ts';
import type { Phase } from '../../../loadtest/plan.ts';
import { recordedPhase } from '../../../loadtest/recording/recorded-phase.ts';
import { ControlClient } from '../../../src/adapters/control/control-client.ts';
import { recordingContents } from '../../../src/adapters/recording/contents.ts';
import { commandsOn } from '../../../src/cli/commands.ts';
import { createProgram, runProgram } from '../../../src/cli/program.ts';
import { withLoad } from '../../faults/load-plant.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const SUBSCRIBERS = 40;
const SPEED = 4;
const PHASE: Phase = {
  name: 'to be recorded',
  ratePerSecond: 100,
  forMs: 3_000,
  mix: {
    busy: 30,
    'no-answer': 20,
    'not-reachable': 10,
    abandoned: 10,
    answered: 20,
    barred: 5,
    'network-trouble': 5,
    alert: 10,
  },
  first: 0,
  // The last ten are known to nobody.
  count: SUBSCRIBERS + 10,
  order: 'random',
  ringMs: 40,
};

/** What the engine has counted of calls and returns; which of the calls it was too busy to arm, the machine decides. */
function traffic(counters: Readonly<Record<string, number>>): Record<string, number> {
  const wanted = /^(call\.(attempt|missed\..*)|reachability\.alert)$/;
  const counts = Object.entries(counters).filter(([name]) => wanted.test(name));
  return Object.fromEntries(counts.sort(([a], [b]) => (a < b ? -1 : 1)));
}

test('what one engine took is played to another at four times its speed: as many calls of each cause arrive', async () => {
  const file = path.join(temporaryFolder(), 'a.cwrec');
  const said: string[] = [];
  const terminal = { out: (text: string) => void said.push(text), error: () => undefined };
  const callwake = (...words: string[]): Promise<number> =>
    runProgram(createProgram('1', commandsOn(terminal), terminal), words, terminal);
  let before: Record<string, number> = {};
  let planned = 0;

  await withLoad({ subscribers: SUBSCRIBERS + 10, provisioned: SUBSCRIBERS }, async ({ load, engine }) => {
    const recording = callwake('record', '--data', engine.directory, '--out', file, '--for', '60s', '--json');
    const client = await ControlClient.connect(engine.directory);
    assert(client !== undefined);
    while (!(await client.recordingStatus()).underWay) await new Promise((resolve) => setTimeout(resolve, 5));
    await assert.rejects(
      client.record({ to: `${file}2`, forMs: 1_000, octetsMax: 8_192, keptDigits: 4 }),
      /another recording/,
    );
    const played = await load.play(PHASE);
    await load.settle(300);
    planned = played.planned;
    before = traffic((await engine.status()).counters);
    await client.close();
    assert.equal(await callwake('record', 'stop', '--data', engine.directory), 0);
    assert.equal(await recording, 0);
    assert.equal(await callwake('record', 'stop', '--data', engine.directory), 1);
  });
  const summary = JSON.parse(said.find((text) => text.startsWith('{'))!) as Record<string, unknown>;
  assert.deepEqual([summary['reason'], summary['dropped'], summary['ofEarlier']], ['stopped', 0, 0]);

  const contents = recordingContents(file);
  const starts = contents.begun.calls.reduce((sum, calls) => sum + calls, 0) + contents.facts['alert']!;
  assert.equal(starts, planned);
  assert(contents.causes['17']! > 0 && contents.causes['55']! > 0 && contents.causes['34']! > 0);
  // The prefix stays, and no number is there.
  const octets = readFileSync(file, 'latin1');
  assert(octets.includes(SUBSCRIBER_PREFIX));
  for (let index = 0; index < SUBSCRIBERS; index++) {
    const digits = String(index).padStart(8, '0');
    for (const prefix of [SUBSCRIBER_PREFIX, CALLER_PREFIX]) assert(!octets.includes(prefix + digits));
  }
  said.length = 0;
  assert.equal(await callwake('record', 'show', file), 0);
  assert.match(said.join(''), /call-reported busy +\d+/);
  assert.doesNotMatch(said.join(''), /\d{12}/, 'no number is shown');

  const { phase, subscribers, provisioned, what } = recordedPhase(file, SPEED);
  assert.match(what, /at 4 times their speed/);
  assert.equal(provisioned, SUBSCRIBERS);
  await withLoad({ subscribers, provisioned }, async ({ load, engine }) => {
    const played = await load.play(phase);
    assert.equal(played.planned, planned);
    assert.equal(played.unsent, 0);
    assert.equal(played.calls.unanswered + played.alerts.unanswered, 0);
    await load.settle(300);
    assert.deepEqual(traffic((await engine.status()).counters), before);
    // Whoever is still away comes back, and is told.
    const back = { mix: { alert: 1 }, first: 0, count: provisioned, order: 'in-turn' } as const;
    await load.play({ ...back, name: 'back', ratePerSecond: 200, forMs: (provisioned * 1_000) / 200 });
    await load.settle();
    const { lost, doubled, wrong } = (await load.report()).notices;
    assert.deepEqual([lost, doubled, wrong], [0, 0, 0]);
  });
  const spanOf = (atMs: Float64Array): number => atMs.at(-1)! - atMs[0]!;
  assert(Math.abs(spanOf(phase.starts!.atMs) * SPEED - PHASE.forMs) < 0.2 * PHASE.forMs);
});

test('a speed out of bounds is refused', () => {
  for (const speed of [0, -1, Number.NaN, 1e6])
    assert.throws(() => recordedPhase('none.cwrec', speed), /at 0.01 to 1000 times its speed/);
});
