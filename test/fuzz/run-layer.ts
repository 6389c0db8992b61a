/** Rounds of one layer: in each a damaged copy of one of its messages, made from the seed and the number of the round alone. */
import { randomBelow, SeededRandom } from '../../src/types/random.ts';
import { damage } from '../support/damage.ts';
import { allocatedDuring, beyondBounds, measure } from './bounds.ts';
import type { FuzzLayer } from './layer.ts';

export interface FuzzOptions {
  readonly count: number;
  readonly seed: number;
  /** The first round; default 0. */
  readonly from?: number;
  /** Told before each round, so that who watches knows where one hangs. */
  readonly onRound?: (round: number) => void;
}

export interface FuzzReport {
  readonly read: number;
  readonly refused: number;
  /** Of all rounds the most, each for an octet of its input (and of inputs of a kilobyte at least). */
  readonly most: { readonly nodes: number; readonly keptOctets: number; readonly allocatedOctets: number };
}

/** A decoder threw, or went beyond the bounds; the message says how to do it again. */
export class FuzzFailure extends Error {
  readonly round: number;

  constructor(name: string, seed: number, round: number, octets: Uint8Array, cause: unknown) {
    const what = cause instanceof Error ? cause.message : String(cause);
    const again = `npm run fuzz -- --layer ${name} --seed ${seed} --from ${round} --count 1`;
    super(`${what}\n${again}\n${Buffer.from(octets).toString('hex')}`, { cause });
    this.round = round;
  }
}

const KILOBYTE = 1024;

/** Undefined when the layer's messages are not there. Throws `FuzzFailure`. */
export function runLayer(name: string, layer: FuzzLayer, options: FuzzOptions): FuzzReport | undefined {
  const samples = layer.samples();
  if (samples === undefined || samples.length === 0) return undefined;
  const all = samples.map(({ octets }) => octets);
  // What is made once, as a codec when it is first asked for, is no cost of a round.
  for (const { octets, about } of samples) layer.read(octets, about).again?.();
  let read = 0;
  const most = { nodes: 0, keptOctets: 0, allocatedOctets: 0 };
  const { count, seed, from = 0, onRound } = options;
  for (let round = from; round < from + count; round++) {
    onRound?.(round);
    const random = new SeededRandom(seed * 4_294_967_296 + round);
    const sample = samples[randomBelow(random, samples.length)]!;
    const octets = damage(sample.octets, random, [all[randomBelow(random, all.length)]!]);
    try {
      const { result, allocatedOctets } = allocatedDuring(() => layer.read(octets, sample.about));
      const measured = measure(result.value, octets);
      const beyond = beyondBounds(measured, allocatedOctets, octets.length);
      if (beyond !== undefined) throw new Error(beyond);
      const size = Math.max(octets.length, KILOBYTE);
      most.nodes = Math.max(most.nodes, measured.nodes / size);
      most.keptOctets = Math.max(most.keptOctets, measured.keptOctets / size);
      most.allocatedOctets = Math.max(most.allocatedOctets, allocatedOctets / size);
      if (result.read) read++;
      result.again?.();
    } catch (error) {
      throw new FuzzFailure(name, seed, round, octets, error);
    }
  }
  return { read, refused: count - read, most };
}
