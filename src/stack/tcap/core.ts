import type { Counters } from '../../types/counters.ts';
import type { TimerListener, Timers } from '../../types/timers.ts';
import type { SccpAddress } from '../sccp/service.ts';
import type { ComponentReader } from './component-reader.ts';
import type { ComponentStage } from './component-stage.ts';
import type { DialogueApdu } from './dialogue-portion.ts';
import type { MessageWriter } from './message-writer.ts';
import type { DialogueAcceptor, DialoguePortion, ObjectIdentifier } from './service.ts';
import type { TcapStatistics } from './statistics.ts';
import type { TransactionPortion } from './transaction-portion.ts';

/** Bounds of one TCAP; each has a counter for what happens at it. */
export interface TcapLimits {
  /** Open dialogues; at the limit `open` gives null and a begin is refused or answered without a dialogue. */
  readonly dialoguesMax: number;
  /** Invokes of ours under way in one dialogue, 1 … 256. */
  readonly invokesMax: number;
  /** Components of one received message; those behind are discarded, the first of them, an invoke, rejected. */
  readonly componentsMax: number;
  /** Octets of a message, received or sent. */
  readonly messageSizeMaxOctets: number;
  /** Messages that may wait because they came while one was being handled or sent. */
  readonly inboxMax: number;
  /** Milliseconds without a message after which a dialogue is given up; `open` and the user may set another. */
  readonly idleLimitMs: number;
  /** Milliseconds that an answered operation's id rests, for a reject of the answer (reject timer, ITU-T Q.774 §3.2.1.1.3). */
  readonly rejectTimerMs: number;
  /** Milliseconds that a transaction id rests before it is used again. */
  readonly transactionIdGuardMs: number;
}

export const defaultLimits: TcapLimits = {
  dialoguesMax: 100_000,
  invokesMax: 32,
  componentsMax: 32,
  messageSizeMaxOctets: 3952,
  inboxMax: 4096,
  idleLimitMs: 120_000,
  rejectTimerMs: 1000,
  transactionIdGuardMs: 60_000,
};

/** What the timers of a TCAP are for; their key is the slot, of an invocation slot · 256 + invoke id. */
export const timerKinds = { invocation: 1, idle: 2, inbox: 3 } as const;

/** The message that is being handled. One is at a time: those that come meanwhile wait. */
export class Indication {
  readonly message: TransactionPortion;
  called: SccpAddress = { routing: 'ssn' };
  calling: SccpAddress = { routing: 'ssn' };
  acceptor: DialogueAcceptor | null = null;
  apdu: DialogueApdu | null = null;
  /** The dialogue portion is malformed. */
  incorrect = false;
  /** It is malformed, or not what may come in the state of the dialogue. */
  portionWrong = false;
  abortCause = 0;
  abortLocal = false;
  returnCause = 0;

  constructor(message: TransactionPortion) {
    this.message = message;
  }

  /** The dialogue portion as the user sees it. */
  get portion(): DialoguePortion {
    const { apdu } = this;
    if (apdu === null) return noPortion;
    return {
      ...('applicationContext' in apdu ? { applicationContext: apdu.applicationContext } : {}),
      ...(apdu.userInformation === undefined ? {} : { userInformation: apdu.userInformation }),
    };
  }
}

const noPortion: DialoguePortion = Object.freeze({});

/** The request of a user that is being carried out; nothing comes between its parts. */
export interface DialogueRequest {
  prearranged: boolean;
  userInformation: readonly Uint8Array[] | undefined;
  applicationContext: ObjectIdentifier | undefined;
  /** Diagnostic of a refusal; null: it is none. */
  refusal: number | null;
  /** The APDU for the message to be sent. */
  apdu: DialogueApdu | null;
}

/** What the dialogues of one TCAP share. */
export interface TcapCore extends TimerListener {
  readonly limits: TcapLimits;
  readonly timers: Timers;
  readonly counters: Counters;
  readonly statistics: TcapStatistics;
  readonly stage: ComponentStage;
  readonly writer: MessageWriter;
  readonly componentReader: ComponentReader;
  readonly indication: Indication;
  readonly request: DialogueRequest;
  slotOf(transactionId: number): number;
  /** Gives the id back; 0 is none. */
  release(transactionId: number): void;
  /** `opens`: it begins something; what goes on with or ends something is more important to a congested network. */
  transmit(
    called: SccpAddress,
    calling: SccpAddress,
    sequenceControl: number | undefined,
    returnOption: boolean,
    octets: Uint8Array,
    opens: boolean,
  ): void;
}
