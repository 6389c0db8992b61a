/**
 * Actors whose record lags behind the journal, and which of them a commit writes. The journal alone makes an event durable;
 * a record spares a start its replay. Two things make it cheap to write them later, a few with each commit:
 *
 * - Who is called, tried and told within a second is written once.
 * - A sweep goes through them in the order of their keys, so that those which share a page are written together. A commit
 *   takes its share of the sweep, as the disk wants many small writes and no large one.
 *
 *     sweep     partition 0 │ 1 │ 2 │ … │ 63      those that lagged when it began
 *     commits    ├──┤├──┤├──┤├──┤├── … ──┤        each a hundredth of them
 */
import type { Actor } from './actor.ts';

/** Commits that share a sweep. */
const SWEEP_COMMITS = 100;
/** Actors of a sweep at most, the ones that lag most: it is ordered in one go. */
const SWEEP_MAX = 8_192;

export class WriteBehind {
  /** In the order of `dirtySince`. */
  readonly #dirty = new Set<Actor>();
  /** What is left of the sweep: partitions, then the actors of the one that is worked on in reverse order. */
  #partitions: Actor[][] = [];
  #actors: Actor[] = [];
  #share = 0;

  get size(): number {
    return this.#dirty.size;
  }

  /** An actor changed in `window`, and no record has it. */
  add(actor: Actor, window: number): void {
    if (actor.dirtySince !== 0) return;
    actor.dirtySince = window;
    this.#dirty.add(actor);
  }

  /** Oldest change first. */
  [Symbol.iterator](): Iterator<Actor> {
    return this.#dirty.values();
  }

  /** The first window that recovery needs for what the records lack; `otherwise` when they lack nothing. */
  oldestWindow(otherwise: number): number {
    for (const { dirtySince } of this.#dirty) return Math.min(dirtySince, otherwise);
    return otherwise;
  }

  /**
   * Those whose record goes with the next commit: they lag no longer. A sweep's share, but at most `max`; with `all` as many
   * as `max` allows.
   */
  take(max: number, all: boolean): Actor[] {
    const taken: Actor[] = [];
    if (this.#isSwept) this.#begin();
    const count = Math.min(max, all ? this.#dirty.size : this.#share);
    while (taken.length < count) {
      const actor = this.#next();
      if (actor === undefined) {
        if (!all || this.#dirty.size === 0) break;
        this.#begin();
        continue;
      }
      actor.dirtySince = 0;
      this.#dirty.delete(actor);
      taken.push(actor);
    }
    return taken;
  }

  get #isSwept(): boolean {
    return this.#actors.length + this.#partitions.length === 0;
  }

  #begin(): void {
    const byPartition = new Map<number, Actor[]>();
    let count = 0;
    for (const actor of this.#dirty) {
      if (++count > SWEEP_MAX) break;
      const others = byPartition.get(actor.partition);
      if (others === undefined) byPartition.set(actor.partition, [actor]);
      else others.push(actor);
    }
    // Taken from the end.
    this.#partitions = [...byPartition].sort(([a], [b]) => b - a).map(([, actors]) => actors);
    this.#share = Math.ceil(Math.min(count, SWEEP_MAX) / SWEEP_COMMITS);
  }

  #next(): Actor | undefined {
    for (;;) {
      const actor = this.#actors.pop();
      if (actor === undefined) {
        const actors = this.#partitions.pop();
        if (actors === undefined) return undefined;
        this.#actors = actors.sort((a, b) => (a.state.number < b.state.number ? 1 : -1));
        continue;
      }
      if (actor.dirtySince !== 0) return actor;
    }
  }
}
