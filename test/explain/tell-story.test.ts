import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { ofNotice, within } from '../../src/explain/excerpt.ts';
import type { CallStory, NoticeStory, Story } from '../../src/explain/story.ts';
import { tellStory } from '../../src/explain/tell-story.ts';
import { defaultServiceClass, type ServiceClass } from '../../src/rules/service-class.ts';
import { defaultSubscriberPolicy, type SubscriberPolicy } from '../../src/subscriber/policy.ts';
import type { CallMissed, MessageFate, NoticeOutcome, Tell } from '../../src/types/model/event.ts';
import type { Preferences } from '../../src/types/model/preferences.ts';
import type { Profile } from '../../src/types/model/profile.ts';
import { A, Actor, B, profile } from '../subscriber/actor.ts';
import { journalRecords } from '../support/model-arbitraries.ts';

const C = '491700000003';
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** 22:00 in Berlin. */
const EVENING_MS = Date.parse('2026-06-01T20:00Z');

const ordered = (preferences: Preferences = {}, change: Partial<Profile> = {}): Profile => ({
  ...profile,
  ...change,
  preferences,
});

class Told extends Actor {
  constructor(
    preferences: Preferences = {},
    change: Partial<Profile> = {},
    serviceClass: Partial<ServiceClass> = {},
    policy: SubscriberPolicy = defaultSubscriberPolicy,
  ) {
    const classes = [{ ...defaultServiceClass, ...serviceClass }];
    super(B, ordered(preferences, change), { ...policy, failuresMax: 2, classes });
  }

  answer(change: Partial<NoticeOutcome>, atMs: number): void {
    assert.ok(this.state.trying);
    this.take(
      {
        kind: 'notice-outcome',
        effect: this.state.trying,
        result: 'accepted',
        partsDelivered: 0,
        uncertain: false,
        onWaitingList: false,
        storedAs: '',
        startedAtMs: atMs - 1,
        detail: '',
        ...change,
      },
      atMs,
    );
  }

  accepted(messageId: string, atMs: number, supersededGone = false): void {
    const handedOver = {
      smsc: 'main',
      messageIds: [messageId],
      plain: true,
      replaceable: true,
      validUntilMs: atMs + DAY_MS,
    };
    const via = { channel: 'smsc', node: 'main', parts: 1 } as const;
    this.answer({ handedOver, via, ...(supersededGone ? { supersededGone } : {}) }, atMs);
  }

  receipt(messageId: string, fate: MessageFate, atMs: number): void {
    this.take(
      { kind: 'receipt-came', smsc: 'main', messageId, fate, detail: 'stat:X', answerToken: 7 },
      atMs,
    );
  }

  told(what: Tell, atMs: number): void {
    this.take(
      { kind: 'told', source: { partition: 1, sequence: this.sequence + 1, index: 0 }, from: A, what },
      atMs,
    );
  }

  get story(): Story {
    return tellStory(B, this.journal, this.state);
  }

  get call(): CallStory {
    return this.story.calls[0]!;
  }

  get notice(): NoticeStory {
    return this.story.notices.at(-1)!;
  }
}

const busy: Partial<CallMissed> = { reason: 'busy', cause: 17, message: 'tBusy' };

describe('N16 why a call is told, and by what', () => {
  test('N16 a try that found the phone away, the VLR that saw it come, and the notice that arrived', () => {
    const one = new Told();
    one.missed(EVENING_MS, { message: 'tBusy' });
    const via = { channel: 'msc', node: '491720000001', parts: 1 } as const;
    one.answer(
      { result: 'absent', onWaitingList: true, detail: 'mt-ForwardSM: absentSubscriberSM', via },
      EVENING_MS + 10,
    );
    assert.deepEqual(one.call.fate, {
      kind: 'waiting',
      state: 'awaiting-return',
      untilMs: one.state.deadlineAtMs,
    });
    one.take({ kind: 'subscriber-reachable', source: 'mm-event', mmCode: 2 }, EVENING_MS + MINUTE_MS);
    assert.deepEqual(one.call.fate, { kind: 'under-way', notice: '5.3.0' });
    one.answer({ result: 'delivered', partsDelivered: 1, via }, EVENING_MS + MINUTE_MS + 50);
    const { call, notice } = one;
    assert.deepEqual(call.fate, { kind: 'told', notice: '5.3.0', atMs: EVENING_MS + MINUTE_MS + 50 });
    assert.deepEqual(
      [call.id, call.verdict, call.message, call.notices],
      ['5.1', 'told', 'tBusy', ['5.1.1', '5.3.0']],
    );
    const trigger = { atMs: EVENING_MS + MINUTE_MS, kind: 'mm-event', mmCode: 2 };
    assert.deepEqual(notice.composed, { atMs: EVENING_MS + MINUTE_MS, trigger, reachable: trigger });
    assert.deepEqual(notice.calls, ['5.1']);
    assert.deepEqual(notice.end, { kind: 'delivered', atMs: EVENING_MS + MINUTE_MS + 50 });
    assert.deepEqual(notice.tries[0]?.end?.via, via);
    assert.equal(one.story.notices[0]?.end.kind, 'not-delivered');
  });

  test('N16 a message centre has it, it is replaced by what says both, and the receipt ends it', () => {
    const one = new Told();
    one.missed(EVENING_MS, busy);
    one.accepted('A1', EVENING_MS + 10);
    assert.deepEqual(one.notice.end, { kind: 'with-smsc', untilMs: EVENING_MS + 10 + DAY_MS });
    one.missed(EVENING_MS + MINUTE_MS, { ...busy, caller: C });
    one.accepted('A2', EVENING_MS + MINUTE_MS + 10, true);
    one.receipt('A2', 'delivered', EVENING_MS + 2 * MINUTE_MS);
    const [first, second] = one.story.notices;
    assert.deepEqual(first?.end, { kind: 'replaced', atMs: EVENING_MS + MINUTE_MS + 10, notice: second?.id });
    assert.equal(second?.tries[0]?.replacesAt, 'main');
    assert.deepEqual(second.calls, ['5.1', '5.3']);
    assert.deepEqual(second.end, { kind: 'delivered', atMs: EVENING_MS + 2 * MINUTE_MS });
    assert.deepEqual(second.receipts, [
      {
        atMs: EVENING_MS + 2 * MINUTE_MS,
        smsc: 'main',
        messageId: 'A2',
        fate: 'delivered',
        detail: 'stat:X',
      },
    ]);
    assert.deepEqual(
      one.story.calls.map(({ fate }) => fate.kind),
      ['told', 'told'],
    );
  });

  test('N16 a receipt that says failed: what the notice tells is due again', () => {
    const one = new Told();
    one.missed(EVENING_MS, busy);
    one.accepted('A1', EVENING_MS + 10);
    one.receipt('A1', 'failed', EVENING_MS + MINUTE_MS);
    assert.equal(one.notice.end.kind, 'not-delivered');
    assert.deepEqual(one.call.fate, {
      kind: 'waiting',
      state: 'backing-off',
      untilMs: one.state.deadlineAtMs,
    });
  });

  test('N16 a try whose end is not known goes out again, with the same octets, as a further try of one notice', () => {
    const one = new Told();
    one.missed(EVENING_MS, busy);
    one.answer(
      { result: 'temporary', uncertain: true, detail: 'mt-ForwardSM: no answer in time' },
      EVENING_MS + 10,
    );
    assert.equal(one.notice.end.kind, 'under-way');
    assert.deepEqual(one.call.fate, { kind: 'under-way', notice: '5.1.0' });
    one.timer();
    const { notice } = one;
    assert.deepEqual(
      notice.tries.map(({ end }) => end?.uncertain),
      [true, undefined],
    );
    one.answer({ result: 'delivered', partsDelivered: 1 }, EVENING_MS + MINUTE_MS);
    assert.equal(one.story.notices.length, 1);
    assert.equal(one.call.fate.kind, 'told');
  });

  test('N16 a hint, and the list when it is asked for (N9)', () => {
    const one = new Told({ teaser: true });
    one.missed(EVENING_MS, busy);
    one.answer({ result: 'delivered', partsDelivered: 1 }, EVENING_MS + 10);
    assert.deepEqual(one.call.fate, { kind: 'hinted', notice: '5.1.0', atMs: EVENING_MS + 10 });
    one.take({ kind: 'list-asked', answerToken: 0 }, EVENING_MS + MINUTE_MS);
    one.answer({ result: 'delivered', partsDelivered: 1 }, EVENING_MS + MINUTE_MS + 10);
    assert.equal(one.notice.composed?.trigger.kind, 'list-asked');
    assert.deepEqual(one.call.fate, { kind: 'told', notice: '5.3.0', atMs: EVENING_MS + MINUTE_MS + 10 });
  });
});

describe('N16 why a call is not told, or not yet', () => {
  const fateAfter = (one: Told): unknown => {
    const { fate } = one.call;
    return fate.kind === 'not-told' ? fate.rule : fate.kind;
  };

  test('N16 every rule at capture', () => {
    const ruleOf = (preferences: Preferences, change: Partial<CallMissed>, order: Partial<Profile> = {}) => {
      const one = new Told(preferences, order);
      one.missed(EVENING_MS, { answerToken: 3, ...busy, ...change });
      assert.equal(one.story.notices.length, 0);
      assert.equal(one.call.verdict, 'not-told');
      return fateAfter(one);
    };
    assert.equal(ruleOf({ callerFilter: 'block-listed', callersListed: [A] }, {}), 'blocked');
    assert.equal(ruleOf({ callerFilter: 'only-listed' }, {}), 'not-listed');
    assert.equal(ruleOf({ reasons: ['no-answer'] }, {}), 'reason');
    assert.equal(ruleOf({ mailbox: 'instead' }, {}), 'mailbox');
    assert.equal(ruleOf({}, { caller: B }), 'own-call');
    assert.equal(ruleOf({}, {}, { missedCalls: false }), 'no-service');
  });

  test('N16 quiet hours hold it until their end, the digest and the cap as well, and each is said', () => {
    const heldBy = (preferences: Preferences) => {
      const one = new Told(preferences);
      one.missed(EVENING_MS, busy);
      return one.call.held.map(({ by, untilMs }) => `${by} ${new Date(untilMs).toISOString()}`);
    };
    const night = { fromMinute: 22 * 60, toMinute: 7 * 60 };
    assert.deepEqual(heldBy({ quietHours: night }), ['quiet-hours 2026-06-02T05:00:00.000Z']);
    assert.deepEqual(heldBy({ digestMinute: 18 * 60 }), ['digest 2026-06-02T16:00:00.000Z']);
    const one = new Told({ noticesPerDay: 1 });
    one.missed(EVENING_MS, busy);
    one.answer({ result: 'delivered', partsDelivered: 1 }, EVENING_MS + 10);
    one.missed(EVENING_MS + MINUTE_MS, busy);
    const second = one.story.calls[1]!;
    assert.deepEqual(
      second.held.map(({ by, untilMs }) => [by, untilMs]),
      [['cap', Date.parse('2026-06-01T22:00Z')]],
    );
    assert.deepEqual(second.fate, { kind: 'waiting', state: 'held', untilMs: one.state.deadlineAtMs });
  });

  test('N16 too old, spoken since, new orders, given up, removed', () => {
    const old = new Told({ expiryMinutes: 60 });
    old.missed(EVENING_MS);
    old.answer({ result: 'absent', onWaitingList: true }, EVENING_MS + 10);
    old.take({ kind: 'subscriber-reachable', source: 'alert' }, EVENING_MS + 90 * MINUTE_MS);
    assert.equal(fateAfter(old), 'expired');

    const spoken = new Told({ quietHours: { fromMinute: 0, toMinute: 1439 } });
    spoken.missed(EVENING_MS, busy);
    spoken.take({ kind: 'call-answered', callKey: Uint8Array.of(9), caller: A }, EVENING_MS + MINUTE_MS);
    assert.equal(fateAfter(spoken), 'settled');

    const reordered = new Told({ quietHours: { fromMinute: 0, toMinute: 1439 } });
    reordered.missed(EVENING_MS, busy);
    const now = ordered({ callerFilter: 'block-listed', callersListed: [A] });
    const command = { kind: 'set-profile', profile: now } as const;
    reordered.take({ kind: 'admin-command', command, answerToken: 0 }, EVENING_MS + MINUTE_MS);
    assert.equal(fateAfter(reordered), 'orders');

    const refused = new Told();
    refused.missed(EVENING_MS, busy);
    refused.answer({ result: 'permanent', detail: 'mt-ForwardSM: unidentifiedSubscriber' }, EVENING_MS + 10);
    assert.deepEqual(refused.call.fate, {
      kind: 'not-told',
      rule: 'given-up',
      atMs: EVENING_MS + 10,
      lastTry: '5.1.0',
    });
    assert.deepEqual(refused.notice.end, { kind: 'given-up', atMs: EVENING_MS + 10 });

    const removed = new Told({ quietHours: { fromMinute: 0, toMinute: 1439 } });
    removed.missed(EVENING_MS, busy);
    removed.take(
      { kind: 'admin-command', command: { kind: 'remove' }, answerToken: 0 },
      EVENING_MS + MINUTE_MS,
    );
    assert.equal(fateAfter(removed), 'orders');
    assert.equal(removed.story.now.isSubscribed, false);
  });

  test('N16 spoken while the notice was on its way: it arrives, or is told no more', () => {
    const one = new Told();
    one.missed(EVENING_MS, busy);
    one.take({ kind: 'call-answered', callKey: Uint8Array.of(9), caller: A }, EVENING_MS + 5);
    assert.equal(fateAfter(one), 'under-way');
    one.answer({ result: 'absent' }, EVENING_MS + 10);
    assert.equal(fateAfter(one), 'settled');
  });

  test('N16 R1 a call of a withheld number is told anew when its caller lets the number be shown', () => {
    const one = new Told({}, {}, { withheld: 'ask' });
    one.missed(EVENING_MS, { ...busy, presentation: 'restricted' });
    one.answer({ result: 'delivered', partsDelivered: 1 }, EVENING_MS + 10);
    assert.equal(one.call.verdict, 'counted');
    assert.equal(one.call.fate.kind, 'told');
    const { attemptedAtMs } = one.call;
    one.told({ kind: 'number-shown', attemptsAtMs: [attemptedAtMs], reason: 'busy' }, EVENING_MS + MINUTE_MS);
    assert.deepEqual([one.call.verdict, one.call.fate.kind], ['told', 'under-way']);
    one.answer({ result: 'delivered', partsDelivered: 1 }, EVENING_MS + MINUTE_MS + 10);
    assert.equal(one.call.fate.kind, 'told');
    assert.equal(one.call.notices.length, 2);
  });

  test('N16 N8 in the inbox: replaced while unread, read there, or passed on to the next channel', () => {
    const policy = { ...defaultSubscriberPolicy, channels: ['sms', 'inbox'] as const };
    const one = new Told({ channels: ['inbox', 'sms'] }, {}, {}, policy);
    one.missed(EVENING_MS, busy);
    one.answer({ result: 'delivered', channel: 'inbox' }, EVENING_MS + 10);
    assert.deepEqual(one.notice.end, { kind: 'in-inbox', atMs: EVENING_MS + 10 });
    assert.equal(one.call.fate.kind, 'told');
    one.missed(EVENING_MS + MINUTE_MS, busy);
    one.answer({ result: 'delivered', channel: 'inbox' }, EVENING_MS + MINUTE_MS + 10);
    const ends = () => one.story.notices.map(({ end }) => end.kind);
    assert.deepEqual(ends(), ['replaced', 'in-inbox']);
    const [entry] = one.state.inbox?.entries ?? [];
    assert.ok(entry);
    const command = { kind: 'open-inbox', read: [entry.notice.id], removed: [] } as const;
    one.take({ kind: 'admin-command', command, answerToken: 0 }, EVENING_MS + 2 * MINUTE_MS);
    assert.deepEqual(one.notice.end, { kind: 'read', atMs: EVENING_MS + 2 * MINUTE_MS });
    one.missed(EVENING_MS + 3 * MINUTE_MS, busy);
    one.answer({ result: 'delivered', channel: 'inbox' }, EVENING_MS + 3 * MINUTE_MS + 10);
    const { deadlineGeneration: generation } = one.state;
    one.take({ kind: 'timer-fired', generation }, EVENING_MS + 30 * MINUTE_MS);
    assert.deepEqual(ends(), ['replaced', 'read', 'unread', 'under-way']);
    assert.equal(one.story.calls[2]?.fate.kind, 'under-way');
    one.answer({ result: 'delivered', partsDelivered: 1 }, EVENING_MS + 30 * MINUTE_MS + 10);
    assert.deepEqual(
      one.story.calls.map(({ fate }) => fate.kind),
      ['told', 'told', 'told'],
    );
  });

  test('N16 a call that is reported again is one call (C8)', () => {
    const one = new Told();
    one.missed(EVENING_MS, { ...busy, callKey: Uint8Array.of(7), answerToken: 1 });
    one.missed(EVENING_MS + 5, { ...busy, callKey: Uint8Array.of(7), answerToken: 2 });
    assert.deepEqual(one.story.calls[1]?.fate, { kind: 'repeated', call: '5.1' });
  });
});

test('N16 the caller’s side: what was watched, the return, and the called party who lets nobody know', () => {
  const one = new Told({}, { notifyMe: 'always' });
  one.told(
    { kind: 'callee-unreachable', attemptedAtMs: EVENING_MS, awaySinceMs: EVENING_MS },
    EVENING_MS + 1,
  );
  const returned = { kind: 'callee-returned', attemptedAtMs: EVENING_MS, awaySinceMs: EVENING_MS } as const;
  one.told({ ...returned, returnedAtMs: EVENING_MS + MINUTE_MS }, EVENING_MS + MINUTE_MS);
  const [own] = one.story.returns;
  assert.deepEqual([own?.callee, own?.watched, own?.returned?.atMs], [A, true, EVENING_MS + MINUTE_MS]);
  assert.deepEqual(own?.notices, [one.notice.id]);
  assert.deepEqual(
    [one.notice.composed?.trigger.kind, one.notice.composed?.trigger.number],
    ['return-of-callee', A],
  );

  const refused = new Told({}, { notifyMe: 'always' });
  refused.told({ kind: 'callee-unreachable', attemptedAtMs: 1, awaySinceMs: 1 }, 2);
  const called = new Actor(A, ordered({ returnPrivacy: 'nobody' }));
  const watched = { kind: 'return-watched', attemptedAtMs: 1, awaySinceMs: 1 } as const;
  called.take({ kind: 'told', source: { partition: 5, sequence: 1, index: 0 }, from: B, what: watched }, 3);
  const story = tellStory(B, [...refused.journal, ...called.journal], refused.state);
  assert.equal(story.returns[0]?.refusedAtMs, 3);
});

test('N16 of a journal whose beginning is gone: what is there is told, and what is not is said', () => {
  const one = new Told();
  one.missed(EVENING_MS, busy);
  one.answer({ result: 'temporary', uncertain: true }, EVENING_MS + 10);
  one.timer();
  one.answer({ result: 'delivered', partsDelivered: 1 }, EVENING_MS + MINUTE_MS);
  const { calls, notices } = tellStory(B, one.journal.slice(2), one.state);
  assert.deepEqual(calls, []);
  assert.deepEqual(
    [notices[0]?.id, notices[0]?.composed, notices[0]?.end.kind],
    ['5.1.0', undefined, 'delivered'],
  );
  assert.deepEqual(tellStory(B, [], undefined).now.isSubscribed, false);
});

test('N16 a part of a story: a time, or one notice with its calls', () => {
  const one = new Told();
  for (const minute of [0, 10]) {
    one.missed(EVENING_MS + minute * MINUTE_MS, busy);
    one.answer({ result: 'delivered', partsDelivered: 1 }, EVENING_MS + minute * MINUTE_MS + 10);
  }
  const { story } = one;
  const early = within(story, EVENING_MS, EVENING_MS + MINUTE_MS);
  assert.deepEqual([early.calls.length, early.notices.length], [1, 1]);
  const last = ofNotice(story, one.notice.id);
  assert.deepEqual([last.calls.map(({ id }) => id), last.notices.length], [one.notice.calls, 1]);
});

test('N16 property: whatever the journal holds, a story comes of it, and each call has one fate', () => {
  fc.assert(
    fc.property(fc.array(journalRecords, { maxLength: 4 }), (records) => {
      const entries = records
        .flatMap((record) => record.entries)
        .map((entry, index) => ({
          ...entry,
          event: index % 3 === 0 ? entry.event : { ...entry.event, subscriber: B },
        }));
      const story = tellStory(B, entries, undefined);
      const missed = entries.filter(
        ({ event }) => event.subscriber === B && event.what.kind === 'call-missed',
      );
      assert.equal(story.calls.length, missed.length);
      for (const { notices } of story.calls)
        for (const id of notices) assert.ok(story.notices.some((notice) => notice.id === id));
    }),
    { numRuns: 300 },
  );
});
