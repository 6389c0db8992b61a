import { defaultLimits as limits } from '../../stack/tcap/core.ts';
import { integer, section } from '../keys.ts';

/** By the names that the stack has for them (ITU-T Q.774). */
export const tcap = section('Transactions.', {
  dialoguesMax: integer('Dialogues at once; further ones are refused, and calls go on without us.', {
    from: 16,
    to: 2_000_000,
    default: limits.dialoguesMax,
  }),
  invokesMax: integer('Our invokes under way in one dialogue.', {
    from: 1,
    to: 256,
    default: limits.invokesMax,
  }),
  componentsMax: integer('Components of one received message.', {
    from: 1,
    to: 256,
    default: limits.componentsMax,
  }),
  messageSizeMaxOctets: integer('Longest message, received or sent.', {
    from: 200,
    to: 3_952,
    default: limits.messageSizeMaxOctets,
  }),
  inboxMax: integer('Messages that may wait while one is handled.', {
    from: 16,
    to: 1_000_000,
    default: limits.inboxMax,
  }),
  idleLimitMs: integer('A dialogue without a message for so long is given up.', {
    from: 1_000,
    to: 86_400_000,
    default: limits.idleLimitMs,
  }),
  rejectTimerMs: integer('How long an answered operation may still be rejected.', {
    from: 0,
    to: 60_000,
    default: limits.rejectTimerMs,
  }),
  transactionIdGuardMs: integer(
    'How long a transaction id rests before it is used again: longer than a message may be on its way, or a late answer is taken for another one’s.',
    {
      from: 0,
      to: 3_600_000,
      default: limits.transactionIdGuardMs,
    },
  ),
});
