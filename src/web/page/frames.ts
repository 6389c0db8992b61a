import type { AlarmEvent, Hello, Point, Snapshot } from '../live-source.ts';
import { decodeMessage, type Message } from './wire.ts';

/** proto/metrics.proto, message by message; a test compares the two. */

const LATENCY: Message = {
  1: ['count', 'uint32'],
  2: ['p50Ms', 'float'],
  3: ['p90Ms', 'float'],
  4: ['p99Ms', 'float'],
  5: ['p999Ms', 'float'],
  6: ['maxMs', 'float'],
  7: ['firstBucket', 'uint32'],
  8: ['buckets', 'uint32', 'repeated'],
};
const POINT: Message = {
  1: ['atMs', 'double'],
  2: ['callsPerSecond', 'float'],
  3: ['missedPerSecond', 'float'],
  4: ['noticesSentPerSecond', 'float'],
  5: ['noticesDeliveredPerSecond', 'float'],
  6: ['noticesFailedPerSecond', 'float'],
  7: ['answer', LATENCY],
  8: ['notice', LATENCY],
  9: ['sequence', 'double'],
  10: ['spanMs', 'double'],
  11: ['values', 'float', 'repeated'],
};
const SERIES: Message = {
  1: ['name', 'string'],
  2: ['unit', 'string'],
  3: ['merge', 'string'],
  4: ['metric', 'string'],
};
const METRIC: Message = {
  1: ['name', 'string'],
  2: ['help', 'string'],
};
const HELLO: Message = {
  1: ['schema', 'uint32'],
  2: ['version', 'string'],
  3: ['node', 'string'],
  4: ['mode', 'string'],
  5: ['startedAtMs', 'double'],
  6: ['sampleMs', 'double'],
  7: ['privacy', 'string'],
  8: ['latencyBoundsMs', 'double', 'repeated'],
  9: ['series', SERIES, 'repeated'],
  10: ['metrics', METRIC, 'repeated'],
  11: ['acknowledge', 'bool'],
  12: ['phones', 'bool'],
};
const HISTORY: Message = {
  1: ['points', POINT, 'repeated'],
  2: ['partial', 'bool'],
};
const TRAFFIC: Message = {
  1: ['applicationServer', 'string'],
  2: ['routingContext', 'string'],
  3: ['aspState', 'string'],
  4: ['asState', 'string'],
};
const ASSOCIATION: Message = {
  1: ['name', 'string'],
  2: ['peer', 'string'],
  3: ['state', 'string'],
  4: ['aspState', 'string'],
  5: ['asState', 'string'],
  6: ['messagesInPerSecond', 'float'],
  7: ['messagesOutPerSecond', 'float'],
  8: ['queuedOctets', 'double'],
  9: ['sinceMs', 'double'],
  10: ['messagesIn', 'double'],
  11: ['messagesOut', 'double'],
  12: ['octetsInPerSecond', 'float'],
  13: ['octetsOutPerSecond', 'float'],
  14: ['octetsIn', 'double'],
  15: ['octetsOut', 'double'],
  16: ['congestion', 'uint32'],
  17: ['traffic', TRAFFIC, 'repeated'],
};
const POINT_CODE: Message = {
  1: ['pointCode', 'string'],
  2: ['name', 'string'],
  3: ['state', 'string'],
  4: ['sinceMs', 'double'],
};
const SHARD: Message = {
  1: ['name', 'string'],
  2: ['eventsPerSecond', 'float'],
  3: ['actorsInMemory', 'double'],
  4: ['ringFill', 'float'],
  5: ['commitsInFlight', 'uint32'],
  6: ['commitP99Ms', 'float'],
  7: ['journalLagOctets', 'double'],
  8: ['storeOctets', 'double'],
  9: ['storeFreeOctets', 'double'],
  10: ['commitP50Ms', 'float'],
  11: ['cacheHits', 'double'],
  12: ['cacheMisses', 'double'],
  13: ['openEffects', 'double'],
  14: ['laggingActors', 'double'],
  15: ['deadlines', 'double'],
};
const QUEUE: Message = {
  1: ['name', 'string'],
  2: ['depth', 'double'],
  3: ['bound', 'double'],
  4: ['refusals', 'double'],
};
const THREAD: Message = {
  1: ['name', 'string'],
  2: ['alive', 'bool'],
  3: ['restarts', 'uint32'],
  4: ['loopLagP99Ms', 'float'],
  5: ['gcCount', 'double'],
  6: ['gcMs', 'double'],
  7: ['gcLongestMs', 'float'],
  8: ['heapOctets', 'double'],
  9: ['busy', 'float'],
  10: ['gcMsPerSecond', 'float'],
};
const COUNTER: Message = {
  1: ['name', 'string'],
  2: ['value', 'double'],
  3: ['perSecond', 'float'],
  4: ['meaning', 'string'],
};
const TOTALS: Message = {
  1: ['callsAttempted', 'double'],
  2: ['callsMissed', 'double'],
  3: ['callsLetGo', 'double'],
  4: ['noticesSent', 'double'],
  5: ['noticesDelivered', 'double'],
  6: ['noticesFailed', 'double'],
  7: ['noticesRepeated', 'double'],
  8: ['notifyMeDelivered', 'double'],
  9: ['noticesWaiting', 'double'],
};
const VERDICT: Message = {
  1: ['right', 'double'],
  2: ['lost', 'double'],
  3: ['doubled', 'double'],
  4: ['wrong', 'double'],
  5: ['late', 'double'],
  6: ['repeated', 'double'],
  7: ['unacknowledged', 'double'],
};
const ALARM: Message = {
  1: ['code', 'string'],
  2: ['severity', 'string'],
  3: ['sinceMs', 'double'],
  4: ['count', 'uint32'],
  5: ['text', 'string'],
  6: ['whatToDo', 'string'],
  7: ['subject', 'string'],
  8: ['runbook', 'string'],
  9: ['acknowledgedAtMs', 'double'],
};
const NOTICE: Message = {
  1: ['id', 'string'],
  2: ['recipient', 'string'],
  3: ['text', 'string'],
  4: ['parts', 'uint32'],
  5: ['partsDelivered', 'uint32'],
  6: ['createdAtMs', 'double'],
  7: ['sentAtMs', 'double'],
  8: ['deliveredAtMs', 'double'],
  9: ['state', 'string'],
  10: ['kind', 'string'],
  11: ['sender', 'string'],
  12: ['handset', 'string'],
  13: ['language', 'string'],
  14: ['direction', 'string'],
};
const FLOW: Message = {
  1: ['family', 'string'],
  2: ['name', 'string'],
  3: ['value', 'double'],
  4: ['perSecond', 'float'],
};
const NOTIFIER: Message = {
  1: ['batches', 'uint32'],
  2: ['batchesMax', 'uint32'],
  3: ['waiting', 'double'],
  4: ['queued', 'double'],
  5: ['oldestMs', 'double'],
  6: ['underWay', 'double'],
  7: ['underWayMax', 'double'],
  8: ['throttle', 'string'],
  9: ['begunPerSecondMax', 'double'],
  10: ['paced', 'double'],
  11: ['pacedOldestMs', 'double'],
  12: ['pacedPerSecondMax', 'double'],
};
const CAPACITY: Message = {
  1: ['callsPerSecond', 'double'],
  2: ['busiest', 'float'],
  3: ['busiestThread', 'string'],
};
const SNAPSHOT: Message = {
  1: ['sequence', 'double'],
  2: ['point', POINT],
  3: ['uptimeMs', 'double'],
  4: ['associations', ASSOCIATION, 'repeated'],
  5: ['pointCodes', POINT_CODE, 'repeated'],
  6: ['shards', SHARD, 'repeated'],
  7: ['queues', QUEUE, 'repeated'],
  8: ['threads', THREAD, 'repeated'],
  9: ['counters', COUNTER, 'repeated'],
  10: ['totals', TOTALS],
  11: ['verdict', VERDICT, 'optional'],
  12: ['alarms', ALARM, 'repeated'],
  13: ['notices', NOTICE, 'repeated'],
  14: ['flows', FLOW, 'repeated'],
  15: ['notifier', NOTIFIER],
  16: ['capacity', CAPACITY],
};
const ALARM_EVENT: Message = {
  1: ['id', 'double'],
  2: ['code', 'string'],
  3: ['severity', 'string'],
  4: ['subject', 'string'],
  5: ['text', 'string'],
  6: ['raisedAtMs', 'double'],
  7: ['acknowledgedAtMs', 'double'],
  8: ['clearedAtMs', 'double'],
};
const ALARM_HISTORY: Message = {
  1: ['events', ALARM_EVENT, 'repeated'],
};
export const FRAME: Message = {
  1: ['hello', HELLO, 'optional'],
  2: ['history', HISTORY, 'optional'],
  3: ['snapshot', SNAPSHOT, 'optional'],
  4: ['alarmHistory', ALARM_HISTORY, 'optional'],
};

/** One of the four; none of them when the frame is of a kind that this page does not know. */
export interface LiveFrame {
  readonly hello?: Hello;
  readonly history?: { readonly points: readonly Point[]; readonly partial: boolean };
  readonly snapshot?: Snapshot;
  readonly alarmHistory?: { readonly events: readonly AlarmEvent[] };
}

/** Undefined when the octets are no frame. */
export function decodeFrame(octets: Uint8Array): LiveFrame | undefined {
  return decodeMessage(FRAME, octets);
}
