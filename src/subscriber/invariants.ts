/** What holds of every state that the reducer makes: a stored one that breaks it was not made by it, or by one with a fault. */
import { ownerOf } from '../types/model/notice.ts';
import type { SubscriberState } from '../types/model/state.ts';
import { isSubscriberNumber, partitionCount, partitionOf } from '../types/partition.ts';

/** What is wrong with a state by itself, in words without a number of a person; empty when nothing is. */
export function brokenInvariants(state: SubscriberState): string[] {
  const broken: string[] = [];
  const expect = (holds: boolean, what: string): void => {
    if (!holds) broken.push(what);
  };
  const { delivery, trying, notice, tellsHeard, missed, watchers, returns } = state;
  expect((delivery === 'trying') === (trying !== undefined), 'it is trying without a try, or the reverse');
  expect(
    delivery === 'trying' || delivery === 'idle' || state.deadlineAtMs > 0,
    'it waits without a deadline',
  );
  const { handedOver } = state;
  expect(delivery !== 'handed-over' || handedOver !== undefined, 'an SMSC has a notice that is not there');
  expect(
    handedOver === undefined ||
      delivery === 'handed-over' ||
      delivery === 'trying' ||
      (delivery === 'backing-off' && notice !== undefined),
    'an SMSC has what is not waited for',
  );
  expect(!state.noticeFixed || notice !== undefined, 'a notice is fixed that is not there');
  expect(state.partsDelivered === 0 || notice !== undefined, 'parts were delivered of no notice');
  expect(notice === undefined || ownerOf(notice) === state.number, 'its notice is for somebody else');
  const own = partitionOf(state.number);
  expect(trying === undefined || trying.partition === own, 'its try is of another partition');
  expect(trying === undefined || trying.sequence <= state.sequence, 'its try is of an event to come');
  expect(notice === undefined || notice.id.partition === own, 'its notice is of another partition');
  expect(notice === undefined || notice.id.sequence <= state.sequence, 'its notice is of an event to come');
  expect(tellsHeard.length <= partitionCount, 'it has heard of more partitions than there are');
  expect(
    new Set(tellsHeard.map(({ partition }) => partition)).size === tellsHeard.length,
    'it has two positions of one partition',
  );
  expect(
    missed.every(({ calls }) => calls > 0),
    'a line of a caller has no calls',
  );
  expect(
    new Set(watchers.map(({ subscriber }) => subscriber)).size === watchers.length &&
      watchers.every(({ subscriber }) => isSubscriberNumber(subscriber)),
    'its watchers are not each there once',
  );
  expect(
    returns.every(({ subscriber }) => isSubscriberNumber(subscriber)),
    'a return is of nobody',
  );
  return broken;
}
