/**
 * The disk of the data directory is full for a while, under calls. Checked: an alarm says so and what to do; the network is answered
 * all the time, calls go on without us; when there is room again the engine goes on by itself; no missed call that was acknowledged
 * is lost, none is told twice.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { verifyData } from '../../src/adapters/store/verify/verify-data.ts';
import { defaultPlan, pointCodeText } from '../../src/simulator/plan.ts';
import type { SimulationReport } from '../../src/simulator/report.ts';
import { callwakeProcesses, listen } from '../support/processes.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** A small file system at this folder; false where none can be mounted. */
function smallFileSystem(folder: string): boolean {
  mkdirSync(folder);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=48m', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return false;
  }
  return true;
}

/** Takes all the room that there is. */
function fill(file: string): void {
  const handle = openSync(file, 'w');
  try {
    for (let size = 1 << 20; size >= 1; ) {
      try {
        writeSync(handle, Buffer.alloc(size));
      } catch {
        size = Math.floor(size / 2);
      }
    }
  } finally {
    closeSync(handle);
  }
}

async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail(`${what} did not come`);
}

test('a full disk: an alarm, calls let go, and work goes on by itself when there is room', async (t) => {
  const folder = temporaryFolder();
  const disk = path.join(folder, 'disk');
  const start = callwakeProcesses(t);
  const mounted = smallFileSystem(disk);
  t.after(() => {
    if (mounted) execFileSync('umount', ['--lazy', disk]);
    rmSync(folder, { recursive: true, force: true });
  });
  if (!mounted) return t.skip('a small file system cannot be mounted here: that is for root');
  const network = start([
    'simulate',
    '--listen',
    '127.0.0.1:0',
    '--transport',
    'sctp-udp',
    '--seed',
    '7',
    '--rate',
    '30',
    '--subscribers-out',
    path.join(folder, 'subscribers.csv'),
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
      node: { dataDirectory: path.join(disk, 'data') },
      signalling: {
        localPointCode: pointCodeText(pointCodes.callwake),
        applicationServers: [{ name: 'callwake', routingContext, trafficMode: 'override' }],
        associations: [{ name: 'stp', remote: { host: '127.0.0.1', port } }],
      },
      sccp: { translations: [{ digits: '*', targets: [{ pointCode: pointCodeText(pointCodes.stp) }] }] },
      map: { serviceCentreNumber: `+${numbers.serviceCentre}` },
      cap: { serviceKeys: [serviceKey] },
      delivery: { retryMs: [1000, 2000, 5000], recheckListedMs: [10_000], recheckUnlistedMs: [5000] },
      subscribers: { importFile: 'subscribers.csv' },
      web: { port: 0 },
      log: { format: 'json' },
    }),
  );
  const engine = start(['run', '--config', config]);
  const engineWords = listen(engine, 'stderr');
  const { page } = JSON.parse(await engineWords.heard(/engine\.started/)) as { page: string };
  await networkWords.heard(/life begins/);

  const metric = async (pattern: RegExp): Promise<number> => {
    const text = await (await fetch(new URL('metrics', page))).text();
    return Number(pattern.exec(text)?.[1] ?? 0);
  };
  const alarm = (): Promise<number> => metric(/^callwake_alarms\{[^}]*code="store-failing"[^}]*\} (\d+)/m);
  const attempts = (): Promise<number> => metric(/^callwake_calls_attempted_total(?:\{[^}]*\})? (\d+)/m);
  await until('a call', async () => (await attempts()) > 20);
  assert.equal(await alarm(), 0);

  const ballast = path.join(disk, 'ballast');
  fill(ballast);
  await until('the alarm', async () => (await alarm()) > 0);
  const whenFull = await attempts();
  await until('calls while the disk is full', async () => (await attempts()) > whenFull + 60);
  assert.ok((await alarm()) > 0, 'the alarm stands as long as the disk is full');

  rmSync(ballast);
  await until('the end of the alarm', async () => (await alarm()) === 0);
  network.kill('SIGINT');
  await once(network, 'close');
  const report = JSON.parse(verdict.said.at(-1) ?? '{}') as SimulationReport;
  const ended = once(engine, 'close');
  engine.kill('SIGTERM');
  assert.deepEqual(await ended, [0, null], 'SIGTERM stops the engine in order');
  assert.deepEqual(verifyData(path.join(disk, 'data'), () => undefined).faults, []);
  const { faults, ...figures } = report;
  t.diagnostic(JSON.stringify(figures));
  const grave = faults.filter(({ kind }) => kind !== 'late');
  assert.deepEqual(
    { lost: report.lost, doubled: report.doubled, wrong: report.wrong, grave, drained: report.drained },
    { lost: 0, doubled: 0, wrong: 0, grave: [], drained: true },
  );
  assert.ok(report.callsTold > 10);
});
