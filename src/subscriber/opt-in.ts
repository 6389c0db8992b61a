/** S5: where the service class has it so, what others order for a subscriber, or a stranger, opens with the subscriber's own yes. */
import { rulesOf } from '../rules/service-class.ts';
import type { Profile } from '../types/model/profile.ts';
import { NO_RULE_STATE, type OptIn } from '../types/model/rule-state.ts';
import { answer } from './answer.ts';
import type { Draft } from './draft.ts';
import { hasService, orderProfile } from './orders.ts';

/** For so long a yes counts. */
const ASKED_FOR_MS = 24 * 3_600_000;

type Wanted = Pick<OptIn, 'missedCalls' | 'notifyMe'>;

/** An order of the operator. The same one that comes again is not asked for again, also when the answer never came. */
export function provision(draft: Draft, profile: Profile): void {
  const { next, remembered, policy } = draft;
  const isAsked = rulesOf(profile, policy.classes).doubleOptIn;
  if (!isAsked || !hasService(profile) || hasService(next.profile)) {
    if (!hasService(profile)) forgetOptIn(draft);
    return orderProfile(draft, profile);
  }
  orderProfile(draft, { ...profile, missedCalls: false, notifyMe: 'off' });
  const { missedCalls, notifyMe } = profile;
  const { optIn } = remembered;
  if (optIn?.missedCalls === missedCalls && optIn.notifyMe === notifyMe) return;
  waitForYes(draft, { missedCalls, notifyMe });
  answer(draft, 'sms', 0, { kind: 'opt-in-asked', profile: draft.next.profile, atMs: draft.atMs });
}

/** Whether what is opened now needs a yes first: of somebody who has just become known, or was asked and has not said so yet. */
export function needsYes(draft: Draft, isNewcomer: boolean): boolean {
  return draft.rules.doubleOptIn && (isNewcomer || draft.remembered.optIn !== undefined);
}

export function waitForYes(draft: Draft, wanted: Wanted): void {
  draft.remember({ optIn: { ...wanted, askedAtMs: draft.atMs } });
}

/** The service that a yes opens; undefined: nobody was asked, or too long ago. */
export function takeYes(draft: Draft): Wanted | undefined {
  const { optIn } = draft.remembered;
  if (optIn === undefined || draft.atMs - optIn.askedAtMs > ASKED_FOR_MS) return undefined;
  forgetOptIn(draft);
  return { missedCalls: optIn.missedCalls, notifyMe: optIn.notifyMe };
}

export function forgetOptIn(draft: Draft): void {
  const { optIn, ...rules } = draft.next.rules ?? NO_RULE_STATE;
  if (optIn !== undefined) draft.set({ rules });
}
