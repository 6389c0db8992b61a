import { scfCallContext } from '../../stack/cap/service/contexts.ts';
import type { Dialogue, DialogueAcceptor, DialogueUser } from '../../stack/tcap/service.ts';
import { CallGaps } from './call-gap.ts';
import type { CallRequest } from './call-script.ts';
import type { GsmSsfOptions, GsmSsfPorts } from './ports.ts';
import { SsfCall } from './ssf-call.ts';

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
