/** What a service class asks subscribers to answer has to reach us, and come from where an answer can go (N9, double opt-in). */
import type { Inconsistency } from './inconsistency.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Keys of a class whose notices ask for an answer by short message, or offer one as the way out. */
const ASKING = ['teaser', 'doubleOptIn', 'welcome'] as const;
/** Digits, perhaps with a plus: a phone answers no name. */
const NUMBER = /^\+?\d+$/;

export function answerInconsistencies(
  classes: readonly Fields[],
  serviceNumbers: readonly unknown[],
  originatingAddress: unknown,
  withheld: unknown,
): Inconsistency[] {
  const found: Inconsistency[] = [];
  classes.forEach((one, index) => {
    for (const key of ASKING) {
      if (one[key] !== true || serviceNumbers.length > 0) continue;
      found.push({
        path: ['serviceClasses', index, key],
        message: 'asks for an answer by short message, and there is no number for it',
        allowed: 'false, or true with a number in selfCare.serviceNumbers',
      });
    }
  });
  const placesOfAsk = [
    ...(withheld === 'ask' ? [['notices', 'withheld']] : []),
    ...classes.flatMap((one, index) =>
      one['withheld'] === 'ask' ? [['serviceClasses', index, 'withheld']] : [],
    ),
  ];
  if (serviceNumbers.length === 0)
    for (const path of placesOfAsk)
      found.push({
        path,
        message: 'asks for an answer by short message, and there is no number for it',
        allowed: 'suppress, count, or ask with a number in selfCare.serviceNumbers',
      });
  const asks = placesOfAsk.length > 0 || classes.some((one) => ASKING.some((key) => one[key] === true));
  if (asks && serviceNumbers.length > 0 && !NUMBER.test(String(originatingAddress)))
    found.push({
      path: ['notices', 'originatingAddress'],
      message: 'is a name, which no phone can answer, and a service class asks for answers',
      allowed: 'a number, as in selfCare.serviceNumbers',
    });
  return found;
}
