/** The interface between ISUP and its user, in the primitives of ITU-T Q.764 annex B. */
import type { Cause } from './cause.ts';
import type { IsupMessage, Message } from './message.ts';
import type { MessageKind, MessageParameters } from './messages.ts';
import type { CircuitState } from './range-and-status.ts';

/** Parameters of a message; those that are left out and must be there get what says nothing in particular. */
export type Given<K extends MessageKind> = Partial<MessageParameters<K>>;

/** A call, as its user holds it. After its end every request is ignored and answered with false. */
export interface Call {
  readonly direction: 'incoming' | 'outgoing';
  /** Of the exchange at the other end. */
  readonly pointCode: number;
  /** The circuit; of an outgoing call another one after a repeated attempt. */
  readonly cic: number;
  readonly ended: boolean;

  /** SETUP.req's further digits: SAM. */
  sendDigits(digits: string): boolean;
  /** What came of the continuity check that the IAM asked for: COT. */
  continuity(successful: boolean): boolean;
  /** INF, in answer to an INR. */
  information(given: Given<'INF'>): boolean;

  /** The address is not complete yet: the next digits are waited for, no longer than T35. */
  needDigits(): boolean;
  /** INR: something about the caller that the IAM has left out. */
  requestInformation(given: Given<'INR'>): boolean;
  /** ACM. */
  addressComplete(given?: Given<'ACM'>): boolean;
  /** CPG. */
  progress(given: Given<'CPG'>): boolean;
  /** ANM, or CON where no ACM has been sent. */
  answer(given?: Given<'ANM'>): boolean;

  suspend(): boolean;
  resume(): boolean;
  /** A message that changes nothing in the state of the call: USR, FAC, APM … */
  send<K extends CallMessageKind>(kind: K, parameters: MessageParameters<K>): boolean;
  /** REL, with a cause of one's choice, in any state: it may be the first answer to an IAM. The call has ended. */
  release(cause: number | Cause, given?: Omit<Given<'REL'>, 'causeIndicators'>): boolean;
}

/** Messages about a call that ISUP passes between its user and the other end. */
export type CallMessageKind =
  | 'FOT'
  | 'USR'
  | 'FAC'
  | 'FAA'
  | 'FAR'
  | 'FRJ'
  | 'IDR'
  | 'IRS'
  | 'NRM'
  | 'SGM'
  | 'LPR'
  | 'APM'
  | 'PRI'
  | 'SDM';

export interface Release {
  readonly cause: Cause;
  /** peer: REL came. Else what ended the call: a timer, a circuit that was taken away, a message that could not be understood … */
  readonly by: 'peer' | 'timer' | 'circuit' | 'protocol';
  readonly message?: Message<'REL'>;
}

/**
 * Whose call it is. It is not called from within a request of a call, but for `continuity`: a check that has failed may end the
 * call at once. Blocking for a hardware failure and reset of circuits tell of the calls that they end before they return.
 */
export interface CallUser {
  /** SAM. */
  onDigits?(call: Call, digits: string): void;
  onAddressComplete?(call: Call, message: Message<'ACM'>): void;
  onProgress?(call: Call, message: Message<'CPG'>): void;
  onAnswer?(call: Call, message: Message<'ANM'> | Message<'CON'>): void;
  /** Without this function an INR is answered with nothing that it asks for. */
  onInformationRequest?(call: Call, message: Message<'INR'>): void;
  onInformation?(call: Call, message: Message<'INF'>): void;
  onSuspend?(call: Call, message: Message<'SUS'>): void;
  onResume?(call: Call, message: Message<'RES'>): void;
  onMessage?(call: Call, message: IsupMessage): void;
  /** The call has ended, and not by its user. */
  onRelease(call: Call, release: Release): void;
}

export interface CircuitAddress {
  readonly pointCode: number;
  readonly cic: number;
}

export type CircuitEvent =
  /** By the other end. */
  | 'remotely-blocked'
  | 'remotely-unblocked'
  /** By this end, acknowledged. */
  | 'locally-blocked'
  | 'locally-unblocked'
  | 'reset'
  /** The other end checks the continuity: the two ways of the circuit are to be looped until the check has ended. */
  | 'loop'
  /** The continuity is to be checked again, and `continuity` of the node to be told what came of it. */
  | 'recheck'
  /** The other end does not have it: out of service until it is reset. */
  | 'unequipped'
  /** Maintenance has to look: an acknowledgement has not come for minutes, or does not fit. */
  | 'alert';

export interface IsupUser {
  /** SETUP.ind. Returns who is told of the rest; the call may be answered or released at once. */
  onSetup(call: Call, message: Message<'IAM'>): CallUser;
  onCircuit?(circuit: CircuitAddress, event: CircuitEvent): void;
  /** The answer to a query (ITU-T Q.764 §2.8.3). */
  onCircuitStates?(first: CircuitAddress, states: readonly CircuitState[]): void;
  onDestination?(pointCode: number, available: boolean): void;
}

export interface SetupRequest {
  /** Name of a circuit group. */
  readonly group: string;
  /** One circuit of it and no other: for tests of a circuit. */
  readonly cic?: number;
  readonly iam: MessageParameters<'IAM'>;
  readonly user: CallUser;
}

export type SetupRefusal =
  | 'unknown-group'
  /** All are busy, blocked or out of service, or the group is for calls of the other end. */
  | 'no-circuit'
  /** The other end cannot be reached, or its user part is not available. */
  | 'unavailable'
  | 'congested'
  /** The IAM cannot be written, or is longer than a message may be. */
  | 'unwritable';

export type SetupResult =
  | { readonly ok: true; readonly call: Call }
  | { readonly ok: false; readonly refusal: SetupRefusal };
