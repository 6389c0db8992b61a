/** The simulated network on the machine's clocks, timers and sockets. */
import { SimulatedNetwork } from '../../simulator/network.ts';
import type { Person } from '../../simulator/person.ts';
import type { NetworkPlan } from '../../simulator/plan.ts';
import type { Scenario } from '../../simulator/scenario.ts';
import type { SctpPort } from '../../stack/sctp/port.ts';
import type { Counters } from '../../types/counters.ts';
import type { Log } from '../../types/log.ts';
import type { Part } from '../../types/ports/part.ts';
import { SeededRandom } from '../../types/random.ts';
import { machineClock } from '../clock.ts';
import { TcpSctpPort } from '../sctp/tcp.ts';
import { UdpSctpPort } from '../sctp/udp/port.ts';
import { PartHost } from '../threads/part-host.ts';

export interface SimulationOptions {
  readonly plan: NetworkPlan;
  readonly transport: 'sctp-udp' | 'tcp';
  readonly seed: number;
  /** Instead of people by the plan and the seed. */
  readonly people?: readonly Person[];
  readonly scenario?: Scenario;
  readonly counters: Counters;
  readonly log: Log;
}

export interface Simulation {
  readonly network: SimulatedNetwork;
  /** Listens; the port in use. */
  start(): Promise<number>;
  stop(): Promise<void>;
}

const STOP_MS = 1000;

/** Everything happens in timers and on messages. */
export const idlePart: Part = {
  doWork: () => 0,
  drain: () => undefined,
  drained: true,
  close: () => Promise.resolve(),
};

export function buildSimulation(options: SimulationOptions): Simulation {
  const { counters } = options;
  const clock = machineClock;
  const host = new PartHost({ clock });
  const sctp: SctpPort =
    options.transport === 'tcp' ? new TcpSctpPort({ counters }) : new UdpSctpPort({ clock, counters });
  const network = new SimulatedNetwork({
    ...options,
    sctp,
    clock,
    timers: host.timers,
    random: new SeededRandom(options.seed),
  });
  return {
    network,
    start: () => {
      host.run(idlePart);
      return network.start();
    },
    stop: async () => {
      await network.stop();
      await host.stop(STOP_MS);
      await sctp.close();
    },
  };
}
