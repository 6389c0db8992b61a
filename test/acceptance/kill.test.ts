import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { defaultPlan, pointCodeText } from '../../src/simulator/plan.ts';
import type { SimulationReport } from '../../src/simulator/report.ts';
import { randomBelow, SeededRandom } from '../../src/types/random.ts';

const MAIN = path.resolve(import.meta.dirname, '../../src/cli/main.js');
const KILLS = Number(process.env['CALLWAKE_KILLS'] ?? 10);

/** Lines that a process has said, and the wait for one of them. */
function listen(child: ChildProcess, stream: 'stdout' | 'stderr') {
  const said: string[] = [];
  const waiting: { pattern: RegExp; resolve: (line: string) => void }[] = [];
  createInterface({ input: child[stream]! }).on('line', (line) => {
    said.push(line);
    for (const one of waiting.filter(({ pattern }) => pattern.test(line))) one.resolve(line);
  });
  const heard = (pattern: RegExp): Promise<string> => {
    const line = said.find((one) => pattern.test(one));
    if (line !== undefined) return Promise.resolve(line);
    return new Promise((resolve, reject) => {
      waiting.push({ pattern, resolve });
      child.once('close', () =>
        reject(new Error(`ended before it said ${pattern.source}:\n${said.slice(-20).join('\n')}`)),
      );
    });
  };
  return { said, heard };
}

test(`X3 the engine is killed ${KILLS} times under load and started again: nothing lost, doubled or wrong`, async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'callwake-kill-'));
  const children: ChildProcess[] = [];
  const start = (words: string[]): ChildProcess => {
    const child = spawn(process.execPath, [MAIN, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
    children.push(child);
    return child;
  };
  t.after(() => {
    for (const child of children) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
  const subscribers = path.join(folder, 'subscribers.csv');
  const network = start([
    'simulate',
    '--listen',
    '127.0.0.1:0',
    '--transport',
    'sctp-udp',
    '--seed',
    '5',
    '--rate',
    '60',
    '--subscribers-out',
    subscribers,
    '--report',
    'json',
  ]);
  const networkWords = listen(network, 'stderr');
  const verdict = listen(network, 'stdout');
  const port = Number(/:(\d+) \(/.exec(await networkWords.heard(/listening on/))?.[1]);
  const config = path.join(folder, 'callwake.yaml');
  const { pointCodes, numbers, routingContext, serviceKey } = defaultPlan;
  writeFileSync(
    config,
    JSON.stringify({
      signalling: {
        localPointCode: pointCodeText(pointCodes.callwake),
        applicationServers: [{ name: 'callwake', routingContext, trafficMode: 'override' }],
        associations: [{ name: 'stp', remote: { host: '127.0.0.1', port } }],
        times: { reconnectMinMs: 100, reconnectMaxMs: 500 },
      },
      sccp: { translations: [{ digits: '*', targets: [{ pointCode: pointCodeText(pointCodes.stp) }] }] },
      map: { serviceCentreNumber: `+${numbers.serviceCentre}` },
      cap: { serviceKeys: [serviceKey] },
      delivery: { retryMs: [1000, 2000, 5000], recheckListedMs: [10_000], recheckUnlistedMs: [5000] },
      subscribers: { importFile: 'subscribers.csv' },
      web: { enabled: false },
      log: { format: 'json' },
    }),
  );
  const random = new SeededRandom(Date.now());
  let engine = start(['run', '--config', config]);
  await listen(engine, 'stderr').heard(/engine\.started/);
  await networkWords.heard(/life begins/);
  for (let kill = 0; kill < KILLS; kill++) {
    const lifeMs = 100 + randomBelow(random, 1500);
    await new Promise((resolve) => setTimeout(resolve, lifeMs));
    const ended = once(engine, 'close');
    engine.kill('SIGKILL');
    await ended;
    engine = start(['run', '--config', config]);
    await listen(engine, 'stderr').heard(/engine\.started/);
  }
  network.kill('SIGINT');
  await once(network, 'close');
  const report = JSON.parse(verdict.said.at(-1) ?? '{}') as SimulationReport;
  const ended = once(engine, 'close');
  engine.kill('SIGTERM');
  assert.deepEqual(await ended, [0, null], 'SIGTERM stops the engine in order');
  const { faults, ...figures } = report;
  t.diagnostic(JSON.stringify(figures));
  const grave = faults.filter(({ kind }) => kind !== 'late');
  assert.deepEqual(
    { lost: report.lost, doubled: report.doubled, wrong: report.wrong, grave },
    { lost: 0, doubled: 0, wrong: 0, grave: [] },
  );
  assert.ok(report.drained && report.callsTold > 5 * KILLS);
});
