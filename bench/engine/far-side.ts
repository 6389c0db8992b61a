/**
 * The network of an engine that shares its thread: makes missed calls, answers what the engine asks, and knows how many calls and
 * notices have come to their end. Messages are whole M3UA messages, from templates.
 */
import { Dialogues, waits } from '../../loadtest/dialogues.ts';
import { Handsets } from '../../loadtest/handsets.ts';
import { Incoming } from '../../loadtest/incoming.ts';
import { templatesFor } from '../../loadtest/messages.ts';
import { NetworkSide, RELAY_BIT } from '../../loadtest/network-side.ts';
import { NoticeAccount } from '../../loadtest/notice-account.ts';
import { defaultNetworkPlan } from '../../loadtest/plan.ts';
import { messageTags } from '../../src/stack/tcap/tags.ts';
import { LatencyHistogram } from '../../src/types/latency-histogram.ts';
import { randomBelow, SeededRandom } from '../../src/types/random.ts';

export interface FarSideOptions {
  readonly subscribers: number;
  /** How the calls end; answered ones lead to no notice. */
  readonly end: 'busy' | 'answered';
  /** The octets are the receiver's. */
  readonly deliver: (message: Uint8Array) => void;
}

const DIALOGUES_MAX = 16_384;

export class FarSide {
  readonly account: NoticeAccount;
  /** From the report of a miss to the end of its dialogue, when it was durable. */
  readonly durable = new LatencyHistogram();
  ended = 0;
  letGo = 0;
  readonly #options: FarSideOptions;
  readonly #templates = templatesFor(defaultNetworkPlan);
  readonly #incoming = new Incoming();
  readonly #dialogues = new Dialogues(DIALOGUES_MAX);
  readonly #network: NetworkSide;
  readonly #random = new SeededRandom(1);
  #outbox: Uint8Array[] = [];

  constructor(options: FarSideOptions) {
    const { subscribers } = options;
    this.#options = options;
    this.account = new NoticeAccount(subscribers);
    this.#network = new NetworkSide({
      templates: this.#templates,
      handsets: new Handsets(subscribers, this.account),
      absence: 'msc',
      firstSubscriber: 0,
      send: ({ octets }) => this.#outbox.push(octets.slice()),
    });
  }

  get open(): number {
    return this.#dialogues.open;
  }

  call(): void {
    const slot = this.#dialogues.take();
    const subscriber = randomBelow(this.#random, this.#options.subscribers);
    const call = this.account.newCall(subscriber);
    const { initialDP } = this.#templates;
    initialDP.setId('originating', this.#dialogues.idOf(slot));
    initialDP.setId('reference', call);
    initialDP.setIndex('subscriber', subscriber);
    initialDP.setIndex('caller', call);
    this.#dialogues.waiting[slot] = waits.answer;
    this.#dialogues.call[slot] = call;
    this.#outbox.push(initialDP.octets.slice());
  }

  /** Hands over what there is for the engine; returns how much. */
  deliver(): number {
    const messages = this.#outbox;
    this.#outbox = [];
    for (const message of messages) this.#options.deliver(message);
    return messages.length;
  }

  /** A message of the engine. */
  take(message: Uint8Array): void {
    if (this.#incoming.read(message) !== 'tcap') return;
    const { messageType, destinationId, originatingId } = this.#incoming.portion;
    if (messageType === messageTags.begin || destinationId >= RELAY_BIT)
      return this.#network.take(this.#incoming);
    const dialogues = this.#dialogues;
    const slot = dialogues.slotOf(destinationId);
    if (slot < 0) throw new Error('the engine answers what was not asked');
    if (messageType === messageTags.continue) {
      const report = this.#templates.report[this.#options.end];
      report.setId('originating', dialogues.idOf(slot));
      report.setId('destination', originatingId);
      this.account.reported(dialogues.call[slot] as number);
      dialogues.waiting[slot] = waits.end;
      dialogues.reportedAtMs[slot] = performance.now();
      this.#outbox.push(report.octets.slice());
      return;
    }
    if (dialogues.waiting[slot] === waits.end) {
      this.ended++;
      this.durable.record(performance.now() - (dialogues.reportedAtMs[slot] as number));
      if (this.#options.end === 'busy') this.account.acknowledged(dialogues.call[slot] as number);
    } else this.letGo++;
    dialogues.free(slot);
  }
}
