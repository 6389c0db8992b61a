/** What becomes of a failed call (C5, R1, R3, R4, R7): a table, of which the first row that fits is taken. */
import type { CallMissed } from '../types/model/event.ts';
import type { MissedReason } from '../types/model/notice.ts';
import type { NotTold } from '../types/model/ruling.ts';
import { type CallerPattern, isListed } from './caller-patterns.ts';
import type { Rules } from './service-class.ts';

/** The operator's lists, for everybody. */
export interface CallerLists {
  /** R4: emergency, service numbers, payphones. */
  readonly excluded: readonly CallerPattern[];
  /** R3 */
  readonly blocked: readonly CallerPattern[];
}

export const NO_CALLER_LISTS: CallerLists = { excluded: [], blocked: [] };

/** 'told': with the caller's number. 'counted': as a call of a withheld number. */
export type Verdict = 'told' | 'counted' | NotTold;

type Call = Pick<CallMissed, 'caller' | 'presentation' | 'reason'>;
type Fits = (call: Call, rules: Rules, lists: CallerLists, number: string) => boolean;

/** Conditional forwarding leads these to a mailbox: busy, no reply, not reachable (3GPP TS 22.082 §1). */
const takenByMailbox: ReadonlySet<MissedReason> = new Set(['busy', 'no-answer', 'not-reachable']);

const isWithheld: Fits = ({ caller, presentation }) => presentation !== 'allowed' || caller === '';

// biome-ignore format: a row a line
export const captureTable: readonly (readonly [Verdict, Fits, rule: string])[] = [
  ['own-call',   ({ caller }, _rules, _lists, number) => caller === number,                            'C1'],
  ['excluded',   ({ caller }, _rules, { excluded }) => isListed(caller, excluded),                     'R4'],
  ['blocked',    ({ caller }, _rules, { blocked }) => isListed(caller, blocked),                       'R3'],
  ['blocked',    ({ caller }, { callerFilter, callersListed }) => callerFilter === 'block-listed' && callersListed.includes(caller), 'R3'],
  ['not-listed', ({ caller }, { callerFilter, callersListed }) => callerFilter === 'only-listed' && !callersListed.includes(caller), 'R3'],
  ['reason',     ({ reason }, { reasons }) => !reasons.includes(reason),                               'C5'],
  ['mailbox',    ({ reason }, { mailbox }) => mailbox === 'instead' && takenByMailbox.has(reason),     'R7'],
  ['withheld',   (call, rules, lists, number) => rules.withheld === 'suppress' && isWithheld(call, rules, lists, number), 'R1, 3GPP TS 22.081 §2'],
  ['counted',    isWithheld,                                                                           'R1, 3GPP TS 22.081 §2'],
  ['told',       () => true,                                                                           'N1'],
];

/** @param number the subscriber's own */
export function verdictOn(call: Call, rules: Rules, lists: CallerLists, number: string): Verdict {
  for (const row of captureTable) if (row[1](call, rules, lists, number)) return row[0];
  return 'told';
}

/** Whether a line that was captured may still be told, now that the rules may be others; an empty number is a withheld one. */
export function mayBeTold(
  { caller, reason }: { readonly caller: string; readonly reason: MissedReason },
  rules: Rules,
  lists: CallerLists,
): boolean {
  if (caller === '')
    return (
      rules.withheld !== 'suppress' &&
      verdictOn(
        { caller: '0', presentation: 'restricted', reason },
        { ...rules, callerFilter: 'none' },
        NO_CALLER_LISTS,
        '',
      ) === 'counted'
    );
  return verdictOn({ caller, presentation: 'allowed', reason }, rules, lists, '') === 'told';
}
