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
