/**
 * Parts of concatenated short messages until all are there (3GPP TS 23.040 §9.2.3.24.1). Bounded: of too many messages the oldest
 * is given up, and one that is not whole after some minutes, too.
 */
import type { Concatenation } from '../stack/sms/user-data-header.ts';

interface Assembly {
  readonly sinceMs: number;
  readonly parts: (string | undefined)[];
}

const MESSAGES_MAX = 1_000;
/** Parts of one message: nobody has so much to say to a service. */
const PARTS_MAX = 8;
const KEPT_MS = 600_000;

export class MessageParts {
  readonly #assemblies = new Map<string, Assembly>();
  readonly #onGivenUp: () => void;

  /** @param onGivenUp a message was given up that was not whole */
  constructor(onGivenUp: () => void) {
    this.#onGivenUp = onGivenUp;
  }

  get size(): number {
    return this.#assemblies.size;
  }

  /** The whole text once its last part is here; undefined before. */
  add(
    key: string,
    { total, sequence }: Pick<Concatenation, 'total' | 'sequence'>,
    text: string,
    nowMs: number,
  ): string | undefined {
    this.#forgetOld(nowMs);
    const kept = Math.min(total, PARTS_MAX);
    const assembly = this.#assemblies.get(key) ?? this.#begin(key, kept, nowMs);
    // What is beyond the bound is acknowledged and left out.
    if (sequence <= assembly.parts.length) assembly.parts[sequence - 1] = text;
    return assembly.parts.includes(undefined) ? undefined : assembly.parts.join('');
  }

  /** The message is done with. */
  forget(key: string): void {
    this.#assemblies.delete(key);
  }

  #begin(key: string, total: number, nowMs: number): Assembly {
    if (this.#assemblies.size >= MESSAGES_MAX) this.#giveUp();
    const assembly: Assembly = { sinceMs: nowMs, parts: Array.from({ length: total }) };
    this.#assemblies.set(key, assembly);
    return assembly;
  }

  #forgetOld(nowMs: number): void {
    for (const { sinceMs } of this.#assemblies.values()) {
      if (nowMs - sinceMs < KEPT_MS) return;
      this.#giveUp();
    }
  }

  #giveUp(): void {
    for (const oldest of this.#assemblies.keys()) {
      this.#assemblies.delete(oldest);
      this.#onGivenUp();
      return;
    }
  }
}
