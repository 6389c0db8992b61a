/** `callwake explain` as a process of its own, on an engine that tells the phones of a simulated network, and on its data at rest. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { Engine } from '../../src/adapters/engine/engine.ts';
import { EngineSubscribers } from '../../src/adapters/engine/subscribers.ts';
import { buildSimulation, type Simulation } from '../../src/adapters/simulator/simulation.ts';
import { demoConfig } from '../../src/cli/demo-config.ts';
import { seriesDefaults } from '../../src/provisioning/series.ts';
import type { Person } from '../../src/simulator/person.ts';
import { defaultPlan } from '../../src/simulator/plan.ts';
import type { CallEnding } from '../../src/simulator/ssf/call-story.ts';
import { CountersMap } from '../../src/types/counters.ts';
import { silentLog } from '../../src/types/log.ts';
import type { Profile } from '../../src/types/model/profile.ts';
import type { SubscriberState } from '../../src/types/model/state.ts';
import { start } from '../cli/place.ts';
import { assertGolden } from '../support/golden.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { until } from './engine-plant.ts';

const folder = temporaryFolder();
const configFile = path.join(folder, 'callwake.yaml');
const dataDirectory = path.join(folder, 'data');

const people = ['491510000010', '491510000011', '491510000012'].map((number, index) => ({
  name: `person ${index}`,
  number,
  missedCalls: true,
  notifyMe: index === 1 ? ('always' as const) : ('off' as const),
  timeZone: 'UTC',
  withheld: false,
  mobilityReported: false,
}));

const profile: Profile = { missedCalls: true, notifyMe: 'off', language: 'en', timeZone: 'UTC' };

async function withPlant(
  use: (simulation: Simulation, phones: readonly Person[], subscribers: EngineSubscribers) => Promise<void>,
): Promise<void> {
  const simulation = buildSimulation({
    plan: defaultPlan,
    transport: 'sctp-udp',
    seed: 1,
    scenario: { name: 'explain', people, story: [], expect: [] },
    counters: new CountersMap(),
    log: silentLog,
  });
  const port = await simulation.start();
  const config = demoConfig({ plan: defaultPlan, port, dataDirectory, webPort: 0, logLevel: 'warn' });
  const { node, signalling, map } = config;
  const { transport, localPointCode, associations } = signalling;
  // What the command needs of it: where the data are.
  writeFileSync(
    configFile,
    JSON.stringify({
      node: { dataDirectory: node.dataDirectory },
      signalling: {
        transport,
        localPointCode,
        associations: associations.map(({ name, remote }) => ({ name, remote })),
      },
      map: { serviceCentreNumber: map.serviceCentreNumber },
      log: { level: 'warn' },
    }),
  );
  const engine = await Engine.start({ config, log: silentLog });
  try {
    const subscribers = new EngineSubscribers(engine.commands, seriesDefaults(config));
    for (const { number, notifyMe } of people) await subscribers.put(number, { ...profile, notifyMe });
    await until(() => simulation.network.isActive, 'the engine');
    await use(simulation, simulation.network.people, subscribers);
  } finally {
    await engine.stop();
    await simulation.stop();
  }
}

function ring(
  simulation: Simulation,
  caller: Person,
  called: Person,
  ending: CallEnding = 'no-answer',
): void {
  simulation.network.call({
    caller,
    called,
    withheld: false,
    ending,
    capPhase: 2,
    ringingMs: 100,
    patienceMs: 50,
    nationalNumber: false,
    lastReportInEnd: false,
  });
}

const inbox = ({ handset }: Person): string[] => handset.inbox.map(({ text }) => text);

const explain = (...words: string[]) => start(['explain', ...words, '--config', configFile]).ended;

interface Explained {
  readonly calls: readonly {
    readonly id: string;
    readonly verdict: string;
    readonly message: string;
    readonly cause: number;
    readonly notices: readonly string[];
    readonly fate: { readonly kind: string; readonly rule?: string };
  }[];
  readonly notices: readonly {
    readonly id: string;
    readonly composed: {
      readonly trigger: { readonly kind: string };
      readonly reachable?: { readonly kind: string };
    };
    readonly tries: readonly {
      readonly end: { readonly result: string; readonly via: { readonly node: string } };
    }[];
    readonly end: { readonly kind: string };
    readonly rendered: { readonly text: string };
  }[];
  readonly returns: readonly {
    readonly watched: boolean;
    readonly returned?: object;
    readonly notices: readonly string[];
  }[];
}

async function explained(...words: string[]): Promise<Explained> {
  const { code, out, error } = await explain(...words, '--format', 'json');
  assert.equal(code, 0, error);
  return JSON.parse(out) as Explained;
}

/** What differs from run to run: times, ids, the time of the day in a text. */
function steady(text: string): string {
  const ids = new Map<string, string>();
  return text
    .replace(/\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\.\d{3}/g, 'YYYY-MM-DD hh:mm:ss.mmm')
    .replace(/\b\d{1,2}:\d{2}\b/g, 'hh:mm')
    .replace(/\b\d+ (ms|s|min) before/g, 'N s before')
    .replace(
      /(?<=\b(?:CALL|NOTICE|notice|try \d+ \(|notices {2,}|calls {2,}|, ))\s*\d{1,2}\.\d+(\.\d+)?/g,
      (id) => {
        const bare = id.trim();
        if (!ids.has(bare)) ids.set(bare, `id-${ids.size + 1}`);
        return id.replace(bare, ids.get(bare)!);
      },
    );
}

test('N16 explained on the running engine and at rest: the call, the rule, what showed the return, the notice, its tries; and a call without a notice', async () => {
  let human = '';
  let whole: Explained | undefined;
  let numbers = { a: '', b: '', c: '' };
  await withPlant(async (simulation, [b, a, c], subscribers) => {
    assert.ok(a !== undefined && b !== undefined && c !== undefined);
    numbers = { a: a.number, b: b.number, c: c.number };
    await subscribers.put(b.number, {
      ...profile,
      preferences: { callerFilter: 'block-listed', callersListed: [c.number] },
    });
    simulation.network.msc.leave(b, 'detached');
    ring(simulation, a, b);
    const reaches = async (what: string, is: (state: SubscriberState) => boolean): Promise<void> => {
      const endMs = performance.now() + 20_000;
      for (;;) {
        const state = await subscribers.state(b.number);
        if (state !== undefined && is(state)) return;
        assert.ok(performance.now() < endMs, `${what} did not come`);
      }
    };
    await reaches('a first try that failed', ({ delivery }) => delivery === 'awaiting-return');
    ring(simulation, c, b);
    await reaches('the call that is blocked', ({ seenCalls }) => seenCalls.length === 2);
    const waiting = await explained('--msisdn', b.number);
    assert.deepEqual(
      waiting.calls.map(({ fate }) => fate.kind),
      ['waiting', 'not-told'],
    );

    simulation.network.msc.comeBack(b);
    await until(() => inbox(b).length === 1 && inbox(a).length === 1, 'the notices');
    await reaches('the answer to the notice', ({ delivery }) => delivery === 'idle');

    whole = await explained('--msisdn', b.number);
    const { calls, notices } = whole;
    const [told, blocked] = calls;
    assert.deepEqual(
      [told?.verdict, told?.message, told?.cause, told?.fate.kind],
      ['told', 'tBusy', 20, 'told'],
    );
    assert.deepEqual(
      [blocked?.verdict, blocked?.fate.rule, blocked?.notices.length],
      ['not-told', 'blocked', 0],
    );
    const last = notices.at(-1);
    assert.equal(told?.notices.at(-1), last?.id);
    assert.equal(notices[0]?.tries[0]?.end.result, 'absent');
    assert.equal(last?.end.kind, 'delivered');
    assert.match(last.tries.at(-1)?.end.via.node ?? '', /^\d{5,}$/);
    assert.equal(last.composed.trigger.kind, 'alert');
    assert.match(last.rendered.text, /•/, 'numbers are masked');
    assert.equal(
      inbox(b)[0],
      (await explained('--msisdn', b.number, '--show-numbers')).notices.at(-1)?.rendered.text,
    );

    const { returns } = await explained('--msisdn', a.number);
    assert.equal(returns.length, 1);
    assert.ok(returns[0]?.watched === true && returns[0].returned !== undefined);
    assert.equal(returns[0].notices.length, 1);

    const one = await explained('--notice', last.id);
    assert.deepEqual(
      [one.notices.map(({ id }) => id), one.calls.map(({ id }) => id)],
      [[last.id], [told?.id]],
    );
    const { code, out } = await explain('--msisdn', b.number);
    assert.equal(code, 0);
    human = out;
  });
  assert.ok(!human.includes(numbers.a) && !human.includes(numbers.b) && !human.includes(numbers.c));
  assertGolden(path.join('test', 'acceptance', 'explain.golden.txt'), steady(human));

  // The engine is gone: the same of its data.
  const rest = await explained('--msisdn', numbers.b);
  assert.deepEqual([rest.calls, rest.notices], [whole?.calls, whole?.notices]);
  const log = readFileSync(path.join(dataDirectory, 'access.log'), 'utf8');
  assert.match(log, /"command":"explain","did":"look","number":"4915••••••10"/);
});

test('N16 what the journal does not know is said: an unknown notice, no id, a number without calls, a time without any', async () => {
  const unknown = await explain('--notice', '1.999999.0');
  assert.equal(unknown.code, 1);
  assert.match(
    unknown.error,
    /^callwake: there is no notice 1\.999999\.0: the journal has nothing of it since its beginning, 2/,
  );
  const noId = await explain('--notice', 'yesterday');
  assert.equal(noId.code, 1);
  assert.match(noId.error, /no id of a notice/);
  const nobody = await explain('--msisdn', '491519999999');
  assert.equal(nobody.code, 1);
  assert.match(nobody.error, /nothing is known of 4915••••••99/);
  const early = await explained('--msisdn', people[0]!.number, '--to', '2000-01-01');
  assert.deepEqual([early.calls, early.notices], [[], []]);
  for (const words of [
    [],
    ['--msisdn', '491510000010', '--notice', '1.1.1'],
    ['--msisdn', '491510000010', '--from', 'noon'],
  ])
    assert.equal((await explain(...words)).code, 64, words.join(' '));
});
