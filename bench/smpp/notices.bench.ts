/**
 * Notices over SMPP, end to end: from the ring that the notifier reads to the receipts in the ring that a shard reads, with a message
 * centre in another thread behind a socket. Rendered in the notifier’s thread, without the pool.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { machineClock } from '../../src/adapters/clock.ts';
import { builtInTemplateFile, loadTemplateFiles } from '../../src/adapters/notifier/template-files.ts';
import { TcpSmppPort } from '../../src/adapters/smpp/tcp-port.ts';
import { PartHost } from '../../src/adapters/threads/part-host.ts';
import { openCentres } from '../../src/engine/message-centres.ts';
import { defaultNotifierLimits, Notifier } from '../../src/engine/notifier.ts';
import { plainRings } from '../../src/engine/plain-rings.ts';
import { DirectRenderer } from '../../src/engine/renderer.ts';
import type { SmscConfig } from '../../src/gateway/smpp/smsc-client.ts';
import { Zones } from '../../src/notice/zones.ts';
import { addressOf } from '../../src/stack/sms/address.ts';
import { CountersMap } from '../../src/types/counters.ts';
import { silentLog } from '../../src/types/log.ts';
import type { EffectKind } from '../../src/types/model/effect.ts';
import type { Notice } from '../../src/types/model/notice.ts';
import { ringKinds } from '../../src/types/model/thread.ts';
import { SeededRandom } from '../../src/types/random.ts';
import { decodeEvent } from '../../src/wire/event.ts';
import { encodeReleasedEffect } from '../../src/wire/thread.ts';
import { hashOf, report, sized } from '../harness/report.ts';

const NOTICES = sized(20_000, 300);
const ROUNDS = sized(3, 1);
const WINDOW = 200;
const FIRST_NUMBER = 491_710_000_000;
/** Notices whose receipts are waited for: what a shard has open. */
const OPEN_MAX = 2_000;

const centre = new Worker(new URL('./centre.js', import.meta.url));
const [port] = (await once(centre, 'message')) as [number];
const counters = new CountersMap();
const host = new PartHost({ clock: machineClock });
const rings = plainRings(1, 1, () => host.wake());
const templates = loadTemplateFiles([builtInTemplateFile]);
const originatingAddress = addressOf('Callwake');
assert.ok(templates.ok && originatingAddress.ok);
const renderer = new DirectRenderer(templates.files, {
  originatingAddress: originatingAddress.value,
  zones: new Zones(),
});
const ports = { clock: machineClock, timers: host.timers, counters, log: silentLog, rings };
const notifier = new Notifier({
  ...ports,
  render: (batch, done) => done({ ok: true, ...renderer.renderNow(batch) }),
  wake: () => host.wake(),
  fromShards: [rings.reader('notices-0')],
  toSignalling: rings.writer('deliveries'),
  toShards: [rings.writer('results-0')],
  shardOf: () => 0,
  limits: defaultNotifierLimits,
});
const sockets = new TcpSmppPort({ counters, connectMs: 5_000 });
const desk = openCentres(notifier, ports, {
  smscs: [smscAt(port)],
  port: sockets,
  random: new SeededRandom(1),
  lives: { incarnation: 1, epoch: 1 },
});
const toNotifier = rings.writer('notices-0');
const results = rings.reader('results-0');
let sequence = 0;
let accepted = 0;
let delivered = 0;
let left = 0;
let told: () => void = () => undefined;

/** A shard: releases notices as long as not too many are open, and answers receipts. */
function shard(): number {
  let last = -1;
  const count = results.read((kind, record, position) => {
    last = position;
    const event = kind === ringKinds.event ? decodeEvent(record) : undefined;
    if (event?.ok !== true) return;
    const { what } = event.value;
    if (what.kind === 'notice-outcome') {
      assert.equal(what.result, 'accepted');
      accepted++;
    }
    if (what.kind !== 'receipt-came') return;
    delivered++;
    release({ kind: 'answer-receipt', answerToken: what.answerToken });
    if (delivered === sequence && left === 0) told();
  }, 512);
  if (last >= 0) results.release(last);
  while (left > 0 && sequence - delivered < OPEN_MAX) {
    if (!release({ kind: 'send-notice', notice: nextNotice(), firstPart: 0, priority: false })) break;
    left--;
    sequence++;
  }
  toNotifier.flush();
  return count;
}

function release(what: EffectKind): boolean {
  const effect = { id: { partition: 0, sequence: sequence + 1, index: 0 }, what };
  const record = encodeReleasedEffect({ epoch: 1, effect, returnedAtMs: 0, again: false });
  return toNotifier.write(ringKinds.releasedEffect, record);
}

function nextNotice(): Notice {
  const number = FIRST_NUMBER + (sequence % 1_000_000);
  return {
    id: { partition: 0, sequence: sequence + 1, index: 0 },
    recipient: String(number),
    language: 'en',
    timeZone: 'UTC',
    templateVersion: 1,
    createdAtMs: 1_780_350_600_000 + sequence * 1_000,
    reference: sequence & 0xff,
    content: {
      kind: 'missed-calls',
      callers: [{ caller: '491720000001', calls: 2, lastAtMs: 1_780_350_000_000, reason: 'busy' }],
      furtherCalls: 0,
    },
  };
}

host.run({
  doWork: () => shard() + notifier.doWork(),
  drain: () => undefined,
  drained: true,
  close: () => Promise.resolve(),
});

async function play(count: number): Promise<number> {
  const done = new Promise<void>((resolve) => {
    told = resolve;
  });
  const startedAtMs = performance.now();
  left = count;
  host.wake();
  await done;
  return count / ((performance.now() - startedAtMs) / 1_000);
}

await play(Math.ceil(NOTICES / 4));
let best = 0;
/** Microseconds of both threads: what holds on a busy machine, too. */
let cpu = Infinity;
for (let round = 0; round < ROUNDS; round++) {
  const before = process.cpuUsage();
  best = Math.max(best, await play(NOTICES));
  const { user, system } = process.cpuUsage(before);
  cpu = Math.min(cpu, (user + system) / NOTICES);
}
assert.equal(accepted, delivered, 'each has its receipt');
const hash = hashOf(delivered, WINDOW);
report(
  {
    name: 'smpp/notices: from the notifier’s ring to the receipt, one SMSC in another thread',
    figure: best,
    unit: '/s',
    goal: { of: 'figure', atLeast: 5_000 },
    hash,
  },
  {
    name: 'smpp/notices: CPU for a notice and its receipt, both threads',
    figure: cpu,
    unit: 'µs',
    goal: { of: 'figure', atMost: 400 },
    hash,
  },
);
desk.close();
sockets.close();
await host.stop(0);
await centre.terminate();

function smscAt(at: number): SmscConfig {
  const link = (index: number) => ({
    name: `main-${index}`,
    peer: { host: '127.0.0.1', port: at, tls: false },
    bind: {
      mode: 'transceiver' as const,
      systemId: 'callwake',
      password: 'secret',
      systemType: '',
      addressRange: '',
      addrTon: 0,
      addrNpi: 0,
    },
    times: { sessionInitMs: 5_000, enquireLinkMs: 30_000, inactivityMs: 0, responseMs: 30_000 },
    limits: { window: WINDOW, pduOctetsMax: 70_000, queueOctetsMax: 1_048_576 },
    reconnectMs: 100,
    reconnectMaxMs: 1_000,
  });
  return {
    name: 'main',
    links: [link(0), link(1)],
    concatenation: 'header',
    serviceType: '',
    validityMs: 3_600_000,
    registeredDelivery: 1,
    source: { ton: 5, npi: 0, address: 'Callwake' },
    destination: { ton: 1, npi: 1 },
    replacesIfPresent: false,
    replaces: false,
    cancels: true,
    prefixes: [],
    submitsPerSecond: 0,
  };
}
