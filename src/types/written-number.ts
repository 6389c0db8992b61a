/** R5: numbers as people and files write them, made E.164: digits with the country code, no plus. */

/** How a home network writes numbers. */
export interface Numbering {
  /** Of the home network: `49`. */
  readonly countryCode: string;
  /** Dialled before a national significant number of unknown nature: `0`. Empty where there is none. */
  readonly nationalPrefix: string;
  /** Dialled before a country code: `00`. */
  readonly internationalPrefix: string;
  /** Digits that number portability puts before a number on its way (ITU-T Q.769.1 §6: routing number). */
  readonly routingPrefixes?: readonly string[];
  /** National and other numbers of so many digits at most are short numbers, which have no country code; absent: none is. */
  readonly shortNumberDigitsMax?: number;
}

/** Fewer digits behind a routing prefix are no subscriber's: the prefix is the beginning of the number itself. */
export const ROUTED_DIGITS_MIN = 5;

const SEPARATORS = /[\s().\-/]/g;
const E164 = /^[1-9]\d{4,14}$/;

/**
 * With a plus or the international prefix it is international; with the national prefix it is of the home network's country;
 * with neither it is international. Before any of these a routing prefix may stand, which is no part of it. A prefix that
 * begins with 1 … 9 is not looked for: a country code may begin so, and what was made E.164 once must stay what it is.
 * Undefined: it is no number of 5 … 15 digits.
 */
export function readNumber(text: string, numbering: Numbering): string | undefined {
  const { countryCode, nationalPrefix, internationalPrefix } = numbering;
  const bare = unrouted(text.replace(SEPARATORS, ''), numbering);
  if (bare.startsWith('+')) return e164(bare.slice(1));
  if (!bare.startsWith('0')) return e164(bare);
  if (internationalPrefix !== '' && bare.startsWith(internationalPrefix))
    return e164(bare.slice(internationalPrefix.length));
  if (nationalPrefix !== '' && bare.startsWith(nationalPrefix))
    return e164(countryCode + bare.slice(nationalPrefix.length));
  return undefined;
}

function e164(digits: string): string | undefined {
  return E164.test(digits) ? digits : undefined;
}

/** What is left must still be a number. */
function unrouted(bare: string, { routingPrefixes = [] }: Numbering): string {
  if (/^[+1-9]/.test(bare)) return bare;
  const lower = bare.toLowerCase();
  const prefix = routingPrefixes.find(
    (one) => lower.startsWith(one) && bare.length - one.length >= ROUTED_DIGITS_MIN,
  );
  return prefix === undefined ? bare : bare.slice(prefix.length);
}
