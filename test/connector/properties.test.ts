import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { PRIORITIES } from '../../src/connector/lanes.ts';
import { FAULTS, type SendOutcome } from '../../src/connector/outcome.ts';
import { randomBelow, SeededRandom } from '../../src/types/random.ts';
import { accepted, ConnectorPlant, fault, refused, type Script } from './connector-plant.ts';

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('offer' as const),
      key: fc.nat(15),
      priority: fc.constantFrom(...PRIORITIES),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const), key: fc.nat(15) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('advance' as const), ms: fc.nat(3_000) }) },
);

const plan = fc.record({
  seed: fc.nat(),
  window: fc.integer({ min: 1, max: 5 }),
  perSecond: fc.integer({ min: 1, max: 50 }),
  waitingMax: fc.integer({ min: 1, max: 10 }),
  triesMax: fc.integer({ min: 1, max: 5 }),
  failuresMax: fc.integer({ min: 1, max: 5 }),
  steps: fc.array(step, { maxLength: 120 }),
});
type Plan = typeof plan extends fc.Arbitrary<infer P> ? P : never;

/** Answers of every kind, at once, late, too late and never. */
function anyAnswer(seed: number): Script {
  const random = new SeededRandom(seed);
  return () => {
    const draw = randomBelow(random, 10);
    if (draw === 9) return undefined;
    const afterMs = draw < 2 ? 0 : 1 + randomBelow(random, 2_000);
    const kind = randomBelow(random, 8);
    const outcome: SendOutcome =
      kind < 3 ? accepted : kind === 3 ? refused : fault(FAULTS[kind % FAULTS.length]!, draw % 2 === 0);
    return { afterMs, outcome };
  };
}

interface Run {
  readonly plant: ConnectorPlant;
  readonly taken: readonly string[];
}

function run({ seed, steps, failuresMax, ...limits }: Plan, watch: (plant: ConnectorPlant) => void): Run {
  const changed = {
    ...limits,
    sendMs: 1_500,
    ageMaxMs: 60_000,
    breaker: { failuresMax, openMs: 500, openMaxMs: 4_000 },
  };
  const plant = new ConnectorPlant(anyAnswer(seed), changed, seed);
  const taken: string[] = [];
  for (const [index, one] of steps.entries()) {
    const item = `${index}`;
    if (one.do === 'advance') plant.advance(one.ms);
    else if (one.do === 'cancel') plant.connector.cancel(`${one.key}`);
    else if (plant.offer(item, one.priority, `${one.key}`)) taken.push(item);
    watch(plant);
  }
  plant.connector.drain();
  plant.advance(70_000);
  return { plant, taken };
}

describe('whatever is offered, and whatever is answered', () => {
  test('window, queue and rate are kept, and every item that was taken ends once', () => {
    fc.assert(
      fc.property(plan, (one) => {
        const { plant, taken } = run(one, ({ connector, underWay }) => {
          const { status } = connector;
          assert(status.underWay <= one.window && underWay.size <= one.window);
          assert.equal(status.underWay, underWay.size);
          assert(status.waiting + status.underWay <= one.waitingMax + one.window);
        });
        assert(plant.connector.drained);
        assert.deepEqual([...plant.ends.keys()].sort(), [...taken].sort());
        assert(plant.underWayMost <= one.window);
        const times = plant.sent.map(({ atMs }) => atMs);
        const burst = Math.max(1, one.perSecond / 10);
        for (let first = 0; first < times.length; first++)
          for (let last = first; last < times.length; last++) {
            const most = burst + ((times[last]! - times[first]!) / 1_000) * one.perSecond;
            assert(last - first + 1 <= most + 1e-6, `${last - first + 1} sends where ${most} may be`);
          }
      }),
      { numRuns: 300 },
    );
  });

  test('the same run again is the same, and nothing is left of it', () => {
    fc.assert(
      fc.property(plan, (one) => {
        const [first, second] = [run(one, () => undefined), run(one, () => undefined)];
        assert.deepEqual(first.plant.sent, second.plant.sent);
        assert.deepEqual([...first.plant.ends], [...second.plant.ends]);
        const { status } = first.plant.connector;
        assert.deepEqual([status.underWay, status.waiting, status.oldestMs], [0, 0, 0]);
        first.plant.connector.stop();
        assert.equal(first.plant.timers.nextDeadlineMs(), Number.POSITIVE_INFINITY);
      }),
      { numRuns: 100 },
    );
  });

  test('of one key one is under way at most, and no older one goes after a newer one', () => {
    fc.assert(
      fc.property(plan, (one) => {
        const keyOf = (item: string): number => {
          const step = one.steps[Number(item)]!;
          return step.do === 'offer' ? step.key : -1;
        };
        const { plant } = run(one, ({ underWay }) => {
          const keys = [...underWay.keys()].map(keyOf);
          assert.equal(new Set(keys).size, keys.length);
        });
        const newest = new Map<number, number>();
        for (const { item } of plant.sent) {
          const key = keyOf(item);
          assert((newest.get(key) ?? -1) <= Number(item), `${item} after ${newest.get(key)}`);
          newest.set(key, Number(item));
        }
      }),
      { numRuns: 200 },
    );
  });

  test('within a lane the first tries go in the order of the offers', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...PRIORITIES), { maxLength: 60 }),
        fc.integer({ min: 1, max: 5 }),
        fc.nat(),
        (priorities, window, seed) => {
          const plant = new ConnectorPlant(anyAnswer(seed), { window, waitingMax: 100, sendMs: 1_500 }, seed);
          for (const [index, priority] of priorities.entries()) {
            plant.offer(`${index}`, priority);
            if (index % 7 === 0) plant.advance(20);
          }
          plant.advance(4_000_000);
          const firsts = [...new Set(plant.items)].map(Number);
          assert.equal(firsts.length, priorities.length);
          for (const priority of PRIORITIES) {
            const ofLane = firsts.filter((index) => priorities[index] === priority);
            assert.deepEqual(
              ofLane,
              [...ofLane].sort((a, b) => a - b),
            );
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});
