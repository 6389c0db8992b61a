/**
 * SCCP management, SCMG (ITU-T Q.714 §5): what is known of other nodes and their subsystems, tests of those that went out
 * of service, answers to the tests and questions of others, and what is told to them.
 */
import type { TimerListener, Timers } from '../../types/timers.ts';
import type { MtpStatusCause } from '../m3ua/mtp.ts';
import type { PointCodeBits } from './address.ts';
import type { LocalSubsystems, Replica } from './local-subsystems.ts';
import { decodeManagement, type ManagementMessage } from './management-message.ts';
import type { RemoteStates } from './routing-control.ts';
import type { PointCodeState } from './service.ts';
import type { TrafficLimitation } from './traffic-limitation.ts';

/** The subsystem number of SCMG itself (ITU-T Q.713 §3.4.2.2). */
export const SCMG_SSN = 1;

/** Subsystems of other nodes that may be out of service at once. */
const PROHIBITED_MAX = 1024;
/** Nodes that may be inaccessible at once; more are forgotten, that is, tried. */
const INACCESSIBLE_MAX = 16_384;
/** Nodes whose messages are counted while we are congested; the count of all begins anew when there are more. */
const REPORTED_MAX = 1024;
/** While we are congested SSC answers the first message of a node, and then each of so many (ITU-T Q.714 §5.2.8). */
const MESSAGES_PER_REPORT = 8;

/** Subsystem multiplicity indicator (ITU-T Q.713 §5.2.4). */
const MULTIPLICITY = { unknown: 0, solitary: 1, duplicated: 2 } as const;

export interface ManagementUser {
  /** Sends a management message to the SCMG of another node. */
  sendManagement(pointCode: number, message: ManagementMessage): void;
  onSubsystemState(pointCode: number, ssn: number, inService: boolean): void;
  onPointCodeState(pointCode: number, state: PointCodeState): void;
}

interface Prohibited {
  readonly id: number;
  readonly pointCode: number;
  readonly ssn: number;
  /** T(stat.info); 0 when no test is due. */
  timer: number;
  nextMs: number;
}

export interface ManagementOptions {
  readonly pointCode: number;
  readonly pointCodeBits: PointCodeBits;
  readonly timers: Timers;
  readonly statusTestMinMs: number;
  readonly statusTestMaxMs: number;
  readonly concernedPointCodes: readonly number[];
  readonly subsystems: LocalSubsystems;
  readonly limitation: TrafficLimitation;
  readonly count: (name: string) => void;
  readonly user: ManagementUser;
}

export class Management implements RemoteStates, TimerListener {
  readonly #options: ManagementOptions;
  readonly #inaccessible = new Set<number>();
  /** By point code · 256 + SSN. SSN 1 stands for the SCCP of the node as a whole. */
  readonly #prohibited = new Map<number, Prohibited>();
  readonly #byId = new Map<number, Prohibited>();
  #nextId = 1;
  /** Messages of other nodes since we are congested. */
  readonly #reported = new Map<number, number>();

  constructor(options: ManagementOptions) {
    this.#options = options;
  }

  get inaccessible(): ReadonlySet<number> {
    return this.#inaccessible;
  }

  get prohibited(): readonly { readonly pointCode: number; readonly ssn: number }[] {
    return [...this.#prohibited.values()].map(({ pointCode, ssn }) => ({ pointCode, ssn }));
  }

  isAccessible(pointCode: number): boolean {
    return !this.#inaccessible.has(pointCode);
  }

  isSccpAvailable(pointCode: number): boolean {
    return this.#prohibited.size === 0 || !this.#prohibited.has(pointCode * 256 + SCMG_SSN);
  }

  isInService(pointCode: number, ssn: number): boolean {
    if (pointCode === this.#options.pointCode)
      return ssn === SCMG_SSN || this.#options.subsystems.isInService(ssn);
    return this.#prohibited.size === 0 || !this.#prohibited.has(pointCode * 256 + ssn);
  }

  /** Takes the user data of a UDT for subsystem 1. */
  take(octets: Uint8Array, opc: number): void {
    const { pointCode, subsystems, limitation } = this.#options;
    const decoded = decodeManagement(octets, this.#options.pointCodeBits);
    if (!decoded.ok) return this.#count('sccp.management.undecodable');
    const { kind, affectedPointCode, affectedSsn } = decoded.value;
    this.#count(`sccp.management.${kind.toLowerCase()}.received`);
    switch (kind) {
      case 'SST':
        if (affectedPointCode !== pointCode) return;
        if (affectedSsn === SCMG_SSN || subsystems.answersTests(affectedSsn))
          this.tell(opc, 'SSA', affectedSsn);
        return;
      case 'SSP':
        // The SCCP of a node is not prohibited by a message: it could not send one.
        if (affectedSsn !== SCMG_SSN) this.#prohibit(affectedPointCode, affectedSsn);
        return;
      case 'SSA':
        // Whoever reports one of its subsystems has an SCCP again (ITU-T Q.714 §5.3.3).
        this.#allow(affectedPointCode, SCMG_SSN);
        return this.#allow(affectedPointCode, affectedSsn);
      case 'SOR':
        return this.#outOfServiceRequest(affectedPointCode, affectedSsn, opc);
      case 'SOG':
        return this.#outOfServiceGrant(affectedPointCode, affectedSsn);
      case 'SSC':
        if (affectedPointCode === pointCode) return;
        return limitation.onCongestionReport(affectedPointCode, decoded.value.congestionLevel ?? 1);
    }
  }

  /** Tells one node of a subsystem here (ITU-T Q.714 §5.3.2.1, §5.3.4.3). */
  tell(to: number, kind: 'SSP' | 'SSA', ssn: number): void {
    this.#send(to, kind, ssn, this.#options.pointCode);
  }

  /** Tells the concerned nodes of a subsystem here (ITU-T Q.714 §5.3.7). */
  broadcast(kind: 'SSP' | 'SSA', ssn: number): void {
    for (const pointCode of this.#options.concernedPointCodes)
      if (this.isAccessible(pointCode)) this.tell(pointCode, kind, ssn);
  }

  /** Asks the node of a duplicate whether the subsystem here may go out of service (ITU-T Q.714 §5.3.5.2). */
  sendOutOfServiceRequest({ ssn, pointCode }: Replica): void {
    this.#send(pointCode, 'SOR', ssn, this.#options.pointCode);
  }

  /** A message of another node came while this one is congested, at a level of 1 … 8 (ITU-T Q.714 §5.2.8). */
  reportCongestion(opc: number, congestionLevel: number): void {
    const messages = this.#reported.get(opc) ?? 0;
    if (messages === 0 && this.#reported.size >= REPORTED_MAX) this.#reported.clear();
    this.#reported.set(opc, (messages + 1) % MESSAGES_PER_REPORT || MESSAGES_PER_REPORT);
    if (messages % MESSAGES_PER_REPORT === 0)
      this.#send(opc, 'SSC', SCMG_SSN, this.#options.pointCode, congestionLevel);
  }

  /** This node is not congested any more. */
  endCongestion(): void {
    this.#reported.clear();
  }

  // From MTP (ITU-T Q.714 §5.2).

  pause(pointCode: number): void {
    if (this.#inaccessible.has(pointCode)) return;
    if (this.#inaccessible.size >= INACCESSIBLE_MAX) return this.#count('sccp.management.inaccessible-full');
    this.#inaccessible.add(pointCode);
    this.#stopTests(pointCode);
    this.#options.limitation.clear(pointCode);
    this.#options.user.onPointCodeState(pointCode, 'inaccessible');
  }

  /** The node is there again, with all of its subsystems until it says otherwise. */
  resume(pointCode: number): void {
    this.#inaccessible.delete(pointCode);
    this.#options.limitation.clear(pointCode);
    this.#options.user.onPointCodeState(pointCode, 'accessible');
    for (const one of this.#prohibitedAt(pointCode)) this.#allow(pointCode, one.ssn);
  }

  status(pointCode: number, cause: MtpStatusCause, congestionLevel: number): void {
    if (cause === 'congestion') return this.#options.limitation.onMtpStatus(pointCode, congestionLevel);
    // The SCCP there is gone: its subsystem 1 is tested in place of all others, unless there is none.
    this.#stopTests(pointCode);
    this.#prohibit(pointCode, SCMG_SSN, cause !== 'user-unequipped');
  }

  onTimer(_kind: number, id: number): void {
    const one = this.#byId.get(id);
    if (one === undefined) return;
    this.#send(one.pointCode, 'SST', one.ssn, one.pointCode);
    this.#test(one);
  }

  #prohibitedAt(pointCode: number): Prohibited[] {
    return [...this.#prohibited.values()].filter((one) => one.pointCode === pointCode);
  }

  #stopTests(pointCode: number): void {
    for (const one of this.#prohibitedAt(pointCode)) {
      this.#options.timers.stop(one.timer);
      one.timer = 0;
    }
  }

  #prohibit(pointCode: number, ssn: number, tested = true): void {
    const key = pointCode * 256 + ssn;
    if (pointCode === this.#options.pointCode) return;
    const before = this.#prohibited.get(key);
    if (before !== undefined) {
      if (tested && before.timer === 0) this.#test(before);
      return;
    }
    if (this.#prohibited.size >= PROHIBITED_MAX) return this.#count('sccp.management.prohibited-full');
    const nextMs = this.#options.statusTestMinMs;
    const one: Prohibited = { id: this.#nextId++, pointCode, ssn, timer: 0, nextMs };
    this.#prohibited.set(key, one);
    this.#byId.set(one.id, one);
    if (tested && this.isAccessible(pointCode)) this.#test(one);
    if (ssn === SCMG_SSN) this.#options.user.onPointCodeState(pointCode, 'sccp-unavailable');
    else this.#options.user.onSubsystemState(pointCode, ssn, false);
  }

  #allow(pointCode: number, ssn: number): void {
    const one = this.#prohibited.get(pointCode * 256 + ssn);
    if (one === undefined) return;
    this.#options.timers.stop(one.timer);
    this.#prohibited.delete(pointCode * 256 + ssn);
    this.#byId.delete(one.id);
    if (ssn !== SCMG_SSN) return this.#options.user.onSubsystemState(pointCode, ssn, true);
    this.#options.user.onPointCodeState(pointCode, 'sccp-available');
    // With the SCCP its subsystems come back, until it says otherwise.
    for (const other of this.#prohibitedAt(pointCode)) this.#allow(pointCode, other.ssn);
  }

  /** T(stat.info): ever longer between tests (ITU-T Q.714 §5.3.4.2). */
  #test(one: Prohibited): void {
    const { timers, statusTestMaxMs } = this.#options;
    one.timer = timers.start(one.nextMs, this, 0, one.id);
    one.nextMs = Math.min(one.nextMs * 2, statusTestMaxMs);
  }

  /** The duplicate of a subsystem here wants to go out of service: ours is asked whether it can go on alone (ITU-T Q.714 §5.3.5.3). */
  #outOfServiceRequest(pointCode: number, ssn: number, opc: number): void {
    const { subsystems } = this.#options;
    const local = subsystems.duplicateOf(pointCode, ssn);
    if (local === undefined) return this.#count('sccp.management.not-duplicated');
    // Not to grant is to say nothing.
    if (subsystems.answersTests(local.ssn) && local.user.onCoordinate?.(pointCode, ssn) === true)
      this.#send(opc, 'SOG', ssn, pointCode);
  }

  /** The grant names the subsystem that asked, ours; one that names the duplicate that granted means the same. */
  #outOfServiceGrant(pointCode: number, ssn: number): void {
    const { subsystems } = this.#options;
    const isOurs = pointCode === this.#options.pointCode;
    const local = isOurs ? ssn : subsystems.duplicateOf(pointCode, ssn)?.ssn;
    if (local === undefined || !subsystems.step(local, 'SOG received'))
      this.#count('sccp.management.not-duplicated');
  }

  #count(name: string): void {
    this.#options.count(name);
  }

  #send(
    to: number,
    kind: ManagementMessage['kind'],
    affectedSsn: number,
    affectedPointCode: number,
    congestionLevel?: number,
  ): void {
    const isOurs = affectedPointCode === this.#options.pointCode;
    const duplicated = isOurs && this.#options.subsystems.replicaOf(affectedSsn) !== undefined;
    this.#count(`sccp.management.${kind.toLowerCase()}.sent`);
    this.#options.user.sendManagement(to, {
      kind,
      affectedSsn,
      affectedPointCode,
      multiplicity: duplicated ? MULTIPLICITY.duplicated : MULTIPLICITY.unknown,
      ...(congestionLevel === undefined ? {} : { congestionLevel }),
    });
  }
}
