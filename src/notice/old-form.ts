/**
 * Before texts were ICU MessageFormat, the forms of a count were texts of their own (`missed.title.one`) and braces were doubled. Such a file
 * is refused rather than read: it lacks the texts that came since, so that it has to be edited in any case. What its texts are now is said
 * line by line, ready to be copied.
 */
import { pluralCategories } from './language-forms.ts';
import { type TextKey, textKeys } from './template-keys.ts';
import type { Entry, Section, TemplateProblem } from './template-lines.ts';

export interface OldForm {
  /** Texts that are there in the old form. */
  readonly texts: ReadonlySet<TextKey>;
  /** The keys that they have there. */
  readonly keys: ReadonlySet<string>;
  readonly problems: readonly TemplateProblem[];
}

export function oldFormOf({ entries }: Section): OldForm {
  const texts = new Set<TextKey>();
  const keys = new Set<string>();
  const problems: TemplateProblem[] = [];
  for (const key of Object.keys(textKeys) as TextKey[]) {
    const forms = pluralCategories.flatMap((category) => {
      const entry = textKeys[key]['calls'] === undefined ? undefined : entries.get(`${key}.${category}`);
      return entry === undefined ? [] : [{ category, entry }];
    });
    const [first] = forms;
    if (first === undefined) continue;
    texts.add(key);
    for (const { category } of forms) keys.add(`${key}.${category}`);
    const options = forms.map(({ category, entry }) => `${category} {${rewritten(entry)}}`);
    problems.push({
      line: first.entry.line,
      message: `${key}.${first.category}: the forms of a count are one text`,
      allowed: `${key} = {calls, plural, ${options.join(' ')}}`,
    });
  }
  return { texts, keys, problems };
}

/** The text in ICU MessageFormat: `{{` was a brace, an apostrophe and `#` stood for themselves. */
function rewritten({ source }: Entry): string {
  return source.replace(/\{\{|\}\}|'|#/g, (special) => {
    if (special === "'") return "''";
    return `'${special.charAt(0)}'`;
  });
}
