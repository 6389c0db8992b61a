/** The engine in its threads with a message centre over sockets: what a phone sends to a service, and what it is answered. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { Engine } from '../../src/adapters/engine/engine.ts';
import { EngineSubscribers } from '../../src/adapters/engine/subscribers.ts';
import { buildSimulation } from '../../src/adapters/simulator/simulation.ts';
import { demoConfig } from '../../src/cli/demo-config.ts';
import { smpp } from '../../src/config/schema/smpp.ts';
import { seriesDefaults } from '../../src/provisioning/series.ts';
import { defaultPlan } from '../../src/simulator/plan.ts';
import { shortMessageParts, shortMessageText } from '../../src/stack/smpp/short-message.ts';
import { CountersMap } from '../../src/types/counters.ts';
import { silentLog } from '../../src/types/log.ts';
import { SmppSockets } from '../support/smpp-sockets.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { until } from './engine-plant.ts';

const B = '491510000010';
const SERVICE = '4321';

test('S1 A3 over SMPP in threads: a phone writes to a service, in parts, and reads the answers', {
  timeout: 120_000,
}, async (t) => {
  const folder = temporaryFolder();
  const centre = new SmppSockets();
  const { port: smscPort } = await centre.listen();
  const passwordFile = path.join(folder, 'password');
  writeFileSync(passwordFile, 'secret\n');
  const simulation = buildSimulation({
    plan: defaultPlan,
    transport: 'sctp-udp',
    seed: 1,
    scenario: { name: 'smpp', people: [], story: [], expect: [] },
    counters: new CountersMap(),
    log: silentLog,
  });
  const port = await simulation.start();
  const base = demoConfig({
    plan: defaultPlan,
    port,
    dataDirectory: path.join(folder, 'data'),
    webPort: 0,
    logLevel: 'warn',
  });
  const smscs = [{ name: 'main', hosts: ['127.0.0.1'], port: smscPort, systemId: 'callwake', passwordFile }];
  const engine = await Engine.start({ config: { ...base, smpp: smpp.parse({ smscs }) }, log: silentLog });
  t.after(async () => {
    await engine.stop();
    await simulation.stop();
    await centre.end();
  });
  const subscribers = new EngineSubscribers(engine.commands, seriesDefaults(base));
  const profile = { missedCalls: true, notifyMe: 'off', language: 'en', timeZone: 'UTC' } as const;
  await subscribers.put(B, profile);
  await until(() => centre.smsc.sessions === 1, 'the bind');
  const say = (text: string): void => {
    const parts = shortMessageParts(text, 7, 'header');
    assert.ok(parts.ok);
    for (const { shortMessage, dataCoding, esmClass } of parts.value)
      assert.ok(centre.smsc.fromPhone(B, SERVICE, shortMessage, dataCoding, esmClass));
  };
  const read = (): string[] =>
    centre.inbox.map(({ hasHeader, dataCoding, octets }) =>
      shortMessageText({ esmClass: hasHeader ? 0x40 : 0, dataCoding }, octets),
    );
  say('Quiet hours 22 - 7');
  await until(() => read().length === 1, 'the answer');
  assert.deepEqual(read(), ['Quiet from 22:00 to 07:00: notices wait until then.']);
  say(`Block +49 151 0000099 ${'please '.repeat(30)}`);
  await until(() => read().length === 2, 'the second answer');
  assert.match(read()[1] ?? '', /\+491510000099/);
  const count = (name: string): number => engine.countersNow().get(name) ?? 0;
  await until(() => count('notice.delivered') === 2, 'the receipts');
  assert.equal(count('notice.accepted'), 2);
  assert.equal(count('smpp.message.taken'), count('smpp.message'));
});
