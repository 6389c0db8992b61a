/** Libraries that others wrote in the browser's place: what a push service is handed is decrypted, and its token checked. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Browser, pushMessage, pushPlant } from '../adapters/web-push/push-plant.ts';
import { noOpenssl } from '../support/certificate.ts';

const python = process.env['CALLWAKE_PYTHON'] ?? 'python3';
const script = fileURLToPath(new URL('../../../test/interop/receive-push.py', import.meta.url));
const isThere = spawnSync(python, ['-c', 'import http_ece, cryptography']).status === 0;
const skip = isThere ? noOpenssl : 'http_ece is not installed (test/interop/receive-push.py says how)';

test('N8 RFC 8291 §3.4, RFC 8292 §2 the browser alone can read it, and the push service knows who sent it', {
  skip,
}, async (t) => {
  const { plant, service, publicKey, endpoint } = await pushPlant(t);
  const [browser, other] = [new Browser(), new Browser()];
  const message = pushMessage(endpoint, browser);
  assert.equal(await plant.result(message), 'accepted: HTTP 204');
  const { body, headers } = service.received[0]!;
  const { authorization = '' } = headers;
  assert(authorization.endsWith(`k=${publicKey}`));
  const cases = [browser, other].map(({ privateKey, auth }) => ({
    body: body.toString('base64'),
    authorization,
    privateKey,
    auth: auth.toString('base64url'),
  }));
  const run = spawnSync(python, [script], { input: cases.map((one) => JSON.stringify(one)).join('\n') });
  assert.equal(run.status, 0, run.stderr.toString());
  const [right, wrong] = run.stdout
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { error?: string; text: string; claims: Record<string, unknown> });
  assert(right !== undefined && right.error === undefined, right?.error);
  assert.deepEqual(JSON.parse(right.text), message.data);
  assert.equal(right.claims['aud'], `https://localhost:${service.port}`);
  assert.equal(right.claims['sub'], 'mailto:operations@operator.example');
  const hours = (Number(right.claims['exp']) - Date.now() / 1_000) / 3_600;
  assert(hours > 11 && hours <= 24, `${hours} hours`);
  assert.match(wrong?.error ?? '', /./);
});
