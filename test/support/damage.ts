import { type Random, randomBelow } from '../../src/types/random.ts';

/** A damaged copy: octets changed, cut off, put in, doubled or taken away, as the random source says. */
export function damage(original: Uint8Array, random: Random): Uint8Array {
  let octets = [...original];
  for (let rounds = 1 + randomBelow(random, 4); rounds > 0; rounds--) {
    const at = randomBelow(random, Math.max(1, octets.length));
    switch (randomBelow(random, 6)) {
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
      default:
        octets[at] = [0, 0xff, 0x7f, 0x80][randomBelow(random, 4)]!;
    }
  }
  return Uint8Array.from(octets);
}
