/**
 * What the pages show, and who gives it: the engine (or a demo) stands behind `LiveSource`, the web server polls it and
 * sends frames. `proto/metrics.proto` is the form on the wire, field by field; the words of the states are there.
 */

export interface LiveSource {
  hello(): Hello;
  /** The latest sample; cheap, called several times per sample. The same `sequence` means nothing new. */
  snapshot(): Snapshot;
  /** Points of the last minutes, oldest first, the latest snapshot's included. See `HistoryRing`. */
  history(): readonly Point[];
  /** Since start, for `/metrics`: never reset, counts in the buckets of `hello().latencyBoundsMs`. */
  latencyTotals(): { readonly answer: LatencyTotals; readonly notice: LatencyTotals };
  /** For `/health`. Live: the process works. Ready: it takes traffic; if not, `reasons` says why. */
  health(): Health;
}

export interface Health {
  readonly live: boolean;
  readonly ready: boolean;
  readonly reasons: readonly string[];
}

export interface LatencyTotals {
  readonly buckets: ArrayLike<number>;
  readonly count: number;
  readonly sumMs: number;
}

/** Raised when a page that knows the older number could misread the frames. */
export const LIVE_SCHEMA = 1;

export interface Hello {
  readonly schema: number;
  readonly version: string;
  readonly node: string;
  readonly mode: 'demo' | 'run';
  readonly startedAtMs: number;
  readonly sampleMs: number;
  /** How subscriber numbers are written in this stream. */
  readonly privacy: 'masked' | 'full';
  /** Upper bounds of the latency buckets, ascending; one more bucket takes everything above the last. */
  readonly latencyBoundsMs: readonly number[];
}

/** One sample for the charts, over the time since the sample before. */
export interface Point {
  readonly atMs: number;
  readonly callsPerSecond: number;
  readonly missedPerSecond: number;
  readonly noticesSentPerSecond: number;
  readonly noticesDeliveredPerSecond: number;
  readonly noticesFailedPerSecond: number;
  /** initialDP to answer. */
  readonly answer: Latency;
  /** Reachable to notice sent. */
  readonly notice: Latency;
}

export interface Latency {
  /** 0: nothing was measured, the percentiles say nothing. */
  readonly count: number;
  readonly p50Ms: number;
  readonly p90Ms: number;
  readonly p99Ms: number;
  readonly p999Ms: number;
  readonly maxMs: number;
  /** Which bucket `buckets[0]` is; zeros before and after are left out. */
  readonly firstBucket: number;
  readonly buckets: readonly number[];
}

export interface Snapshot {
  /** Rises by one with each sample. */
  readonly sequence: number;
  readonly point: Point;
  readonly uptimeMs: number;
  readonly associations: readonly Association[];
  readonly pointCodes: readonly PointCode[];
  readonly shards: readonly Shard[];
  readonly queues: readonly Queue[];
  readonly threads: readonly Thread[];
  /** Those that stand for a deviation: rejects, aborts, quarantine, dropped frames. */
  readonly counters: readonly Counter[];
  readonly totals: Totals;
  /** Only where a simulated network judges what its handsets got. */
  readonly verdict?: Verdict | undefined;
  readonly alarms: readonly Alarm[];
  /** Newest first; a few dozen at most, they go out with every frame. */
  readonly notices: readonly PhoneNotice[];
}

export interface Association {
  readonly name: string;
  readonly peer: string;
  readonly state: 'established' | 'connecting' | 'restarting' | 'closed';
  /** RFC 4666 §4.3.1. */
  readonly aspState: 'ASP-DOWN' | 'ASP-INACTIVE' | 'ASP-ACTIVE';
  /** RFC 4666 §4.3.2. */
  readonly asState: 'AS-DOWN' | 'AS-INACTIVE' | 'AS-ACTIVE' | 'AS-PENDING';
  readonly messagesInPerSecond: number;
  readonly messagesOutPerSecond: number;
  readonly queuedOctets: number;
  /** When the present state began. */
  readonly sinceMs: number;
}

export interface PointCode {
  /** As people write it: `1-2-3` or a number. */
  readonly pointCode: string;
  readonly name: string;
  readonly state: 'available' | 'restricted' | 'congested' | 'unavailable';
  readonly sinceMs: number;
}

export interface Shard {
  readonly name: string;
  readonly eventsPerSecond: number;
  readonly actorsInMemory: number;
  /** 0 … 1. */
  readonly ringFill: number;
  readonly commitsInFlight: number;
  readonly commitP99Ms: number;
  /** Octets of journal that a start would read: records not written back, effects still open. */
  readonly journalLagOctets: number;
  /** Of the store's data file; the free part of it is used again. */
  readonly storeOctets: number;
  readonly storeFreeOctets: number;
}

/** In entries; a queue whose name says so in octets. */
export interface Queue {
  readonly name: string;
  readonly depth: number;
  readonly bound: number;
  /** Since start. */
  readonly refusals: number;
}

export interface Thread {
  readonly name: string;
  readonly alive: boolean;
  readonly restarts: number;
  readonly loopLagP99Ms: number;
}

export interface Counter {
  readonly name: string;
  readonly value: number;
  readonly perSecond: number;
  /** A sentence: what it counts. */
  readonly meaning: string;
}

/** Since start. */
export interface Totals {
  readonly callsAttempted: number;
  readonly callsMissed: number;
  /** Answered statelessly under overload. */
  readonly callsLetGo: number;
  readonly noticesSent: number;
  readonly noticesDelivered: number;
  /** Tries that failed though the phone was there and had room. */
  readonly noticesFailed: number;
  /** Octet-identical resends after a crash. */
  readonly noticesRepeated: number;
  readonly notifyMeDelivered: number;
  /** Composed and not delivered yet. */
  readonly noticesWaiting: number;
}

export interface Verdict {
  readonly right: number;
  readonly lost: number;
  readonly doubled: number;
  readonly wrong: number;
  readonly late: number;
  readonly repeated: number;
  readonly unacknowledged: number;
}

export interface Alarm {
  readonly code: string;
  readonly severity: 'critical' | 'warning' | 'unknown';
  readonly sinceMs: number;
  readonly count: number;
  readonly text: string;
  readonly whatToDo: string;
  /** What it is about: the name of an association, a shard, a queue; may be empty. */
  readonly subject: string;
  /** Path or URL of the page that helps; may be empty. */
  readonly runbook: string;
}

/** A notice as a phone shows it. */
export interface PhoneNotice {
  /** Stable, so that a bubble keeps its place (`effectKey`). */
  readonly id: string;
  /** As `hello().privacy` says. */
  readonly recipient: string;
  readonly text: string;
  readonly parts: number;
  readonly partsDelivered: number;
  readonly createdAtMs: number;
  /** 0: not sent yet. */
  readonly sentAtMs: number;
  /** 0: not delivered yet. */
  readonly deliveredAtMs: number;
  readonly state: 'waiting' | 'sent' | 'delivered' | 'failed';
  readonly kind: 'missed-calls' | 'returns';
  /** Who it comes from, as the handset shows it. */
  readonly sender: string;
  /** Opaque: the same for the same recipient while the engine runs, and no way back to the number. */
  readonly handset: string;
}
