/** A signalling transfer point on the machine's timers and sockets. */
import {
  SignallingTransferPoint,
  type TransferPointConfig,
} from '../../simulator/signalling-transfer-point.ts';
import type { SctpPort } from '../../stack/sctp/port.ts';
import type { Counters } from '../../types/counters.ts';
import type { Log } from '../../types/log.ts';
import { machineClock } from '../clock.ts';
import { TcpSctpPort } from '../sctp/tcp.ts';
import { UdpSctpPort } from '../sctp/udp/port.ts';
import { PartHost } from '../threads/part-host.ts';
import { idlePart } from './simulation.ts';

export interface TransferPointSetup {
  readonly config: TransferPointConfig;
  readonly transport: 'sctp-udp' | 'tcp';
  readonly counters: Counters;
  readonly log: Log;
}

export interface RunningTransferPoint {
  /** Listens; the port in use. */
  start(): Promise<number>;
  stop(): Promise<void>;
}

const STOP_MS = 1000;

export function buildTransferPoint(setup: TransferPointSetup): RunningTransferPoint {
  const { counters, transport } = setup;
  const clock = machineClock;
  const host = new PartHost({ clock });
  const sctp: SctpPort =
    transport === 'tcp' ? new TcpSctpPort({ counters }) : new UdpSctpPort({ clock, counters });
  const point = new SignallingTransferPoint({ ...setup, sctp, timers: host.timers });
  return {
    start: () => {
      host.run(idlePart);
      return point.start();
    },
    stop: async () => {
      await point.stop();
      await host.stop(STOP_MS);
      await sctp.close();
    },
  };
}
