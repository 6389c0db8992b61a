import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Story } from '../story.ts';

const people = { anna: {}, ben: {}, carl: {} };

test('C5 the conditions that are ordered are told, each by itself, by subscriber and by class', async () => {
  const story = await Story.begin({
    people: {
      anna: {},
      ben: { preferences: { reasons: ['not-reachable'] } },
      carl: { preferences: { serviceClass: 'busy' } },
    },
    classes: [{ name: 'standard' }, { name: 'busy', reasons: ['busy', 'no-answer'] }],
  });
  const callsAll = (name: string): void => {
    story.calls('anna', name, 'busy');
    story.calls('anna', name, 'no-answer');
    story.calls('anna', name, 'abandoned');
    story.switchesOff(name);
    story.calls('anna', name);
    story.returns(name);
  };
  callsAll('ben');
  story.reads('ben', /Your phone was off or out of coverage\.$/);
  callsAll('carl');
  story.reads('carl', /You were on another call\.$/, /It rang unanswered\.$/);
  story.prefers('ben', { reasons: ['abandoned'] });
  callsAll('ben');
  story.reads('ben', /The caller hung up before you could answer\.$/);
  story.over();
});

test('C6 ITU-T Q.850 §2.2.5, §2.2.7 an attempt that a barring refuses is told as one', async () => {
  const story = await Story.begin({ people });
  // Facility rejected, requested facility not subscribed, incoming calls barred within CUG.
  for (const cause of [29, 50, 55]) {
    story.calls('anna', 'ben', 'busy', { cause });
    story.reads('ben', 'You missed a call from {anna} at 21:00. Incoming calls were barred.');
  }
  story.over();
});

test('C7 trouble of the network, a call that another phone took, and one that was answered are no missed calls', async () => {
  const story = await Story.begin({ people });
  // No circuit, out of order, temporary failure, congestion, unspecified; answered elsewhere; unallocated.
  for (const cause of [34, 38, 41, 42, 47, 26, 1]) story.calls('anna', 'ben', 'busy', { cause });
  // By B, or by B's mailbox.
  story.calls('anna', 'ben', 'answered');
  story.reads('ben');
  // B's own phone: rejected, busy.
  story.calls('anna', 'ben', 'busy', { cause: 21 });
  story.reads('ben', /You were on another call\.$/);
  story.over();
});

test('C8 one call that two exchanges report is one missed call, the next one another', async () => {
  const story = await Story.begin({ people });
  const reference = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
  story.switchesOff('ben');
  story.calls('anna', 'ben', 'busy', { reference });
  story.calls('anna', 'ben', 'busy', { reference });
  story.calls('anna', 'ben');
  story.returns('ben');
  story.reads(
    'ben',
    'You missed 2 calls from {anna}, the last at 21:00. Your phone was off or out of coverage.',
  );
  // Told already, and reported once more.
  story.calls('anna', 'ben', 'busy', { reference });
  story.over();
});

test('R4 emergency services, care, payphones and test calls are not told, by number and by category', async () => {
  const story = await Story.begin({
    people: {
      ...people,
      care: { number: '4918021234' },
      rescue: { number: '49112' },
      booth: { number: '4930555123' },
    },
    callers: { excluded: ['49112', '491802*', '4930555*'] },
    service: (service) => ({ ...service, cap: { ...service.cap, excludedCategories: [0x0d, 0x0f] } }),
  });
  for (const name of ['care', 'rescue', 'booth']) story.calls(name, 'ben');
  // Payphone, test call (ITU-T Q.763 §3.11).
  for (const category of [0x0f, 0x0d]) story.calls('anna', 'ben', 'busy', { category });
  assert.equal(story.count('cap.caller-category'), 2);
  story.reads('ben');
  // A subscriber with priority is a subscriber.
  story.calls('anna', 'ben', 'busy', { category: 0x0b });
  story.reads('ben', /^You missed a call from/);
  story.over();
});

test('R5 numbers in national form, ported, and short: one caller is one, and is shown as it is dialled', async () => {
  const story = await Story.begin({
    people: { ...people, ben: { preferences: { aggregation: 'per-caller' } }, taxi: { number: '22456' } },
    service: (service) => {
      const numbering = { ...service.cap.numbering, shortNumberDigitsMax: 5, routingPrefixes: ['d091'] };
      return { ...service, cap: { ...service.cap, numbering } };
    },
  });
  const [SUBSCRIBER, UNKNOWN, NATIONAL, INTERNATIONAL] = [1, 2, 3, 4];
  const national = story.person('anna').number.slice(2);
  const called = story.person('ben').number.slice(2);
  story.switchesOff('ben');
  for (const calling of [
    { nature: INTERNATIONAL, digits: `49${national}` },
    { nature: NATIONAL, digits: national },
    { nature: UNKNOWN, digits: `0${national}` },
    { nature: UNKNOWN, digits: `0049${national}` },
    { nature: NATIONAL, digits: `d091${national}` },
  ])
    story.calls('anna', 'ben', 'busy', { calling, called: { nature: NATIONAL, digits: `d091${called}` } });
  for (const nature of [NATIONAL, UNKNOWN, SUBSCRIBER])
    story.calls('taxi', 'ben', 'busy', { calling: { nature, digits: '22456' } });
  story.returns('ben');
  story.reads(
    'ben',
    {
      text: 'You missed 5 calls from {anna}, the last at 21:00. Your phone was off or out of coverage.',
      from: '{anna}',
    },
    {
      text: 'You missed 3 calls from 22456, the last at 21:00. Your phone was off or out of coverage.',
      from: '22456',
    },
  );
  story.over();
});

test('C9 B is abroad: the call is told, and ends at the GMSC; what is not told goes on to where it is forwarded', async () => {
  const story = await Story.begin({
    people: { ...people, carl: { preferences: { mailbox: 'instead' } } },
    service: (service) => ({ ...service, cap: { ...service.cap, roamingCalls: 'release' } }),
  });
  const released = (): number => story.plant.networkCounters.values.get('simulator.ssf.released') ?? 0;
  const abroad = { visitedVlr: '33689000001' };
  story.calls('anna', 'ben', 'busy', { visitedVlr: '491720000009' });
  assert.equal(released(), 0, 'at home');
  story.calls('anna', 'ben', 'busy', abroad);
  story.calls('anna', 'ben', 'no-answer', abroad);
  story.calls('anna', 'ben', 'busy', abroad);
  assert.equal(released(), 3);
  // A mailbox takes it, and it is not told.
  story.calls('anna', 'carl', 'busy', abroad);
  assert.equal(released(), 3);
  // Out of coverage there.
  story.losesCoverage('ben');
  story.calls('anna', 'ben', 'busy', abroad);
  assert.equal(released(), 4);
  story.returns('ben');
  story.reads(
    'ben',
    /on another call/,
    /on another call/,
    /It rang unanswered/,
    /on another call/,
    /out of coverage/,
  );
  story.over();
});
