/** The engine in its threads, over SCTP on loopback, and phones that talk to it; tshark reads what went over the wire. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { Engine } from '../../src/adapters/engine/engine.ts';
import { EngineSubscribers } from '../../src/adapters/engine/subscribers.ts';
import { buildSimulation, type Simulation } from '../../src/adapters/simulator/simulation.ts';
import { demoConfig } from '../../src/cli/demo-config.ts';
import { seriesDefaults } from '../../src/provisioning/series.ts';
import type { UssdStory } from '../../src/simulator/mobile-originated.ts';
import type { Person } from '../../src/simulator/person.ts';
import { defaultPlan } from '../../src/simulator/plan.ts';
import { isClean } from '../../src/simulator/report.ts';
import { CountersMap } from '../../src/types/counters.ts';
import { silentLog } from '../../src/types/log.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tsharkMissing } from '../support/tshark.ts';
import { until } from './engine-plant.ts';

const SERVICE = '4321';
const folder = temporaryFolder();
const captureFile = path.join(folder, 'engine.pcap');

const people = ['491510000010', '491510000011'].map((number, index) => ({
  name: `person ${index}`,
  number,
  missedCalls: true,
  notifyMe: 'off' as const,
  timeZone: 'UTC',
  withheld: false,
  mobilityReported: false,
}));

async function withPlant(
  use: (
    simulation: Simulation,
    engine: Engine,
    phones: readonly Person[],
    subscribers: EngineSubscribers,
  ) => Promise<void>,
): Promise<void> {
  const simulation = buildSimulation({
    plan: defaultPlan,
    transport: 'sctp-udp',
    seed: 1,
    scenario: { name: 'self-care', people, story: [], expect: [] },
    counters: new CountersMap(),
    log: silentLog,
  });
  const port = await simulation.start();
  const dataDirectory = path.join(folder, 'data');
  const config = demoConfig({ plan: defaultPlan, port, dataDirectory, webPort: 0, logLevel: 'warn' });
  const engine = await Engine.start({ config, log: silentLog, captureFile });
  try {
    const subscribers = new EngineSubscribers(engine.commands, seriesDefaults(config));
    for (const { number } of people)
      await subscribers.put(number, {
        missedCalls: true,
        notifyMe: 'off',
        language: 'en',
        timeZone: 'UTC',
      });
    await until(() => simulation.network.isActive, 'the engine');
    await use(simulation, engine, simulation.network.people, subscribers);
    const report = simulation.network.report();
    assert.ok(isClean(report), JSON.stringify(report.faults));
  } finally {
    await engine.stop();
    await simulation.stop();
  }
}

const inbox = ({ handset }: Person): string[] => handset.inbox.map(({ text }) => text);

async function dial(
  simulation: Simulation,
  from: Person,
  code: string,
  ...typed: string[]
): Promise<UssdStory> {
  let story: UssdStory | undefined;
  simulation.network.dial(
    from,
    code,
    () => typed.shift(),
    (told) => {
      story = told;
    },
  );
  await until(() => story !== undefined, `an end of ${code}`);
  return story!;
}

test('S1 S2 K3 F2 over sockets: keywords, the menu, an order without a call, a report', async () => {
  await withPlant(async (simulation, engine, [a, b], subscribers) => {
    const { network } = simulation;
    assert.ok(a !== undefined && b !== undefined);
    let taken = 0;
    const say = (text: string) =>
      network.sendShortMessage(a, SERVICE, text, (ok) => {
        if (ok) taken++;
      });
    say('Please: STATUS');
    await until(() => inbox(a).length === 1, 'an answer');
    assert.match(inbox(a)[0] ?? '', /^Missed-call notices: on\./);

    const menu = await dial(simulation, a, '*123#', '7', '2', '4');
    assert.equal(menu.pages.at(-1), 'Теперь мы пишем вам по-русски.');
    assert.equal(menu.pages.length, 4);

    network.msc.leave(b, 'detached');
    say(`Сообщи +${b.number}`);
    await until(() => inbox(a).length === 2, 'an answer in Russian');
    assert.equal(inbox(a)[1], `Сообщим, когда +${b.number} будет в сети.`);
    await until(() => (engine.countersNow().get('query.absent') ?? 0) > 0, 'a query for B');
    network.msc.comeBack(b);
    await until(() => inbox(a).length === 3, 'the return of B');
    assert.match(inbox(a)[2] ?? '', new RegExp(`^\\+${b.number} снова в сети`));
    assert.equal(taken, 2);

    const report = await dial(simulation, b, '*123*8*0151999999#', '1');
    assert.match(report.pages.at(-1) ?? '', /^Thank you\. We have noted \+49151999999 as fraud/);
    const state = await subscribers.state(b.number);
    assert.deepEqual(
      state?.selfCare?.reports.map(({ caller }) => caller),
      ['49151999999'],
    );
  });
});

test('S1 S2 tshark reads the same dialogues in the capture, and complains of nothing', (t) => {
  const missing = tsharkMissing();
  if (missing !== undefined) return t.skip(missing);
  const shark = (...fields: string[]) =>
    spawnSync('tshark', ['-r', captureFile, ...fields], { encoding: 'utf8', maxBuffer: 1 << 26 }).stdout;
  assert.equal(shark('-Y', '_ws.malformed || _ws.expert.severity == "Error"'), '');
  const read = shark(
    '-T',
    'fields',
    '-e',
    'gsm_old.localValue',
    '-e',
    'gsm_sms.sms_text',
    '-e',
    'gsm_map.ussd_string',
  );
  t.diagnostic(
    read
      .split('\n')
      .filter((line) => line.trim() !== '')
      .join(' | ')
      .slice(0, 2000),
  );
  for (const text of [
    'Please: STATUS',
    'Missed-call notices: on.',
    '*123*8*0151999999#',
    '2 العربية',
    'Теперь мы пишем вам по-русски.',
    'Report fraud +49151999999: are you sure?',
  ])
    assert.ok(read.includes(text), text);
});
