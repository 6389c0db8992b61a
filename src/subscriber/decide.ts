/** What the subscriber wants of a call that is being set up: a read-only query, answered at once and without a commit. */
import type { SubscriberState } from '../types/model/state.ts';

/** 'observe': watch how the call ends; 'let-go': it is none of our business. */
export type Decision = 'observe' | 'let-go';

export function decide(state: SubscriberState | undefined): Decision {
  return state?.profile?.missedCalls === true ? 'observe' : 'let-go';
}
