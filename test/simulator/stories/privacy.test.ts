import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Story } from '../story.ts';

const busy = 'You were on another call.';

test('R1 a withheld number is never shown: its call is not told, or told as of a withheld number', async () => {
  const story = await Story.begin({
    people: {
      hidden: { withheld: true },
      anna: {},
      ben: {},
      carl: { preferences: { serviceClass: 'counts' } },
    },
    classes: [{ name: 'standard' }, { name: 'counts', withheld: 'count' }],
  });
  story.calls('hidden', 'ben');
  story.calls('anna', 'ben', 'busy', { withheld: true });
  story.reads('ben');
  story.calls('hidden', 'carl');
  story.reads('carl', `You missed a call from a withheld number at 21:00. ${busy}`);
  story.until('21:01');
  story.switchesOff('carl');
  story.calls('anna', 'carl', 'busy', { withheld: true });
  story.calls('hidden', 'carl');
  story.calls('anna', 'carl');
  story.returns('carl');
  story.reads(
    'carl',
    'You missed 3 calls while your phone was off or out of coverage:\na withheld number 2 calls, the last at 21:01\n{anna} at 21:01',
  );
  story.over();
});

const asks = { classes: [{ withheld: 'ask' }] } as const;
const question =
  'You called {ben} at 21:00 with your number withheld. To let them know that it was you, reply SHOW.';

test('R1 A with a withheld number is asked, and shown to B with A’s yes: calls that wait, by keyword', async () => {
  const story = await Story.begin({
    people: { anna: { withheld: true }, carl: { withheld: true }, ben: {} },
    ...asks,
  });
  story.switchesOff('ben');
  story.calls('anna', 'ben');
  story.reads('anna', { text: question, from: '4321' });
  story.calls('anna', 'ben');
  story.calls('carl', 'ben');
  story.reads('anna');
  story.reads('carl', question);
  story.replies('anna', 'Show');
  story.reads('anna', '{ben} will be told that you called.');
  story.returns('ben');
  story.reads(
    'ben',
    'You missed 3 calls while your phone was off or out of coverage:\na withheld number at 21:00\n{anna} 2 calls, the last at 21:00',
  );
  story.replies('anna', 'show');
  story.reads('anna', 'There is no call of yours that we asked you about.');
  // A day later it is too late.
  story.until('2026-06-02 21:30');
  story.replies('carl', 'show');
  story.reads('carl', 'There is no call of yours that we asked you about.');
  story.over();
});

test('R1 what B was told as of a withheld number is told with it after A’s yes, by menu and by number', async () => {
  const story = await Story.begin({
    people: {
      anna: { withheld: true },
      ben: {},
      dora: {},
      // Nobody who has no service with us is asked, nor one who has stopped all.
      stranger: { withheld: true, subscribed: false },
      stopped: { withheld: true },
    },
    ...asks,
  });
  story.texts('stopped', 'stop');
  story.reads('stopped', /^Everything is off/);
  for (const name of ['stranger', 'stopped']) {
    story.calls(name, 'ben');
    story.reads(name);
    story.reads('ben', `You missed a call from a withheld number at 21:00. ${busy}`);
  }
  story.calls('anna', 'ben');
  story.reads('ben', `You missed a call from a withheld number at 21:00. ${busy}`);
  story.reads('anna', question);
  let answer = '';
  story.plant.network.dial(
    story.person('anna'),
    '*123*6*4*1#',
    () => undefined,
    ({ pages }) => {
      answer = pages.at(-1) ?? '';
    },
  );
  story.plant.run(3_000);
  assert.equal(answer, `+${story.person('ben').number} will be told that you called.`);
  story.reads('ben', `You missed a call from {anna} at 21:00. ${busy}`);
  story.until('21:10');
  story.calls('anna', 'dora');
  story.reads('dora', `You missed a call from a withheld number at 21:10. ${busy}`);
  const byNumber =
    'You called {dora} at 21:10 with your number withheld. To let them know that it was you, reply SHOW {dora}';
  story.reads('anna', byNumber);
  story.replies('anna', 'show');
  story.reads('anna', /^Which number\?/);
  story.reads('dora');
  story.replies('anna', `show +${story.person('dora').number}`);
  story.reads('anna', '{dora} will be told that you called.');
  story.reads('dora', `You missed a call from {anna} at 21:10. ${busy}`);
  story.over();
});

test('R1 R3 N12 the question waits for the end of A’s quiet hours; B’s lists hold for a number that is shown', async () => {
  const night = { fromMinute: 1320, toMinute: 420 };
  const story = await Story.begin({
    at: '2026-06-01 23:00',
    people: { anna: { withheld: true, preferences: { quietHours: night } }, ben: {} },
    ...asks,
  });
  story.calls('anna', 'ben');
  story.reads('ben', `You missed a call from a withheld number at 23:00. ${busy}`);
  story.texts('anna', 'show');
  story.reads('anna', 'There is no call of yours that we asked you about.');
  story.until('2026-06-02 07:03');
  story.reads('anna', /^You called \+\d+ yesterday at 23:00 with your number withheld/);
  story.prefers('ben', { callerFilter: 'block-listed', callersListed: [story.person('anna').number] });
  story.replies('anna', 'show');
  story.reads('anna', '{ben} will be told that you called.');
  story.calls('anna', 'ben');
  story.over();
});

test('R2 who may know of the return: everyone, those on the list, nobody', async () => {
  const story = await Story.begin({
    people: { anna: { notifyMe: 'always' }, carl: { notifyMe: 'always' }, ben: {} },
  });
  const bothCall = (): void => {
    story.switchesOff('ben');
    story.calls('anna', 'ben');
    story.calls('carl', 'ben');
    story.returns('ben');
    story.reads('ben', /^You missed 2 calls/);
  };
  bothCall();
  story.reads('anna', /^\+\d+ can be reached again/);
  story.reads('carl', /^\+\d+ can be reached again/);
  story.prefers('ben', { returnPrivacy: 'listed', mayKnow: [story.person('carl').number] });
  bothCall();
  story.reads('carl', /^\+\d+ can be reached again/);
  story.reads('anna');
  story.texts('ben', 'privacy nobody');
  story.reads('ben', 'Nobody may know when you can be reached again.');
  bothCall();
  story.over();
});

test('R3 lists of the subscriber, ordered by keyword, and of the operator for everybody', async () => {
  const story = await Story.begin({
    people: { anna: {}, carl: {}, ben: {}, spammer: { number: '4915999000001' } },
    callers: { blocked: ['4915999*'] },
  });
  const allCall = (): void => {
    for (const name of ['anna', 'carl', 'spammer']) story.calls(name, 'ben');
  };
  story.texts('ben', `block +${story.person('anna').number}`);
  story.reads('ben', /^You will not be told of calls from/);
  allCall();
  story.reads('ben', /^You missed a call from /);
  story.texts('ben', `only +${story.person('anna').number}`);
  story.reads('ben', 'You will be told of calls from these numbers only: {anna}. For all callers, send ALL.');
  story.until('21:10');
  allCall();
  story.reads('ben', `You missed a call from {anna} at 21:10. ${busy}`);
  story.texts('ben', 'all');
  story.reads('ben', 'You will be told of all callers.');
  story.until('21:20');
  allCall();
  story.reads(
    'ben',
    `You missed a call from {anna} at 21:20. ${busy}`,
    `You missed a call from {carl} at 21:20. ${busy}`,
  );
  story.over();
});

test('R7 with a mailbox: notices instead of none where it takes the call, or beside it', async () => {
  const story = await Story.begin({
    people: {
      anna: {},
      ben: { preferences: { mailbox: 'instead' } },
      carl: { preferences: { mailbox: 'beside' } },
    },
  });
  for (const ending of ['busy', 'no-answer'] as const) {
    story.calls('anna', 'ben', ending);
    story.calls('anna', 'carl', ending);
  }
  for (const name of ['ben', 'carl']) {
    story.switchesOff(name);
    story.calls('anna', name);
    story.returns(name);
  }
  story.reads(
    'carl',
    `You missed a call from {anna} at 21:00. ${busy}`,
    'You missed a call from {anna} at 21:00. It rang unanswered.',
    'You missed a call from {anna} at 21:00. Your phone was off or out of coverage.',
  );
  story.reads('ben');
  // No mailbox takes a call that is given up: it is missed, and deposited nowhere.
  story.calls('anna', 'ben', 'abandoned');
  story.reads('ben', /The caller hung up before you could answer\.$/);
  story.over();
});
