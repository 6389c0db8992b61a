/** Calls that need not be told any more (N15, K7). */
import type { NoticeContent } from '../types/model/notice.ts';
import type { Draft } from './draft.ts';
import { kept } from './due.ts';
import { takeFromInbox } from './inbox-lines.ts';
import { forgetLineAwaited } from './line.ts';

/**
 * N15: this subscriber has spoken with `other`. Neither the calls before that nor a return is news; what is on its way already
 * arrives, or is not told again.
 */
export function settle(draft: Draft, other: string, atMs: number): void {
  if (other === '') return;
  const { next } = draft;
  settleMissed(draft, other, atMs);
  const returns = kept(next.returns, ({ subscriber }) => subscriber !== other);
  const watchers = kept(next.watchers, ({ subscriber }) => subscriber !== other);
  if (returns !== next.returns || watchers !== next.watchers) draft.set({ returns, watchers });
  const { withheldCalls } = draft.remembered;
  const unasked = kept(withheldCalls, ({ subscriber }) => subscriber !== other);
  if (unasked !== withheldCalls) draft.remember({ withheldCalls: unasked });
  forgetLineAwaited(draft, ({ subscriber }) => subscriber === other);
}

/** K7: the caller, who is told of the return, calls again: so the called party is not told of the call. */
export function takePrecedence(draft: Draft, caller: string, attemptedAtMs: number): void {
  if (draft.rules.precedence !== 'caller') return;
  if (settleMissed(draft, caller, attemptedAtMs)) draft.noteRule('precedence', { of: caller });
}

/** Calls of `other` until then; whether there were any. */
function settleMissed(draft: Draft, other: string, untilMs: number): boolean {
  const { next } = draft;
  const isOpen = (line: { caller: string; lastAtMs: number }) =>
    line.caller !== other || line.lastAtMs > untilMs;
  const missed = kept(next.missed, isOpen);
  const wasListed = missed !== next.missed;
  if (wasListed) draft.set({ missed });
  const { hinted, asked, settled } = draft.remembered;
  const stillHinted = kept(hinted, isOpen);
  const stillAsked = kept(asked, isOpen);
  if (stillHinted !== hinted || stillAsked !== asked)
    draft.remember({ hinted: stillHinted, asked: stillAsked });
  const { notice, noticeFixed, handedOver } = next;
  const isOnItsWay =
    (notice !== undefined && !noticeFixed && names(notice.content, other)) ||
    (handedOver !== undefined && names(handedOver.notice.content, other));
  if (isOnItsWay) {
    const others = settled.filter(({ number }) => number !== other);
    draft.remember({ settled: [...others, { number: other, untilMs }] });
  }
  const wasInInbox = takeFromInbox(draft, (of, lineAtMs) => of === other && lineAtMs <= untilMs);
  const wereOpen = wasListed || wasInInbox || stillHinted !== hinted || stillAsked !== asked || isOnItsWay;
  if (wereOpen) draft.noteRule('settled', { of: other });
  return wereOpen;
}

function names(content: NoticeContent, other: string): boolean {
  if (content.kind === 'missed-calls') return content.callers.some(({ caller }) => caller === other);
  return content.kind === 'returns' && content.returned.some(({ subscriber }) => subscriber === other);
}
