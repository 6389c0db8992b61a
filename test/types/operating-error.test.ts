import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OperatingError, revived } from '../../src/types/operating-error.ts';

test('an operating error that came from another thread, without its class, is one again', () => {
  const sent = Object.assign(new Error('the disk is full'), {
    code: 'CW_STORE_FAILED',
    context: { window: 7 },
  });
  const error = revived(sent);
  assert.ok(error instanceof OperatingError);
  assert.equal(error.code, 'CW_STORE_FAILED');
  assert.equal(error.message, 'the disk is full');
  assert.deepEqual(error.context, { window: 7 });
  assert.equal(error.cause, sent);
});

test('one whose context was lost on the way has an empty one', () => {
  const error = revived(Object.assign(new Error('x'), { code: 'CW_STORE_FAILED', context: null }));
  assert.deepEqual((error as OperatingError).context, {});
});

test('anything else stays what it is', () => {
  const system = Object.assign(new Error('x'), { code: 'ENOENT' });
  const own = new OperatingError('CW_STORE_LOCK', 'x');
  for (const other of [system, new Error('x'), own, 'a word', undefined]) assert.equal(revived(other), other);
});
