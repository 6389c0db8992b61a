/** How full everything was that has a bound, at its fullest. */
import type { Plant } from '../simulator/plant.ts';

/** Actors with nothing in them stay until no recovery would read their events again. */
const LEAVING_MAX = 64;
/** A turn in which one event makes this many effects at most: everybody who watches is told, and the notices go out. */
const EFFECTS_OF_ONE_EVENT_MAX = 102;

/**
 * What a message centre does not take goes back to those that wait, and its receipts wait for the shards: no more than the windows of
 * two links hold, 20 one way and 100 the other.
 */
const CENTRE_WINDOWS_MAX = 2 * (20 + 100);

export class BoundWatch {
  readonly #plant: Plant;
  readonly #past = new Map<string, string>();

  constructor(plant: Plant) {
    this.#plant = plant;
  }

  /** In words. */
  get past(): readonly string[] {
    return [...this.#past.values()];
  }

  look(): void {
    const { engine, process } = this.#plant;
    if (engine === undefined || process === undefined) return;
    const { deliveriesMax, cap, shardLimits, notifierLimits } = process.limits;
    const { signalling, notifier, shards } = engine.status;
    if (signalling !== undefined) {
      this.#hold('deliveries under way', signalling.deliveries, deliveriesMax);
      this.#hold('calls watched', signalling.openCalls, cap.callsMax);
      this.#hold('dialogues', signalling.openDialogues, process.dialoguesMax);
    }
    if (notifier !== undefined) {
      const { batchesMax, batchMax, waitingMax } = notifierLimits;
      // What fails is split until each notice is alone.
      this.#hold('batches that are rendered', notifier.batches, batchesMax * batchMax);
      const handedBack = this.#plant.smpp === undefined ? 0 : CENTRE_WINDOWS_MAX;
      const taken = waitingMax + batchesMax * batchMax;
      this.#hold('notices rendered and waiting', notifier.waiting, taken + handedBack);
    }
    for (const shard of shards) {
      const { actorsMax, waitingMax, windowEventsMax, readMax, openWindowsMax } = shardLimits;
      // Those of windows in flight cannot leave, and one turn takes a little from every ring.
      const unwritten = shard.dirty + 2 * (windowEventsMax + readMax);
      this.#hold('actors in memory', shard.actors, actorsMax + unwritten + LEAVING_MAX);
      this.#hold('commits in flight', shard.commitsInFlight, 2);
      this.#hold(
        'effects that wait for a ring',
        shard.waiting,
        waitingMax + shard.openEffects + (windowEventsMax + readMax) * EFFECTS_OF_ONE_EVENT_MAX,
      );
      this.#hold(
        'windows that a recovery reads',
        shard.lagWindows,
        openWindowsMax + shard.openEffects + shard.dirty + 64,
      );
    }
    this.#hold('commands under way', engine.commands.underWay, 10_000);
  }

  /** Dearer, and asked more rarely. */
  lookAtRings(): void {
    for (const { name, fill } of this.#plant.engine?.ringLevels ?? []) this.#hold(`ring ${name}`, fill, 1);
  }

  #hold(what: string, count: number, max: number): void {
    if (count > max && !this.#past.has(what)) this.#past.set(what, `${what}: ${count} of ${max}`);
  }
}
