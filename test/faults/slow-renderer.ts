/**
 * As a module that the engine is started with (`--import`): a notice takes as long to render in the notifier's pool as a
 * hundred do otherwise. The thread waits, as it would for a busy machine; it burns nothing.
 */
import { Zones } from '../../src/notice/zones.ts';

/** A notice looks two or three times at its zone, and takes tens of microseconds. */
const PER_LOOK_MS = 4;

const sleeping = new Int32Array(new SharedArrayBuffer(4));
const offsetOf = Object.getOwnPropertyDescriptor(Zones.prototype, 'offsetMs')!.value as (
  this: Zones,
  name: string,
  atMs: number,
) => number | undefined;
Zones.prototype.offsetMs = function offsetMs(this: Zones, name: string, atMs: number): number | undefined {
  Atomics.wait(sleeping, 0, 0, PER_LOOK_MS);
  return offsetOf.call(this, name, atMs);
};
