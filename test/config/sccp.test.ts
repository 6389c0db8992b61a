import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { loadConfig } from '../../src/config/load.ts';
import { sccpConfigOf } from '../../src/config/sccp.ts';
import { GlobalTitleTranslation } from '../../src/stack/sccp/global-title-translation.ts';

test('what SCCP is told: our own numbers lead here, the others where the file says', () => {
  const loaded = loadConfig(`
signalling: { localPointCode: 100, networkIndicator: 0 }
map: { serviceCentreNumber: +491700000, gsmScfNumber: 491700001 }
sccp:
  ownGlobalTitles: [{ digits: 491700002, ssn: 147 }]
  translations:
    - digits: 49*
      numberingPlan: 1
      mode: loadshare
      targets: [{ pointCode: 5, ssn: 6, routing: ssn }, { pointCode: 6, strip: 2, prefix: 0049 }]
`);
  assert(loaded.ok, JSON.stringify(loaded));
  const sccp = sccpConfigOf(loaded.config);
  assert.equal(sccp.pointCode, 100);
  assert.equal(sccp.networkIndicator, 0);
  assert.deepEqual(sccp.translation, [
    { digits: '491700000', targets: [{ routing: 'ssn' }] },
    { digits: '491700001', targets: [{ routing: 'ssn' }] },
    { digits: '491700002', targets: [{ routing: 'ssn', ssn: 147 }] },
    {
      digits: '49*',
      numberingPlan: 1,
      mode: 'loadshare',
      targets: [
        { pointCode: 5, routing: 'ssn', ssn: 6 },
        { pointCode: 6, routing: 'gt', title: { strip: 2, prefix: '0049' } },
      ],
    },
  ]);
  assert.deepEqual(new GlobalTitleTranslation().replace(sccp.translation ?? []), []);
});

test('what SCCP is told of translations: every selector, every change of a title, places here and elsewhere', () => {
  const loaded = loadConfig(`
signalling: { localPointCode: 100 }
map: { serviceCentreNumber: +491700000 }
sccp:
  destinations: [{ pointCode: 5, messages: ludt }, { pointCode: 0-0-6, messages: udt, messageOctetsMax: 200 }]
  messagePriorities: true
  congestionAttackMs: 400
  congestionDecayMs: 9000
  congestionReportMs: 7000
  translations:
    - { digits: 1*, globalTitleIndicator: 2, translationType: 9, mode: solitary, targets: [{ routing: ssn, ssn: 8 }] }
    - digits: 2*
      targets:
        - { replacement: 49170, globalTitleIndicator: 4, translationType: 0, numberingPlan: 1, natureOfAddress: 4 }
        - { translationType: 0 }
`);
  assert(loaded.ok, JSON.stringify(loaded));
  const sccp = sccpConfigOf(loaded.config);
  assert.equal(sccp.pointCodeBits, 14);
  assert.equal(sccp.messagePriorities, true);
  assert.deepEqual(sccp.destinations, [
    { pointCode: 5, messages: 'ludt' },
    { pointCode: 6, messages: 'udt', messageOctetsMax: 200 },
  ]);
  const { attackMs, decayMs, congestionMs } = sccp.times ?? {};
  assert.deepEqual([attackMs, decayMs, congestionMs], [400, 9000, 7000]);
  assert.deepEqual(sccp.translation?.slice(1), [
    { digits: '1*', gti: 2, translationType: 9, mode: 'solitary', targets: [{ routing: 'ssn', ssn: 8 }] },
    {
      digits: '2*',
      mode: 'dominant',
      targets: [
        {
          routing: 'gt',
          title: { digits: '49170', gti: 4, translationType: 0, numberingPlan: 1, natureOfAddress: 4 },
        },
        { routing: 'gt', title: { translationType: 0 } },
      ],
    },
  ]);
  assert.deepEqual(new GlobalTitleTranslation().replace(sccp.translation ?? []), []);
});

test('point codes of 24 bits in the file are point codes of 24 bits in SCCP', () => {
  const loaded = loadConfig(`
signalling: { pointCodeFormat: ansi, localPointCode: 200-100-7 }
map: { serviceCentreNumber: +491700000 }
`);
  assert(loaded.ok, JSON.stringify(loaded));
  assert.equal(sccpConfigOf(loaded.config).pointCodeBits, 24);
});

test('all that is wrong with translations is said at once, by its key', () => {
  const loaded = loadConfig(`
signalling: { localPointCode: 100 }
map: { serviceCentreNumber: +491700000 }
sccp:
  translations:
    - { digits: 4x, targets: [{ pointCode: 5 }] }
    - { digits: 1*, globalTitleIndicator: 5, targets: [] }
    - { digits: 2*, targets: [{ pointCode: 5 }, { strip: 0 }] }
    - { digits: 3*, targets: [{ replacement: 49, strip: 2 }] }
    - { digits: 2*, targets: [{ pointCode: 99999 }] }
`);
  assert(!loaded.ok);
  assert.deepEqual(
    loaded.problems.map(({ path }) => path),
    [
      'sccp.translations[0].digits',
      'sccp.translations[1].globalTitleIndicator',
      'sccp.translations[1].targets',
      'sccp.translations[2].targets[1].pointCode',
      'sccp.translations[3].targets[0].strip',
      'sccp.translations[4].targets[0].pointCode',
      'sccp.translations[4].digits',
    ],
  );
});
