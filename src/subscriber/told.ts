/** Notify me (K1): A's order reaches B's actor, B's return reaches A's. What else actors tell each other (K4, N15). */
import { mayKnowReturn, wantsReturnOf } from '../rules/returns.ts';
import { type CalleeReturned, concernsStrangers, type Told } from '../types/model/event.ts';
import type { EffectId } from '../types/model/notice.ts';
import { calleeAway } from './callee-away.ts';
import { step } from './delivery.ts';
import type { Draft } from './draft.ts';
import { forgetAnswered, lastAttemptAtMs, rememberAttempt } from './last-attempts.ts';
import { awaitLine } from './line.ts';
import { becameReachable } from './presence.ts';
import { orderedReturn } from './self-care.ts';
import { settle, takePrecedence } from './settled.ts';
import { numberShown, numberWithheld } from './show-number.ts';
import { alertsFor } from './stored-number.ts';

/** A call that races with the return of who is called may be heard of behind it: few returns need to be known for that. */
const RETURNS_HEARD_MAX = 16;

export function told(draft: Draft, { source, from, what }: Told): void {
  const { next, policy } = draft;
  if (next.profile === undefined && !concernsStrangers(what)) return;
  const heard = next.tellsHeard.find((position) => position.partition === source.partition);
  if (heard !== undefined && !isAfter(source, heard)) return;
  draft.set({ tellsHeard: [...next.tellsHeard.filter((position) => position !== heard), source] });

  switch (what.kind) {
    case 'callee-unreachable':
      if (!wantsReturnOf(next.profile, from)) return;
      forgetReturnsOfAnotherClock(draft, from);
      rememberAttempt(draft, from, what);
      draft.emit({
        kind: 'tell-subscriber',
        subscriber: from,
        from: next.number,
        what: { ...what, kind: 'return-watched' },
      });
      return;
    case 'return-watched':
      if (!mayKnowReturn(draft.rules, from)) return draft.noteRule('privacy', { of: from });
      takePrecedence(draft, from, what.attemptedAtMs);
      if (what.busy === true) {
        const { attemptedAtMs, awaySinceMs: busySinceMs } = what;
        return awaitLine(draft, { subscriber: from, attemptedAtMs, busySinceMs });
      }
      if (draft.reachableAtMs > what.awaySinceMs) {
        draft.emit({
          kind: 'tell-subscriber',
          subscriber: from,
          from: next.number,
          what: {
            kind: 'callee-returned',
            attemptedAtMs: what.attemptedAtMs,
            awaySinceMs: what.awaySinceMs,
            returnedAtMs: draft.reachableAtMs,
          },
        });
        forgetOlderOrders(draft, from);
        return;
      }
      draft.set({
        watchers: draft.newest(
          'watchers',
          [
            ...next.watchers.filter((watcher) => watcher.subscriber !== from),
            { subscriber: from, attemptedAtMs: what.attemptedAtMs, awaySinceMs: what.awaySinceMs },
          ],
          policy.watchersMax,
        ),
      });
      step(draft, 'became-due');
      return;
    case 'callee-returned':
      if (orderedReturn(draft, from, what)) return;
      if (wantsReturnOf(next.profile, from)) calleeReturned(draft, from, what);
      forgetAnswered(draft, from, what);
      return;
    case 'alert-expected':
      return alertsFor(draft, from);
    case 'alerted':
      return becameReachable(draft, what.alertedAtMs, 'alert');
    case 'callee-away':
      return calleeAway(draft, from, what);
    case 'number-withheld':
      return numberWithheld(draft, from, what);
    case 'number-shown':
      return numberShown(draft, from, what);
    case 'spoken':
      settle(draft, from, what.atMs);
      return step(draft, 'withdrawn');
    default:
      what satisfies never;
  }
}

/** Orders of before the clock was set back are for the return that has just been told, too: they came before it. */
function forgetOlderOrders(draft: Draft, from: string): void {
  const { watchers } = draft.next;
  const kept = watchers.filter(
    ({ subscriber, awaySinceMs }) => subscriber !== from || !draft.isOfAnotherClock(awaySinceMs),
  );
  if (kept.length < watchers.length) draft.set({ watchers: kept });
}

/** A call fails behind a return that is told as later: the clock was set back, and their order cannot be told from it. */
function forgetReturnsOfAnotherClock(draft: Draft, from: string): void {
  const { returnsHeard } = draft.next;
  const kept = returnsHeard.filter(
    ({ subscriber, returnedAtMs }) => subscriber !== from || !draft.isOfAnotherClock(returnedAtMs),
  );
  if (kept.length < returnsHeard.length) draft.set({ returnsHeard: kept });
}

/** One return, one notice (A6): a call that failed before a return that was heard of is told with it, or not at all. */
function calleeReturned(draft: Draft, from: string, what: CalleeReturned): void {
  const { next, policy } = draft;
  const { awaySinceMs, returnedAtMs } = what;
  const attemptedAtMs = lastAttemptAtMs(draft, from, what);
  const waiting = next.returns.some((entry) => entry.subscriber === from);
  const heard = next.returnsHeard.find((entry) => entry.subscriber === from);
  const isOld =
    heard !== undefined && awaySinceMs < heard.returnedAtMs && !draft.isOfAnotherClock(heard.returnedAtMs);
  if (isOld && !waiting) return;
  draft.set({
    returns: draft.newest(
      'returns',
      [
        ...next.returns.filter((entry) => entry.subscriber !== from),
        { subscriber: from, attemptedAtMs, returnedAtMs },
      ],
      policy.returnsMax,
    ),
    returnsHeard: [
      ...next.returnsHeard.filter((entry) => entry.subscriber !== from),
      { subscriber: from, returnedAtMs },
    ].slice(-RETURNS_HEARD_MAX),
  });
  step(draft, 'became-due');
}

function isAfter(a: EffectId, b: EffectId): boolean {
  return a.sequence > b.sequence || (a.sequence === b.sequence && a.index > b.index);
}
