/** What a caller is told whose call failed (K4, K6): in the called party's actor, and in the caller's. */
import { mayKnowReturn, wantsReturnOf } from '../rules/returns.ts';
import type { CalleeAwayTell, CallMissed } from '../types/model/event.ts';
import { step } from './delivery.ts';
import type { Draft } from './draft.ts';

/** Callers who are told in one absence; further ones are not. */
const TOLD_MAX = 64;
/** Failed calls that a caller has still to be told of. */
const AWAY_MAX = 8;

/** Once for a pair and an absence. Without words of the called party's own it says no more than who may know of the return. */
export function tellCallerOfAbsence(draft: Draft, { caller, attemptedAtMs, reason }: CallMissed): void {
  const { next, rules } = draft;
  if (!rules.calleeAway || !next.absent) return;
  if (rules.ownMessage === '' && !mayKnowReturn(rules, caller))
    return draft.noteRule('privacy', { of: caller });
  const { awayTold } = draft.remembered;
  if (awayTold.includes(caller) || awayTold.length >= TOLD_MAX) return;
  draft.remember({ awayTold: [...awayTold, caller] });
  const what = { kind: 'callee-away', attemptedAtMs, reason, ownMessage: rules.ownMessage } as const;
  draft.emit({ kind: 'tell-subscriber', subscriber: caller, from: next.number, what });
}

/** The caller's own rules hold: what they forbid to tell now is too late when they no longer do. */
export function calleeAway(draft: Draft, from: string, what: CalleeAwayTell): void {
  if (!wantsReturnOf(draft.next.profile, from)) return;
  const { away } = draft.remembered;
  const others = away.filter(({ subscriber }) => subscriber !== from);
  draft.remember({ away: [...others, { ...what, subscriber: from }].slice(-AWAY_MAX) });
  step(draft, 'became-due');
}
