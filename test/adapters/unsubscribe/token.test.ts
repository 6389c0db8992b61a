import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { UnsubscribeTokens } from '../../../src/adapters/unsubscribe/token.ts';

const secret = 'a secret of thirty-two characters';
const other = 'another secret, which is as long!';
const tokens = new UnsubscribeTokens([secret]);
const numbers = fc.stringMatching(/^[1-9]\d{4,14}$/);
const addresses = fc.emailAddress();

describe('what names a subscriber in the way out of an e-mail', () => {
  test('N6 RFC 5297 §2.1 says whose notices end and at which address, and is the same each time', () => {
    fc.assert(
      fc.property(numbers, addresses, (number, address) => {
        const token = tokens.seal(number, address);
        assert.equal(tokens.seal(number, address), token);
        assert.match(token, /^[\w-]{43}$/, 'it stands in an address as it is');
        const opened = tokens.open(token);
        assert.equal(opened?.subscriber, number);
        assert.ok(opened.isFor(address));
        assert.ok(!opened.isFor(`${address}x`));
      }),
    );
  });

  test('N6 nobody reads the number in it, and numbers that differ little differ wholly in it', () => {
    const [a, b] = ['491710000001', '491710000002'].map((number) =>
      Buffer.from(tokens.seal(number, 'a@b.example'), 'base64url'),
    ) as [Buffer, Buffer];
    for (const clear of ['491710000001', '1710000001'])
      for (const form of [clear, Buffer.from(clear, 'hex').toString('latin1')])
        assert.ok(!a.toString('latin1').includes(form));
    const same = a.filter((octet, index) => octet === b[index]).length;
    assert.ok(same < a.length / 2, `${same} octets are the same`);
  });

  test('N6 nothing but what we have sealed opens: damaged, cut, longer, or sealed with another secret', () => {
    const token = tokens.seal('491710000001', 'a@b.example');
    for (let bit = 0; bit < 32 * 8; bit++) {
      const octets = Buffer.from(token, 'base64url');
      octets[bit >> 3]! ^= 1 << (bit & 7);
      assert.equal(tokens.open(octets.toString('base64url')), undefined, `bit ${bit}`);
    }
    for (const bad of ['', token.slice(1), `${token}A`, `${token.slice(0, -1)}!`, '%00'.repeat(20)])
      assert.equal(tokens.open(bad), undefined);
    const spelt = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_');
    const openable = spelt.filter((last) => tokens.open(token.slice(0, -1) + last) !== undefined);
    assert.deepEqual(openable, [token.at(-1)], 'one spelling');
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (octets) => {
        assert.equal(tokens.open(Buffer.from(octets).toString('base64url')), undefined);
      }),
    );
    assert.equal(new UnsubscribeTokens([other]).open(token), undefined);
  });

  test('N6 a secret follows another: what the old one sealed still opens', () => {
    const both = new UnsubscribeTokens([other, secret]);
    const old = tokens.seal('491710000001', 'a@b.example');
    const fresh = both.seal('491710000001', 'a@b.example');
    assert.notEqual(fresh, old);
    for (const token of [old, fresh]) {
      assert.equal(both.open(token)?.subscriber, '491710000001');
      assert.ok(both.open(token)?.isFor('a@b.example'));
    }
  });
});
