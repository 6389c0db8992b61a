/** The engine in its threads with Perl's Net::SMPP, which others wrote, as its message centre. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { Engine } from '../../src/adapters/engine/engine.ts';
import { EngineSubscribers } from '../../src/adapters/engine/subscribers.ts';
import { buildSimulation } from '../../src/adapters/simulator/simulation.ts';
import { demoConfig } from '../../src/cli/demo-config.ts';
import { smpp } from '../../src/config/schema/smpp.ts';
import { seriesDefaults } from '../../src/provisioning/series.ts';
import { defaultPlan } from '../../src/simulator/plan.ts';
import { CountersMap } from '../../src/types/counters.ts';
import { silentLog } from '../../src/types/log.ts';
import { until } from '../acceptance/engine-plant.ts';
import { listen } from '../support/processes.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** dist/test/interop → test/interop. */
const CENTRE = path.resolve(import.meta.dirname, '../../../test/interop/net-smpp-centre.pl');
const missing =
  spawnSync('perl', ['-MNet::SMPP', '-e', '1'], { stdio: 'ignore' }).status === 0
    ? false
    : 'Perl has no Net::SMPP';

const people = ['491510000010', '491510000011'].map((number, index) => ({
  name: `person ${index}`,
  number,
  missedCalls: true,
  notifyMe: 'off' as const,
  timeZone: 'UTC',
  withheld: false,
  mobilityReported: false,
}));

test('A3 a notice goes out over SMPP, and its receipt ends it', {
  skip: missing,
  timeout: 60_000,
}, async (t) => {
  const folder = temporaryFolder();
  const perl = spawn('perl', [CENTRE], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => perl.kill('SIGKILL'));
  const words = listen(perl, 'stdout');
  const smscPort = Number((await words.heard(/^listening/)).split(' ')[1]);
  const passwordFile = path.join(folder, 'password');
  writeFileSync(passwordFile, 'secret\n');

  const simulation = buildSimulation({
    plan: defaultPlan,
    transport: 'sctp-udp',
    seed: 1,
    scenario: { name: 'smpp', people, story: [], expect: [] },
    counters: new CountersMap(),
    log: silentLog,
  });
  const port = await simulation.start();
  const dataDirectory = path.join(folder, 'data');
  const base = demoConfig({ plan: defaultPlan, port, dataDirectory, webPort: 0, logLevel: 'warn' });
  const smscs = [{ name: 'perl', hosts: ['127.0.0.1'], port: smscPort, systemId: 'callwake', passwordFile }];
  const engine = await Engine.start({
    config: { ...base, smpp: smpp.parse({ smscs }) },
    log: silentLog,
  });
  t.after(async () => {
    await engine.stop();
    await simulation.stop();
  });
  const subscribers = new EngineSubscribers(engine.commands, seriesDefaults(base));
  const count = (name: string): number => engine.countersNow().get(name) ?? 0;
  const profile = { missedCalls: true, notifyMe: 'off', language: 'en', timeZone: 'UTC' } as const;
  for (const { number } of people) await subscribers.put(number, profile);
  const { network } = simulation;
  await until(() => network.isActive, 'the engine');
  const [a, b] = network.people;
  assert.ok(a !== undefined && b !== undefined);
  // Each asks how things stand: the answer is a notice as any other.
  for (const person of [a, b]) network.sendShortMessage(person, '4321', 'STATUS', () => undefined);
  await until(() => count('smpp.receipt.delivered') === 2, 'two receipts');
  const delivery = async (number: string) => (await subscribers.state(number))?.delivery;
  for (let tries = 0; (await delivery(a.number)) !== 'idle' || (await delivery(b.number)) !== 'idle'; tries++)
    assert.ok(tries < 1_000, 'a receipt ends its notice');
  const submitted = words.said.filter((line) => line.startsWith('submit'));
  const read = submitted
    .map((line) => line.split(' '))
    .map(([, to, hex]) => `${to} ${Buffer.from(hex!, 'hex').toString('latin1')}`);
  assert.deepEqual(
    read.map((line) => line.split('.')[0]).sort(),
    people.map(({ number }) => `${number} Missed-call notices: on`).sort(),
  );
  assert.equal(count('notice.accepted'), 2);
});
