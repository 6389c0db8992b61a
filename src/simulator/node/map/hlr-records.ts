import { decodeAddressString } from '../../../stack/map/address-string.ts';
import { decodeTbcd } from '../../../stack/map/tbcd.ts';
import type { RoleEnvironment } from '../role.ts';
import type { Version } from './contexts.ts';
import { indexOf, type Subscriber, subscriberAt } from './subscribers.ts';

export interface Forwarding {
  readonly ssCode: number;
  readonly number: Uint8Array;
  readonly noReplySeconds: number | undefined;
  active: boolean;
}

export interface HlrRecord {
  readonly subscriber: Subscriber;
  /** Digits of the serving nodes, and the version in which the VLR has registered. */
  vlr: string;
  msc: string;
  vlrVersion: Version;
  purged: boolean;
  /** MNRF and MCEF, and the service centres that wait (3GPP TS 23.040 §3.2.7). */
  notReachable: boolean;
  memoryFull: boolean;
  readonly waiting: Set<string>;
  readonly forwardings: Map<number, Forwarding>;
  /** Call barring programs that are active. */
  readonly barrings: Set<number>;
  password: string;
}

export const WAITED_FOR = 5;

/** Service centres in the message waiting data of one subscriber. */
export const WAITING_MAX = 8;

export class HlrRecords {
  readonly #environment: RoleEnvironment;
  readonly #records = new Map<number, HlrRecord>();

  constructor(environment: RoleEnvironment) {
    this.#environment = environment;
  }

  byImsi(imsi: Uint8Array): HlrRecord | undefined {
    return this.#byDigits(decodeTbcd(imsi));
  }

  byMsisdn(msisdn: Uint8Array): HlrRecord | undefined {
    return this.#byDigits(decodeAddressString(msisdn)?.digits ?? '');
  }

  byIdentity(
    identity: { readonly imsi: Uint8Array } | { readonly msisdn: Uint8Array },
  ): HlrRecord | undefined {
    return 'imsi' in identity ? this.byImsi(identity.imsi) : this.byMsisdn(identity.msisdn);
  }

  at(index: number): HlrRecord {
    let record = this.#records.get(index);
    if (record === undefined) {
      const { numbers, mapVersionMax } = this.#environment.plan;
      record = {
        subscriber: subscriberAt(numbers, index),
        // Everybody is somewhere before it begins.
        vlr: numbers.vlr[0],
        msc: numbers.msc[0],
        vlrVersion: mapVersionMax,
        purged: false,
        // The phones with a 5 at the end have missed a short message: the service centre waits for them.
        notReachable: index % 10 === WAITED_FOR,
        memoryFull: false,
        waiting: new Set(index % 10 === WAITED_FOR ? [numbers.smsc[0]] : []),
        forwardings: new Map(),
        barrings: new Set(),
        password: '0000',
      };
      this.#records.set(index, record);
    }
    return record;
  }

  #byDigits(digits: string): HlrRecord | undefined {
    const index = indexOf(this.#environment.plan.numbers, digits);
    return index === undefined ? undefined : this.at(index);
  }
}
