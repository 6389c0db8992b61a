/**
 * A small message centre: takes short messages over SMPP, keeps them until the phone is there or their time is over, tells their sender
 * what became of them, replaces, cancels and queries them, and hands on what phones send.
 *
 *     submit_sm ──▶ stored ──try──▶ phone ──▶ DELIVERED ──▶ receipt
 *                      │ absent: waits for `available`
 *                      └ its time is over: EXPIRED ──▶ receipt
 */
import { COMMAND_STATUS } from '../../stack/smpp/command-status.ts';
import type { Pdu } from '../../stack/smpp/pdu.ts';
import { MESSAGE_STATES } from '../../stack/smpp/receipt.ts';
import type { BindRequest, SessionUser, SmppSession } from '../../stack/smpp/session.ts';
import { absoluteTime, timeOf } from '../../stack/smpp/smpp-time.ts';
import { integerTlv, type Tlv, tlvInteger } from '../../stack/smpp/tlv.ts';
import type { Clock } from '../../types/clock.ts';
import type { Counters } from '../../types/counters.ts';
import type { TimerListener, Timers } from '../../types/timers.ts';
import type { SmscBehaviour } from './behaviour.ts';
import { receiptFor, type StoredMessage, type SubmittedMessage, submittedOf } from './stored-message.ts';

export interface SmscPorts {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly counters: Counters;
  /** 'unknown': there is no such number. */
  readonly deliver: (message: SubmittedMessage) => 'delivered' | 'absent' | 'unknown';
}

export interface SmscOptions {
  /** Passwords by system_id. */
  readonly accounts: ReadonlyMap<string, string>;
  readonly behaviour: SmscBehaviour;
}

/** Messages that are not ended, and ended ones that can be asked for. */
const MESSAGES_MAX = 100_000;
const ENDED_KEPT = 10_000;
/** Receipts that wait for a session of their account. */
const RECEIPTS_MAX = 100_000;
const TRIES_MAX = 10;
const AGAIN_MS = 1_000;

const FIRST_TRY = 1;
const EXPIRY = 2;
const LATER = 3;

const FINAL_RECEIPT_MASK = 0x03;
const INTERMEDIATE_WANTED = 0x10;

interface Notification {
  readonly systemId: string;
  readonly source: string;
  readonly sourceTon: number;
  readonly destination: string;
  readonly esmClass: number;
  readonly dataCoding: number;
  readonly text: Uint8Array;
  readonly tlvs: readonly Tlv[];
  tries: number;
}

export class Smsc implements SessionUser, TimerListener {
  readonly #ports: SmscPorts;
  readonly #options: SmscOptions;
  behaviour: SmscBehaviour;
  readonly #sessions = new Set<SmppSession>();
  readonly #messages = new Map<number, StoredMessage>();
  readonly #byId = new Map<string, StoredMessage>();
  /** Numbers of ended messages, the oldest first. */
  readonly #ended: number[] = [];
  /** Of those that wait for their phone, in the order in which they came. */
  readonly #waiting = new Map<string, Set<number>>();
  readonly #dpf = new Map<string, Set<string>>();
  readonly #notifications: Notification[] = [];
  readonly #later = new Map<number, () => void>();
  readonly #taken = new Map<SmppSession, { second: number; count: number }>();
  #lastNumber = 0x1000;
  #lastLater = 0;

  constructor(ports: SmscPorts, options: SmscOptions) {
    this.#ports = ports;
    this.#options = options;
    this.behaviour = options.behaviour;
  }

  /** Messages that are not ended. */
  get pending(): number {
    return this.#messages.size - this.#ended.length;
  }

  get sessions(): number {
    return this.#sessions.size;
  }

  onBind(_session: SmppSession, { systemId, password }: BindRequest): number {
    const known = this.#options.accounts.get(systemId);
    if (known === undefined) return COMMAND_STATUS.ESME_RINVSYSID;
    return known === password ? COMMAND_STATUS.ESME_ROK : COMMAND_STATUS.ESME_RINVPASWD;
  }

  bound(session: SmppSession): void {
    this.#sessions.add(session);
    this.#tellNotifications();
  }

  roomy(): void {
    this.#tellNotifications();
  }

  down(session: SmppSession): void {
    this.#sessions.delete(session);
    this.#taken.delete(session);
  }

  request(session: SmppSession, pdu: Pdu): void {
    switch (pdu.command) {
      case 'submit_sm':
      case 'data_sm':
        return this.#submitted(session, pdu);
      case 'replace_sm':
        return this.#replaced(session, pdu);
      case 'cancel_sm':
        return this.#cancelled(session, pdu);
      case 'query_sm':
        return this.#queried(session, pdu);
      default:
        return session.respond(pdu, COMMAND_STATUS.ESME_RINVCMDID);
    }
  }

  /** The phone is there again. */
  available(number: string): void {
    for (const waiting of [...(this.#waiting.get(number) ?? [])]) {
      const stored = this.#messages.get(waiting);
      if (stored !== undefined) this.#try(stored);
    }
    for (const systemId of this.#dpf.get(number) ?? []) this.alertFor(systemId, number);
    this.#dpf.delete(number);
  }

  /** A phone sends a short message to a number that is one of ours. @returns false: nobody is there who would take it */
  fromPhone(
    source: string,
    destination: string,
    octets: Uint8Array,
    dataCoding: number,
    esmClass = 0,
  ): boolean {
    const [session] = this.#receivers();
    if (session === undefined) return false;
    this.#notify({
      systemId: session.peerSystemId,
      source,
      sourceTon: 1,
      destination,
      esmClass,
      dataCoding,
      text: octets,
      tlvs: [],
      tries: 0,
    });
    return true;
  }

  onTimer(kind: number, key: number): void {
    if (kind === LATER) {
      const action = this.#later.get(key);
      this.#later.delete(key);
      return action?.();
    }
    const stored = this.#messages.get(key);
    if (stored === undefined || stored.endedAtMs !== 0) return;
    if (kind === FIRST_TRY) return this.#try(stored);
    if (this.#ports.clock.now() < stored.expiresAtMs) return this.#startExpiry(stored);
    this.#end(stored, 'EXPIRED');
  }

  #submitted(session: SmppSession, pdu: Pdu<'submit_sm' | 'data_sm'>): void {
    const { clock, timers, counters } = this.#ports;
    const nowMs = clock.now();
    if (this.#isThrottled(session, nowMs)) {
      counters.count('smsc.throttled');
      return this.#answer(session, pdu, COMMAND_STATUS.ESME_RTHROTTLED, '');
    }
    const refused = this.behaviour.refuses();
    if (refused !== 0) return this.#answer(session, pdu, refused, '');
    if (this.pending >= MESSAGES_MAX) return this.#answer(session, pdu, COMMAND_STATUS.ESME_RMSGQFUL, '');
    const body = pdu.body!;
    const expiry = 'validityPeriod' in body ? timeOf(body.validityPeriod, nowMs) : timeOf('', nowMs);
    if (!expiry.ok) return this.#answer(session, pdu, COMMAND_STATUS.ESME_RINVEXPIRY, '');
    const message = submittedOf(pdu, nowMs);
    const expiresAtMs = expiry.value ?? nowMs + this.behaviour.validityMs;
    const before = this.#toReplace(session, pdu);
    if (before !== undefined) {
      counters.count('smsc.replaced-if-present');
      before.message = message;
      before.registeredDelivery = body.registeredDelivery;
      before.expiresAtMs = expiresAtMs;
      if (this.behaviour.newIdIfPresent) {
        this.#byId.delete(before.messageId);
        before.messageId = this.#idOf(++this.#lastNumber);
        this.#byId.set(before.messageId, before);
      }
      return this.#answer(session, pdu, 0, before.messageId);
    }
    const number = ++this.#lastNumber;
    const stored: StoredMessage = {
      number,
      messageId: this.#idOf(number),
      systemId: session.peerSystemId,
      serviceType: body.serviceType,
      wantsDpf: tlvInteger(pdu.tlvs, 'set_dpf', 1) === 1,
      message,
      registeredDelivery: body.registeredDelivery,
      expiresAtMs,
      state: 'ENROUTE',
      endedAtMs: 0,
      intermediate: false,
    };
    this.#messages.set(number, stored);
    this.#byId.set(stored.messageId, stored);
    counters.count('smsc.taken');
    this.#answer(session, pdu, 0, stored.messageId);
    timers.start(this.behaviour.deliveryMs(), this, FIRST_TRY, number);
    this.#startExpiry(stored);
  }

  #isThrottled(session: SmppSession, nowMs: number): boolean {
    const { perSecondMax } = this.behaviour;
    if (perSecondMax === 0) return false;
    const second = Math.floor(nowMs / 1_000);
    const taken = this.#taken.get(session);
    if (taken?.second !== second) {
      this.#taken.set(session, { second, count: 1 });
      return false;
    }
    return ++taken.count > perSecondMax;
  }

  #idOf(number: number): string {
    return this.behaviour.receiptIds === 'decimal' ? number.toString(16).toUpperCase() : String(number);
  }

  /** replace_if_present_flag (SMPP 5.0 §4.7.22): the same source, destination and service_type, and not delivered yet. */
  #toReplace(session: SmppSession, { body }: Pdu<'submit_sm' | 'data_sm'>): StoredMessage | undefined {
    if (!this.behaviour.replacesIfPresent || body === undefined) return undefined;
    if (!('replaceIfPresentFlag' in body) || body.replaceIfPresentFlag !== 1) return undefined;
    for (const stored of this.#messages.values())
      if (
        stored.endedAtMs === 0 &&
        stored.message.destination === body.destinationAddr &&
        stored.systemId === session.peerSystemId &&
        stored.serviceType === body.serviceType &&
        stored.message.source === body.sourceAddr
      )
        return stored;
    return undefined;
  }

  #replaced(session: SmppSession, pdu: Pdu<'replace_sm'>): void {
    const body = pdu.body!;
    const stored = this.#own(session, body.messageId, body.sourceAddr);
    if (stored === undefined || stored.endedAtMs !== 0 || !this.behaviour.replaces)
      return this.#answer(session, pdu, COMMAND_STATUS.ESME_RREPLACEFAIL, '');
    const nowMs = this.#ports.clock.now();
    const expiry = timeOf(body.validityPeriod, nowMs);
    if (!expiry.ok) return this.#answer(session, pdu, COMMAND_STATUS.ESME_RINVEXPIRY, '');
    this.#ports.counters.count('smsc.replaced');
    stored.message = { ...stored.message, octets: body.shortMessage.slice(), submittedAtMs: nowMs };
    stored.registeredDelivery = body.registeredDelivery;
    stored.expiresAtMs = expiry.value ?? stored.expiresAtMs;
    this.#answer(session, pdu, 0, '');
  }

  #cancelled(session: SmppSession, pdu: Pdu<'cancel_sm'>): void {
    const { messageId, sourceAddr, destinationAddr, serviceType } = pdu.body!;
    const one = messageId === '' ? undefined : this.#own(session, messageId, sourceAddr);
    const all =
      messageId === ''
        ? [...(this.#waiting.get(destinationAddr) ?? [])]
            .map((number) => this.#messages.get(number))
            .filter(
              (stored) =>
                stored?.systemId === session.peerSystemId &&
                stored.message.source === sourceAddr &&
                (serviceType === '' || stored.serviceType === serviceType),
            )
        : [one];
    const found = all.filter((stored) => stored?.endedAtMs === 0);
    if (found.length === 0 || !this.behaviour.cancels)
      return this.#answer(session, pdu, COMMAND_STATUS.ESME_RCANCELFAIL, '');
    for (const stored of found) this.#end(stored!, 'DELETED');
    this.#answer(session, pdu, 0, '');
  }

  #queried(session: SmppSession, pdu: Pdu<'query_sm'>): void {
    const { messageId, sourceAddr } = pdu.body!;
    const stored = this.#own(session, messageId, sourceAddr);
    if (stored === undefined) return this.#answer(session, pdu, COMMAND_STATUS.ESME_RQUERYFAIL, '');
    session.respondToQuery(pdu, {
      messageId,
      finalDate: stored.endedAtMs === 0 ? '' : absoluteTime(stored.endedAtMs),
      messageState: MESSAGE_STATES[stored.state].value,
      errorCode: 0,
    });
  }

  #own(session: SmppSession, messageId: string, source: string): StoredMessage | undefined {
    const stored = this.#byId.get(messageId);
    return stored?.systemId === session.peerSystemId && stored.message.source === source ? stored : undefined;
  }

  #try(stored: StoredMessage): void {
    const { destination } = stored.message;
    const result = this.#ports.deliver(stored.message);
    if (result === 'delivered') return this.#end(stored, 'DELIVERED');
    if (result === 'unknown') return this.#end(stored, 'UNDELIVERABLE');
    const waiting = this.#waiting.get(destination) ?? new Set();
    waiting.add(stored.number);
    this.#waiting.set(destination, waiting);
    if (stored.wantsDpf)
      this.#dpf.set(destination, (this.#dpf.get(destination) ?? new Set()).add(stored.systemId));
    if (stored.intermediate || (stored.registeredDelivery & INTERMEDIATE_WANTED) === 0) return;
    stored.intermediate = true;
    this.#tellOf(stored, true);
  }

  #end(stored: StoredMessage, state: StoredMessage['state']): void {
    const { number, message } = stored;
    stored.state = state;
    stored.endedAtMs = this.#ports.clock.now();
    this.#ports.counters.count(`smsc.ended.${state.toLowerCase()}`);
    const waiting = this.#waiting.get(message.destination);
    waiting?.delete(number);
    if (waiting?.size === 0) this.#waiting.delete(message.destination);
    this.#ended.push(number);
    const oldest = this.#ended.length > ENDED_KEPT ? this.#ended.shift() : undefined;
    const forgotten = oldest === undefined ? undefined : this.#messages.get(oldest);
    if (forgotten !== undefined) {
      this.#messages.delete(forgotten.number);
      this.#byId.delete(forgotten.messageId);
    }
    // 1: whatever becomes of it, 2: failures alone (SMPP 5.0 §4.7.21).
    const wanted = stored.registeredDelivery & FINAL_RECEIPT_MASK;
    if (wanted === 1 || (wanted === 2 && state !== 'DELIVERED')) this.#tellOf(stored, false);
  }

  #startExpiry({ number, expiresAtMs }: StoredMessage): void {
    const { clock, timers } = this.#ports;
    timers.start(Math.max(0, expiresAtMs - clock.now()), this, EXPIRY, number);
  }

  #tellOf(stored: StoredMessage, intermediate: boolean): void {
    const { message, systemId } = stored;
    const { esmClass, text, tlvs } = receiptFor(
      stored,
      this.behaviour,
      this.#ports.clock.now(),
      intermediate,
    );
    this.#notify({
      systemId,
      source: message.destination,
      sourceTon: 1,
      destination: message.source,
      esmClass,
      dataCoding: 0,
      text,
      tlvs,
      tries: 0,
    });
  }

  #notify(notification: Notification): void {
    if (this.#notifications.length >= RECEIPTS_MAX) {
      this.#notifications.shift();
      this.#ports.counters.count('smsc.receipt-dropped');
    }
    this.#notifications.push(notification);
    this.#tellNotifications();
  }

  #receivers(): SmppSession[] {
    return [...this.#sessions].filter(({ mode }) => mode !== 'transmitter');
  }

  #tellNotifications(): void {
    const left: Notification[] = [];
    for (const notification of this.#notifications.splice(0)) {
      const session = this.#receivers().find(
        (one) => one.peerSystemId === notification.systemId && one.hasRoom,
      );
      if (session === undefined || !this.#tell(session, notification)) left.push(notification);
    }
    this.#notifications.push(...left);
  }

  #tell(session: SmppSession, notification: Notification): boolean {
    const { source, sourceTon, destination, esmClass, dataCoding, text, tlvs } = notification;
    const body = {
      serviceType: '',
      sourceAddrTon: sourceTon,
      sourceAddrNpi: 1,
      sourceAddr: source,
      destAddrTon: 0,
      destAddrNpi: 1,
      destinationAddr: destination,
      esmClass,
      protocolId: 0,
      priorityFlag: 0,
      scheduleDeliveryTime: '',
      validityPeriod: '',
      registeredDelivery: 0,
      replaceIfPresentFlag: 0,
      dataCoding,
      smDefaultMsgId: 0,
      shortMessage: text,
    };
    return session.request('deliver_sm', body, tlvs, (answer) => {
      if (answer.kind === 'response' && answer.pdu.commandStatus === 0) return;
      if (++notification.tries >= TRIES_MAX) return this.#ports.counters.count('smsc.receipt-given-up');
      this.#after(AGAIN_MS, () => this.#notify(notification));
    });
  }

  /** Tells an account that a phone is there, asked or not. */
  alertFor(systemId: string, number: string): void {
    const session = this.#receivers().find(({ peerSystemId }) => peerSystemId === systemId);
    const body = {
      sourceAddrTon: 1,
      sourceAddrNpi: 1,
      sourceAddr: number,
      esmeAddrTon: 0,
      esmeAddrNpi: 0,
      esmeAddr: systemId,
    };
    session?.alert(body, [integerTlv('ms_availability_status', 1, 0)]);
  }

  #answer(session: SmppSession, pdu: Pdu, status: number, messageId: string): void {
    if (this.behaviour.losesResponse()) return this.#ports.counters.count('smsc.response-lost');
    const waitMs = this.behaviour.responseMs();
    if (waitMs === 0) return session.respond(pdu, status, messageId);
    this.#after(waitMs, () => session.respond(pdu, status, messageId));
  }

  #after(ms: number, action: () => void): void {
    this.#later.set(++this.#lastLater, action);
    this.#ports.timers.start(ms, this, LATER, this.#lastLater);
  }
}
