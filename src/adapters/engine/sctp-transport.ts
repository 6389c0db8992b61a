/** The SCTP port that the configuration asks for. */
import type { Config } from '../../config/schema/config.ts';
import type { SctpPort } from '../../stack/sctp/port.ts';
import type { Clock } from '../../types/clock.ts';
import type { Counters } from '../../types/counters.ts';
import type { Log } from '../../types/log.ts';
import { CaptureFile } from '../capture/capture-file.ts';
import { CapturingSctpPort } from '../capture/capturing-port.ts';
import { memoryNetwork } from '../sctp/memory.ts';
import { TcpSctpPort } from '../sctp/tcp.ts';
import { UdpSctpPort } from '../sctp/udp/port.ts';

export interface TransportPorts {
  readonly clock: Clock;
  readonly counters: Counters;
  readonly log: Log;
}

export interface Transport {
  readonly port: SctpPort;
  close(): Promise<void>;
}

/** @param captureFile gets a pcap of all that passes */
export function openTransport(
  signalling: Pick<Config['signalling'], 'transport' | 'sctp' | 'queueOctetsMax'>,
  captureFile: string | undefined,
  ports: TransportPorts,
): Transport {
  const port = plainPort(signalling, ports);
  if (captureFile === undefined) return { port, close: () => port.close() };
  const file = new CaptureFile(captureFile, ports);
  const capturing = new CapturingSctpPort(port, file);
  return {
    port: capturing,
    close: async () => {
      await capturing.close();
      await file.close();
    },
  };
}

function plainPort(
  { transport, sctp, queueOctetsMax }: Pick<Config['signalling'], 'transport' | 'sctp' | 'queueOctetsMax'>,
  ports: TransportPorts,
): SctpPort {
  switch (transport) {
    case 'sctp-udp':
      return new UdpSctpPort({ ...sctp, clock: ports.clock, counters: ports.counters });
    case 'tcp':
      return new TcpSctpPort({ counters: ports.counters, queueOctetsMax });
    case 'memory':
      return memoryNetwork({ counters: ports.counters }).port('callwake');
  }
}
