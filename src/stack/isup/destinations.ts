/**
 * The exchanges at the other ends: whether they and their user parts are there (`destination-fsm.ts`), and how much traffic is
 * held back while the way to them is congested (ITU-T Q.764 §2.10).
 */
import type { TimerListener } from '../../types/timers.ts';
import type { MtpStatusCause } from '../m3ua/mtp.ts';
import type { Core } from './core.ts';
import { type DestinationEvent, type DestinationState, destinationFsm } from './destination-fsm.ts';
import { TIMER_NAMES } from './timers.ts';

/** Steps in which traffic is taken away; at the last none is left. */
const CONGESTION_STEPS = 4;

interface Destination {
  readonly pointCode: number;
  /** Of its first circuit: UPT needs one. */
  readonly cic: number;
  state: DestinationState;
  t4: number;
  /** 0: no congestion … CONGESTION_STEPS. */
  step: number;
  t29: number;
  t30: number;
  /** Calls that were asked for, to leave the right share of them out. */
  asked: number;
}

const [T4, T29] = (['T4', 'T29'] as const).map((name) => TIMER_NAMES.indexOf(name));

export class Destinations implements TimerListener {
  readonly #core: Core;
  readonly #all = new Map<number, Destination>();

  constructor(core: Core) {
    this.#core = core;
    for (const { pointCode, firstCic: cic } of core.config.groups)
      if (!this.#all.has(pointCode))
        this.#all.set(pointCode, {
          pointCode,
          cic,
          state: 'available',
          t4: 0,
          step: 0,
          t29: 0,
          t30: 0,
          asked: 0,
        });
  }

  /** Whether a call may be set up now. */
  admits(pointCode: number): 'admitted' | 'unavailable' | 'congested' {
    const destination = this.#all.get(pointCode);
    if (destination === undefined || destination.state !== 'available') return 'unavailable';
    destination.asked = (destination.asked + 1) % CONGESTION_STEPS;
    return destination.asked < destination.step ? 'congested' : 'admitted';
  }

  stateOf(pointCode: number): DestinationState | undefined {
    return this.#all.get(pointCode)?.state;
  }

  onMessage(pointCode: number): void {
    this.#run(pointCode, 'message received', false);
  }

  onPause(pointCode: number): void {
    this.#run(pointCode, 'MTP-PAUSE', false);
  }

  onResume(pointCode: number): void {
    this.#run(pointCode, 'MTP-RESUME', false);
  }

  onStatus(pointCode: number, cause: MtpStatusCause): void {
    this.#core.count(`isup.mtp-status.${cause}`);
    if (cause === 'congestion') this.#onCongestion(pointCode);
    else this.#run(pointCode, 'MTP-STATUS user part', cause === 'user-unequipped');
  }

  onTimer(kind: number, pointCode: number): void {
    const destination = this.#all.get(pointCode);
    if (destination === undefined) return;
    this.#core.count(`isup.timer.${TIMER_NAMES[kind]!}`);
    if (kind === T4) this.#run(pointCode, 'T4 expiry', false);
    else if (kind === T29) destination.t29 = 0;
    else {
      destination.step--;
      destination.t30 = destination.step > 0 ? this.#start('T30', pointCode) : 0;
    }
  }

  /** A step less traffic; further indications are not heard until T29 has ended, and T30 gives a step back. */
  #onCongestion(pointCode: number): void {
    const destination = this.#all.get(pointCode);
    if (destination === undefined || destination.t29 !== 0) return;
    destination.step = Math.min(destination.step + 1, CONGESTION_STEPS);
    this.#core.timers.stop(destination.t30);
    destination.t29 = this.#start('T29', pointCode);
    destination.t30 = this.#start('T30', pointCode);
  }

  #run(pointCode: number, event: DestinationEvent, unequipped: boolean): void {
    const destination = this.#all.get(pointCode);
    if (destination === undefined) return;
    const row = destinationFsm.find(destination.state, event, () => unequipped);
    if (row === undefined) return;
    destination.state = row[4];
    for (const action of row[3])
      switch (action) {
        case 'send UPT':
          this.#core.send(destination, 'UPT', {});
          break;
        case 'start T4':
          destination.t4 = this.#start('T4', pointCode);
          break;
        case 'stop T4':
          this.#core.timers.stop(destination.t4);
          destination.t4 = 0;
          break;
        case 'AVAILABLE.ind':
          this.#core.destination(pointCode, true);
          break;
        case 'UNAVAILABLE.ind':
          this.#core.destination(pointCode, false);
          break;
      }
  }

  #start(name: 'T4' | 'T29' | 'T30', pointCode: number): number {
    return this.#core.timers.start(this.#core.times[name], this, TIMER_NAMES.indexOf(name), pointCode);
  }
}
