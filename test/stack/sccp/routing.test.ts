import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { GlobalTitleTranslation } from '../../../src/stack/sccp/global-title-translation.ts';
import { decodeMessage } from '../../../src/stack/sccp/message.ts';
import type { TranslationRule } from '../../../src/stack/sccp/translation-rules.ts';
import { arrives, gt, kinds, management, plant, ssnAt } from './plant.ts';

const body = Uint8Array.from([1, 2, 3]);

test('ITU-T Q.714 §2.4.4: a title leads to a subsystem here, to another node on its SSN, or on its title', () => {
  const { one, two, scf, hlr, run, request, network } = plant({
    1: {
      translation: [
        { digits: '1*', targets: [{ routing: 'ssn', ssn: 147 }] },
        { digits: '2*', targets: [{ pointCode: 2, routing: 'ssn', ssn: 6 }] },
        { digits: '3*', targets: [{ pointCode: 2, routing: 'gt', title: { strip: 1, prefix: '492' } }] },
        { digits: '4911*', targets: [{ routing: 'ssn' }] },
      ],
    },
  });
  for (const digits of ['1', '2', '32']) one.unitdata(request({ called: gt(digits, 9) }));
  one.unitdata(request({ called: gt('32', 6) }));
  run();
  assert.equal(scf.unitdata.length, 1);
  assert.equal(hlr.unitdata.length, 2);
  assert.deepEqual(scf.causes, ['unequipped-user']);
  const [onSsn, onTitle] = hlr.unitdata;
  assert.deepEqual(onSsn?.called, { ...gt('2', 6), routing: 'ssn' });
  assert.deepEqual(onTitle?.called, gt('4922', 6));
  assert.ok(network.sent.every(({ opc, dpc }) => opc !== dpc));
  assert.equal(two.snapshot().reassemblies, 0);
});

test('ITU-T Q.714 §2.4.5: a new title is translated again, here', () => {
  const translation: TranslationRule[] = [
    { digits: '0*', targets: [{ routing: 'gt', title: { strip: 1, prefix: '49', natureOfAddress: 4 } }] },
    { digits: '4922*', targets: [{ pointCode: 2, routing: 'gt' }] },
  ];
  const { one, hlr, run, request } = plant({ 1: { translation } });
  one.unitdata(request({ called: gt('022', 6) }));
  run();
  assert.deepEqual(hlr.unitdata[0]?.called, gt('4922', 6));
});

test('ITU-T Q.714 §2.8.6: titles that lead to each other end in hop counter violation, though no message leaves', () => {
  const translation: TranslationRule[] = [
    { digits: '1*', targets: [{ routing: 'gt', title: { digits: '2' } }] },
    { digits: '2*', targets: [{ routing: 'gt', title: { digits: '1' } }] },
    {
      digits: '3*',
      mode: 'loadshare',
      targets: Array.from({ length: 16 }, () => ({ routing: 'gt' as const, title: { digits: '3' } })),
    },
  ];
  const { one, scf, run, request, network } = plant({ 1: { translation } });
  one.unitdata(request({ called: gt('1', 6) }));
  one.unitdata(request({ called: gt('3', 6) }));
  run();
  assert.deepEqual(scf.causes, ['hop-counter-violation', 'hop-counter-violation']);
  assert.equal(network.sent.length, 0);
});

/** Every node leads what it does not know to the next. */
const round = (next: number): TranslationRule[] => [
  { digits: '*', targets: [{ pointCode: next, routing: 'gt' }] },
  { digits: '4911', targets: [{ pointCode: 1, routing: 'gt' }] },
];

test('ITU-T Q.714 §2.8.6: default routes that lead to each other: a UDT goes on as an XUDT, whose hop counter ends it', () => {
  const { one, scf, run, request, network } = plant({
    1: { translation: [...round(2).slice(0, 1), { digits: '4911', targets: [{ routing: 'ssn' }] }] },
    2: { translation: round(9), hopCounter: 5 },
    9: { translation: round(2) },
  });
  one.unitdata(request({ called: gt('999', 6) }));
  run();
  assert.deepEqual(
    kinds(network.sent).map(({ kind, hopCounter }) => `${kind} ${hopCounter ?? ''}`),
    ['UDT ', 'XUDT 5', 'XUDT 4', 'XUDT 3', 'XUDT 2', 'XUDT 1', 'XUDTS 15'],
  );
  assert.deepEqual(scf.causes, ['hop-counter-violation']);
});

test('ITU-T Q.714 §2.8.6: to a translator that takes UDT alone nothing goes back that came from it', () => {
  const only = (pointCode: number) => [{ pointCode, messages: 'udt' as const }];
  const { two, network, run, counters } = plant({
    2: { translation: round(9), destinations: only(9) },
    9: { translation: round(2), destinations: only(2) },
  });
  const message = {
    kind: 'UDT',
    protocolClass: 0,
    returnOption: true,
    calling: gt('4911', 147),
    data: body,
  } as const;
  arrives(two, { ...message, called: gt('999', 6) });
  run();
  assert.deepEqual(
    network.sent.map(({ opc, dpc }) => `${opc} ${dpc}`),
    ['2 9', '9 1'],
  );
  assert.equal(counters.get('sccp.undelivered.hop-counter-violation'), 1);
});

test('whatever the tables of three nodes say, one of which may know no hop counter, a message ends within its hops', () => {
  const target = fc.record(
    {
      pointCode: fc.constantFrom(1, 2, 9),
      routing: fc.constantFrom('gt' as const, 'ssn' as const),
      ssn: fc.constantFrom(6, 147, 99),
      title: fc.oneof(
        fc.record({ digits: fc.constantFrom('1', '2', '3') }, { noNullPrototype: true }),
        fc.record({ strip: fc.nat(1), prefix: fc.constantFrom('1', '2') }, { noNullPrototype: true }),
      ),
    },
    { requiredKeys: ['routing'], noNullPrototype: true },
  );
  const rule = fc.record(
    {
      digits: fc.constantFrom('*', '1*', '2*', '3*', '4911*'),
      mode: fc.constantFrom('solitary' as const, 'dominant' as const, 'loadshare' as const),
      targets: fc.array(target, { minLength: 1, maxLength: 3 }),
    },
    { noNullPrototype: true },
  );
  const rules = fc.uniqueArray(rule, { maxLength: 5, selector: ({ digits }) => digits });
  const messages = fc.constantFrom('udt' as const, 'xudt' as const, 'ludt' as const);
  fc.assert(
    fc.property(fc.tuple(rules, rules, rules), messages, fc.constantFrom(3, 600), (tables, takes, length) => {
      const translation = new GlobalTitleTranslation();
      const sound = (table: readonly TranslationRule[]) =>
        table.filter((one) => translation.replace([one]).length === 0);
      // Only one node knows no hop counter: where all of a circle do, nothing can end it.
      const destinations = [{ pointCode: 9, messages: takes }];
      const { one, network, run, request, timers } = plant({
        1: { translation: sound(tables[0]), destinations },
        2: { translation: sound(tables[1]), destinations },
        9: { translation: sound(tables[2]) },
      });
      for (const digits of ['1', '2', '3', '4'])
        one.unitdata(request({ called: gt(digits, 6), data: new Uint8Array(length) }));
      run();
      // 4 messages of 5 segments at most, each with 16 hops, and as many back.
      assert.ok(network.sent.length <= 4 * 5 * 17 * 2, `${network.sent.length} messages`);
      timers.advance(timers.now() + 20_000);
    }),
    { numRuns: 200 },
  );
});

test('ITU-T Q.714 §4.1.2: a UDT that goes to its end stays a UDT, with nothing changed but its addresses', () => {
  const { one, hlr, run, request, network } = plant({
    9: { translation: [{ digits: '*', targets: [{ pointCode: 2, routing: 'ssn' }] }] },
  });
  one.unitdata(request({ called: gt('4992', 6) }));
  run();
  assert.deepEqual(
    kinds(network.sent).map(({ kind }) => kind),
    ['UDT', 'UDT'],
  );
  assert.deepEqual([...(hlr.unitdata[0]?.data ?? [])], [...body]);
});

const shared = (mode: 'solitary' | 'dominant' | 'loadshare'): TranslationRule[] => [
  {
    digits: '4922*',
    mode,
    targets: [
      { pointCode: 2, routing: 'ssn', ssn: 6 },
      { pointCode: 9, routing: 'ssn', ssn: 6 },
    ],
  },
  { digits: '4911*', targets: [{ routing: 'ssn' }] },
];

test('ITU-T Q.714 §2.4.5: solitary, dominant and loadshared targets follow MTP-PAUSE, SSP and a remote SCCP that is gone', () => {
  for (const [mode, usual, without2] of [
    ['solitary', [2, 2, 2, 2], []],
    ['dominant', [2, 2, 2, 2], [9, 9, 9, 9]],
    ['loadshare', [2, 9, 2, 9], [9, 9, 9, 9]],
  ] as const)
    for (const what of ['MTP-PAUSE', 'SSP', 'MTP-STATUS'] as const) {
      const { one, request, network } = plant({ 1: { translation: shared(mode) } });
      const sent = () => {
        for (const sequenceControl of [0, 1, 2, 3]) one.unitdata(request({ sequenceControl }));
        return network.take().map(({ dpc }) => dpc);
      };
      assert.deepEqual(sent(), usual, mode);
      if (what === 'MTP-PAUSE') one.onPause(2);
      else if (what === 'SSP') management(one, 'SSP', 6, 2, 2);
      else one.onStatus(2, 'user-unknown', 0);
      assert.deepEqual(sent(), without2, `${mode} ${what}`);
      if (what === 'MTP-PAUSE') one.onResume(2);
      else management(one, 'SSA', 6, 2, 2);
      assert.deepEqual(sent(), usual, `${mode} after ${what}`);
    }
});

test('ITU-T Q.714 §2.4.5: a subsystem here, or a title that is translated again, is a target like others', () => {
  const { one, scf, hlr, request, run } = plant({
    1: {
      translation: [
        {
          digits: '5*',
          mode: 'dominant',
          targets: [
            { routing: 'ssn', ssn: 147 },
            { routing: 'gt', title: { digits: '4933' } },
            { routing: 'gt', title: { digits: '4922' } },
          ],
        },
        { digits: '4922*', targets: [{ pointCode: 2, routing: 'gt' }] },
      ],
    },
  });
  one.unitdata(request({ called: gt('5', 6) }));
  run();
  assert.equal(scf.unitdata.length, 1);
  // Its own subsystem is out of service, and 4933 leads nowhere.
  one.setInService(147, false);
  one.unitdata(request({ called: gt('5', 6) }));
  run();
  assert.deepEqual(hlr.unitdata[0]?.called, gt('4922', 6));
});

test('a table is replaced between two messages: none is lost, and a wrong one changes nothing', () => {
  const { one, two, scf, hlr, run, request, counters } = plant();
  const long = new Uint8Array(900);
  one.unitdata(request({ data: long }));
  one.unitdata(request());
  assert.deepEqual(
    one.replaceTranslation([{ digits: '4922*', targets: [{ pointCode: 9, routing: 'gt' }] }]),
    [],
  );
  // What reached the other node meanwhile is put together and delivered by the table of its own.
  assert.deepEqual(two.replaceTranslation([{ digits: '49*', targets: [{ routing: 'ssn' }] }]), []);
  run();
  assert.equal(hlr.unitdata.length, 2);
  one.unitdata(request());
  run();
  assert.equal(hlr.unitdata.length, 3);
  const [problem] = one.replaceTranslation([{ digits: 'x', targets: [] }]);
  assert.equal(problem?.path, '[0].digits');
  one.unitdata(request());
  run();
  assert.equal(hlr.unitdata.length, 4);
  assert.deepEqual(scf.causes, []);
  assert.equal(counters.get('sccp.translation.replaced'), 2);
  assert.equal(counters.get('sccp.translation.refused'), 1);
});

test('ITU-T Q.713 §3.4: a title that outgrows its address is not sent: error in local processing', () => {
  const { two, network, run } = plant({
    2: {
      destinations: [{ pointCode: 1, messages: 'ludt' }],
      translation: [
        { digits: '*', targets: [{ pointCode: 1, routing: 'ssn', title: { prefix: '49'.repeat(16) } }] },
      ],
    },
  });
  const called = { ...gt('1'.repeat(490), 6) };
  arrives(two, {
    kind: 'LUDT',
    protocolClass: 0,
    returnOption: true,
    hopCounter: 9,
    called,
    calling: ssnAt(1, 147),
    data: body,
  });
  run();
  const decoded = decodeMessage(network.sent[0]!.data);
  assert.ok(decoded.ok && 'returnCause' in decoded.value);
  assert.equal(decoded.value.returnCause, 9);
});
