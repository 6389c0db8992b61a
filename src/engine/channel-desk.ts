/**
 * Notices that go out by e-mail, webhook or web push: offered to the connectors of the channels, each once while it is in hand.
 * What comes of one is an outcome for its actor, which knows the next channel (N6, N8). One that ended a moment ago is answered from
 * memory: a shard that starts anew releases what it has open again, and copies of that may wait for long.
 */
import type { Offer, Recalled } from '../connector/entry.ts';
import type { End } from '../connector/outcome.ts';
import type { ChannelMessages } from '../notice/render-channel.ts';
import type { Clock } from '../types/clock.ts';
import type { Counters } from '../types/counters.ts';
import type { MailMessage, PushMessage, WebhookEvent } from '../types/model/channel-message.ts';
import type { SendNotice } from '../types/model/effect.ts';
import type { NoticeResult, SubscriberEvent } from '../types/model/event.ts';
import { type EffectId, effectKey, ownerOf } from '../types/model/notice.ts';
import { RecentMap } from '../types/recent-map.ts';

/** A channel, as the desk uses it. */
export interface Outlet<Item> {
  /** False: there is no room, and nothing has changed. */
  offer(offer: Offer<Item>): boolean;
  /** What waits with this key has surely not arrived, and can be recalled. */
  isRecallable?(key: string): boolean;
  recall?(key: string): Recalled | undefined;
}

/** Absent: the operator has not set it up. */
export interface Outlets {
  readonly eMail?: Outlet<MailMessage>;
  readonly webhook?: Outlet<WebhookEvent>;
  readonly webPush?: Outlet<PushMessage>;
  /** What goes to the inbox waits for nothing: the actor keeps it. */
  readonly hasInbox?: boolean;
}

export type ChannelItem = MailMessage | WebhookEvent | PushMessage;

export interface ChannelDeskOptions {
  readonly clock: Clock;
  readonly counters: Counters;
  readonly tell: (event: SubscriberEvent) => void;
}

/** A notice in hand; web push sends one to each browser. */
interface InHand {
  readonly effect: EffectId;
  readonly what: SendNotice;
  readonly startedAtMs: number;
  /** An earlier life may have brought it. */
  readonly again: boolean;
  readonly channel: ChannelMessages['channel'];
  open: number;
  /** The keys of its items, where they were offered. */
  readonly offered: { readonly key: string; readonly outlet: Outlet<never> }[];
  readonly ends: End[];
  readonly gone: string[];
  isRecalled: boolean;
}

/** What is offered in the place of something that was recalled comes within this time, and of so many. */
const IN_PLACE_MS = 60_000;
const RECALLED_MAX = 10_000;

/** No room: it is tried later, or on the next channel. */
const FULL: End = { result: 'temporary', detail: 'the channel is full', uncertain: false, gone: false };
/** The configuration has changed since the notice was made. */
const NOT_SET_UP: End = {
  result: 'permanent',
  detail: 'the channel is not set up',
  uncertain: false,
  gone: false,
};

/** N12: they have begun while it was on its way here. */
const QUIET: End = { result: 'temporary', detail: 'quiet hours have begun', uncertain: false, gone: false };

const PLACED: End = { result: 'delivered', detail: '', uncertain: false, gone: false };

const RECENT_MAX = 10_000;

export class ChannelDesk {
  readonly #options: ChannelDeskOptions;
  #outlets: Outlets = {};
  /** By the key of the effect. */
  readonly #inHand = new Map<string, InHand>();
  readonly #items = new Map<ChannelItem, InHand>();
  readonly #recent = new RecentMap<SubscriberEvent>(RECENT_MAX);
  /** By channel and key. */
  readonly #recalled = new RecentMap<{ readonly atMs: number; readonly after: Recalled } | undefined>(
    RECALLED_MAX,
  );
  #isClosed = false;

  constructor(options: ChannelDeskOptions) {
    this.#options = options;
  }

  open(outlets: Outlets): void {
    this.#outlets = outlets;
  }

  /** Notices in hand. */
  get underWay(): number {
    return this.#inHand.size;
  }

  /** A notice that is in hand already is not taken twice: a shard that started anew released it again. */
  deliver(effect: EffectId, what: SendNotice, messages: ChannelMessages, again: boolean): void {
    const { clock, counters, tell } = this.#options;
    const key = effectKey(effect);
    if (this.#isClosed) return;
    if (this.#inHand.has(key)) return counters.count('channels.in-hand-already');
    const recent = this.#recent.get(key);
    if (recent !== undefined) {
      counters.count('delivery.answered-from-memory');
      return tell(recent);
    }
    const items = itemsOf(messages);
    const notice: InHand = {
      effect,
      what,
      startedAtMs: clock.now(),
      again,
      channel: messages.channel,
      open: Math.max(1, items.length),
      offered: [],
      ends: [],
      gone: [],
      isRecalled: false,
    };
    counters.count(`channels.offered.${messages.channel}`);
    this.#inHand.set(key, notice);
    const subscriber = ownerOf(what.notice);
    switch (messages.channel) {
      case 'inbox':
        return this.#ended(notice, undefined, this.#place(what));
      case 'e-mail':
        return this.#offer(notice, this.#outlets.eMail, subscriber, messages.message);
      case 'webhook':
        return this.#offer(notice, this.#outlets.webhook, subscriber, messages.message);
      case 'web-push':
        for (const message of messages.messages)
          this.#offer(
            notice,
            this.#outlets.webPush,
            `${subscriber} ${message.subscription.endpoint}`,
            message,
          );
    }
  }

  /**
   * Takes a notice back that waits, so that one which says more takes its place (N8). What is under way, has reached one of several browsers, or
   * may have arrived is not taken back: it ends as it ends.
   */
  recall(effect: EffectId): void {
    const { clock, counters } = this.#options;
    const notice = this.#inHand.get(effectKey(effect));
    const isWaiting =
      notice?.again === false &&
      notice.ends.length === 0 &&
      notice.offered.every(({ key, outlet }) => outlet.isRecallable?.(key) === true);
    if (notice === undefined || !isWaiting || this.#isClosed) return counters.count('channels.not-recalled');
    notice.isRecalled = true;
    counters.count('channels.recalled');
    for (const { key, outlet } of notice.offered) {
      const after = outlet.recall?.(key);
      if (after !== undefined)
        this.#recalled.set(`${notice.channel} ${key}`, { atMs: clock.monotonic(), after });
    }
  }

  /** The end of an item, as the connector says it. */
  readonly onEnd = (item: ChannelItem, end: End): void => {
    const notice = this.#items.get(item);
    this.#items.delete(item);
    if (notice !== undefined) this.#ended(notice, item, end);
  };

  /** What ends from now on is not told: it stays an open effect, and goes out after the next start. */
  close(): void {
    this.#isClosed = true;
  }

  #offer<Item extends ChannelItem>(
    notice: InHand,
    outlet: Outlet<Item> | undefined,
    key: string,
    item: Item,
  ): void {
    if (outlet === undefined) return this.#ended(notice, item, NOT_SET_UP);
    const nowMs = this.#options.clock.now();
    if (nowMs >= (notice.what.quietFromMs ?? Infinity)) return this.#ended(notice, item, QUIET);
    this.#items.set(item, notice);
    notice.offered.push({ key, outlet });
    const life = lifeOf(notice.what, nowMs);
    if (outlet.offer({ key, priority: 'ordinary', item, ...life, ...this.#inPlaceOf(notice, key) })) return;
    this.#items.delete(item);
    this.#options.counters.count('channels.full');
    this.#ended(notice, item, FULL);
  }

  #place({ quietFromMs = Infinity }: SendNotice): End {
    if (this.#outlets.hasInbox !== true) return NOT_SET_UP;
    return this.#options.clock.now() >= quietFromMs ? QUIET : PLACED;
  }

  #inPlaceOf({ channel }: InHand, key: string): { after?: Recalled } {
    const recalled = this.#recalled.get(`${channel} ${key}`);
    if (recalled === undefined) return {};
    this.#recalled.set(`${channel} ${key}`, undefined);
    return this.#options.clock.monotonic() - recalled.atMs > IN_PLACE_MS ? {} : { after: recalled.after };
  }

  /** @param item undefined: it went to the inbox */
  #ended(notice: InHand, item: ChannelItem | undefined, end: End): void {
    if (this.#isClosed) return;
    notice.open--;
    notice.ends.push(end);
    if (end.gone && item !== undefined && 'subscription' in item)
      notice.gone.push(item.subscription.endpoint);
    if (notice.open > 0) return;
    const { effect, what, startedAtMs, again, channel, ends, gone } = notice;
    const { clock, counters, tell } = this.#options;
    this.#inHand.delete(effectKey(effect));
    const best = bestOf(ends);
    const result = notice.isRecalled ? 'recalled' : resultOf(best);
    counters.count(`channels.told.${channel}.${result}`);
    const event: SubscriberEvent = {
      subscriber: ownerOf(what.notice),
      atMs: clock.now(),
      what: {
        kind: 'notice-outcome',
        effect,
        result,
        partsDelivered: what.firstPart,
        // The same message is refused for good each time: so it was not taken before, either.
        uncertain: result === 'temporary' && (again || ends.some(({ uncertain }) => uncertain)),
        onWaitingList: false,
        storedAs: '',
        startedAtMs,
        detail: best.detail,
        channel,
        ...(gone.length === 0 ? {} : { gone }),
      },
    };
    this.#recent.set(effectKey(effect), event);
    tell(event);
  }
}

function itemsOf(messages: ChannelMessages): readonly ChannelItem[] {
  switch (messages.channel) {
    case 'inbox':
      return [];
    case 'web-push':
      return messages.messages;
    default:
      return [messages.message];
  }
}

/** N12: until quiet hours begin. */
function lifeOf({ quietFromMs }: SendNotice, nowMs: number): { lifeMs?: number } {
  return quietFromMs === undefined ? {} : { lifeMs: quietFromMs - nowMs };
}

const RANKS: Readonly<Record<End['result'], number>> = {
  delivered: 0,
  accepted: 1,
  temporary: 2,
  withdrawn: 3,
  permanent: 4,
};

/** One browser that is reached is enough; one that may be later is better than one that never will. */
function bestOf(ends: readonly End[]): End {
  return ends.reduce((best, end) => (RANKS[end.result] < RANKS[best.result] ? end : best));
}

/** Who comes next on the way has it: that is as far as anybody can say. */
function resultOf({ result }: End): Extract<NoticeResult, 'delivered' | 'temporary' | 'permanent'> {
  switch (result) {
    case 'delivered':
    case 'accepted':
      return 'delivered';
    case 'withdrawn':
      return 'temporary';
    default:
      return result;
  }
}
