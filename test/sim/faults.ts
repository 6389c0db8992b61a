/**
 * The fault model of the seeded runs: one structure, a switch for each fault with its parameters; absent is off. A seed
 * turns each on at random, and the command line turns one off, or on, to find out which of them a failure needs.
 */

/** A moment at which something is done to the engine. */
export interface Moments {
  /** While people live. */
  readonly times: number;
  /** While everybody is back and has to be told. */
  readonly timesInDrain: number;
}

export interface Faults {
  /** The process is killed, and started again after up to `outMaxMs`. Of the commits in flight 0 … `surviveMax` are on the disk. */
  readonly kill?: Moments & {
    readonly outMaxMs: number;
    readonly surviveMax: number;
    /** The network hears of it at once, or finds out when it sends, or by heartbeats. */
    readonly seen: boolean;
  };
  /** After a kill a disk has lost or torn journal records that are needed: refused, nothing changed; then the sound disk. */
  readonly damagedJournal?: { readonly torn: boolean };
  /** The thread of one part dies: a shard, the signalling part, the notifier; its supervisor starts it anew. */
  readonly partDeath?: Moments & { readonly surviveMax: number };
  /** A killed engine comes back from its old address: associations restart (RFC 9260 §5.2.4.1). Else from another one. */
  readonly sameAddress?: true;
  /** The association is lost on both sides; what was under way on it is gone. */
  readonly loseAssociation?: Moments;
  /** Two associations share the traffic, and one of them is lost. */
  readonly failover?: Moments;
  /** Nothing passes for a time, and everything afterwards. */
  readonly cut?: Moments & { readonly forMaxMs: number };
  /** The network takes nothing for a time, and little may wait for it: sends are refused until it has drained. */
  readonly slowPeer?: Moments & { readonly forMaxMs: number; readonly queueOctetsMax: number };
  /** Messages of one association overtake one another across streams (RFC 9260 §6.6). */
  readonly reordering?: true;
  /** SCCP loses messages of class 0 (ITU-T Q.711 §6.2): a fraction of what the service centre and gsmSCF exchange with HLR and MSC. */
  readonly loss?: { readonly fraction: number };
  /** A changeover duplicates messages (ITU-T Q.704 §5): a fraction of them. */
  readonly duplication?: { readonly fraction: number };
  /** Messages are on their way for longer, some of them for longer than the other side waits. */
  readonly delay?: { readonly fraction: number; readonly maxMs: number };
  /** What calls exchange with the gsmSCF is on its way for longer, in order: an alert overtakes the miss that it should have told. */
  readonly lateCalls?: { readonly fraction: number; readonly maxMs: number };
  /** Commits take up to so long. */
  readonly slowCommits?: { readonly maxMs: number };
  /** One disk is full for a time: windows fail, and their shard starts anew from its store. */
  readonly fullStore?: Moments & { readonly forMaxMs: number };
  /** Reads see records of windows that are not durable yet, and that a crash may take back. */
  readonly readsInFlight?: true;
  /** The wall clock of the engine is set forward or back; the monotonic one goes on. */
  readonly clockSteps?: Moments & { readonly stepMaxMs: number };
  /** HLR or MSC are gone for a time, and answer a fraction of the requests with systemFailure for a time after that. */
  readonly gone?: {
    readonly node: 'hlr' | 'msc';
    readonly afterMs: number;
    readonly forMs: number;
    readonly refuses: number;
    readonly refusesForMs: number;
  };
  /** Rendering a batch takes up to so long. */
  readonly slowRenderer?: { readonly maxMs: number };
  /**
   * For a fraction of the time, so long at a stretch, every batch fails: a worker died, took too long, or is busy. (One that
   * failed now and then would look like a notice that brings it down: such a one is given up.)
   */
  readonly failingRenderer?: { readonly fraction: number; readonly forMs: number };
  /** So many of the calls go to one subscriber. */
  readonly hotSubscriber?: { readonly share: number; readonly callsPerSecond: number };
  /** Everybody leaves, and comes back at once. */
  readonly alertStorm?: Moments & { readonly awayMaxMs: number };
  /** Rings, caches and tables are so small that their bounds are met. */
  readonly tinyBounds?: {
    readonly ringOctets: number;
    readonly windowEventsMax: number;
    readonly actorWritesMax: number;
    readonly actorsMax: number;
    readonly deliveriesMax: number;
    readonly callsMax: number;
    readonly waitingMax: number;
    readonly journalWindowsKept: number;
    readonly openWindowsMax: number;
  };
  /** So few notices may be under way that returns wait for their turn, and calls are held. */
  readonly fewOpenEffects?: { readonly openEffectsMax: number };
  /** No fault: a fraction of the people has rules, and the operator counts withheld numbers, or not; `asks`: their callers are asked, and say nothing. */
  readonly rules?: {
    readonly fraction: number;
    readonly withheld: 'suppress' | 'count';
    readonly priority: boolean;
    readonly forwarding: boolean;
    readonly asks?: boolean;
  };
  /** Notices go to a message centre over SMPP, and it has faults of its own; its links are lost at moments. */
  readonly messageCentre?: Moments & {
    /** What it can do of the replace ladder (N3). */
    readonly replaces: boolean;
    readonly cancels: boolean;
    /** Beyond so many a second it throttles; 0: never. */
    readonly perSecondMax: number;
    readonly responseMaxMs: number;
    readonly deliveryMaxMs: number;
    /** A fraction of the requests is refused, or is done and never answered. */
    readonly refuses: number;
    readonly losesResponse: number;
    readonly receipts: 'text' | 'tlv' | 'both';
    readonly receiptIds: 'same' | 'decimal';
    /** It gives up after so long. */
    readonly validityMs: number;
  };
  /** Some people have ordered other channels as well (N6, N8), whose far sides have faults of their own. */
  readonly channels?: {
    readonly fraction: number;
    /** For a fraction of the time, so long at a stretch, nothing answers. */
    readonly down: number;
    readonly downForMs: number;
    /** A fraction of the messages is refused for good; of the sends refused for now, or taken and not answered. */
    readonly refuses: number;
    readonly busy: number;
    readonly losesAnswer: number;
    readonly answerMaxMs: number;
    /** So many may wait in a connector. */
    readonly waitingMax: number;
  };
  /** Some people read their notices in an app (N8), which is opened now and then. */
  readonly apps?: {
    readonly fraction: number;
    readonly lookMaxMs: number;
    readonly unreadMs: number;
    readonly entriesMax: number;
  };
  /** No fault: HLRs are asked, notices are paced for each MSC, and wait for alerts. */
  readonly availability?: {
    readonly interrogationsPerSecond: number;
    readonly noticesPerSecondAndNode: number;
    readonly waitForAlertMs: number;
  };
  /** The boot epoch in transaction ids wraps with the next lives, and few slots are used again soon. */
  readonly idsNearWrap?: { readonly firstBootEpoch: number; readonly guardMs: number };
}

export type FaultName = keyof Faults;

/** Every switch; the compiler says when one is missing. */
const names: { readonly [K in FaultName]-?: true } = {
  kill: true,
  damagedJournal: true,
  partDeath: true,
  sameAddress: true,
  loseAssociation: true,
  failover: true,
  cut: true,
  slowPeer: true,
  reordering: true,
  loss: true,
  duplication: true,
  delay: true,
  lateCalls: true,
  slowCommits: true,
  fullStore: true,
  readsInFlight: true,
  clockSteps: true,
  gone: true,
  slowRenderer: true,
  failingRenderer: true,
  hotSubscriber: true,
  alertStorm: true,
  tinyBounds: true,
  fewOpenEffects: true,
  idsNearWrap: true,
  rules: true,
  messageCentre: true,
  channels: true,
  apps: true,
  availability: true,
};

export const faultNames = Object.keys(names) as FaultName[];

export function isFaultName(name: string): name is FaultName {
  return name in names;
}
