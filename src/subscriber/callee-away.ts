/** What a caller is told whose call failed (K4, K6): in the called party's actor, and in the caller's. */
import { isListed } from '../rules/caller-patterns.ts';
import { isFailureTold, mayKnowReturn } from '../rules/returns.ts';
import type { CalleeAwayTell, CallMissed } from '../types/model/event.ts';
import type { FailureCause } from '../types/model/notice.ts';
import type { FailureTold } from '../types/model/rule-state.ts';
import { step } from './delivery.ts';
import type { Draft } from './draft.ts';
import { kept } from './due.ts';

/** Callers who are told in one absence; further ones are not. */
const TOLD_MAX = 64;
/** A call of the same caller that fails for the same cause within this time is of the same series, and told once. */
const SERIES_MS = 3_600_000;
/** Failed calls that a caller has still to be told of. */
const AWAY_MAX = 8;

interface FailedCall {
  readonly caller: string;
  readonly attemptedAtMs: number;
  readonly reason: FailureCause;
}

/** Once for a pair and an absence. Without words of the called party's own it says no more than who may know of the return. */
export function tellCallerOfAbsence(draft: Draft, call: CallMissed): void {
  const { next, rules } = draft;
  const { caller } = call;
  if (!rules.calleeAway || !next.absent || !mayHear(draft, caller)) return;
  const { awayTold } = draft.remembered;
  if (awayTold.includes(caller) || awayTold.length >= TOLD_MAX) return;
  draft.remember({ awayTold: [...awayTold, caller] });
  tellCaller(draft, call);
}

/** K4: of other causes, once for a pair, a cause and a series of calls. Who gives a call up knows why it ended. */
export function tellCallerOfFailure(draft: Draft, call: FailedCall): void {
  const { next, rules } = draft;
  const { caller, reason } = call;
  if (next.profile?.missedCalls !== true || caller === '' || caller === next.number) return;
  if (!rules.causesForCallers.includes(reason) || !mayHear(draft, caller)) return;
  const isRecent = ({ atMs }: FailureTold) => draft.atMs - atMs < SERIES_MS && !draft.isOfAnotherClock(atMs);
  const recent = draft.remembered.failuresTold.filter(isRecent);
  if (recent.some((told) => told.caller === caller && told.cause === reason)) return;
  const told = { caller, cause: reason, atMs: draft.atMs };
  draft.remember({ failuresTold: [...recent, told].slice(-TOLD_MAX) });
  tellCaller(draft, call);
}

/** The caller has got through: what fails from now on is a new series. */
export function failureSeriesOver(draft: Draft, caller: string): void {
  const { failuresTold } = draft.remembered;
  const others = kept(failuresTold, (told) => told.caller !== caller);
  if (others !== failuresTold) draft.remember({ failuresTold: others });
}

/** R2, R4. Who writes words of their own wants them read. */
function mayHear(draft: Draft, caller: string): boolean {
  const { rules, policy } = draft;
  if (isListed(caller, policy.callers.excluded)) return false;
  if (rules.ownMessage !== '' || mayKnowReturn(rules, caller)) return true;
  draft.noteRule('privacy', { of: caller });
  return false;
}

function tellCaller(draft: Draft, { caller, attemptedAtMs, reason }: FailedCall): void {
  const { next, rules } = draft;
  const what = { kind: 'callee-away', attemptedAtMs, reason, ownMessage: rules.ownMessage } as const;
  draft.emit({ kind: 'tell-subscriber', subscriber: caller, from: next.number, what });
}

/** The caller's own rules hold: what they forbid to tell now is too late when they no longer do. */
export function calleeAway(draft: Draft, from: string, what: CalleeAwayTell): void {
  const failed = { ...what, subscriber: from };
  if (!isFailureTold(draft.next.profile, draft.rules, failed)) return;
  const { away } = draft.remembered;
  // A call that failed by another cause since does not take the news of an absence away, nor the other way round.
  const others = away.filter(({ subscriber, reason }) => subscriber !== from || reason !== what.reason);
  draft.remember({ away: [...others, failed].slice(-AWAY_MAX) });
  step(draft, 'became-due');
}
