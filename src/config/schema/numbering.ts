import { integer, list, section, type TextRule, text, textElement } from '../keys.ts';

const prefix: TextRule = { allowed: '0 … 6 decimal digits', holds: (value) => /^\d{0,6}$/.test(value) };
const country: TextRule = { allowed: '1 … 3 decimal digits', holds: (value) => /^[1-9]\d{0,2}$/.test(value) };

const routing: TextRule = {
  allowed: '2 … 10 digits of 0-9 a-f',
  holds: (value) => /^[0-9a-f]{2,10}$/.test(value),
};

/** How numbers of national form become E.164 (ITU-T E.164; ITU-T Q.763 §3.9, §3.10). */
export const numbering = section('How the home network writes numbers.', {
  countryCode: text('Put before a national number.', country, '49'),
  nationalPrefix: text(
    'Dialled before a national number of unknown nature; empty where there is none.',
    prefix,
    '0',
  ),
  routingPrefixes: list(
    'Digits that number portability puts before a number on its way, and that are no part of it; the first that fits is taken away.',
    textElement(routing),
    { allowed: 'a list of 0 … 100 prefixes', atMost: 100, example: ['d091'] },
  ),
  shortNumberDigitsMax: integer(
    'Numbers of so many digits at most, without a prefix, are short numbers of services: no country code is put before them. 0: there are none.',
    { from: 0, to: 6, default: 5 },
  ),
  internationalPrefix: text('Dialled before a country code.', prefix, '00'),
});
