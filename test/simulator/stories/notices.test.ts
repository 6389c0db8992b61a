import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Story } from '../story.ts';

const people = { anna: {}, ben: {}, carl: {}, dora: {} };

test('N1 who called, when, how often and why, by the clock of where the phone is', async () => {
  const story = await Story.begin({ people: { ...people, ben: { timeZone: 'Asia/Kolkata' } } });
  story.calls('anna', 'ben');
  story.reads('ben', {
    text: 'You missed a call from {anna} at 00:30. You were on another call.',
    from: '4321',
    stamp: '2026-06-02 00:30',
  });
  story.calls('anna', 'ben', 'no-answer');
  story.reads('ben', 'You missed a call from {anna} at 00:30. It rang unanswered.');
  story.calls('anna', 'ben', 'abandoned');
  story.reads('ben', 'You missed a call from {anna} at 00:30. The caller hung up before you could answer.');
  story.switchesOff('ben');
  story.until('21:10');
  story.calls('anna', 'ben');
  story.until('21:20');
  story.calls('anna', 'ben');
  story.reads('ben');
  story.until('23:40');
  story.returns('ben');
  story.reads('ben', {
    text: 'You missed 2 calls from {anna}, the last at 00:50. Your phone was off or out of coverage.',
    stamp: '2026-06-02 03:10',
  });
  story.over();
});

test('N2 several callers are lines of one message, a caller is one line, and a long list comes in one piece', async () => {
  const story = await Story.begin({ people });
  story.switchesOff('ben');
  story.calls('anna', 'ben');
  story.calls('carl', 'ben');
  story.until('21:30');
  story.calls('anna', 'ben');
  story.calls('dora', 'ben');
  story.returns('ben');
  story.reads(
    'ben',
    'You missed 4 calls while your phone was off or out of coverage:\n{anna} 2 calls, the last at 21:30\n{carl} at 21:00\n{dora} at 21:30',
  );
  story.over();
});

test('N2 more callers than one short message has room for: one message in parts, put together on the phone', async () => {
  const names = Array.from({ length: 12 }, (_, index) => `caller${index}`);
  const story = await Story.begin({
    people: { ben: {}, ...Object.fromEntries(names.map((name) => [name, {}])) },
  });
  story.switchesOff('ben');
  for (const name of names) story.calls(name, 'ben');
  story.returns('ben');
  const { inbox } = story.person('ben').handset;
  assert.ok(inbox.length === 1 && inbox[0]!.parts >= 2, `${inbox.length} messages`);
  const lines = names.map((name, index) => `{${name}} at 21:0${index < 8 ? 0 : 1}`);
  story.reads(
    'ben',
    ['You missed 12 calls while your phone was off or out of coverage:', ...lines].join('\n'),
  );
  story.over();
});

test('N3 what has not arrived is no second message: the next one tells all of it', async () => {
  const story = await Story.begin({ people });
  story.plant.network.msc.fillMemory(story.person('ben'));
  story.calls('anna', 'ben');
  story.calls('carl', 'ben', 'no-answer');
  story.calls('anna', 'ben', 'abandoned');
  story.reads('ben');
  story.plant.network.msc.freeMemory(story.person('ben'));
  story.plant.run(10_000);
  story.reads(
    'ben',
    'You missed 3 calls:\n{anna} 2 calls, the last at 21:00, caller hung up\n{carl} at 21:00, no answer',
  );
  // Out of coverage: the MSC finds out with the first notice, and the HLR has us on its list.
  story.losesCoverage('ben');
  story.calls('anna', 'ben');
  story.calls('anna', 'ben');
  story.returns('ben');
  story.reads('ben', /^You missed 2 calls from \S+, the last at 21:00\. Your phone was off/);
  story.over();
});

test('N4 a message for each caller, from the caller’s number; from the service where there is none to show', async () => {
  const story = await Story.begin({
    people: { ...people, ben: { preferences: { aggregation: 'per-caller' } }, hidden: { withheld: true } },
    classes: [{ withheld: 'count' }],
  });
  story.switchesOff('ben');
  story.calls('anna', 'ben');
  story.calls('carl', 'ben');
  story.calls('anna', 'ben');
  story.calls('hidden', 'ben');
  story.returns('ben');
  const off = 'Your phone was off or out of coverage.';
  story.reads(
    'ben',
    { text: `You missed 2 calls from {anna}, the last at 21:00. ${off}`, from: '{anna}' },
    { text: `You missed a call from {carl} at 21:00. ${off}`, from: '{carl}' },
    { text: `You missed a call from a withheld number at 21:00. ${off}`, from: '4321' },
  );
  story.over();
});

test('N9 a hint first; the list for the answer D, at night too; a day later it is forgotten', async () => {
  const night = { fromMinute: 22 * 60, toMinute: 7 * 60 };
  const story = await Story.begin({
    people: { ...people, ben: { preferences: { teaser: true, quietHours: night } } },
  });
  story.calls('anna', 'ben');
  story.calls('anna', 'ben');
  story.reads(
    'ben',
    'You missed a call. Reply D to learn who called.',
    'You missed 2 calls. Reply D to learn who called.',
  );
  story.until('23:00');
  story.calls('carl', 'ben', 'no-answer');
  story.reads('ben');
  story.replies('ben', 'D');
  story.reads('ben', 'You missed 3 calls:\n{anna} at 21:00, 2 times\n{carl} at 23:00');
  story.replies('ben', 'd');
  story.reads('ben', 'There are no missed calls that you have not been told of.');
  story.until('2026-06-02 08:00');
  story.calls('dora', 'ben');
  story.reads('ben', 'You missed a call. Reply D to learn who called.');
  story.until('2026-06-03 08:10');
  story.replies('ben', 'D');
  story.reads('ben', 'There are no missed calls that you have not been told of.');
  story.over();
});

test('N13 notices go to another number, also when the phone itself is off', async () => {
  const story = await Story.begin({ people });
  story.prefers('ben', { forwardTo: story.person('dora').number });
  story.switchesOff('ben');
  story.calls('anna', 'ben');
  story.reads('dora', 'You missed a call from {anna} at 21:00. Your phone was off or out of coverage.');
  story.switchesOff('dora');
  story.calls('carl', 'ben');
  story.returns('ben');
  story.reads('ben');
  story.returns('dora');
  story.until('21:15');
  story.reads('dora', 'You missed a call from {carl} at 21:00. Your phone was off or out of coverage.');
  story.over();
});

test('N14 so many notices a day as were ordered, the rest after midnight, and what is too old not at all', async () => {
  const story = await Story.begin({
    people: {
      ...people,
      ben: { preferences: { noticesPerDay: 2 } },
      dora: { preferences: { expiryMinutes: 60 } },
    },
  });
  for (const minute of ['21:10', '21:20', '21:30', '21:40']) {
    story.until(minute);
    story.calls('anna', 'ben');
  }
  const busy = 'You were on another call.';
  story.reads(
    'ben',
    `You missed a call from {anna} at 21:10. ${busy}`,
    `You missed a call from {anna} at 21:20. ${busy}`,
  );
  story.switchesOff('dora');
  story.calls('anna', 'dora');
  story.until('22:30');
  story.calls('carl', 'dora');
  story.until('22:50');
  story.returns('dora');
  story.reads('dora', 'You missed a call from {carl} at 22:30. Your phone was off or out of coverage.');
  story.until('2026-06-02 00:03');
  story.reads('ben', `You missed 2 calls from {anna}, the last yesterday at 21:40. ${busy}`);
  story.over();
});

test('N15 they have spoken since, or it was called back: nothing is told', async () => {
  const night = { fromMinute: 22 * 60, toMinute: 7 * 60 };
  const story = await Story.begin({
    at: '2026-06-01 22:30',
    people: { ...people, ben: { preferences: { quietHours: night } } },
    classes: [{ spokenBothWays: true }],
  });
  story.calls('anna', 'ben');
  story.calls('carl', 'ben');
  story.calls('dora', 'ben');
  story.calls('anna', 'ben', 'answered');
  // Called back.
  story.calls('ben', 'carl', 'answered');
  story.until('2026-06-02 07:05');
  story.reads(
    'ben',
    /^You missed a call from \+4915110000\d\d yesterday at 22:30\. You were on another call\.$/,
  );
  assert.match(story.person('ben').handset.inbox.at(-1)?.text ?? '', new RegExp(story.person('dora').number));
  story.over();
});

test('S5 a welcome when the first service opens, once, with the way out, which works', async () => {
  const story = await Story.begin({
    people: { anna: {}, ben: { subscribed: false } },
    classes: [{ welcome: true }],
  });
  // Anna was provisioned at the beginning.
  story.reads('anna', /^Welcome! We tell you by SMS who called while you could not be reached\./);
  story.orders('ben', { missedCalls: true, notifyMe: 'always' });
  story.reads('ben', {
    text: 'Welcome! We tell you who called while you could not be reached, and when someone you called is back. To end this, reply STOP.',
    from: '4321',
  });
  story.calls('anna', 'ben');
  story.reads('ben', /^You missed a call from/);
  story.replies('ben', 'STOP');
  story.reads('ben', 'Everything is off, and we will write no more. To have it again, send OPEN.');
  story.calls('anna', 'ben');
  story.texts('ben', 'open');
  story.reads('ben', /^Missed-call notices are on\./);
  story.over();
});

test('S5 where the operator has it so, what others order opens with a yes, in time and in the subscriber’s language', async () => {
  const story = await Story.begin({
    people: { anna: {}, ben: { subscribed: false }, carl: { subscribed: false }, eva: { subscribed: false } },
    classes: [{ doubleOptIn: true }],
  });
  story.reads('anna', /^To have the notices that were ordered for this number, send YES within 24 hours\./);
  story.orders('ben', { missedCalls: true, language: 'de' });
  story.reads('ben', {
    text: 'Für diese Nummer wurden Meldungen bestellt. Wenn Sie sie möchten, senden Sie binnen 24 Stunden JA. Sonst brauchen Sie nichts zu tun.',
    from: '4321',
  });
  // The list is taken in once more: nobody is asked twice.
  story.orders('ben', { missedCalls: true, language: 'de' });
  story.calls('anna', 'ben');
  story.replies('ben', 'Ja bitte');
  story.reads('ben', /^Verpasste Anrufe werden Ihnen gemeldet\./);
  story.calls('anna', 'ben');
  story.reads('ben', /^You missed a call from/);
  // Somebody who was not known, and may open a service: perhaps it is not the owner of the number who writes.
  story.texts('carl', 'OPEN');
  story.reads('carl', /^To have the notices that were ordered/);
  story.calls('anna', 'carl');
  story.until('2026-06-02 21:30');
  story.replies('carl', 'yes');
  story.reads('carl', /^Sorry, we did not understand\./);
  story.calls('anna', 'carl');
  story.texts('carl', 'open');
  story.reads('carl', /^To have the notices that were ordered/);
  story.replies('carl', 'YES');
  story.reads('carl', /^Missed-call notices are on\./);
  story.calls('anna', 'carl');
  story.reads('carl', /^You missed a call from/);
  story.texts('eva', 'notify on');
  story.reads('eva', /send YES/);
  story.replies('eva', 'stop');
  story.reads('eva', /^Everything is off/);
  story.replies('eva', 'yes');
  story.reads('eva', /^Sorry, we did not understand\./);
  story.over();
});
