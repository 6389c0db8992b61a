import assert from 'node:assert/strict';
import { test } from 'node:test';
import { capApplicationContexts } from '../../../../src/stack/cap/application-contexts.ts';
import { allCapContexts } from '../../../../src/stack/cap/service/contexts.ts';
import type { OperationSet } from '../../../../src/stack/cap/service/operation-sets.ts';

const codes = (set: OperationSet) =>
  Object.values(set)
    .map(({ code }) => code)
    .sort((a, b) => a - b);

test('3GPP TS 29.078 §6.1.2, §6.2.2, §7.2 what either party may send is what the application context has, in every phase', () => {
  assert.equal(allCapContexts.length, capApplicationContexts.all.length);
  for (const { context, scf, fromScf, toScf } of allCapContexts) {
    const [ofScf, ofSsf] =
      scf === 'responder' ? [context.responder, context.initiator] : [context.initiator, context.responder];
    assert.deepEqual(
      codes(fromScf),
      [...ofScf.keys()].sort((a, b) => a - b),
      context.name,
    );
    assert.deepEqual(
      codes(toScf),
      [...ofSsf.keys()].sort((a, b) => a - b),
      context.name,
    );
    for (const one of [...Object.values(fromScf), ...Object.values(toScf)])
      assert.equal(
        (ofScf.get(one.code) ?? ofSsf.get(one.code))?.argument,
        one.argument,
        `${context.name} ${one.name ?? ''}`,
      );
  }
});
