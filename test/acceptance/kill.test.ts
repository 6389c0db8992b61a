import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { defaultPlan, pointCodeText } from '../../src/simulator/plan.ts';
import type { SimulationReport } from '../../src/simulator/report.ts';
import { randomBelow, SeededRandom } from '../../src/types/random.ts';
import { callwakeProcesses, listen } from '../support/processes.ts';

const KILLS = Number(process.env['CALLWAKE_KILLS'] ?? 10);

test(`X3 the engine is killed ${KILLS} times under load and started again: nothing lost, doubled or wrong`, async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'callwake-kill-'));
  const start = callwakeProcesses(t);
  t.after(() => rmSync(folder, { recursive: true, force: true }));
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
      // What was on its way at a kill is found out by these, within the drain of the network.
      map: {
        serviceCentreNumber: `+${numbers.serviceCentre}`,
        operationShortMs: 3_000,
        operationMediumMs: 5_000,
        operationLongMs: 10_000,
      },
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
