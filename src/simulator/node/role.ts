/** A node's part in the network: what it answers, and the procedures that it can initiate. */
import type { MtpService } from '../../stack/m3ua/mtp.ts';
import type { SccpService } from '../../stack/sccp/service.ts';
import type { DialogueAcceptor, TcapService } from '../../stack/tcap/service.ts';
import type { Clock } from '../../types/clock.ts';
import type { Counters } from '../../types/counters.ts';
import type { Log } from '../../types/log.ts';
import type { Timers } from '../../types/timers.ts';
import type { Chance } from '../chance.ts';
import type { Later } from '../later.ts';
import type { NodePlan } from './plan.ts';
import type { Exercised, Tally } from './tally.ts';

export interface RoleEnvironment {
  readonly plan: NodePlan;
  /** The whole MTP3 service of the signalling point; SCCP has its service indicator. */
  readonly mtp: MtpService;
  readonly sccp: SccpService;
  readonly tcap: TcapService;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly later: Later;
  readonly chance: Chance;
  readonly counters: Counters;
  readonly log: Log;
  readonly tally: Tally;
  /** Takes the dialogues towards a subsystem that are addressed to one of these numbers; several roles may share one. */
  readonly accept: (ssn: number, numbers: readonly string[], acceptor: DialogueAcceptor) => void;
}

export interface Procedure {
  readonly name: string;
  /** What a sentence of the help says of it. */
  readonly summary: string;
  /** What it exercises on this side: each must have come to a good end once it has been played. */
  readonly exercises: readonly Exercised[];
  /** Rejects when something came out other than it had to, and says what. */
  run(): Promise<void>;
}

export interface NodeRole {
  /** In the order in which they are played. */
  readonly procedures: readonly Procedure[];
  /** Dialogues or calls that are under way besides the procedures; 0 or absent: none. */
  readonly underWay?: number;
}

export type RoleFactory = (environment: RoleEnvironment) => NodeRole;
