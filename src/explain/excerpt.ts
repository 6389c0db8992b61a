/** Parts of a story. */
import type { Story } from './story.ts';

/** Calls and notices of a time, and what they name of each other. */
export function within(story: Story, fromMs: number, toMs: number): Story {
  const isWithin = (atMs: number): boolean => atMs >= fromMs && atMs <= toMs;
  const calls = story.calls.filter(({ attemptedAtMs }) => isWithin(attemptedAtMs));
  const named = new Set(calls.flatMap(({ notices }) => notices));
  const notices = story.notices.filter(
    ({ id, notice, composed }) => named.has(id) || isWithin(composed?.atMs ?? notice.createdAtMs),
  );
  return {
    ...story,
    calls,
    notices,
    returns: story.returns.filter(({ attemptedAtMs }) => isWithin(attemptedAtMs)),
    queries: story.queries.filter(({ askedAtMs }) => isWithin(askedAtMs)),
  };
}

/** One notice, and what it tells of. */
export function ofNotice(story: Story, id: string): Story {
  return {
    ...story,
    calls: story.calls.filter(({ notices }) => notices.includes(id)),
    notices: story.notices.filter((one) => one.id === id),
    returns: story.returns.filter(({ notices }) => notices.includes(id)),
    queries: [],
  };
}
