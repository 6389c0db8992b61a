/**
 * How long after one source of a return the next one comes, learned for each network (A6): the VLR's noteMM-Event and the HLR's
 * alert tell of the same return, and the alert is the stronger of the two: with it the HLR's flag is gone, so that a message
 * need not be forced past it. Where the alert mostly follows soon, what is due waits for it a little.
 */
import { RecentMap } from '../../types/recent-map.ts';

/** Networks that are known, by the first digits of their nodes' numbers: country and network code. */
const NETWORKS_MAX = 1_000;
export const NETWORK_DIGITS = 5;
/** Subscribers whose last return is remembered, until the other source tells of it. */
const RETURNS_MAX = 20_000;
/** Two sources further apart tell of two returns. */
const SAME_RETURN_MS = 60_000;
/** Weight of a new value in an average. */
const WEIGHT = 1 / 8;
/** Before so many returns nothing is known. */
const RETURNS_MIN = 8;
/** Twice the average covers most of them. */
const COVERS = 2;

interface Network {
  /** Average delay, in ms. */
  delayMs: number;
  /** Which share of the events is followed by an alert. */
  followed: number;
  returns: number;
}

interface LastReturn {
  readonly source: 'alert' | 'mm-event';
  readonly network: Network | undefined;
  readonly atMs: number;
}

export class ReturnDelays {
  readonly #networks = new RecentMap<Network>(NETWORKS_MAX);
  readonly #returns = new RecentMap<LastReturn>(RETURNS_MAX);
  readonly #waitMaxMs: number;

  /** @param waitMaxMs the longest that it is worth to wait; 0: nothing waits */
  constructor(waitMaxMs: number) {
    this.#waitMaxMs = waitMaxMs;
  }

  /** The HLR has alerted us of a subscriber. */
  alerted(subscriber: string, atMs: number): void {
    const last = this.#returns.get(subscriber);
    this.#returns.set(subscriber, { source: 'alert', network: undefined, atMs });
    if (last?.source !== 'mm-event' || atMs - last.atMs > SAME_RETURN_MS) return;
    const { network } = last;
    if (network === undefined) return;
    const delayMs = Math.max(0, atMs - last.atMs);
    network.delayMs += (delayMs - network.delayMs) * (network.followed === 0 ? 1 : WEIGHT);
    network.followed += WEIGHT;
  }

  /**
   * A node of the visited network has told of a subscriber.
   * @param node its number
   * @returns how long what is due may wait for the alert, in ms; 0: it goes at once
   */
  noted(subscriber: string, node: string, atMs: number): number {
    const last = this.#returns.get(subscriber);
    const isTold = last !== undefined && atMs - last.atMs <= SAME_RETURN_MS;
    // What the HLR has told of is no news; a second event of one return says nothing of the delay.
    if (isTold) {
      if (last.source === 'alert') return 0;
      return this.#waitAt(last.network);
    }
    const network = this.#of(node.slice(0, NETWORK_DIGITS));
    const waitMs = this.#waitAt(network);
    network.returns++;
    network.followed *= 1 - WEIGHT;
    this.#returns.set(subscriber, { source: 'mm-event', network, atMs });
    return waitMs;
  }

  #waitAt(network: Network | undefined): number {
    if (network === undefined || network.returns < RETURNS_MIN || network.followed < 0.5) return 0;
    const waitMs = Math.ceil(network.delayMs * COVERS);
    return waitMs <= this.#waitMaxMs ? waitMs : 0;
  }

  #of(prefix: string): Network {
    let network = this.#networks.get(prefix);
    if (network === undefined) {
      network = { delayMs: 0, followed: 0, returns: 0 };
      this.#networks.set(prefix, network);
    }
    return network;
  }
}
