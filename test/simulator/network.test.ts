import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { parseScenario } from '../../src/config/scenario.ts';
import { defaultServiceClass } from '../../src/rules/service-class.ts';
import { defaultPlan, type NetworkPlan } from '../../src/simulator/plan.ts';
import { isClean, type SimulationReport } from '../../src/simulator/report.ts';
import { peopleOf } from '../../src/simulator/scenario.ts';
import { randomBelow, SeededRandom } from '../../src/types/random.ts';
import { Plant } from './plant.ts';

/** dist/test/simulator → the root of the repository. */
const root = path.resolve(import.meta.dirname, '../../..');

const faultsOf = (report: SimulationReport): string => JSON.stringify(report.faults, undefined, 1);

/** A small network with as much life per person as the demo has. */
const small: Partial<NetworkPlan> = {
  people: { ...defaultPlan.people, count: 100 },
  life: { ...defaultPlan.life, callsPerSecond: 20 },
};

test('C1 A1 A2 N1 N2 N5 K1 a thousand missed calls over M3UA, SCCP, TCAP, MAP and CAP: every one is told, once and rightly', async (t) => {
  const plant = new Plant({ seed: 1, plan: { life: { ...defaultPlan.life, callsPerSecond: 60 } } });
  await plant.start();
  plant.run(30_000);
  plant.drain();
  const report = plant.network.report();
  t.diagnostic(`${report.callsMissed} missed calls, ${report.notifyMeDelivered} returns told`);
  assert.ok(isClean(report), faultsOf(report));
  assert.ok(report.drained);
  assert.equal(report.unacknowledged, 0);
  assert.equal(report.repeated, 0);
  assert.ok(report.callsMissed >= 1000, `${report.callsMissed}`);
  assert.ok(report.absences >= 300, `${report.absences}`);
  assert.ok(report.notifyMeDelivered >= 100, `${report.notifyMeDelivered}`);
  assert.ok(report.idpToAnswerMs.p99 < 300);
});

for (const policy of ['suppress', 'count', 'ask'] as const)
  test(`N4 N12 N14 C5 K2 R1 R2 R3 R7 people with rules, withheld numbers: ${policy}: no notice breaks one, and what is due is told`, async (t) => {
    // Who is asked says nothing here: so a number that is shown is none of those.
    const withheld = policy === 'suppress' ? policy : 'count';
    const ruled = { fraction: 0.8, seed: 5, withheld } as const;
    const plant = new Plant({
      seed: 5,
      plan: {
        ...small,
        people: { ...small.people!, ruled },
        times: { ...defaultPlan.times, drainMs: 3_600_000 },
      },
      service: (service) => {
        const classes = [{ ...defaultServiceClass, withheld: policy }];
        return { ...service, policy: { ...service.policy, classes } };
      },
    });
    await plant.start();
    plant.run(30_000);
    plant.drain();
    const report = plant.network.report();
    const held = plant.counters.values.get('rules.held') ?? 0;
    t.diagnostic(`${report.callsMissed} missed calls, ${report.callsTold} told, ${held} times held`);
    assert.ok(isClean(report), faultsOf(report));
    assert.ok(report.drained);
    assert.equal(report.rulesBroken, 0);
    assert.ok(held > 20 && report.callsTold > 200);
    assert.equal(plant.network.judge.questionsDelivered > 5, policy === 'ask');
    for (const rule of ['reason', 'mailbox', 'blocked', 'not-listed', 'privacy', 'expired'])
      assert.ok((plant.counters.values.get(`rules.${rule}`) ?? 0) > 0, rule);
  });

test('A1 the HLR alerts with another number of the subscriber: the notice comes at the return all the same', async () => {
  const plant = new Plant({ seed: 3, plan: { ...small, people: { ...small.people!, storedOtherwise: 1 } } });
  await plant.start();
  plant.run(10_000);
  plant.drain();
  const report = plant.network.report();
  assert.ok(isClean(report) && report.drained, faultsOf(report));
  assert.equal(report.late, 0);
  assert.ok(report.absences > 30, `${report.absences}`);
  assert.ok((plant.networkCounters.values.get('simulator.hlr.alert') ?? 0) > 10);
});

test('A1 the HLR’s list is full of other service centres: nobody alerts us, and we look again ourselves', async () => {
  const people = { ...small.people!, waitingListFull: 1, mobilityReported: 0 };
  const plant = new Plant({
    seed: 4,
    plan: { ...small, people, times: { ...defaultPlan.times, drainMs: 3_600_000 } },
  });
  await plant.start();
  plant.run(10_000);
  plant.drain();
  const report = plant.network.report();
  assert.ok(isClean(report) && report.drained, faultsOf(report));
  assert.equal(plant.networkCounters.values.get('simulator.hlr.alert'), undefined);
  assert.ok((plant.networkCounters.values.get('simulator.hlr.waiting-list-full') ?? 0) > 10);
});

test('the same seed makes the same life', async () => {
  const reports: SimulationReport[] = [];
  for (let time = 0; time < 2; time++) {
    const plant = new Plant({ seed: 7, plan: small });
    await plant.start();
    plant.run(5000);
    plant.drain();
    reports.push(plant.network.report());
  }
  assert.deepEqual(reports[0], reports[1]);
  assert.ok(reports[0]!.callsMissed > 50);
});

test('X3 the engine is killed at any moments: nothing acknowledged is lost, nothing is told twice in other words', async () => {
  let repeated = 0;
  let unacknowledged = 0;
  for (let seed = 1; seed <= 8; seed++) {
    const plant = new Plant({ seed, plan: small });
    const random = new SeededRandom(seed + 99);
    await plant.start();
    plant.run(3000);
    for (let kills = 0; kills < 3; kills++) {
      plant.run(2000 + randomBelow(random, 3000));
      plant.killEngine();
      plant.run(randomBelow(random, 2000));
      plant.startEngine();
    }
    plant.run(4000);
    plant.drain();
    const report = plant.network.report();
    assert.ok(isClean(report), `seed ${seed}: ${faultsOf(report)}`);
    assert.ok(report.drained, `seed ${seed}`);
    repeated += report.repeated;
    unacknowledged += report.unacknowledged;
  }
  assert.ok(repeated > 0, 'a kill met a short message under way');
  assert.ok(unacknowledged > 0, 'a kill met a call under way');
});

for (const file of readdirSync(path.join(root, 'scenarios'))) {
  test(`scenarios/${file}: what it expects is what comes`, async () => {
    const scenario = parseScenario(file, readFileSync(path.join(root, 'scenarios', file), 'utf8'));
    const plant = new Plant({ seed: 1, people: peopleOf(scenario, defaultPlan), scenario });
    await plant.start();
    plant.run(30_000);
    plant.drain();
    const report = plant.network.report();
    assert.ok(isClean(report), faultsOf(report));
    assert.ok(report.drained);
  });
}

test('a scenario that expects something else says so', async () => {
  const text = readFileSync(path.join(root, 'scenarios/full-inbox.yaml'), 'utf8');
  const scenario = parseScenario('full-inbox.yaml', text);
  const plant = new Plant({
    seed: 1,
    scenario: { ...scenario, expect: [{ phone: 'dora', notices: 2, says: ['nobody called'] }] },
    people: peopleOf(scenario, defaultPlan),
  });
  await plant.start();
  plant.run(30_000);
  plant.drain();
  assert.equal(plant.network.report().unexpected, 2);
});
