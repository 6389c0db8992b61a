/** What the threads of the engine tell the main thread for its pages, a few times a second. */
import type { ConnectorStatus } from '../../connector/status.ts';
import type { NotifierStatus } from '../../engine/notifier.ts';
import type { ShardStatus } from '../../engine/shard/shard-options.ts';
import type { SignallingStatus } from '../../engine/signalling/signalling.ts';
import type { M3uaSnapshot } from '../../stack/m3ua/snapshot.ts';
import type { UserReport } from '../../stack/tcap/statistics.ts';
import { LATENCY_HISTOGRAM_OCTETS, LatencyHistogram } from '../../types/latency-histogram.ts';
import type { NoticeContent } from '../../types/model/notice.ts';
import type { RuntimeReport } from '../threads/pauses.ts';

export interface NoticeReport {
  readonly id: string;
  readonly recipient: string;
  readonly text: string;
  /** BCP 47. */
  readonly language: string;
  readonly kind: NoticeContent['kind'];
  readonly parts: number;
  readonly partsDelivered: number;
  readonly createdAtMs: number;
  /** When this try began. */
  readonly startedAtMs: number;
  readonly atMs: number;
  readonly state: 'delivered' | 'waiting' | 'with-smsc' | 'failed';
}

export type PartReport = { readonly runtime?: RuntimeReport } & (
  | {
      readonly kind: 'signalling';
      /** By subsystem. */
      readonly users?: readonly UserReport[];
      readonly status: SignallingStatus;
      readonly m3ua: M3uaSnapshot;
      readonly lagMs: number;
      /** The last ones since the report before. */
      readonly notices: readonly NoticeReport[];
    }
  | {
      readonly kind: 'shard';
      readonly status: ShardStatus;
      readonly lagMs: number;
      /** Since the report before; 0 when nothing was committed. */
      readonly commitP99Ms: number;
      readonly commitP50Ms?: number;
      readonly journalLagOctets: number;
      /** Of the store's data file. */
      readonly pages: { readonly total: number; readonly free: number; readonly pageOctets: number };
    }
  | {
      readonly kind: 'notifier';
      readonly status: NotifierStatus;
      readonly lagMs: number;
      readonly connectors?: readonly ConnectorStatus[];
      /** Those that went to message centres. */
      readonly notices: readonly NoticeReport[];
    }
);

export const REPORT_MS = 500;

/** Two histograms in shared memory. */
export function latencyMemory(): SharedArrayBuffer {
  return new SharedArrayBuffer(2 * LATENCY_HISTOGRAM_OCTETS);
}

export function latenciesOver(memory: ArrayBufferLike) {
  return {
    initialDpToAnswer: new LatencyHistogram(memory, 0),
    returnToNotice: new LatencyHistogram(memory, LATENCY_HISTOGRAM_OCTETS),
  };
}

/** The worst lag of the event loop since it was last asked. */
export class LagMeter {
  #worstMs = 0;

  readonly note = (lagMs: number): void => {
    if (lagMs > this.#worstMs) this.#worstMs = lagMs;
  };

  take(): number {
    const worstMs = this.#worstMs;
    this.#worstMs = 0;
    return worstMs;
  }
}
