/**
 * Notices over message centres: each goes as one `Submission` to the first centre that is up, or to the one that has what it
 * replaces; what is to be sent waits in order. What centres say goes to the actors: receipts, which are answered when they are
 * durable, and who is there again. The same effect is never under way twice, and one that ended a moment ago is answered from memory.
 */
import type { SmscClient } from '../gateway/smpp/smsc-client.ts';
import { messageState, Submission, type SubmissionOutcome } from '../gateway/smpp/submission.ts';
import { COMMAND_STATUS } from '../stack/smpp/command-status.ts';
import type { Pdu } from '../stack/smpp/pdu.ts';
import { isReceipt, type MessageState, type Receipt, receiptOf } from '../stack/smpp/receipt.ts';
import type { SmppSession } from '../stack/smpp/session.ts';
import { tlvOf } from '../stack/smpp/tlv.ts';
import type { Clock } from '../types/clock.ts';
import type { Counters } from '../types/counters.ts';
import type { CancelNotice, QueryNotice } from '../types/model/effect.ts';
import type { MessageFate, SubscriberEvent } from '../types/model/event.ts';
import type { SmscMessages } from '../types/model/handed-over.ts';
import { effectKey, sameEffect } from '../types/model/notice.ts';
import type { Delivery } from '../types/model/thread.ts';
import { isSubscriberNumber } from '../types/partition.ts';
import { RecentMap } from '../types/recent-map.ts';

export interface SmppDeskOptions {
  readonly clock: Clock;
  readonly counters: Counters;
  /** To the actor of the subscriber. */
  readonly tell: (event: SubscriberEvent) => void;
  readonly onSent: (delivery: Delivery) => void;
  readonly onNotice: (delivery: Delivery, outcome: SubmissionOutcome) => void;
  /** Tokens of one life do not meet those of another. */
  readonly firstToken: number;
}

/** Receipts that wait to be durable; a centre that is told so says them again. */
const RECEIPTS_MAX = 10_000;
const RECENT_MAX = 10_000;
/** Submissions under way at once, beside what the windows of the links allow. */
const UNDER_WAY_MAX = 2_000;
/** Cancellations and queries that wait for room; a query is asked again. */
const ERRANDS_MAX = 10_000;

type Errand = { readonly what: CancelNotice | QueryNotice; readonly part: number };

export class SmppDesk {
  readonly #options: SmppDeskOptions;
  #smscs: readonly SmscClient[] = [];
  #waiting: Delivery[] = [];
  readonly #errands: Errand[] = [];
  readonly #underWay = new Set<string>();
  readonly #recent = new RecentMap<SubscriberEvent>(RECENT_MAX);
  readonly #receipts = new Map<number, () => void>();
  /** Receipts for whom a submission is under way: they may have overtaken its answer. */
  readonly #overtaking = new Map<string, { submissions: number; receipts: (() => void)[] }>();
  #lastToken: number;
  #pumping = false;

  constructor(options: SmppDeskOptions) {
    this.#options = options;
    this.#lastToken = options.firstToken;
  }

  /** @param smscs the first that is up is taken */
  open(smscs: readonly SmscClient[]): void {
    this.#smscs = smscs;
    for (const smsc of smscs) smsc.open();
  }

  close(): void {
    for (const smsc of this.#smscs) smsc.close();
  }

  get waiting(): number {
    return this.#waiting.length + this.#errands.length;
  }

  get underWay(): number {
    return this.#underWay.size;
  }

  deliver(delivery: Delivery): void {
    const key = effectKey(delivery.effect);
    const { counters, tell } = this.#options;
    if (this.#underWay.has(key)) return counters.count('delivery.already-under-way');
    const recent = this.#recent.get(key);
    if (recent !== undefined) {
      counters.count('delivery.answered-from-memory');
      return tell(recent);
    }
    this.#underWay.add(key);
    this.#waiting.push(delivery);
    this.pump();
  }

  cancel(what: CancelNotice): void {
    this.#run(what);
  }

  query(what: QueryNotice): void {
    this.#run(what);
  }

  /** The receipt is durable: its centre may forget it. */
  answerReceipt(token: number): void {
    this.#receipts.get(token)?.();
    this.#receipts.delete(token);
  }

  /** Sends what there is room for. */
  pump(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    this.#pumpErrands();
    const held: Delivery[] = [];
    for (let at = 0; at < this.#waiting.length; at++) {
      const delivery = this.#waiting[at]!;
      const smsc = this.#smscFor(delivery.replaces);
      if (smsc === 'unknown') this.#end(delivery, unknownSmsc);
      // Who else is told must not wait for that centre.
      else if (delivery.replaces !== undefined && smsc?.isUp === false) this.#end(delivery, goneSmsc);
      else if (smsc?.hasRoom === true && this.#submissions < UNDER_WAY_MAX) this.#submit(smsc, delivery);
      else if (delivery.replaces !== undefined) held.push(delivery);
      else {
        // Those behind it wait for the same; only a replacement may have another centre.
        for (const later of this.#waiting.slice(at)) held.push(later);
        break;
      }
    }
    this.#waiting = [...held, ...this.#again.splice(0)];
    this.#pumping = false;
  }

  /** Handed back while pumping. */
  readonly #again: Delivery[] = [];
  #submissions = 0;

  #smscFor(replaces: SmscMessages | undefined): SmscClient | undefined | 'unknown' {
    if (replaces === undefined) return this.#smscs.find(({ isUp }) => isUp);
    return this.#smscs.find(({ config }) => config.name === replaces.smsc) ?? 'unknown';
  }

  #submit(smsc: SmscClient, delivery: Delivery): void {
    const { clock, counters, onSent } = this.#options;
    const { notice, effect, text, replaces, again } = delivery;
    const { recipient, reference } = notice;
    const over = this.#expectOvertaking(recipient);
    this.#submissions++;
    const done = (): void => {
      this.#submissions--;
      over();
    };
    onSent(delivery);
    counters.count('notice.sent');
    // It goes out with the same octets: an earlier try may have been taken.
    const isAgain = !sameEffect(notice.id, effect);
    if (isAgain) counters.count('notice.sent-again');
    new Submission(
      smsc,
      { recipient, text, reference, isUnsettled: again || isAgain, replaces },
      {
        now: () => clock.now(),
        onHeld: () => {
          if (this.#pumping) this.#again.push(delivery);
          else this.#waiting.unshift(delivery);
          done();
        },
        onEnded: (outcome) => {
          this.#end(delivery, outcome);
          done();
          this.pump();
        },
      },
    ).begin();
  }

  #end(delivery: Delivery, ended: SubmissionOutcome): void {
    const { clock, counters, tell, onNotice } = this.#options;
    const { notice, effect, again } = delivery;
    const isLasting = ended.result !== 'temporary' && ended.result !== 'permanent';
    const outcome = again && !isLasting ? { ...ended, uncertain: true } : ended;
    counters.count(`notice.${outcome.result}`);
    if (outcome.uncertain) counters.count('notice.uncertain');
    onNotice(delivery, outcome);
    const atMs = clock.now();
    const { result, partsDelivered, uncertain, detail, handedOver, supersededGone } = outcome;
    const event: SubscriberEvent = {
      subscriber: notice.recipient,
      atMs,
      what: {
        kind: 'notice-outcome',
        effect,
        result,
        partsDelivered,
        uncertain,
        onWaitingList: false,
        storedAs: '',
        startedAtMs: atMs,
        detail,
        ...(handedOver === undefined ? {} : { handedOver }),
        ...(supersededGone ? { supersededGone } : {}),
      },
    };
    const key = effectKey(effect);
    this.#underWay.delete(key);
    this.#recent.set(key, event);
    tell(event);
  }

  /** Returns what says that a submission to this number is over. */
  #expectOvertaking(recipient: string): () => void {
    const entry = this.#overtaking.get(recipient) ?? { submissions: 0, receipts: [] };
    entry.submissions++;
    this.#overtaking.set(recipient, entry);
    return () => {
      if (--entry.submissions > 0) return;
      this.#overtaking.delete(recipient);
      for (const tell of entry.receipts) tell();
    };
  }

  #run(what: CancelNotice | QueryNotice): void {
    const { messageIds } = what.messages;
    if (this.#errands.length + messageIds.length > ERRANDS_MAX)
      return this.#options.counters.count('smpp.errand-dropped');
    // The last part first: a message that lacks a part is not shown.
    for (let part = messageIds.length - 1; part >= 0; part--) this.#errands.push({ what, part });
    this.pump();
  }

  #pumpErrands(): void {
    let done = 0;
    for (const errand of this.#errands) {
      const smsc = this.#smscFor(errand.what.messages);
      if (smsc === undefined || smsc === 'unknown') {
        this.#options.counters.count('smpp.smsc-unknown');
      } else if (!this.#send(smsc, errand)) break;
      done++;
    }
    this.#errands.splice(0, done);
  }

  #send(smsc: SmscClient, { what, part }: Errand): boolean {
    const { counters } = this.#options;
    const { source, destination, serviceType } = smsc.config;
    const messageId = what.messages.messageIds[part]!;
    const from = { sourceAddrTon: source.ton, sourceAddrNpi: source.npi, sourceAddr: source.address };
    if (what.kind === 'query-notice') {
      return smsc.send('query_sm', { messageId, ...from }, [], (answer) => {
        if (answer.kind !== 'response') return;
        const { body, commandStatus } = answer.pdu as Pdu<'query_sm_resp'>;
        const state = commandStatus === 0 ? messageState(body?.messageState) : undefined;
        this.#tellFate(what.recipient, smsc, messageId, fateOf(state), 'query_sm', 0);
      });
    }
    const to = {
      destAddrTon: destination.ton,
      destAddrNpi: destination.npi,
      destinationAddr: what.recipient,
    };
    return smsc.send('cancel_sm', { serviceType, messageId, ...from, ...to }, [], (answer) => {
      const isDone = answer.kind === 'response' && answer.pdu.commandStatus === COMMAND_STATUS.ESME_ROK;
      counters.count(isDone ? 'smpp.cancelled' : 'smpp.not-cancelled');
    });
  }

  roomy(): void {
    this.pump();
  }

  /** What a centre says of its own accord. */
  request(smsc: SmscClient, session: SmppSession, pdu: Pdu): void {
    switch (pdu.command) {
      case 'deliver_sm':
      case 'data_sm':
        return this.#delivered(smsc, session, pdu);
      case 'alert_notification':
        return this.#alerted(pdu);
      default:
        session.respond(pdu, COMMAND_STATUS.ESME_RINVCMDID);
    }
  }

  #delivered(smsc: SmscClient, session: SmppSession, pdu: Pdu<'deliver_sm' | 'data_sm'>): void {
    const { counters } = this.#options;
    const body = pdu.body!;
    const short = 'shortMessage' in body && body.shortMessage.length > 0 ? body.shortMessage : undefined;
    const octets = short ?? tlvOf(pdu.tlvs, 'message_payload') ?? new Uint8Array(0);
    const number = numberOf(body.sourceAddr);
    if (!isReceipt(body.esmClass)) {
      // What phones send to a service comes by MAP.
      counters.count('smpp.message-refused');
      return session.respond(pdu, COMMAND_STATUS.ESME_RX_R_APPN);
    }
    const receipt = receiptOf({ esmClass: body.esmClass, text: octets, tlvs: pdu.tlvs });
    if (receipt === undefined || number === '') {
      // It would say the same again.
      counters.count('smpp.receipt-unreadable');
      return session.respond(pdu, COMMAND_STATUS.ESME_ROK);
    }
    counters.count(`smpp.receipt.${receipt.final ? receipt.state.toLowerCase() : 'intermediate'}`);
    if (!receipt.final) return session.respond(pdu, COMMAND_STATUS.ESME_ROK);
    if (this.#receipts.size >= RECEIPTS_MAX) {
      counters.count('smpp.receipt-refused');
      return session.respond(pdu, COMMAND_STATUS.ESME_RX_T_APPN);
    }
    const token = ++this.#lastToken;
    this.#receipts.set(token, () => session.respond(pdu, COMMAND_STATUS.ESME_ROK));
    this.#tellReceipt(number, smsc, receipt, token);
  }

  #tellReceipt(number: string, smsc: SmscClient, receipt: Receipt, token: number): void {
    const { messageId, state, error } = receipt;
    const tell = (): void => this.#tellFate(number, smsc, messageId, fateOf(state), error, token);
    const overtaking = this.#overtaking.get(number);
    if (overtaking === undefined) tell();
    else overtaking.receipts.push(tell);
  }

  #tellFate(
    subscriber: string,
    smsc: SmscClient,
    messageId: string,
    fate: MessageFate,
    detail: string,
    answerToken: number,
  ): void {
    const { clock, tell } = this.#options;
    tell({
      subscriber,
      atMs: clock.now(),
      what: { kind: 'receipt-came', smsc: smsc.config.name, messageId, fate, detail, answerToken },
    });
  }

  /** The phone can be reached again (SMPP 5.0 §4.1.3.1); ms_availability_status 0 says so, and so does none. */
  #alerted(pdu: Pdu<'alert_notification'>): void {
    const { clock, counters, tell } = this.#options;
    const subscriber = numberOf(pdu.body?.sourceAddr ?? '');
    const status = tlvOf(pdu.tlvs, 'ms_availability_status')?.[0] ?? 0;
    counters.count('smpp.alert-notification');
    if (subscriber === '' || status !== 0) return;
    tell({
      subscriber,
      atMs: clock.now(),
      what: { kind: 'subscriber-reachable', source: 'alert-notification' },
    });
  }
}

const unknownSmsc: SubmissionOutcome = {
  result: 'not-replaceable',
  supersededGone: false,
  partsDelivered: 0,
  uncertain: false,
  detail: 'the SMSC is not in the configuration any more',
};

const goneSmsc: SubmissionOutcome = { ...unknownSmsc, result: 'temporary', detail: 'the SMSC is gone' };

/** International digits of an address; empty: it is none of a subscriber. */
function numberOf(address: string): string {
  const digits = address.replace(/^(\+|00)/, '');
  return isSubscriberNumber(digits) ? digits : '';
}

function fateOf(state: MessageState | undefined): MessageFate {
  switch (state) {
    case 'DELIVERED':
    case 'ACCEPTED':
      return 'delivered';
    case 'SCHEDULED':
    case 'ENROUTE':
      return 'waiting';
    case 'EXPIRED':
      return 'expired';
    case 'DELETED':
    case 'UNDELIVERABLE':
    case 'REJECTED':
    case 'SKIPPED':
      return 'failed';
    case 'UNKNOWN':
    case undefined:
      return 'unknown';
  }
}
