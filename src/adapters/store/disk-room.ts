/**
 * Whether the disk has room for a transaction, asked before it begins. LMDB must not find out by itself: when a write fails for want
 * of room, lmdb-js 3.5 writes its message past the memory that it has for it (`sprintf` into 100 octets), and the process may end.
 */
import { statfsSync } from 'node:fs';
import { OperatingError } from '../../types/operating-error.ts';

/** More than the windows in flight can take: what is left of the disk is not ours, and another may fill it meanwhile. */
const ROOM_OCTETS = 8 * 2 ** 20;

/** Octets that the file system of this folder has for us. */
export type FreeOctets = (directory: string) => number;

export const freeOctets: FreeOctets = (directory) => {
  const { bavail, bsize } = statfsSync(directory);
  return bavail * bsize;
};

/** Undefined: there is room. What has no room is not tried, and the same may be tried again later. */
export function wantOfRoom(directory: string, free: FreeOctets): OperatingError | undefined {
  const octets = free(directory);
  if (octets >= ROOM_OCTETS) return undefined;
  return new OperatingError(
    'CW_STORE_FAILED',
    `nothing is written to ${directory}: its disk has ${octets} octets left, and ${ROOM_OCTETS} are needed; make room on it`,
    { directory, freeOctets: octets, neededOctets: ROOM_OCTETS },
  );
}
