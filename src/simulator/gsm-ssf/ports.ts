import type { SccpAddress } from '../../stack/sccp/service.ts';
import type { TcapService } from '../../stack/tcap/service.ts';
import type { Clock } from '../../types/clock.ts';
import type { Counters } from '../../types/counters.ts';
import type { Later } from '../later.ts';
import type { CallGaps } from './call-gap.ts';
import type { Reply, SimulatedParties } from './call-script.ts';
import type { TssfTimes } from './call-segment.ts';

/** A call that an exchange has connected to an assisting node. */
export interface AssistedCall {
  readonly kind: 'gsmSSF' | 'gsmSRF';
  readonly phase: 1 | 2 | 3 | 4;
  /** What the gsmSCF knows the call by. */
  readonly correlationId: string;
  nextReply(): Reply | undefined;
  note(line: string): void;
  /** The assisting node has released the connection. */
  onOver(): void;
}

/** What the calls of one exchange share. */
export interface GsmSsfPorts {
  readonly tcap: TcapService;
  readonly later: Later;
  readonly clock: Clock;
  readonly counters: Counters;
  readonly parties: SimulatedParties;
  readonly localAddress: SccpAddress;
  readonly scfAddress: SccpAddress;
  readonly mscNumber: string;
  readonly tssf: TssfTimes;
  readonly tsrfMs: number;
  /** Whether the exchange has a gsmSRF of its own. */
  readonly hasResource: boolean;
  readonly gaps: CallGaps;
  /** At most 8 octets, unique for ever. */
  nextReference(): Uint8Array;
  /** How an operation came out, for whoever counts them. */
  onOutcome?(
    phase: number,
    direction: 'sent' | 'received',
    operation: string,
    wrong: string | undefined,
  ): void;
  /** Calls an assisting node; returns how the connection is released, undefined when there is none. */
  assist(call: AssistedCall): (() => void) | undefined;
}

export type GsmSsfOptions = Omit<GsmSsfPorts, 'gaps'>;
