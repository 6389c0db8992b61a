import assert from 'node:assert/strict';
import test from 'node:test';
import { tcapTree } from '../../src/decode/tcap-tree.ts';
import type { TreeNode } from '../../src/decode/tree.ts';
import { readJsonLines } from '../support/json-lines.ts';
import { NO_SHARED, sharedPath } from '../support/shared.ts';

const file = sharedPath('vectors/hex.jsonl');
const skip = file === undefined ? NO_SHARED : false;

interface Vector {
  readonly source: string;
  readonly kind: string;
  readonly hex: string;
}

/** What a whole message is marked with, by its beginning, and why. Everything else is read without a mark. */
const MARKS: readonly (readonly [prefix: string, note: RegExp, why: string])[] = [
  ['b3dd7039', /no sound BER/, 'enciphered: no TCAP'],
  ['62820273', /not covered/, 'the private IN context'],
  ['651348042c5b001c', /not covered yet/, 'a result without its operation: the beginning was not seen'],
  ['651348042c5b001d', /not covered yet/, 'a result without its operation: the beginning was not seen'],
  ['6513480401610000', /not covered yet/, 'a result without its operation: the beginning was not seen'],
  ['625c4804c5050001', /^size$/, 'offeredCamel4CSIs of six bits'],
  ['65224804c5050001', /^size$/, 'offeredCamel4CSIs of six bits'],
];

function notesOf(node: TreeNode): string[] {
  return [...(node.note === undefined ? [] : [node.note]), ...(node.children ?? []).flatMap(notesOf)];
}

test('every captured TCAP message is read down to its parameters, or is marked for a known reason', {
  skip,
}, () => {
  const messages = readJsonLines<Vector>(file!).filter(({ kind }) => kind === 'tcap');
  assert.ok(messages.length >= 56);
  const marked = new Set<string>();
  for (const { hex, source } of messages) {
    const notes = notesOf(tcapTree(Buffer.from(hex, 'hex')));
    const known = MARKS.find(([prefix]) => hex.startsWith(prefix));
    if (known === undefined) assert.deepEqual(notes, [], `${hex.slice(0, 40)} (${source})`);
    else {
      assert.ok(
        notes.length > 0 && notes.every((note) => known[1].test(note)),
        `${hex.slice(0, 40)} ${notes.join()}`,
      );
      marked.add(known[0]);
    }
  }
  assert.equal(marked.size, MARKS.length);
});

test('an error is that of the version that the dialogue says', () => {
  // END of networkLocUpContext-v2 with roamingNotAllowed, whose parameter is an ENUMERATED before version 3.
  const hex = '643b490400000814'.concat(
    '6b262824060700118605010101a0196117a109060704000001000102a203020100a305a103020100',
    '6c0ba3090201000201080a0100',
  );
  const octets = Buffer.from(hex, 'hex');
  const tree = tcapTree(octets);
  assert.deepEqual(notesOf(tree), []);
  assert.match(JSON.stringify(tree), /plmnRoamingNotAllowed/);
});
