import { InvalidArgumentError } from 'commander';

/** A whole number from `least` to `most`, for commander. */
export function integerOption(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= least && value <= most))
      throw new InvalidArgumentError(`A whole number from ${least} to ${most}.`);
    return value;
  };
}

/** A number above 0, at most `most`, for commander. */
export function positiveOption(most: number): (text: string) => number {
  return (text) => {
    const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
    if (!(value > 0 && value <= most)) throw new InvalidArgumentError(`A number above 0, at most ${most}.`);
    return value;
  };
}

/** A subscriber's number as E.164 digits; a plus and spaces are taken off. For commander. */
export function subscriberNumber(text: string): string {
  const digits = text.replace(/[\s-]/g, '').replace(/^(\+|00)/, '');
  if (!/^[1-9]\d{4,14}$/.test(digits))
    throw new InvalidArgumentError(
      'A subscriber’s number is international, 5 to 15 digits: 4915112345678 or +4915112345678.',
    );
  return digits;
}
