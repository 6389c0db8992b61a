/**
 * An SCCP on whose way some of what passes certain subsystems is lost, doubled or late, as connectionless service may be
 * (ITU-T Q.711 §6.2). What goes in sequence (class 1) may be late, and overtakes nothing of its kind.
 */
import type { SccpService, SccpUser, Unitdata } from '../../src/stack/sccp/service.ts';
import type { Timers } from '../../src/types/timers.ts';

export type Fate = number | 'lost' | 'twice';

export interface FickleSccpOptions {
  readonly timers: Timers;
  readonly subsystems: readonly number[];
  /** Milliseconds that a message is late, 0 for most. */
  readonly fate: (ssn: number) => Fate;
}

export class FickleSccp implements SccpService {
  readonly #sccp: SccpService;
  readonly #options: FickleSccpOptions;
  /** When the last message in sequence is through, by the way and the subsystem. */
  readonly #through = new Map<string, number>();

  constructor(sccp: SccpService, options: FickleSccpOptions) {
    this.#sccp = sccp;
    this.#options = options;
  }

  unitdata(request: Unitdata): void {
    if (!this.#isFickle(request.calling.ssn ?? 0)) return this.#sccp.unitdata(request);
    this.#pass('out', request.calling.ssn ?? 0, request, (message) => this.#sccp.unitdata(message));
  }

  bind(ssn: number, user: SccpUser): void {
    if (!this.#isFickle(ssn)) return this.#sccp.bind(ssn, user);
    this.#sccp.bind(ssn, {
      onUnitdata: (unitdata) => this.#pass('in', ssn, unitdata, (message) => user.onUnitdata(message)),
      onNotice: (notice) => user.onNotice(notice),
      onState: (pointCode, subsystem, inService) => user.onState?.(pointCode, subsystem, inService),
      onPointCodeState: (pointCode, state) => user.onPointCodeState?.(pointCode, state),
    });
  }

  #isFickle(ssn: number): boolean {
    return this.#options.subsystems.includes(ssn);
  }

  #pass(way: 'out' | 'in', ssn: number, message: Unitdata, deliver: (message: Unitdata) => void): void {
    const { timers, fate } = this.#options;
    const drawn = fate(ssn);
    // What is doubled on its way out the far side does twice, and may answer in two ways: nobody here can tell.
    const met = drawn === 'twice' && way === 'out' ? 0 : drawn;
    if (met === 'lost') return;
    const inSequence = message.sequenceControl !== undefined;
    const now = timers.now();
    let lateMs = typeof met === 'number' ? met : 0;
    if (inSequence) {
      const key = `${way} ${ssn}`;
      lateMs = Math.max(lateMs, (this.#through.get(key) ?? 0) - now);
      this.#through.set(key, now + lateMs);
    }
    if (lateMs <= 0 && met !== 'twice') return deliver(message);
    // The octets are valid during the call only.
    const copy = { ...message, data: message.data.slice() };
    if (lateMs <= 0) deliver(message);
    timers.start(Math.max(1, lateMs), { onTimer: () => deliver(copy) }, 0, 0);
  }
}
