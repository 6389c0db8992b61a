import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { defaultPlan, pointCodeText } from '../../src/simulator/plan.ts';
import type { SimulationReport } from '../../src/simulator/report.ts';
import { callwakeProcesses, listen } from '../support/processes.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const LOSSES = 2;
const CALLS_PER_SECOND = 60;
/** Found by silence: four heartbeats of half a second, on both sides. */
const FOUND_WITHIN_S = 3;

test('RFC 4666 §4.5 one of two signalling gateways is killed under load: what was not in flight in it goes on over the other', async (t) => {
  const folder = temporaryFolder();
  const start = callwakeProcesses(t);
  const subscribers = path.join(folder, 'subscribers.csv');
  const network = start([
    'simulate',
    ...['--listen', '127.0.0.1:0', '--traffic-mode', 'loadshare', '--seed', '11'],
    ...['--rate', `${CALLS_PER_SECOND}`, '--subscribers-out', subscribers, '--report', 'json'],
  ]);
  const networkWords = listen(network, 'stderr');
  const verdict = listen(network, 'stdout');
  const networkPort = portIn(await networkWords.heard(/listening on/));
  const point = async (port: number): Promise<{ child: ChildProcess; port: number }> => {
    const child = start(['stp', '--listen', `127.0.0.1:${port}`, '--connect', `127.0.0.1:${networkPort}`]);
    return { child, port: portIn(await listen(child, 'stderr').heard(/listening on/)) };
  };
  const points = [await point(0), await point(0)];
  const config = path.join(folder, 'callwake.yaml');
  writeFileSync(config, JSON.stringify(configuration(points.map(({ port }) => port))));
  const engine = start(['run', '--config', config]);
  const engineWords = listen(engine, 'stderr');
  const active = (name: string) => new RegExp(`"name":"${name}".*"to":"ASP-ACTIVE"`);
  await Promise.all([engineWords.heard(active('stp-0')), engineWords.heard(active('stp-1'))]);
  await networkWords.heard(/life begins/);
  await networkWords.next(/living: /);
  for (let loss = 0; loss < LOSSES; loss++) {
    const lost = points[loss % points.length]!;
    const noticed = engineWords.next(new RegExp(`"name":"stp-${loss}".*"from":"UP"`));
    lost.child.kill('SIGKILL');
    await noticed;
    const back = engineWords.next(active(`stp-${loss}`));
    points[loss % points.length] = await point(lost.port);
    await back;
    await networkWords.next(/living: /);
  }
  network.kill('SIGINT');
  await once(network, 'close');
  const report = JSON.parse(verdict.said.at(-1) ?? '{}') as SimulationReport;
  const ended = once(engine, 'close');
  engine.kill('SIGTERM');
  assert.deepEqual(await ended, [0, null]);
  for (const { child } of points) {
    const pointEnded = once(child, 'close');
    child.kill('SIGTERM');
    assert.deepEqual(await pointEnded, [0, null], 'a transfer point ends in order as well');
  }
  const { faults, ...figures } = report;
  t.diagnostic(JSON.stringify(figures));
  const grave = faults.filter(({ kind }) => kind !== 'late');
  assert.deepEqual(
    { lost: report.lost, doubled: report.doubled, wrong: report.wrong, grave },
    { lost: 0, doubled: 0, wrong: 0, grave: [] },
  );
  assert.ok(report.drained);
  const inFlightMax = LOSSES * FOUND_WITHIN_S * CALLS_PER_SECOND;
  assert.ok(report.unacknowledged <= inFlightMax, `${report.unacknowledged} were not taken`);
  assert.ok(report.callsTold > 50, `${report.callsTold} were told`);
});

const portIn = (line: string): number => Number(/:(\d+) \(/.exec(line)?.[1]);

function configuration(ports: readonly number[]): unknown {
  const { pointCodes, numbers, routingContext, serviceKey } = defaultPlan;
  return {
    signalling: {
      localPointCode: pointCodeText(pointCodes.callwake),
      applicationServers: [{ name: 'callwake', routingContext, trafficMode: 'override' }],
      associations: ports.map((port, index) => ({
        name: `stp-${index}`,
        signallingGateway: `gateway-${index}`,
        remote: { host: '127.0.0.1', port },
      })),
      times: { reconnectMinMs: 100, reconnectMaxMs: 500, heartbeatMs: 500, heartbeatMissesMax: 4 },
    },
    sccp: { translations: [{ digits: '*', targets: [{ pointCode: pointCodeText(pointCodes.stp) }] }] },
    // What was lost in the gateway is found out by these, within the drain of the network.
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
  };
}
