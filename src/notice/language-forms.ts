/**
 * What a language makes of a number (Unicode CLDR, as the runtime carries it): its plural category and its digits. Both ask Intl once for each
 * small number, as an answer of Intl costs as much as a whole text.
 */

export const pluralCategories = ['zero', 'one', 'two', 'few', 'many', 'other'] as const;
export type PluralCategory = (typeof pluralCategories)[number];

export interface LanguageForms {
  readonly cardinal: (value: number) => PluralCategory;
  readonly ordinal: (value: number) => PluralCategory;
  /** Digits and grouping. */
  readonly number: (value: number) => string;
}

/** Numbers below this are remembered. */
const rememberedMax = 1000;

/** Undefined when `language` is no BCP 47 tag. */
export function languageForms(language: string): LanguageForms | undefined {
  try {
    const cardinal = new Intl.PluralRules(language);
    const ordinal = new Intl.PluralRules(language, { type: 'ordinal' });
    const digits = new Intl.NumberFormat(language);
    return {
      cardinal: remembered((value) => cardinal.select(value)),
      ordinal: remembered((value) => ordinal.select(value)),
      number: remembered((value) => digits.format(value)),
    };
  } catch {
    return undefined;
  }
}

function remembered<Answer>(ask: (value: number) => Answer): (value: number) => Answer {
  const known = new Array<Answer | undefined>(rememberedMax).fill(undefined);
  return (value) => {
    if (!(Number.isInteger(value) && value >= 0 && value < rememberedMax)) return ask(value);
    const answer = known[value] ?? ask(value);
    known[value] = answer;
    return answer;
  };
}
