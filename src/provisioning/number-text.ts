/** Numbers as people and files write them, made E.164: digits with the country code, no plus. */
import { e164 } from '../config/rules.ts';
import type { Config } from '../config/schema/config.ts';

export type Numbering = Pick<Config['numbering'], 'countryCode' | 'nationalPrefix' | 'internationalPrefix'>;

const SEPARATORS = /[\s().\-/]/g;

/**
 * With a plus or the international prefix it is international; with the national prefix it is of the home network's country;
 * with neither it is international. A prefix that does not begin with 0 is not looked for: a country code may begin so, and
 * what was made E.164 once must stay what it is. Undefined: it is no number of 5 … 15 digits.
 */
export function readNumber(text: string, numbering: Numbering): string | undefined {
  const { countryCode, nationalPrefix, internationalPrefix } = numbering;
  const bare = text.replace(SEPARATORS, '');
  if (!bare.startsWith('0')) return e164.read(bare);
  if (internationalPrefix !== '' && bare.startsWith(internationalPrefix))
    return e164.read(bare.slice(internationalPrefix.length));
  if (nationalPrefix !== '' && bare.startsWith(nationalPrefix))
    return e164.read(countryCode + bare.slice(nationalPrefix.length));
  return undefined;
}
