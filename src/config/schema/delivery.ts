import { defaultSubscriberPolicy as policy } from '../../subscriber/policy.ts';
import { integer, integerElement, list, section } from '../keys.ts';

const waits = integerElement({ from: 1_000, to: 604_800_000 });
const ladder = { allowed: 'a list of 1 … 20 times in ms, 1 000 … 604 800 000', atLeast: 1, atMost: 20 };

/** By the names that the subscriber's policy has for them. */
export const delivery = section('When subscribers are told, and again.', {
  retryMs: list(
    'Waits after the first, second … failure for a passing reason; the last one repeats.',
    waits,
    ladder,
    policy.retryMs,
  ),
  failuresMax: integer('Such failures in a row after which a notice is given up.', {
    from: 1,
    to: 10_000,
    default: policy.failuresMax,
  }),
  recheckListedMs: list(
    'While the HLR is to tell us that the subscriber is back: waits before we try all the same, for an alert may be lost; the last one repeats.',
    waits,
    ladder,
    policy.recheckListedMs,
  ),
  recheckUnlistedMs: list(
    'While nobody will tell us: waits before we ask again; the last one repeats.',
    waits,
    ladder,
    policy.recheckUnlistedMs,
  ),
  callersMax: integer(
    'Callers that the list of one subscriber holds; calls of further ones are only counted.',
    { from: 1, to: 1_000, default: policy.callersMax },
  ),
  callersPerNotice: integer('Callers in one notice; more make another.', {
    from: 1,
    to: 100,
    default: policy.callersPerNotice,
  }),
  returnsMax: integer('Called parties in one notice that they are back.', {
    from: 1,
    to: 1_000,
    default: policy.returnsMax,
  }),
  watchersMax: integer('Callers who wait for one subscriber to be back.', {
    from: 1,
    to: 10_000,
    default: policy.watchersMax,
  }),
  seenCallsMax: integer('Last calls of a subscriber by which a repeated report is known.', {
    from: 1,
    to: 1_000,
    default: policy.seenCallsMax,
  }),
  deliveriesMax: integer('Notices on their way to the network at once; further ones wait for their turn.', {
    from: 1,
    to: 100_000,
    default: 2_000,
  }),
});
