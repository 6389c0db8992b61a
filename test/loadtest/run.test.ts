import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { writeEngineFolder } from '../../loadtest/external-engine.ts';
import { defaultNetworkPlan } from '../../loadtest/plan.ts';
import type { Profile, ProfilePhase } from '../../loadtest/profiles/profile.ts';
import { type RunOptions, runLoad } from '../../loadtest/run.ts';
import { freePort } from '../support/free-port.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const profileOf = (phase: Partial<ProfilePhase>, forMs: number): Profile => ({
  name: 'mine',
  what: 'calls',
  ratePerSecond: 100,
  forMs,
  rampMs: 0,
  subscribers: 200,
  phases: [{ name: 'all', part: 1, rate: [1], mix: { busy: 1 }, order: 'random', ringMs: 0, ...phase }],
});

const never = new Promise<never>(() => undefined);

function optionsOf(
  changes: Partial<RunOptions> & Pick<RunOptions, 'profile'>,
): RunOptions & { lines: string[] } {
  const lines: string[] = [];
  return {
    changes: {},
    network: { host: '127.0.0.1', port: 0, transport: 'tcp', associations: 1 },
    workers: 1,
    seed: 1,
    engineBeside: true,
    objectives: [],
    warmUpMs: 0,
    version: '0.1.0',
    screen: { line: (text) => void lines.push(text) },
    stop: never,
    ...changes,
    lines,
  };
}

test('a second of missed calls by two generators over SCTP: each call is served, each notice is accounted for, and those who were off are told at the end', async () => {
  const mix = { busy: 2, 'no-answer': 1, 'not-reachable': 2, abandoned: 1, answered: 1 };
  const options = optionsOf({
    profile: profileOf({ mix }, 1_000),
    workers: 2,
    network: { host: '127.0.0.1', port: 0, transport: 'sctp-udp', associations: 1 },
  });
  const { total, load, series, verdict, machine } = await runLoad(options);
  assert.deepEqual([total.planned, total.calls.served, total.unsent], [100, 100, 0], verdict.text);
  const { notices } = load;
  assert.deepEqual([notices.lost, notices.doubled, notices.wrong], [0, 0, 0], JSON.stringify(notices));
  assert.ok(notices.right > 50);
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
  assert.equal(sum(series.counts.planned), 100, 'each start is in a second');
  assert.ok(sum(series.counts.served) >= 100, 'with the alerts of the end');
  assert.ok(series.engineAnonymousMiB.some((mib) => mib !== null && mib > 10));
  assert.ok(series.latencies.answer.p99.some((ms) => ms !== null && ms > 0));
  assert.ok(machine.cores >= 1);
});

test('an engine that is killed in a run gives a report that says so, at once', async () => {
  let killedAtMs = 0;
  const options = optionsOf({
    profile: profileOf({}, 120_000),
    onLoad: (engine) => {
      setTimeout(() => {
        killedAtMs = performance.now();
        process.kill(engine!, 'SIGKILL');
      }, 1_500);
    },
  });
  const { outcome, verdict, total, series } = await runLoad(options);
  assert.ok(performance.now() - killedAtMs < 20_000, 'nobody waits for the dead');
  assert.equal(outcome.kind, 'engine-died');
  assert.equal(verdict.held, false);
  assert.match(verdict.text, /The engine died after \d s of load \(signal SIGKILL\)/);
  assert.ok(total.calls.served > 0, 'what came before is told');
  assert.equal(total.planned, 12_000);
  assert.equal(total.unsent + total.calls.begun, total.planned);
  assert.ok(series.counts.served.length >= 1);
});

test('where the generator has as many dialogues as it may, it is the limit, and not the engine', async () => {
  const options = optionsOf({
    profile: profileOf({ ringMs: 700, mix: { answered: 1 } }, 1_000),
    network: { host: '127.0.0.1', port: 0, transport: 'tcp', associations: 2 },
    limits: { dialoguesMax: 20 },
  });
  const { verdict, total } = await runLoad(options);
  assert.deepEqual([verdict.held, verdict.limitedBy], [false, 'generator'], verdict.text);
  assert.ok(total.unsent > 0);
  assert.equal(total.errors['not sent: the generator has as many dialogues as it may'], total.unsent);
});

test('an engine in another process is loaded again and again, and one that is gone for good is told', async () => {
  const folder = temporaryFolder();
  const port = await freePort();
  const network = { ...defaultNetworkPlan, port };
  const config = writeEngineFolder(folder, [network], 200);
  const main = path.resolve(import.meta.dirname, '../../src/cli/main.js');
  const engine = spawn(process.execPath, [main, 'run', '--config', config], {
    stdio: 'ignore',
  });
  const outside = {
    network: { host: '127.0.0.1', port, transport: 'tcp', associations: 1 },
    engineBeside: false,
    enginePid: engine.pid!,
  } as const;
  try {
    for (const once of ['the first time', 'and with the same calls again']) {
      const { load, total, verdict } = await runLoad(
        optionsOf({ ...outside, profile: profileOf({ mix: { busy: 1, 'not-reachable': 1 } }, 500) }),
      );
      assert.deepEqual([total.calls.served, load.notices.right, verdict.held], [50, 50, true], once);
    }
    const options = optionsOf({
      ...outside,
      profile: profileOf({}, 120_000),
      awayMs: 2_000,
      onLoad: () => void setTimeout(() => engine.kill('SIGKILL'), 1_500),
    });
    const { outcome, total, verdict } = await runLoad(options);
    assert.equal(outcome.kind, 'engine-gone', verdict.text);
    assert.equal(verdict.held, false);
    assert.ok(total.calls.served > 0);
    assert.ok((total.errors['not sent: no association'] ?? 0) > 0);
    assert.ok(options.lines.some((line) => line.startsWith(`listening on 127.0.0.1:${port}`)));
  } finally {
    engine.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
});

test('who interrupts gets the report of what was played until then', async () => {
  let interrupt: (value: unknown) => void = () => undefined;
  const stop = new Promise((resolve) => {
    interrupt = resolve;
  });
  const options = optionsOf({
    profile: profileOf({}, 120_000),
    stop,
    onLoad: () => void setTimeout(interrupt, 1_200),
  });
  const { outcome, total, load } = await runLoad(options);
  assert.equal(outcome.kind, 'interrupted');
  assert.ok(total.calls.served > 0);
  assert.equal(load.notices.lost, 0);
});
