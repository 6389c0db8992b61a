/** What became of a notice at a message centre, for its actor. */
import type { SubmissionOutcome } from '../gateway/smpp/submission.ts';
import type { SubscriberEvent } from '../types/model/event.ts';
import { ownerOf } from '../types/model/notice.ts';
import type { Delivery } from '../types/model/thread.ts';

export const unknownSmsc: SubmissionOutcome = {
  result: 'not-replaceable',
  supersededGone: false,
  partsDelivered: 0,
  uncertain: false,
  detail: 'the SMSC is not in the configuration any more',
};

export const goneSmsc: SubmissionOutcome = {
  ...unknownSmsc,
  result: 'temporary',
  detail: 'the SMSC is gone',
};

export const quietHours: SubmissionOutcome = {
  ...unknownSmsc,
  result: 'temporary',
  detail: 'quiet hours have begun',
};

export const noSmsc: SubmissionOutcome = {
  ...unknownSmsc,
  result: 'permanent',
  detail: 'no SMSC is for this number',
};

export function noticeOutcome(
  { notice, effect }: Delivery,
  outcome: SubmissionOutcome,
  atMs: number,
): SubscriberEvent {
  const { result, partsDelivered, uncertain, detail, handedOver, supersededGone, via } = outcome;
  return {
    subscriber: ownerOf(notice),
    atMs,
    what: {
      kind: 'notice-outcome',
      effect,
      result,
      partsDelivered,
      uncertain,
      onWaitingList: false,
      storedAs: '',
      startedAtMs: atMs,
      detail,
      ...(via === undefined ? {} : { via }),
      ...(handedOver === undefined ? {} : { handedOver }),
      ...(supersededGone ? { supersededGone } : {}),
    },
  };
}
