/** Missed calls of the run, by the reference that the journal has too. */
import type { MissedCall } from '../../src/simulator/judge/missed-call.ts';

export class Calls {
  readonly #byReference = new Map<string, MissedCall>();

  add(call: MissedCall): void {
    this.#byReference.set(referenceOf(call.reference), call);
  }

  get all(): Iterable<readonly [reference: string, call: MissedCall]> {
    return this.#byReference;
  }
}

/** A call's key begins with its call reference number, of 8 octets here. */
export function referenceOf(callKey: Uint8Array): string {
  return Buffer.from(callKey.buffer, callKey.byteOffset, Math.min(8, callKey.length)).toString('hex');
}
