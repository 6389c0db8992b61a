/**
 * A call session: facts come in, instructions go out. It knows no protocol and has no clock; its adapter does what it
 * says and tells it what happened.
 */
import type { Presentation } from '../types/model/event.ts';
import type { MissedReason } from '../types/model/notice.ts';
import { type CallAction, type CallEvent, type CallGuard, type CallState, callFsm } from './call-fsm.ts';

export interface CallAttempt {
  /** E.164 digits of the called subscriber. */
  readonly called: string;
  /** E.164 digits of the caller, empty when the network gave none. */
  readonly caller: string;
  readonly presentation: Presentation;
  /** Call reference with the address of the node that allocated it (C8). */
  readonly callKey: Uint8Array;
  readonly attemptedAtMs: number;
}

/** How a call failed. `reason` is undefined for network trouble, which makes no missed call (C7). */
export interface CallFailure {
  readonly reason: MissedReason | undefined;
  /** Q.850 cause value, 0 when none came. */
  readonly cause: number;
  /** The network waits for our instruction. */
  readonly interrupted: boolean;
}

/** What the adapter of a session does for it. */
export interface CallControl {
  askSubscriber(attempt: CallAttempt): void;
  startDeadline(): void;
  stopDeadline(): void;
  /** Arm the events that tell how the call ends, and let it go on. */
  arm(): void;
  /** Let the call go on as it would without us; our part in it is over. */
  goOn(): void;
  /** Nothing is waited for; close what is still ours to close. */
  close(): void;
  tellMissed(attempt: CallAttempt, reason: MissedReason, cause: number, awaited: boolean): void;
  /** It failed by trouble of the network, of which the caller may be told. */
  tellObstructed(attempt: CallAttempt, cause: number): void;
  tellAnswered(attempt: CallAttempt): void;
  /** Whether one more call may be followed to its end. */
  mayFollow(): boolean;
  /** It is: nothing is heard of it for as long as the parties talk. */
  follow(): void;
  tellLineFree(attempt: CallAttempt): void;
  countLate(state: CallState): void;
}

const NO_FAILURE: CallFailure = { reason: undefined, cause: 0, interrupted: false };

export class CallSession {
  readonly attempt: CallAttempt;
  /** A7: its end is armed as well. */
  toTheEnd = false;
  /** K4: trouble of the network is told, too. */
  troubleToo = false;
  readonly #control: CallControl;
  #state: CallState = 'idle';
  #failure = NO_FAILURE;

  constructor(attempt: CallAttempt, control: CallControl) {
    this.attempt = attempt;
    this.#control = control;
  }

  get state(): CallState {
    return this.#state;
  }

  /** False when the event has no place in this state: a repeat, or out of order. */
  on(event: CallEvent, failure: CallFailure = NO_FAILURE): boolean {
    const row = callFsm.find(this.#state, event, (guard) => this.#holds(guard, failure));
    if (row === undefined) return false;
    this.#failure = failure;
    this.#state = row[4];
    for (const action of row[3]) this.#do(action, row[0]);
    return true;
  }

  #holds(guard: CallGuard, { interrupted, reason }: CallFailure): boolean {
    switch (guard) {
      case 'interrupted':
        return interrupted && reason !== undefined;
      case 'missed':
        return reason !== undefined;
      case 'trouble-told':
        return this.troubleToo;
      case 'followed':
        return this.toTheEnd && this.#control.mayFollow();
    }
  }

  #do(action: CallAction, from: CallState): void {
    const control = this.#control;
    switch (action) {
      case 'ask-subscriber':
        return control.askSubscriber(this.attempt);
      case 'start-deadline':
        return control.startDeadline();
      case 'stop-deadline':
        return control.stopDeadline();
      case 'arm':
        return control.arm();
      case 'go-on':
        return control.goOn();
      case 'close':
        return control.close();
      case 'tell-missed': {
        const { reason, cause, interrupted } = this.#failure;
        if (reason !== undefined) control.tellMissed(this.attempt, reason, cause, interrupted);
        return;
      }
      case 'tell-obstructed':
        return control.tellObstructed(this.attempt, this.#failure.cause);
      case 'tell-abandoned':
        return control.tellMissed(this.attempt, 'abandoned', 0, false);
      case 'tell-answered':
        return control.tellAnswered(this.attempt);
      case 'follow':
        return control.follow();
      case 'tell-line-free':
        return control.tellLineFree(this.attempt);
      case 'count-late':
        return control.countLate(from);
    }
  }
}
