/**
 * Mandatory parameters of a PDU (SMPP 5.0 §3.1): integers, C-octet strings, which end with a NULL, and the pair of
 * sm_length and short_message. Each knows the status that refuses it.
 */
import type { CommandStatusName } from './command-status.ts';

export interface IntegerField {
  readonly kind: 'integer';
  readonly octets: 1;
}

/** Of ASCII characters; it is read as ISO 8859-1, so that no octet is lost. */
export interface StringField {
  readonly kind: 'string';
  /** With its NULL. */
  readonly octetsMax: number;
  readonly refusedWith: CommandStatusName;
}

/** Absent, the NULL alone, or sixteen characters (SMPP 5.0 §4.7.23). */
export interface TimeField {
  readonly kind: 'time';
  readonly refusedWith: CommandStatusName;
}

/** sm_length and as many octets. */
export interface ShortMessageField {
  readonly kind: 'short-message';
}

export type Field = IntegerField | StringField | TimeField | ShortMessageField;
export type Fields = Readonly<Record<string, Field>>;

export type ValueOf<F extends Field> = F extends IntegerField
  ? number
  : F extends ShortMessageField
    ? Uint8Array
    : string;

export type ValuesOf<F extends Fields> = { readonly [name in keyof F]: ValueOf<F[name]> };

export const integer1: IntegerField = { kind: 'integer', octets: 1 };
export const shortMessage: ShortMessageField = { kind: 'short-message' };

export const string = (octetsMax: number, refusedWith: CommandStatusName): StringField => ({
  kind: 'string',
  octetsMax,
  refusedWith,
});
export const time = (refusedWith: CommandStatusName): TimeField => ({ kind: 'time', refusedWith });

export const TIME_OCTETS = 17;
/** sm_length is one octet; 255 is not used (SMPP 5.0 §4.7.28). */
export const SHORT_MESSAGE_OCTETS_MAX = 254;
