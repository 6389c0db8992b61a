import assert from 'node:assert/strict';
import type { Counters } from '../../types/counters.ts';
import type { Timers } from '../../types/timers.ts';
import type { Notice, SccpAddress, SccpService, Unitdata } from '../sccp/service.ts';
import { IMPORTANCE_MAX } from '../sccp/traffic-limitation.ts';
import { ComponentReader } from './component-reader.ts';
import { ComponentStage, type StageOwner } from './component-stage.ts';
import {
  type DialogueRequest,
  defaultLimits,
  Indication,
  type TcapCore,
  type TcapLimits,
  timerKinds,
} from './core.ts';
import { TcapDialogue } from './dialogue.ts';
import { type DialogueApdu, readDialoguePortion, userDiagnostics } from './dialogue-portion.ts';
import { MessageWriter, noTransactionId, type TransactionId } from './message-writer.ts';
import type {
  Component,
  ConnectionlessIndication,
  Dialogue,
  DialogueAcceptor,
  OpenRequest,
  TcapService,
  UnidirectionalRequest,
} from './service.ts';
import { TcapStatistics } from './statistics.ts';
import { messageTags, pAbortCauses } from './tags.ts';
import { TransactionIds } from './transaction-ids.ts';
import { TransactionPortion } from './transaction-portion.ts';

export interface TcapOptions {
  readonly sccp: SccpService;
  readonly timers: Timers;
  readonly counters: Counters;
  /** 0 … 15, unique among the nodes that share an address. */
  readonly node: number;
  /** Counts the starts of this node, so that transaction ids of an earlier life are known as such. */
  readonly bootEpoch: number;
  readonly limits?: Partial<TcapLimits>;
  /** The host's overload policy, asked for each begin: whether a new dialogue is let in. Default: always. */
  readonly admit?: (ssn: number) => boolean;
}

/** Room for components: a message keeps up to 256 octets for headers, ids and the dialogue portion. */
function componentsSizeMaxOctets(messageSizeMaxOctets: number): number {
  return messageSizeMaxOctets - Math.min(256, messageSizeMaxOctets >> 1);
}

interface Waiting {
  readonly ssn: number;
  readonly unitdata: Unitdata | Notice;
}

/**
 * TCAP (ITU-T Q.771–Q.775): transaction coordination (TCO, Q.774 figure A.3) over SCCP, and the dialogues.
 *
 * One message is handled at a time. What SCCP brings while one is handled or sent (a destination in the same process
 * may answer within the call) waits, bounded by `inboxMax`, so that no upcall ever comes within a request.
 */
export class Tcap implements TcapService, TcapCore {
  readonly limits: TcapLimits;
  readonly timers: Timers;
  readonly counters: Counters;
  readonly statistics = new TcapStatistics();
  readonly stage: ComponentStage;
  readonly writer = new MessageWriter();
  readonly componentReader = new ComponentReader();
  readonly indication = new Indication(new TransactionPortion());
  readonly request: DialogueRequest = {
    prearranged: false,
    userInformation: undefined,
    applicationContext: undefined,
    refusal: null,
    apdu: null,
  };
  readonly #sccp: SccpService;
  readonly #ids: TransactionIds<TcapDialogue>;
  readonly #admit: (ssn: number) => boolean;
  readonly #acceptors = new Map<number, DialogueAcceptor>();
  readonly #bound = new Set<number>();
  readonly #inbox: Waiting[] = [];
  #handling = false;
  #sending = 0;
  #inboxTimer = 0;

  constructor(options: TcapOptions) {
    this.limits = { ...defaultLimits, ...options.limits };
    assert(this.limits.invokesMax >= 1 && this.limits.invokesMax <= 256, 'invokesMax is 1 … 256');
    assert(this.limits.messageSizeMaxOctets >= 200, 'messageSizeMaxOctets is 200 or more');
    this.timers = options.timers;
    this.counters = options.counters;
    this.stage = new ComponentStage(componentsSizeMaxOctets(this.limits.messageSizeMaxOctets));
    this.#sccp = options.sccp;
    this.#admit = options.admit ?? (() => true);
    this.#ids = new TransactionIds({
      node: options.node,
      bootEpoch: options.bootEpoch,
      transactionsMax: this.limits.dialoguesMax,
      guardMs: this.limits.transactionIdGuardMs,
    });
  }

  get openDialogues(): number {
    return this.#ids.open;
  }

  open(request: OpenRequest): Dialogue | null {
    const { localAddress, remoteAddress, user, applicationContext } = request;
    const dialogue = new TcapDialogue(
      this,
      localAddress,
      remoteAddress,
      user,
      applicationContext,
      request.idleLimitMs ?? this.limits.idleLimitMs,
    );
    const id = this.#ids.take(dialogue, this.timers.now());
    if (id === 0) {
      this.counters.count('tcap.limit.dialogues');
      return null;
    }
    if (localAddress.ssn !== undefined) this.#bind(localAddress.ssn);
    dialogue.start(id, request.inSequence ?? true);
    this.statistics.of(localAddress.ssn).begunByUs++;
    return dialogue;
  }

  accept(ssn: number, acceptor: DialogueAcceptor): void {
    this.#acceptors.set(ssn, acceptor);
    this.#bind(ssn);
  }

  unidirectional(request: UnidirectionalRequest): boolean {
    const invokes = request.invokes.map(({ operationCode, parameter }, index): Component => {
      const invoke = { kind: 'invoke', invokeId: index + 1, operationCode } as const;
      return parameter === undefined ? invoke : { ...invoke, parameter };
    });
    const { applicationContext, userInformation } = request;
    const apdu: DialogueApdu | null =
      applicationContext === undefined
        ? null
        : {
            kind: 'AUDT',
            applicationContext,
            ...(userInformation === undefined ? {} : { userInformation: [userInformation] }),
          };
    const octets = this.#whole(messageTags.unidirectional, noTransactionId, apdu, invokes);
    if (octets === null) return false;
    this.counters.count('tcap.sent.unidirectional');
    this.transmit(request.remoteAddress, request.localAddress, undefined, false, octets, true);
    return true;
  }

  // For the dialogues.

  slotOf(transactionId: number): number {
    return this.#ids.slotOf(transactionId);
  }

  release(transactionId: number): void {
    if (transactionId !== 0) this.#ids.release(transactionId, this.timers.now());
  }

  transmit(
    called: SccpAddress,
    calling: SccpAddress,
    sequenceControl: number | undefined,
    returnOption: boolean,
    data: Uint8Array,
    opens: boolean,
  ): void {
    this.#sending++;
    try {
      this.#sccp.unitdata({
        called,
        calling,
        data,
        returnOption,
        ...(sequenceControl === undefined ? {} : { sequenceControl }),
        ...(opens ? {} : { unsaidImportance: IMPORTANCE_MAX }),
      });
    } finally {
      this.#sending--;
      // What came meanwhile is handled behind the message under way, else with the next tick: not within the request.
      if (this.#inbox.length > 0 && !this.#handling && this.#inboxTimer === 0) {
        this.#inboxTimer = this.timers.start(0, this, timerKinds.inbox, 0);
      }
    }
  }

  onTimer(kind: number, key: number): void {
    if (kind === timerKinds.inbox) {
      this.#inboxTimer = 0;
      this.#handle(null);
    } else if (kind === timerKinds.idle) {
      this.#ids.inSlot(key)?.onIdleTimer();
    } else {
      this.#ids.inSlot(Math.floor(key / 256))?.components.invocationTimer((key << 24) >> 24);
    }
  }

  // What SCCP brings.

  #bind(ssn: number): void {
    if (this.#bound.has(ssn)) return;
    this.#bound.add(ssn);
    this.#sccp.bind(ssn, {
      onUnitdata: (unitdata) => this.#take(ssn, unitdata),
      onNotice: (notice) => this.#take(ssn, notice),
    });
  }

  #take(ssn: number, unitdata: Unitdata | Notice): void {
    const busy = this.#handling || this.#sending > 0;
    if (!busy && this.#inbox.length === 0) {
      this.#handle({ ssn, unitdata });
      return;
    }
    if (this.#inbox.length < this.limits.inboxMax) {
      this.#inbox.push({ ssn, unitdata: { ...unitdata, data: unitdata.data.slice() } });
    } else {
      this.counters.count('tcap.limit.inbox');
    }
    if (!busy) this.#handle(null);
  }

  /** Handles a message, and those that waited for it. */
  #handle(first: Waiting | null): void {
    this.#handling = true;
    try {
      for (let waiting = first ?? this.#inbox.shift(); waiting !== undefined; waiting = this.#inbox.shift()) {
        if ('returnCause' in waiting.unitdata) this.#notice(waiting.unitdata);
        else this.#unitdata(waiting.ssn, waiting.unitdata);
      }
    } finally {
      this.#handling = false;
    }
  }

  #unitdata(ssn: number, unitdata: Unitdata): void {
    const { indication } = this;
    const { message } = indication;
    indication.called = unitdata.called;
    indication.calling = unitdata.calling;
    indication.apdu = null;
    indication.incorrect = false;
    indication.abortLocal = false;
    let sound = message.read(unitdata.data);
    if (unitdata.data.length > this.limits.messageSizeMaxOctets) {
      this.counters.count('tcap.limit.receivedMessageSize');
      message.fault = pAbortCauses.resourceLimitation;
      sound = false;
    }
    if (!sound) {
      this.#malformed();
      return;
    }
    if (message.dialogueOffset >= 0) {
      indication.apdu = readDialoguePortion(message.octets, message.dialogueOffset, message.dialogueEnd);
      indication.incorrect = indication.apdu === null;
    }
    switch (message.messageType) {
      case messageTags.begin:
        this.counters.count('tcap.received.begin');
        this.#begin(ssn);
        return;
      case messageTags.continue:
        this.counters.count('tcap.received.continue');
        this.#continue();
        return;
      case messageTags.end:
        this.counters.count('tcap.received.end');
        this.#last('END received');
        return;
      case messageTags.abort:
        this.counters.count(message.abortCause >= 0 ? 'tcap.received.pAbort' : 'tcap.received.uAbort');
        indication.abortCause = message.abortCause;
        this.#last('ABORT received');
        return;
      default:
        this.counters.count('tcap.received.unidirectional');
        this.#unidirectional(ssn);
    }
  }

  /** A message with a wrong transaction portion (ITU-T Q.774 §3.3.4): told to the peer and to our user, as far as the ids say whom. */
  #malformed(): void {
    const { message } = this.indication;
    this.counters.count(`tcap.received.malformed.${message.fault}`);
    const dialogue = this.#addressed();
    const { messageType, fault } = message;
    // An abort is never answered, and neither is what expects no answer (ITU-T Q.774 table 7).
    const answered = messageType !== messageTags.abort && messageType !== messageTags.end;
    if (answered && messageType !== messageTags.unidirectional) this.#abortPeer(fault);
    // A message of no known type says nothing of the transactions here.
    if (dialogue === undefined || fault === pAbortCauses.unrecognizedMessageType) return;
    this.indication.abortCause = fault;
    this.indication.abortLocal = true;
    dialogue.transaction.step('local abort');
  }

  #begin(ssn: number): void {
    const { indication } = this;
    const acceptor = this.#acceptors.get(ssn);
    if (acceptor === undefined) {
      this.counters.count('tcap.begin.unattended');
      this.#abortPeer(pAbortCauses.resourceLimitation);
      return;
    }
    indication.acceptor = acceptor;
    const { apdu, incorrect } = indication;
    const refused = incorrect || (apdu !== null && (apdu.kind !== 'AARQ' || apdu.version === 'unsupported'));
    if (!refused && (this.#ids.full || !this.#admit(ssn))) {
      this.#overload(acceptor);
      return;
    }
    const context = apdu?.kind === 'AARQ' ? apdu.applicationContext : undefined;
    const { called, calling } = indication;
    const dialogue = new TcapDialogue(this, called, calling, null, context, this.limits.idleLimitMs);
    // What is refused for its dialogue portion needs no id: nothing of it comes back.
    if (!refused) {
      const id = this.#ids.take(dialogue, this.timers.now());
      if (id === 0) {
        this.#overload(acceptor);
        return;
      }
      dialogue.start(id, true);
    }
    this.statistics.of(called.ssn).begunByPeer++;
    dialogue.transaction.step('BEGIN received');
  }

  /** A begin that is not let in is answered at once, or refused. */
  #overload(acceptor: DialogueAcceptor): void {
    this.counters.count(this.#ids.full ? 'tcap.limit.dialogues' : 'tcap.begin.notAdmitted');
    const answer = acceptor.onOverload?.(this.#connectionless()) ?? 'refuse';
    if (answer === 'discard') {
      this.counters.count('tcap.begin.discarded');
      return;
    }
    const { apdu, called, calling } = this.indication;
    if (answer !== 'refuse') {
      const accepted: DialogueApdu | null =
        apdu?.kind === 'AARQ'
          ? {
              kind: 'AARE',
              applicationContext: apdu.applicationContext,
              accepted: true,
              source: 'user',
              diagnostic: userDiagnostics.null,
            }
          : null;
      const octets = this.#whole(messageTags.end, this.#peer(), accepted, answer.end);
      if (octets !== null) {
        this.counters.count('tcap.begin.answeredStateless');
        this.counters.count('tcap.sent.end');
        this.transmit(calling, called, undefined, false, octets, false);
        return;
      }
    }
    this.counters.count('tcap.begin.refused');
    this.#abortPeer(pAbortCauses.resourceLimitation);
  }

  #continue(): void {
    const { message } = this.indication;
    const dialogue = this.#addressed();
    // The peer's id is fixed by its first message: with another one, this is a message for somebody else.
    const peer = dialogue?.transaction.peer;
    const stranger = peer !== undefined && peer.sizeOctets > 0 && peer.id !== message.originatingId;
    if (dialogue === undefined || stranger) {
      this.counters.count('tcap.received.unrecognizedTransaction');
      this.#abortPeer(pAbortCauses.unrecognizedTransactionId);
      return;
    }
    dialogue.touch();
    if (!dialogue.transaction.step('CONTINUE received')) this.counters.count('tcap.received.unexpected');
  }

  /** The last message of a transaction; one that finds none is discarded. */
  #last(event: 'END received' | 'ABORT received'): void {
    const dialogue = this.#addressed();
    if (dialogue === undefined) {
      this.counters.count('tcap.received.unrecognizedTransaction');
    } else if (!dialogue.transaction.step(event)) {
      this.counters.count('tcap.received.unexpected');
    }
  }

  #unidirectional(ssn: number): void {
    const { apdu, incorrect } = this.indication;
    const acceptor = this.#acceptors.get(ssn);
    if (incorrect || (apdu !== null && (apdu.kind !== 'AUDT' || apdu.version === 'unsupported'))) {
      this.counters.count('tcap.dialogue.abnormal');
    } else if (acceptor?.onUnidirectional === undefined) {
      this.counters.count('tcap.unidirectional.unattended');
    } else {
      acceptor.onUnidirectional(this.#connectionless());
    }
  }

  /** A message of ours came back (N-NOTICE). */
  #notice(notice: Notice): void {
    this.counters.count('tcap.received.notice');
    const { indication } = this;
    const { message } = indication;
    if (!message.readIds(notice.data) || message.originatingSizeOctets !== 4) return;
    indication.apdu = null;
    indication.incorrect = false;
    indication.returnCause = notice.returnCause;
    this.#ids.find(message.originatingId)?.step('TR-NOTICE.ind');
  }

  /** The dialogue that the destination transaction id names; ours always have 4 octets. */
  #addressed(): TcapDialogue | undefined {
    const { message } = this.indication;
    return message.destinationSizeOctets === 4 ? this.#ids.find(message.destinationId) : undefined;
  }

  #peer(): TransactionId {
    const { message } = this.indication;
    return { id: message.originatingId, sizeOctets: message.originatingSizeOctets };
  }

  /** P-Abort to where the message under way came from, if its originating id could be derived. */
  #abortPeer(cause: number): void {
    const peer = this.#peer();
    if (peer.sizeOctets === 0) return;
    this.counters.count(`tcap.sent.pAbort.${cause}`);
    const { calling, called } = this.indication;
    this.transmit(calling, called, undefined, false, this.writer.providerAbort(peer, cause), false);
  }

  /** The message under way as one without a dialogue; malformed components are left out. */
  #connectionless(): ConnectionlessIndication {
    const { message, called, calling, portion } = this.indication;
    const components: Component[] = [];
    if (message.componentOffset >= 0) {
      const reader = this.componentReader.reset(
        message.octets,
        message.componentOffset,
        message.componentEnd,
      );
      for (let component = reader.next(); component !== null; component = reader.next()) {
        if (component.kind === 'fault' || components.length === this.limits.componentsMax) {
          this.counters.count(
            component.kind === 'fault' ? 'tcap.received.malformedComponent' : 'tcap.limit.components',
          );
          break;
        }
        components.push(component);
      }
    }
    return { localAddress: called, remoteAddress: calling, portion, components };
  }

  /** A message without a dialogue; null when it would be too long. */
  #whole(
    messageType: number,
    destination: TransactionId,
    apdu: DialogueApdu | null,
    components: readonly Component[],
  ): Uint8Array | null {
    const owner: StageOwner = { staged: null };
    const stage = this.stage.enter(owner);
    const fits = components.every((component) => stage.put(component));
    const contents = stage.octets.subarray(0, stage.sizeOctets);
    stage.clear(owner);
    if (fits) return this.writer.write(messageType, noTransactionId, destination, apdu, contents);
    this.counters.count('tcap.limit.messageSize');
    return null;
  }
}
