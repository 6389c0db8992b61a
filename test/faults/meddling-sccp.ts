/**
 * Stands between the engine's TCAP and its SCCP, on virtual time: peers that are gone or throttle, messages that come late, and messages
 * for an earlier life of the engine that come to this one.
 */
import type { SccpService, SccpUser, Unitdata } from '../../src/stack/sccp/service.ts';
import { messageTags } from '../../src/stack/tcap/tags.ts';
import type { Timers } from '../../src/types/timers.ts';

abstract class Meddler implements SccpService {
  protected readonly sccp: SccpService;

  constructor(sccp: SccpService) {
    this.sccp = sccp;
  }

  unitdata(request: Unitdata): void {
    this.sccp.unitdata(request);
  }

  bind(ssn: number, user: SccpUser): void {
    this.sccp.bind(ssn, {
      onUnitdata: (unitdata) => this.takes(ssn, unitdata, user),
      onNotice: (notice) => user.onNotice(notice),
      onState: (pointCode, subsystem, inService) => user.onState?.(pointCode, subsystem, inService),
      onPointCodeState: (pointCode, state) => user.onPointCodeState?.(pointCode, state),
    });
  }

  /** A message for the user of a subsystem of the engine. */
  protected abstract takes(ssn: number, unitdata: Unitdata, user: SccpUser): void;
}

/** What a peer does with messages that are for it. */
export type Conduct =
  | 'well'
  /** They are gone without a word. */
  | 'gone'
  /** They come back: the subsystem has failed (N-NOTICE). */
  | 'failed'
  /** So many in a second are taken; the others come back. */
  | { readonly perSecond: number };

/** ITU-T Q.713 §3.12. */
const SUBSYSTEM_CONGESTION = 2;
const SUBSYSTEM_FAILURE = 3;
const SECOND_MS = 1_000;

/** One peer, by its subsystem number, as it is to the service centre in the engine. */
export class PeerConduct extends Meddler {
  conduct: Conduct = 'well';
  readonly counts = { passed: 0, gone: 0, returned: 0 };
  readonly #serviceCentre: number;
  readonly #peer: number;
  readonly #timers: Timers;
  #user: SccpUser | undefined;
  #second = 0;
  #taken = 0;

  constructor(sccp: SccpService, serviceCentre: number, peer: number, timers: Timers) {
    super(sccp);
    this.#serviceCentre = serviceCentre;
    this.#peer = peer;
    this.#timers = timers;
  }

  override bind(ssn: number, user: SccpUser): void {
    if (ssn === this.#serviceCentre) this.#user = user;
    super.bind(ssn, user);
  }

  override unitdata(request: Unitdata): void {
    const isForPeer = request.calling.ssn === this.#serviceCentre && request.called.ssn === this.#peer;
    if (!isForPeer || this.#passes()) return super.unitdata(request);
    if (this.conduct === 'gone') {
      this.counts.gone++;
      return;
    }
    this.counts.returned++;
    const returnCause = this.conduct === 'failed' ? SUBSYSTEM_FAILURE : SUBSYSTEM_CONGESTION;
    const notice = {
      ...request,
      data: request.data.slice(),
      called: request.calling,
      calling: request.called,
      returnCause,
    };
    // Never inside a call of `unitdata`.
    this.#timers.start(1, { onTimer: () => this.#user?.onNotice(notice) }, 0, 0);
  }

  protected override takes(ssn: number, unitdata: Unitdata, user: SccpUser): void {
    const isOfPeer = ssn === this.#serviceCentre && unitdata.calling.ssn === this.#peer;
    // A peer that is gone says nothing either.
    if (isOfPeer && (this.conduct === 'gone' || this.conduct === 'failed')) return;
    user.onUnitdata(unitdata);
  }

  #passes(): boolean {
    const { conduct } = this;
    if (typeof conduct === 'object') {
      const second = Math.floor(this.#timers.now() / SECOND_MS);
      if (second !== this.#second) this.#taken = 0;
      this.#second = second;
      if (this.#taken++ >= conduct.perSecond) return false;
    } else if (conduct !== 'well') return false;
    this.counts.passed++;
    return true;
  }
}

/** Some messages of one subsystem come later than they would, and what was sent after them before them. */
export class LateSccp extends Meddler {
  delayed = 0;
  readonly #ssn: number;
  readonly #lateMs: () => number;
  readonly #timers: Timers;

  /** @param lateMs 0: it comes at once */
  constructor(sccp: SccpService, ssn: number, lateMs: () => number, timers: Timers) {
    super(sccp);
    this.#ssn = ssn;
    this.#lateMs = lateMs;
    this.#timers = timers;
  }

  protected override takes(ssn: number, unitdata: Unitdata, user: SccpUser): void {
    const isBegin = unitdata.data[0] === messageTags.begin;
    const lateMs = ssn === this.#ssn && !isBegin ? this.#lateMs() : 0;
    if (lateMs === 0) return user.onUnitdata(unitdata);
    this.delayed++;
    const late = { ...unitdata, data: unitdata.data.slice() };
    this.#timers.start(lateMs, { onTimer: () => user.onUnitdata(late) }, 0, 0);
  }
}

/** What is kept of each life. */
const KEPT_MAX = 2_000;

/** What was for transactions of one life of the engine: to be said again to another one. */
export interface Remembered {
  readonly ssn: number;
  readonly unitdata: Unitdata;
}

/** Remembers what came for transactions of this life, and says to it what came for those of others. */
export class RememberingSccp extends Meddler {
  readonly heard: Remembered[] = [];
  readonly #users = new Map<number, SccpUser>();

  override bind(ssn: number, user: SccpUser): void {
    this.#users.set(ssn, user);
    super.bind(ssn, user);
  }

  say({ ssn, unitdata }: Remembered): void {
    this.#users.get(ssn)?.onUnitdata(unitdata);
  }

  protected override takes(ssn: number, unitdata: Unitdata, user: SccpUser): void {
    const isForOurs = unitdata.data[0] === messageTags.end || unitdata.data[0] === messageTags.continue;
    if (isForOurs && this.heard.length < KEPT_MAX)
      this.heard.push({ ssn, unitdata: { ...unitdata, data: unitdata.data.slice() } });
    user.onUnitdata(unitdata);
  }
}
