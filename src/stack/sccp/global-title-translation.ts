/**
 * Global title translation (ITU-T Q.714 §2.4): rules select by global title indicator, translation type, numbering plan,
 * nature of address and digits; each leads to one or more places, chosen by what can be reached and, when shared, by SLS.
 */
import type { GlobalTitle } from './service.ts';
import {
  compileRules,
  type Selector,
  type TranslationProblem,
  type TranslationRule,
  type TranslationTarget,
} from './translation-rules.ts';

export interface Translated {
  readonly target: TranslationTarget;
  readonly globalTitle: GlobalTitle;
}

/** Why there is none: no rule for such a kind of title, or none for these digits (ITU-T Q.714 §2.8.1, §2.8.2). */
export type NoTranslation = 'no-translation-for-nature' | 'no-translation-for-address';

/** Whether a target, which makes this title, can be reached now. */
export type IsAvailable = (target: TranslationTarget, globalTitle: GlobalTitle) => boolean;

export class GlobalTitleTranslation {
  #selectors: readonly Selector[] = [];

  /**
   * Takes a new table in place of the old one, between two messages: what is under way has its route already. Returns
   * all that is wrong with it; then the old one stays.
   */
  replace(rules: readonly TranslationRule[]): readonly TranslationProblem[] {
    const compiled = compileRules(rules);
    if (!compiled.ok) return compiled.problems;
    this.#selectors = compiled.selectors;
    return [];
  }

  translate(title: GlobalTitle, sls: number, isAvailable: IsAvailable): Translated | NoTranslation {
    let suited = false;
    for (const selector of this.#selectors) {
      if (!suits(selector, title)) continue;
      suited = true;
      const rule = selector.tree.find(title.digits);
      if (rule === undefined) continue;
      const target = choose(rule, title, sls, isAvailable);
      return { target, globalTitle: retitle(title, target) };
    }
    return suited ? 'no-translation-for-address' : 'no-translation-for-nature';
  }
}

function suits(selector: Selector, title: GlobalTitle): boolean {
  return (
    (selector.gti === undefined || selector.gti === title.gti) &&
    (selector.translationType === undefined || selector.translationType === title.translationType) &&
    (selector.numberingPlan === undefined || selector.numberingPlan === title.numberingPlan) &&
    (selector.natureOfAddress === undefined || selector.natureOfAddress === title.natureOfAddress)
  );
}

/**
 * With nothing available the first target is taken: what is wrong with it is the reason that the sender hears. In
 * loadshare the SLS names a target for itself while that one is available, whatever becomes of the others.
 */
function choose(
  { mode, targets }: TranslationRule,
  title: GlobalTitle,
  sls: number,
  isAvailable: IsAvailable,
): TranslationTarget {
  const first = targets[0]!;
  if (mode === undefined || mode === 'solitary' || targets.length === 1) return first;
  const start = mode === 'loadshare' ? sls % targets.length : 0;
  for (let step = 0; step < targets.length; step++) {
    const target = targets[(start + step) % targets.length]!;
    if (isAvailable(target, retitle(title, target))) return target;
  }
  return first;
}

/** The title with which a message goes on to a target. */
function retitle(title: GlobalTitle, { title: change }: TranslationTarget): GlobalTitle {
  if (change === undefined) return title;
  const { strip = 0, prefix = '', digits, gti = title.gti, ...fields } = change;
  const kept = { ...title, ...fields, gti, digits: digits ?? prefix + title.digits.slice(strip) };
  return gti === title.gti ? kept : fieldsOf(kept);
}

/** A title has the fields of its indicator, and no others (ITU-T Q.713 §3.4.2.3). */
function fieldsOf(title: GlobalTitle): GlobalTitle {
  const { gti, digits, natureOfAddress = 0, translationType = 0, numberingPlan = 0, encodingScheme } = title;
  const scheme = encodingScheme === undefined ? {} : { encodingScheme };
  switch (gti) {
    case 1:
      return { gti, natureOfAddress, digits };
    case 2:
      return { gti, translationType, digits };
    case 3:
      return { gti, translationType, numberingPlan, ...scheme, digits };
    case 4:
      return { gti, translationType, numberingPlan, natureOfAddress, ...scheme, digits };
  }
}
