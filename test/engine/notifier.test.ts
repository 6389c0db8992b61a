import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultNotifierLimits, Notifier } from '../../src/engine/notifier.ts';
import type { RenderOutcome } from '../../src/engine/renderer.ts';
import { MemoryRingReader, MemoryRingWriter, plainRing } from '../../src/engine/ring.ts';
import { CountersMap } from '../../src/types/counters.ts';
import { silentLog } from '../../src/types/log.ts';
import type { Notice } from '../../src/types/model/notice.ts';
import { ringKinds } from '../../src/types/model/thread.ts';
import { TimingWheel } from '../../src/types/timing-wheel.ts';
import { decodeEvent } from '../../src/wire/event.ts';
import { decodeDelivery, encodeReleasedEffect } from '../../src/wire/thread.ts';

const POISON = '491700000666';

/** A notifier whose renderer is the test; `broken` says what it breaks down over. */
class Plant {
  readonly timers = new TimingWheel();
  readonly rings = ['notices', 'deliveries', 'failures'].map((name) => plainRing(name, 64 * 1024));
  broken: (batch: readonly Notice[]) => boolean = () => false;
  readonly notifier: Notifier;
  readonly #notices: MemoryRingWriter;
  #sequence = 0;

  constructor() {
    const [notices, deliveries, failures] = this.rings;
    const writer = (memory: (typeof this.rings)[number]) => new MemoryRingWriter(memory, () => undefined);
    this.#notices = writer(notices!);
    this.notifier = new Notifier({
      clock: { now: () => this.timers.now(), monotonic: () => this.timers.now() },
      timers: this.timers,
      counters: new CountersMap(),
      log: silentLog,
      render: (batch, done) => done(this.#render(batch)),
      wake: () => undefined,
      fromShards: [new MemoryRingReader(notices!)],
      toSignalling: writer(deliveries!),
      toShards: [writer(failures!)],
      shardOf: () => 0,
      limits: defaultNotifierLimits,
    });
  }

  due(recipient: string): void {
    const id = { partition: 0, sequence: ++this.#sequence, index: 0 };
    const notice: Notice = {
      id,
      recipient,
      language: 'en',
      timeZone: 'UTC',
      templateVersion: 1,
      createdAtMs: 1,
      reference: 1,
      content: { kind: 'missed-calls', callers: [], furtherCalls: 1 },
    };
    const effect = { id, what: { kind: 'send-notice', notice, firstPart: 0, priority: false } } as const;
    const record = encodeReleasedEffect({ epoch: 1, effect, returnedAtMs: 0, again: false });
    assert.ok(this.#notices.write(ringKinds.releasedEffect, record));
    this.#notices.flush();
  }

  /** Who was rendered for, and who is given up, when `ms` have passed. */
  after(ms: number): { readonly rendered: string[]; readonly givenUp: string[] } {
    for (let at = 0; at <= ms; at += 10) {
      this.notifier.doWork();
      this.timers.advance(this.timers.now() + 10);
    }
    const rendered: string[] = [];
    const givenUp: string[] = [];
    new MemoryRingReader(this.rings[1]!).read((_kind, record) => {
      const delivery = decodeDelivery(record);
      assert.ok(delivery.ok);
      rendered.push(delivery.value.notice.recipient);
    }, 1_000);
    new MemoryRingReader(this.rings[2]!).read((_kind, record) => {
      const event = decodeEvent(record);
      assert.ok(event.ok && event.value.what.kind === 'notice-outcome');
      assert.equal(event.value.what.result, 'permanent');
      givenUp.push(event.value.subscriber);
    }, 1_000);
    return { rendered: rendered.sort(), givenUp };
  }

  #render(batch: readonly Notice[]): RenderOutcome {
    if (this.broken(batch)) return { ok: false, code: 'crashed', detail: '' };
    return {
      ok: true,
      rendered: batch.map(() => ({ parts: [Uint8Array.of(1)], text: '', fallbacks: [] })),
      faults: [],
    };
  }
}

test('one notice that brings the renderer down does not take the others of its batch with it', () => {
  const plant = new Plant();
  plant.broken = (batch) => batch.some(({ recipient }) => recipient === POISON);
  const good = Array.from({ length: 20 }, (_, index) => `4917000000${10 + index}`);
  for (const number of [...good.slice(0, 7), POISON, ...good.slice(7)]) plant.due(number);
  assert.deepEqual(plant.after(2_000).rendered, good);
  // What goes well besides shows that it is this notice, and not the renderer.
  for (let more = 0; more < 3; more++) {
    plant.due('491700000099');
    plant.after(500);
  }
  assert.deepEqual(plant.after(500).givenUp, [POISON]);
  assert.equal(plant.notifier.status.batches, 0);
});

test('a renderer that breaks down over everything loses nothing', () => {
  const plant = new Plant();
  plant.broken = () => true;
  for (let number = 0; number < 10; number++) plant.due(`49170000001${number}`);
  assert.deepEqual(plant.after(5_000), { rendered: [], givenUp: [] });
  plant.broken = () => false;
  assert.equal(plant.after(1_000).rendered.length, 10);
  assert.equal(plant.notifier.status.batches, 0);
});
