import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Doorbell } from '../../../src/adapters/rings/doorbell.ts';
import { PartRings, ringLevels, sharedWiring } from '../../../src/adapters/rings/shared-wiring.ts';
import { type PartName, partsOf, ringPlan } from '../../../src/engine/wiring.ts';

test('every ring of the plan has its two ends, and a flush at one rings at the other', async () => {
  const wiring = structuredClone(sharedWiring(ringPlan(2, 64)));
  const parts = new Map(partsOf(2).map((part): [PartName, PartRings] => [part, new PartRings(wiring, part)]));
  const rung: Partial<Record<PartName, () => void>> = {};
  const bells = [...parts].map(([part, rings]) => new Doorbell(rings.doorbell, () => rung[part]?.()));
  for (const { name, from, to } of wiring.plan) {
    const writer = parts.get(from)!.writer(name);
    const reader = parts.get(to)!.reader(name);
    const woken = new Promise<void>((resolve) => (rung[to] = resolve));
    for (const bell of bells) bell.fallAsleep();
    assert(writer.write(1, Buffer.from(name)));
    writer.flush();
    await woken;
    const records: string[] = [];
    reader.read((_kind, record) => records.push(Buffer.from(record).toString()), 10);
    assert.deepEqual(records, [name]);
  }
  assert(ringLevels(wiring).every(({ depth, refused }) => depth === 1 && refused === 0));
  for (const bell of bells) bell.close();
  for (const rings of parts.values()) rings.close();
});

test('a part has its own ends only', () => {
  const rings = new PartRings(sharedWiring(ringPlan(1, 64)), 'notifier');
  assert.throws(() => rings.reader('deliveries'), /read by signalling/);
  assert.throws(() => rings.writer('calls-0'), /written by signalling/);
  assert.throws(() => rings.writer('nothing'), /no ring/);
});
