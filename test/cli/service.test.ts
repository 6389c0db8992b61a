import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { UnsubscribeTokens } from '../../src/adapters/unsubscribe/token.ts';
import { demoConfig } from '../../src/cli/demo-config.ts';
import { startService } from '../../src/cli/service.ts';
import { defaultPlan } from '../../src/simulator/plan.ts';
import { freePort } from '../support/free-port.ts';
import { temporaryFile, temporaryFolder } from '../support/temporary-folder.ts';

const SECRET = 'a secret of thirty-two characters';

test('N6 the way out of e-mails listens where the configuration says, and a port that is in use ends the start', async (t) => {
  const dataDirectory = path.join(temporaryFolder(), 'data');
  const standard = demoConfig({
    plan: defaultPlan,
    port: await freePort(),
    dataDirectory,
    webPort: 0,
    logLevel: 'warn',
  });
  const port = await freePort();
  const { eMail } = standard.channels;
  const unsubscribe = {
    ...eMail.unsubscribe,
    url: 'https://care.operator.example/out',
    secrets: [`file:${temporaryFile(t, SECRET)}`],
    port,
  };
  const enabled = {
    ...eMail,
    enabled: true,
    host: '127.0.0.1',
    from: 'missed-calls@operator.example',
    unsubscribe,
  };
  const config = { ...standard, channels: { ...standard.channels, eMail: enabled } };
  const options = { config, mode: 'run', captureFile: undefined, subscribers: undefined } as const;
  const service = await startService(options);
  t.after(() => service.stop());
  const token = new UnsubscribeTokens([SECRET]).seal('491710000001', 'a@b.example');
  const at = (what: string) => fetch(`http://127.0.0.1:${port}/out/${what}`);
  assert.equal((await at('abc')).status, 404);
  assert.equal((await at(token)).status, 200, 'of no subscriber nothing is told');
  const other = { ...config, node: { ...config.node, dataDirectory: `${dataDirectory}-2` } };
  await assert.rejects(startService({ ...options, config: other }), { code: 'CW_PORT_IN_USE' });
  assert.ok(await service.stop());
  await assert.rejects(at('abc'));
});
