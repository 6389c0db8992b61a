/**
 * The rings of a plan in shared memory, and a doorbell for every part. It is made on the main thread, posted to every
 * thread, and lives as long as the process: a thread that starts anew finds its rings as its predecessor left them.
 */
import assert from 'node:assert/strict';
import {
  MemoryRingReader,
  MemoryRingWriter,
  type RingLevel,
  type RingMemory,
  ringLevel,
} from '../../engine/ring.ts';
import type { PartName, RingPlan, Rings } from '../../engine/wiring.ts';
import type { RingReader, RingWriter } from '../../types/ports/ring.ts';
import { DoorbellButton, type DoorbellMemory, doorbellMemory } from './doorbell.ts';
import { sharedRing } from './shared-ring.ts';

/** Can be posted to other threads. */
export interface SharedWiring {
  readonly plan: readonly RingPlan[];
  readonly rings: ReadonlyMap<string, RingMemory>;
  /** By part; those who write to it have a button of their name. */
  readonly doorbells: ReadonlyMap<PartName, DoorbellMemory>;
}

export function sharedWiring(plan: readonly RingPlan[]): SharedWiring {
  const parts = new Set(plan.flatMap(({ from, to }) => [from, to]));
  return {
    plan,
    rings: new Map(plan.map(({ name, capacityOctets }) => [name, sharedRing(name, capacityOctets)])),
    doorbells: new Map(
      [...parts].map((part) => {
        const writers = new Set(plan.filter(({ to }) => to === part).map(({ from }) => from));
        return [part, doorbellMemory(part, [...writers])];
      }),
    ),
  };
}

/** For metrics: how full every ring is. */
export function ringLevels(wiring: SharedWiring): RingLevel[] {
  return [...wiring.rings.values()].map(ringLevel);
}

/** The ends of the rings that are one part's, in its thread. */
export class PartRings implements Rings {
  readonly #part: PartName;
  readonly #wiring: SharedWiring;
  /** By the part at the other end. */
  readonly #buttons = new Map<PartName, DoorbellButton>();

  constructor(wiring: SharedWiring, part: PartName) {
    this.#wiring = wiring;
    this.#part = part;
  }

  /** What the host of the part sleeps by. */
  get doorbell(): DoorbellMemory {
    return this.#doorbellOf(this.#part);
  }

  writer(name: string): RingWriter {
    const { from, to } = this.#planOf(name);
    assert.equal(from, this.#part, `${name} is written by ${from}`);
    const button = this.#buttons.get(to) ?? new DoorbellButton(this.#doorbellOf(to), this.#part);
    this.#buttons.set(to, button);
    return new MemoryRingWriter(this.#memoryOf(name), () => button.press());
  }

  reader(name: string): RingReader {
    const { to } = this.#planOf(name);
    assert.equal(to, this.#part, `${name} is read by ${to}`);
    return new MemoryRingReader(this.#memoryOf(name));
  }

  close(): void {
    for (const button of this.#buttons.values()) button.close();
  }

  #planOf(name: string): RingPlan {
    const plan = this.#wiring.plan.find((ring) => ring.name === name);
    assert(plan !== undefined, `there is no ring ${name}`);
    return plan;
  }

  #memoryOf(name: string): RingMemory {
    const memory = this.#wiring.rings.get(name);
    assert(memory !== undefined, `there is no ring ${name}`);
    return memory;
  }

  #doorbellOf(part: PartName): DoorbellMemory {
    const memory = this.#wiring.doorbells.get(part);
    assert(memory !== undefined, `there is no part ${part}`);
    return memory;
  }
}
