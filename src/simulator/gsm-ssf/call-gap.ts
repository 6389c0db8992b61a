/** Call gapping: 3GPP TS 29.078 §11.5. The gsmSSF asks less often, as the gsmSCF ordered for a service or an address. */
import type { BasicGapCriteria, CallGapArg } from '../../stack/cap/operations/call-gap.ts';
import { decodeCause } from '../../stack/isup/cause.ts';
import { decodeGapAddress } from './gap-address.ts';

interface Gap {
  readonly serviceKey: number | undefined;
  readonly called: string | undefined;
  readonly calling: string | undefined;
  readonly untilMs: number;
  /** −1: no call is let through; 0: all are. */
  readonly intervalMs: number;
  nextMs: number;
  readonly cause: number | undefined;
}

export interface GappedCall {
  readonly serviceKey: number;
  readonly callingNumber: string;
  readonly calledNumber: string;
}

const GAPS_MAX = 64;
/** The duration that stands for ever, and the one that stands for the network's own. */
const INFINITE = -1;
const NETWORK_SPECIFIC = -2;
const NETWORK_SPECIFIC_SECONDS = 60;

export class CallGaps {
  readonly #gaps = new Map<string, Gap>();

  get size(): number {
    return this.#gaps.size;
  }

  /** A new order for the same criteria takes the place of the old one; duration 0 ends it. */
  order({ gapCriteria, gapIndicators, gapTreatment }: CallGapArg, nowMs: number): void {
    const basic =
      'basicGapCriteria' in gapCriteria
        ? gapCriteria.basicGapCriteria
        : gapCriteria.compoundGapCriteria.basicGapCriteria;
    const which = criteriaOf(basic);
    const key = JSON.stringify(which);
    const { duration, gapInterval } = gapIndicators;
    if (duration === 0) {
      this.#gaps.delete(key);
      return;
    }
    if (!this.#gaps.has(key) && this.#gaps.size >= GAPS_MAX) return;
    const seconds = duration === NETWORK_SPECIFIC ? NETWORK_SPECIFIC_SECONDS : duration;
    const cause =
      gapTreatment !== undefined && 'releaseCause' in gapTreatment
        ? decodeCause(gapTreatment.releaseCause)?.value
        : undefined;
    this.#gaps.set(key, {
      ...which,
      untilMs: duration === INFINITE ? Number.POSITIVE_INFINITY : nowMs + seconds * 1000,
      intervalMs: gapInterval,
      nextMs: nowMs,
      cause,
    });
  }

  /** Undefined: the call may be told of. Else what it is released with, if the gsmSCF said. */
  gapped(call: GappedCall, nowMs: number): { readonly cause: number | undefined } | undefined {
    for (const [key, gap] of this.#gaps) {
      if (gap.untilMs <= nowMs) this.#gaps.delete(key);
      else if (matches(gap, call)) {
        if (gap.intervalMs < 0 || nowMs < gap.nextMs) return { cause: gap.cause };
        gap.nextMs = nowMs + gap.intervalMs;
      }
    }
    return undefined;
  }
}

type Criteria = Pick<Gap, 'serviceKey' | 'called' | 'calling'>;
function criteriaOf(basic: BasicGapCriteria): Criteria {
  const none = { serviceKey: undefined, called: undefined, calling: undefined };
  if ('calledAddressValue' in basic) return { ...none, called: decodeGapAddress(basic.calledAddressValue) };
  if ('gapOnService' in basic) return { ...none, serviceKey: basic.gapOnService.serviceKey };
  if ('calledAddressAndService' in basic) {
    const { calledAddressValue, serviceKey } = basic.calledAddressAndService;
    return { ...none, called: decodeGapAddress(calledAddressValue), serviceKey };
  }
  const { callingAddressValue, serviceKey } = basic.callingAddressAndService;
  return { ...none, calling: decodeGapAddress(callingAddressValue), serviceKey };
}

/** Addresses match from their beginning: 3GPP TS 29.078 §11.5.1.1. */
function matches({ serviceKey, called, calling }: Gap, call: GappedCall): boolean {
  return (
    (serviceKey === undefined || serviceKey === call.serviceKey) &&
    (called === undefined || call.calledNumber.startsWith(called)) &&
    (calling === undefined || call.callingNumber.startsWith(calling))
  );
}
