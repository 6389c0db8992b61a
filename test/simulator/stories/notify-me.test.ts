import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Story } from '../story.ts';

const watches = { notifyMe: 'always' } as const;

test('K1 A is told once that B is back, with the time of A’s attempt', async () => {
  const story = await Story.begin({ people: { anna: watches, ben: {}, carl: {} } });
  story.switchesOff('ben');
  story.calls('anna', 'ben');
  story.calls('carl', 'ben');
  story.until('22:15');
  story.calls('anna', 'ben');
  story.reads('anna');
  story.returns('ben');
  story.reads('anna', {
    text: '{ben} can be reached again. You called at 22:15.',
    from: '4321',
    stamp: '2026-06-01 22:15',
  });
  story.reads('ben', /^You missed 3 calls/);
  story.switchesOff('ben');
  story.returns('ben');
  story.calls('anna', 'ben');
  story.reads('ben', /^You missed a call/);
  story.over();
});

test('K1 A is away, too: A is told when A is back', async () => {
  const story = await Story.begin({ people: { anna: watches, ben: {} } });
  story.switchesOff('ben');
  story.calls('anna', 'ben');
  story.switchesOff('anna');
  story.returns('ben');
  story.reads('ben', /^You missed a call/);
  story.until('21:40');
  story.returns('anna');
  story.reads('anna', '{ben} can be reached again. You called at 21:00.');
  story.over();
});

test('K2 of chosen numbers, of all, of none', async () => {
  const story = await Story.begin({ people: { anna: { notifyMe: 'off' }, ben: {}, carl: {} } });
  const callsBoth = (): void => {
    for (const name of ['ben', 'carl']) {
      story.switchesOff(name);
      story.calls('anna', name);
      story.returns(name);
      story.reads(name, /^You missed a call/);
    }
  };
  callsBoth();
  story.reads('anna');
  story.orders('anna', { notifyMe: 'listed', preferences: { watched: [story.person('carl').number] } });
  callsBoth();
  story.reads('anna', /^\{?\+\d+ can be reached again/);
  assert.match(
    story.person('anna').handset.inbox.at(-1)?.text ?? '',
    new RegExp(story.person('carl').number),
  );
  story.orders('anna', { notifyMe: 'always' });
  callsBoth();
  story.reads('anna', /can be reached again/, /can be reached again/);
  story.over();
});

test('K2 where the operator has it so, B need not be subscribed, nor be known at all', async () => {
  const story = await Story.begin({
    people: {
      anna: { ...watches, subscribed: false },
      carl: {},
      ben: { subscribed: false },
      // Somebody who wants to hear of others, and not of calls.
      dora: { subscribed: false, notifyMe: 'always', preferences: { returnPrivacy: 'nobody' } },
    },
    service: (service) => ({ ...service, policy: { ...service.policy, watchesStrangers: true } }),
  });
  for (const name of ['ben', 'dora']) {
    story.switchesOff(name);
    story.calls('anna', name);
    story.calls('carl', name);
  }
  story.until('21:30');
  for (const name of ['ben', 'dora']) story.returns(name);
  story.reads('anna', '{ben} can be reached again. You called at 21:00.');
  // A line that is engaged is no absence.
  story.calls('anna', 'ben', 'busy');
  story.over();
});

test('K3 ordered without a call, by keyword and by menu', async () => {
  const story = await Story.begin({ people: { anna: {}, ben: {}, carl: {} } });
  story.switchesOff('ben');
  story.switchesOff('carl');
  story.texts('anna', `notify +${story.person('ben').number}`);
  story.reads('anna', 'We will tell you when {ben} can be reached.');
  let answer = '';
  story.plant.network.dial(
    story.person('anna'),
    `*123*2*+${story.person('carl').number}#`,
    () => undefined,
    ({ pages }) => {
      answer = pages.at(-1) ?? '';
    },
  );
  story.plant.run(3_000);
  assert.equal(answer, `We will tell you when +${story.person('carl').number} can be reached.`);
  story.until('21:30');
  story.returns('ben');
  story.reads('anna', '{ben} can be reached now. You asked us to tell you at 21:00.');
  story.returns('carl');
  story.reads('anna', '{carl} can be reached now. You asked us to tell you at 21:00.');
  story.over();
});

test('K4 A is told why the call failed, and B that A tried', async () => {
  const story = await Story.begin({
    people: { anna: watches, ben: {}, carl: {} },
    classes: [{ calleeAway: true }],
  });
  story.losesCoverage('ben');
  story.calls('anna', 'ben');
  story.reads('anna', '{ben} could not be reached when you called at 21:00.');
  story.calls('anna', 'ben');
  story.calls('carl', 'ben');
  story.reads('anna');
  story.reads('carl');
  story.returns('ben');
  story.reads(
    'ben',
    'You missed 3 calls while your phone was off or out of coverage:\n{anna} 2 calls, the last at 21:00\n{carl} at 21:00',
  );
  story.reads('anna', '{ben} can be reached again. You called at 21:00.');
  story.over();
});

test('K4 busy, no answer, barred calls, trouble of the network: each told once, to who has ordered it', async () => {
  const story = await Story.begin({
    people: {
      anna: {
        ...watches,
        withheld: true,
        preferences: { ownCallCauses: ['busy', 'no-answer', 'barred', 'network'] },
      },
      carl: watches,
      ben: {},
    },
    classes: [{ causesForCallers: ['busy', 'no-answer', 'barred', 'network'] }],
  });
  for (const [ending, cause, text] of [
    ['busy', undefined, '{ben} was on another call when you called at 21:00.'],
    ['no-answer', undefined, '{ben} did not answer when you called at 21:00.'],
    ['busy', 55, '{ben} takes no calls. You called at 21:00.'],
    ['busy', 42, 'The network did not put your call to {ben} through at 21:01. Please try again.'],
  ] as const) {
    const details = cause === undefined ? {} : { cause };
    story.calls('anna', 'ben', ending, details);
    story.reads('anna', text);
    story.calls('anna', 'ben', ending, details);
    story.calls('carl', 'ben', ending, details);
    story.reads('anna');
    story.reads('carl');
    // What the network is to blame for is no missed call.
    story.reads('ben', ...(cause === 42 ? [] : [/^You missed a call from \+/]));
  }
  // Half of a number that is withheld is no news to its owner; what A sleeps through is of no use later.
  story.prefers('anna', { ownCallCauses: ['busy'], quietHours: { fromMinute: 1290, toMinute: 420 } });
  story.until('22:30');
  story.calls('anna', 'ben');
  story.until('2026-06-02 07:30');
  story.reads('anna');
  story.calls('anna', 'ben');
  story.reads('anna', '{ben} was on another call when you called at 07:30.');
  story.over();
});

test('K6 B’s own words, an absence text or a new number, for who calls in vain', async () => {
  const story = await Story.begin({
    people: { anna: watches, ben: { preferences: { returnPrivacy: 'nobody' } } },
    classes: [{ calleeAway: true }],
  });
  story.switchesOff('ben');
  story.calls('anna', 'ben');
  story.reads('anna');
  story.returns('ben');
  story.reads('ben', /^You missed a call/);
  story.prefers('ben', { returnPrivacy: 'nobody', ownMessage: 'Back on Monday. My new number: +49 151 99' });
  story.switchesOff('ben');
  story.until('21:10');
  story.calls('anna', 'ben');
  story.reads(
    'anna',
    '{ben} could not be reached when you called at 21:10.\nMessage: Back on Monday. My new number: +49 151 99',
  );
  story.returns('ben');
  story.reads('ben', /^You missed a call/);
  story.over();
});

test('K7 both have a service on one call: the operator says whose goes first', async () => {
  const story = await Story.begin({
    people: {
      anna: watches,
      ben: { preferences: { serviceClass: 'called' } },
      carl: { preferences: { serviceClass: 'caller' } },
      dora: { preferences: { serviceClass: 'both' } },
    },
    classes: [
      { name: 'called', precedence: 'called' },
      { name: 'caller', precedence: 'caller' },
      { name: 'both', precedence: 'both' },
    ],
  });
  for (const name of ['ben', 'carl', 'dora']) {
    story.switchesOff(name);
    story.calls('anna', name);
    story.returns(name);
  }
  story.reads('ben', /^You missed a call/);
  story.reads('carl');
  story.reads('dora', /^You missed a call/);
  story.reads(
    'anna',
    '{carl} can be reached again. You called at 21:00.',
    '{dora} can be reached again. You called at 21:00.',
  );
  story.over();
});
