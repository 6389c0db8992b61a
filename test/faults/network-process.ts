/** The network in a box as a process of its own, which a fault plant forks and talks to. */
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildSimulation } from '../../src/adapters/simulator/simulation.ts';
import { Chance } from '../../src/simulator/chance.ts';
import { defaultPlan, type NetworkPlan } from '../../src/simulator/plan.ts';
import { populate } from '../../src/simulator/population.ts';
import { CountersMap } from '../../src/types/counters.ts';
import { type Log, silentLog } from '../../src/types/log.ts';
import { SeededRandom } from '../../src/types/random.ts';
import type {
  NetworkOrder,
  NetworkProcessOptions,
  NetworkProgress,
  NetworkSaying,
  NetworkVerdict,
} from './network-messages.ts';
import { stepClock } from './step-clock.ts';
import { Witness } from './witness.ts';

const LOOK_MS = 20;

const options = JSON.parse(process.argv[2] ?? '{}') as NetworkProcessOptions;
const say = (saying: NetworkSaying) => process.send?.(saying);
const counters = new CountersMap();
const log: Log = {
  ...silentLog,
  info: (event, fields) => {
    if (event === 'm3ua.association' || event === 'm3ua.traffic') witness.changed();
    if (event === 'm3ua.as') witness.serverIs(String(fields?.['to']));
  },
};
const plan: NetworkPlan = {
  ...defaultPlan,
  listen: { host: '127.0.0.1', port: options.port },
  people: { ...defaultPlan.people, ...options.people },
  life: { ...defaultPlan.life, ...options.life },
  times: { ...defaultPlan.times, ...options.times },
};
const simulation = buildSimulation({
  plan,
  transport: 'sctp-udp',
  seed: options.lifeSeed,
  people: populate(plan, new Chance(new SeededRandom(options.seed)), 0),
  counters,
  log,
});
const { network } = simulation;
writeFileSync(options.subscribersFile, network.subscriberFile);
const witness: Witness = new Witness(network, options.judgeFile);

async function carryOut(order: NetworkOrder): Promise<unknown> {
  switch (order.kind) {
    case 'progress':
      return { ...network.progress, active: network.isActive } satisfies NetworkProgress;
    case 'drain':
      network.drain();
      while (!network.drained) await sleep(LOOK_MS);
      return undefined;
    case 'report':
      return {
        report: network.report(),
        testimony: witness.testimony,
        counters: Object.fromEntries(counters.values),
      } satisfies NetworkVerdict;
    case 'step-clock':
      stepClock(order.byMs);
      return undefined;
    case 'stop':
      await simulation.stop();
      witness.close();
      return undefined;
  }
}

process.on('message', (order: NetworkOrder) => {
  void carryOut(order).then((value) => {
    say({ kind: 'answer', id: order.id, value });
    if (order.kind === 'stop') process.disconnect();
  });
});
// A plant that is gone needs no network.
process.on('disconnect', () => process.exit(0));
say({ kind: 'listening', port: await simulation.start() });
while (network.phase === 'waiting' || network.phase === 'warming-up') await sleep(LOOK_MS);
say({ kind: 'living' });
