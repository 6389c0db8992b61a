/** What is so for a number of which nobody has said otherwise: by its series, else by the configuration's defaults. */
import type { Config } from '../config/schema/config.ts';
import type { Profile } from '../types/model/profile.ts';

export type DefaultsOf = (number: string) => Profile;

/** The longest prefix wins: a look for each of its lengths, however many series there are. */
export function seriesDefaults({ subscribers }: Pick<Config, 'subscribers'>): DefaultsOf {
  const { defaultLanguage, defaultTimeZone, series } = subscribers;
  const general: Profile = {
    missedCalls: true,
    notifyMe: 'off',
    language: defaultLanguage,
    timeZone: defaultTimeZone,
  };
  const byPrefix = new Map(
    series.map(({ prefix, language, timeZone, serviceClass }): [string, Profile] => [
      prefix,
      {
        ...general,
        ...(language === undefined ? {} : { language }),
        ...(timeZone === undefined ? {} : { timeZone }),
        ...(serviceClass === undefined ? {} : { preferences: { serviceClass } }),
      },
    ]),
  );
  const lengths = [...new Set(series.map(({ prefix }) => prefix.length))].sort((a, b) => b - a);
  return (number) => {
    for (const length of lengths) {
      const found = byPrefix.get(number.slice(0, length));
      if (found !== undefined) return found;
    }
    return general;
  };
}
