/** The list of who called: one line per caller, oldest first, with a bound. */
import type { MissedCaller } from '../types/model/notice.ts';

export interface MissedList {
  readonly callers: readonly MissedCaller[];
  /** Calls of callers that the list had no room for. */
  readonly furtherCalls: number;
}

/** One more line. A caller that is on the list keeps its place: the counts add up, time and reason are the later call's. */
export function addLine(list: MissedList, line: MissedCaller, callersMax: number): MissedList {
  const index = list.callers.findIndex((known) => known.caller === line.caller);
  if (index >= 0) {
    const known = list.callers[index]!;
    const later = line.lastAtMs >= known.lastAtMs ? line : known;
    const { firstAtMs: _, ...rest } = later;
    const firstAtMs = Math.min(known.firstAtMs ?? Infinity, line.firstAtMs ?? Infinity);
    const merged: MissedCaller = {
      ...rest,
      calls: known.calls + line.calls,
      ...(firstAtMs === Infinity ? {} : { firstAtMs }),
    };
    return { callers: list.callers.with(index, merged), furtherCalls: list.furtherCalls };
  }
  if (list.callers.length >= callersMax) {
    return { callers: list.callers, furtherCalls: list.furtherCalls + line.calls };
  }
  return { callers: [...list.callers, line], furtherCalls: list.furtherCalls };
}

/** What could not be told goes back in front of what came since. */
export function putBack(kept: MissedList, since: MissedList, callersMax: number): MissedList {
  let list: MissedList = { callers: kept.callers, furtherCalls: kept.furtherCalls + since.furtherCalls };
  for (const line of since.callers) list = addLine(list, line, callersMax);
  return list;
}

/** Several lists as one, in this order. */
export function addLists(lists: readonly MissedList[], callersMax: number): MissedList {
  return lists.reduce((list, next) => putBack(list, next, callersMax), { callers: [], furtherCalls: 0 });
}
