import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AcceptedMessages } from '../../../src/gateway/smpp/accepted-messages.ts';

const B = '491710000002';

test('N13 a message is found by what its receipt calls it: the SMSC, the number, and its id in either base', () => {
  const messages = new AcceptedMessages<string>(100);
  messages.took('main', B, '00A1', 'x');
  assert.equal(messages.find('main', B, '00a1'), 'x');
  assert.equal(messages.find('main', B, '161'), 'x', 'decimal, which was hexadecimal');
  assert.equal(messages.find('other', B, '00a1'), undefined);
  assert.equal(messages.find('main', '491710000003', '00a1'), undefined);
});

test('an id that is written so goes before one that may be meant', () => {
  const messages = new AcceptedMessages<string>(100);
  messages.took('main', B, '1000', 'earlier');
  messages.took('main', B, '4096', 'later');
  assert.equal(messages.find('main', B, '1000'), 'earlier');
  assert.equal(messages.find('main', B, '4096'), 'later');
});

test('of too many the oldest is forgotten', () => {
  const messages = new AcceptedMessages<number>(50);
  for (let id = 0; id < 1_000; id++) messages.took('main', B, `x-${id}`, id);
  assert.equal(messages.size, 50);
  assert.equal(messages.find('main', B, 'x-0'), undefined);
  assert.equal(messages.find('main', B, 'x-999'), 999);
});
