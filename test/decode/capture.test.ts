import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { readCapture } from '../../src/decode/capture.ts';
import { FrameSight, frameTree } from '../../src/decode/frame-tree.ts';
import type { TreeNode } from '../../src/decode/tree.ts';
import { SeededRandom } from '../../src/types/random.ts';
import { damage } from '../support/damage.ts';
import { NO_SHARED, sharedPath } from '../support/shared.ts';
import { tsharkMissing } from '../support/tshark.ts';

const CAPTURES = [
  'real-ss7-pcapr.pcap',
  'wireshark-camel-ussd-rewrapped.pcap',
  'wrapped-harvested.pcap',
  'tcpdump-isup-m3ua.pcap',
  'pkts-sctp-addip.cap',
  'pkts-sctp-test.cap',
  'pkts-sctp_init_collision.cap',
];
const fileOf = (name: string) => sharedPath('vectors/pcap', name);
const skip = fileOf(CAPTURES[0]!) === undefined ? NO_SHARED : false;

function treesOf(file: string): TreeNode[] {
  const { frames, problem } = readCapture(readFileSync(file));
  assert.equal(problem, undefined);
  const sight = new FrameSight();
  return frames.map((frame) => frameTree(frame, sight));
}

function* nodesOf(node: TreeNode): Generator<TreeNode> {
  yield node;
  for (const child of node.children ?? []) yield* nodesOf(child);
}

test('every frame of every capture makes a tree', { skip }, () => {
  const counts = CAPTURES.map((name) => treesOf(fileOf(name)!).length);
  assert.deepEqual(counts.slice(0, 1), [258]);
  assert.ok(counts.every((count) => count > 0));
});

test('the operations of the captured networks are named and read to their fields', { skip }, () => {
  const found = new Map<string, number>();
  for (const name of ['real-ss7-pcapr.pcap', 'wireshark-camel-ussd-rewrapped.pcap']) {
    for (const tree of treesOf(fileOf(name)!))
      for (const { name: kind, value, note } of nodesOf(tree))
        if (/^(invoke|returnResult|returnError|reject)/.test(kind)) {
          const key = `${kind} ${String(value)}${note === undefined ? '' : ` (${note})`}`;
          found.set(key, (found.get(key) ?? 0) + 1);
        }
  }
  const covered = [...found.keys()].filter((key) => !key.includes('not covered'));
  for (const key of [
    'invoke initialDP',
    'invoke eventReportBCSM',
    'invoke requestReportBCSMEvent',
    'invoke sendRoutingInfoForSM',
    'returnResultLast sendRoutingInfoForSM',
    'invoke forwardSM',
    'invoke updateLocation',
    'invoke insertSubscriberData',
    'invoke anyTimeInterrogation',
    'invoke sendAuthenticationInfo',
    'invoke sendRoutingInfo',
    'invoke processUnstructuredSS-Request',
    'returnError roamingNotAllowed',
    'returnError teleserviceNotProvisioned',
  ])
    assert.ok(covered.includes(key), `${key}: ${[...found.keys()].join(', ')}`);
  // What is not covered has a context of its own that nobody but its owner knows.
  for (const key of found.keys())
    if (key.includes('not covered')) assert.match(key, /^invoke operation \d+ \(not covered yet\)$/);
});

test('no field of a covered operation of the captured networks is out of order, missing or unsound', {
  skip,
}, () => {
  for (const name of ['real-ss7-pcapr.pcap', 'wireshark-camel-ussd-rewrapped.pcap'])
    for (const tree of treesOf(fileOf(name)!))
      for (const node of nodesOf(tree))
        if (node.note !== undefined)
          assert.match(
            node.note,
            /^(not covered|a segment|size$)/,
            `${name} ${tree.name} ${node.name}: ${node.note}`,
          );
});

/** Codes of the invoked operations, frame by frame, as tshark reads them. */
function tsharkCodes(file: string): Map<number, string> {
  const fields = ['frame.number', 'gsm_old.localValue', 'camel.local'].flatMap((field) => ['-e', field]);
  const out = execFileSync('tshark', ['-r', file, '-T', 'fields', ...fields], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const codes = new Map<number, string>();
  for (const line of out.split('\n')) {
    const [frame, map, cap] = line.split('\t');
    const all = [map, cap].filter((text) => text !== undefined && text !== '').join(',');
    if (all !== '') codes.set(Number(frame), all);
  }
  return codes;
}

test('tshark finds the same operations in the same frames', {
  skip: skip === false ? (tsharkMissing() ?? false) : skip,
}, () => {
  for (const name of ['real-ss7-pcapr.pcap', 'wireshark-camel-ussd-rewrapped.pcap']) {
    const file = fileOf(name)!;
    const theirs = tsharkCodes(file);
    treesOf(file).forEach((tree, index) => {
      const nodes = [...nodesOf(tree)];
      const declared = nodes.some(({ name: kind, note }) => kind === 'invoke' && note === undefined);
      if (!declared) return;
      const ours = nodes.filter(({ name: kind }) => kind === 'localValue').map(({ value }) => String(value));
      // Segments that come back in another order tshark does not put together.
      const their = theirs.get(index + 1);
      if (their === undefined) return;
      for (const code of ours)
        assert.ok(
          their.split(',').includes(code),
          `${name} frame ${index + 1}: ${ours.join(',')} and ${their}`,
        );
    });
  }
});

test('3 000 damaged frames and files make trees', { skip }, () => {
  const random = new SeededRandom(3000);
  for (const name of CAPTURES) {
    const file = readFileSync(fileOf(name)!);
    const { frames } = readCapture(file);
    const sight = new FrameSight();
    for (let round = 0; round < 430; round++) {
      const frame = frames[random.uint32() % frames.length]!;
      frameTree({ ...frame, octets: damage(frame.octets, random) }, sight);
    }
    for (let round = 0; round < 20; round++) readCapture(damage(file.subarray(0, 2000), random));
  }
});

test('pcapng and nanosecond pcap are read as pcap is', { skip: tsharkMissing() ?? skip }, () => {
  const file = fileOf('wireshark-camel-ussd-rewrapped.pcap')!;
  const plain = readCapture(readFileSync(file)).frames;
  for (const format of ['pcapng', 'nsecpcap']) {
    const converted = execFileSync('editcap', ['-F', format, file, '-'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const { frames, problem } = readCapture(converted);
    assert.equal(problem, undefined);
    assert.deepEqual(
      frames.map(({ linkType, atMs, octets }) => [linkType, atMs, Buffer.from(octets).toString('hex')]),
      plain.map(({ linkType, atMs, octets }) => [linkType, atMs, Buffer.from(octets).toString('hex')]),
    );
  }
});
