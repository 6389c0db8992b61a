/** The rules of a global title translation table (ITU-T Q.714 §2.4), and what can be wrong with them. */
import { DigitTree } from './digit-tree.ts';
import { isDigits } from './global-title.ts';

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
  /** Absent: this node; routed on `ssn` a subsystem here, on `gt` the new title is translated in its turn. */
  readonly pointCode?: number;
  /** Absent: the SSN that the address had. */
  readonly ssn?: number;
  /** What the message is routed on from there: the SSN there, or the title, for the next translator. */
  readonly routing: 'ssn' | 'gt';
  /** A new title: what is absent stays. */
  readonly title?: TitleChange;
}

export interface TitleChange {
  readonly gti?: 1 | 2 | 3 | 4;
  readonly translationType?: number;
  readonly numberingPlan?: number;
  readonly natureOfAddress?: number;
  /** All digits give way to these; else the first `strip` go, then `prefix` is put in front. */
  readonly digits?: string;
  readonly strip?: number;
  readonly prefix?: string;
}

/** One thing that is wrong with a table: the key in it, as in `[3].targets[0].ssn`, and what is wrong, in words that follow it. */
export interface TranslationProblem {
  readonly path: string;
  readonly message: string;
}

/** Rules that select on the same fields. */
export interface Selector {
  readonly gti: number | undefined;
  readonly translationType: number | undefined;
  readonly numberingPlan: number | undefined;
  readonly natureOfAddress: number | undefined;
  readonly tree: DigitTree<TranslationRule>;
}

/** Targets of one rule. */
export const TARGETS_MAX = 16;

/** A table ready to be searched, those selectors first that say more about the title; or all that is wrong with it. */
export function compileRules(
  rules: readonly TranslationRule[],
):
  | { readonly ok: true; readonly selectors: readonly Selector[] }
  | { readonly ok: false; readonly problems: readonly TranslationProblem[] } {
  const problems: TranslationProblem[] = [];
  const selectors = new Map<string, Selector>();
  rules.forEach((rule, index) => {
    const wrong = (path: string, message: string) => problems.push({ path: `[${index}].${path}`, message });
    const { gti, translationType, numberingPlan, natureOfAddress } = rule;
    const key = [gti, translationType, numberingPlan, natureOfAddress].join();
    let selector = selectors.get(key);
    if (selector === undefined) {
      selector = { gti, translationType, numberingPlan, natureOfAddress, tree: new DigitTree() };
      selectors.set(key, selector);
    }
    inRange(wrong, '', { gti, translationType, numberingPlan, natureOfAddress });
    const added = selector.tree.add(rule.digits, rule);
    if (added === 'no-pattern') wrong('digits', `${rule.digits} is no pattern of digits`);
    else if (added === 'there-already') wrong('digits', `${rule.digits} is there already`);
    if (rule.targets.length === 0) wrong('targets', 'has no target');
    if (rule.targets.length > TARGETS_MAX) wrong('targets', `has more than ${TARGETS_MAX} targets`);
    rule.targets.forEach((target, at) => {
      checkTarget((path, message) => wrong(`targets[${at}]${path}`, message), target);
    });
  });
  if (problems.length > 0) return { ok: false, problems };
  const fields = (one: Selector) =>
    [one.gti, one.translationType, one.numberingPlan, one.natureOfAddress].filter(
      (field) => field !== undefined,
    ).length;
  return { ok: true, selectors: [...selectors.values()].sort((a, b) => fields(b) - fields(a)) };
}

type Wrong = (path: string, message: string) => void;

/** What a field of a title can hold (ITU-T Q.713 §3.4.2.3). */
const RANGES = {
  gti: [1, 4],
  translationType: [0, 255],
  numberingPlan: [0, 15],
  natureOfAddress: [0, 127],
  ssn: [1, 255],
  strip: [0, 32],
} as const;

function inRange(
  wrong: Wrong,
  before: string,
  fields: { readonly [K in keyof typeof RANGES]?: number | undefined },
): void {
  for (const [name, value] of Object.entries(fields)) {
    const [from, to] = RANGES[name as keyof typeof RANGES];
    if (value !== undefined && !(Number.isInteger(value) && value >= from && value <= to))
      wrong(before + name, `${value} is not ${from} … ${to}`);
  }
}

function checkTarget(wrong: Wrong, { pointCode, ssn, routing, title }: TranslationTarget): void {
  inRange(wrong, '.', { ssn });
  if (title !== undefined) {
    const { gti, translationType, numberingPlan, natureOfAddress, strip } = title;
    inRange(wrong, '.title.', { gti, translationType, numberingPlan, natureOfAddress, strip });
    for (const name of ['digits', 'prefix'] as const) {
      const digits = title[name];
      if (digits !== undefined && !isDigits(digits)) wrong(`.title.${name}`, `${digits} are no digits`);
    }
    if (title.digits !== undefined && (title.prefix !== undefined || (strip ?? 0) > 0))
      wrong('.title.digits', 'does not go with strip or prefix');
  }
  if (pointCode === undefined && routing === 'gt' && title === undefined)
    wrong('', 'leads to the same title again: name a point code, a new title, or routing ssn');
}
