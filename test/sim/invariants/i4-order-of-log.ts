import type { EffectId } from '../../../src/types/model/notice.ts';
import type { Invariant, Run } from './invariant.ts';

export const orderOfLog: Invariant = {
  name: 'I4',
  sentence:
    'Per subscriber, effects follow the order of the log: notices are delivered, and other actors are told, in the order of the events that asked for it.',
  broken: (run) => [...run.phones.outOfOrder, ...tells(run)],
};

/** What one partition tells one actor is heard in order, and once; what closes an effect comes behind it. */
function* tells({ tap }: Run): Generator<string> {
  for (const entries of tap.entries) {
    const heard = new Map<string, EffectId>();
    for (const { event } of entries) {
      // Who is not provisioned forgets it with the alert; hearing it once more, such an actor expects one alert more.
      if (event.what.kind !== 'told' || event.what.what.kind === 'alert-expected') continue;
      const { source } = event.what;
      const key = `${event.subscriber} ${source.partition}`;
      const last = heard.get(key);
      const isNext =
        last === undefined ||
        source.sequence > last.sequence ||
        (source.sequence === last.sequence && source.index > last.index);
      if (!isNext)
        yield `${event.subscriber} heard event ${source.sequence} of partition ${source.partition} behind ${last.sequence}`;
      heard.set(key, source);
    }
  }
}
