import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DueHeap } from '../../loadtest/due-heap.ts';

test('what is due comes out in the order of its time, and nothing that is not', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 200 }),
      fc.nat(100),
      (times, nowMs) => {
        const heap = new DueHeap(times.length);
        for (const [id, atMs] of times.entries()) assert(heap.push(id, atMs));
        assert(!heap.push(0, 0), 'it is full');
        const taken: number[] = [];
        for (let id = heap.takeDue(nowMs); id >= 0; id = heap.takeDue(nowMs)) taken.push(times[id]!);
        const due = times.filter((atMs) => atMs <= nowMs).sort((a, b) => a - b);
        assert.deepEqual(taken, due);
        assert.equal(heap.size, times.length - due.length);
      },
    ),
  );
});
