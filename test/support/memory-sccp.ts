import type { SccpAddress, SccpService, SccpUser, Unitdata } from '../../src/stack/sccp/service.ts';
import type { Random } from '../../src/types/random.ts';
import { randomFraction } from '../../src/types/random.ts';
import type { TimerListener, Timers } from '../../src/types/timers.ts';

export interface MemorySccpFaults {
  readonly random: Random;
  /** Probabilities, 0 … 1. */
  readonly loss: number;
  readonly duplication: number;
  /** A message is held back up to this many milliseconds, and so may be overtaken. */
  readonly delayMaxMs: number;
}

/**
 * SCCP of several nodes in one process. Addresses are told apart by their global title's digits, or else by point code.
 * Without faults a message arrives within the call that sends it; with faults over the timers.
 */
export class MemorySccp implements TimerListener {
  readonly sent: Unitdata[] = [];
  readonly #nodes = new Map<string, Map<number, SccpUser>>();
  readonly #timers: Timers | null;
  readonly #faults: MemorySccpFaults | null;
  readonly #underWay = new Map<number, Unitdata>();
  #sequence = 0;
  /** When set, what it says true to comes back as N-NOTICE with this cause. */
  returns: ((unitdata: Unitdata) => number | null) | null = null;

  constructor(timers: Timers | null = null, faults: MemorySccpFaults | null = null) {
    this.#timers = timers;
    this.#faults = faults;
  }

  node(name: string): SccpService {
    const users = new Map<number, SccpUser>();
    this.#nodes.set(name, users);
    return {
      bind: (ssn, user) => {
        users.set(ssn, user);
      },
      unitdata: (request) => this.#send(request),
    };
  }

  /** What a foreign node sends. */
  deliver(unitdata: Unitdata): void {
    this.#nodes
      .get(nameOf(unitdata.called))
      ?.get(unitdata.called.ssn ?? 0)
      ?.onUnitdata(unitdata);
  }

  onTimer(_kind: number, key: number): void {
    const unitdata = this.#underWay.get(key);
    this.#underWay.delete(key);
    if (unitdata !== undefined) this.deliver(unitdata);
  }

  #send(request: Unitdata): void {
    const unitdata = { ...request, data: request.data.slice() };
    this.sent.push(unitdata);
    const returnCause = this.returns?.(unitdata) ?? null;
    if (returnCause !== null) {
      const { called, calling } = unitdata;
      const notice = { ...unitdata, called: calling, calling: called, returnCause };
      if (unitdata.returnOption)
        this.#nodes
          .get(nameOf(calling))
          ?.get(calling.ssn ?? 0)
          ?.onNotice(notice);
      return;
    }
    if (this.#faults === null || this.#timers === null) {
      this.deliver(unitdata);
      return;
    }
    const { random, loss, duplication, delayMaxMs } = this.#faults;
    if (randomFraction(random) < loss) return;
    const copies = randomFraction(random) < duplication ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) {
      const key = this.#sequence++;
      this.#underWay.set(key, unitdata);
      this.#timers.start(randomFraction(random) * delayMaxMs, this, 0, key);
    }
  }
}

function nameOf(address: SccpAddress): string {
  return address.globalTitle?.digits ?? String(address.pointCode ?? '');
}

/** An address that `MemorySccp` knows as `digits`. */
export function titled(digits: string, ssn: number): SccpAddress {
  return {
    routing: 'gt',
    ssn,
    globalTitle: { gti: 4, natureOfAddress: 4, translationType: 0, numberingPlan: 1, digits },
  };
}
