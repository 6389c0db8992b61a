/**
 * Notices over message centres: each goes as one `Submission` to the centre that routing says, or to the one that has what it replaces;
 * what is to be sent waits in order. What centres say goes to the actors: receipts, which are answered when they are durable, and who
 * is there again. The same effect is never under way twice, and one that ended a moment ago is answered from memory.
 */
import { AcceptedMessages } from '../gateway/smpp/accepted-messages.ts';
import { isShortMessage } from '../gateway/smpp/incoming-message.ts';
import { messageFate, subscriberNumber } from '../gateway/smpp/message-fate.ts';
import type { SmscClient } from '../gateway/smpp/smsc-client.ts';
import { type Route, SmscRouting } from '../gateway/smpp/smsc-routing.ts';
import { Submission, type SubmissionOutcome } from '../gateway/smpp/submission.ts';
import { WaitingNotices } from '../gateway/smpp/waiting-notices.ts';
import { COMMAND_STATUS } from '../stack/smpp/command-status.ts';
import type { Pdu } from '../stack/smpp/pdu.ts';
import { isReceipt, type Receipt, receiptOf } from '../stack/smpp/receipt.ts';
import type { SmppSession } from '../stack/smpp/session.ts';
import { tlvOf } from '../stack/smpp/tlv.ts';
import type { Clock } from '../types/clock.ts';
import type { Counters } from '../types/counters.ts';
import { deleteSpelling } from '../types/message-id.ts';
import type { CancelNotice, QueryNotice } from '../types/model/effect.ts';
import type { MessageFate, SubscriberEvent } from '../types/model/event.ts';
import { effectKey, ownerOf, sameEffect } from '../types/model/notice.ts';
import type { Delivery } from '../types/model/thread.ts';
import { RecentMap } from '../types/recent-map.ts';
import type { CentreMessages } from './centre-messages.ts';
import { SmppErrands } from './smpp-errands.ts';
import { goneSmsc, noSmsc, noticeOutcome, quietHours, unknownSmsc } from './smpp-outcomes.ts';
import { type SmscStatus, smscStatuses } from './smsc-status.ts';

export interface SmppDeskOptions {
  readonly clock: Clock;
  readonly counters: Counters;
  /** To the actor of the subscriber. */
  readonly tell: (event: SubscriberEvent) => void;
  readonly onNotice: (delivery: Delivery, outcome: SubmissionOutcome) => void;
  /** The receipt of its last part says that the phone has it. */
  readonly onDelivered: (delivery: Delivery) => void;
  /** To self-care, and back. */
  readonly messages: CentreMessages;
  /** Tokens of one life do not meet those of another. */
  readonly firstToken: number;
}

/** Receipts that wait to be durable; a centre that is told so says them again. */
const RECEIPTS_MAX = 10_000;
const RECENT_MAX = 10_000;
/** Submissions under way at once, beside what the windows of the links allow. */
const UNDER_WAY_MAX = 2_000;
/** Notices that wait for centres that are down while others are up; further ones are tried again later. */
const WAITING_DOWN_MAX = 500;
/** Message ids of which is known whose notice they are, where it is not the recipient's. */
const OWNERS_MAX = 100_000;
/** Message ids of which is known what notice they are, for figures and pages. */
const ACCEPTED_MAX = 50_000;

/** Where a notice can go: by its number, or to the centre that has what it replaces. */
type Way = Route<SmscClient>;

interface Accepted {
  readonly delivery: Delivery;
  /** message_id of the parts that are not delivered yet. */
  readonly left: Set<string>;
}

export class SmppDesk {
  readonly #options: SmppDeskOptions;
  #smscs: readonly SmscClient[] = [];
  #routing = new SmscRouting<SmscClient>([]);
  /** Of replacements, by the name of the centre. */
  #replacing: ReadonlyMap<string, Way> = new Map();
  readonly #waiting = new WaitingNotices<Way, Delivery>();
  readonly #errands: SmppErrands;
  readonly #underWay = new Set<string>();
  readonly #recent = new RecentMap<SubscriberEvent>(RECENT_MAX);
  readonly #receipts = new Map<number, () => void>();
  readonly #owners = new AcceptedMessages<string>(OWNERS_MAX);
  readonly #accepted = new AcceptedMessages<Accepted>(ACCEPTED_MAX);
  /** Receipts for whom a submission is under way: they may have overtaken its answer. */
  readonly #overtaking = new Map<string, { submissions: number; receipts: (() => void)[] }>();
  #lastToken: number;
  #pumping = false;
  #submissions = 0;
  /** Begun, and without room to go on: no more than the submissions under way. */
  readonly #paused: Submission[] = [];

  constructor(options: SmppDeskOptions) {
    this.#options = options;
    this.#lastToken = options.firstToken;
    this.#errands = new SmppErrands({
      counters: options.counters,
      smsc: (name) => this.#replacing.get(name)?.[0],
      onFate: ({ subscriber, recipient }, smsc, messageId, fate) => {
        if (fate === 'delivered') this.#count(smsc, recipient, messageId);
        this.#tellFate(subscriber ?? recipient, smsc, messageId, fate, 'query_sm', 0);
      },
    });
  }

  open(smscs: readonly SmscClient[]): void {
    this.#smscs = smscs;
    this.#routing = new SmscRouting(smscs);
    this.#replacing = new Map(smscs.map((smsc) => [smsc.config.name, [smsc]]));
    for (const smsc of smscs) smsc.open();
  }

  close(): void {
    for (const smsc of this.#smscs) smsc.close();
  }

  get waiting(): number {
    return this.#waiting.size + this.#errands.size;
  }

  get underWay(): number {
    return this.#underWay.size;
  }

  get statuses(): readonly SmscStatus[] {
    const queues = [...this.#waiting.queues()].map(({ way, size, oldest }) => ({
      smsc: way.find(({ isUp }) => isUp) ?? way[0],
      waiting: size,
      oldestAtMs: oldest?.item.notice.createdAtMs ?? 0,
    }));
    return smscStatuses(this.#smscs, queues, this.#options.clock.now());
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
    const { replaces, notice } = delivery;
    const way =
      replaces === undefined ? this.#routing.to(notice.recipient) : this.#replacing.get(replaces.smsc);
    if (way === undefined) return this.#end(delivery, unknownSmsc);
    if (way.length === 0) {
      counters.count('smpp.no-route');
      return this.#end(delivery, noSmsc);
    }
    // Who goes another way must not wait behind those whose way is down.
    const isDown = firstUp(way) === undefined && this.#smscs.some(({ isUp }) => isUp);
    if (isDown && this.#waiting.sizeOf(way) >= WAITING_DOWN_MAX) {
      counters.count('smpp.way-down');
      return this.#end(delivery, goneSmsc);
    }
    this.#waiting.push(way, delivery);
    this.pump();
  }

  cancel(what: CancelNotice): void {
    this.#errands.add(what);
    this.pump();
  }

  query(what: QueryNotice): void {
    this.#errands.add(what);
    this.pump();
  }

  /** The receipt is durable: its centre may forget it. */
  answerReceipt(token: number): void {
    this.#receipts.get(token)?.();
    this.#receipts.delete(token);
  }

  doWork(): number {
    return this.#options.messages.doWork();
  }

  roomy(): void {
    this.pump();
  }

  /** Sends what there is room for. */
  pump(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    this.#errands.pump();
    for (const paused of this.#paused.splice(0))
      if (paused.smsc.hasRoom || !paused.smsc.isUp) paused.resume();
      else this.#paused.push(paused);
    this.#endGone();
    while (this.#submissions < UNDER_WAY_MAX) {
      const queue = this.#waiting.next((way) => firstUp(way)?.hasRoom === true);
      if (queue === undefined) break;
      const entry = this.#waiting.shift(queue);
      if (this.#isTooLate(entry.item)) {
        this.#end(entry.item, quietHours);
        continue;
      }
      const smsc = firstUp(queue.way)!;
      if (smsc !== queue.way[0]) this.#options.counters.count('smpp.failed-over');
      const held: Delivery[] = [];
      this.#submit(smsc, entry.item, () => {
        held.push(entry.item);
        this.#waiting.putBack(queue.way, entry);
      });
      if (held.length > 0) break;
    }
    this.#pumping = false;
  }

  /** N12: quiet hours have begun while it waited for its way. */
  #isTooLate({ quietFromMs = Infinity }: Delivery): boolean {
    return this.#options.clock.now() >= quietFromMs;
  }

  /** Replacements for a centre that is down: who else is told must not wait for it. */
  #endGone(): void {
    for (const way of this.#replacing.values()) {
      if (way[0]!.isUp) continue;
      for (;;) {
        const queue = this.#waiting.next((other) => other === way);
        if (queue === undefined) break;
        this.#end(this.#waiting.shift(queue).item, goneSmsc);
      }
    }
  }

  #submit(smsc: SmscClient, delivery: Delivery, putBack: () => void): void {
    const { clock, counters } = this.#options;
    const { notice, effect, text, replaces, again } = delivery;
    const { recipient, originator, reference, receipts, priorityFlag = 0 } = notice;
    const over = this.#expectOvertaking(recipient);
    this.#submissions++;
    const done = (): void => {
      this.#submissions--;
      over();
    };
    counters.count('notice.sent');
    // It goes out with the same octets: an earlier try may have been taken.
    const isAgain = !sameEffect(notice.id, effect);
    if (isAgain) counters.count('notice.sent-again');
    const isUnsettled = again || isAgain;
    new Submission(
      smsc,
      { recipient, originator, text, reference, receipts, priorityFlag, isUnsettled, replaces },
      {
        now: () => clock.now(),
        onHeld: () => {
          putBack();
          done();
        },
        onPaused: (submission) => void this.#paused.push(submission),
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
    const { effect, again } = delivery;
    const isLasting = ended.result !== 'temporary' && ended.result !== 'permanent';
    const outcome = again && !isLasting ? { ...ended, uncertain: true } : ended;
    counters.count(`notice.${outcome.result}`);
    if (outcome.uncertain) counters.count('notice.uncertain');
    onNotice(delivery, outcome);
    this.#remember(delivery, outcome);
    const event = noticeOutcome(delivery, outcome, clock.now());
    const key = effectKey(effect);
    this.#underWay.delete(key);
    this.#recent.set(key, event);
    tell(event);
  }

  /** What its receipts will not say. */
  #remember(delivery: Delivery, { handedOver }: SubmissionOutcome): void {
    if (handedOver === undefined) return;
    const { notice } = delivery;
    const { recipient } = notice;
    const { smsc, messageIds } = handedOver;
    const accepted = { delivery, left: new Set(messageIds) };
    for (const messageId of messageIds) {
      this.#accepted.took(smsc, recipient, messageId, accepted);
      if (ownerOf(notice) !== recipient) this.#owners.took(smsc, recipient, messageId, ownerOf(notice));
    }
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

  /** What a centre says of its own accord. */
  request(smsc: SmscClient, session: SmppSession, pdu: Pdu): void {
    switch (pdu.command) {
      case 'deliver_sm':
      case 'data_sm':
        return this.#delivered(smsc, session, pdu);
      case 'alert_notification':
        return this.#alerted(smsc, pdu);
      default:
        session.respond(pdu, COMMAND_STATUS.ESME_RINVCMDID);
    }
  }

  #delivered(smsc: SmscClient, session: SmppSession, pdu: Pdu<'deliver_sm' | 'data_sm'>): void {
    const { counters, messages } = this.#options;
    const body = pdu.body!;
    const short = 'shortMessage' in body && body.shortMessage.length > 0 ? body.shortMessage : undefined;
    const octets = short ?? tlvOf(pdu.tlvs, 'message_payload') ?? new Uint8Array(0);
    if (isShortMessage(body.esmClass)) return messages.take(smsc.config.name, session, pdu, octets);
    if (!isReceipt(body.esmClass)) {
      // Acknowledgements of phones, of which none is asked for.
      counters.count('smpp.message-refused');
      return session.respond(pdu, COMMAND_STATUS.ESME_RX_R_APPN);
    }
    const number = subscriberNumber(body.sourceAddr);
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
    const fate = messageFate(state);
    // What waits for a submission is evidence of when it came.
    const atMs = this.#options.clock.now();
    const tell = (): void => {
      if (fate === 'delivered') this.#count(smsc, number, messageId);
      const owner = this.#owners.find(smsc.config.name, number, messageId) ?? number;
      this.#tellFate(owner, smsc, messageId, fate, error, token, atMs);
    };
    const overtaking = this.#overtaking.get(number);
    if (overtaking === undefined) tell();
    else overtaking.receipts.push(tell);
  }

  /** A part is on the phone. */
  #count(smsc: SmscClient, number: string, messageId: string): void {
    const accepted = this.#accepted.find(smsc.config.name, number, messageId);
    if (accepted === undefined || !deleteSpelling(accepted.left, messageId)) return;
    if (accepted.left.size === 0) this.#options.onDelivered(accepted.delivery);
  }

  #tellFate(
    subscriber: string,
    smsc: SmscClient,
    messageId: string,
    fate: MessageFate,
    detail: string,
    answerToken: number,
    atMs = this.#options.clock.now(),
  ): void {
    this.#options.tell({
      subscriber,
      atMs,
      what: { kind: 'receipt-came', smsc: smsc.config.name, messageId, fate, detail, answerToken },
    });
  }

  /** The phone can be reached again (SMPP 5.0 §4.1.3.1); ms_availability_status 0 says so, and so does none. */
  #alerted(smsc: SmscClient, pdu: Pdu<'alert_notification'>): void {
    const { clock, counters, tell } = this.#options;
    const subscriber = subscriberNumber(pdu.body?.sourceAddr ?? '');
    const status = tlvOf(pdu.tlvs, 'ms_availability_status')?.[0] ?? 0;
    counters.count('smpp.alert-notification');
    if (subscriber === '' || status !== 0) return;
    tell({
      subscriber,
      atMs: clock.now(),
      what: { kind: 'subscriber-reachable', source: 'alert-notification', smsc: smsc.config.name },
    });
  }
}

function firstUp(way: Way): SmscClient | undefined {
  return way.find(({ isUp }) => isUp);
}
