import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { isupTree } from '../../src/decode/isup-tree.ts';
import { m3uaTree } from '../../src/decode/m3ua-tree.ts';
import { findNode, type TreeNode, treeText } from '../../src/decode/tree.ts';
import { encodeMessage } from '../../src/stack/isup/message.ts';
import { encodeData } from '../../src/stack/m3ua/data.ts';
import { SeededRandom } from '../../src/types/random.ts';
import { anyMessage } from '../stack/isup/arbitrary-messages.ts';
import { damage } from '../support/damage.ts';
import { sctpData } from '../support/pcap.ts';
import { NO_SHARED, sharedPath } from '../support/shared.ts';

const from = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
/** An IAM of a call that was forwarded because its number could not be reached. */
const IAM = from(
  'd500 01 00 2001 0a 00 02 07 05 0390 71 42 09 0a 05 0413 94 71 01 0b 05 0414 94 71 02 13 02 6361 9a 01 07 39 02 9a 90 00',
);

test('ISUP in M3UA DATA with service indicator 5 is shown to its parameters', () => {
  const tree = m3uaTree(encodeData({ opc: 1, dpc: 2, si: 5, ni: 2, mp: 0, sls: 5, data: IAM }));
  const text = treeText(tree);
  assert.match(text, /SI: 5 ISUP/);
  assert.match(text, /ISUP: IAM initial address/);
  assert.match(text, /CIC: 213/);
  assert.match(text, /called party number: 172490 /);
  assert.match(text, /redirecting number: 491720 /);
  assert.match(text, /redirection information .*\[6361\]/);
  assert.match(text, /reason: mobileNotReachable \(6\)/);
  assert.match(text, /parameter 154: 07 {2}\(a parameter that ITU-T Q\.763 does not have\)/);
  assert.match(text, /0: code 154, discardParameter/);
});

test('every node says where its octets stand', () => {
  const base = 100;
  const whole = new Uint8Array(base + IAM.length);
  whole.set(IAM, base);
  const tree = isupTree(IAM, base);
  const check = (node: TreeNode): void => {
    assert.ok(node.offset >= base && node.offset + node.length <= whole.length, node.name);
    if (node.octets !== undefined)
      assert.equal(
        Buffer.from(whole.subarray(node.offset, node.offset + node.length)).toString('hex'),
        node.octets,
        node.name,
      );
    node.children?.forEach(check);
  };
  check(tree);
  assert.equal(findNode(tree, 'redirecting number')?.octets, '0414947102');
});

test('a passed-along message is looked into, one in one in one is not', () => {
  const text = treeText(isupTree(from('0100 28 0c 02 00 02 8290')));
  assert.match(text, /PAM pass-along\n.*\n {2}passed along\n {4}ISUP: REL release/);
  const nested = new Uint8Array(60_000).fill(0x28);
  assert.match(treeText(isupTree(nested)), /body: 2828/);
});

test('what is wrong is noted: octets that are no message, types and contents that are not known', () => {
  assert.equal(isupTree(from('0100 0c 09 00 02 8290')).note, 'pointer-invalid at 3');
  assert.match(isupTree(from('0100 7f 00')).note ?? '', /does not have/);
  const twice = treeText(isupTree(from('0100 10 01 12 02 8290 12 02 8291 0a 02 0414 12 01 80 00')));
  assert.match(twice, /cause indicators: 17 user busy {2}\[8291\] {2}\(there already\)/);
  assert.match(twice, /calling party number: .*\(not a parameter of this message\)/);
  assert.match(twice, /cause indicators: 80 {2}\(not the contents of such a parameter\)/);
});

test('any message makes a tree, and any damaged one too', () => {
  const random = new SeededRandom(5);
  fc.assert(
    fc.property(anyMessage, (message) => {
      const octets = encodeMessage(message);
      if (octets === undefined) return;
      assert.equal(
        isupTree(octets).note === undefined,
        message.kind !== 'opaque' || (message.type < 0x7f && message.type !== 0x0a),
      );
      for (let copies = 0; copies < 10; copies++)
        assert.ok(treeText(isupTree(damage(octets, random))).length > 0);
    }),
    { numRuns: 300 },
  );
});

const capture = sharedPath('vectors/pcap/tcpdump-isup-m3ua.pcap');

test('a captured call in M3UA of before RFC 3332 is shown to its parameters', {
  skip: capture === undefined ? NO_SHARED : false,
}, () => {
  const trees = sctpData(capture!).map(({ payload }) => m3uaTree(payload));
  assert.deepEqual(
    trees.map((tree) => findNode(tree, 'ISUP')?.value),
    [
      'IAM initial address',
      'CFN confusion',
      'ACM address complete',
      'ANM answer',
      'REL release',
      'RLC release complete',
    ],
  );
  assert.equal(findNode(trees[0]!, 'calling party number')?.value, '3933399708');
  assert.equal(findNode(trees[0]!, 'DPC')?.value, 12163);
  assert.equal(findNode(trees[1]!, 'cause indicators')?.value, '99 element not implemented');
});
