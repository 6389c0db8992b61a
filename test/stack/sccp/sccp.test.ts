import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { encodeData } from '../../../src/stack/m3ua/data.ts';
import type { MtpTransfer } from '../../../src/stack/m3ua/mtp.ts';
import { decodeMessage, encodeMessage, type SccpMessage } from '../../../src/stack/sccp/message.ts';
import { responseAddresses } from '../../../src/stack/sccp/response-addresses.ts';
import { RETURN_CAUSE, returnCauseName } from '../../../src/stack/sccp/return-causes.ts';
import type { Notice, Unitdata } from '../../../src/stack/sccp/service.ts';
import type { TranslationRule } from '../../../src/stack/sccp/translation-rules.ts';
import { SeededRandom } from '../../../src/types/random.ts';
import { damage } from '../../support/damage.ts';
import { tshark, tsharkMissing } from '../../support/tshark.ts';
import { gt, kinds, management, plant, ssnAt } from './plant.ts';

test('ITU-T Q.714 §2.3: a message routed on a global title arrives, with both addresses', () => {
  const { one, hlr, run, request, network } = plant();
  one.unitdata(request());
  run();
  assert.deepEqual(
    network.sent.map(({ opc, dpc, si, ni }) => ({ opc, dpc, si, ni })),
    [{ opc: 1, dpc: 2, si: 3, ni: 2 }],
  );
  assert.equal(hlr.unitdata.length, 1);
  const [got] = hlr.unitdata as [Unitdata];
  assert.deepEqual(got.called, gt('4922', 6));
  assert.deepEqual(got.calling, gt('4911', 147));
  assert.deepEqual([...got.data], [1, 2, 3]);
  assert.equal(got.returnOption, true);
  assert.equal(got.sequenceControl, undefined);
});

test('ITU-T Q.714 §2.3: routed on SSN with a point code; the calling address gets the origin', () => {
  const { one, hlr, run, request } = plant();
  one.unitdata(request({ called: ssnAt(2, 6), calling: { routing: 'ssn', ssn: 147 } }));
  run();
  assert.deepEqual(hlr.unitdata[0]!.called, { routing: 'ssn', ssn: 6 });
  assert.deepEqual(hlr.unitdata[0]!.calling, ssnAt(1, 147));
});

test('a message for a subsystem of the same node is delivered there, and never within the request', () => {
  const { one, scf, run, request, network } = plant();
  one.unitdata(request({ called: gt('4911', 147) }));
  assert.equal(scf.unitdata.length, 0);
  run();
  assert.equal(scf.unitdata.length, 1);
  assert.equal(network.sent.length, 0);
});

test('ITU-T Q.714 §2.3.1: a node in between translates and passes on; what is routed on SSN gets its origin', () => {
  const { one, hlr, run, request, network } = plant({
    9: { translation: [{ digits: '49*', targets: [{ pointCode: 2, ssn: 6, routing: 'ssn' }] }] },
  });
  one.unitdata(request({ called: gt('4992', 6), calling: { routing: 'ssn', ssn: 147 } }));
  run();
  assert.deepEqual(
    network.sent.map(({ dpc }) => dpc),
    [9, 2],
  );
  const [got] = hlr.unitdata as [Unitdata];
  assert.equal(got.called.routing, 'ssn');
  assert.deepEqual(got.calling, ssnAt(1, 147));
});

test('ITU-T Q.714 §2.3.1: the hop counter ends a message that goes round in circles', () => {
  const circle = (pointCode: number): readonly TranslationRule[] => [
    { digits: '49*', targets: [{ pointCode, routing: 'gt' }] },
    { digits: '4911', targets: [{ pointCode: 1, routing: 'gt' }] },
  ];
  const { one, scf, run, request, network } = plant({
    1: {
      hopCounter: 4,
      translation: [
        { digits: '4922', targets: [{ pointCode: 2, routing: 'gt' }] },
        { digits: '4911', targets: [{ routing: 'ssn' }] },
      ],
    },
    2: { translation: circle(9) },
    9: { translation: circle(2) },
  });
  one.unitdata(request({ importance: 1 }));
  run();
  const hops = kinds(network.sent).filter(({ kind }) => kind === 'XUDT');
  assert.deepEqual(
    hops.map(({ hopCounter }) => hopCounter),
    [4, 3, 2, 1],
  );
  assert.deepEqual(
    scf.notices.map(({ returnCause }) => returnCauseName(returnCause)),
    ['hop-counter-violation'],
  );
});

const nowhere: readonly (readonly [string, Partial<Unitdata>, keyof typeof RETURN_CAUSE])[] = [
  ['no rule for such a title', { called: { routing: 'gt', ssn: 6 } }, 'no-translation-for-nature'],
  ['no rule for the digits', { called: gt('33', 6) }, 'no-translation-for-address'],
  ['no such subsystem there', { called: gt('4922', 99) }, 'unequipped-user'],
  ['no such subsystem here', { called: gt('4911', 99) }, 'unequipped-user'],
  ['no SSN at the end', { called: { ...gt('4922', 0) } }, 'unequipped-user'],
  ['a title that cannot be signalled', { called: gt('49+2', 6) }, 'unqualified'],
  ['more than 16 segments', { data: new Uint8Array(4000) }, 'segmentation-failure'],
];
for (const [what, changes, cause] of nowhere) {
  test(`ITU-T Q.714 §4.2: ${what} comes back as ${cause}, with the data`, () => {
    const { one, scf, run, request } = plant();
    const given = request(changes);
    one.unitdata(given);
    run();
    assert.deepEqual(
      scf.notices.map(({ returnCause }) => returnCauseName(returnCause)),
      [cause],
    );
    const [notice] = scf.notices as [Notice];
    assert.deepEqual([...notice.data], [...given.data]);
    assert.equal(notice.called.ssn, 147);
  });
  test(`ITU-T Q.714 §4.2: ${what}, without the return option: silence and a counter`, () => {
    const { one, scf, run, request, counters } = plant();
    one.unitdata(request({ ...changes, returnOption: false }));
    run();
    assert.equal(scf.notices.length, 0);
    const counted = counters.get(`sccp.refused.${cause}`) + counters.get(`sccp.undelivered.${cause}`);
    assert.equal(counted, 1);
  });
}

test('ITU-T Q.714 §4.2: UDT comes back as UDTS, XUDT as XUDTS, LUDT as LUDTS, towards the calling address', () => {
  const { two, network, run } = plant();
  for (const kind of ['UDT', 'XUDT', 'LUDT'] as const) {
    const message: SccpMessage = {
      kind,
      protocolClass: 0,
      returnOption: true,
      called: { routing: 'ssn', ssn: 77 },
      calling: gt('4911', 147),
      data: Uint8Array.from([9, 8, 7]),
      ...(kind === 'UDT' ? {} : { hopCounter: 3 }),
    };
    two.onTransfer({ opc: 9, dpc: 2, si: 3, ni: 2, mp: 0, sls: 5, data: encodeMessage(message)! });
    const [back] = network.take() as [MtpTransfer];
    // By its title to node 1, though it came from node 9.
    assert.equal(back.dpc, 1);
    assert.equal(back.sls, 5);
    const decoded = decodeMessage(back.data);
    assert.ok(decoded.ok && 'returnCause' in decoded.value);
    assert.equal(decoded.value.kind, `${kind}S`);
    assert.equal(decoded.value.returnCause, RETURN_CAUSE['unequipped-user']);
    assert.deepEqual([...decoded.value.data], [9, 8, 7]);
    run();
  }
});

test('ITU-T Q.714 §4.1: class 1 keeps its SLS, class 0 takes them in turn', () => {
  const { one, run, request, network, hlr } = plant();
  for (let index = 0; index < 5; index++) one.unitdata(request({ sequenceControl: 37 }));
  assert.deepEqual(new Set(network.take().map(({ sls }) => sls)), new Set([5]));
  for (let index = 0; index < 16; index++) one.unitdata(request());
  assert.equal(new Set(network.sent.map(({ sls }) => sls)).size, 16);
  run();
  assert.equal(hlr.unitdata.filter(({ sequenceControl }) => sequenceControl === 5).length, 5);
});

test('ITU-T Q.714 §4.1.1.1: a UDT where it fits an MTP link, else XUDT, in segments of one SLS, class 1', () => {
  const { one, run, request, network, hlr } = plant();
  for (const length of [1, 150, 230, 231, 255, 256, 260, 500, 3000]) {
    const data = Uint8Array.from({ length }, (_, index) => index);
    one.unitdata(request({ data, returnOption: true }));
    const sent = network.sent.slice();
    for (const { data: octets } of sent) assert.ok(octets.length <= 268);
    const messages = kinds(network.take());
    if (length <= 230)
      assert.deepEqual(
        messages.map(({ kind }) => kind),
        ['UDT'],
      );
    if (length >= 255) {
      assert.ok(messages.length >= 2);
      assert.equal(new Set(sent.map(({ sls }) => sls)).size, 1);
      messages.forEach((message, index) => {
        assert.ok(message.kind === 'XUDT');
        assert.equal(message.protocolClass, 1);
        assert.equal(message.returnOption, index === 0);
        assert.equal(message.segmentation?.first, index === 0);
        assert.equal(message.segmentation.originalClass, 0);
        assert.equal(message.segmentation.remaining, messages.length - 1 - index);
      });
    }
    run();
    const [got] = hlr.unitdata.splice(0) as [Unitdata];
    assert.deepEqual([...got.data], [...data], `${length} octets`);
    assert.equal(got.sequenceControl, undefined);
  }
});

test('any data of 2 octets to 16 segments arrives whole, whatever the limit of a message', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 60, max: 300 }),
      fc.integer({ min: 2, max: 1000 }),
      fc.boolean(),
      fc.boolean(),
      (messageOctetsMax, length, inSequence, importance) => {
        const { one, run, request, hlr, scf, network } = plant({ 1: { messageOctetsMax } });
        const data = Uint8Array.from({ length }, (_, index) => index * 7);
        one.unitdata(
          request({
            data,
            ...(inSequence ? { sequenceControl: 3 } : {}),
            ...(importance ? { importance: 4 } : {}),
          }),
        );
        run();
        if (hlr.unitdata.length === 0) {
          assert.deepEqual(
            scf.notices.map(({ returnCause }) => returnCauseName(returnCause)),
            ['segmentation-failure'],
          );
          return;
        }
        for (const { data: octets } of network.sent) assert.ok(octets.length <= messageOctetsMax);
        const [got] = hlr.unitdata as [Unitdata];
        assert.deepEqual(Buffer.from(got.data).toString('hex'), Buffer.from(data).toString('hex'));
        assert.equal(got.sequenceControl !== undefined, inSequence);
        assert.equal(got.importance, importance ? 4 : undefined);
      },
    ),
    { numRuns: 200 },
  );
});

const long = Uint8Array.from({ length: 900 }, (_, index) => index);

test('ITU-T Q.714 §4.1.1.2: segments of different messages may alternate', () => {
  const { one, request, network, run, hlr, two } = plant();
  one.unitdata(request({ data: long }));
  one.unitdata(request({ data: long.map((octet) => octet ^ 0xff) }));
  const sent = network.sent.slice();
  network.loses = () => true;
  run();
  const half = sent.length / 2;
  for (let index = 0; index < half; index++) {
    two.onTransfer(sent[index]!);
    two.onTransfer(sent[half + index]!);
  }
  assert.equal(hlr.unitdata.length, 2);
  assert.deepEqual([...hlr.unitdata[0]!.data], [...long]);
  assert.equal(two.snapshot().reassemblies, 0);
});

test('ITU-T Q.714 §4.1.1.2.3: a lost segment: nothing is delivered, the first segment is returned', () => {
  const { one, request, network, run, hlr, scf, two } = plant();
  let index = 0;
  network.loses = ({ dpc }) => dpc === 2 && ++index === 2;
  one.unitdata(request({ data: long }));
  run();
  assert.equal(hlr.unitdata.length, 0);
  assert.deepEqual(
    scf.notices.map(({ returnCause }) => returnCauseName(returnCause)),
    ['error-in-message-transport'],
  );
  const [notice] = scf.notices as [Notice];
  assert.ok(notice.data.length > 100);
  assert.deepEqual([...notice.data], [...long.subarray(0, notice.data.length)]);
  assert.equal(two.snapshot().reassemblies, 0);
});

test('ITU-T Q.714 §4.1.1.2.3: when T(reassembly) ends the first segment is returned', () => {
  const { one, request, network, run, scf, two, timers, counters } = plant();
  one.unitdata(request({ data: long }));
  const [first] = network.sent as [MtpTransfer];
  network.loses = ({ dpc }) => dpc === 2;
  run();
  two.onTransfer(first);
  assert.equal(two.snapshot().reassemblies, 1);
  timers.advance(timers.now() + 10_000);
  run();
  assert.equal(counters.get('sccp.reassembly.failed.timeout'), 1);
  assert.deepEqual(
    scf.notices.map(({ returnCause }) => returnCauseName(returnCause)),
    ['error-in-message-transport'],
  );
});

test('ITU-T Q.714 §4.1.1.2.3: a duplicate segment ends the message, a repeated first one starts it afresh', () => {
  const { one, request, network, run, hlr, two, counters } = plant();
  one.unitdata(request({ data: long, returnOption: false }));
  const sent = network.sent.slice();
  network.loses = () => true;
  run();
  for (const index of [0, 1, 1]) two.onTransfer(sent[index]!);
  assert.equal(counters.get('sccp.reassembly.failed.out-of-sequence'), 1);
  for (const transfer of sent.slice(2)) two.onTransfer(transfer);
  assert.equal(hlr.unitdata.length, 0);
  assert.ok(counters.get('sccp.reassembly.no-first') > 0);
  for (const index of [0, 1, 0]) two.onTransfer(sent[index]!);
  for (const transfer of sent.slice(1)) two.onTransfer(transfer);
  assert.equal(counters.get('sccp.reassembly.failed.first-again'), 1);
  assert.deepEqual([...hlr.unitdata[0]!.data], [...long]);
});

test('reassembly is bounded in number and in octets, and says so with a cause', () => {
  for (const bound of [{ reassembliesMax: 2 }, { reassemblyOctetsMax: 600 }]) {
    const { one, request, network, run, scf, two } = plant({ 2: bound });
    for (let index = 0; index < 3; index++) one.unitdata(request({ data: long }));
    const firsts = network.sent.filter(({ data }) => {
      const decoded = decodeMessage(data);
      return decoded.ok && decoded.value.segmentation?.first === true;
    });
    network.loses = ({ dpc }) => dpc === 2;
    run();
    for (const transfer of firsts) two.onTransfer(transfer);
    run();
    assert.deepEqual(
      scf.notices.map(({ returnCause }) => returnCauseName(returnCause)),
      ['destination-cannot-reassemble'],
    );
    assert.equal(two.snapshot().reassemblies, 2);
  }
});

test('ITU-T Q.714 §5.2.2: MTP-PAUSE stops messages with a cause, MTP-RESUME lets them go again', () => {
  const { one, request, network, run, scf, hlr } = plant();
  one.onPause(2);
  one.unitdata(request());
  run();
  assert.deepEqual(
    scf.notices.map(({ returnCause }) => returnCauseName(returnCause)),
    ['mtp-failure'],
  );
  one.onResume(2);
  one.unitdata(request());
  run();
  assert.equal(hlr.unitdata.length, 1);
  assert.deepEqual(scf.states, ['2 inaccessible', '2 accessible']);
  network.refuses = true;
  one.unitdata(request());
  run();
  assert.equal(returnCauseName(scf.notices[1]!.returnCause), 'network-congestion');
});

test('ITU-T Q.714 §5.3.4.3: SST is answered by SSA when the subsystem is there, and by nothing when it is not', () => {
  const { two, network } = plant();
  management(two, 'SST', 6, 2, 1);
  management(two, 'SST', 1, 2, 1);
  management(two, 'SST', 8, 2, 1);
  management(two, 'SST', 6, 3, 1);
  const sent = network.take();
  assert.deepEqual(
    sent.map(({ dpc, data }) => [dpc, Buffer.from(data.subarray(-5)).toString('hex')]),
    [
      [1, '0106020000'],
      [1, '0101020000'],
    ],
  );
  two.setInService(6, false);
  management(two, 'SST', 6, 2, 1);
  assert.deepEqual(network.take(), []);
});

test('ITU-T Q.714 §5.3.2.2: SSP stops traffic to a subsystem and starts tests; SSA ends both', () => {
  const { one, scf, hlr, request, run, network, timers, counters } = plant({
    1: {
      translation: [
        { digits: '49*', targets: [{ pointCode: 2, ssn: 6, routing: 'ssn' }] },
        { digits: '4911*', targets: [{ routing: 'ssn' }] },
      ],
    },
  });
  management(one, 'SSP', 6, 2, 2);
  one.unitdata(request());
  run();
  assert.deepEqual(
    scf.notices.map(({ returnCause }) => returnCauseName(returnCause)),
    ['subsystem-failure'],
  );
  assert.deepEqual(scf.states, ['2/6 out']);
  assert.equal(network.sent.length, 0);
  // The first test after T(stat.info): the peer answers with SSA.
  timers.advance(timers.now() + 10_000);
  run();
  assert.equal(counters.get('sccp.management.sst.sent'), 1);
  assert.deepEqual(scf.states, ['2/6 out', '2/6 in']);
  one.unitdata(request());
  run();
  assert.equal(hlr.unitdata.length, 1);
  timers.advance(timers.now() + 100_000);
  assert.equal(counters.get('sccp.management.sst.sent'), 1);
});

test('ITU-T Q.714 §5.3.4.2: tests are sent ever more seldom while nobody answers', () => {
  const { one, timers, counters, network } = plant();
  network.loses = () => true;
  management(one, 'SSP', 8, 2, 2);
  timers.advance(timers.now() + 10_000 + 20_000 + 40_000);
  assert.equal(counters.get('sccp.management.sst.sent'), 3);
});

test('ITU-T Q.714 §5.3.2.1: a message for a subsystem out of service draws SSP and comes back', () => {
  const { one, two, scf, request, run, network } = plant({ 2: { concernedPointCodes: [9] } });
  two.setInService(6, false);
  assert.deepEqual(
    network.take().map(({ dpc }) => dpc),
    [9],
  );
  one.unitdata(request());
  run();
  assert.deepEqual(
    scf.notices.map(({ returnCause }) => returnCauseName(returnCause)),
    ['subsystem-failure'],
  );
  assert.ok(scf.states.includes('2/6 out'));
});

test('ITU-T Q.714 §5.2.2: a remote SCCP that is gone stops all its subsystems until it answers a test', () => {
  const { one, scf, request, run, hlr } = plant({
    1: { translation: [{ digits: '49*', targets: [{ pointCode: 2, ssn: 6, routing: 'ssn' }] }] },
  });
  one.onStatus(2, 'user-inaccessible', 0);
  one.unitdata(request());
  run();
  assert.deepEqual(
    scf.notices.map(({ returnCause }) => returnCauseName(returnCause)),
    ['sccp-failure'],
  );
  management(one, 'SSA', 1, 2, 2);
  one.unitdata(request());
  run();
  assert.equal(hlr.unitdata.length, 1);
});

test('an answer goes to the address that the question gave, from the one that it used', () => {
  const received = { called: gt('4911', 8), calling: gt('4922', 6) };
  assert.deepEqual(responseAddresses(received, { ssn: 147 }), {
    called: gt('4922', 6),
    calling: gt('4911', 147),
  });
  assert.deepEqual(
    responseAddresses({ called: { routing: 'ssn', ssn: 8 }, calling: ssnAt(2, 6) }, { ssn: 8, pointCode: 1 }),
    { called: ssnAt(2, 6), calling: ssnAt(1, 8) },
  );
});

test('question and answer between two nodes, by title and by SSN', () => {
  for (const [called, calling] of [
    [gt('4922', 6), gt('4911', 147)],
    [ssnAt(2, 6), { routing: 'ssn', ssn: 147 } as const],
  ] as const) {
    const { one, two, scf, hlr, run, request } = plant();
    one.unitdata(request({ called, calling }));
    run();
    two.unitdata({
      ...responseAddresses(hlr.unitdata[0]!, { ssn: 6, pointCode: 2 }),
      data: Uint8Array.from([5]),
      returnOption: false,
    });
    run();
    assert.deepEqual([...scf.unitdata[0]!.data], [5]);
  }
});

test('20 000 damaged messages into a node: nothing throws, reassemblies stay bounded', () => {
  const { one, two, request, network, run, timers } = plant();
  one.unitdata(request({ data: long }));
  one.unitdata(request());
  one.unitdata(request({ importance: 3 }));
  management(two, 'SST', 6, 2, 1);
  const originals = network.take().map(({ data }) => data);
  network.loses = () => true;
  run();
  const random = new SeededRandom(714);
  for (let round = 0; round < 20_000; round++) {
    const data = damage(originals[round % originals.length]!, random);
    two.onTransfer({ opc: 1, dpc: 2, si: 3, ni: 2, mp: 0, sls: 0, data });
    if (round % 1000 === 0) {
      run();
      network.take();
    }
  }
  assert.ok(two.snapshot().reassemblies <= 4096);
  timers.advance(timers.now() + 20_000);
  run();
  assert.equal(two.snapshot().reassemblies, 0);
});

test('tshark puts our segments together again', (t) => {
  const missing = tsharkMissing();
  if (missing !== undefined) return t.skip(missing);
  const { one, request, network } = plant();
  one.unitdata(request({ data: long }));
  const frames = network.sent.map((transfer) => encodeData(transfer, { routingContext: 1 }));
  const lines = tshark(frames, 3, [
    '--disable-protocol',
    'tcap',
    '-o',
    'sccp.defragment_xudt:TRUE',
    '-T',
    'fields',
    '-e',
    'sccp.msg.reassembled.length',
    '-e',
    'sccp.segmentation.remaining',
  ]);
  assert.equal(lines.length, frames.length);
  assert.ok(lines.at(-1)!.startsWith('900'), lines.join(' | '));
});
