import type { SccpAddress } from '../sccp/service.ts';
import type { StageOwner } from './component-stage.ts';
import type { TcapCore } from './core.ts';
import { noTransactionId, type TransactionId } from './message-writer.ts';
import { messageTags, pAbortCauses } from './tags.ts';
import {
  type TransactionAction,
  type TransactionEvent,
  type TransactionState,
  transactionFsm,
} from './transaction-fsm.ts';

export type TransactionIndication = Extract<TransactionAction, `TR-${string}`>;

/** The dialogue on a transaction. */
export interface TransactionUser extends StageOwner {
  onTransaction(indication: TransactionIndication): void;
}

/** One transaction of the transaction sub-layer (ITU-T Q.774 §3.3), driven by `transactionTable`. */
export class Transaction {
  state: TransactionState = 'idle';
  readonly localAddress: SccpAddress;
  remoteAddress: SccpAddress;
  /** Class 1 with this sequence control; undefined: class 0. */
  sequenceControl: number | undefined = undefined;
  /** Ours and the peer's id. */
  own: TransactionId = noTransactionId;
  peer: TransactionId = noTransactionId;
  readonly #core: TcapCore;
  readonly #user: TransactionUser;

  constructor(core: TcapCore, user: TransactionUser, localAddress: SccpAddress, remoteAddress: SccpAddress) {
    this.#core = core;
    this.#user = user;
    this.localAddress = localAddress;
    this.remoteAddress = remoteAddress;
  }

  /** Takes an event; false when it is not expected in this state. */
  step(event: TransactionEvent): boolean {
    subject = this.#core;
    const row = transactionFsm.find(this.state, event, holds);
    if (row === undefined) return false;
    this.state = row[4];
    for (const action of row[3]) this.#do(action);
    return true;
  }

  #do(action: TransactionAction): void {
    switch (action) {
      case 'store peer':
        this.#storePeer();
        return;
      case 'send BEGIN':
        this.#send(messageTags.begin, this.own, noTransactionId, true);
        this.#core.counters.count('tcap.sent.begin');
        return;
      case 'send CONTINUE':
        this.#send(messageTags.continue, this.own, this.peer, true);
        this.#core.counters.count('tcap.sent.continue');
        return;
      case 'send END':
        this.#send(messageTags.end, noTransactionId, this.peer, false);
        this.#core.counters.count('tcap.sent.end');
        return;
      case 'send ABORT':
        this.#transmit(
          this.#core.writer.write(messageTags.abort, noTransactionId, this.peer, this.#takeApdu(), null),
          false,
        );
        this.#core.counters.count('tcap.sent.uAbort');
        return;
      case 'send P-ABORT':
        this.#transmit(this.#core.writer.providerAbort(this.peer, pAbortCauses.resourceLimitation), false);
        this.#core.counters.count('tcap.sent.pAbort.4');
        return;
      default:
        this.#user.onTransaction(action);
    }
  }

  /** The peer's id, and from where it answers, which need not be the address that was called (ITU-T Q.774 §3.3.3.2.2). */
  #storePeer(): void {
    const { message, calling } = this.#core.indication;
    this.peer = { id: message.originatingId, sizeOctets: message.originatingSizeOctets };
    this.remoteAddress = calling;
  }

  /** A message with what the dialogue has on the stage. */
  #send(
    messageType: number,
    originating: TransactionId,
    destination: TransactionId,
    returnOption: boolean,
  ): void {
    const { stage, writer, limits, counters } = this.#core;
    stage.enter(this.#user);
    const components = stage.sizeOctets > 0 ? stage.octets.subarray(0, stage.sizeOctets) : null;
    const octets = writer.write(messageType, originating, destination, this.#takeApdu(), components);
    stage.clear(this.#user);
    // Only user information can be the cause, as the stage is bounded; SCCP decides whether it can be sent all the same.
    if (octets.length > limits.messageSizeMaxOctets) counters.count('tcap.sent.overlong');
    this.#transmit(octets, returnOption, messageType === messageTags.begin);
  }

  #takeApdu() {
    const { request } = this.#core;
    const { apdu } = request;
    request.apdu = null;
    return apdu;
  }

  #transmit(octets: Uint8Array, returnOption: boolean, opens = false): void {
    const { remoteAddress, localAddress, sequenceControl } = this;
    this.#core.transmit(remoteAddress, localAddress, sequenceControl, returnOption, octets, opens);
  }
}

/** Guards are asked while a row is looked for, and never later: one closure serves all transactions. */
let subject: TcapCore;
const holds = (guard: 'prearranged' | 'P-Abort cause'): boolean =>
  guard === 'prearranged' ? subject.request.prearranged : subject.indication.message.abortCause >= 0;
