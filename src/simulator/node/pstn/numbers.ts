/** The numbers of an exchange: what happens to a call is in the last two digits of the one that is called. */
import { forwardCallIndicators, natureOfConnectionIndicators } from '../../../stack/isup/call-indicators.ts';
import { callingPartysCategory, transmissionMediumRequirement } from '../../../stack/isup/indicators.ts';
import type { MessageParameters } from '../../../stack/isup/messages.ts';
import { type CallingPartyNumber, isupNature, presentation, screening } from '../../../stack/isup/number.ts';
import { redirectingReason } from '../../../stack/isup/redirection-information.ts';

export const ending = {
  /** Rings and answers; the caller hangs up. */
  answers: '01',
  /** Rings, answers, is away for a moment, and hangs up. */
  hangsUp: '02',
  /** Answers before it has rung: CON. */
  answersAtOnce: '03',
  /** Wants to know who calls: INR. */
  asksWhoCalls: '04',
  busy: '05',
  /** Answers, and seizes the circuit 16 above at the same moment: the caller does so, too. */
  callsBack: '06',
  /** Answers what is said in the call. */
  talks: '07',
  /** No voice: calls that are forwarded to it are released with a cause for the reason of the redirection. */
  service: '10',
} as const;
export type Ending = keyof typeof ending;

const ENDING_DIGITS = 2;

export function numberOf(exchange: string, what: Ending): string {
  return exchange.slice(0, -ENDING_DIGITS) + ending[what];
}

/** Undefined: the number is not complete; null: nobody has it. */
export function endingOf(exchange: string, digits: string): Ending | null | undefined {
  if (digits.length < exchange.length) return undefined;
  const found = (Object.keys(ending) as Ending[]).find((what) => numberOf(exchange, what) === digits);
  return found ?? null;
}

/** ITU-T Q.850 §2.2.7 */
export const cause = {
  unallocatedNumber: 1,
  normalClearing: 16,
  userBusy: 17,
  noAnswer: 19,
  subscriberAbsent: 20,
  facilityRejected: 29,
  normalUnspecified: 31,
  circuitNotAvailable: 44,
} as const;

/** What the caller of somebody who is not there hears of the service. */
export const causeOfForwarded: ReadonlyMap<number, number> = new Map([
  [redirectingReason.userBusy, cause.userBusy],
  [redirectingReason.noReply, cause.noAnswer],
  [redirectingReason.mobileNotReachable, cause.subscriberAbsent],
  [redirectingReason.unconditional, cause.normalUnspecified],
]);

export function partyNumber(digits: string): CallingPartyNumber {
  return {
    nature: isupNature.international,
    plan: 1,
    incomplete: false,
    presentation: presentation.allowed,
    screening: screening.networkProvided,
    digits,
  };
}

export function iamTo(
  digits: string,
  given: Partial<MessageParameters<'IAM'>> = {},
): MessageParameters<'IAM'> {
  return {
    natureOfConnectionIndicators: natureOfConnectionIndicators.of(),
    forwardCallIndicators: forwardCallIndicators.of({ isdnUserPartAllTheWay: true }),
    callingPartysCategory: callingPartysCategory.of({ category: 10 }),
    transmissionMediumRequirement: transmissionMediumRequirement.of(),
    calledPartyNumber: {
      nature: isupNature.international,
      plan: 1,
      internalNetworkNumber: false,
      digits,
    },
    ...given,
  };
}
