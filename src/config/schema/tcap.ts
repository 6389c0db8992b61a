import { integer, section } from '../keys.ts';

/** By the names that the stack has for them (ITU-T Q.774). */
export const tcap = section('Transactions.', {
  dialoguesMax: integer('Dialogues at once; further ones are refused, and calls go on without us.', {
    from: 16,
    to: 2_000_000,
    default: 100_000,
  }),
  invokesMax: integer('Our invokes under way in one dialogue.', { from: 1, to: 256, default: 32 }),
  componentsMax: integer('Components of one received message.', { from: 1, to: 256, default: 32 }),
  messageSizeMaxOctets: integer('Longest message, received or sent.', {
    from: 200,
    to: 3_952,
    default: 3_952,
  }),
  inboxMax: integer('Messages that may wait while one is handled.', {
    from: 16,
    to: 1_000_000,
    default: 4_096,
  }),
  idleLimitMs: integer('A dialogue without a message for so long is given up.', {
    from: 1_000,
    to: 86_400_000,
    default: 120_000,
  }),
  rejectTimerMs: integer('How long an answered operation may still be rejected.', {
    from: 0,
    to: 60_000,
    default: 1_000,
  }),
  transactionIdGuardMs: integer('How long a transaction id rests before it is used again.', {
    from: 0,
    to: 3_600_000,
    default: 60_000,
  }),
});
