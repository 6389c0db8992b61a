/** N4: the engine in its threads, over SCTP on loopback; tshark reads from which numbers the notices came. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { Engine } from '../../src/adapters/engine/engine.ts';
import { EngineSubscribers } from '../../src/adapters/engine/subscribers.ts';
import { buildSimulation } from '../../src/adapters/simulator/simulation.ts';
import { demoConfig } from '../../src/cli/demo-config.ts';
import { seriesDefaults } from '../../src/provisioning/series.ts';
import { defaultPlan } from '../../src/simulator/plan.ts';
import { isClean } from '../../src/simulator/report.ts';
import { CountersMap } from '../../src/types/counters.ts';
import { silentLog } from '../../src/types/log.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tsharkMissing } from '../support/tshark.ts';
import { until } from './engine-plant.ts';

const people = ['491510000020', '491510000021', '491510000022'].map((number, index) => ({
  name: `person ${index}`,
  number,
  missedCalls: true,
  notifyMe: 'off' as const,
  timeZone: 'UTC',
  withheld: false,
  mobilityReported: false,
}));

test('N4 over sockets: a message for each caller, whose number is the sender in TP-OA, as tshark reads it', async (t) => {
  const folder = temporaryFolder();
  const captureFile = path.join(folder, 'engine.pcap');
  const simulation = buildSimulation({
    plan: { ...defaultPlan, life: { ...defaultPlan.life, busyForShortMessage: 0 } },
    transport: 'sctp-udp',
    seed: 1,
    scenario: { name: 'per-caller', people, story: [], expect: [] },
    counters: new CountersMap(),
    log: silentLog,
  });
  const port = await simulation.start();
  const dataDirectory = path.join(folder, 'data');
  const config = demoConfig({ plan: defaultPlan, port, dataDirectory, webPort: 0, logLevel: 'warn' });
  const engine = await Engine.start({ config, log: silentLog, captureFile });
  const { network } = simulation;
  const [anna, carl, ben] = network.people;
  assert.ok(anna !== undefined && carl !== undefined && ben !== undefined);
  try {
    const subscribers = new EngineSubscribers(engine.commands, seriesDefaults(config));
    const profile = { missedCalls: true, notifyMe: 'off', language: 'en', timeZone: 'UTC' } as const;
    await subscribers.put(ben.number, { ...profile, preferences: { aggregation: 'per-caller' } });
    await until(() => network.isActive, 'the engine');
    network.msc.leave(ben, 'detached');
    const attempted = () => network.progress.callsMissed;
    for (const [index, caller] of [anna, carl, anna].entries()) {
      network.call({
        caller,
        called: ben,
        withheld: false,
        ending: 'busy',
        capPhase: ([2, 3, 4] as const)[index]!,
        ringingMs: 100,
        patienceMs: 0,
        nationalNumber: false,
        lastReportInEnd: true,
      });
      await until(() => attempted() === index + 1 && network.progress.openCalls === 0, 'the end of a call');
    }
    // The first try has failed, and all three wait for the return.
    await until(() => (engine.countersNow().get('notice.absent') ?? 0) > 0, 'a try that failed');
    network.msc.comeBack(ben);
    await until(() => ben.handset.inbox.length === 2, 'two messages');
    assert.deepEqual(
      ben.handset.inbox.map(({ originator }) => originator),
      [anna, carl].map(({ number }) => ({
        kind: 'number',
        typeOfNumber: 1,
        numberingPlan: 1,
        digits: number,
      })),
    );
    const report = network.report();
    assert.ok(isClean(report), JSON.stringify(report.faults));
  } finally {
    await engine.stop();
    await simulation.stop();
  }
  const missing = tsharkMissing();
  if (missing !== undefined) return t.diagnostic(missing);
  const shark = (...fields: string[]) =>
    spawnSync('tshark', ['-r', captureFile, ...fields], { encoding: 'utf8', maxBuffer: 1 << 26 }).stdout;
  assert.equal(shark('-Y', '_ws.malformed || _ws.expert.severity == "Error"'), '');
  const fields = ['gsm_sms.tp-oa', 'gsm_sms.sms_text'].flatMap((field) => ['-e', field]);
  const rows = shark('-Y', 'gsm_sms.tp-mti', '-T', 'fields', ...fields).split('\n');
  t.diagnostic(rows.join(' | '));
  for (const { number } of [anna, carl])
    assert.ok(
      rows.some((row) => row.startsWith(`${number}\t`) && row.includes(`from +${number} `)),
      number,
    );
});
