/** `/phones`: what a page may do with the phones of a simulated network. */
import { z } from 'zod';
import { PHONE_ANSWER_MAX, PHONE_TEXT_MAX, phoneOrder } from '../../simulator/phone-orders.ts';
import type { PhoneAction, Phones } from '../../web/phones.ts';
import { originAllowed } from './security.ts';
import type { WebRequest } from './transport.ts';

export const PHONES_PATH = '/phones';

export type PhonesOutcome =
  | { readonly status: 200; readonly json: unknown }
  | { readonly status: 400 | 403 | 404 | 413 | 415 | 429; readonly because: string };

const number = z.string().regex(/^\d{5,15}$/);
const request = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('people') }),
  z.strictObject({ kind: z.literal('stir') }),
  z.strictObject({ kind: z.literal('look'), number }),
  z.strictObject({ kind: z.literal('ring'), number }),
  z.strictObject({ kind: z.literal('power'), number, on: z.boolean() }),
  z.strictObject({ kind: z.literal('send'), number, text: z.string().min(1).max(PHONE_TEXT_MAX) }),
  z.strictObject({ kind: z.literal('dial'), number, code: z.string() }),
  z.strictObject({ kind: z.literal('answer'), number, text: z.string().min(1).max(PHONE_ANSWER_MAX) }),
  z.strictObject({ kind: z.literal('cancel'), number }),
]);

/** Of all pages together: what is looked at, and what is done, a second; so many may come at once. */
const LOOKS_PER_SECOND = 40;
const ACTS_PER_SECOND = 5;
const BURST_SECONDS = 3;

/** What may be asked so often. */
class Allowance {
  readonly #perSecond: number;
  readonly #nowMs: () => number;
  #left: number;
  #atMs: number;

  constructor(perSecond: number, nowMs: () => number) {
    this.#perSecond = perSecond;
    this.#nowMs = nowMs;
    this.#left = perSecond * BURST_SECONDS;
    this.#atMs = nowMs();
  }

  take(): boolean {
    const nowMs = this.#nowMs();
    const earned = (Math.max(0, nowMs - this.#atMs) / 1_000) * this.#perSecond;
    this.#left = Math.min(this.#perSecond * BURST_SECONDS, this.#left + earned);
    this.#atMs = nowMs;
    if (this.#left < 1) return false;
    this.#left--;
    return true;
  }
}

export class PhonesRoute {
  readonly #phones: Phones;
  readonly #origins: readonly string[];
  readonly #looks: Allowance;
  readonly #acts: Allowance;

  /** @param nowMs a clock that is never set */
  constructor(phones: Phones, origins: readonly string[], nowMs: () => number = () => performance.now()) {
    this.#phones = phones;
    this.#origins = origins;
    this.#looks = new Allowance(LOOKS_PER_SECOND, nowMs);
    this.#acts = new Allowance(ACTS_PER_SECOND, nowMs);
  }

  /** A page of another origin cannot send it, as with `/alarms/acknowledge`. */
  async answer(from: WebRequest): Promise<PhonesOutcome> {
    if (!originAllowed(from.origin, from.host, this.#origins) || from.fetchSite === 'cross-site')
      return { status: 403, because: 'A page from elsewhere may not operate phones.' };
    if (!/^application\/json\s*(;|$)/i.test(from.contentType))
      return { status: 415, because: 'Send JSON, with Content-Type: application/json.' };
    if (from.body === 'too-long') return { status: 413, because: 'The body is too long.' };
    const asked = request.safeParse(jsonIn(from.body));
    if (!asked.success) return { status: 400, because: 'Send {"kind": "look", "number": "…"} or the like.' };
    const isLook = asked.data.kind === 'look' || asked.data.kind === 'people';
    if (!(isLook ? this.#looks : this.#acts).take())
      return { status: 429, because: 'That is too often: wait a moment.' };
    if (asked.data.kind === 'people') return { status: 200, json: this.#phones.people() };
    if (asked.data.kind === 'stir') return { status: 200, json: { stirred: this.#phones.stir() } };
    const { number: called, ...action } = asked.data;
    if (action.kind === 'dial' && !phoneOrder.safeParse({ ...action, number: called }).success)
      return { status: 400, because: 'A code begins with * or #, has digits, and ends with #.' };
    const state = await this.#phones.act(called, action satisfies PhoneAction);
    return state === undefined
      ? { status: 404, because: 'There is no such phone.' }
      : { status: 200, json: state };
  }
}

function jsonIn(body: Uint8Array | undefined): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body ?? new Uint8Array()));
  } catch {
    return undefined;
  }
}
