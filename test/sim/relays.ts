/** The connectors of the channels beside the short message, and what they lead to: a mail relay, the operator's webhook, a push service. */
import { Connector } from '../../src/connector/connector.ts';
import type { ChannelDesk, ChannelItem, Outlets } from '../../src/engine/channel-desk.ts';
import type { Mailboxes } from '../../src/simulator/mailboxes.ts';
import { silentLog } from '../../src/types/log.ts';
import type { MailMessage, PushMessage, WebhookEvent } from '../../src/types/model/channel-message.ts';
import { SeededRandom } from '../../src/types/random.ts';
import type { Timers } from '../../src/types/timers.ts';
import { type Addressed, FickleRelay, type FickleRelayOptions, SEND_MS } from './fickle-relay.ts';

export interface RelaysOptions extends Omit<FickleRelayOptions, 'seed'> {
  readonly seed: number;
  readonly mailboxes: () => Mailboxes;
}

/** So few tries and so little time that the next channel's turn comes within a run. */
const LIMITS = { window: 4, perSecond: 200, sendMs: SEND_MS, triesMax: 3, ageMaxMs: 60_000 } as const;

export class Relays {
  readonly #options: RelaysOptions;
  readonly #mail: FickleRelay;
  readonly #webhook: FickleRelay;
  readonly #push: FickleRelay;
  readonly #random: SeededRandom;

  constructor(options: RelaysOptions) {
    const { seed } = options;
    this.#options = options;
    this.#random = new SeededRandom(seed);
    this.#mail = new FickleRelay({ ...options, seed: seed + 100 });
    this.#webhook = new FickleRelay({ ...options, seed: seed + 200 });
    this.#push = new FickleRelay({ ...options, seed: seed + 300 });
  }

  /** A life of the notifier begins; its `timers` end with it. */
  readonly outlets = (timers: Timers, desk: ChannelDesk): Outlets => {
    const { mailboxes } = this.#options;
    const eMail = this.#connector<MailMessage>('e-mail', this.#mail, timers, desk, (mail) =>
      mailboxes().mail(mail),
    );
    const webhook = this.#connector<WebhookEvent>('webhook', this.#webhook, timers, desk, (event) =>
      mailboxes().event(event),
    );
    const webPush = this.#connector<PushMessage>('web-push', this.#push, timers, desk, (push) =>
      mailboxes().push(push),
    );
    return { eMail, webhook, webPush };
  };

  #connector<Item extends ChannelItem>(
    channel: string,
    relay: FickleRelay,
    timers: Timers,
    desk: ChannelDesk,
    arrive: (item: Item) => void,
  ): Connector<Item> {
    const { faults, counters } = this.#options;
    return new Connector<Item>(
      channel,
      { ...LIMITS, waitingMax: faults.waitingMax },
      {
        timers,
        counters,
        random: this.#random,
        log: silentLog,
        onEnd: desk.onEnd,
        send: (item, answered) => relay.take(addressed(item), () => arrive(item), timers, answered),
      },
    );
  }
}

/** A browser that is gone refuses everything. */
function addressed(item: ChannelItem): Addressed {
  return 'subscription' in item ? { id: item.id, address: item.subscription.endpoint } : { id: item.id };
}
