import { test } from 'node:test';
import { Story } from '../story.ts';

const night = { fromMinute: 22 * 60, toMinute: 7 * 60 };
const busy = 'You were on another call.';

test('N12 quiet hours: the calls of the night are one message in the morning, in whose morning it is', async () => {
  const story = await Story.begin({
    at: '2026-06-01 22:30',
    people: {
      anna: {},
      ben: { preferences: { quietHours: night } },
      // Half past four in the afternoon there.
      emma: { timeZone: 'America/New_York', preferences: { quietHours: night } },
    },
  });
  story.calls('anna', 'emma');
  story.reads('emma', `You missed a call from {anna} at 16:30. ${busy}`);
  story.calls('anna', 'ben');
  story.switchesOff('ben');
  story.until('23:40');
  story.calls('anna', 'ben');
  story.returns('ben');
  story.until('2026-06-02 06:59');
  story.reads('ben');
  story.until('07:03');
  story.reads(
    'ben',
    'You missed 2 calls from {anna}, the last yesterday at 23:40. Your phone was off or out of coverage.',
  );
  story.calls('anna', 'ben');
  story.reads('ben', `You missed a call from {anna} at 07:03. ${busy}`);
  story.over();
});

test('N12 the night in which the clocks go back has an hour more of quiet', async () => {
  const story = await Story.begin({
    at: '2026-10-25 01:30',
    people: { anna: {}, ben: { preferences: { quietHours: { fromMinute: 60, toMinute: 200 } } } },
  });
  story.calls('anna', 'ben');
  // 02:59 is for the second time.
  story.until('02:59');
  story.reads('ben');
  story.until('03:23');
  story.reads('ben', `You missed a call from {anna} at 01:30. ${busy}`);
  story.over();
});

test('N12 returns are told at the end of quiet hours, or at once where the operator has it so', async () => {
  const people = {
    anna: { notifyMe: 'always', preferences: { quietHours: night } },
    carl: { notifyMe: 'always', preferences: { quietHours: night, serviceClass: 'eager' } },
    ben: {},
  } as const;
  const story = await Story.begin({
    at: '2026-06-01 23:00',
    people,
    classes: [{ name: 'standard' }, { name: 'eager', returnsAtOnce: true }],
  });
  story.switchesOff('ben');
  story.calls('anna', 'ben');
  story.calls('carl', 'ben');
  story.until('23:30');
  story.returns('ben');
  story.reads('ben', /^You missed 2 calls/);
  story.reads('carl', '{ben} can be reached again. You called at 23:00.');
  story.reads('anna');
  story.until('2026-06-02 07:03');
  story.reads('anna', '{ben} can be reached again. You called yesterday at 23:00.');
  story.over();
});

test('N12 a digest: one message a day, at its time', async () => {
  const story = await Story.begin({
    people: { anna: {}, carl: {}, ben: { preferences: { digestMinute: 8 * 60 } } },
  });
  story.calls('anna', 'ben');
  story.until('2026-06-02 07:50');
  story.calls('carl', 'ben', 'no-answer');
  story.reads('ben');
  story.until('08:03');
  story.reads(
    'ben',
    'You missed 2 calls:\n{anna} yesterday at 21:00, you were on a call\n{carl} at 07:50, no answer',
  );
  story.calls('anna', 'ben');
  story.until('23:00');
  story.reads('ben');
  story.until('2026-06-03 08:03');
  story.reads('ben', `You missed a call from {anna} yesterday at 08:03. ${busy}`);
  story.over();
});

test('N12 callers with priority are told at once, in quiet hours and before the digest; the others wait', async () => {
  const story = await Story.begin({
    at: '2026-06-01 22:30',
    people: { anna: {}, school: {}, ben: {}, carl: {} },
  });
  const priorityCallers = [story.person('school').number];
  story.prefers('ben', { quietHours: night, priorityCallers });
  story.prefers('carl', { digestMinute: 8 * 60, teaser: true, priorityCallers });
  for (const name of ['ben', 'carl']) {
    story.calls('anna', name);
    story.calls('school', name, 'no-answer');
  }
  story.reads('ben', 'You missed a call from {school} at 22:30. It rang unanswered.');
  story.reads('carl', 'You missed a call. Reply D to learn who called.');
  story.switchesOff('ben');
  story.until('23:00');
  story.calls('anna', 'ben');
  story.calls('school', 'ben');
  story.reads('ben');
  story.returns('ben');
  story.reads('ben', 'You missed a call from {school} at 23:00. Your phone was off or out of coverage.');
  story.until('2026-06-02 07:03');
  story.reads(
    'ben',
    'You missed 2 calls from {anna}, the last yesterday at 23:00. Your phone was off or out of coverage.',
  );
  story.until('08:03');
  story.reads('carl', 'You missed 2 calls. Reply D to learn who called.');
  story.over();
});
