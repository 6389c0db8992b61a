/** The subsystems of this node: their users, and whether they are in service (ITU-T Q.714 §5.3). */
import type { TimerListener, Timers } from '../../types/timers.ts';
import {
  type CoordinationEvent,
  type CoordinationState,
  coordinatedChangeFsm,
} from './coordinated-change-fsm.ts';
import type { SccpUser } from './service.ts';

/** A subsystem at another node that can take over from one here, and the other way round. */
export interface Replica {
  readonly ssn: number;
  readonly pointCode: number;
  /** Its number there; default the same. */
  readonly remoteSsn?: number;
}

export interface LocalSubsystem {
  readonly ssn: number;
  readonly user: SccpUser;
  state: CoordinationState;
  /** It takes nothing new: what comes is returned (ITU-T Q.714 §2.8.4). */
  congested: boolean;
  timer: number;
}

export interface LocalSubsystemsOptions {
  readonly timers: Timers;
  readonly coordinatedChangeMs: number;
  readonly ignoreTestMs: number;
  readonly replicas: readonly Replica[];
  readonly broadcast: (kind: 'SSP' | 'SSA', ssn: number) => void;
  readonly sendRequest: (replica: Replica) => void;
}

/** What T(coord.chg) and T(ignore SST) are to the timers. */
const TIMER = { coordinatedChange: 1, ignoreTest: 2 } as const;

export class LocalSubsystems implements TimerListener {
  readonly #options: LocalSubsystemsOptions;
  readonly #bySsn = new Map<number, LocalSubsystem>();

  constructor(options: LocalSubsystemsOptions) {
    this.#options = options;
  }

  add(ssn: number, user: SccpUser): void {
    this.#bySsn.set(ssn, { ssn, user, state: 'in-service', congested: false, timer: 0 });
  }

  get(ssn: number): LocalSubsystem | undefined {
    return this.#bySsn.get(ssn);
  }

  get all(): IterableIterator<LocalSubsystem> {
    return this.#bySsn.values();
  }

  /** Whether it may be sent messages. */
  isInService(ssn: number): boolean {
    const subsystem = this.#bySsn.get(ssn);
    return subsystem !== undefined && subsystem.state !== 'out-of-service';
  }

  /** Whether a status test for it is answered (ITU-T Q.714 §5.3.4.3). */
  answersTests(ssn: number): boolean {
    return this.isInService(ssn) && this.#bySsn.get(ssn)?.state !== 'ignoring-tests';
  }

  replicaOf(ssn: number): Replica | undefined {
    return this.#options.replicas.find((replica) => replica.ssn === ssn);
  }

  /** The subsystem here whose duplicate that is. */
  duplicateOf(pointCode: number, remoteSsn: number): LocalSubsystem | undefined {
    const replica = this.#options.replicas.find(
      (one) => one.pointCode === pointCode && (one.remoteSsn ?? one.ssn) === remoteSsn,
    );
    return replica === undefined ? undefined : this.#bySsn.get(replica.ssn);
  }

  /** An event for a subsystem; false when there is none, or its state does not expect it. */
  step(ssn: number, event: CoordinationEvent): boolean {
    const subsystem = this.#bySsn.get(ssn);
    if (subsystem === undefined) return false;
    const replica = this.replicaOf(ssn);
    const row = coordinatedChangeFsm.find(subsystem.state, event, () => replica !== undefined);
    if (row === undefined) return false;
    subsystem.state = row[4];
    const { timers, coordinatedChangeMs, ignoreTestMs, broadcast, sendRequest } = this.#options;
    for (const action of row[3]) {
      switch (action) {
        case 'send SOR':
          if (replica !== undefined) sendRequest(replica);
          break;
        case 'start T(coord.chg)':
          subsystem.timer = timers.start(coordinatedChangeMs, this, TIMER.coordinatedChange, ssn);
          break;
        case 'start T(ignore SST)':
          subsystem.timer = timers.start(ignoreTestMs, this, TIMER.ignoreTest, ssn);
          break;
        case 'stop T(coord.chg)':
        case 'stop T(ignore SST)':
          timers.stop(subsystem.timer);
          break;
        case 'N-COORD.conf granted':
        case 'N-COORD.conf denied':
          subsystem.user.onCoordinated?.(action === 'N-COORD.conf granted');
          break;
        case 'broadcast SSP':
        case 'broadcast SSA':
          broadcast(action === 'broadcast SSP' ? 'SSP' : 'SSA', ssn);
      }
    }
    return true;
  }

  onTimer(kind: number, ssn: number): void {
    this.step(ssn, kind === TIMER.coordinatedChange ? 'T(coord.chg)' : 'T(ignore SST)');
  }
}
