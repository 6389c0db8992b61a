/** What is answered to a subscriber (S1, S2): facts, which are written down outside of the actor. */
import type { SelfCareAnswer, SelfCareWay } from '../types/model/self-care.ts';
import type { Draft } from './draft.ts';
import { changeSelfCare, selfCareOf } from './self-care-state.ts';

/** Answers to one subscriber whose text has not come back; the oldest give way. */
const ANSWERS_AWAITED_MAX = 32;

/** @param answerToken who waits for it; 0: nobody */
export function answer(draft: Draft, way: SelfCareWay, answerToken: number, what: SelfCareAnswer): void {
  const subscriber = draft.next.number;
  const id = draft.emit({ kind: 'answer-self-care', way, subscriber, answerToken, answer: what });
  if (way !== 'sms') return;
  const awaited = [...selfCareOf(draft).answersAwaited, id];
  changeSelfCare(draft, { answersAwaited: draft.newest('answers', awaited, ANSWERS_AWAITED_MAX) });
}
