/** What the desk of the channels does with a notice that comes twice (N6, X3). */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChannelDesk } from '../../src/engine/channel-desk.ts';
import { CountersMap } from '../../src/types/counters.ts';
import type { MailMessage } from '../../src/types/model/channel-message.ts';
import type { SendNotice } from '../../src/types/model/effect.ts';
import type { SubscriberEvent } from '../../src/types/model/event.ts';
import { noticeOf } from '../support/notices.ts';

const message: MailMessage = {
  id: '1.2.0',
  subscriber: '491710000002',
  to: 'b@subscriber.example',
  language: 'en',
  writtenAtMs: 0,
  subject: '',
  sections: [],
  closing: [],
};

const missed = noticeOf({ kind: 'missed-calls', callers: [], furtherCalls: 1 });

class Desk {
  readonly offered: MailMessage[] = [];
  readonly told: SubscriberEvent[] = [];
  readonly counters = new CountersMap();
  readonly desk = new ChannelDesk({
    clock: { now: () => 1_000, monotonic: () => 1_000 },
    counters: this.counters,
    tell: (event) => void this.told.push(event),
  });

  constructor() {
    this.desk.open({ eMail: { offer: ({ item }) => this.offered.push(item) > 0 } });
  }

  deliver(again: boolean): void {
    const what: SendNotice = { kind: 'send-notice', notice: missed, firstPart: 0, priority: false };
    this.desk.deliver({ partition: 1, sequence: 2, index: 0 }, what, { channel: 'e-mail', message }, again);
  }
}

test('X3 a notice in hand is not offered twice', () => {
  const one = new Desk();
  one.deliver(false);
  one.deliver(true);
  assert.equal(one.offered.length, 1);
  assert.equal(one.counters.get('channels.in-hand-already'), 1);
});

test('X3 a copy of the release that comes behind the end is answered from memory, and not sent: another channel may have told it since', () => {
  const one = new Desk();
  one.deliver(false);
  one.desk.onEnd(one.offered[0]!, {
    result: 'temporary',
    detail: 'refused-for-now',
    uncertain: false,
    gone: false,
  });
  one.deliver(true);
  assert.equal(one.offered.length, 1);
  assert.deepEqual(one.told, [one.told[0], one.told[0]]);
  assert.equal(one.counters.get('delivery.answered-from-memory'), 1);
});
