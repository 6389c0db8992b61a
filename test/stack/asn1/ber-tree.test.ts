import { strict as assert } from 'node:assert';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type BerElement, berTree, tagText } from '../../../src/stack/asn1/ber-tree.ts';

const hex = (text: string) => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));

/** One line an element. */
function lines(elements: readonly BerElement[], indent = ''): string[] {
  return elements.flatMap(({ tagClass, tag, content, offset, constructed, elements: inner, failure }) => [
    `${indent}${offset} ${tagText(tagClass, tag)}${constructed ? '' : ` ${Buffer.from(content).toString('hex')}`}${failure === undefined ? '' : ` ${failure.code}@${failure.offset}`}`,
    ...lines(inner, `${indent}  `),
  ]);
}

describe('tree of elements', () => {
  test('shows what is in it, definite or indefinite', () => {
    const { elements, failure } = berTree(hex('3080 800101 a202 0500 0000 bf3203 0401aa 4100'));
    assert.equal(failure, undefined);
    assert.deepEqual(lines(elements), [
      '0 SEQUENCE',
      '  2 [0] 01',
      '  5 [2]',
      '    7 NULL ',
      '11 [50]',
      '  14 OCTET STRING aa',
      '17 [APPLICATION 1] ',
    ]);
  });

  test('keeps the octets of what is no BER, and says where and why', () => {
    const tree = berTree(hex('a504 020101ff 30 05 02'));
    assert.deepEqual(lines(tree.elements), ['0 [5] ber.truncated@5', '  2 INTEGER 01']);
    assert.deepEqual(tree.elements[0]!.content, hex('020101ff'));
    assert.deepEqual([tree.failure?.code, tree.failure?.offset], ['ber.truncated', 6]);
  });

  test('is bounded in depth and in elements', () => {
    const nested = hex('3080'.repeat(50_000));
    assert.equal(berTree(nested).failure?.code, 'ber.truncated');
    let deep = hex('0500');
    for (let level = 0; level < 40; level++) deep = Uint8Array.from([0x30, deep.length, ...deep]);
    const codes = (elements: readonly BerElement[]): string[] =>
      elements.flatMap((each) => [
        ...(each.failure === undefined ? [] : [each.failure.code]),
        ...codes(each.elements),
      ]);
    assert.deepEqual(codes(berTree(deep).elements), ['ber.depth']);
    const wide = berTree(new Uint8Array(100_000).fill(5).map((_, at) => (at % 2 === 0 ? 5 : 0)));
    assert.equal(wide.elements.length, 4096);
    assert.equal(wide.failure?.code, 'ber.count');
  });

  test('any octets: every octet is in an element or behind the failure', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (octets) => {
        const { elements, failure } = berTree(octets);
        const last = elements.at(-1);
        const end =
          last === undefined ? 0 : last.contentOffset + last.content.length + (last.indefinite ? 2 : 0);
        assert(failure === undefined ? end === octets.length : failure.offset >= end);
      }),
      { numRuns: 2000 },
    );
  });
});
