/**
 * Address field of a TPDU (3GPP TS 23.040 §9.1.2.5).
 *
 *     octet 1     number of useful semi-octets, 0 … 20 (of an alphanumeric address: those that its septets touch)
 *     octet 2     1 | type of number (3 bits) | numbering plan (4 bits)
 *     octets 3 …  semi-octets, the first in the low half; 1111 fills the last octet. Alphanumeric: packed septets.
 */
import assert from 'node:assert/strict';
import { failure, type Result, success } from '../../types/result.ts';
import { gsm7Septets, gsm7Text } from './gsm7-alphabet.ts';
import { packSeptets, unpackSeptets } from './gsm7-packing.ts';

export interface NumberAddress {
  readonly kind: 'number';
  /** 0 unknown, 1 international, 2 national, 3 network specific, 4 subscriber, 6 abbreviated. */
  readonly typeOfNumber: number;
  /** 1 is E.164. */
  readonly numberingPlan: number;
  /** `0-9 * # a b c`, at most 20. */
  readonly digits: string;
}

/** Type of number 5: a name in the GSM 7 bit default alphabet, at most 11 septets. */
export interface AlphanumericAddress {
  readonly kind: 'alphanumeric';
  readonly numberingPlan: number;
  readonly text: string;
}

export type SmsAddress = NumberAddress | AlphanumericAddress;

const clause = '3GPP TS 23.040 §9.1.2.5';
const semiOctetsMax = 20;
const alphanumeric = 5;
const digitCharacters = '0123456789*#abc';
const filler = 0x0f;

/** An international E.164 number; `digits` without a plus. */
export function internationalAddress(digits: string): NumberAddress {
  return { kind: 'number', typeOfNumber: 1, numberingPlan: 1, digits };
}

/**
 * The address that a person means by `text`: `+4915112345` international, `4321` a short number of unknown type, anything
 * else alphanumeric. Failures: `sms.address-too-long`, `sms.address-empty`, `sms.address-alphabet` (a character outside GSM 7 bit).
 */
export function addressOf(text: string): Result<SmsAddress> {
  if (text === '') return failure('sms.address-empty', 0, clause);
  const number = /^(\+?)([0-9*#]+)$/.exec(text);
  if (number !== null) {
    const digits = number[2] as string;
    if (digits.length > semiOctetsMax) return failure('sms.address-too-long', semiOctetsMax, clause);
    const typeOfNumber = number[1] === '+' ? 1 : 0;
    return success({ kind: 'number', typeOfNumber, numberingPlan: 1, digits });
  }
  const septets = gsm7Septets(text);
  if (septets === undefined) return failure('sms.address-alphabet', 0, clause);
  if (septets.length > 11) return failure('sms.address-too-long', 11, clause);
  return success({ kind: 'alphanumeric', numberingPlan: 0, text });
}

/** Octets that the address takes with its length and type. */
export function addressOctets(address: SmsAddress): number {
  return 2 + ((semiOctets(address) + 1) >>> 1);
}

function semiOctets(address: SmsAddress): number {
  if (address.kind === 'number') return address.digits.length;
  return Math.ceil(((gsm7Septets(address.text)?.length ?? 0) * 7) / 4);
}

/** Writes the address at `offset`; returns the offset behind it. An address out of range is a programmer's error. */
export function writeAddress(address: SmsAddress, target: Uint8Array, offset: number): number {
  let to = offset;
  if (address.kind === 'alphanumeric') {
    const septets = gsm7Septets(address.text);
    assert(septets !== undefined && septets.length <= 11, 'an alphanumeric address is 11 septets at most');
    target[to++] = Math.ceil((septets.length * 7) / 4);
    target[to++] = 0x80 | (alphanumeric << 4) | address.numberingPlan;
    return packSeptets(septets, target, to);
  }
  const { digits } = address;
  assert(digits.length <= semiOctetsMax, 'an address is 20 digits at most');
  target[to++] = digits.length;
  target[to++] = 0x80 | ((address.typeOfNumber & 7) << 4) | (address.numberingPlan & 15);
  for (let at = 0; at < digits.length; at += 2) {
    const low = digitCharacters.indexOf(digits.charAt(at));
    const high = at + 1 < digits.length ? digitCharacters.indexOf(digits.charAt(at + 1)) : filler;
    assert(low >= 0 && high >= 0, 'an address holds digits, *, #, a, b and c');
    target[to++] = low | (high << 4);
  }
  return to;
}

export interface AddressRead {
  readonly address: SmsAddress;
  /** Offset behind the field. */
  readonly end: number;
}

/** Reads the address at `offset`. Failures: `sms.truncated`, `sms.address-too-long`, `sms.address-digit`. */
export function readAddress(octets: Uint8Array, offset: number): Result<AddressRead> {
  if (offset + 2 > octets.length) return failure('sms.truncated', octets.length, clause);
  const count = octets[offset] as number;
  if (count > semiOctetsMax) return failure('sms.address-too-long', offset, clause);
  const type = octets[offset + 1] as number;
  const start = offset + 2;
  const end = start + ((count + 1) >>> 1);
  if (end > octets.length) return failure('sms.truncated', octets.length, clause);
  const typeOfNumber = (type >>> 4) & 7;
  const numberingPlan = type & 15;
  if (typeOfNumber === alphanumeric) {
    const septets = unpackSeptets(octets.subarray(start, end), Math.floor((count * 4) / 7));
    return success({ address: { kind: 'alphanumeric', numberingPlan, text: gsm7Text(septets) }, end });
  }
  let digits = '';
  for (let at = 0; at < count; at++) {
    const pair = octets[start + (at >>> 1)] as number;
    const value = (at & 1) === 0 ? pair & 15 : pair >>> 4;
    if (value === filler) return failure('sms.address-digit', start + (at >>> 1), clause);
    digits += digitCharacters.charAt(value);
  }
  return success({ address: { kind: 'number', typeOfNumber, numberingPlan, digits }, end });
}
