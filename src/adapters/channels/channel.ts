/** A channel: what sends on it, behind connectors that hold it to its bounds. */
import type { Connector, ConnectorLimits, ConnectorPorts } from '../../connector/connector.ts';
import type { Offer, Recalled } from '../../connector/entry.ts';
import type { End } from '../../connector/outcome.ts';
import type { ConnectorStatus } from '../../connector/status.ts';
import type { Clock } from '../../types/clock.ts';

export interface Channel<Item> {
  /** As {@link Connector.offer}. */
  offer(offer: Offer<Item>): boolean;
  /** As {@link Connector.cancel}. */
  cancel(key: string): boolean;
  /** As {@link Connector.isRecallable}. */
  isRecallable(key: string): boolean;
  /** As {@link Connector.recall}. */
  recall(key: string): Recalled | undefined;
  drain(): void;
  readonly drained: boolean;
  /** Gives up what is in hand, each with its end, and cuts the connections. */
  stop(): void;
  readonly statuses: readonly ConnectorStatus[];
}

export interface ChannelPorts<Item> extends Omit<ConnectorPorts<Item>, 'send'> {
  readonly clock: Clock;
  readonly onEnd: (item: Item, end: End) => void;
}

/** Of a channel's section of the configuration. */
interface LimitKeys {
  readonly sendsPerSecond: number;
  readonly sendMs: number;
  readonly waitingMax: number;
  readonly triesMax: number;
  readonly ageMaxMs: number;
}

/** A sender keeps the time of a send itself, and knows more of it; the connector’s own is for one that does not. */
const GUARD_MS = 1_000;

export function limitsOf(keys: LimitKeys, window: number): ConnectorLimits {
  const { sendsPerSecond, sendMs, waitingMax, triesMax, ageMaxMs } = keys;
  return { window, perSecond: sendsPerSecond, waitingMax, sendMs: sendMs + GUARD_MS, triesMax, ageMaxMs };
}

/** A channel with one connector. */
export function oneWay<Item>(connector: Connector<Item>, close: () => void): Channel<Item> {
  return {
    offer: (offer) => connector.offer(offer),
    cancel: (key) => connector.cancel(key),
    isRecallable: (key) => connector.isRecallable(key),
    recall: (key) => connector.recall(key),
    drain: () => connector.drain(),
    get drained() {
      return connector.drained;
    },
    stop: () => {
      connector.stop();
      close();
    },
    get statuses() {
      return [connector.status];
    },
  };
}
