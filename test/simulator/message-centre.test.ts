import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SmscConfig } from '../../src/gateway/smpp/smsc-client.ts';
import { defaultPlan } from '../../src/simulator/plan.ts';
import { type SmscBehaviour, wellBehaved } from '../../src/simulator/smsc/behaviour.ts';
import { randomBelow, SeededRandom } from '../../src/types/random.ts';
import { Plant } from './plant.ts';

/** A minute of life over a message centre, then everybody is back. */
async function minute(
  seed: number,
  behaviour: (random: SeededRandom) => Partial<SmscBehaviour>,
  trouble?: (plant: Plant, random: SeededRandom) => void,
  smscConfig: Partial<SmscConfig> = {},
) {
  const random = new SeededRandom(seed);
  const plant = new Plant({
    seed,
    smsc: { ...wellBehaved, ...behaviour(random) },
    smscConfig,
    plan: {
      people: { ...defaultPlan.people, count: 60 },
      life: { ...defaultPlan.life, callsPerSecond: 6 },
      times: { ...defaultPlan.times, drainMs: 3_600_000, lateAfterMs: 3_600_000 },
    },
  });
  await plant.start();
  for (let second = 0; second < 60; second++) {
    plant.run(1_000);
    trouble?.(plant, random);
  }
  plant.drain();
  const { report, networkCounters } = {
    report: plant.network.report(),
    networkCounters: plant.networkCounters,
  };
  const count = (name: string): number => networkCounters.values.get(name) ?? 0;
  return { plant, report, count };
}

const sound = { lost: 0, doubled: 0, wrong: 0 };

test('A3 N1 N2 N3 a minute of missed calls over SMPP: every one is told once, and what waits is replaced in place', async () => {
  for (let seed = 1; seed <= 3; seed++) {
    const { plant, report, count } = await minute(seed, () => ({}));
    const { lost, doubled, wrong, repeated } = report;
    assert.deepEqual({ lost, doubled, wrong }, sound, `seed ${seed}: ${JSON.stringify(report.faults)}`);
    assert.equal(repeated, 0);
    assert.ok(report.callsTold > 100, `${report.callsTold} told`);
    assert.ok(count('smsc.replaced') > 5, `${count('smsc.replaced')} replaced`);
    plant.run(5_000);
    assert.equal(plant.unrest(), '');
  }
});

const ifPresent = { replacesIfPresent: true };

test('N3 SMPP 5.0 §4.7.22 replace_if_present_flag: what waits is replaced by one submit_sm, whatever id that has', async () => {
  for (const newIdIfPresent of [false, true])
    for (let seed = 31; seed <= 33; seed++) {
      const behaviour = (random: SeededRandom) => ({
        newIdIfPresent,
        deliveryMs: () => randomBelow(random, 2_000),
        responseMs: () => randomBelow(random, 300),
      });
      const { report, count } = await minute(seed, behaviour, undefined, ifPresent);
      const { lost, doubled, wrong } = report;
      assert.deepEqual({ lost, doubled, wrong }, sound, `seed ${seed}: ${JSON.stringify(report.faults)}`);
      assert.ok(count('smsc.replaced-if-present') > 5, `${count('smsc.replaced-if-present')} replaced`);
      assert.equal(count('smsc.replaced'), 0);
    }
});

test('N3 an SMSC that does not look at replace_if_present_flag, though it is said to: it is learnt, and nothing is told twice', async () => {
  for (let seed = 34; seed <= 36; seed++) {
    const behaviour = () => ({ replacesIfPresent: false });
    const { report, count } = await minute(seed, behaviour, undefined, ifPresent);
    const { lost, doubled, wrong } = report;
    assert.deepEqual({ lost, doubled, wrong }, sound, `seed ${seed}: ${JSON.stringify(report.faults)}`);
    assert.equal(count('smsc.replaced-if-present'), 0);
    assert.ok(count('smsc.replaced') > 5, 'replace_sm does it from then on');
  }
});

test('N3 an SMSC without replace_sm: what waits is cancelled and submitted anew', async () => {
  const { report, count } = await minute(4, () => ({ replaces: false }));
  const { lost, doubled, wrong } = report;
  assert.deepEqual({ lost, doubled, wrong }, sound, JSON.stringify(report.faults));
  assert.equal(count('smsc.replaced'), 0);
  assert.ok(count('smsc.ended.deleted') > 5);
});

test('N3 an SMSC that can neither replace nor cancel: what comes is told behind what waits', async () => {
  const { report, count } = await minute(5, () => ({ replaces: false, cancels: false }));
  const { lost, doubled, wrong } = report;
  assert.deepEqual({ lost, doubled, wrong }, sound, JSON.stringify(report.faults));
  assert.equal(count('smsc.ended.deleted'), 0);
});

test('an SMSC that throttles, is slow, answers out of order and refuses now and then: nothing is lost, nothing twice', async () => {
  for (let seed = 6; seed <= 8; seed++) {
    const { report, count } = await minute(seed, (random) => ({
      perSecondMax: 2,
      responseMs: () => randomBelow(random, 2_000),
      deliveryMs: () => randomBelow(random, 3_000),
      refuses: () => (randomBelow(random, 10) === 0 ? 0x08 : 0),
      receiptIds: 'decimal',
      receipts: 'text',
    }));
    const { lost, doubled, wrong } = report;
    assert.deepEqual({ lost, doubled, wrong }, sound, `seed ${seed}: ${JSON.stringify(report.faults)}`);
    assert.ok(count('smsc.throttled') > 0);
  }
});

test('links that are lost: nothing is lost, and nothing twice but what was under way', async () => {
  for (let seed = 9; seed <= 12; seed++) {
    const { report } = await minute(
      seed,
      (random) => ({ replaces: false, responseMs: () => randomBelow(random, 500) }),
      (plant, random) => {
        if (randomBelow(random, 8) === 0) plant.smpp?.lose();
      },
    );
    const { lost, doubled, wrong } = report;
    assert.deepEqual({ lost, doubled, wrong }, sound, `seed ${seed}: ${JSON.stringify(report.faults)}`);
  }
});

test('responses that are lost, cancelled rather than replaced: nothing is lost, and nothing twice but as the same message', async () => {
  for (let seed = 13; seed <= 16; seed++) {
    const { report, count } = await minute(seed, (random) => ({
      replaces: false,
      losesResponse: () => randomBelow(random, 10) === 0,
    }));
    const { lost, doubled, wrong } = report;
    assert.deepEqual({ lost, doubled, wrong }, sound, `seed ${seed}: ${JSON.stringify(report.faults)}`);
    assert.ok(count('smsc.response-lost') > 0);
  }
});

test('X3 the notifier or the whole engine dies now and then: nothing is lost, and nothing twice but what was under way', async () => {
  for (let seed = 17; seed <= 20; seed++) {
    const { report } = await minute(
      seed,
      (random) => ({ replaces: false, responseMs: () => randomBelow(random, 500) }),
      (plant, random) => {
        const die = randomBelow(random, 12);
        if (die === 0) plant.killPart('notifier');
        if (die !== 1) return;
        plant.killEngine(randomBelow(random, 3));
        plant.run(200);
        plant.startEngine();
      },
    );
    const { lost, doubled, wrong } = report;
    assert.deepEqual({ lost, doubled, wrong }, sound, `seed ${seed}: ${JSON.stringify(report.faults)}`);
  }
});
