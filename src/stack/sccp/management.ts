/**
 * SCCP management, SCMG (ITU-T Q.714 §5): what is known of other nodes and their subsystems, tests of those that went out
 * of service, and answers to the tests and questions of others.
 */
import type { TimerListener, Timers } from '../../types/timers.ts';
import type { MtpStatusCause } from '../m3ua/mtp.ts';
import { decodeManagement, type ManagementMessage } from './management-message.ts';
import type { RemoteStates } from './routing-control.ts';
import type { PointCodeState } from './service.ts';

/** The subsystem number of SCMG itself (ITU-T Q.713 §3.4.2.2). */
export const SCMG_SSN = 1;

/** Subsystems of other nodes that may be out of service at once. */
const PROHIBITED_MAX = 1024;
/** Nodes that may be inaccessible at once; more are forgotten, that is, tried. */
const INACCESSIBLE_MAX = 16_384;

export interface ManagementUser {
  /** Sends a management message to the SCMG of another node. */
  sendManagement(pointCode: number, message: ManagementMessage): void;
  /** Whether a subsystem here is in service. */
  isLocalInService(ssn: number): boolean;
  onSubsystemState(pointCode: number, ssn: number, inService: boolean): void;
  onPointCodeState(pointCode: number, state: PointCodeState): void;
}

interface Prohibited {
  readonly id: number;
  readonly pointCode: number;
  readonly ssn: number;
  timer: number;
  nextMs: number;
}

export class Management implements RemoteStates, TimerListener {
  readonly #pointCode: number;
  readonly #timers: Timers;
  readonly #statusTestMinMs: number;
  readonly #statusTestMaxMs: number;
  readonly #count: (name: string) => void;
  readonly #user: ManagementUser;
  readonly #inaccessible = new Set<number>();
  /** By point code · 256 + SSN. SSN 1 stands for the SCCP of the node as a whole. */
  readonly #prohibited = new Map<number, Prohibited>();
  readonly #byId = new Map<number, Prohibited>();
  #nextId = 1;

  constructor(options: {
    readonly pointCode: number;
    readonly timers: Timers;
    readonly statusTestMinMs: number;
    readonly statusTestMaxMs: number;
    readonly count: (name: string) => void;
    readonly user: ManagementUser;
  }) {
    this.#pointCode = options.pointCode;
    this.#timers = options.timers;
    this.#statusTestMinMs = options.statusTestMinMs;
    this.#statusTestMaxMs = options.statusTestMaxMs;
    this.#count = options.count;
    this.#user = options.user;
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

  isInService(pointCode: number, ssn: number): boolean {
    if (this.#prohibited.size === 0) return true;
    const base = pointCode * 256;
    return !this.#prohibited.has(base + ssn) && !this.#prohibited.has(base + SCMG_SSN);
  }

  /** Takes the user data of a UDT for subsystem 1. */
  take(octets: Uint8Array, opc: number): void {
    const decoded = decodeManagement(octets);
    if (!decoded.ok) return this.#count('sccp.management.undecodable');
    const { kind, affectedPointCode, affectedSsn } = decoded.value;
    this.#count(`sccp.management.${kind.toLowerCase()}.received`);
    switch (kind) {
      case 'SST':
        if (affectedPointCode === this.#pointCode && this.#user.isLocalInService(affectedSsn))
          this.#send(opc, 'SSA', affectedSsn, this.#pointCode);
        return;
      case 'SSP':
        return this.#prohibit(affectedPointCode, affectedSsn);
      case 'SSA':
        return this.#allow(affectedPointCode, affectedSsn);
      case 'SOR':
      case 'SOG':
        // There is no duplicate of our subsystems to hand over to: not granting is the answer (ITU-T Q.714 §5.3.5).
        return;
      case 'SSC':
        return this.#user.onPointCodeState(affectedPointCode, 'congested');
    }
  }

  /** Tells one node that a subsystem here is out of service (ITU-T Q.714 §5.3.2.2). */
  tellProhibited(pointCode: number, ssn: number): void {
    this.#send(pointCode, 'SSP', ssn, this.#pointCode);
  }

  tellAllowed(pointCode: number, ssn: number): void {
    this.#send(pointCode, 'SSA', ssn, this.#pointCode);
  }

  // From MTP (ITU-T Q.714 §5.2).

  pause(pointCode: number): void {
    if (this.#inaccessible.has(pointCode)) return;
    if (this.#inaccessible.size >= INACCESSIBLE_MAX) return this.#count('sccp.management.inaccessible-full');
    this.#inaccessible.add(pointCode);
    for (const one of [...this.#prohibited.values()]) if (one.pointCode === pointCode) this.#forget(one);
    this.#user.onPointCodeState(pointCode, 'inaccessible');
  }

  resume(pointCode: number): void {
    this.#inaccessible.delete(pointCode);
    for (const one of [...this.#prohibited.values()])
      if (one.pointCode === pointCode) this.#allow(pointCode, one.ssn);
    this.#user.onPointCodeState(pointCode, 'accessible');
  }

  status(pointCode: number, cause: MtpStatusCause): void {
    if (cause === 'congestion') return this.#user.onPointCodeState(pointCode, 'congested');
    // The SCCP there is gone: its subsystem 1 is tested until it answers, unless there is none.
    this.#prohibit(pointCode, SCMG_SSN, cause !== 'user-unequipped');
  }

  onTimer(_kind: number, id: number): void {
    const one = this.#byId.get(id);
    if (one === undefined) return;
    this.#send(one.pointCode, 'SST', one.ssn, one.pointCode);
    this.#test(one);
  }

  #prohibit(pointCode: number, ssn: number, tested = true): void {
    const key = pointCode * 256 + ssn;
    if (pointCode === this.#pointCode || this.#prohibited.has(key)) return;
    if (this.#prohibited.size >= PROHIBITED_MAX) return this.#count('sccp.management.prohibited-full');
    const one: Prohibited = { id: this.#nextId++, pointCode, ssn, timer: 0, nextMs: this.#statusTestMinMs };
    this.#prohibited.set(key, one);
    this.#byId.set(one.id, one);
    if (tested) this.#test(one);
    this.#user.onSubsystemState(pointCode, ssn, false);
  }

  #allow(pointCode: number, ssn: number): void {
    const one = this.#prohibited.get(pointCode * 256 + ssn);
    if (one === undefined) return;
    this.#forget(one);
    this.#user.onSubsystemState(pointCode, ssn, true);
  }

  #forget(one: Prohibited): void {
    this.#timers.stop(one.timer);
    this.#prohibited.delete(one.pointCode * 256 + one.ssn);
    this.#byId.delete(one.id);
  }

  /** T(stat.info): ever longer between tests (ITU-T Q.714 §5.3.4). */
  #test(one: Prohibited): void {
    one.timer = this.#timers.start(one.nextMs, this, 0, one.id);
    one.nextMs = Math.min(one.nextMs * 2, this.#statusTestMaxMs);
  }

  #send(to: number, kind: 'SSA' | 'SSP' | 'SST', affectedSsn: number, affectedPointCode: number): void {
    this.#count(`sccp.management.${kind.toLowerCase()}.sent`);
    this.#user.sendManagement(to, { kind, affectedSsn, affectedPointCode, multiplicity: 0 });
  }
}
