/** Libraries that others wrote as the webhook’s receiver: Standard Webhooks for the signature, CloudEvents for the event. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { carriedEvent } from '../../src/adapters/webhook/cloud-event.ts';
import { signatureHeaders, webhookKey } from '../../src/adapters/webhook/signature.ts';
import type { WebhookEvent } from '../../src/types/model/channel-message.ts';

const python = process.env['CALLWAKE_PYTHON'] ?? 'python3';
const script = fileURLToPath(new URL('../../../test/interop/receive-webhook.py', import.meta.url));
const isThere = spawnSync(python, ['-c', 'import standardwebhooks, cloudevents.core']).status === 0;
const skip = isThere
  ? false
  : 'standardwebhooks and cloudevents are not installed (test/interop/receive-webhook.py says how)';

const event: WebhookEvent = {
  id: '12.345.0',
  kind: 'missed-calls',
  subject: '491700000001',
  writtenAtMs: Date.UTC(2026, 0, 2, 3, 4, 5, 6),
  data: { text: 'Zwölf Anrufe – "12" % 電話', calls: 12 },
};
const secret = (octet: number): string => `whsec_${Buffer.alloc(24 + octet, octet).toString('base64')}`;

interface Answer {
  readonly error?: string;
  readonly event?: Readonly<Record<string, string>>;
  readonly data?: unknown;
}

describe('N8 a webhook’s receiver', { skip }, () => {
  test('reads events of both forms, and trusts either key while there are two, and no other one', () => {
    const keys = [1, 2].map((octet) => webhookKey(secret(octet)));
    const cases: { headers: Record<string, string>; body: string; secret: string }[] = [];
    for (const mode of ['structured', 'binary'] as const) {
      const { headers, body } = carriedEvent(event, '/callwake/"ö"', mode);
      const signature = signatureHeaders(keys, event.id, Date.now(), body);
      const carried = { headers: { ...headers, ...signature }, body: body.toString('base64') };
      for (const octet of [1, 2, 3]) cases.push({ ...carried, secret: secret(octet) });
      const late = signatureHeaders(keys, event.id, Date.now() - 3_600_000, body);
      cases.push({ ...carried, headers: { ...headers, ...late }, secret: secret(1) });
      const changed = Buffer.concat([body, Buffer.from(' ')]);
      cases.push({ ...carried, body: changed.toString('base64'), secret: secret(1) });
    }
    const run = spawnSync(python, [script], { input: cases.map((one) => JSON.stringify(one)).join('\n') });
    assert.equal(run.status, 0, run.stderr.toString());
    const answers = run.stdout
      .toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Answer);
    assert.equal(answers.length, 10);
    for (const [index, { error, event: read, data }] of answers.entries()) {
      const kind = index % 5;
      if (kind >= 2) {
        assert.match(error ?? '', /^WebhookVerificationError/, `case ${index}`);
        continue;
      }
      assert.equal(error, undefined);
      assert.equal(read?.['id'], event.id);
      assert.equal(read['source'], '/callwake/"ö"');
      assert.equal(read['type'], 'callwake.notice.missed-calls');
      assert.equal(read['subject'], event.subject);
      assert.equal(read['time'], '2026-01-02T03:04:05.006000+00:00');
      assert.deepEqual(data, event.data);
    }
  });
});
