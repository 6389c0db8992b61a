/** The texts that come with Callwake, and how the tests' network writes numbers. */
import { loadSelfCareTexts } from '../../src/adapters/selfcare/text-files.ts';
import type { ReadingPorts } from '../../src/selfcare/read-argument.ts';
import { type SelfCareTexts, textsIn } from '../../src/selfcare/texts.ts';
import { gsm7Length } from '../../src/stack/sms/gsm7-alphabet.ts';
import { readNumber } from '../../src/types/written-number.ts';

export const all = loadSelfCareTexts([]).texts;
export const texts = (language: string): SelfCareTexts => textsIn(all, language);

export const reading: ReadingPorts = {
  all,
  toNumber: (dialled) =>
    readNumber(dialled, { countryCode: '49', nationalPrefix: '0', internationalPrefix: '00' }) ?? '',
};

/** 160 octets (3GPP TS 29.002 §17.7.4). */
export function fitsUssd(text: string): boolean {
  const septets = gsm7Length(text);
  return septets < 0 ? text.length <= 80 : septets <= 182;
}
