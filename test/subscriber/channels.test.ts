/** By which channel a subscriber is told, and what a failed channel leads to (N6, N8). */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSubscriberPolicy } from '../../src/subscriber/policy.ts';
import type { Channel } from '../../src/types/model/channel.ts';
import type { EffectKind } from '../../src/types/model/effect.ts';
import type { NoticeOutcome } from '../../src/types/model/event.ts';
import type { Preferences } from '../../src/types/model/preferences.ts';
import { Actor, B, noticesOf, profile } from './actor.ts';

const T = Date.UTC(2026, 0, 1, 12);
const policy = {
  ...defaultSubscriberPolicy,
  channels: ['sms', 'e-mail', 'webhook', 'web-push'] as readonly Channel[],
};
const browser = (endpoint: string) => ({ endpoint, p256dh: new Uint8Array(65), auth: new Uint8Array(16) });

function actor(preferences: Preferences, by = policy): Actor {
  return new Actor(B, { ...profile, preferences }, by);
}

const channelsOf = (effects: readonly EffectKind[]): Channel[] =>
  noticesOf(effects).map(({ way }) => way?.channel ?? 'sms');

/** What the notifier says of a notice on its way. */
function ended(
  one: Actor,
  result: NoticeOutcome['result'],
  atMs: number,
  change: Partial<NoticeOutcome> = {},
): readonly EffectKind[] {
  const { trying, notice } = one.state;
  assert.ok(trying !== undefined && notice !== undefined);
  return one.take(
    {
      kind: 'notice-outcome',
      effect: trying,
      result,
      partsDelivered: 0,
      uncertain: false,
      onWaitingList: false,
      storedAs: '',
      startedAtMs: atMs - 10,
      detail: '',
      ...(notice.way === undefined ? {} : { channel: notice.way.channel }),
      ...change,
    },
    atMs,
  );
}

test('N6 e-mail refused: the same calls go at once by short message, with what has come since', () => {
  const b = actor({ channels: ['e-mail', 'sms'], eMail: 'b@subscriber.example' });
  const [first] = noticesOf(b.missed(T));
  assert.deepEqual(first?.way, { channel: 'e-mail', address: 'b@subscriber.example' });
  b.missed(T + 10, { caller: '491700000009' });
  const effects = ended(b, 'permanent', T + 20);
  assert.deepEqual(channelsOf(effects), ['sms']);
  const [{ content } = { content: undefined }] = noticesOf(effects);
  assert.equal(content?.kind === 'missed-calls' && content.callers.length, 2);
  ended(b, 'delivered', T + 30);
  assert.equal(b.state.delivery, 'idle');
  assert.equal(b.state.fallback, undefined);
});

test('N6 absent by short message: e-mail at once; when that is refused too, the return begins at the first channel', () => {
  const b = actor({ channels: ['sms', 'e-mail'], eMail: 'b@subscriber.example' });
  assert.deepEqual(channelsOf(b.missed(T)), ['sms']);
  assert.deepEqual(channelsOf(ended(b, 'absent', T + 20, { onWaitingList: true })), ['e-mail']);
  assert.deepEqual(channelsOf(ended(b, 'permanent', T + 40)), []);
  assert.equal(b.state.delivery, 'awaiting-return');
  const back = b.take({ kind: 'subscriber-reachable', source: 'mm-event' }, T + 60_000);
  assert.deepEqual(channelsOf(back), ['sms']);
});

test('N6 A4 no alert came: e-mail is refused again, and the short message goes whatever flag the HLR has set', () => {
  const b = actor({ channels: ['e-mail', 'sms'], eMail: 'b@subscriber.example' });
  b.missed(T);
  ended(b, 'permanent', T + 20);
  ended(b, 'absent', T + 40, { onWaitingList: true });
  const { deadlineAtMs: atMs, deadlineGeneration: generation } = b.state;
  assert.deepEqual(channelsOf(b.take({ kind: 'timer-fired', generation }, atMs)), ['e-mail']);
  const effects = ended(b, 'permanent', atMs + 20);
  assert.deepEqual(channelsOf(effects), ['sms']);
  const [sent] = effects;
  assert.ok(sent?.kind === 'send-notice' && sent.priority);
  ended(b, 'delivered', atMs + 40);
  assert.equal(b.state.fallback, undefined);
});

test('N6 the relay gave up for now, and the short message is refused for good: e-mail is tried again later', () => {
  const b = actor({ channels: ['e-mail', 'sms'], eMail: 'b@subscriber.example' });
  b.missed(T);
  assert.deepEqual(channelsOf(ended(b, 'temporary', T + 20)), ['sms']);
  assert.deepEqual(channelsOf(ended(b, 'permanent', T + 40)), []);
  const { delivery, deadlineAtMs: atMs, deadlineGeneration: generation } = b.state;
  assert.equal(delivery, 'backing-off');
  assert.deepEqual(channelsOf(b.take({ kind: 'timer-fired', generation }, atMs)), ['e-mail']);
  ended(b, 'permanent', atMs + 20);
  ended(b, 'permanent', atMs + 40);
  assert.equal(b.state.delivery, 'idle');
  assert.deepEqual(b.state.missed, []);
});

test('N6 N12 a call of a caller with priority in quiet hours: e-mail refused, the short message tells it, and the others go on waiting', () => {
  const caller = '491700000007';
  const b = actor({
    channels: ['e-mail', 'sms'],
    eMail: 'b@subscriber.example',
    quietHours: { fromMinute: 0, toMinute: 1439 },
    priorityCallers: [caller],
  });
  assert.deepEqual(channelsOf(b.missed(T)), []);
  assert.deepEqual(channelsOf(b.missed(T + 10, { caller })), ['e-mail']);
  assert.deepEqual(channelsOf(ended(b, 'permanent', T + 20)), ['sms']);
  ended(b, 'delivered', T + 30);
  assert.equal(b.state.missed.length, 1);
});

test('N6 every channel refuses it for good: it is given up', () => {
  const b = actor({ channels: ['e-mail', 'sms'], eMail: 'b@subscriber.example' });
  b.missed(T);
  ended(b, 'permanent', T + 20);
  ended(b, 'permanent', T + 40);
  assert.equal(b.state.delivery, 'idle');
  assert.deepEqual(b.state.missed, []);
});

test('N6 what e-mail has told is not told at the return', () => {
  const b = actor({ channels: ['sms', 'e-mail'], eMail: 'b@subscriber.example' });
  b.missed(T);
  ended(b, 'absent', T + 20, { onWaitingList: true });
  ended(b, 'delivered', T + 40);
  const back = b.take({ kind: 'subscriber-reachable', source: 'mm-event' }, T + 60_000);
  assert.deepEqual(noticesOf(back), []);
});

test('N6 N8 an uncertain try stays on its channel, with the same notice', () => {
  const b = actor({ channels: ['webhook', 'sms'] });
  const [first] = noticesOf(b.missed(T));
  assert.deepEqual(channelsOf(ended(b, 'temporary', T + 20, { uncertain: true })), []);
  assert.equal(b.state.delivery, 'backing-off');
  b.missed(T + 30);
  assert.deepEqual(noticesOf(b.timer()), [first]);
});

test('N6 N8 a connector that gave up: the next channel; with none left, later', () => {
  const b = actor({ channels: ['webhook', 'e-mail'], eMail: 'b@subscriber.example' });
  b.missed(T);
  assert.deepEqual(channelsOf(ended(b, 'temporary', T + 20)), ['e-mail']);
  assert.deepEqual(channelsOf(ended(b, 'temporary', T + 40)), []);
  assert.equal(b.state.delivery, 'backing-off');
  assert.deepEqual(channelsOf(b.timer()), ['webhook']);
});

test('N8 endpoints that are gone leave the profile, and others stay', () => {
  const webPush = [browser('https://push.example/1'), browser('https://push.example/2')];
  const b = actor({ channels: ['web-push', 'sms'], webPush });
  b.missed(T);
  ended(b, 'delivered', T + 20, { gone: ['https://push.example/1'] });
  assert.deepEqual(b.state.profile?.preferences?.webPush, webPush.slice(1));
  b.missed(T + 60_000);
  const effects = ended(b, 'permanent', T + 60_020, { gone: ['https://push.example/2'] });
  assert.deepEqual(channelsOf(effects), ['sms']);
  assert.equal(b.state.profile.preferences.webPush, undefined);
});

test('N6 N8 a channel that is not set up, or without an address, is left out; without any it is the short message', () => {
  assert.deepEqual(channelsOf(actor({ channels: ['e-mail', 'webhook'] }).missed(T)), ['webhook']);
  assert.deepEqual(
    channelsOf(actor({ channels: ['e-mail', 'webhook'] }, defaultSubscriberPolicy).missed(T)),
    ['sms'],
  );
  assert.deepEqual(channelsOf(actor({ channels: ['web-push'] }).missed(T)), ['sms']);
});

test('N6 a change of channels while a notice is on its way: what failed goes to the new ones, what arrived stays told', () => {
  const b = actor({ channels: ['e-mail'], eMail: 'old@subscriber.example' });
  b.missed(T);
  const changed = { ...profile, preferences: { channels: ['webhook'] as const } };
  b.take(
    { kind: 'admin-command', command: { kind: 'set-profile', profile: changed }, answerToken: 0 },
    T + 5,
  );
  assert.deepEqual(channelsOf(ended(b, 'permanent', T + 20)), ['webhook']);
  ended(b, 'delivered', T + 30);
  assert.equal(b.somethingLeft(), false);
});

test('N6 an SMSC that gave up: the next channel', () => {
  const b = actor({ channels: ['sms', 'e-mail'], eMail: 'b@subscriber.example' });
  b.missed(T);
  const handedOver = {
    smsc: 'smsc-1',
    messageIds: ['7'],
    plain: true,
    validUntilMs: T + 3_600_000,
    replaceable: true,
  };
  ended(b, 'accepted', T + 20, { handedOver });
  const receipt = {
    kind: 'receipt-came',
    smsc: 'smsc-1',
    messageId: '7',
    detail: '',
    answerToken: 0,
  } as const;
  assert.deepEqual(channelsOf(b.take({ ...receipt, fate: 'expired' }, T + 3_600_000)), ['e-mail']);
});

test('N9 N13 a teaser, and what is forwarded, go by short message', () => {
  const eMail = 'b@subscriber.example';
  assert.deepEqual(channelsOf(actor({ channels: ['e-mail'], eMail, teaser: true }).missed(T)), ['sms']);
  assert.deepEqual(channelsOf(actor({ channels: ['e-mail'], eMail, forwardTo: '491700000007' }).missed(T)), [
    'sms',
  ]);
});

const closed = (one: Actor, address: string, atMs: number): readonly EffectKind[] =>
  one.take({ kind: 'admin-command', command: { kind: 'close-e-mail', address }, answerToken: 7 }, atMs);

test('N6 the way out of an e-mail: the other channels remain, or else the short message; the order is answered', () => {
  const eMail = 'b@subscriber.example';
  const b = actor({ channels: ['webhook', 'e-mail', 'sms'], eMail });
  assert.deepEqual(closed(b, eMail, T), [{ kind: 'answer-command', answerToken: 7 }]);
  assert.deepEqual(b.state.profile?.preferences, { channels: ['webhook', 'sms'], eMail });
  const only = actor({ channels: ['e-mail'], eMail });
  closed(only, eMail, T);
  assert.deepEqual(only.state.profile?.preferences?.channels, ['sms']);
  assert.deepEqual(channelsOf(only.missed(T + 10)), ['sms']);
});

test('N6 the way out of an e-mail: again, from an address of before, and by a stranger it changes nothing', () => {
  const eMail = 'b@subscriber.example';
  const b = actor({ channels: ['e-mail', 'sms'], eMail });
  const { profile: before } = b.state;
  closed(b, 'old@subscriber.example', T);
  assert.equal(b.state.profile, before);
  closed(b, eMail, T);
  const { profile: after } = b.state;
  closed(b, eMail, T + 10);
  assert.equal(b.state.profile, after);
  const stranger = new Actor(B, null, policy);
  closed(stranger, eMail, T);
  assert.equal(stranger.state.profile, undefined);
});

const recalls = (effects: readonly EffectKind[]): number =>
  effects.filter(({ kind }) => kind === 'recall-notice').length;

test('N8 a call while a notice is on its way by a channel: it is asked back, and the one in its place says both', () => {
  const b = actor({ channels: ['webhook', 'sms'] });
  const [first] = noticesOf(b.missed(T));
  const effects = b.missed(T + 1_000, { caller: '491700000009' });
  assert.deepEqual(effects.at(-1), { kind: 'recall-notice', effect: first?.id });
  const [second] = noticesOf(ended(b, 'recalled', T + 1_010));
  assert.deepEqual(second?.way, { channel: 'webhook' });
  assert.deepEqual(second.replaces, first?.id);
  assert.equal(second.content.kind === 'missed-calls' && second.content.callers.length, 2);
  assert.equal(b.state.failures, 0, 'nothing has failed');
  ended(b, 'delivered', T + 2_000);
  assert.equal(b.state.delivery, 'idle');
});

test('N8 what failed on one channel, and waits on the next, stays there when it is replaced', () => {
  const b = actor({ channels: ['e-mail', 'webhook', 'sms'], eMail: 'b@subscriber.example' });
  b.missed(T);
  assert.deepEqual(channelsOf(ended(b, 'permanent', T + 10)), ['webhook']);
  assert.equal(recalls(b.missed(T + 1_000, { caller: '491700000009' })), 1);
  assert.deepEqual(channelsOf(ended(b, 'recalled', T + 1_010)), ['webhook']);
});

test('N8 a short message, what may have arrived, and a notice that is full are not asked back', () => {
  const sms = actor({ channels: ['sms'] });
  sms.missed(T);
  assert.equal(recalls(sms.missed(T + 1_000, { caller: '491700000009' })), 0);
  const uncertain = actor({ channels: ['webhook'] });
  uncertain.missed(T);
  ended(uncertain, 'temporary', T + 10, { uncertain: true });
  const { deadlineGeneration } = uncertain.state;
  uncertain.take({ kind: 'timer-fired', generation: deadlineGeneration }, T + 3_600_000);
  assert.equal(uncertain.state.delivery, 'trying');
  assert.equal(recalls(uncertain.missed(T + 3_601_000, { caller: '491700000009' })), 0);
  const full = actor({ channels: ['webhook'] }, { ...policy, callersPerNotice: 1 });
  full.missed(T);
  assert.equal(recalls(full.missed(T + 1_000, { caller: '491700000009' })), 0);
});

test('N8 asked back in vain, or taken back from the list meanwhile: nothing is told twice, and nothing hangs', () => {
  const b = actor({ channels: ['webhook'] });
  b.missed(T);
  b.missed(T + 1_000, { caller: '491700000009' });
  const [rest] = noticesOf(ended(b, 'delivered', T + 1_010));
  assert.equal(
    rest?.content.kind === 'missed-calls' && rest.content.callers.length,
    1,
    'what has come since',
  );
  assert.equal(rest?.replaces, undefined);
  const removed = actor({ channels: ['webhook'] });
  removed.missed(T);
  removed.missed(T + 1_000, { caller: '491700000009' });
  const { trying } = removed.state;
  removed.take({ kind: 'admin-command', command: { kind: 'remove' }, answerToken: 0 }, T + 1_005);
  assert.ok(trying !== undefined);
  const outcome = { kind: 'notice-outcome', effect: trying, result: 'recalled', partsDelivered: 0 } as const;
  const rest2 = { uncertain: false, onWaitingList: false, storedAs: '', startedAtMs: T, detail: '' };
  assert.deepEqual(removed.take({ ...outcome, ...rest2 }, T + 1_010), []);
  assert.equal(removed.state.delivery, 'idle');
});
