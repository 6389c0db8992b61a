import { InvalidArgumentError } from 'commander';

const UNITS: Readonly<Record<string, number>> = { KiB: 1_024, MiB: 1_048_576, GiB: 1_073_741_824 };

/** For commander: `64KiB`, `256MiB`, `1GiB` in octets, within bounds. */
export function sizeOption(min: number, max: number): (text: string) => number {
  return (text) => {
    const [, amount, unit] = /^(\d{1,9})(KiB|MiB|GiB)$/.exec(text) ?? [];
    const octets = Number(amount) * (UNITS[unit ?? ''] ?? Number.NaN);
    if (!(octets >= min && octets <= max))
      throw new InvalidArgumentError(
        `A size has a unit: 64KiB, 256MiB, 1GiB; it is ${min} to ${max} octets.`,
      );
    return octets;
  };
}
