/** Cancellations and queries of what message centres have, in order; bounded, and a query is asked again. */
import { messageFate, messageState } from '../gateway/smpp/message-fate.ts';
import type { SmscClient } from '../gateway/smpp/smsc-client.ts';
import { sourceOf } from '../gateway/smpp/source-address.ts';
import { COMMAND_STATUS } from '../stack/smpp/command-status.ts';
import type { Pdu } from '../stack/smpp/pdu.ts';
import type { Counters } from '../types/counters.ts';
import type { CancelNotice, QueryNotice } from '../types/model/effect.ts';
import type { MessageFate } from '../types/model/event.ts';

export interface ErrandsOptions {
  readonly counters: Counters;
  /** By its name in the configuration; undefined: it is not there any more. */
  readonly smsc: (name: string) => SmscClient | undefined;
  readonly onFate: (what: QueryNotice, smsc: SmscClient, messageId: string, fate: MessageFate) => void;
}

type Errand = { readonly what: CancelNotice | QueryNotice; readonly part: number };

/** Cancellations and queries that wait for room. */
const ERRANDS_MAX = 10_000;

export class SmppErrands {
  readonly #options: ErrandsOptions;
  /** By the name of the centre: one that is down keeps no other one waiting. */
  readonly #waiting = new Map<string, Errand[]>();
  #size = 0;

  constructor(options: ErrandsOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#size;
  }

  add(what: CancelNotice | QueryNotice): void {
    const { counters, smsc } = this.#options;
    const { messageIds, smsc: name } = what.messages;
    if (smsc(name) === undefined) return counters.count('smpp.smsc-unknown');
    if (this.#size + messageIds.length > ERRANDS_MAX) return counters.count('smpp.errand-dropped');
    const waiting = this.#waiting.get(name) ?? [];
    this.#waiting.set(name, waiting);
    // The last part first: a message that lacks a part is not shown.
    for (let part = messageIds.length - 1; part >= 0; part--) waiting.push({ what, part });
    this.#size += messageIds.length;
  }

  /** Sends what there is room for. */
  pump(): void {
    if (this.#size === 0) return;
    for (const [name, waiting] of this.#waiting) {
      const smsc = this.#options.smsc(name);
      let done = 0;
      while (done < waiting.length && smsc !== undefined && this.#send(smsc, waiting[done]!)) done++;
      waiting.splice(0, done);
      this.#size -= done;
    }
  }

  #send(smsc: SmscClient, { what, part }: Errand): boolean {
    const { counters, onFate } = this.#options;
    const { destination, serviceType } = smsc.config;
    const messageId = what.messages.messageIds[part]!;
    const from = sourceOf(smsc.config, what.messages.originator);
    if (what.kind === 'query-notice') {
      return smsc.send('query_sm', { messageId, ...from }, [], (answer) => {
        if (answer.kind !== 'response') return;
        const { body, commandStatus } = answer.pdu as Pdu<'query_sm_resp'>;
        const state = commandStatus === 0 ? messageState(body?.messageState) : undefined;
        onFate(what, smsc, messageId, messageFate(state));
      });
    }
    // NULL where the message id alone is to be enough (SMPP 5.0 §4.5.1.1).
    const isNamed = what.recipient !== '';
    const to = {
      destAddrTon: isNamed ? destination.ton : 0,
      destAddrNpi: isNamed ? destination.npi : 0,
      destinationAddr: what.recipient,
    };
    return smsc.send('cancel_sm', { serviceType, messageId, ...from, ...to }, [], (answer) => {
      const isDone = answer.kind === 'response' && answer.pdu.commandStatus === COMMAND_STATUS.ESME_ROK;
      counters.count(isDone ? 'smpp.cancelled' : 'smpp.not-cancelled');
    });
  }
}
