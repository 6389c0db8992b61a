import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LiveNotices } from '../../../src/adapters/engine/live-notices.ts';
import { NoticeReports } from '../../../src/adapters/engine/notice-reports.ts';
import type { Delivery } from '../../../src/types/model/thread.ts';

test('A3 a notice is with the SMSC until its receipt has come, and then on the phone', () => {
  let nowMs = 1_000;
  const reports = new NoticeReports({ now: () => nowMs, monotonic: () => nowMs });
  const live = new LiveNotices('full', 'Callwake');
  const id = { partition: 1, sequence: 2, index: 0 };
  const delivery: Delivery = {
    epoch: 1,
    notice: {
      id,
      recipient: '491710000002',
      language: 'en',
      timeZone: 'UTC',
      templateVersion: 1,
      createdAtMs: 900,
      reference: 1,
      content: { kind: 'text', text: 'hello' },
    },
    effect: id,
    firstPart: 0,
    priority: false,
    parts: [Uint8Array.of(1), Uint8Array.of(2)],
    text: 'hello',
    returnedAtMs: 0,
    again: false,
  };
  reports.note(delivery, { result: 'accepted', partsDelivered: 0 });
  live.take(reports.take());
  const [waiting] = live.newestFirst;
  assert.equal(waiting?.state, 'with-smsc');
  assert.equal(waiting.sentAtMs, 1_000);
  assert.equal(waiting.deliveredAtMs, 0);
  nowMs = 5_000;
  reports.delivered(delivery);
  live.take(reports.take());
  const [there] = live.newestFirst;
  assert.equal(live.newestFirst.length, 1);
  assert.equal(there?.state, 'delivered');
  assert.equal(there.partsDelivered, 2);
  assert.equal(there.deliveredAtMs, 5_000);
});
