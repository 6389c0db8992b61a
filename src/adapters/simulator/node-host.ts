/** Nodes of a network on the machine's clocks, timers and sockets. */
import { type NodeOptions, SimulatedNode } from '../../simulator/node/node.ts';
import type { NodePlan } from '../../simulator/node/plan.ts';
import type { SctpPort } from '../../stack/sctp/port.ts';
import type { Counters } from '../../types/counters.ts';
import type { Log } from '../../types/log.ts';
import type { Part } from '../../types/ports/part.ts';
import { SeededRandom } from '../../types/random.ts';
import { CaptureFile } from '../capture/capture-file.ts';
import { CapturingSctpPort } from '../capture/capturing-port.ts';
import { machineClock } from '../clock.ts';
import { TcpSctpPort } from '../sctp/tcp.ts';
import { UdpSctpPort } from '../sctp/udp/port.ts';
import { PartHost } from '../threads/part-host.ts';

export interface NodeHostOptions {
  readonly plan: NodePlan;
  readonly roles: NodeOptions['roles'];
  readonly transport: 'sctp-udp' | 'tcp';
  readonly seed: number;
  /** Gets a pcap of all that passes. */
  readonly captureFile: string | undefined;
  readonly counters: Counters;
  readonly log: Log;
  readonly onProgress: (text: string) => void;
}

export interface NodeHost {
  readonly node: SimulatedNode;
  /** The port in use when it listens, else 0. */
  start(): Promise<number>;
  stop(): Promise<void>;
}

const STOP_MS = 1000;

/** Everything happens in timers and on messages. */
const idlePart: Part = {
  doWork: () => 0,
  drain: () => undefined,
  drained: true,
  close: () => Promise.resolve(),
};

export function buildNode(options: NodeHostOptions): NodeHost {
  const { counters, log, captureFile } = options;
  const clock = machineClock;
  const host = new PartHost({ clock });
  const plain: SctpPort =
    options.transport === 'tcp' ? new TcpSctpPort({ counters }) : new UdpSctpPort({ clock, counters });
  const file = captureFile === undefined ? undefined : new CaptureFile(captureFile, { clock, counters, log });
  const sctp = file === undefined ? plain : new CapturingSctpPort(plain, file);
  const node = new SimulatedNode({
    ...options,
    sctp,
    clock,
    timers: host.timers,
    random: new SeededRandom(options.seed),
  });
  return {
    node,
    start: () => {
      host.run(idlePart);
      return node.start();
    },
    stop: async () => {
      await node.stop();
      await host.stop(STOP_MS);
      await sctp.close();
      await file?.close();
    },
  };
}
