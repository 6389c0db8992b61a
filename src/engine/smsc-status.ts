/** How each message centre stands, for metrics and alarms. */
import type { SmscClient } from '../gateway/smpp/smsc-client.ts';

export interface SmscStatus {
  readonly name: string;
  /** A link is bound that notices can go over. */
  readonly up: boolean;
  /** Notices that wait for it, and the age of the oldest since it was composed. */
  readonly waiting: number;
  readonly oldestMs: number;
  /** Submissions a second that the governor allows now; 0: any number. */
  readonly perSecond: number;
  /** It said lately that it is too much. */
  readonly throttled: boolean;
}

export interface QueueAtSmsc {
  readonly smsc: SmscClient | undefined;
  readonly waiting: number;
  readonly oldestAtMs: number;
}

export function smscStatuses(
  smscs: readonly SmscClient[],
  queues: readonly QueueAtSmsc[],
  nowMs: number,
): readonly SmscStatus[] {
  return smscs.map((smsc) => {
    const own = queues.filter((queue) => queue.smsc === smsc);
    return {
      name: smsc.config.name,
      up: smsc.isUp,
      waiting: own.reduce((sum, { waiting }) => sum + waiting, 0),
      oldestMs: own.reduce((oldest, { oldestAtMs }) => Math.max(oldest, nowMs - oldestAtMs), 0),
      perSecond: smsc.perSecond,
      throttled: smsc.isThrottled,
    };
  });
}
