/** What a load is made of: who is on both sides, and the phases that are played. Plain data: it goes between threads. */

/** Who the generator is to the engine, which connects to it as ASP to a signalling gateway. */
export interface NetworkPlan {
  readonly transport: 'tcp' | 'sctp-udp';
  /** Of each generator with the engine. */
  readonly associations: number;
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** Of the engine. */
  readonly enginePointCode: number;
  readonly routingContext: number;
  /** International digits of its service centre and gsmSCF. */
  readonly engineNumber: string;
  readonly serviceKey: number;
  /** Of the node behind the gateway, which is MSC, gsmSSF and HLR in one. */
  readonly peerPointCode: number;
  /** International digits of the MSC and of the HLR that the node is. */
  readonly mscNumber: string;
  readonly hlrNumber: string;
  /** First half of all call references, so that an engine does not take a call for one of the run before. 32 bits. */
  readonly run: number;
  /** Number of its subscriber with the index 0; those of other generators lie elsewhere. */
  readonly firstSubscriber: number;
}

export const defaultNetworkPlan: NetworkPlan = {
  transport: 'tcp',
  associations: 1,
  host: '127.0.0.1',
  port: 0,
  enginePointCode: 2,
  routingContext: 100,
  engineNumber: '491700000000',
  serviceKey: 100,
  peerPointCode: 1,
  mscNumber: '491790000008',
  hlrNumber: '491790000006',
  run: 0,
  firstSubscriber: 0,
};

/** Generators at once: each has a digit of the subscribers' numbers, and of its nodes'. */
export const WORKERS_MAX = 8;
/** Subscribers of one of several generators. */
export const SUBSCRIBERS_PER_WORKER_MAX = 10_000_000;
/** The engine's point code lies between that of the first generator and those of the others. */
const FURTHER_POINT_CODES = 10;

/** The network of one generator of several: a port, a point code, nodes and a range of subscribers of its own. */
export function networkOfWorker(plan: NetworkPlan, worker: number): NetworkPlan {
  if (worker === 0) return plan;
  return {
    ...plan,
    port: plan.port === 0 ? 0 : plan.port + worker,
    peerPointCode: plan.peerPointCode + FURTHER_POINT_CODES + worker,
    mscNumber: `49179${worker}000008`,
    hlrNumber: `49179${worker}000006`,
    firstSubscriber: plan.firstSubscriber + worker * SUBSCRIBERS_PER_WORKER_MAX,
  };
}

export interface GeneratorLimits {
  /** Dialogues of ours at once; what would be more is not begun, and counted. */
  readonly dialoguesMax: number;
  /** Octets that may wait in the association when a dialogue is begun; beyond, it is not, and counted. */
  readonly beginOctetsMax: number;
  /** Octets that may wait in the association at all. */
  readonly queueOctetsMax: number;
  /** How long a call waits for an answer (T(SSF)), and an alert (the HLR's timer). */
  readonly callTimerMs: number;
  readonly alertTimerMs: number;
  /** An alert that was not answered, or refused, is given again after this long; 0: never. */
  readonly alertRepeatMs: number;
}

export const defaultGeneratorLimits: GeneratorLimits = {
  dialoguesMax: 262_144,
  beginOctetsMax: 262_144,
  queueOctetsMax: 16_777_216,
  callTimerMs: 10_000,
  alertTimerMs: 30_000,
  alertRepeatMs: 2_000,
};

/**
 * What can happen to a subscriber: missed calls of five kinds, an answered one, one that the network could not set up, and the
 * alert that the phone is back.
 * `not-reachable` switches the phone off, and `alert` on: short messages in between meet an absent subscriber.
 */
export const LOAD_KINDS = [
  'busy',
  'no-answer',
  'not-reachable',
  'abandoned',
  'answered',
  'barred',
  'network-trouble',
  'alert',
] as const;
export type LoadKind = (typeof LOAD_KINDS)[number];

/** How a call ends: every kind but the alert. */
export type CallEnd = Exclude<LoadKind, 'alert'>;
export const CALL_ENDS: readonly CallEnd[] = LOAD_KINDS.filter((kind) => kind !== 'alert');

/** A list of starts, an entry each, in the order of their times. */
export interface Starts {
  readonly count: number;
  /** From the beginning of the phase. */
  readonly atMs: Float64Array;
  /** Index of `LOAD_KINDS`. */
  readonly kind: Uint8Array;
  readonly subscriber: Uint32Array;
  /** From the armed call to its report. */
  readonly ringMs: Float64Array;
  /** Q.850 cause value of a call that failed; 0: the usual one of its kind. */
  readonly cause: Uint8Array;
}

export interface Phase {
  readonly name: string;
  /** Starts a second, planned beforehand: an engine that is late makes no pause in them. */
  readonly ratePerSecond: number;
  readonly forMs: number;
  /** Weights. */
  readonly mix: Readonly<Partial<Record<LoadKind, number>>>;
  /** Subscribers concerned: `count` of them from the index `first`, one after the other or at random. */
  readonly first: number;
  readonly count: number;
  readonly order: 'in-turn' | 'random';
  /** From the armed call to its report. */
  readonly ringMs?: number;
  /** `count` subscribers from this one on (one, if it is left out) get this share of the starts. */
  readonly hot?: { readonly subscriber: number; readonly share: number; readonly count?: number };
  /** How the rate changes: factors of `ratePerSecond`, evenly spread over the time, straight lines between them. */
  readonly shape?: readonly number[];
  /** Before `forMs`, the rate rises from nothing for so long. */
  readonly rampMs?: number;
  /** Instead of all this, everybody who is off or has not been told of a call is back: alerts at the rate. */
  readonly everybodyReturns?: true;
  /** Played in the place of all that rate, mix and order say. */
  readonly starts?: Starts;
}

export interface Percentiles {
  readonly count: number;
  readonly p50Ms: number;
  readonly p90Ms: number;
  readonly p99Ms: number;
  readonly p999Ms: number;
  readonly maxMs: number;
}

/** Every dialogue that was begun is in one of these; while it runs, in `open`. */
export interface DialogueAccount {
  readonly begun: number;
  /** Calls: watched, and ended in order. Alerts: answered with a result. */
  readonly served: number;
  /** Calls that were let go at once. */
  readonly letGo: number;
  /** By P-Abort "resource limitation", or for an alert an error. */
  readonly refused: number;
  /** By any other abort. */
  readonly aborted: number;
  /** Nothing came within the timer. */
  readonly unanswered: number;
  readonly open: number;
}

export interface PhaseReport {
  readonly name: string;
  readonly tookMs: number;
  readonly planned: number;
  /** Planned and not begun: the association had no room, or as many dialogues as may be were open. */
  readonly unsent: number;
  readonly calls: DialogueAccount;
  readonly alerts: DialogueAccount;
  /** From the planned start of the call to the first answer to its initialDP. */
  readonly answer: Percentiles;
  /** From the report of a missed call to the end of its dialogue. */
  readonly report: Percentiles;
  /** From the planned start to the begin: what the generator itself is late. */
  readonly late: Percentiles;
  /** Short messages that arrived meanwhile. */
  readonly messagesArrived: number;
  /** What was not served, by what came instead. */
  readonly errors: Readonly<Record<string, number>>;
}

/** The three latencies of a phase. */
export const LATENCY_NAMES = ['answer', 'report', 'late'] as const;
export type LatencyName = (typeof LATENCY_NAMES)[number];

/** What happened in a second: of counts the sums, of latencies the histograms as HdrHistogram encodes them. */
export interface Sample {
  /** Seconds since the run began. */
  readonly second: number;
  readonly counts: SampleCounts;
  /** That carry traffic, at its end. */
  readonly associations: number;
  readonly histograms: Readonly<Record<LatencyName, string>>;
}

export const COUNT_NAMES = [
  'planned',
  'begun',
  'served',
  'letGo',
  'refused',
  'aborted',
  'unanswered',
  'unsent',
  'messages',
] as const;
export type SampleCounts = Readonly<Record<(typeof COUNT_NAMES)[number], number>>;

export interface NoticeAccount {
  /** Missed calls that were acknowledged, and told of once. */
  readonly right: number;
  /** Acknowledged, and not told of. */
  readonly lost: number;
  /** Told of more than once, by different messages. */
  readonly doubled: number;
  /** Messages that came again octet by octet. */
  readonly repeated: number;
  /** Told to somebody else, or of a call that was not missed; or unreadable. */
  readonly wrong: number;
  /** Told of, though the end of the call's dialogue did not arrive. */
  readonly unacknowledged: number;
  /** Among the right ones: told as a count alone. */
  readonly counted: number;
  readonly messages: number;
}

export interface LoadReport {
  readonly notices: NoticeAccount;
  readonly calls: DialogueAccount;
  readonly alerts: DialogueAccount;
  /** The engine's own dialogues that were answered, by operation. */
  readonly engine: {
    readonly routing: number;
    readonly routingAbsent: number;
    readonly forwards: number;
    readonly forwardsAbsent: number;
    readonly reports: number;
  };
  /** Messages from the engine that fit nowhere. */
  readonly unexpected: number;
  readonly associationsLost: number;
}
