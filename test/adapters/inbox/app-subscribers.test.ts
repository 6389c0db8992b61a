/** What the app's requests ask of the engine, and what the access log has of them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { appSubscribers } from '../../../src/adapters/inbox/app-subscribers.ts';
import { initialState, type SubscriberState } from '../../../src/types/model/state.ts';
import { profile } from '../../subscriber/actor.ts';

const B = '491710000002';

function plant(states: readonly Partial<SubscriberState>[]) {
  const asked: string[] = [];
  const logged: string[] = [];
  const left = [...states];
  const subscribers = appSubscribers(
    {
      state: () => {
        asked.push('state');
        const state = left.length > 1 ? left.shift() : left[0];
        return Promise.resolve(state && { ...initialState(B), ...state });
      },
      openInbox: (_number, { read }) => {
        asked.push(`open ${read.length}`);
        return Promise.resolve();
      },
    },
    { record: (_who, did, numbers) => void logged.push(`${did} ${numbers.join()}`) },
  );
  return { subscribers, asked, logged };
}

const way = { channel: 'inbox' } as const;
const notice = {
  id: { partition: 1, sequence: 1, index: 0 },
  recipient: B,
  language: 'en',
  timeZone: 'UTC',
  templateVersion: 1,
  createdAtMs: 0,
  reference: 1,
  content: { kind: 'missed-calls', callers: [], furtherCalls: 1 },
  way,
} as const;

test('N8 an inbox that was passed by is opened by looking at it, and what comes to it then is shown; the log has one line', async () => {
  const passedBy = { profile, inbox: { entries: [], isPassedBy: true } };
  const entry = { notice, sinceMs: 1, readAtMs: 0, untilMs: 2 };
  const placed = { profile, inbox: { entries: [entry], isPassedBy: false } };
  const { subscribers, asked, logged } = plant([passedBy, { profile, notice }, { profile, notice }, placed]);
  assert.deepEqual(await subscribers.look(B), { inbox: placed.inbox });
  assert.deepEqual(asked, ['state', 'open 0', 'state', 'state', 'state']);
  assert.deepEqual(logged, [`look ${B}`]);
});

test('N8 what does not come in a moment is not waited for', async () => {
  const { subscribers, asked } = plant([
    { profile, inbox: { entries: [], isPassedBy: true } },
    { profile, notice },
  ]);
  assert.deepEqual(await subscribers.look(B), { inbox: undefined });
  assert.equal(asked.length, 12);
});

test('N8 what the app says is answered with what is there then; of nobody nothing is asked', async () => {
  const { subscribers, asked, logged } = plant([{ profile }]);
  assert.deepEqual(await subscribers.say(B, { read: [notice.id], removed: [] }), { inbox: undefined });
  assert.deepEqual(asked, ['state', 'open 1', 'state']);
  assert.deepEqual(logged, [`change ${B}`]);
  const nobody = plant([{}]);
  assert.equal(await nobody.subscribers.say(B, { read: [], removed: [] }), undefined);
  assert.equal(await nobody.subscribers.look(B), undefined);
  assert.deepEqual(nobody.asked, ['state', 'state']);
});
