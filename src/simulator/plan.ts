/** What the simulated network is: its addresses, its people, how they behave. The engine's configuration is made to fit it. */

export interface NetworkPlan {
  /** 14 bits each; `pointCodeText` writes them as the configuration does. */
  readonly pointCodes: {
    readonly callwake: number;
    /** Translates the global titles of the network; what Callwake sends its messages to. */
    readonly stp: number;
    readonly msc: number;
    readonly hlr: number;
  };
  readonly networkIndicator: number;
  readonly routingContext: number;
  /** Of the AS that Callwake is. Override: an engine that starts again takes over from its former life, which nobody has seen end. */
  readonly trafficMode: 'override' | 'loadshare';
  readonly listen: { readonly host: string; readonly port: number };
  /** E.164 digits, and the digits before those of a subscriber. */
  readonly numbers: {
    readonly countryCode: string;
    /** Callwake as a service centre and as gsmSCF. */
    readonly serviceCentre: string;
    readonly gsmScf: string;
    readonly msc: string;
    readonly hlr: string;
    readonly subscriberPrefix: string;
    /** Mobile country and network code. */
    readonly imsiPrefix: string;
  };
  /** Of the terminating service (T-CSI) and of mobility events (M-CSI). */
  readonly serviceKey: number;
  readonly people: PeoplePlan;
  readonly life: LifePlan;
  readonly times: NetworkTimes;
}

/** Fractions are 0 … 1. */
export interface PeoplePlan {
  readonly count: number;
  readonly subscribed: number;
  /** Told of every callee that was away and is back (K1). */
  readonly notifyMe: number;
  /** Whose number is never shown. */
  readonly withheld: number;
  /** Whose VLR reports their mobility to the gsmSCF (M-CSI). */
  readonly mobilityReported: number;
  /** Whom the HLR knows by another number of theirs, and whose list in the HLR is full. */
  readonly storedOtherwise: number;
  readonly waitingListFull: number;
  readonly timeZones: readonly string[];
  /** A fraction of the people has rules, drawn from numbers of their own; absent: nobody has. */
  readonly ruled?: RuledPeople;
  /** A fraction of the people has ordered other channels, drawn from numbers of their own; absent: nobody has. */
  readonly channelled?: { readonly fraction: number; readonly seed: number };
  /** A fraction of the people reads in an app, drawn from numbers of their own; absent: nobody does. */
  readonly withApps?: { readonly fraction: number; readonly seed: number };
}

export interface RuledPeople {
  readonly fraction: number;
  readonly seed: number;
  /** What the operator does with withheld numbers. */
  readonly withheld: 'suppress' | 'count';
  /** Some have callers with priority (N12). */
  readonly priority?: boolean;
  /** Some have their notices sent to a second phone of theirs (N13), which nobody else uses. */
  readonly forwarding?: boolean;
}

export interface LifePlan {
  readonly callsPerSecond: number;
  /** So many of the calls go to one and the same person. */
  readonly toOnePerson: number;
  /** Means of exponential distributions, none shorter than a second. */
  readonly onMs: number;
  readonly offMs: number;
  /** How a call to a phone that is there ends; what is left of 1 is answered. */
  readonly busy: number;
  readonly noAnswer: number;
  readonly abandoned: number;
  /** Of the abandoned: given up before the gsmSCF has armed anything. */
  readonly abandonedAtOnce: number;
  /** A short message meets a subscriber who is busy. */
  readonly busyForShortMessage: number;
  /** A phone that is switched on finds its memory full, for `memoryFullMs`. */
  readonly memoryFull: number;
  readonly memoryFullMs: number;
  /** How a phone goes away: switched off (IMSI detach), purged at the HLR; what is left of 1 loses coverage. */
  readonly detached: number;
  readonly purged: number;
  /** Between two location updates of a phone that is on. */
  readonly locationUpdateMs: number;
  /** CAP phase 3, and 4; the others speak phase 2. */
  readonly capPhase3: number;
  readonly capPhase4: number;
  readonly alertVersion1: number;
  /** The HLR gives an LMSI with the routing information. */
  readonly lmsi: number;
  /** The HLR of a subscriber, and the MSC of the whole run, that speak no later version of MAP than this. */
  readonly hlrVersion2: number;
  readonly hlrVersion1: number;
  readonly mscVersion2: number;
  readonly mscVersion1: number;
}

export interface NetworkTimes {
  /** Tssf: how long the gsmSSF waits for an instruction (3GPP TS 29.078 §11). */
  readonly ssfMs: number;
  /** A report that is answered later than this was let go by the engine: it may not be durable yet. */
  readonly letGoAfterMs: number;
  readonly ringingMs: number;
  readonly pagingMs: number;
  readonly shortMessageMs: number;
  /** An alert that was not answered is sent again after this. */
  readonly alertRepeatMs: number;
  readonly alertsMax: number;
  /** A report that has no answer counts as taken when the engine was heard of this long after it, in the same life. */
  readonly takenAfterMs: number;
  /**
   * Of a call given up before it was answered: an answer that comes sooner after its initialDP has its P-Abort before the shortest
   * Tssf, 1 s, has run out, though the P-Abort may wait for as long as a slow peer takes nothing.
   */
  readonly abandonKnownMs: number;
  /** A notice that comes later than this after it could have come is late. */
  readonly lateAfterMs: number;
  /** See `return-judge.ts`. */
  readonly raceMs: number;
  /** For so long what a VLR tells of mobility may be on its way; 0: for less than `raceMs`. */
  readonly eventLateMs: number;
  /** For so long an attempt may be on its way to the engine; 0: calls come in their order. */
  readonly callLateMs: number;
  /** A wall clock that a notice tells may differ by this from ours: the engine has its own, and the call its way. */
  readonly clockSlackMs: number;
  /** How long the end of a run may wait for what is due. */
  readonly drainMs: number;
}

const ITU = { first: 11, second: 3 } as const;

/** `2-100-7` as 3-8-3 bits. */
export function pointCodeText(pointCode: number): string {
  const zone = pointCode >> ITU.first;
  const area = (pointCode >> ITU.second) & 0xff;
  return `${zone}-${area}-${pointCode & 7}`;
}

const pointCode = (zone: number, area: number, point: number): number =>
  (zone << ITU.first) | (area << ITU.second) | point;

export const defaultPlan: NetworkPlan = {
  pointCodes: {
    callwake: pointCode(2, 100, 7),
    stp: pointCode(2, 100, 1),
    msc: pointCode(2, 100, 2),
    hlr: pointCode(2, 100, 3),
  },
  networkIndicator: 2,
  routingContext: 100,
  trafficMode: 'override',
  listen: { host: '127.0.0.1', port: 0 },
  numbers: {
    countryCode: '49',
    serviceCentre: '491700000',
    gsmScf: '491700000',
    msc: '491720000001',
    hlr: '491720000006',
    subscriberPrefix: '49151',
    imsiPrefix: '26201',
  },
  serviceKey: 1,
  people: {
    count: 400,
    subscribed: 0.9,
    notifyMe: 0.4,
    withheld: 0.08,
    mobilityReported: 0.2,
    storedOtherwise: 0.05,
    waitingListFull: 0.02,
    timeZones: ['Europe/Berlin', 'UTC', 'Asia/Kolkata', 'America/New_York'],
  },
  life: {
    callsPerSecond: 20,
    toOnePerson: 0,
    onMs: 12_000,
    offMs: 5_000,
    busy: 0.35,
    noAnswer: 0.25,
    abandoned: 0.2,
    abandonedAtOnce: 0.2,
    busyForShortMessage: 0.01,
    memoryFull: 0.04,
    memoryFullMs: 4_000,
    detached: 0.5,
    purged: 0.25,
    locationUpdateMs: 20_000,
    capPhase3: 0.4,
    capPhase4: 0.2,
    alertVersion1: 0.1,
    lmsi: 0.5,
    hlrVersion2: 0.1,
    hlrVersion1: 0.05,
    mscVersion2: 0.15,
    mscVersion1: 0.1,
  },
  times: {
    ssfMs: 5_000,
    letGoAfterMs: 300,
    ringingMs: 1_500,
    pagingMs: 250,
    shortMessageMs: 30,
    alertRepeatMs: 3_000,
    alertsMax: 10,
    takenAfterMs: 1_000,
    abandonKnownMs: 100,
    lateAfterMs: 20_000,
    raceMs: 1_000,
    eventLateMs: 0,
    callLateMs: 0,
    clockSlackMs: 5_000,
    drainMs: 60_000,
  },
};
