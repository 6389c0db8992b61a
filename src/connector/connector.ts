/**
 * What the connectors of all channels have: a window of sends under way, a rate, lanes by priority in a bounded queue, further
 * tries, and a breaker. It knows nothing of how an item is sent, and ends each item that it took once.
 */
import type { Log } from '../types/log.ts';
import type { Random } from '../types/random.ts';
import type { TimerListener } from '../types/timers.ts';
import { backoffMs } from './backoff.ts';
import { Breaker, type BreakerLimits, defaultBreakerLimits } from './breaker.ts';
import { type Entry, type KeySlot, newEntry, type Offer, type Recalled } from './entry.ts';
import { Lanes } from './lanes.ts';
import type { End, EndResult, Fault, SendOutcome } from './outcome.ts';
import { SendRate } from './send-rate.ts';
import type { ConnectorStatus } from './status.ts';
import { SendsUnderWay, type UnderWayPorts } from './under-way.ts';

export interface ConnectorLimits {
  /** Sends under way at once. */
  readonly window: number;
  readonly perSecond: number;
  /**
   * Items that may wait; one more is refused, and stays with who offered it. What failed and waits for its next try is among
   * them, so that `waitingMax` and `window` together are in hand at most.
   */
  readonly waitingMax: number;
  /** A send that is not answered for so long is given up. */
  readonly sendMs: number;
  readonly triesMax: number;
  /** From the offer to the last try. */
  readonly ageMaxMs: number;
  readonly breaker?: BreakerLimits;
}

export interface ConnectorPorts<Item> extends UnderWayPorts<Item> {
  readonly random: Random;
  readonly log: Log;
  /** The end of an item, once; it may come from within `offer`. */
  readonly onEnd: (item: Item, end: End) => void;
}

const TIMER = { rate: 1, retry: 2, age: 3 } as const;

export class Connector<Item> implements TimerListener {
  /** In logs and alarms: the channel, and what it leads to where there are several. */
  readonly name: string;
  /** In counters. */
  readonly #channel: string;
  readonly #limits: ConnectorLimits;
  readonly #ports: ConnectorPorts<Item>;
  readonly #breaker: Breaker;
  readonly #rate: SendRate;
  readonly #underWay: SendsUnderWay<Item>;
  readonly #lanes = new Lanes<Entry<Item>>();
  /** All in hand by their serial, the oldest first. */
  readonly #inHand = new Map<number, Entry<Item>>();
  readonly #keys = new Map<string, KeySlot<Item>>();
  readonly #ended = { delivered: 0, accepted: 0, temporary: 0, permanent: 0, withdrawn: 0 };
  readonly #faults = { throttled: 0, 'refused-for-now': 0, failing: 0, unreachable: 0, timeout: 0 };
  #serial = 0;
  #lastFault = '';
  #rateTimer = 0;
  #isSending = false;
  #isDraining = false;

  /** @param way what it leads to, where the channel has several connectors */
  constructor(channel: string, limits: ConnectorLimits, ports: ConnectorPorts<Item>, way = '') {
    this.name = way === '' ? channel : `${channel} ${way}`;
    this.#channel = channel;
    this.#limits = limits;
    this.#ports = ports;
    this.#rate = new SendRate(limits.perSecond, () => ports.timers.now());
    this.#breaker = new Breaker(limits.breaker ?? defaultBreakerLimits, ports.timers, (state) => {
      ports.counters.count(`connector.${channel}.breaker.${state}`);
      ports.log.warn('connector.breaker', { connector: this.name, state, lastFault: this.#lastFault });
      this.#sendAll();
    });
    this.#underWay = new SendsUnderWay(channel, limits.sendMs, ports, (entry, era, outcome) =>
      this.#answered(entry, era, outcome),
    );
  }

  /**
   * Takes an item in, and begins to send it when its turn has come. False: there is no room, or no time any more, and
   * nothing has changed.
   */
  offer(offer: Offer<Item>): boolean {
    const slot = this.#keys.get(offer.key) ?? { underWay: undefined, waiting: undefined };
    const { waiting: old } = slot;
    if (this.#isDraining || (old === undefined && this.#waiting >= this.#limits.waitingMax)) {
      this.#ports.counters.count(`connector.${this.#channel}.not-taken`);
      return false;
    }
    const entry = newEntry(++this.#serial, offer, this.#ports.timers.now());
    this.#inHand.set(entry.serial, entry);
    const ageMs = this.#ports.timers.now() - entry.offeredMs;
    const lifeMs = Math.min(this.#limits.ageMaxMs - ageMs, offer.lifeMs ?? Infinity);
    entry.ageTimer = this.#start(Math.max(0, lifeMs), TIMER.age, entry);
    slot.waiting = entry;
    this.#keys.set(offer.key, slot);
    const retryAtMs = offer.after?.retryAtMs ?? 0;
    if (old !== undefined) this.#supersede(old, entry, slot);
    else if (retryAtMs > this.#ports.timers.now()) this.#retryAt(entry, retryAtMs);
    else this.#makeReady(entry, slot);
    this.#sendAll();
    return true;
  }

  /** Takes back what waits with a key; false: nothing does. What is under way cannot be taken back. */
  cancel(key: string): boolean {
    const entry = this.#keys.get(key)?.waiting;
    if (entry === undefined) return false;
    this.#end(entry, 'withdrawn', { detail: 'cancelled' });
    return true;
  }

  /** Whether what waits with a key can be recalled: it has surely not arrived. */
  isRecallable(key: string): boolean {
    return this.#keys.get(key)?.waiting?.uncertain === false;
  }

  /** Takes back what waits with a key, as `cancel` does, for another that is offered in its place. Undefined: it cannot be recalled. */
  recall(key: string): Recalled | undefined {
    const entry = this.#keys.get(key)?.waiting;
    if (entry === undefined || entry.uncertain) return undefined;
    const { offeredMs, tries, fault } = entry;
    const retryAtMs = entry.retryTimer === 0 ? 0 : entry.retryAtMs;
    this.#end(entry, 'withdrawn', { detail: 'recalled' });
    return { offeredMs, tries, fault, retryAtMs };
  }

  /** Nothing new is taken from now on; what is in hand goes on. */
  drain(): void {
    this.#isDraining = true;
  }

  get drained(): boolean {
    return this.#isDraining && this.#inHand.size === 0;
  }

  /** Gives up all that is in hand: it ends as temporary, and what is under way as uncertain. */
  stop(): void {
    this.#isDraining = true;
    this.#ports.timers.stop(this.#rateTimer);
    this.#breaker.stop();
    for (const entry of [...this.#inHand.values()]) {
      if (this.#underWay.has(entry)) {
        this.#underWay.giveUp(entry);
        entry.uncertain = true;
      }
      this.#end(entry, 'temporary', { detail: 'stopped' });
    }
  }

  get status(): ConnectorStatus {
    const [oldest] = this.#inHand.values();
    return {
      name: this.name,
      breaker: this.#breaker.state,
      underWay: this.#underWay.size,
      window: this.#limits.window,
      ready: {
        urgent: this.#lanes.length('urgent'),
        ordinary: this.#lanes.length('ordinary'),
        bulk: this.#lanes.length('bulk'),
      },
      waiting: this.#waiting,
      waitingMax: this.#limits.waitingMax,
      perSecond: this.#rate.perSecond,
      perSecondMax: this.#rate.perSecondMax,
      oldestMs: oldest === undefined ? 0 : this.#ports.timers.now() - oldest.offeredMs,
      ended: { ...this.#ended },
      faults: { ...this.#faults },
      lastFault: this.#lastFault,
    };
  }

  onTimer(kind: number, serial: number): void {
    if (kind === TIMER.rate) {
      this.#rateTimer = 0;
      return this.#sendAll();
    }
    const entry = this.#inHand.get(serial);
    if (entry === undefined) return;
    if (kind === TIMER.retry) {
      entry.retryTimer = 0;
      this.#lanes.push(entry, entry.offer.priority);
      return this.#sendAll();
    }
    entry.ageTimer = 0;
    if (!this.#underWay.has(entry)) this.#end(entry, 'temporary', { detail: tooOld(entry) });
  }

  /** In their lanes, for their time, or for one with their key. */
  get #waiting(): number {
    return this.#inHand.size - this.#underWay.size;
  }

  /** Into its lane, unless one with its key is under way. */
  #makeReady(entry: Entry<Item>, slot: KeySlot<Item>): void {
    if (slot.underWay === undefined) this.#lanes.push(entry, entry.offer.priority);
  }

  /** The newer one waits where the old one did, for its turn or for its time. */
  #supersede(old: Entry<Item>, entry: Entry<Item>, slot: KeySlot<Item>): void {
    if (old.retryTimer !== 0) this.#retryAt(entry, old.retryAtMs);
    else if (old.lane !== undefined && old.offer.priority === entry.offer.priority)
      this.#lanes.replace(old, entry);
    else this.#makeReady(entry, slot);
    this.#end(old, 'withdrawn', { detail: SUPERSEDED });
  }

  /** Begins sends while window, breaker, rate and lanes allow it. */
  #sendAll(): void {
    // A send that is answered at once comes back here, and the loop that runs goes on.
    if (this.#isSending) return;
    this.#isSending = true;
    while (this.#underWay.size < this.#breaker.room(this.#limits.window) && !this.#lanes.isEmpty) {
      const waitMs = this.#rate.waitMs();
      if (waitMs > 0) {
        if (this.#rateTimer === 0) this.#rateTimer = this.#ports.timers.start(waitMs, this, TIMER.rate, 0);
        break;
      }
      this.#rate.take();
      this.#send(this.#lanes.shift()!);
    }
    this.#isSending = false;
  }

  #send(entry: Entry<Item>): void {
    const slot = this.#keys.get(entry.offer.key)!;
    slot.waiting = undefined;
    slot.underWay = entry;
    entry.tries++;
    this.#ports.counters.count(`connector.${this.#channel}.sent`);
    if (entry.uncertain) this.#ports.counters.count(`connector.${this.#channel}.sent-again`);
    this.#underWay.begin(entry, this.#breaker.era);
  }

  #answered(entry: Entry<Item>, era: number, outcome: SendOutcome): void {
    // What is said of an item says that the way is there.
    const isWayThere = outcome.kind !== 'fault' || isOfTheItem(outcome.fault);
    if (outcome.kind === 'fault') this.#faulted(entry, outcome);
    else this.#end(entry, outcome.kind === 'refused' ? 'permanent' : outcome.kind, outcome);
    this.#breaker.outcome(era, isWayThere);
    this.#sendAll();
  }

  #faulted(entry: Entry<Item>, { fault, detail, uncertain, retryAfterMs }: Faulted): void {
    const { triesMax } = this.#limits;
    this.#faults[fault]++;
    this.#lastFault = `${fault}: ${detail}`;
    this.#ports.counters.count(`connector.${this.#channel}.fault.${fault}`);
    if (fault === 'throttled') this.#rate.throttled(retryAfterMs);
    entry.uncertain ||= uncertain;
    entry.fault = this.#lastFault;
    const slot = this.#keys.get(entry.offer.key)!;
    const newer = slot.waiting;
    const againMs = backoffMs(fault, entry.tries, this.#ports.random, retryAfterMs);
    if (newer !== undefined) {
      this.#retryAt(newer, this.#ports.timers.now() + againMs);
      return this.#end(entry, 'withdrawn', { detail: SUPERSEDED });
    }
    if (entry.ageTimer === 0) return this.#end(entry, 'temporary', { detail: tooOld(entry) });
    if (entry.tries >= triesMax) return this.#end(entry, 'temporary', { detail: entry.fault });
    slot.underWay = undefined;
    slot.waiting = entry;
    this.#retryAt(entry, this.#ports.timers.now() + againMs);
  }

  #retryAt(entry: Entry<Item>, atMs: number): void {
    entry.retryAtMs = atMs;
    entry.retryTimer = this.#start(Math.max(0, atMs - this.#ports.timers.now()), TIMER.retry, entry);
  }

  #end(
    entry: Entry<Item>,
    result: EndResult,
    { detail, gone = false }: Pick<End, 'detail'> & Partial<End>,
  ): void {
    const { timers, counters, onEnd } = this.#ports;
    const { key } = entry.offer;
    this.#inHand.delete(entry.serial);
    this.#lanes.remove(entry);
    timers.stop(entry.retryTimer);
    timers.stop(entry.ageTimer);
    const slot = this.#keys.get(key)!;
    if (slot.waiting === entry) slot.waiting = undefined;
    if (slot.underWay === entry) {
      slot.underWay = undefined;
      if (slot.waiting?.retryTimer === 0) this.#makeReady(slot.waiting, slot);
    }
    if (slot.waiting === undefined && slot.underWay === undefined) this.#keys.delete(key);
    this.#ended[result]++;
    counters.count(`connector.${this.#channel}.ended.${result}`);
    const hasArrived = result === 'delivered' || result === 'accepted';
    onEnd(entry.offer.item, { result, detail, uncertain: entry.uncertain && !hasArrived, gone });
  }

  #start(delayMs: number, kind: number, entry: Entry<Item>): number {
    return this.#ports.timers.start(delayMs, this, kind, entry.serial);
  }
}

type Faulted = SendOutcome & { readonly kind: 'fault' };

/** These say something of one item, and that the way is there. */
const isOfTheItem = (fault: Fault): boolean => fault === 'refused-for-now' || fault === 'throttled';

const SUPERSEDED = 'a newer one took its place';

const tooOld = ({ fault }: Entry<unknown>): string => (fault === '' ? 'too old' : `too old; ${fault}`);
