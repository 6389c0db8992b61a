/** What is known of the subscriber being there, and who is told of a return (A6, K1). */
import { mayKnowReturn } from '../rules/returns.ts';
import type { CalleeReturned, ReachabilitySource } from '../types/model/event.ts';
import { NO_RULE_STATE } from '../types/model/rule-state.ts';
import type { Watcher } from '../types/model/state.ts';
import { step } from './delivery.ts';
import type { Draft } from './draft.ts';

/** Evidence that the subscriber is there: who waits for the return is told, and what is due goes out. */
export function becameReachable(draft: Draft, atMs: number, by: ReachabilitySource): void {
  seen(draft, atMs, by);
  step(draft, 'reachable');
}

/** A contact with the network of some time ago, as the HLR has it: of before an absence was found it ends none. */
export function wasInContact(draft: Draft, atMs: number, by: ReachabilitySource): void {
  const { absent, absentSinceMs } = draft.next;
  if (absent && atMs <= absentSinceMs && !draft.isOfAnotherClock(absentSinceMs)) return;
  becameReachable(draft, atMs, by);
}

/**
 * Evidence without a trigger of its own. Watchers of an absence that began after the evidence go on waiting, unless their
 * time lies in the future: the clock was set back since.
 */
export function seen(draft: Draft, atMs: number, by: ReachabilitySource): void {
  const { next } = draft;
  // Of who is no subscriber only those want to know who watch.
  if (next.profile === undefined && next.watchers.length === 0) return;
  if (atMs <= draft.reachableAtMs) return;
  if (next.absent) draft.returnedBy = by;
  // Tries that failed in an absence that is over say nothing of how the next one goes.
  draft.set({
    absent: false,
    absentSinceMs: 0,
    reachableAtMs: atMs,
    reachableBy: by,
    failures: 0,
    passingFailures: 0,
  });
  if (draft.remembered.awayTold.length > 0) draft.remember({ awayTold: NO_RULE_STATE.awayTold });
  if (next.watchers.length === 0) return;
  const waits = ({ awaySinceMs }: Watcher) => awaySinceMs >= atMs && !draft.isOfAnotherClock(awaySinceMs);
  for (const watcher of next.watchers) if (!waits(watcher)) tellOfReturn(draft, watcher, atMs);
  draft.set({ watchers: next.watchers.filter(waits) });
}

/** K1, R2: who waited is told, if still allowed to know. */
export function tellOfReturn(
  draft: Draft,
  { subscriber, attemptedAtMs, awaySinceMs, busy }: Watcher & Pick<CalleeReturned, 'busy'>,
  returnedAtMs: number,
): void {
  if (!mayKnowReturn(draft.rules, subscriber)) return draft.noteRule('privacy', { of: subscriber });
  draft.emit({
    kind: 'tell-subscriber',
    subscriber,
    from: draft.next.number,
    what: {
      kind: 'callee-returned',
      attemptedAtMs,
      awaySinceMs,
      returnedAtMs,
      ...(busy === undefined ? {} : { busy }),
    },
  });
}

export function becameAbsent(draft: Draft): void {
  const { next } = draft;
  if (next.absent || next.profile === undefined) return;
  draft.set({ absent: true, absentSinceMs: draft.atMs, absences: next.absences + 1 });
}
