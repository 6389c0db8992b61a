/**
 * A7: callers who met a busy line are told when it is free. The end of a call of the subscriber's shows it, and a phone that
 * rings; where nothing does, they are told at the latest after a time (`lineFreeMinutes`).
 */

import type { LineAwaited } from '../types/model/rule-state.ts';
import type { Draft } from './draft.ts';
import { kept } from './due.ts';
import { tellOfReturn } from './presence.ts';

/** Evidence that the line was free at that time: who met it busy before is told. */
export function lineBecameFree(draft: Draft, atMs: number): void {
  if (!draft.rules.lineFree && draft.remembered.lineAwaited.length === 0) return;
  const { lineAwaited, lineFreeAtMs } = draft.remembered;
  if (atMs > lineFreeAtMs || draft.isOfAnotherClock(lineFreeAtMs)) draft.remember({ lineFreeAtMs: atMs });
  const isFree = ({ busySinceMs }: LineAwaited) => busySinceMs < atMs || draft.isOfAnotherClock(busySinceMs);
  endWaits(draft, lineAwaited, isFree, atMs);
}

/** `wait` begins, or, where the line has become free since, is over at once. */
export function awaitLine(
  draft: Draft,
  wait: { readonly subscriber: string; readonly attemptedAtMs: number; readonly busySinceMs: number },
): void {
  const { lineAwaited, lineFreeAtMs } = draft.remembered;
  const { subscriber, busySinceMs } = wait;
  const others = lineAwaited.filter((one) => one.subscriber !== subscriber);
  if (lineFreeAtMs > busySinceMs && !draft.isOfAnotherClock(lineFreeAtMs)) {
    change(draft, others);
    return tellOfFreeLine(draft, wait, lineFreeAtMs);
  }
  const untilMs = draft.atMs + draft.rules.lineFreeMinutes * 60_000;
  change(draft, draft.newest('watchers', [...others, { ...wait, untilMs }], draft.policy.watchersMax));
}

/**
 * Nothing has shown the line free in time. Who is away by now is waited for as any who is; else the caller is told that another
 * try is worth it.
 */
export function lineDeadline(draft: Draft): void {
  const { lineAwaited } = draft.remembered;
  const firstMs = Math.min(...lineAwaited.map(({ untilMs }) => untilMs));
  // By a clock that was set back meanwhile the time may look not yet come: it is the timer that says so.
  const isOver = ({ untilMs }: LineAwaited) => untilMs <= Math.max(firstMs, draft.atMs);
  if (draft.next.absent) return becameAway(draft, isOver);
  endWaits(draft, lineAwaited, isOver, draft.atMs);
}

/** The line is not busy any more, but the subscriber is not there: who waited for the line waits for the return. */
export function lineWentAway(draft: Draft): void {
  becameAway(draft, () => true);
}

/** N15, R6: nobody waits for the line any more of whom this is true. */
export function forgetLineAwaited(draft: Draft, isMeant: (wait: LineAwaited) => boolean): boolean {
  if (draft.next.rules === undefined) return false;
  const { lineAwaited } = draft.remembered;
  const left = kept(lineAwaited, (wait) => !isMeant(wait));
  if (left === lineAwaited) return false;
  change(draft, left);
  return true;
}

function becameAway(draft: Draft, isMeant: (wait: LineAwaited) => boolean): void {
  const { lineAwaited } = draft.remembered;
  const gone = lineAwaited.filter(isMeant);
  if (gone.length === 0) return;
  const { watchers } = draft.next;
  const names = new Set(gone.map(({ subscriber }) => subscriber));
  const moved = gone.map(({ subscriber, attemptedAtMs }) => ({
    subscriber,
    attemptedAtMs,
    awaySinceMs: draft.atMs,
  }));
  const others = watchers.filter(({ subscriber }) => !names.has(subscriber));
  draft.set({ watchers: draft.newest('watchers', [...others, ...moved], draft.policy.watchersMax) });
  change(
    draft,
    lineAwaited.filter((wait) => !isMeant(wait)),
  );
}

function endWaits(
  draft: Draft,
  waits: readonly LineAwaited[],
  isOver: (wait: LineAwaited) => boolean,
  atMs: number,
): void {
  const left = kept(waits, (wait) => !isOver(wait));
  if (left === waits) return;
  for (const wait of waits) if (isOver(wait)) tellOfFreeLine(draft, wait, atMs);
  change(draft, left);
}

function tellOfFreeLine(
  draft: Draft,
  { subscriber, attemptedAtMs, busySinceMs }: Omit<LineAwaited, 'untilMs'>,
  atMs: number,
): void {
  tellOfReturn(draft, { subscriber, attemptedAtMs, awaySinceMs: busySinceMs, busy: true }, atMs);
}

/** The timer follows: a firing for the list as it was is stale. */
function change(draft: Draft, lineAwaited: readonly LineAwaited[]): void {
  if (lineAwaited.length === 0 && draft.remembered.lineAwaited.length === 0) return;
  draft.remember({ lineAwaited });
  draft.set({ deadlineGeneration: draft.next.deadlineGeneration + 1 });
}
