/** What happens between the engine and the network: bad weather, a cut, an ABORT out of nowhere, a peer that restarts. */
import { setTimeout as sleep } from 'node:timers/promises';
import { randomBelow } from '../../../src/types/random.ts';
import { CALM, type UdpWire } from '../../support/udp-wire.ts';
import { type Check, check } from '../check.ts';
import type { Fault, FaultContext, FaultOutcome } from '../fault.ts';
import { ACTIVE, type FaultPlant, onPlant, STANDSTILLS } from '../fault-plant.ts';

const LIFE_MIN_MS = 300;
const LIFE_SPAN_MS = 1_200;
const STORM_MS = 3_000;
const CUT_MIN_MS = 500;
const CUT_SPAN_MS = 4_500;
/** Longest wait for an association that may not have noticed that anything was wrong. */
const NOTICE_MS = 3_000;

export const STORM = { loss: 0.03, duplicates: 0.2, delayed: 0.3, delayMaxMs: 60 } as const;

async function weather({ seed, cycles }: FaultContext): Promise<FaultOutcome> {
  const { checks, plant } = await onPlant({ seed, wire: true }, async (plant) => {
    const wire = wireOf(plant);
    for (let cycle = 0; cycle < cycles; cycle++) {
      wire.weather = STORM;
      await sleep(STORM_MS);
      wire.weather = CALM;
      await sleep(LIFE_MIN_MS);
    }
    wire.weather = STORM;
    const again = await plant.counter('sctp.data.duplicate');
    const { duplicated, delayed, lost } = wire.counts;
    return [
      check('load', 'packets doubled', duplicated, duplicated > 0),
      check('load', 'packets overtaken', delayed, delayed > 0),
      check('load', 'packets lost', lost, lost > 0),
      check('load', 'DATA that the engine had already', again, again > 0),
    ];
  });
  return { checks, figures: { wire: plant.wire?.counts } };
}

async function cut({ seed, cycles }: FaultContext): Promise<FaultOutcome> {
  const { checks } = await onPlant({ seed, times: STANDSTILLS, wire: true }, async (plant) => {
    for (let cycle = 0; cycle < cycles; cycle++) {
      await sleep(LIFE_MIN_MS + randomBelow(plant.random, LIFE_SPAN_MS));
      await cutFor(plant, CUT_MIN_MS + randomBelow(plant.random, CUT_SPAN_MS));
    }
    return [];
  });
  return { checks };
}

/** Nothing passes for a while. */
export async function cutFor(plant: FaultPlant, forMs: number): Promise<void> {
  const wire = wireOf(plant);
  await plant.down(async () => {
    plant.died();
    wire.isCut = true;
    await sleep(forMs);
    wire.isCut = false;
    plant.died();
    await sleep(NOTICE_MS);
    await plant.ready();
  });
}

async function aborts({ seed, cycles }: FaultContext): Promise<FaultOutcome> {
  const { checks, plant } = await onPlant({ seed, wire: true }, async (plant) => {
    for (let cycle = 0; cycle < cycles; cycle++) {
      await sleep(LIFE_MIN_MS + randomBelow(plant.random, LIFE_SPAN_MS));
      await abort(plant, cycle % 2 === 0 ? 'client' : 'server');
    }
    return [];
  });
  return { checks: [...checks, restarts(plant, cycles / 2)] };
}

/** By then an end that was told has begun an association anew. */
const ABORT_SEEN_MS = 15_000;

/** One end is told that the association is over; the other one finds out. */
export async function abort(plant: FaultPlant, end: 'client' | 'server'): Promise<void> {
  await plant.down(async () => {
    const active = plant.engine.words.next(ACTIVE);
    active.catch(() => undefined);
    plant.died();
    wireOf(plant).abort(end);
    // One that meets an association that has just begun anew is for the one before (RFC 9260 §8.5.1), and ignored.
    await Promise.race([active, sleep(ABORT_SEEN_MS)]);
    await plant.ready();
  });
}

async function peerRestart({ seed, cycles }: FaultContext): Promise<FaultOutcome> {
  const { checks, plant } = await onPlant({ seed, wire: true }, async (plant) => {
    for (let cycle = 0; cycle < cycles; cycle++) {
      await sleep(LIFE_MIN_MS + randomBelow(plant.random, LIFE_SPAN_MS));
      await plant.killEngine();
    }
    return [];
  });
  return { checks: [...checks, restarts(plant, cycles)] };
}

/** RFC 9260 §5.2.4 action A, at the network: the same host again, which knows nothing of its association. */
function restarts(plant: FaultPlant, atLeast: number): Check {
  const count = plant.verdict?.counters['sctp.association.restarted'] ?? 0;
  return check('load', 'restarts that the network saw', count, count >= Math.floor(atLeast));
}

export function wireOf({ wire }: FaultPlant): UdpWire {
  if (wire === undefined) throw new Error('the plant has no wire');
  return wire;
}

export const wireFaults: readonly Fault[] = [
  {
    name: 'wire-weather',
    title: 'packets of SCTP are lost, doubled, late and out of order: DATA comes once, in order',
    cycles: 2,
    run: weather,
  },
  { name: 'wire-cut', title: 'nothing passes for seconds, in both ways', cycles: 2, run: cut },
  {
    name: 'association-abort',
    title: 'ABORT in the middle of dialogues, to one end of the association or the other',
    cycles: 4,
    run: aborts,
  },
  {
    name: 'peer-restart',
    title: 'the engine is killed and comes back from the same address and port: a restart of the peer',
    cycles: 2,
    run: peerRestart,
  },
];
