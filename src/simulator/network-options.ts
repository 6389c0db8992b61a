/** What the simulated network is given by its host, the faults of it that the host controls, and what can be shown of it. */
import type { SctpPort } from '../stack/sctp/port.ts';
import type { Clock } from '../types/clock.ts';
import type { Counters } from '../types/counters.ts';
import type { Log } from '../types/log.ts';
import type { Random } from '../types/random.ts';
import type { Timers } from '../types/timers.ts';
import type { ShortMessage } from './handset.ts';
import type { MissedCall } from './judge/missed-call.ts';
import type { NodeName, NodesOptions } from './nodes.ts';
import type { Person } from './person.ts';
import type { NetworkPlan } from './plan.ts';
import type { Scenario } from './scenario.ts';
import type { SmscBehaviour } from './smsc/behaviour.ts';
import type { EngineClock } from './wall-clock.ts';

export interface SimulatedNetworkOptions {
  readonly plan: NetworkPlan;
  readonly sctp: SctpPort;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  readonly counters: Counters;
  readonly log: Log;
  /** Instead of people by the plan, who then live as it says. */
  readonly people?: readonly Person[];
  /** Instead of random life. */
  readonly scenario?: Scenario;
  /** A short message has been put on a phone. */
  readonly onShortMessage?: (person: Person, message: ShortMessage) => void;
  /** There is a message centre beside, which behaves so; default: none. */
  readonly smsc?: SmscBehaviour;
  /** Whether the HLR answers anyTimeInterrogation; default it does. */
  readonly enquiries?: 'allowed' | 'not-allowed';
  /** How often signs of life of the engine, and the end of a drain, are looked for; default ten times a second. */
  readonly tickMs?: number;
  /** A subscribed person missed a call. */
  readonly onMissed?: (call: MissedCall) => void;
  /** What is wrong with the network; default nothing. */
  readonly trouble?: NetworkTrouble;
}

/** Faults of the network, under the control of its host. */
export interface NetworkTrouble extends Pick<NodesOptions, 'meddleSccp' | 'meddleTcap'> {
  /** A node is out of reach for whom its neighbours would tell something. */
  readonly isGone?: (node: NodeName) => boolean;
  /** A node is congested: the request that it has just got is answered with systemFailure. */
  readonly refuses?: (node: NodeName) => boolean;
  /** A sign of life of the engine proves nothing now: what reaches it is not durable soon. */
  readonly isStuck?: () => boolean;
  /** The engine's wall clock; default it goes as the network's does. */
  readonly engineClock?: EngineClock;
}

export interface SimulationProgress {
  readonly phase: Phase;
  readonly callsAttempted: number;
  readonly callsMissed: number;
  readonly noticesDelivered: number;
  readonly notifyMeDelivered: number;
  readonly doubled: number;
  readonly wrong: number;
  /** Calls told as they should be. */
  readonly callsTold: number;
  /** Calls that are going on. */
  readonly openCalls: number;
  /** Missed calls of which it is not known yet whether the engine took them. */
  readonly unsettled: number;
}

export type Phase = 'waiting' | 'warming-up' | 'living' | 'draining' | 'drained';
