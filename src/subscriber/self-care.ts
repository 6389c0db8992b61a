/**
 * What the subscriber says (S1, S2): carried out here, and answered by facts. The text of an answer is written outside, where the
 * languages are, and comes back as an event: so a fold needs neither texts nor locales, and a text is fixed once it was written.
 */
import type { AnswerWritten, CalleeReturned, SelfCare } from '../types/model/event.ts';
import { sameEffect } from '../types/model/notice.ts';
import { answer } from './answer.ts';
import { step } from './delivery.ts';
import type { Draft } from './draft.ts';
import { becameReachable } from './presence.ts';
import { carryOut } from './self-care-commands.ts';
import { changeSelfCare, selfCareOf } from './self-care-state.ts';

/** Answers to one subscriber that wait to be sent; the oldest give way. */
const TEXTS_MAX = 8;

export function selfCare(draft: Draft, said: SelfCare): void {
  const facts = carryOut(draft, said);
  answer(draft, said.way, said.answerToken, { profile: draft.next.profile, atMs: draft.atMs, ...facts });
  step(draft, 'withdrawn');
  // A5: who says something is there.
  becameReachable(draft, draft.atMs, said.way === 'ussd' ? 'ussd' : 'short-message');
}

/** One that comes again, after a crash between its writing and its effect's end, is not awaited any more. */
export function answerWritten(draft: Draft, { effect, text }: AnswerWritten): void {
  const { answersAwaited, texts } = selfCareOf(draft);
  const others = answersAwaited.filter((id) => !sameEffect(id, effect));
  if (others.length === answersAwaited.length) return;
  changeSelfCare(draft, {
    answersAwaited: others,
    texts: draft.newest('answers', [...texts, text], TEXTS_MAX),
  });
  step(draft, 'became-due');
}

/** K3: a return that was ordered without a call is told once, instead of a return after a call. False: it was not ordered. */
export function orderedReturn(draft: Draft, from: string, { awaySinceMs }: CalleeReturned): boolean {
  const { ordered } = selfCareOf(draft);
  const order = ordered.find(({ subscriber }) => subscriber === from);
  // It ends a watch that began before the order, whose own is still to be heard of.
  if (order === undefined || awaySinceMs < order.orderedAtMs) return false;
  changeSelfCare(draft, { ordered: ordered.filter((one) => one !== order) });
  draft.set({ returns: draft.next.returns.filter(({ subscriber }) => subscriber !== from) });
  answer(draft, 'sms', 0, {
    kind: 'can-be-reached',
    profile: draft.next.profile,
    number: from,
    orderedAtMs: order.orderedAtMs,
    atMs: draft.atMs,
  });
  return true;
}
