import assert from 'node:assert/strict';
import { test } from 'node:test';
import { masked, plainTimes } from '../../src/cli/explain-json.ts';

test('N16 numbers are masked wherever they stand, ids, nodes and message ids are not', () => {
  const value = {
    number: '4915112345678',
    calls: [{ id: '12.34567', caller: '4930123456', notices: ['12.34567.1'], cause: 20 }],
    via: { node: '491720000001', parts: 1 },
    receipts: [{ messageId: '0123456789', messageIds: ['0123456789'] }],
    rendered: { text: '+4930123456 called 2 times at 10:45, 2026' },
    octets: Uint8Array.of(1),
  };
  assert.deepEqual(masked(value), {
    ...value,
    number: '4915•••••••78',
    calls: [{ ...value.calls[0], caller: '4930••••56' }],
    rendered: { text: '+4930••••56 called 2 times at 10:45, 2026' },
  });
});

test('N16 times are ISO 8601 in UTC, none is null, and what a later version stored is left out', () => {
  const value = {
    atMs: Date.UTC(2026, 10, 28),
    untilMs: 0,
    of: [{ startedAtMs: 1, laterFields: [], text: 'x' }],
  };
  assert.deepEqual(plainTimes(value), {
    at: '2026-11-28T00:00:00.000Z',
    until: null,
    of: [{ startedAt: '1970-01-01T00:00:00.001Z', text: 'x' }],
  });
  assert.deepEqual(plainTimes({ untilMs: Number.POSITIVE_INFINITY }), { until: null });
});
