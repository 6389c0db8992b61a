/**
 * anyTimeInterrogation: the gsmSCF asks the HLR, and that the VLR, whether a subscriber is there (A4; 3GPP TS 29.002 §8.11.1;
 * TS 23.078 §11.3.1). The last resort, where nobody tells: so it is asked within a budget, of those who wait longest first.
 */
import { internationalAddress } from '../../stack/map/address-string.ts';
import { anyTimeInfoEnquiryContextV3 } from '../../stack/map/application-contexts.ts';
import {
  type AnyTimeInterrogationRes,
  anyTimeInterrogation,
} from '../../stack/map/operations/any-time-interrogation.ts';
import {
  type RequestPorts,
  requestNegotiated,
  requestVersion,
} from '../../stack/map/service/negotiated-request.ts';
import type { SccpAddress } from '../../stack/sccp/service.ts';
import { OldestFirst } from '../../types/oldest-first.ts';
import type { TimerListener, Timers } from '../../types/timers.ts';
import type { DeliveryAddresses } from './sms-delivery-ports.ts';

export interface Interrogated {
  /** 'unknown': the answer does not say, or there was none. */
  readonly state: 'not-reachable' | 'idle' | 'busy' | 'unknown';
  /** The phone was in contact with the network so long ago, or later; undefined: the answer does not say. */
  readonly contactAgeMs: number | undefined;
  readonly detail: string;
}

export interface InterrogationOptions {
  /** Requests a second; 0: nobody is asked. */
  readonly interrogationsPerSecond: number;
  /** Questions that wait for the budget, or for their answer; of more the one that waits for the shortest time is not asked. */
  readonly interrogationsMax: number;
  readonly timeoutMs: number;
  /** International digits of our own. */
  readonly gsmScf: string;
  readonly gsmScfAddress: SccpAddress;
}

export interface InterrogationPorts extends RequestPorts {
  readonly timers: Timers;
  readonly addresses: DeliveryAddresses;
}

interface Question {
  readonly subscriber: string;
  readonly done: (answer: Interrogated) => void;
}

const SUBSYSTEM_HLR = 6;
const MINUTE_MS = 60_000;
const REFILL = 1;
const NO_BUDGET: Interrogated = {
  state: 'not-reachable',
  contactAgeMs: undefined,
  detail: 'no budget to ask',
};

export class Interrogation implements TimerListener {
  readonly #ports: InterrogationPorts;
  readonly #options: InterrogationOptions;
  readonly #waiting = new OldestFirst<Question>();
  #underWay = 0;
  #tokens = 1;
  #refilledAtMs: number;
  #timer = 0;

  constructor(ports: InterrogationPorts, options: InterrogationOptions) {
    this.#ports = ports;
    this.#options = options;
    this.#refilledAtMs = ports.timers.now();
  }

  get isAllowed(): boolean {
    return this.#options.interrogationsPerSecond > 0;
  }

  /** Questions that wait for the budget. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /**
   * Asks of a subscriber for whom something waits since `sinceMs`, at once or when its turn comes. Who is turned away for want of
   * room counts as not reachable: there is another time.
   */
  ask(subscriber: string, sinceMs: number, done: (answer: Interrogated) => void): void {
    this.#waiting.add(sinceMs, { subscriber, done });
    if (this.#waiting.size + this.#underWay > this.#options.interrogationsMax) {
      this.#ports.counters.count('interrogation.no-budget');
      this.#waiting.takeYoungest()?.done(NO_BUDGET);
    }
    this.#spend();
  }

  onTimer(): void {
    this.#timer = 0;
    this.#spend();
  }

  #spend(): void {
    const { timers } = this.#ports;
    const { interrogationsPerSecond: perSecond } = this.#options;
    const nowMs = timers.now();
    const burst = Math.max(1, perSecond);
    this.#tokens = Math.min(burst, this.#tokens + ((nowMs - this.#refilledAtMs) * perSecond) / 1_000);
    this.#refilledAtMs = nowMs;
    while (this.#tokens >= 1) {
      const next = this.#waiting.takeOldest();
      if (next === undefined) return;
      this.#tokens--;
      this.#send(next);
    }
    if (this.#waiting.size === 0 || this.#timer !== 0) return;
    this.#timer = timers.start(Math.ceil(((1 - this.#tokens) * 1_000) / perSecond), this, REFILL, 0);
  }

  #send({ subscriber, done }: Question): void {
    const { counters, addresses } = this.#ports;
    const { gsmScf, gsmScfAddress, timeoutMs } = this.#options;
    counters.count('interrogation.asked');
    this.#underWay++;
    requestNegotiated(
      this.#ports,
      {
        localAddress: gsmScfAddress,
        remoteAddress: addresses.subsystem(subscriber, SUBSYSTEM_HLR),
        destination: subscriber,
        versions: [
          requestVersion(
            anyTimeInfoEnquiryContextV3,
            anyTimeInterrogation,
            {
              subscriberIdentity: { msisdn: internationalAddress(subscriber) },
              requestedInfo: { subscriberState: null, locationInformation: null },
              'gsmSCF-Address': internationalAddress(gsmScf),
            },
            (result) => result && answerOf(result),
          ),
        ],
        timeoutMs,
      },
      (answer) => {
        this.#underWay--;
        const heard =
          answer.kind === 'result'
            ? answer.value
            : unknown(answer.kind === 'error' ? `error ${answer.code}` : answer.why);
        counters.count(`interrogation.${heard.state}`);
        done(heard);
      },
    );
  }
}

function unknown(why: string): Interrogated {
  return { state: 'unknown', contactAgeMs: undefined, detail: `anyTimeInterrogation: ${why}` };
}

/** Subscriber state and age of location information: 3GPP TS 29.002 §17.7.1; TS 23.078 §11.3.1. */
function answerOf({ subscriberInfo }: AnyTimeInterrogationRes): Interrogated {
  const { subscriberState: state, locationInformation } = subscriberInfo;
  const minutes = locationInformation?.ageOfLocationInformation;
  // The age is in whole minutes: the contact was no longer ago than this.
  const contactAgeMs = minutes === undefined ? undefined : (minutes + 1) * MINUTE_MS;
  if (typeof state !== 'object') {
    return { ...unknown('no subscriber state'), contactAgeMs };
  }
  if ('camelBusy' in state) return { state: 'busy', contactAgeMs: 0, detail: '' };
  if ('assumedIdle' in state) return { state: 'idle', contactAgeMs, detail: '' };
  if ('netDetNotReachable' in state)
    return {
      state: 'not-reachable',
      contactAgeMs,
      detail: `anyTimeInterrogation: ${String(state.netDetNotReachable)}`,
    };
  return { ...unknown('not provided from VLR'), contactAgeMs };
}
