import type { Chance } from './chance.ts';
import { withApps, withChannels } from './channelled-people.ts';
import { type Person, person } from './person.ts';
import type { NetworkPlan } from './plan.ts';
import { withRules } from './ruled-people.ts';

/** E.164 digits of the person at this place. */
export const numberAt = ({ numbers }: NetworkPlan, index: number): string =>
  `${numbers.subscriberPrefix}${numberOf(index)}`;

const numberOf = (index: number): number => 1_000_001 + index * 3;

/** People by the plan: the same seed makes the same ones. */
export function populate(plan: NetworkPlan, chance: Chance, beginsAtMs: number): readonly Person[] {
  const { people, numbers } = plan;
  const drawn = Array.from({ length: people.count }, (_, index) => {
    const number = numberAt(plan, index);
    return person({
      number,
      imsi: `${numbers.imsiPrefix}${String(1_000_000_001 + index * 7)}`,
      subscribed: chance.happens(people.subscribed),
      notifyMe: chance.happens(people.notifyMe) ? 'always' : 'off',
      withheld: chance.happens(people.withheld),
      mobilityReported: chance.happens(people.mobilityReported),
      timeZone: chance.oneOf(people.timeZones),
      storedNumber: chance.happens(people.storedOtherwise)
        ? `${numbers.subscriberPrefix}${numberOf(index) + 1}`
        : number,
      waitingListFull: chance.happens(people.waitingListFull),
    });
  });
  const { ruled, channelled, withApps: apps } = people;
  const withAllRules = ruled === undefined ? drawn : withRules(drawn, ruled, beginsAtMs);
  const withOthers = channelled === undefined ? withAllRules : withChannels(withAllRules, channelled);
  return apps === undefined ? withOthers : withApps(withOthers, apps);
}
