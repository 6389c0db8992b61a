/** Reads what came from outside as a change of one profile, and writes profiles for outside. */
import type { z } from 'zod';
import { nearest } from '../config/suggestion.ts';
import type { Numbering } from '../types/written-number.ts';
import type { ProfileChange } from './profile-change.ts';
import { profileSchemas } from './profile-fields.ts';

/** What is wrong, and what is allowed there. */
export interface Fault {
  /** Path of the field, as in `mayKnow.3`; empty: the row as a whole. Unlike the message it holds nothing personal. */
  readonly field: string;
  readonly message: string;
  readonly allowed: string;
}

export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: Fault };

/** A change of one subscriber. */
export interface SubscriberChange {
  /** E.164 digits without a plus. */
  readonly number: string;
  readonly change: ProfileChange;
}

type Plain = Readonly<Record<string, unknown>>;

const SHOWN_MAX = 40;

export class ProfileReader {
  readonly schemas: ReturnType<typeof profileSchemas>;
  readonly #names: readonly string[];

  constructor(numbering: Numbering) {
    this.schemas = profileSchemas(numbering);
    this.#names = Object.keys(this.schemas.change.shape);
  }

  /** @param plain `number`, and fields in their outside form */
  read({ number: written, ...plain }: Plain): Read<SubscriberChange> {
    if (written === undefined || written === '')
      return { ok: false, fault: { field: 'number', message: 'number is missing', allowed: NUMBER_ALLOWED } };
    const number = this.schemas.number.safeParse(written);
    if (!number.success) return this.#faulty(number.error, written, 'number');
    const change = this.change(plain);
    return change.ok ? { ok: true, value: { number: number.data, change: change.value } } : change;
  }

  change(plain: Plain): Read<ProfileChange> {
    const change = this.schemas.change.safeParse(plain);
    return change.success ? { ok: true, value: change.data } : this.#faulty(change.error, plain);
  }

  /** The first thing that is wrong. */
  #faulty(error: z.ZodError, input: unknown, at?: 'number'): { ok: false; fault: Fault } {
    const issue = error.issues[0]!;
    if (issue.code === 'unrecognized_keys') {
      const [key = ''] = issue.keys;
      const meant = nearest(key, this.#names);
      const hint = meant === undefined ? '' : `, did you mean ${meant}?`;
      const message = `there is no field ${shown(key)}${hint}`;
      return { ok: false, fault: { field: '', message, allowed: this.#names.join(', ') } };
    }
    const field = at ?? issue.path.map(String).join('.');
    const value = issue.path.reduce<unknown>(
      (held, step) => (Object(held) as Record<PropertyKey, unknown>)[step],
      input,
    );
    const message = `${field || 'the row'}: ${shown(value)} is not allowed`;
    return { ok: false, fault: { field, message, allowed: issue.message } };
  }
}

const NUMBER_ALLOWED = 'an international number (E.164), or one of national form';

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > SHOWN_MAX + 2 ? `${text.slice(0, SHOWN_MAX)}…` : text;
}
