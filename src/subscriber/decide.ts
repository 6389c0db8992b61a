/** What the subscriber wants of a call that is being set up: a read-only query, answered at once and without a commit. */
import type { SubscriberState } from '../types/model/state.ts';

/** 'observe': watch how the call ends; 'let-go': it is none of our business. */
export type Decision = 'observe' | 'let-go';

/** @param watchesStrangers K2: somebody may want to know of the return, whoever is called */
export function decide(state: SubscriberState | undefined, watchesStrangers: boolean): Decision {
  return watchesStrangers || state?.profile?.missedCalls === true ? 'observe' : 'let-go';
}
