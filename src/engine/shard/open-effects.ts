/**
 * Effects that are durable and not closed: what a crash must not lose. They are derived from the journal; one that is
 * still open when its record is about to be trimmed is moved to the outbox.
 */
import type { Effect } from '../../types/model/effect.ts';
import { type EffectId, effectKey } from '../../types/model/notice.ts';

export interface OpenEffect {
  readonly effect: Effect;
  /** The window whose journal record holds it; 0 when the outbox does. */
  readonly window: number;
  readonly returnedAtMs: number;
}

/** Effects that are looked at for the oldest notice: what is open longest is a notice, if any is. */
const LOOKS_MAX = 100;

export class OpenEffects {
  /** Both in the order in which they were opened, so that the first is the oldest; those of the outbox are older. */
  readonly #inOutbox = new Map<string, OpenEffect>();
  readonly #inJournal = new Map<string, OpenEffect>();

  #notices = 0;

  get size(): number {
    return this.#inOutbox.size + this.#inJournal.size;
  }

  /** Those that are notices. */
  get notices(): number {
    return this.#notices;
  }

  /** When the oldest notice among the first ones was composed; 0: there is none. */
  get oldestNoticeAtMs(): number {
    if (this.#notices === 0) return 0;
    let looks = LOOKS_MAX;
    for (const { effect } of this.all()) {
      if (effect.what.kind === 'send-notice') return effect.what.notice.createdAtMs;
      if (--looks === 0) break;
    }
    return 0;
  }

  open(effect: Effect, window: number, returnedAtMs: number): void {
    const key = effectKey(effect.id);
    // A recovery reads it from both, when it was moved and its journal record is needed for something else.
    if (this.#inOutbox.has(key)) return;
    this.#inJournal.set(key, { effect, window, returnedAtMs });
    this.#count(effect, 1);
  }

  /** What an outbox held, whose keys have an order of their own. */
  openFromOutbox(effects: readonly Effect[]): void {
    for (const effect of [...effects].sort(inOrderOfIds)) {
      this.#inOutbox.set(effectKey(effect.id), { effect, window: 0, returnedAtMs: 0 });
      this.#count(effect, 1);
    }
  }

  /** What was closed, undefined when it was not open. */
  close(id: EffectId): OpenEffect | undefined {
    const key = effectKey(id);
    const found = this.#inJournal.get(key) ?? this.#inOutbox.get(key);
    if (found === undefined) return undefined;
    if (!this.#inJournal.delete(key)) this.#inOutbox.delete(key);
    this.#count(found.effect, -1);
    return found;
  }

  /** In the order in which they were opened: who is told something must hear it in that order. */
  *all(): Generator<OpenEffect> {
    yield* this.#inOutbox.values();
    yield* this.#inJournal.values();
  }

  /** The first window that still holds an open effect; `otherwise` when none does. */
  oldestWindow(otherwise: number): number {
    for (const { window } of this.#inJournal.values()) return Math.min(window, otherwise);
    return otherwise;
  }

  /** Those whose journal record lies before `window`, at most `max`: they are from now on the outbox's. */
  takeOlderThan(window: number, max: number): Effect[] {
    const taken: Effect[] = [];
    for (const [key, entry] of this.#inJournal) {
      if (entry.window >= window || taken.length >= max) break;
      this.#inJournal.delete(key);
      this.#inOutbox.set(key, { ...entry, window: 0 });
      taken.push(entry.effect);
    }
    return taken;
  }

  #count({ what }: Effect, by: 1 | -1): void {
    if (what.kind === 'send-notice') this.#notices += by;
  }
}

function inOrderOfIds({ id: a }: Effect, { id: b }: Effect): number {
  return a.partition - b.partition || a.sequence - b.sequence || a.index - b.index;
}
