/** The phones: which are off, and what short messages they get, put together where they come in parts. */
import { readNotice } from '../src/simulator/read-notice.ts';
import { decodeSmsDeliver, type SmsDeliver } from '../src/stack/sms/sms-deliver.ts';
import { readTimeStamp } from '../src/stack/sms/time-stamp.ts';
import { userDataText } from '../src/stack/sms/user-data.ts';
import { concatenationOf } from '../src/stack/sms/user-data-header.ts';
import type { NoticeAccount } from './notice-account.ts';

interface Assembly {
  readonly parts: (SmsDeliver | undefined)[];
  missing: number;
  hash: number;
}

const ASSEMBLIES_MAX = 100_000;

export class Handsets {
  readonly #account: NoticeAccount;
  readonly #off: Uint8Array;
  /** Of the last message of each, to know it when it comes again. */
  readonly #hashes: Uint32Array;
  readonly #assemblies = new Map<string, Assembly>();

  constructor(subscribers: number, account: NoticeAccount) {
    this.#account = account;
    this.#off = new Uint8Array(subscribers);
    this.#hashes = new Uint32Array(subscribers);
  }

  get count(): number {
    return this.#off.length;
  }

  isOff(subscriber: number): boolean {
    return this.#off[subscriber] === 1;
  }

  switch(subscriber: number, off: boolean): void {
    this.#off[subscriber] = off ? 1 : 0;
  }

  /** Takes one SMS-DELIVER. */
  take(subscriber: number, octets: Uint8Array): void {
    const decoded = decodeSmsDeliver(octets);
    if (!decoded.ok) return this.#account.unreadable();
    const concatenation = concatenationOf(decoded.value.userData.header);
    if (concatenation === undefined || concatenation.total === 1)
      return this.#read(subscriber, [decoded.value], hashOf(octets, 0));
    const { reference, total, sequence } = concatenation;
    const key = `${subscriber}.${reference}.${total}`;
    let assembly = this.#assemblies.get(key);
    if (assembly === undefined) {
      if (this.#assemblies.size >= ASSEMBLIES_MAX) return this.#account.unreadable();
      assembly = { parts: Array.from({ length: total }), missing: total, hash: 0 };
      this.#assemblies.set(key, assembly);
    }
    if (assembly.parts[sequence - 1] !== undefined) return;
    // What is kept must not be a view of the socket's octets.
    const copy = decodeSmsDeliver(octets.slice());
    if (copy.ok) assembly.parts[sequence - 1] = copy.value;
    assembly.hash = (assembly.hash + hashOf(octets, sequence)) >>> 0;
    if (--assembly.missing > 0) return;
    this.#assemblies.delete(key);
    const parts = assembly.parts.filter((part) => part !== undefined);
    this.#read(subscriber, parts, assembly.hash);
  }

  #read(subscriber: number, parts: readonly SmsDeliver[], hash: number): void {
    const text = parts.map((part) => userDataText(part.dataCodingScheme, part.userData)).join('');
    const stamp = readTimeStamp(parts[0]!.serviceCentreTimeStamp);
    const notice = stamp.ok ? readNotice(text, stamp.value) : undefined;
    if (notice === undefined) return this.#account.unreadable();
    const repeated = this.#hashes[subscriber] === hash;
    this.#hashes[subscriber] = hash;
    this.#account.told(subscriber, notice, repeated);
  }
}

/** FNV-1a of 32 bits; never 0. */
function hashOf(octets: Uint8Array, seed: number): number {
  let hash = 0x811c9dc5 ^ seed;
  for (const octet of octets) hash = Math.imul(hash ^ octet, 0x01000193);
  return hash >>> 0 || 1;
}
