import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeData } from '../../../src/stack/m3ua/data.ts';
import type { MtpTransfer } from '../../../src/stack/m3ua/mtp.ts';
import type { SccpConfig } from '../../../src/stack/sccp/configuration.ts';
import { decodeMessage } from '../../../src/stack/sccp/message.ts';
import type { Notice } from '../../../src/stack/sccp/service.ts';
import { tshark, tsharkMissing } from '../../support/tshark.ts';
import { arrives, gt, kinds, plant, ssnAt } from './plant.ts';

const octets = (length: number) => Uint8Array.from({ length }, (_, index) => index);
const ludt: Partial<SccpConfig> = {
  destinations: [
    { pointCode: 2, messages: 'ludt' },
    { pointCode: 9, messages: 'ludt' },
  ],
};
const udt: Partial<SccpConfig> = { destinations: [{ pointCode: 2, messages: 'udt' }] };

test('ITU-T Q.714 §4.1.1.1: to a destination that takes it long data goes as one LUDT, with its own reference', () => {
  const { one, hlr, run, request, network } = plant({ 1: ludt });
  for (const length of [2, 200, 240, 300, 1000, 3952]) {
    one.unitdata(request({ data: octets(length), importance: 5, sequenceControl: 3 }));
    const [message, ...others] = kinds(network.take());
    assert.equal(others.length, 0);
    assert.ok(message !== undefined && 'protocolClass' in message);
    assert.equal(message.kind, length <= 200 ? 'XUDT' : 'LUDT');
    assert.equal(message.importance, 5);
    assert.equal(message.protocolClass, 1);
    if (message.kind === 'LUDT') {
      assert.equal(message.hopCounter, 15);
      assert.deepEqual(
        { ...message.segmentation, localReference: 0 },
        { first: true, originalClass: 1, remaining: 0, localReference: 0 },
      );
    }
    run();
    assert.deepEqual(hlr.unitdata.at(-1)?.data, octets(length));
  }
});

test('ITU-T Q.714 §4.1.1.1: short data goes as a UDT also there, and more than 3952 octets go nowhere', () => {
  const { one, scf, run, request, network } = plant({ 1: ludt });
  one.unitdata(request());
  assert.equal(kinds(network.take())[0]?.kind, 'UDT');
  one.unitdata(request({ data: octets(3953) }));
  run();
  assert.deepEqual(scf.causes, ['segmentation-failure']);
});

test('ITU-T Q.714 §4.1.1.1.3: a destination that takes UDT alone: segmentation not supported; importance gives way', () => {
  const { one, scf, hlr, run, request, network } = plant({ 1: udt });
  one.unitdata(request({ importance: 5 }));
  assert.equal(kinds(network.sent)[0]?.kind, 'UDT');
  one.unitdata(request({ data: octets(300) }));
  run();
  assert.equal(hlr.unitdata.length, 1);
  assert.deepEqual(scf.causes, ['segmentation-not-supported']);
});

test('ITU-T Q.714 §4.2: an LUDT comes back as LUDTS, with its data', () => {
  const { one, scf, run, request, network } = plant({ 1: ludt });
  one.unitdata(request({ called: gt('4922', 99), data: octets(1500) }));
  run();
  assert.deepEqual(
    kinds(network.sent).map(({ kind }) => kind),
    ['LUDT', 'LUDTS'],
  );
  const [notice] = scf.notices as [Notice];
  assert.deepEqual(notice.data, octets(1500));
  assert.deepEqual(scf.causes, ['unequipped-user']);
});

test('ITU-T Q.714 §4.1.2: a node in between cuts an LUDT for a destination that does not take it, by the reference of its origin', () => {
  const { one, hlr, run, request, network } = plant({
    1: ludt,
    9: { translation: [{ digits: '*', targets: [{ pointCode: 2, routing: 'ssn' }] }] },
  });
  one.unitdata(request({ called: gt('4992', 6), data: octets(1500), sequenceControl: 4 }));
  run();
  const [whole, ...segments] = kinds(network.sent);
  assert.equal(whole?.kind, 'LUDT');
  assert.ok(segments.length > 5);
  for (const segment of segments) {
    assert.equal(segment.kind, 'XUDT');
    assert.equal(segment.segmentation?.localReference, whole.segmentation?.localReference);
    assert.equal(segment.hopCounter, 14);
  }
  assert.ok(network.sent.slice(1).every(({ sls, data }) => sls === 4 && data.length <= 268));
  assert.deepEqual(hlr.unitdata[0]?.data, octets(1500));
  assert.equal(hlr.unitdata[0].sequenceControl, 4);
});

test('ITU-T Q.714 §4.1.2: an LUDTS that goes on to where XUDT alone is known is cut off, and says what came back', () => {
  const { nine, network, run, scf } = plant({
    9: { translation: [{ digits: '*', targets: [{ pointCode: 1, routing: 'ssn' }] }] },
  });
  const called = gt('4911', 147);
  arrives(
    nine,
    { kind: 'LUDTS', returnCause: 5, hopCounter: 9, called, calling: ssnAt(2, 6), data: octets(1500) },
    2,
  );
  run();
  const [message] = kinds(network.sent);
  assert.equal(message?.kind, 'XUDTS');
  const [notice] = scf.notices as [Notice];
  assert.ok(notice.data.length > 150 && notice.data.length < 255);
  assert.deepEqual(notice.data, octets(1500).subarray(0, notice.data.length));
});

test('ITU-T Q.714 §4.1.2: a segment, and the service message that returns one, go on as they are', () => {
  const { nine, network, run } = plant({
    9: { translation: [{ digits: '*', targets: [{ pointCode: 1, routing: 'gt' }] }] },
  });
  const common = {
    hopCounter: 9,
    called: gt('4911', 147),
    calling: ssnAt(2, 6),
    segmentation: { first: false, originalClass: 1, remaining: 3, localReference: 0x123456 },
    data: octets(200),
  } as const;
  arrives(nine, { kind: 'XUDT', protocolClass: 1, returnOption: false, ...common }, 2);
  arrives(nine, { kind: 'XUDTS', returnCause: 5, ...common }, 2);
  run();
  for (const message of kinds(network.sent)) {
    assert.deepEqual(message.segmentation, common.segmentation);
    assert.equal(message.hopCounter, 8);
    assert.deepEqual(message.data, common.data);
  }
  assert.equal(network.sent.length, 2);
});

test('ITU-T Q.714 §4.1.2: a UDT that does not fit any more with its new title goes on in segments', () => {
  const { two, network, run, scf } = plant({
    2: {
      translation: [
        { digits: '*', targets: [{ pointCode: 1, routing: 'ssn', title: { prefix: '49'.repeat(12) } }] },
      ],
    },
  });
  const message = { protocolClass: 0, returnOption: false, calling: ssnAt(3, 6), data: octets(240) } as const;
  arrives(two, { kind: 'UDT', ...message, called: gt('1', 147) });
  run();
  assert.deepEqual(
    kinds(network.sent).map(({ kind, segmentation }) => `${kind} ${segmentation?.remaining ?? ''}`),
    ['XUDT 1', 'XUDT 0'],
  );
  assert.deepEqual(scf.unitdata[0]?.data, octets(240));
});

/** Segments of a message of 900 octets, taken off the network. */
function segments(changes: Parameters<ReturnType<typeof plant>['request']>[0] = {}) {
  const planted = plant();
  planted.one.unitdata(planted.request({ data: octets(900), ...changes }));
  const sent = planted.network.take();
  planted.network.loses = ({ dpc }) => dpc === 2;
  planted.run();
  return { ...planted, sent };
}

const changed = (transfer: MtpTransfer, at: number, change: (octet: number) => number): MtpTransfer => {
  const data = transfer.data.slice();
  data[at] = change(data[at]!);
  return { ...transfer, data };
};

test('ITU-T Q.714 §4.1.1.2.2: two to sixteen segments are put together', () => {
  for (let count = 2; count <= 16; count++) {
    const { one, two, hlr, run, request, network } = plant();
    one.unitdata(request({ data: octets(count * 228) }));
    assert.equal(network.sent.length, count);
    run();
    assert.deepEqual(hlr.unitdata[0]?.data, octets(count * 228));
    assert.equal(two.snapshot().reassemblies, 0);
  }
});

test('ITU-T Q.714 §4.1.1.2.3: a segment of another class than the first ends the message', () => {
  const { two, sent, hlr, scf, run, counters } = segments();
  const [first, second] = sent as [MtpTransfer, MtpTransfer];
  two.onTransfer(first);
  // The octet behind name and length of the segmentation parameter, at the end: class in bit 7.
  two.onTransfer(changed(second, second.data.length - 5, (octet) => octet ^ 0x40));
  run();
  assert.equal(hlr.unitdata.length, 0);
  assert.equal(counters.get('sccp.reassembly.failed.other-class'), 1);
  assert.deepEqual(scf.causes, ['error-in-message-transport']);
});

test('ITU-T Q.714 §4.1.1.2.3: a message that is longer than any may be cannot be reassembled', () => {
  const { two, scf, hlr, run, network, counters } = plant();
  const common = {
    kind: 'LUDT',
    protocolClass: 1,
    hopCounter: 9,
    called: ssnAt(2, 6),
    calling: gt('4911', 147),
  } as const;
  for (let index = 0; index < 16; index++) {
    const segmentation = {
      first: index === 0,
      originalClass: 0,
      remaining: 15 - index,
      localReference: 7,
    } as const;
    arrives(two, {
      ...common,
      called: { routing: 'ssn', ssn: 6 },
      returnOption: index === 0,
      segmentation,
      data: octets(248),
    });
  }
  assert.equal(hlr.unitdata.length, 0);
  run();
  assert.deepEqual(scf.causes, ['destination-cannot-reassemble']);
  assert.equal(counters.get('sccp.reassembly.failed.too-long'), 1);
  assert.equal(two.snapshot().reassemblies, 0);
  assert.equal(network.sent.length, 1);
});

test('tshark reads our LUDT and LUDTS: kinds, addresses, segmentation, importance, and the length of the data', (t) => {
  const missing = tsharkMissing();
  if (missing !== undefined) return t.skip(missing);
  const { one, run, request, network } = plant({ 1: ludt });
  one.unitdata(request({ called: gt('4922', 99), data: octets(1500), importance: 5 }));
  run();
  const frames = network.sent.map((transfer) => encodeData(transfer, { routingContext: 1 }));
  const fields = [
    'sccp.message_type',
    'sccp.called.digits',
    'sccp.calling.digits',
    'sccp.segmentation.first',
    'sccp.segmentation.remaining',
    'sccp.importance',
    'data.len',
    '_ws.malformed',
  ];
  const wanted = fields.flatMap((field) => ['-e', field]);
  const lines = tshark(frames, 3, [
    '--disable-protocol',
    'tcap',
    '-T',
    'fields',
    ...wanted,
    '-E',
    'separator=|',
  ]);
  assert.deepEqual(lines, ['0x13|4922|4911|0x01|0x00|0x05|1500|', '0x14|4911|4922|0x01|0x00|0x05|1500|']);
});

test('every message that we make decodes to what it was', () => {
  const { one, run, request, network } = plant({ 1: ludt, 2: ludt });
  for (const length of [3, 250, 255, 256, 260, 3000]) one.unitdata(request({ data: octets(length) }));
  run();
  for (const { data } of network.sent) assert.ok(decodeMessage(data).ok);
});
