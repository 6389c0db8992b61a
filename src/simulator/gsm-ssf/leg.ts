import type { CallInformationRequestArg } from '../../stack/cap/operations/call-information-request.ts';
import type { Later } from '../later.ts';
import type { Bcsm, BcsmEvent } from './bcsm-fsm.ts';
import type { CalledScript } from './call-script.ts';
import type { CallSegment } from './call-segment.ts';
import type { ChargedCall } from './charging.ts';
import type { EventDetails } from './event-information.ts';

const ALERTING_AFTER_MS = 100;
/** ITU-T Q.850. */
const NO_ROUTE = 3;
const USER_BUSY = 17;
const NORMAL = 16;

/** Hears what the network does with a leg. */
export interface LegHost {
  readonly later: Later;
  now(): number;
  onNetwork(leg: Leg, event: BcsmEvent, details: EventDetails): void;
}

/** A call segment with its legs. */
export type LegSegment = CallSegment<Leg>;

/** One party of a call, and what the network does with it. */
export class Leg {
  readonly id: number;
  readonly #host: LegHost;
  /** Shared by the calling and the called party of a call; a leg that the gsmSCF made has its own. */
  readonly bcsm: Bcsm;
  segment: LegSegment;
  number = '';
  script: CalledScript | undefined;
  attemptAtMs: number;
  answeredAtMs: number | undefined;
  charging: ChargedCall | undefined;
  requested: CallInformationRequestArg['requestedInformationTypeList'] | undefined;
  #timers: number[] = [];
  #noAnswer = 0;

  constructor(host: LegHost, id: number, bcsm: Bcsm, segment: LegSegment) {
    this.#host = host;
    this.id = id;
    this.bcsm = bcsm;
    this.segment = segment;
    this.attemptAtMs = host.now();
  }

  after(delayMs: number, run: () => void): void {
    this.#timers.push(this.#host.later.after(delayMs, run));
  }

  stop(): void {
    for (const timer of this.#timers) this.#host.later.cancel(timer);
    this.#timers = [];
    this.#host.later.cancel(this.#noAnswer);
  }

  /** The call goes to `number`, and its party behaves as `script` says. */
  route(number: string, script: CalledScript): void {
    this.stop();
    this.number = number;
    this.script = script;
    this.attemptAtMs = this.#host.now();
    this.answeredAtMs = undefined;
    switch (script.kind) {
      case 'route-failure':
        return this.#event(script.afterMs, 'route failure', { cause: script.cause ?? NO_ROUTE });
      case 'busy':
        return this.#event(script.afterMs, 'busy', { cause: script.cause ?? USER_BUSY });
      case 'answers':
        this.#event(ALERTING_AFTER_MS, 'alerting', {});
        return this.#event(ALERTING_AFTER_MS + script.ringsMs, 'answer', { destination: number });
      case 'no-answer':
        this.#event(ALERTING_AFTER_MS, 'alerting', {});
        return this.#event(ALERTING_AFTER_MS + script.ringsMs, 'no answer', {});
    }
  }

  /** The gsmSCF's own limit of ringing: the application timer of the detection point. */
  limitRinging(seconds: number): void {
    this.#noAnswer = this.#host.later.after(seconds * 1000, () => {
      this.stop();
      this.#host.onNetwork(this, 'no answer', {});
    });
  }

  answered(): void {
    this.#host.later.cancel(this.#noAnswer);
    this.answeredAtMs = this.#host.now();
    this.charging?.answered();
  }

  /** The party talks, and hangs up when its script says so. */
  talks(): void {
    if (this.script?.kind === 'answers' && this.script.talksMs !== undefined)
      this.#event(this.script.talksMs, 'disconnect', { cause: NORMAL });
  }

  #event(delayMs: number, event: BcsmEvent, details: EventDetails): void {
    this.after(delayMs, () => this.#host.onNetwork(this, event, details));
  }
}
