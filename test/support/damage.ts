import { type Random, randomBelow } from '../../src/types/random.ts';

/**
 * A damaged copy: octets changed, cut off, put in, doubled or taken away, lengths that lie, and parts of another message
 * (`others`) in it, as the random source says.
 */
export function damage(
  original: Uint8Array,
  random: Random,
  others: readonly Uint8Array[] = [original],
): Uint8Array {
  let octets = [...original];
  // Half of the copies have one fault only: those get furthest.
  const faults = randomBelow(random, 2) === 0 ? 1 : 2 + randomBelow(random, 3);
  for (let round = 0; round < faults; round++) {
    const at = randomBelow(random, Math.max(1, octets.length));
    switch (randomBelow(random, 9)) {
      case 0:
        octets[at] = randomBelow(random, 256);
        break;
      case 1:
        octets[at] = (octets[at] ?? 0) ^ (1 << randomBelow(random, 8));
        break;
      case 2:
        octets = octets.slice(0, at);
        break;
      case 3:
        octets.splice(at, 0, randomBelow(random, 256));
        break;
      case 4:
        octets.splice(at, 1 + randomBelow(random, 8));
        break;
      case 5:
        octets.splice(at, 0, ...octets.slice(at, at + 1 + randomBelow(random, 32)));
        break;
      case 6: {
        const other = others[randomBelow(random, others.length)] ?? original;
        const from = randomBelow(random, Math.max(1, other.length));
        octets = [...octets.slice(0, at), ...other.subarray(from)];
        break;
      }
      case 7:
        // One octet more or less is what a length says wrong most often, or a lot more.
        octets[at] = ((octets[at] ?? 0) + [1, 255, 128, 64][randomBelow(random, 4)]!) & 0xff;
        break;
      default:
        octets[at] = [0, 0xff, 0x7f, 0x80][randomBelow(random, 4)]!;
    }
  }
  return Uint8Array.from(octets);
}
