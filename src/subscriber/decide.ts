/** What the subscriber wants of a call that is being set up: a read-only query, answered at once and without a commit. */
import { rulesOf, type ServiceClass } from '../rules/service-class.ts';
import type { SubscriberState } from '../types/model/state.ts';

/** 'observe': watch how the call ends; 'follow': and, where it is answered, its end (A7); 'let-go': it is none of our business. */
export type Decision = 'observe' | 'follow' | 'let-go';

/** K4: trouble of the network is told to callers, if a class of `classes` has it so and it is this subscriber's. */
export function wantsTrouble(state: SubscriberState | undefined, classes: readonly ServiceClass[]): boolean {
  if (classes.length === 0 || state?.profile?.missedCalls !== true) return false;
  return rulesOf(state.profile, classes).causesForCallers.includes('network');
}

/**
 * @param watchesStrangers K2: somebody may want to know of the return, whoever is called
 * @param classes of which one has A7; none: it is not looked for
 */
export function decide(
  state: SubscriberState | undefined,
  watchesStrangers: boolean,
  classes: readonly ServiceClass[] = [],
): Decision {
  if (state?.profile?.missedCalls !== true) return watchesStrangers ? 'observe' : 'let-go';
  return classes.length > 0 && rulesOf(state.profile, classes).lineFree ? 'follow' : 'observe';
}
