/** A's last attempt at each B whose return it waits for (A6, A7): one return has one notice, which names the last one. */
import type { CalleeReturned, CalleeUnreachable } from '../types/model/event.ts';
import type { Draft } from './draft.ts';
import { kept } from './due.ts';

/** Callees of whom it is known; of further ones, and of what was lost, each answer tells the attempt that it is for. */
const LAST_ATTEMPTS_MAX = 16;

/**
 * Orders that are held up on their way reach B behind the return, and B answers each by itself. The first answer is the notice:
 * so it tells the last of these attempts (A6).
 */
export function rememberAttempt(
  draft: Draft,
  from: string,
  { attemptedAtMs, awaySinceMs, busy }: CalleeUnreachable,
): void {
  const others = draft.next.lastAttempts.filter(({ subscriber }) => subscriber !== from);
  const attempt = {
    subscriber: from,
    attemptedAtMs,
    awaySinceMs,
    ...(busy === undefined ? {} : { busy }),
  };
  draft.set({ lastAttempts: [...others, attempt].slice(-LAST_ATTEMPTS_MAX) });
}

/** The last attempt of those that failed before this return: what it answers, or one that was ordered since. */
export function lastAttemptAtMs(
  draft: Draft,
  from: string,
  { attemptedAtMs, awaySinceMs, returnedAtMs, busy }: CalleeReturned,
): number {
  const last = draft.next.lastAttempts.find(({ subscriber }) => subscriber === from);
  if (last === undefined || draft.isOfAnotherClock(last.awaySinceMs)) return attemptedAtMs;
  // Who is back may be on another call: a line that was busy then has an answer of its own.
  const isOfAnotherKind = last.busy !== busy;
  const isOfLater = last.awaySinceMs >= returnedAtMs;
  const isOlder = last.awaySinceMs < awaySinceMs && !draft.isOfAnotherClock(awaySinceMs);
  return isOfAnotherKind || isOfLater || isOlder ? attemptedAtMs : last.attemptedAtMs;
}

/** What B tells comes in order: behind the answer to the last attempt there is none to an older one. */
export function forgetAnswered(draft: Draft, from: string, { attemptedAtMs }: CalleeReturned): void {
  const { lastAttempts } = draft.next;
  const left = kept(lastAttempts, (last) => last.subscriber !== from || last.attemptedAtMs !== attemptedAtMs);
  if (left !== lastAttempts) draft.set({ lastAttempts: left });
}
