/** One notice to one message centre; what it does in which state says `submission-fsm.ts`. */
import { COMMAND_STATUS, commandStatusName } from '../../stack/smpp/command-status.ts';
import type { BodyOf, RequestName } from '../../stack/smpp/commands.ts';
import type { Pdu } from '../../stack/smpp/pdu.ts';
import type { MessageState } from '../../stack/smpp/receipt.ts';
import { type ShortMessagePart, shortMessageParts } from '../../stack/smpp/short-message.ts';
import { relativeTime } from '../../stack/smpp/smpp-time.ts';
import { integerTlv } from '../../stack/smpp/tlv.ts';
import type { Answer } from '../../stack/smpp/window.ts';
import type { NoticeResult, TryVia } from '../../types/model/event.ts';
import type { HandedOverTo, SmscMessages } from '../../types/model/handed-over.ts';
import type { Receipts } from '../../types/model/notice.ts';
import { messageState } from './message-fate.ts';
import type { SmscClient } from './smsc-client.ts';
import { sourceOf } from './source-address.ts';
import { statusMeaning } from './status-meaning.ts';
import {
  type SubmissionAction,
  type SubmissionEvent,
  type SubmissionGuard,
  type SubmissionState,
  submissionFsm,
} from './submission-fsm.ts';

export interface SubmissionJob {
  /** International digits. */
  readonly recipient: string;
  /** N4: digits of the number that it comes from; absent: the SMSC's source address. */
  readonly originator?: string | undefined;
  readonly text: string;
  /** Concatenation reference, 0 … 255. */
  readonly reference: number;
  /** What is asked of the centre; undefined: what its configuration says. */
  readonly receipts?: Receipts | undefined;
  /** priority_flag (SMPP 5.0 §4.7.14). */
  readonly priorityFlag: number;
  /** An earlier try may have been taken, all of it or a part. */
  readonly isUnsettled: boolean;
  readonly replaces?: SmscMessages | undefined;
}

export interface SubmissionOutcome {
  readonly result: Extract<
    NoticeResult,
    'accepted' | 'too-late' | 'not-replaceable' | 'temporary' | 'permanent'
  >;
  readonly handedOver?: HandedOverTo;
  readonly supersededGone: boolean;
  readonly partsDelivered: number;
  readonly uncertain: boolean;
  readonly detail: string;
  /** Absent: of no SMSC. */
  readonly via?: TryVia;
}

export interface SubmissionPorts {
  readonly now: () => number;
  /** Not begun, as there was no room or the centre throttled: to be handed in again. Nothing of it is with the centre. */
  readonly onHeld: () => void;
  /** Begun, and there is no room or the centre throttles: goes on with `resume`, when there is. */
  readonly onPaused: (submission: Submission) => void;
  readonly onEnded: (outcome: SubmissionOutcome) => void;
}

/** What is begun waits so long for room, no longer: a message that lacks parts is of no use to a phone. */
const PAUSED_MAX_MS = 60_000;
/** registered_delivery (SMPP 5.0 §4.7.21): bits 1 and 0 what is told at the end, bit 4 whether on the way, too. */
export const REGISTERED_DELIVERY: Readonly<Record<Receipts, number>> = {
  none: 0x00,
  final: 0x01,
  failures: 0x02,
  intermediate: 0x11,
};

export class Submission {
  readonly #smsc: SmscClient;
  readonly #job: SubmissionJob;
  readonly #ports: SubmissionPorts;
  readonly #parts: readonly ShortMessagePart[];
  readonly #superseded: readonly string[];
  #state: SubmissionState = 'NEW';
  /** Of the message or of the one that is replaced, as the state has it. */
  #part = 0;
  #supersededGone = false;
  #isLeft = false;
  readonly #messageIds: string[] = [];
  #detail = '';
  #permanent = false;
  #again: (() => void) | undefined;
  readonly #begunAtMs: number;

  constructor(smsc: SmscClient, job: SubmissionJob, ports: SubmissionPorts) {
    this.#smsc = smsc;
    this.#job = job;
    this.#ports = ports;
    this.#begunAtMs = ports.now();
    const parts = shortMessageParts(job.text, job.reference, smsc.config.concatenation);
    this.#parts = parts.ok ? parts.value : [];
    this.#superseded = [...(job.replaces?.messageIds ?? [])].reverse();
  }

  begin(): void {
    if (this.#parts.length === 0) {
      this.#detail = 'too long';
      this.#permanent = true;
      return this.#end('permanent', false);
    }
    this.#on('begin');
  }

  get smsc(): SmscClient {
    return this.#smsc;
  }

  /** Of what is paused: there is room, or there was none for too long. */
  resume(): void {
    const again = this.#again;
    this.#again = undefined;
    if (this.#ports.now() - this.#begunAtMs > PAUSED_MAX_MS) this.#on('throttled');
    else again?.();
  }

  #on(event: SubmissionEvent): void {
    const row = submissionFsm.find(this.#state, event, (guard) => this.#holds(guard));
    if (row === undefined) return;
    const [, , , actions, to] = row;
    this.#state = to;
    for (const action of actions) this.#do(action);
  }

  #holds(guard: SubmissionGuard): boolean {
    switch (guard) {
      case 'unsettled':
        return this.#job.isUnsettled;
      case 'in place':
        return this.#job.replaces?.plain === true && this.#smsc.can.replace && isPlain(this.#parts);
      case 'if present':
        return this.#smsc.can.replaceIfPresent && this.#superseded.length === 1 && this.#parts.length === 1;
      case 'same message id':
        return this.#messageIds[0] === this.#superseded[0];
      case 'replaces':
        return this.#superseded.length > 0;
      case 'lacks a part':
        return this.#supersededGone;
      case 'lacks a part, more parts':
        return this.#supersededGone && this.#part + 1 < this.#superseded.length;
      case 'more parts': {
        const parts = this.#state === 'SUBMITTING' ? this.#parts : this.#superseded;
        return this.#part + 1 < parts.length;
      }
    }
  }

  #do(action: SubmissionAction): void {
    switch (action) {
      case 'replace_sm':
        return this.#replace();
      case 'query_sm':
        return this.#query();
      case 'cancel_sm':
        return this.#cancel(this.#superseded[this.#part]!);
      case 'cancel_sm all':
        return this.#cancel('');
      case 'leave it':
        this.#isLeft = true;
        return;
      case 'submit_sm':
        return this.#submit(0);
      case 'submit_sm instead':
        return this.#submit(1);
      case 'cancel_sm own':
        return this.#cancel(this.#messageIds[0]!);
      case 'learn: no replace_if_present_flag':
        this.#smsc.can.replaceIfPresent = false;
        return;
      case 'next part':
        this.#part++;
        return;
      case 'first part':
        this.#part = 0;
        return;
      case 'learn: no replace_sm':
        this.#smsc.can.replace = false;
        return;
      case 'superseded gone':
        this.#supersededGone = true;
        return;
      case 'accepted':
        return this.#end('accepted', false);
      case 'too late':
        // What was submitted, if anything was, has been had back.
        this.#messageIds.length = 0;
        return this.#end('too-late', false);
      case 'not replaceable':
        return this.#end('not-replaceable', false);
      case 'failed':
        return this.#end(this.#permanent ? 'permanent' : 'temporary', false);
      case 'failed, perhaps taken':
        return this.#end('temporary', true);
    }
  }

  #replace(): void {
    const { config } = this.#smsc;
    const messageId = this.#superseded[0]!;
    this.#send(
      'replace_sm',
      {
        messageId,
        ...this.#source(),
        scheduleDeliveryTime: '',
        validityPeriod: relativeTime(config.validityMs),
        registeredDelivery: this.#registeredDelivery,
        smDefaultMsgId: 0,
        shortMessage: this.#parts[0]!.shortMessage,
      },
      () => {
        this.#messageIds.push(messageId);
        this.#on('done');
      },
    );
  }

  #cancel(messageId: string): void {
    const { config, can } = this.#smsc;
    if (!can.cancel) return this.#on('unsupported');
    const body = {
      serviceType: config.serviceType,
      messageId,
      ...this.#source(),
      ...this.#destination(),
    };
    this.#send('cancel_sm', body, () => this.#on('done'));
  }

  #query(): void {
    const messageId = this.#superseded[this.#part]!;
    const sent = this.#smsc.send('query_sm', { messageId, ...this.#source() }, [], (answer) =>
      this.#on(fateOf(answer)),
    );
    if (!sent) this.#on('unanswered');
  }

  #submit(replaceIfPresentFlag: number): void {
    const { config } = this.#smsc;
    const { esmClass, dataCoding, shortMessage, tlvs } = this.#parts[this.#part]!;
    const body = {
      serviceType: config.serviceType,
      ...this.#source(),
      ...this.#destination(),
      esmClass,
      protocolId: 0,
      priorityFlag: this.#job.priorityFlag,
      scheduleDeliveryTime: '',
      validityPeriod: relativeTime(config.validityMs),
      registeredDelivery: this.#registeredDelivery,
      replaceIfPresentFlag,
      dataCoding,
      smDefaultMsgId: 0,
      shortMessage,
    };
    const taken = (pdu: Pdu): void => {
      this.#messageIds.push((pdu as Pdu<'submit_sm_resp'>).body?.messageId ?? '');
      this.#on('done');
    };
    // The same message again has the same one (SMPP 5.0 §4.8.4.63).
    this.#send('submit_sm', body, taken, [
      ...tlvs,
      integerTlv('user_message_reference', 2, this.#job.reference),
    ]);
  }

  #send<C extends Exclude<RequestName, 'query_sm'>>(
    command: C,
    body: BodyOf<C>,
    done: (pdu: Pdu) => void,
    tlvs: ShortMessagePart['tlvs'] = [],
  ): void {
    const again = (): void => this.#send(command, body, done, tlvs);
    const sent = this.#smsc.send(command, body, tlvs, (answer) => {
      if (answer.kind === 'timeout' || answer.kind === 'lost') {
        this.#detail = `${command}: ${answer.kind}`;
        return this.#on('unanswered');
      }
      const status = answer.kind === 'nack' ? answer.commandStatus : answer.pdu.commandStatus;
      const meaning = answer.kind === 'nack' && status === 0 ? 'temporary' : statusMeaning(status);
      this.#detail = meaning === 'done' ? '' : `${command}: ${commandStatusName(status)}`;
      if (meaning === 'done' && answer.kind === 'response') {
        this.#smsc.took();
        return done(answer.pdu);
      }
      if (meaning === 'throttled') {
        this.#smsc.throttled();
        return this.#held(again);
      }
      // SMPP 5.0 §4.7.22: an SMSC that does not know the flag.
      if (status === COMMAND_STATUS.ESME_RINVREPFLAG) return this.#on('unsupported');
      if (command === 'submit_sm') this.#permanent = meaning === 'permanent' || meaning === 'unsupported';
      this.#on(meaning === 'unsupported' ? 'unsupported' : 'refused');
    });
    if (!sent) this.#held(again);
  }

  /** As long as nothing was done the whole is tried again, perhaps with another centre; else, also behind a sweep, it goes on with what is left. */
  #held(again: () => void): void {
    const isUndone =
      !this.#supersededGone && !this.#isLeft && this.#messageIds.length === 0 && this.#part === 0;
    if (isUndone) {
      this.#state = 'ENDED';
      return this.#ports.onHeld();
    }
    this.#again = again;
    this.#ports.onPaused(this);
  }

  get #registeredDelivery(): number {
    const { receipts } = this.#job;
    return receipts === undefined ? this.#smsc.config.registeredDelivery : REGISTERED_DELIVERY[receipts];
  }

  #source() {
    return sourceOf(this.#smsc.config, this.#job.originator);
  }

  #destination() {
    const { ton, npi } = this.#smsc.config.destination;
    return { destAddrTon: ton, destAddrNpi: npi, destinationAddr: this.#job.recipient };
  }

  #end(result: SubmissionOutcome['result'], uncertain: boolean): void {
    const { config } = this.#smsc;
    const isAccepted = result === 'accepted';
    this.#ports.onEnded({
      result,
      supersededGone: this.#supersededGone,
      // What the centre has of a message that it has not whole is to go out as it is.
      partsDelivered: isAccepted ? 0 : this.#messageIds.length,
      uncertain,
      detail: this.#detail,
      via: { channel: 'smsc', node: config.name, parts: this.#parts.length },
      ...(isAccepted
        ? {
            handedOver: {
              smsc: config.name,
              messageIds: this.#messageIds,
              plain: isPlain(this.#parts),
              ...(this.#job.originator === undefined ? {} : { originator: this.#job.originator }),
              replaceable: !this.#isLeft,
              validUntilMs: this.#ports.now() + config.validityMs,
            },
          }
        : {}),
    });
  }
}

/** One message that needs no field that replace_sm has not: the alphabet stays the default one. */
function isPlain(parts: readonly ShortMessagePart[]): boolean {
  const only = parts[0];
  return parts.length === 1 && only?.esmClass === 0 && only.dataCoding === 0 && only.tlvs.length === 0;
}

const GONE: ReadonlySet<MessageState> = new Set([
  'EXPIRED',
  'DELETED',
  'UNDELIVERABLE',
  'REJECTED',
  'SKIPPED',
]);

function fateOf(answer: Answer): Extract<SubmissionEvent, `is ${string}` | 'unanswered' | 'throttled'> {
  if (answer.kind === 'timeout' || answer.kind === 'lost') return 'unanswered';
  if (answer.kind === 'nack') return 'is unknown';
  const { commandStatus, body } = answer.pdu as Pdu<'query_sm_resp'>;
  if (statusMeaning(commandStatus) === 'throttled') return 'throttled';
  const state = commandStatus === 0 ? messageState(body?.messageState) : undefined;
  if (state === undefined || state === 'UNKNOWN') return 'is unknown';
  if (state === 'DELIVERED' || state === 'ACCEPTED') return 'is delivered';
  return GONE.has(state) ? 'is gone' : 'is waiting';
}
