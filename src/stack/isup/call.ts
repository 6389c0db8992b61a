/** A call as its user holds it: requests become events of the circuit that it is on. */
import type { Cause } from './cause.ts';
import type { Circuit, CircuitCall } from './circuit.ts';
import type { CpciEvent } from './cpci-fsm.ts';
import type { CpcoEvent } from './cpco-fsm.ts';
import type { MessageParameters } from './messages.ts';
import type { CallMessageKind, CallUser, Given } from './service.ts';

/** What an event of a call brings with it. */
export interface RequestDetails {
  readonly given?: Readonly<Record<string, unknown>>;
  readonly cause?: Cause;
  readonly digits?: string;
  readonly successful?: boolean;
}

export interface CallDriver {
  /** False: the state of the call does not allow it. */
  request(call: IsupCall, event: CpciEvent | CpcoEvent, details: RequestDetails): boolean;
  sendCallMessage<K extends CallMessageKind>(
    call: IsupCall,
    kind: K,
    parameters: MessageParameters<K>,
  ): boolean;
  ownCause(value: number): Cause;
}

/** Times that an outgoing call is tried, each on another circuit (ITU-T Q.764 §2.8.1). */
export const ATTEMPTS_MAX = 2;

export class IsupCall implements CircuitCall {
  readonly direction: 'incoming' | 'outgoing';
  readonly pointCode: number;
  user: CallUser;
  circuit: Circuit | null;
  readonly iam: MessageParameters<'IAM'> | null;
  attempts = 1;
  sent = false;
  #cic: number;
  readonly #driver: CallDriver;

  constructor(driver: CallDriver, circuit: Circuit, user: CallUser, iam: MessageParameters<'IAM'> | null) {
    this.#driver = driver;
    this.direction = iam === null ? 'incoming' : 'outgoing';
    this.pointCode = circuit.pointCode;
    this.#cic = circuit.cic;
    this.circuit = circuit;
    this.user = user;
    this.iam = iam;
  }

  get cic(): number {
    return this.#cic;
  }

  get ended(): boolean {
    return this.circuit === null;
  }

  moveTo(circuit: Circuit): void {
    this.circuit = circuit;
    this.#cic = circuit.cic;
    this.attempts++;
  }

  sendDigits(digits: string): boolean {
    return this.#driver.request(this, 'ADDRESS.req', { digits });
  }

  continuity(successful: boolean): boolean {
    return this.#driver.request(this, 'CONTINUITY.req', { successful });
  }

  information(given: Given<'INF'>): boolean {
    return this.#driver.request(this, 'INFORMATION.req', { given });
  }

  needDigits(): boolean {
    return this.#driver.request(this, 'MORE-DIGITS.req', {});
  }

  requestInformation(given: Given<'INR'>): boolean {
    return this.#driver.request(this, 'INFORMATION-REQUEST.req', { given });
  }

  addressComplete(given: Given<'ACM'> = {}): boolean {
    return this.#driver.request(this, 'ADDRESS-COMPLETE.req', { given });
  }

  progress(given: Given<'CPG'>): boolean {
    return this.#driver.request(this, 'PROGRESS.req', { given });
  }

  answer(given: Given<'ANM'> = {}): boolean {
    return this.#driver.request(this, 'SETUP.resp', { given });
  }

  suspend(): boolean {
    return this.#driver.request(this, 'SUSPEND.req', {});
  }

  resume(): boolean {
    return this.#driver.request(this, 'RESUME.req', {});
  }

  send<K extends CallMessageKind>(kind: K, parameters: MessageParameters<K>): boolean {
    return this.#driver.sendCallMessage(this, kind, parameters);
  }

  release(cause: number | Cause, given: Omit<Given<'REL'>, 'causeIndicators'> = {}): boolean {
    const whole = typeof cause === 'number' ? this.#driver.ownCause(cause) : cause;
    return this.#driver.request(this, 'RELEASE.req', { cause: whole, given });
  }
}
