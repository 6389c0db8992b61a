/**
 * Short messages of phones on their way from a message centre to self-care, which is in the signalling thread, and the answer on its
 * way back: the centre may forget a message when what it says is durable.
 */
import { centreMessage } from '../gateway/smpp/incoming-message.ts';
import { COMMAND_STATUS } from '../stack/smpp/command-status.ts';
import type { Pdu } from '../stack/smpp/pdu.ts';
import type { SmppSession } from '../stack/smpp/session.ts';
import type { Clock } from '../types/clock.ts';
import type { Counters } from '../types/counters.ts';
import { type CentreMessageTaken, ringKinds } from '../types/model/thread.ts';
import type { RingReader, RingWriter } from '../types/ports/ring.ts';
import { decodeCentreMessageTaken, encodeCentreMessage } from '../wire/thread.ts';

export interface CentreMessagesOptions {
  readonly clock: Clock;
  readonly counters: Counters;
  readonly toSelfCare: RingWriter;
  readonly fromSelfCare: RingReader;
  /** Something is to be sent outside of a turn of work. */
  readonly wake: () => void;
  /** Tokens of one life do not meet those of another. */
  readonly firstToken: number;
}

/** Messages that are not durable yet; one more is to come again. */
const WAITING_MAX = 1_000;
/** Self-care gives up before; what waits for longer the signalling thread took with it when it died. */
const WAIT_MAX_MS = 10_000;
const READ_MAX = 512;

/** command_status of the response (SMPP 5.0 §4.7.6). */
const STATUSES: Readonly<Record<CentreMessageTaken['how'], number>> = {
  taken: COMMAND_STATUS.ESME_ROK,
  'not-now': COMMAND_STATUS.ESME_RX_T_APPN,
  'not-ours': COMMAND_STATUS.ESME_RX_R_APPN,
};

interface Waiting {
  readonly sinceMs: number;
  readonly session: SmppSession;
  readonly pdu: Pdu;
}

export class CentreMessages {
  readonly #options: CentreMessagesOptions;
  /** In the order in which they came. */
  readonly #waiting = new Map<number, Waiting>();
  #lastToken: number;
  #written = false;

  constructor(options: CentreMessagesOptions) {
    this.#options = options;
    this.#lastToken = options.firstToken;
  }

  /** @param octets short_message or message_payload */
  take(smsc: string, session: SmppSession, pdu: Pdu<'deliver_sm' | 'data_sm'>, octets: Uint8Array): void {
    const { clock, counters, toSelfCare, wake } = this.#options;
    counters.count('smpp.message');
    const sinceMs = clock.monotonic();
    this.#forgetOld(sinceMs);
    const token = ++this.#lastToken;
    const record = encodeCentreMessage({ token, ...centreMessage(smsc, pdu, octets) });
    if (this.#waiting.size >= WAITING_MAX || !toSelfCare.write(ringKinds.centreMessage, record))
      return this.#answer({ sinceMs, session, pdu }, 'not-now');
    this.#written = true;
    this.#waiting.set(token, { sinceMs, session, pdu });
    wake();
  }

  /** Answers what self-care has taken, or has not. */
  doWork(): number {
    const { toSelfCare, fromSelfCare, counters } = this.#options;
    if (this.#written) toSelfCare.flush();
    this.#written = false;
    let last = -1;
    const count = fromSelfCare.read((kind, record, position) => {
      last = position;
      const taken = kind === ringKinds.centreMessageTaken ? decodeCentreMessageTaken(record) : undefined;
      if (taken?.ok !== true) return counters.count('notifier.input-damaged');
      const { token, how } = taken.value;
      const waiting = this.#waiting.get(token);
      this.#waiting.delete(token);
      if (waiting !== undefined) this.#answer(waiting, how);
    }, READ_MAX);
    if (last >= 0) fromSelfCare.release(last);
    return count;
  }

  #answer({ session, pdu }: Waiting, how: CentreMessageTaken['how']): void {
    this.#options.counters.count(`smpp.message.${how}`);
    session.respond(pdu, STATUSES[how]);
  }

  #forgetOld(nowMs: number): void {
    for (const [token, waiting] of this.#waiting) {
      if (nowMs - waiting.sinceMs < WAIT_MAX_MS) return;
      this.#waiting.delete(token);
      this.#answer(waiting, 'not-now');
    }
  }
}
