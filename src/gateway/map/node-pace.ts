/**
 * Notices to one serving node (MSC) are paced (A8): by a rate that the operator sets, and, once the node has said that it is
 * congested, by the half of what it was sent, which grows again while it answers, and while it does not say so. What waits goes oldest first.
 */
import type { Counters } from '../../types/counters.ts';
import { OldestFirst } from '../../types/oldest-first.ts';
import { RecentMap } from '../../types/recent-map.ts';
import type { TimerListener, Timers } from '../../types/timers.ts';

export interface NodePaceOptions {
  readonly timers: Timers;
  readonly counters: Counters;
  /** Notices a second to one node; 0: as many as it takes. */
  readonly perSecond: number;
  /** Notices that may wait for their node at once, over all nodes. */
  readonly waitingMax: number;
}

/** Nodes that are known by how they are paced; of more the one that was met first is forgotten. */
const NODES_MAX = 2_000;
/** A node that is congested is sent one notice a second at least: it could not be found well again otherwise. */
const RATE_MIN = 1;
/** By so much the rate grows with every answer, and with no less than one a second. */
const GROWTH = 1.02;
/**
 * In so long it doubles without an answer, too: of a backlog with little room to wait (`waitingMax`) each wave of tries would
 * find the node as slow as the last one left it, however long ago that was.
 */
const DOUBLED_AFTER_MS = 10_000;
/** A rate beyond which a node without a rate of its own is not paced any more. */
const RATE_FREE = 2_000;
/** A node says once what it says often in so short a time: answers to what was sent before it could be slowed. */
const SLOWED_AGAIN_MS = 1_000;

interface Waiter {
  readonly go: () => void;
  readonly enteredAtMs: number;
}

interface Node {
  readonly waiting: OldestFirst<Waiter>;
  rate: number;
  tokens: number;
  refilledAtMs: number;
  slowedAtMs: number;
  /** Sent in the second that began then, and in the one before. */
  secondAtMs: number;
  sentNow: number;
  sentBefore: number;
  timer: number;
  readonly key: number;
}

export class NodePace implements TimerListener {
  readonly #options: NodePaceOptions;
  readonly #nodes = new RecentMap<Node>(NODES_MAX);
  /** Those at which somebody waits, by the key of their timer. */
  readonly #busy = new Map<number, Node>();
  #keys = 0;
  #waiting = 0;

  constructor(options: NodePaceOptions) {
    this.#options = options;
  }

  /** Notices that wait for their node. */
  get waiting(): number {
    return this.#waiting;
  }

  /** How long the one at the head of the longest wait has waited here, in ms. */
  get oldestMs(): number {
    let oldest = Infinity;
    for (const { waiting } of this.#busy.values())
      oldest = Math.min(oldest, waiting.peek?.enteredAtMs ?? Infinity);
    return oldest === Infinity ? 0 : this.#options.timers.now() - oldest;
  }

  /**
   * `go` is called when the node may be sent one more, at once where nothing holds it. Who has waited longest goes first.
   * @param sinceMs since when what is to be sent waits
   * @returns false: too many wait, and this one is to come again later
   */
  admit(node: string, sinceMs: number, go: () => void): boolean {
    const { timers, counters, waitingMax } = this.#options;
    const known = this.#of(node);
    this.#refill(known);
    if (known.waiting.size === 0 && known.tokens >= 1) {
      this.#sent(known);
      go();
      return true;
    }
    if (this.#waiting >= waitingMax) {
      counters.count('delivery.pace-no-room');
      return false;
    }
    counters.count('delivery.paced');
    known.waiting.add(sinceMs, { go, enteredAtMs: timers.now() });
    this.#waiting++;
    this.#busy.set(known.key, known);
    this.#await(known);
    return true;
  }

  /** The node has taken a message. */
  tookOne(node: string): void {
    const known = this.#of(node);
    this.#grow(known, Math.max(known.rate * GROWTH, known.rate + 1 / Math.max(1, known.rate)));
  }

  /** The node has said that it is congested. */
  wasCongested(node: string): void {
    const known = this.#of(node);
    const nowMs = this.#options.timers.now();
    if (nowMs - known.slowedAtMs < SLOWED_AGAIN_MS) return;
    known.slowedAtMs = nowMs;
    this.#options.counters.count('delivery.node-congested');
    this.#refill(known);
    const sent = Math.max(known.sentNow, known.sentBefore);
    known.rate = Math.max(RATE_MIN, Math.min(known.rate, sent) / 2);
    known.tokens = Math.min(known.tokens, 0);
    this.#await(known);
  }

  onTimer(_kind: number, key: number): void {
    const known = this.#busy.get(key);
    if (known === undefined) return;
    known.timer = 0;
    this.#refill(known);
    while (known.tokens >= 1) {
      const next = known.waiting.takeOldest();
      if (next === undefined) break;
      this.#waiting--;
      this.#sent(known);
      next.go();
    }
    if (known.waiting.size === 0) this.#busy.delete(key);
    else this.#await(known);
  }

  #of(node: string): Node {
    const known = this.#nodes.get(node);
    if (known !== undefined) return known;
    const { perSecond, timers } = this.#options;
    const nowMs = timers.now();
    const made: Node = {
      waiting: new OldestFirst(),
      rate: perSecond > 0 ? perSecond : Infinity,
      tokens: 1,
      refilledAtMs: nowMs,
      slowedAtMs: -SLOWED_AGAIN_MS,
      secondAtMs: nowMs,
      sentNow: 0,
      sentBefore: 0,
      timer: 0,
      key: ++this.#keys,
    };
    this.#nodes.set(node, made);
    return made;
  }

  #grow(node: Node, rate: number): void {
    const { perSecond } = this.#options;
    if (perSecond > 0) node.rate = Math.min(perSecond, rate);
    else node.rate = rate >= RATE_FREE ? Infinity : rate;
  }

  /** A tenth of a second's worth may go at once. */
  #refill(node: Node): void {
    const nowMs = this.#options.timers.now();
    const elapsedMs = nowMs - node.refilledAtMs;
    node.refilledAtMs = nowMs;
    if (nowMs - node.secondAtMs >= 1_000) {
      node.sentBefore = nowMs - node.secondAtMs >= 2_000 ? 0 : node.sentNow;
      node.sentNow = 0;
      node.secondAtMs = nowMs;
    }
    this.#grow(node, node.rate * 2 ** (elapsedMs / DOUBLED_AFTER_MS));
    if (node.rate === Infinity) node.tokens = Infinity;
    else
      node.tokens = Math.min(
        Math.max(1, node.rate / 10),
        finite(node.tokens) + (elapsedMs * node.rate) / 1_000,
      );
  }

  #sent(node: Node): void {
    node.tokens--;
    node.sentNow++;
  }

  #await(node: Node): void {
    if (node.timer !== 0 || node.waiting.size === 0) return;
    const waitMs =
      node.rate === Infinity ? 0 : Math.max(1, Math.ceil(((1 - node.tokens) * 1_000) / node.rate));
    node.timer = this.#options.timers.start(waitMs, this, 0, node.key);
  }
}

const finite = (tokens: number): number => (tokens === Infinity ? 1 : tokens);
