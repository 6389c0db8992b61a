import { scfCallContext } from '../../stack/cap/service/contexts.ts';
import type { SccpAddress } from '../../stack/sccp/service.ts';
import type { Dialogue, DialogueAcceptor, DialogueUser, TcapService } from '../../stack/tcap/service.ts';
import type { Clock } from '../../types/clock.ts';
import type { Counters } from '../../types/counters.ts';
import type { Later } from '../later.ts';
import type { AssistedCall } from './assisting-node.ts';
import { CallGaps } from './call-gap.ts';
import type { CallRequest, SimulatedParties } from './call-script.ts';
import type { TssfTimes } from './call-segment.ts';
import { SsfCall } from './ssf-call.ts';

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

/** The gsmSSF of one exchange: its calls, and those that a gsmSCF makes through it (3GPP TS 23.078 §4.5.7). */
export class GsmSsf implements DialogueAcceptor {
  readonly ports: GsmSsfPorts;
  readonly #calls = new Set<SsfCall>();

  constructor(options: GsmSsfOptions) {
    this.ports = { ...options, gaps: new CallGaps() };
  }

  get openCalls(): number {
    return this.#calls.size;
  }

  get gaps(): CallGaps {
    return this.ports.gaps;
  }

  /** A subscriber with a CSI calls or is called. A call that is gapped is not told of (3GPP TS 29.078 §11.5). */
  call(request: CallRequest): SsfCall {
    const call = this.#add(request);
    const gapped = this.ports.gaps.gapped(request, call.now());
    if (gapped === undefined) call.start();
    else {
      const released = gapped.cause !== undefined || request.defaultHandling === 'release';
      call.record.note(`gapped, ${released ? `released cause ${gapped.cause ?? 31}` : 'continued'}`);
      this.#calls.delete(call);
    }
    return call;
  }

  onBegin(dialogue: Dialogue): DialogueUser | 'refuse-context' {
    const name = dialogue.applicationContext?.join('.');
    if (name !== scfCallContext.context.objectIdentifier.join('.')) return 'refuse-context';
    const call = this.#add(undefined);
    call.acceptedFrom(dialogue);
    this.lastFromScf = call;
    return call.dialogue;
  }

  /** The last call that a gsmSCF has made. */
  lastFromScf: SsfCall | undefined;

  #add(request: CallRequest | undefined): SsfCall {
    const call = new SsfCall(this.ports, request, (over) => void this.#calls.delete(over));
    this.#calls.add(call);
    return call;
  }
}
