import { section, type TextRule, text } from '../keys.ts';

const prefix: TextRule = { allowed: '0 … 6 decimal digits', holds: (value) => /^\d{0,6}$/.test(value) };
const country: TextRule = { allowed: '1 … 3 decimal digits', holds: (value) => /^[1-9]\d{0,2}$/.test(value) };

/** How numbers of national form become E.164 (ITU-T E.164; ITU-T Q.763 §3.9, §3.10). */
export const numbering = section('How the home network writes numbers.', {
  countryCode: text('Put before a national number.', country, '49'),
  nationalPrefix: text(
    'Dialled before a national number of unknown nature; empty where there is none.',
    prefix,
    '0',
  ),
  internationalPrefix: text('Dialled before a country code.', prefix, '00'),
});
