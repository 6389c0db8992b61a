/** R5: numbers of services, which are dialled as they are, within one network or country: no number of E.164 is so short. */

export const SHORT_NUMBER_DIGITS_MAX = 6;

export function isShortNumber(digits: string): boolean {
  return digits.length <= SHORT_NUMBER_DIGITS_MAX;
}

/** As people write and dial it: with a plus where a country code is in front. */
export function dialledNumber(digits: string): string {
  return isShortNumber(digits) ? digits : `+${digits}`;
}
