/** What the main thread hands to the threads of the engine: plain data and shared memory. */
import type { Config } from '../../config/schema/config.ts';
import type { Lives } from '../../engine/parts.ts';
import { MemoryRingReader, MemoryRingWriter, type RingMemory } from '../../engine/ring.ts';
import { type PartName, partsOf, type Rings, ringPlan } from '../../engine/wiring.ts';
import { DoorbellButton, type DoorbellMemory, doorbellMemory } from '../rings/doorbell.ts';
import { sharedRing } from '../rings/shared-ring.ts';

/** Rings and doorbells of a whole engine. */
export interface Wires {
  readonly rings: readonly (RingMemory & { readonly from: PartName; readonly to: PartName })[];
  /** One for each part, rung by those who write into its rings. */
  readonly doorbells: ReadonlyMap<PartName, DoorbellMemory>;
}

export interface EngineThreadData {
  readonly config: Config;
  readonly templateSources: readonly string[];
  readonly templateVersion: number;
  readonly wires: Wires;
  readonly counters: SharedArrayBuffer;
  /** Of the signalling thread: see `latencyMemory`. */
  readonly latencies: SharedArrayBuffer;
  readonly lives: Lives;
  /** Counts the starts of the signalling part, over all processes: it stands in transaction ids. */
  readonly bootEpoch: number;
  readonly captureFile: string | undefined;
}

export function layWires(shards: number): Wires {
  const plan = ringPlan(shards);
  return {
    rings: plan.map(({ name, from, to, capacityOctets }) => ({ ...sharedRing(name, capacityOctets), from, to })),
    doorbells: new Map(
      partsOf(shards).map((part) => {
        const writers = new Set(plan.filter(({ to }) => to === part).map(({ from }) => from));
        return [part, doorbellMemory(part, [...writers])];
      }),
    ),
  };
}

/** The ends of the rings that a part has. */
export function ringsOf(part: PartName, { rings, doorbells }: Wires): Rings {
  const buttons = new Map<PartName, DoorbellButton>();
  const buttonOf = (other: PartName): DoorbellButton => {
    const known = buttons.get(other);
    if (known !== undefined) return known;
    const button = new DoorbellButton(doorbells.get(other)!, part);
    buttons.set(other, button);
    return button;
  };
  const find = (name: string) => {
    const ring = rings.find((one) => one.name === name);
    if (ring === undefined) throw new RangeError(`there is no ring ${name}`);
    return ring;
  };
  return {
    writer: (name) => {
      const ring = find(name);
      const button = buttonOf(ring.to);
      return new MemoryRingWriter(ring, () => button.press());
    },
    reader: (name) => new MemoryRingReader(find(name)),
  };
}
