/**
 * What the pages show, and who gives it: the engine (or a demo) stands behind `LiveSource`, the web server polls it and
 * sends frames. `proto/metrics.proto` is the form on the wire, field by field; the words of the states are there.
 */
export interface LiveSource {
  hello(): Hello;
  /** The latest sample; cheap, called several times per sample. The same `sequence` means nothing new. */
  snapshot(): Snapshot;
  /** Points of the last hour, oldest first, the latest snapshot's included. See `HistoryRing`. */
  history(): readonly Point[];
  /** Newest first; `version` rises with every change. */
  alarmHistory(): AlarmHistory;
  /** Somebody has seen the alarm. False when it does not stand, or may not be acknowledged. */
  acknowledge(code: string, subject: string): boolean;
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
  /** What the values of a point are, in their order. */
  readonly series: readonly Series[];
  /** A sentence for each metric, as `/metrics` has it. */
  readonly metrics: readonly { readonly name: string; readonly help: string }[];
  /** Alarms may be acknowledged from the page. */
  readonly acknowledge: boolean;
  /** Phones may be operated from the page (`phones.ts`): the network is a simulated one. */
  readonly phones: boolean;
}

export interface Series {
  readonly name: string;
  readonly unit: '/s' | 'ms' | 'octets' | 'octets/s' | 'ratio' | '';
  /** How several points are one. */
  readonly merge: 'mean' | 'most';
  /** The metric that it is made from. */
  readonly metric: string;
}

export interface AlarmHistory {
  readonly version: number;
  readonly events: readonly AlarmEvent[];
}

/** One time that an alarm stood. */
export interface AlarmEvent {
  readonly id: number;
  readonly code: string;
  readonly severity: 'critical' | 'warning' | 'unknown';
  readonly subject: string;
  readonly text: string;
  readonly raisedAtMs: number;
  /** 0: not. */
  readonly acknowledgedAtMs: number;
  /** 0: it stands. */
  readonly clearedAtMs: number;
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
  /** Of the snapshot; of several as one, the last one's. */
  readonly sequence: number;
  /** How much time it stands for. */
  readonly spanMs: number;
  /** By `hello().series`. */
  readonly values: readonly number[];
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
  /** What flows, by kind and name: causes of missed calls, returns, channels, results, operations. */
  readonly flows: readonly Flow[];
  readonly notifier: NotifierState;
  readonly capacity: Capacity;
  /** For metrics; the pages do not have them. */
  readonly smscs?: readonly SmscState[] | undefined;
  readonly connectors?: readonly ConnectorState[];
}

export interface SmscState {
  readonly name: string;
  readonly up: boolean;
  readonly waiting: number;
  /** Age of the oldest notice that waits for it. */
  readonly oldestMs: number;
  /** 0: any number. */
  readonly perSecond: number;
  readonly throttled: boolean;
}

/** A way that notices go beside the short message: the e-mail relay, the webhook, a push service. */
export interface ConnectorState {
  readonly name: string;
  readonly breaker: 'closed' | 'open' | 'half-open';
  readonly underWay: number;
  readonly waiting: number;
  readonly waitingMax: number;
  /** Age of the oldest in hand, since it was offered; 0: nothing is in hand. */
  readonly oldestMs: number;
  /** Sends a second that may be, now and at most. */
  readonly perSecond: number;
  readonly perSecondMax: number;
}

export interface Flow {
  readonly family: FlowFamily;
  readonly name: string;
  /** Since start. */
  readonly value: number;
  readonly perSecond: number;
}

export type FlowFamily =
  /** Why calls were missed. */
  | 'cause'
  /** What told of a subscriber's return. */
  | 'return'
  /** How the subscriber was told, or asked. */
  | 'channel'
  /** How tries to deliver ended. */
  | 'result'
  /** Dialogues begun, by who began them. */
  | 'begun'
  | 'abort'
  | 'operation'
  /** What SCTP sent again, and why. */
  | 'retransmission';

export interface NotifierState {
  readonly batches: number;
  readonly batchesMax: number;
  /** Rendered notices that wait for the signalling part. */
  readonly waiting: number;
  /** Notices and queries that wait in the shards for a ring. */
  readonly queued: number;
  /** Age of the oldest notice that is composed and not delivered; 0: there is none. */
  readonly oldestMs: number;
  /** Deliveries that the network has not answered: the window. */
  readonly underWay: number;
  readonly underWayMax: number;
  /** The level of overload in its own words. */
  readonly throttle: string;
  /** Notices that may be begun in a second; -1: any number. */
  readonly begunPerSecondMax: number;
  /** The governor: notices that wait for the turn of their MSC, and the age of the oldest. */
  readonly paced: number;
  readonly pacedOldestMs: number;
  /** Notices a second to one MSC; 0: until it says that it is congested. */
  readonly pacedPerSecondMax: number;
}

export interface Capacity {
  /** Calls per second that this machine carries; 0: nobody has said. */
  readonly callsPerSecond: number;
  /** The busiest thread, 0 … 1. */
  readonly busiest: number;
  readonly busiestThread: string;
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
  /** Since the association was made. */
  readonly messagesIn: number;
  readonly messagesOut: number;
  readonly octetsInPerSecond: number;
  readonly octetsOutPerSecond: number;
  readonly octetsIn: number;
  readonly octetsOut: number;
  /** 0: the way to the peer is not congested. */
  readonly congestion: number;
  readonly traffic: readonly Traffic[];
}

/** An ASP in an application server (RFC 4666 §4.3). */
export interface Traffic {
  readonly applicationServer: string;
  /** Empty: none is used. */
  readonly routingContext: string;
  readonly aspState: string;
  readonly asState: string;
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
  readonly commitP50Ms: number;
  /** Since this life of the shard began. */
  readonly cacheHits: number;
  readonly cacheMisses: number;
  readonly openEffects: number;
  /** Actors whose record lags behind the journal. */
  readonly laggingActors: number;
  readonly deadlines: number;
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
  /** Garbage collection since this life of the thread began. */
  readonly gcCount: number;
  readonly gcMs: number;
  /** The longest pause in the last report. */
  readonly gcLongestMs: number;
  readonly heapOctets: number;
  /** 0 … 1: the part of the time in which its event loop had work. */
  readonly busy: number;
  readonly gcMsPerSecond: number;
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
  /** 0: nobody has. */
  readonly acknowledgedAtMs: number;
}

/** A notice as a phone shows it. */
export interface PhoneNotice {
  /** Stable, so that a bubble keeps its place (`effectKey`). */
  readonly id: string;
  /** As `hello().privacy` says. */
  readonly recipient: string;
  readonly text: string;
  /** BCP 47. */
  readonly language: string;
  /** How that language is written. */
  readonly direction: 'ltr' | 'rtl';
  readonly parts: number;
  readonly partsDelivered: number;
  readonly createdAtMs: number;
  /** 0: not sent yet. */
  readonly sentAtMs: number;
  /** 0: not delivered yet. */
  readonly deliveredAtMs: number;
  readonly state: 'waiting' | 'sent' | 'with-smsc' | 'delivered' | 'failed';
  readonly kind: 'missed-calls' | 'returns' | 'teaser' | 'welcome' | 'callee-away' | 'text' | 'show-question';
  /** Who it comes from, as the handset shows it. */
  readonly sender: string;
  /** Opaque: the same for the same recipient while the engine runs, and no way back to the number. */
  readonly handset: string;
}
