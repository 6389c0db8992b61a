/**
 * Global title translation (ITU-T Q.714 §2.4): rules select by translation type, numbering plan, nature of address and
 * digits; each leads to one or more places, chosen by what can be reached and, when shared, by SLS.
 */
import { DigitTree } from './digit-tree.ts';
import type { GlobalTitle } from './service.ts';

export interface TranslationRule {
  /** What the title must have; absent: any. */
  readonly gti?: number;
  readonly translationType?: number;
  readonly numberingPlan?: number;
  readonly natureOfAddress?: number;
  /** `49155*` a prefix, `491551234567` exactly these, `?` any one digit. */
  readonly digits: string;
  /** How several targets share: the first only, the first that can be reached, or by SLS. Default solitary. */
  readonly mode?: 'solitary' | 'dominant' | 'loadshare';
  readonly targets: readonly TranslationTarget[];
}

export interface TranslationTarget {
  /** Absent: this node. */
  readonly pointCode?: number;
  /** Absent: the SSN that the address had. */
  readonly ssn?: number;
  /** What the message is routed on from there: the SSN there, or the title, for the next translator. */
  readonly routing: 'ssn' | 'gt';
  /** A new title: what is absent stays. The first `strip` digits go, then `prefix` is put in front. */
  readonly title?: {
    readonly gti?: 1 | 2 | 3 | 4;
    readonly translationType?: number;
    readonly numberingPlan?: number;
    readonly natureOfAddress?: number;
    readonly strip?: number;
    readonly prefix?: string;
  };
}

export interface Translated {
  readonly target: TranslationTarget;
  readonly globalTitle: GlobalTitle;
}

/** Why there is none: no rule for such a kind of title, or none for these digits (ITU-T Q.713 §3.12, causes 0 and 1). */
export type NoTranslation = 'no-translation-for-nature' | 'no-translation-for-address';

/** Rules that select on the same fields. */
interface Selector {
  readonly gti: number | undefined;
  readonly translationType: number | undefined;
  readonly numberingPlan: number | undefined;
  readonly natureOfAddress: number | undefined;
  readonly tree: DigitTree<TranslationRule>;
}

export class GlobalTitleTranslation {
  /** Those that say more about the title come first. */
  #selectors: readonly Selector[] = [];

  constructor(rules: readonly TranslationRule[] = []) {
    this.replace(rules);
  }

  /** Takes a new table in place of the old one. Returns what is wrong with it, in words; then the old one stays. */
  replace(rules: readonly TranslationRule[]): string[] {
    const wrong: string[] = [];
    const selectors = new Map<string, Selector>();
    for (const rule of rules) {
      const { gti, translationType, numberingPlan, natureOfAddress } = rule;
      const key = [gti, translationType, numberingPlan, natureOfAddress].join();
      let selector = selectors.get(key);
      if (selector === undefined) {
        selector = { gti, translationType, numberingPlan, natureOfAddress, tree: new DigitTree() };
        selectors.set(key, selector);
      }
      if (rule.targets.length === 0) wrong.push(`${rule.digits}: has no target`);
      if (!selector.tree.add(rule.digits, rule)) wrong.push(`${rule.digits}: no pattern, or twice the same`);
    }
    if (wrong.length > 0) return wrong;
    const fields = (one: Selector) =>
      [one.gti, one.translationType, one.numberingPlan, one.natureOfAddress].filter(
        (field) => field !== undefined,
      ).length;
    this.#selectors = [...selectors.values()].sort((a, b) => fields(b) - fields(a));
    return [];
  }

  /** Translates a title; `isAvailable` says whether a target can be reached now. */
  translate(
    title: GlobalTitle,
    sls: number,
    isAvailable: (target: TranslationTarget) => boolean,
  ): Translated | NoTranslation {
    let suited = false;
    for (const selector of this.#selectors) {
      if (!suits(selector, title)) continue;
      suited = true;
      const rule = selector.tree.find(title.digits);
      if (rule === undefined) continue;
      const target = choose(rule, sls, isAvailable);
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

/** With nothing available the first target is taken: what is wrong with it is the reason that the sender hears. */
function choose(
  { mode, targets }: TranslationRule,
  sls: number,
  isAvailable: (target: TranslationTarget) => boolean,
): TranslationTarget {
  const first = targets[0]!;
  if (mode === undefined || mode === 'solitary' || targets.length === 1) return first;
  if (mode === 'dominant') return targets.find(isAvailable) ?? first;
  const start = sls % targets.length;
  for (let step = 0; step < targets.length; step++) {
    const target = targets[(start + step) % targets.length]!;
    if (isAvailable(target)) return target;
  }
  return first;
}

function retitle(title: GlobalTitle, { title: change }: TranslationTarget): GlobalTitle {
  if (change === undefined) return title;
  const { strip = 0, prefix = '', ...fields } = change;
  return { ...title, ...fields, digits: prefix + title.digits.slice(strip) };
}
