/**
 * A phone: it is on, off, or out of coverage, takes short messages, puts concatenated ones together (3GPP TS 23.040
 * §9.2.3.24.1) and knows a message that it has had before, octet by octet.
 */

import type { SmsAddress } from '../stack/sms/address.ts';
import { SHORT_MESSAGE_TYPE_0 } from '../stack/sms/short-message-type-0.ts';
import { decodeSmsDeliver, type SmsDeliver } from '../stack/sms/sms-deliver.ts';
import { readTimeStamp, type TimeStamp } from '../stack/sms/time-stamp.ts';
import { userDataText } from '../stack/sms/user-data.ts';
import { concatenationOf } from '../stack/sms/user-data-header.ts';

/** 'off': the network knows that it is away. 'no-coverage': paging finds out. */
export type Radio = 'on' | 'off' | 'no-coverage';

export interface ShortMessage {
  readonly text: string;
  /** TP-OA: whom the phone shows as the sender, and answers. */
  readonly originator: SmsAddress;
  readonly stamp: TimeStamp;
  readonly atMs: number;
  readonly parts: number;
  /** The same octets came before. */
  readonly identical: boolean;
  /** By a message centre, when it had it: the text was written before. */
  readonly isStampedLate?: true;
}

export type Taken =
  | { readonly kind: 'message'; readonly message: ShortMessage }
  /** A part; others are missing. */
  | { readonly kind: 'part' }
  /** Of type 0: acknowledged, and neither shown nor kept. */
  | { readonly kind: 'silent' }
  /** A part of a message that is being put together, for the second time. */
  | { readonly kind: 'part-again' }
  | { readonly kind: 'memory-full' }
  | { readonly kind: 'unreadable'; readonly code: string };

interface Assembly {
  readonly parts: (SmsDeliver | undefined)[];
  missing: number;
}

const INBOX_MAX = 100;
const SEEN_MAX = 200;
const ASSEMBLIES_MAX = 16;

export class Handset {
  radio: Radio = 'on';
  memoryFull = false;
  /** The newest last; beyond the bound the oldest is deleted. */
  readonly inbox: ShortMessage[] = [];
  readonly #seen = new Set<string>();
  readonly #assemblies = new Map<string, Assembly>();

  /** Takes one SMS-DELIVER. `octets` need to be valid during the call only. */
  take(octets: Uint8Array, atMs: number): Taken {
    const copy = octets.slice();
    const decoded = decodeSmsDeliver(copy);
    if (!decoded.ok) return { kind: 'unreadable', code: decoded.code };
    if (decoded.value.protocolIdentifier === SHORT_MESSAGE_TYPE_0) return { kind: 'silent' };
    if (this.memoryFull) return { kind: 'memory-full' };
    const identical = this.#sawBefore(copy);
    const first = decoded.value;
    const concatenation = concatenationOf(first.userData.header);
    if (concatenation === undefined || concatenation.total === 1) return this.#read([first], identical, atMs);
    const { reference, total, sequence } = concatenation;
    const key = `${JSON.stringify(first.originatingAddress)} ${reference} ${total}`;
    const known = this.#assemblies.get(key);
    if (known === undefined && identical) {
      // The whole of it was read before; one message for all its parts.
      return sequence === 1 ? this.#read([first], true, atMs) : { kind: 'part-again' };
    }
    const assembly = known ?? this.#assemble(key, total);
    if (assembly.parts[sequence - 1] !== undefined) return { kind: 'part-again' };
    assembly.parts[sequence - 1] = first;
    if (--assembly.missing > 0) return { kind: 'part' };
    this.#assemblies.delete(key);
    return this.#read(
      assembly.parts.filter((part) => part !== undefined),
      false,
      atMs,
    );
  }

  #assemble(key: string, total: number): Assembly {
    if (this.#assemblies.size >= ASSEMBLIES_MAX) {
      for (const oldest of this.#assemblies.keys()) {
        this.#assemblies.delete(oldest);
        break;
      }
    }
    const assembly: Assembly = { parts: Array.from({ length: total }), missing: total };
    this.#assemblies.set(key, assembly);
    return assembly;
  }

  #read(parts: readonly SmsDeliver[], identical: boolean, atMs: number): Taken {
    const stamp = readTimeStamp(parts[0]!.serviceCentreTimeStamp);
    if (!stamp.ok) return { kind: 'unreadable', code: stamp.code };
    const text = parts.map((part) => userDataText(part.dataCodingScheme, part.userData)).join('');
    const message: ShortMessage = {
      text,
      originator: parts[0]!.originatingAddress,
      stamp: stamp.value,
      atMs,
      parts: parts.length,
      identical,
    };
    if (this.inbox.length >= INBOX_MAX) this.inbox.shift();
    this.inbox.push(message);
    return { kind: 'message', message };
  }

  #sawBefore(octets: Uint8Array): boolean {
    const key = Buffer.from(octets.buffer, octets.byteOffset, octets.length).toString('latin1');
    if (this.#seen.has(key)) return true;
    if (this.#seen.size >= SEEN_MAX) {
      for (const oldest of this.#seen) {
        this.#seen.delete(oldest);
        break;
      }
    }
    this.#seen.add(key);
    return false;
  }
}
