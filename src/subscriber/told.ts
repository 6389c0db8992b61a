/** Notify me (K1): A's order reaches B's actor, B's return reaches A's. */
import type { Told } from '../types/model/event.ts';
import type { EffectId } from '../types/model/notice.ts';
import type { Draft } from './draft.ts';

export function told(draft: Draft, { source, from, what }: Told): void {
  const { next, policy } = draft;
  if (next.profile === undefined) return;
  const heard = next.tellsHeard.find((position) => position.partition === source.partition);
  if (heard !== undefined && !isAfter(source, heard)) return;
  draft.set({ tellsHeard: [...next.tellsHeard.filter((position) => position !== heard), source] });

  switch (what.kind) {
    case 'callee-unreachable':
      if (next.profile.notifyMe !== 'always') return;
      draft.emit({
        kind: 'tell-subscriber',
        subscriber: from,
        from: next.number,
        what: { kind: 'return-watched', attemptedAtMs: what.attemptedAtMs },
      });
      return;
    case 'return-watched':
      if (draft.reachableAtMs > what.attemptedAtMs) {
        draft.emit({
          kind: 'tell-subscriber',
          subscriber: from,
          from: next.number,
          what: {
            kind: 'callee-returned',
            attemptedAtMs: what.attemptedAtMs,
            returnedAtMs: draft.reachableAtMs,
          },
        });
        return;
      }
      draft.set({
        watchers: [
          ...next.watchers.filter((watcher) => watcher.subscriber !== from),
          { subscriber: from, attemptedAtMs: what.attemptedAtMs },
        ].slice(-policy.watchersMax),
      });
      draft.step('became-due');
      return;
    case 'callee-returned':
      if (next.profile.notifyMe !== 'always') return;
      draft.set({
        returns: [
          ...next.returns.filter((entry) => entry.subscriber !== from),
          { subscriber: from, attemptedAtMs: what.attemptedAtMs, returnedAtMs: what.returnedAtMs },
        ].slice(-policy.returnsMax),
      });
      draft.step('became-due');
      return;
    default:
      what satisfies never;
  }
}

function isAfter(a: EffectId, b: EffectId): boolean {
  return a.sequence > b.sequence || (a.sequence === b.sequence && a.index > b.index);
}
