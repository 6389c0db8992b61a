/** One circuit, with a state for each procedure that ITU-T Q.764 has for it. */

import type { BlockingReceptionState, BlockingSendingState } from './blocking-fsm.ts';
import type { Cause } from './cause.ts';
import type { CircuitGroupConfig } from './configuration.ts';
import type { CpciState } from './cpci-fsm.ts';
import type { CpcoState } from './cpco-fsm.ts';
import type { Message } from './message.ts';
import type { MessageParameters } from './messages.ts';
import { type CircuitState, circuitStateOf } from './range-and-status.ts';
import type { ResetState } from './reset-fsm.ts';
import type { Call, CallUser } from './service.ts';
import type { TimerName } from './timers.ts';

/** The call on a circuit, as call processing holds it. */
export interface CircuitCall extends Call {
  readonly user: CallUser;
  /** Null: the call has ended. */
  circuit: Circuit | null;
  /** The IAM of an outgoing call, for another attempt. */
  readonly iam: MessageParameters<'IAM'> | null;
  /** Times that it was tried, each on another circuit. */
  readonly attempts: number;
  /** MTP has taken the last IAM. */
  sent: boolean;
  /** Another attempt. */
  moveTo(circuit: Circuit): void;
}

export class Circuit {
  /** In the table of all circuits: the key of its timers. */
  readonly index: number;
  readonly group: CircuitGroupConfig;
  readonly pointCode: number;
  readonly cic: number;

  outgoing: CpcoState = 'idle';
  incoming: CpciState = 'idle';
  blockingSending: BlockingSendingState = 'idle';
  blockingReception: BlockingReceptionState = 'idle';
  hardwareReception: BlockingReceptionState = 'idle';
  reset: ResetState = 'idle';
  /** Blocked by this end for a hardware failure, by a group message. */
  hardwareLocal = false;
  /** A GRS of our own is under way. */
  groupReset = false;
  /** The other end has said that it has no such circuit. */
  unequipped = false;

  call: CircuitCall | null = null;
  /** An IAM that waits for its continuity check. */
  iam: Message<'IAM'> | null = null;
  /** What was sent in REL, to be sent again. */
  release: Message<'REL'> | null = null;
  /** When it became idle: circuits of ours are taken in turn. */
  idleSinceMs = 0;
  readonly timers = new Map<TimerName, number>();

  constructor(index: number, group: CircuitGroupConfig, cic: number) {
    this.index = index;
    this.group = group;
    this.pointCode = group.pointCode;
    this.cic = cic;
  }

  get isIdle(): boolean {
    return this.outgoing === 'idle' && this.incoming === 'idle' && this.reset === 'idle' && !this.groupReset;
  }

  /** This end takes no calls on it but those of a test. */
  get isBlockedHere(): boolean {
    return this.blockingSending === 'locally blocked' || this.hardwareLocal;
  }

  /** A call may be set up on it. A call of a test goes over blocked circuits as well (ITU-T Q.764 §2.8.2). */
  mayBeSeized(test: boolean): boolean {
    if (!this.isIdle || this.unequipped || this.group.direction === 'incoming') return false;
    return (
      test ||
      (this.blockingSending === 'idle' &&
        !this.hardwareLocal &&
        this.blockingReception === 'idle' &&
        this.hardwareReception === 'idle')
    );
  }

  /** As a circuit group query is answered (ITU-T Q.763 §3.14). */
  get state(): CircuitState {
    const blocking = (here: boolean, there: boolean) => (here ? 1 : 0) | (there ? 2 : 0);
    return circuitStateOf({
      maintenanceBlocking: blocking(
        this.blockingSending === 'locally blocked',
        this.blockingReception === 'remotely blocked',
      ),
      callProcessing: this.outgoing !== 'idle' ? 2 : this.incoming !== 'idle' ? 1 : 3,
      hardwareBlocking: blocking(this.hardwareLocal, this.hardwareReception === 'remotely blocked'),
    });
  }
}

/** All circuits, by point code of the other end and CIC. */
export class Circuits {
  readonly all: readonly Circuit[];
  readonly #byAddress = new Map<number, Circuit>();
  readonly #byGroup = new Map<string, Circuit[]>();
  readonly pointCodes: ReadonlySet<number>;

  constructor(groups: readonly CircuitGroupConfig[]) {
    const all: Circuit[] = [];
    for (const group of groups) {
      const list: Circuit[] = [];
      this.#byGroup.set(group.name, list);
      for (let cic = group.firstCic; cic < group.firstCic + group.circuits; cic++) {
        const circuit = new Circuit(all.length, group, cic);
        all.push(circuit);
        list.push(circuit);
        this.#byAddress.set(addressKey(group.pointCode, cic), circuit);
      }
    }
    this.all = all;
    this.pointCodes = new Set(groups.map(({ pointCode }) => pointCode));
  }

  at(pointCode: number, cic: number): Circuit | undefined {
    return this.#byAddress.get(addressKey(pointCode, cic));
  }

  inGroup(name: string): readonly Circuit[] | undefined {
    return this.#byGroup.get(name);
  }

  /**
   * The circuit for a call (ITU-T Q.764 §2.9.1.3): of those that this end controls the one that has been idle longest, else
   * of the others the one that has been idle shortest, so that both ends seldom take the same.
   */
  select(group: string, ownPointCode: number, test: boolean, except?: Circuit): Circuit | undefined {
    let own: Circuit | undefined;
    let other: Circuit | undefined;
    for (const circuit of this.#byGroup.get(group) ?? []) {
      if (circuit === except || !circuit.mayBeSeized(test)) continue;
      if (isControlling(ownPointCode, circuit)) {
        if (own === undefined || circuit.idleSinceMs < own.idleSinceMs) own = circuit;
      } else if (other === undefined || circuit.idleSinceMs >= other.idleSinceMs) other = circuit;
    }
    return own ?? other;
  }
}

function addressKey(pointCode: number, cic: number): number {
  return pointCode * 4096 + cic;
}

/** The exchange with the higher point code controls the even circuits, the other one the odd ones: ITU-T Q.764 §2.9.1.4. */
export function isControlling(ownPointCode: number, circuit: Circuit): boolean {
  return ownPointCode > circuit.pointCode === (circuit.cic % 2 === 0);
}

/** A cause of our own, coded as ITU-T has it. */
export function causeOf(value: number, location: number, diagnostics?: Uint8Array): Cause {
  return {
    codingStandard: 0,
    location,
    value,
    ...(diagnostics === undefined ? {} : { diagnostics }),
  };
}
