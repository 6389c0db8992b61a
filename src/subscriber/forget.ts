/**
 * R6: a number is erased. Its own actor forgets all that it knows; the others take it from their lists. What is on its way to
 * a handset, or may have arrived in part, stays until that has ended: what is sent again must be the same octets.
 */
import type { Preferences } from '../types/model/preferences.ts';
import { changedSelfCare, initialState } from '../types/model/state.ts';
import type { Draft } from './draft.ts';

export function forgetNumber(draft: Draft, number: string): void {
  if (number === draft.next.number) forgetAll(draft);
  else forgetOther(draft, number);
}

/** What must stay is that a try is on its way: its outcome closes it. What an SMSC has is cancelled. */
function forgetAll(draft: Draft): void {
  draft.cancelHandedOver();
  const { number, sequence, delivery, trying, deadlineAtMs, deadlineGeneration } = draft.next;
  draft.set({
    ...initialState(number),
    sequence,
    delivery: delivery === 'handed-over' ? 'idle' : delivery,
    trying,
    deadlineAtMs,
    deadlineGeneration,
    laterFields: [],
  });
}

function forgetOther(draft: Draft, number: string): void {
  const { next } = draft;
  const others = <T>(list: readonly T[], of: (entry: T) => string): readonly T[] =>
    list.some((entry) => of(entry) === number) ? list.filter((entry) => of(entry) !== number) : list;

  // The calls were missed all the same: they are told as a count.
  const missed = others(next.missed, ({ caller }) => caller);
  if (missed !== next.missed) {
    const calls = next.missed.reduce((sum, line) => sum + (line.caller === number ? line.calls : 0), 0);
    draft.set({ missed, furtherCalls: next.furtherCalls + calls });
  }
  const returns = others(next.returns, ({ subscriber }) => subscriber);
  if (returns !== next.returns) draft.set({ returns });
  const returnsHeard = others(next.returnsHeard, ({ subscriber }) => subscriber);
  if (returnsHeard !== next.returnsHeard) draft.set({ returnsHeard });
  const watchers = others(next.watchers, ({ subscriber }) => subscriber);
  if (watchers !== next.watchers) draft.set({ watchers });
  const alertsFor = others(next.alertsFor, (subscriber) => subscriber);
  if (alertsFor !== next.alertsFor) draft.set({ alertsFor });

  forgetOrders(draft, number);

  const { profile } = next;
  if (profile?.preferences === undefined) return;
  const preferences = withoutNumber(profile.preferences, number);
  if (preferences !== profile.preferences) draft.set({ profile: { ...profile, preferences } });
}

/** What was ordered for the number, and that it was reported. */
function forgetOrders(draft: Draft, number: string): void {
  const { selfCare } = draft.next;
  if (selfCare === undefined) return;
  const ordered = selfCare.ordered.filter(({ subscriber }) => subscriber !== number);
  const reports = selfCare.reports.filter(({ caller }) => caller !== number);
  if (ordered.length === selfCare.ordered.length && reports.length === selfCare.reports.length) return;
  draft.set({ selfCare: changedSelfCare(selfCare, { ordered, reports }) });
}

function withoutNumber(preferences: Preferences, number: string): Preferences {
  let kept = preferences;
  if (kept.forwardTo === number) {
    const { forwardTo: _, ...rest } = kept;
    kept = rest;
  }
  for (const list of ['mayKnow', 'callersListed', 'watched'] as const) {
    if (kept[list]?.includes(number) !== true) continue;
    kept = { ...kept, [list]: kept[list].filter((listed) => listed !== number) };
  }
  return kept;
}
