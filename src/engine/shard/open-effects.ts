/**
 * Effects that are durable and not closed: what a crash must not lose. They are derived from the journal; one that is
 * still open when its record is about to be trimmed is moved to the outbox.
 */
import type { Effect } from '../../types/model/effect.ts';
import { type EffectId, effectKey } from '../../types/model/notice.ts';

export interface OpenEffect {
  readonly effect: Effect;
  /** The window whose journal record holds it; 0 when the outbox does. */
  window: number;
  readonly returnedAtMs: number;
}

export class OpenEffects {
  /** In the order in which they were opened, so that the first is the oldest. */
  readonly #open = new Map<string, OpenEffect>();

  #notices = 0;

  get size(): number {
    return this.#open.size;
  }

  /** Those that are notices. */
  get notices(): number {
    return this.#notices;
  }

  open(effect: Effect, window: number, returnedAtMs: number): void {
    this.close(effect.id);
    this.#open.set(effectKey(effect.id), { effect, window, returnedAtMs });
    if (effect.what.kind === 'send-notice') this.#notices++;
  }

  get(id: EffectId): OpenEffect | undefined {
    return this.#open.get(effectKey(id));
  }

  /** True when it was open. */
  close(id: EffectId): OpenEffect | undefined {
    const key = effectKey(id);
    const found = this.#open.get(key);
    if (found === undefined) return undefined;
    this.#open.delete(key);
    if (found.effect.what.kind === 'send-notice') this.#notices--;
    return found;
  }

  all(): IterableIterator<OpenEffect> {
    return this.#open.values();
  }

  /** The first window that still holds an open effect; `otherwise` when none does. */
  oldestWindow(otherwise: number): number {
    for (const { window } of this.#open.values()) if (window !== 0) return Math.min(window, otherwise);
    return otherwise;
  }

  /** Those whose journal record lies before `window`, at most `max`: they are from now on the outbox's. */
  takeOlderThan(window: number, max: number): Effect[] {
    const taken: Effect[] = [];
    for (const entry of this.#open.values()) {
      if (entry.window >= window || taken.length >= max) break;
      if (entry.window === 0) continue;
      entry.window = 0;
      taken.push(entry.effect);
    }
    return taken;
  }
}
