/** The engine in its threads before a simulated network with two people, one of whom is told by channels. */
import assert from 'node:assert/strict';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { Engine } from '../../src/adapters/engine/engine.ts';
import { EngineSubscribers } from '../../src/adapters/engine/subscribers.ts';
import { buildSimulation, type Simulation } from '../../src/adapters/simulator/simulation.ts';
import { demoConfig } from '../../src/cli/demo-config.ts';
import type { Config } from '../../src/config/schema/config.ts';
import type { ConnectorStatus } from '../../src/connector/status.ts';
import { seriesDefaults } from '../../src/provisioning/series.ts';
import type { Person } from '../../src/simulator/person.ts';
import { defaultPlan } from '../../src/simulator/plan.ts';
import { CountersMap } from '../../src/types/counters.ts';
import { silentLog } from '../../src/types/log.ts';
import type { Preferences } from '../../src/types/model/preferences.ts';
import type { SubscriberState } from '../../src/types/model/state.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { until } from './engine-plant.ts';

const people = ['491510000010', '491510000011'].map((number, index) => ({
  name: `person ${index}`,
  number,
  missedCalls: true,
  notifyMe: 'off' as const,
  timeZone: 'UTC',
  withheld: false,
  mobilityReported: false,
}));

export interface ChannelsPlant {
  readonly simulation: Simulation;
  readonly a: Person;
  readonly b: Person;
  readonly order: (preferences: Preferences) => Promise<void>;
  readonly miss: () => void;
  readonly config: Config;
  readonly engine: Engine;
  readonly connectors: () => readonly ConnectorStatus[];
  /** Waits until the called person's actor is in such a state. */
  readonly actorIs: (holds: (state: SubscriberState) => boolean) => Promise<void>;
}

export async function plantWith(
  t: TestContext,
  channels: (standard: Config['channels']) => Partial<Config['channels']>,
): Promise<ChannelsPlant> {
  const simulation = buildSimulation({
    plan: defaultPlan,
    transport: 'sctp-udp',
    seed: 1,
    scenario: { name: 'channels', people, story: [], expect: [] },
    counters: new CountersMap(),
    log: silentLog,
  });
  const port = await simulation.start();
  t.after(() => simulation.stop());
  const dataDirectory = path.join(temporaryFolder(), 'data');
  const standard = demoConfig({ plan: defaultPlan, port, dataDirectory, webPort: 0, logLevel: 'warn' });
  const config = { ...standard, channels: { ...standard.channels, ...channels(standard.channels) } };
  let connectors: readonly ConnectorStatus[] = [];
  const engine = await Engine.start({
    config,
    log: silentLog,
    onReport: (_part, report) => {
      if (report.kind === 'notifier') connectors = report.connectors ?? [];
    },
  });
  t.after(() => engine.stop());
  const subscribers = new EngineSubscribers(engine.commands, seriesDefaults(config));
  await until(() => simulation.network.isActive, 'the engine');
  const [a, b] = simulation.network.people;
  assert.ok(a !== undefined && b !== undefined);
  return {
    simulation,
    a,
    b,
    order: async (preferences) => {
      const basis = { missedCalls: true, notifyMe: 'off', language: 'en', timeZone: 'UTC' } as const;
      await subscribers.put(b.number, { ...basis, preferences });
    },
    config,
    connectors: () => connectors,
    engine,
    actorIs: async (holds) => {
      const endMs = performance.now() + 20_000;
      for (;;) {
        const state = await subscribers.state(b.number);
        if (state !== undefined && holds(state)) return;
        assert.ok(performance.now() < endMs, 'the actor is in another state');
      }
    },
    miss: () =>
      simulation.network.call({
        caller: a,
        called: b,
        withheld: false,
        ending: 'busy',
        capPhase: 2,
        ringingMs: 0,
        patienceMs: 0,
        nationalNumber: false,
        lastReportInEnd: false,
      }),
  };
}

/** A relay on loopback, without encryption. */
export const eMailTo = (port: number) => (standard: Config['channels']) => ({
  eMail: {
    ...standard.eMail,
    enabled: true,
    host: '127.0.0.1',
    port,
    security: 'none' as const,
    from: 'missed-calls@operator.example',
    clientName: 'callwake.example',
  },
});

export const isTold = ({ delivery, missed }: SubscriberState): boolean =>
  delivery === 'idle' && missed.length === 0;
export const texts = ({ handset }: Person): string[] => handset.inbox.map(({ text }) => text);
