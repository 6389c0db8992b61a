/** Runs the tables of single circuits: blocking and unblocking (BLS, BLR), and reset (CRS, and its reception CRR). */
import {
  type BlockingReceptionEvent,
  type BlockingSendingEvent,
  blockingReceptionFsm,
  blockingSendingFsm,
  hardwareBlockingReceptionFsm,
} from './blocking-fsm.ts';
import type { CallProcessing, CircuitReset } from './call-processing.ts';
import type { Circuit } from './circuit.ts';
import type { Core } from './core.ts';
import { type ResetEvent, resetFsm } from './reset-fsm.ts';
import type { TimerName } from './timers.ts';

const never = () => false;

export class CircuitSupervision implements CircuitReset {
  readonly #core: Core;
  /** Set once, when both are there. */
  calls: CallProcessing | null = null;

  constructor(core: Core) {
    this.#core = core;
  }

  blockingSending(circuit: Circuit, event: BlockingSendingEvent): boolean {
    const row = blockingSendingFsm.find(circuit.blockingSending, event, never);
    if (row === undefined) return false;
    circuit.blockingSending = row[4];
    for (const action of row[3]) {
      if (this.#timer(circuit, action)) continue;
      if (action === 'send BLO') this.#core.send(circuit, 'BLO', {});
      else if (action === 'send UBL') this.#core.send(circuit, 'UBL', {});
      else if (action === 'alert maintenance') this.#core.alert(circuit, whyOf(event));
      else this.#core.event(circuit, action === 'BLOCK.conf' ? 'locally-blocked' : 'locally-unblocked');
    }
    return true;
  }

  /** What the other end says of its blocking; a call that is only being set up makes way (ITU-T Q.764 §2.8.2.1). */
  blockingReception(circuit: Circuit, event: BlockingReceptionEvent, kind: 'maintenance' | 'hardware'): void {
    const maintenance = kind === 'maintenance';
    const row = maintenance
      ? blockingReceptionFsm.find(circuit.blockingReception, event, never)
      : hardwareBlockingReceptionFsm.find(circuit.hardwareReception, event, never);
    if (row !== undefined) {
      if (maintenance) circuit.blockingReception = row[4];
      else circuit.hardwareReception = row[4];
      for (const action of row[3]) {
        if (action === 'send BLA') this.#core.send(circuit, 'BLA', {});
        else if (action === 'send UBA') this.#core.send(circuit, 'UBA', {});
        else this.#core.event(circuit, action === 'BLOCK.ind' ? 'remotely-blocked' : 'remotely-unblocked');
      }
    }
    if (event === 'CGB' && !maintenance) this.calls?.onCircuit(circuit, 'circuit cleared');
    else if (row?.[3].includes('BLOCK.ind') === true && (event === 'BLO' || event === 'CGB'))
      this.calls?.onCircuit(circuit, 'blocking');
  }

  /** RESET.req, or T5 has ended; the circuit has no call any more. */
  reset(circuit: Circuit, afterT5: boolean): void {
    this.#reset(circuit, afterT5 ? 'T5 expiry' : 'RESET.req');
  }

  /** An IAM: the other end does not think the circuit blocked any more (ITU-T Q.764 §2.8.2.3). */
  remoteSeizes(circuit: Circuit): void {
    this.blockingReception(circuit, 'IAM', 'maintenance');
    this.blockingReception(circuit, 'IAM', 'hardware');
  }

  /** By the operator: whatever there is on the circuit is taken away, and the other end told to do the same. */
  resetRequest(circuit: Circuit): void {
    this.calls?.onCircuit(circuit, 'circuit cleared');
    circuit.unequipped = false;
    this.#reset(circuit, 'RESET.req');
  }

  /** RSC: a release in any state, and an end of what the other end has blocked (ITU-T Q.764 §2.9.3.1). */
  onReset(circuit: Circuit): void {
    this.#clear(circuit, 'RSC');
    this.blockingSending(circuit, 'RSC');
    this.#core.send(circuit, 'RLC', {});
  }

  /** This circuit in a GRS; the answer is the group's. */
  onGroupReset(circuit: Circuit): void {
    this.#clear(circuit, 'GRS');
    this.#reset(circuit, 'GRS');
  }

  /** True when the RLC answers an RSC. */
  onReleaseComplete(circuit: Circuit): boolean {
    return this.#reset(circuit, 'RLC');
  }

  onUnequipped(circuit: Circuit): void {
    this.#core.count('isup.unequipped-at-peer');
    this.calls?.onCircuit(circuit, 'UCIC');
    this.blockingSending(circuit, 'UCIC');
    this.blockingReception(circuit, 'UCIC', 'maintenance');
    this.blockingReception(circuit, 'UCIC', 'hardware');
    this.#reset(circuit, 'UCIC');
    if (circuit.unequipped) return;
    circuit.unequipped = true;
    this.#core.event(circuit, 'unequipped');
  }

  /** True: the timer was one of these procedures. */
  onTimer(circuit: Circuit, name: TimerName): boolean {
    switch (name) {
      case 'T12':
      case 'T13':
      case 'T14':
      case 'T15':
        this.#core.count(`isup.timer.${name}`);
        return this.blockingSending(circuit, `${name} expiry`);
      case 'T16':
      case 'T17':
        this.#core.count(`isup.timer.${name}`);
        return this.#reset(circuit, `${name} expiry`);
      default:
        return false;
    }
  }

  #clear(circuit: Circuit, event: 'RSC' | 'GRS'): void {
    this.calls?.onCircuit(circuit, 'circuit cleared');
    this.blockingReception(circuit, event, 'maintenance');
    this.blockingReception(circuit, event, 'hardware');
  }

  #reset(circuit: Circuit, event: ResetEvent): boolean {
    const row = resetFsm.find(circuit.reset, event, never);
    if (row === undefined) return false;
    circuit.reset = row[4];
    for (const action of row[3]) {
      if (this.#timer(circuit, action)) continue;
      if (action === 'send RSC') this.#core.send(circuit, 'RSC', {});
      else if (action === 'alert maintenance') this.#core.alert(circuit, whyOf(event));
      else {
        circuit.idleSinceMs = this.#core.timers.now();
        this.#core.event(circuit, 'reset');
      }
    }
    return true;
  }

  #timer(circuit: Circuit, action: string): boolean {
    const [verb, name] = action.split(' ') as [string, TimerName];
    if (verb === 'start') this.#core.startTimer(circuit, name);
    else if (verb === 'stop') this.#core.stopTimer(circuit, name);
    else return false;
    return true;
  }
}

function whyOf(event: string): string {
  return event.split(' ')[0]!;
}
