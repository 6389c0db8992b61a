import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { breakerTable } from '../../src/connector/breaker-fsm.ts';
import { checkTable } from '../types/fsm-check.ts';
import { accepted, at, ConnectorPlant, fault, refused } from './connector-plant.ts';

test('the table of the breaker', (t) => checkTable(t, breakerTable));

describe('a connector', () => {
  test('ends what is accepted, delivered and refused as the far side says', () => {
    const plant = new ConnectorPlant((item) =>
      at(10, item === 'a' ? accepted : item === 'b' ? { kind: 'delivered', detail: '' } : refused),
    );
    for (const item of ['a', 'b', 'c']) assert(plant.offer(item));
    plant.advance(10);
    assert.deepEqual(
      ['a', 'b', 'c'].map((item) => plant.result(item)),
      ['accepted', 'delivered', 'permanent'],
    );
    assert.equal(plant.counters.get('connector.test.ended.permanent'), 1);
  });

  test('has no more under way than its window, and refuses what is beyond its queue', () => {
    const plant = new ConnectorPlant(() => undefined, { window: 2, waitingMax: 3 });
    const taken = ['a', 'b', 'c', 'd', 'e', 'f'].map((item) => plant.offer(item));
    assert.deepEqual(taken, [true, true, true, true, true, false]);
    const { underWay, waiting, ready } = plant.connector.status;
    assert.deepEqual([underWay, waiting, ready.ordinary], [2, 3, 3]);
    assert.equal(plant.counters.get('connector.test.not-taken'), 1);
    assert.equal(plant.result('f'), 'in hand', 'what was refused has no end');
  });

  test('N12 an item with a shorter life than others ends when that is over, unless it is under way', () => {
    const plant = new ConnectorPlant(() => at(1_500, fault('timeout', true)), { window: 1 });
    for (const item of ['a', 'b', 'c'])
      plant.connector.offer({
        key: item,
        priority: 'ordinary',
        item,
        ...(item === 'c' ? {} : { lifeMs: 1_000 }),
      });
    plant.advance(1_000);
    assert.deepEqual(
      ['a', 'b', 'c'].map((item) => plant.result(item)),
      ['in hand', 'temporary', 'in hand'],
    );
    plant.advance(500);
    assert.equal(plant.result('a'), 'temporary, uncertain');
  });

  test('keeps to its rate', () => {
    const plant = new ConnectorPlant(() => at(1), { perSecond: 2 });
    for (const item of ['a', 'b', 'c', 'd']) plant.offer(item);
    plant.advance(10_000);
    assert.deepEqual(
      plant.sent.map(({ atMs }) => atMs),
      [0, 500, 1_000, 1_500],
    );
  });

  test('tries again after a fault, later and later, and gives up after its tries', () => {
    const plant = new ConnectorPlant(() => at(1, fault('refused-for-now')), { triesMax: 3 });
    plant.offer('a');
    plant.advance(1_000_000);
    assert.equal(plant.sent.length, 3);
    const [first, second, third] = plant.sent.map(({ atMs }) => atMs);
    assert(second! - first! <= 30_001 && third! - second! <= 60_001);
    assert.equal(plant.result('a'), 'temporary');
    assert.equal(plant.ends.get('a')?.detail, 'refused-for-now: as the script says');
    assert.equal(plant.connector.status.breaker, 'closed', 'one item’s refusal says nothing of the way');
  });

  test('what is too old ends, though nothing was sent', () => {
    const plant = new ConnectorPlant(() => undefined, { window: 1, sendMs: 1_000_000, ageMaxMs: 60_000 });
    plant.offer('under way');
    plant.offer('waits');
    plant.advance(60_000);
    assert.equal(plant.result('waits'), 'temporary');
    assert.equal(plant.result('under way'), 'in hand', 'its answer may still come');
    plant.advance(1_000_000);
    assert.equal(plant.result('under way'), 'temporary, uncertain');
  });

  test('a send without answer is given up, a late answer or a second one is no news, and its end is uncertain', () => {
    const plant = new ConnectorPlant((item) => (item === 'a' ? undefined : at(1)), { triesMax: 1 });
    plant.offer('a');
    plant.offer('b');
    plant.advance(4_999);
    assert.equal(plant.result('a'), 'in hand');
    plant.advance(1);
    assert.equal(plant.result('a'), 'temporary, uncertain');
    assert.equal(plant.underWay.size, 0, 'the sender was told to give it up');
    plant.answers.get('a')!(accepted);
    plant.answers.get('b')!(accepted);
    assert.equal(plant.counters.get('connector.test.answer-late'), 2);
    assert.equal(plant.connector.status.ended.accepted, 1);
  });

  test('answers that come at once, however many', () => {
    const plant = new ConnectorPlant(() => at(0), { perSecond: 1_000_000, waitingMax: 50_001, window: 1 });
    plant.offer('a');
    for (let item = 0; item < 50_000; item++) plant.offer(`${item}`);
    plant.advance(1_000);
    assert.equal(plant.connector.status.ended.accepted, 50_001);
    // All wait behind a breaker, and go in one turn when it closes.
    const down = new ConnectorPlant((_item, tries) => at(0, tries === 1 ? fault('unreachable') : accepted), {
      ...{ perSecond: 1_000_000, waitingMax: 50_000, triesMax: 9 },
      breaker: { failuresMax: 1, openMs: 10, openMaxMs: 10 },
    });
    for (let item = 0; item < 50_000; item++) down.offer(`${item}`);
    down.advance(3_600_000);
    assert.equal(down.connector.status.ended.accepted, 50_000);
  });

  test('a try that may have arrived is counted when it is repeated, and is settled by an acceptance alone', () => {
    const lost = fault('unreachable', true);
    const plant = new ConnectorPlant((item, tries) =>
      at(1, tries === 1 ? lost : item === 'a' ? accepted : refused),
    );
    plant.offer('a');
    plant.offer('b');
    plant.advance(10_000);
    assert.equal(plant.counters.get('connector.test.sent-again'), 2);
    assert.equal(plant.result('a'), 'accepted');
    assert.equal(plant.result('b'), 'permanent, uncertain');
  });

  test('throttling halves the rate once for all answers that were on their way, and it comes back step by step', () => {
    const plant = new ConnectorPlant(() => at(5, fault('throttled')), { triesMax: 8 });
    for (const item of ['a', 'b', 'c', 'd']) plant.offer(item);
    const perSecond = (): number => plant.connector.status.perSecond;
    plant.advance(5);
    assert.equal(perSecond(), 50);
    plant.advance(4_999);
    assert(perSecond() < 50, 'it goes on down');
    plant.advance(600_000);
    assert.equal(perSecond(), 100, 'nobody has said for long that it is too much');
  });

  test('throttling without end: slow, and not nothing', () => {
    const plant = new ConnectorPlant(() => at(5, fault('throttled')), { triesMax: 1, waitingMax: 10_000 });
    for (let item = 0; item < 1_000; item++) plant.offer(`${item}`);
    plant.advance(60_000);
    const { perSecond } = plant.connector.status;
    assert(perSecond >= 1 && perSecond < 12, `${perSecond}`);
    const last = plant.sent.filter(({ atMs }) => atMs > 30_000).length;
    assert(last >= 30 && last < 360, `${last} in half a minute`);
  });

  test('a Retry-After holds all sends, within reason', () => {
    const plant = new ConnectorPlant((item) =>
      at(1, item === 'slow' ? fault('throttled', false, 10_000) : accepted),
    );
    plant.offer('slow');
    plant.advance(1);
    plant.offer('next');
    plant.advance(9_999);
    assert.deepEqual(plant.items, ['slow']);
    plant.advance(2);
    assert.equal(plant.result('next'), 'accepted');
    const hostile = new ConnectorPlant((item) =>
      at(1, item === 'slow' ? fault('throttled', false, Number.MAX_SAFE_INTEGER) : accepted),
    );
    hostile.offer('slow');
    hostile.advance(1);
    hostile.offer('next');
    hostile.advance(300_100);
    assert.equal(hostile.result('next'), 'accepted');
  });
});

describe('RFC 5321 §4.5.4.1 the breaker', () => {
  test('opens after failures in a row, asks with one send, and closes when it goes well', () => {
    let isThere = false;
    const plant = new ConnectorPlant(() => at(1, isThere ? accepted : fault('unreachable')), {
      triesMax: 50,
      window: 4,
      breaker: { failuresMax: 3, openMs: 1_000, openMaxMs: 4_000 },
    });
    for (let item = 0; item < 10; item++) plant.offer(`${item}`);
    plant.advance(1);
    assert.equal(plant.connector.status.breaker, 'open');
    assert.equal(plant.sent.length, 6, 'the window, and one for each failure that left it closed');
    plant.advance(1_000);
    assert.equal(plant.sent.length, 7, 'one finds out');
    plant.advance(1_998);
    assert.equal(plant.sent.length, 7, 'the pause has doubled');
    plant.advance(20_000);
    const inVain = plant.sent.length - 7;
    assert(inVain >= 4 && inVain <= 6, `${inVain} in 20 s, four seconds apart at most`);
    isThere = true;
    plant.advance(60_000);
    assert.equal(plant.connector.status.breaker, 'closed');
    for (let item = 0; item < 10; item++) assert.equal(plant.result(`${item}`), 'accepted');
  });

  test('sends that were begun before say nothing of what is now', () => {
    // Two are slow to fail: their failures come when the way is half open, and again when it is closed.
    const plant = new ConnectorPlant(
      (item, tries) => {
        if (item.startsWith('slow')) return at(item === 'slow 1' ? 1_050 : 3_000, fault('timeout'));
        return at(item === 'fast' && tries > 1 ? 200 : 1, tries === 1 ? fault('unreachable') : accepted);
      },
      { breaker: { failuresMax: 1, openMs: 1_000, openMaxMs: 8_000 }, triesMax: 9 },
    );
    for (const item of ['slow 1', 'slow 2', 'fast']) plant.offer(item);
    plant.advance(1);
    assert.equal(plant.connector.status.breaker, 'open');
    plant.advance(1_100);
    assert.notEqual(plant.connector.status.breaker, 'open');
    plant.advance(1_000);
    assert.notEqual(plant.connector.status.breaker, 'open');
  });

  test('what a far side says of one item or of our speed does not open it', () => {
    for (const kind of ['refused-for-now', 'throttled'] as const) {
      const plant = new ConnectorPlant(() => at(1, fault(kind)), { triesMax: 100 });
      for (let item = 0; item < 20; item++) plant.offer(`${item}`);
      plant.advance(60_000);
      assert.equal(plant.connector.status.breaker, 'closed', kind);
    }
  });

  test('what waits behind an open one ends when it is too old', () => {
    const plant = new ConnectorPlant(() => at(1, fault('unreachable')), {
      ageMaxMs: 30_000,
      triesMax: 1_000,
    });
    for (let item = 0; item < 20; item++) plant.offer(`${item}`);
    plant.advance(30_000 + 1);
    assert.equal(plant.ends.size, 20);
    for (const { result } of plant.ends.values()) assert.equal(result, 'temporary');
  });
});

describe('lanes', () => {
  test('N12 much that can wait holds up nothing urgent, nor the other way for ever', () => {
    const plant = new ConnectorPlant(() => at(10), { window: 1, waitingMax: 100 });
    plant.offer('first');
    for (let item = 0; item < 40; item++) plant.offer(`bulk ${item}`, 'bulk');
    for (let item = 0; item < 40; item++) plant.offer(`urgent ${item}`, 'urgent');
    plant.advance(10_000);
    const place = (item: string): number => plant.items.indexOf(item);
    assert(place('urgent 0') <= 2);
    assert(place('urgent 39') < 45, 'urgent ones have 12 turns of 13');
    assert(place('bulk 0') <= 14 && place('bulk 2') < 45, 'bulk has one of 13');
    const bulk = plant.items.filter((item) => item.startsWith('bulk'));
    assert.deepEqual(
      bulk,
      Array.from({ length: 40 }, (_, item) => `bulk ${item}`),
      'in their order',
    );
  });
});

describe('N3 items with one key', () => {
  test('a newer one takes the place of the one that waits', () => {
    const plant = new ConnectorPlant(() => at(10), { window: 1, waitingMax: 3 });
    plant.offer('under way');
    plant.offer('old', 'ordinary', 'B');
    plant.offer('other');
    plant.offer('third');
    assert.equal(plant.offer('no room'), false);
    assert(plant.offer('new', 'ordinary', 'B'), 'it needs no room of its own');
    plant.advance(100);
    assert.equal(plant.result('old'), 'withdrawn');
    assert.deepEqual(plant.items, ['under way', 'new', 'other', 'third']);
  });

  test('a newer one waits for the one that is under way, and follows it', () => {
    const plant = new ConnectorPlant(() => at(10));
    plant.offer('first', 'ordinary', 'B');
    plant.offer('second', 'ordinary', 'B');
    plant.offer('third', 'ordinary', 'B');
    plant.advance(9);
    assert.deepEqual(plant.items, ['first']);
    plant.advance(11);
    assert.deepEqual(plant.items, ['first', 'third']);
    assert.deepEqual(
      ['first', 'second', 'third'].map((item) => plant.result(item)),
      ['accepted', 'withdrawn', 'accepted'],
    );
  });

  test('one that failed is not tried again when a newer one waits, which waits in its stead', () => {
    const plant = new ConnectorPlant((item) => at(10, item === 'first' ? fault('timeout', true) : accepted));
    plant.offer('first', 'ordinary', 'B');
    plant.advance(5);
    plant.offer('second', 'ordinary', 'B');
    plant.advance(5);
    assert.equal(plant.result('first'), 'withdrawn, uncertain');
    plant.offer('third', 'ordinary', 'B');
    assert.deepEqual(plant.items, ['first'], 'the pause after the failure holds for whoever takes its place');
    plant.advance(2_100);
    assert.deepEqual(plant.items, ['first', 'third']);
    assert.equal(plant.result('second'), 'withdrawn');
  });

  test('what waits can be taken back, what is under way cannot', () => {
    const plant = new ConnectorPlant(() => at(10), { window: 1 });
    plant.offer('a');
    plant.offer('b');
    assert.equal(plant.connector.cancel('a'), false);
    assert.equal(plant.connector.cancel('b'), true);
    assert.equal(plant.connector.cancel('b'), false);
    assert.equal(plant.connector.cancel('nobody'), false);
    plant.advance(100);
    assert.deepEqual(plant.items, ['a']);
    assert.equal(plant.result('b'), 'withdrawn');
  });
});

describe('the end of a connector', () => {
  test('drained: nothing is taken any more, and what is in hand ends', () => {
    const plant = new ConnectorPlant(() => at(10), { window: 1 });
    plant.offer('a');
    plant.offer('b');
    plant.connector.drain();
    assert.equal(plant.offer('c'), false);
    assert.equal(plant.connector.drained, false);
    plant.advance(20);
    assert.equal(plant.connector.drained, true);
    assert.equal(plant.result('b'), 'accepted');
  });

  test('stopped: what waits ends as temporary, what is under way as uncertain, and no timer is left', () => {
    const plant = new ConnectorPlant(
      (item) => (item === 'fails' ? at(1, fault('refused-for-now')) : undefined),
      { window: 2, perSecond: 100 },
    );
    for (const item of ['fails', 'under way', 'waits', 'waits too']) plant.offer(item);
    plant.advance(100);
    plant.connector.stop();
    assert.deepEqual(
      ['fails', 'under way', 'waits', 'waits too'].map((item) => plant.result(item)),
      ['temporary', 'temporary, uncertain', 'temporary, uncertain', 'temporary'],
    );
    assert(plant.connector.drained);
    assert.equal(plant.timers.nextDeadlineMs(), Number.POSITIVE_INFINITY);
  });
});

describe('N8 what is taken back for another', () => {
  test('the one in its place is as old, has its tries, and goes when that one would have gone', () => {
    const plant = new ConnectorPlant(() => at(1, fault('refused-for-now')), {
      triesMax: 3,
      ageMaxMs: 900_000,
    });
    plant.offer('a', 'ordinary', 'key');
    plant.advance(10);
    assert.ok(plant.connector.isRecallable('key'));
    const after = plant.connector.recall('key');
    assert.equal(plant.result('a'), 'withdrawn');
    assert.equal(after?.tries, 1);
    assert.ok(after.retryAtMs > plant.timers.now());
    assert.ok(plant.connector.offer({ key: 'key', priority: 'ordinary', item: 'b', after }));
    assert.deepEqual(
      plant.sent.map(({ item }) => item),
      ['a'],
      'not at once',
    );
    plant.advance(900_000);
    const [, second] = plant.sent;
    assert.equal(second?.item, 'b');
    assert.equal(second.atMs, after.retryAtMs);
    assert.equal(plant.result('b'), 'temporary');
    assert.ok(plant.sent.filter(({ item }) => item === 'b').length <= 2, 'three tries of the two together');
    assert.ok(plant.connector.status.oldestMs === 0);
  });

  test('what is under way, may have arrived, or is not there is not taken back', () => {
    const plant = new ConnectorPlant((item) => (item === 'lost' ? at(1, fault('timeout', true)) : undefined));
    plant.offer('lost');
    plant.offer('under way');
    plant.advance(100);
    for (const key of ['lost', 'under way', 'nothing']) {
      assert.ok(!plant.connector.isRecallable(key), key);
      assert.equal(plant.connector.recall(key), undefined, key);
    }
  });

  test('one that takes the place of others again and again ends at the age of the first', () => {
    const plant = new ConnectorPlant(() => at(1, fault('refused-for-now')), {
      triesMax: 1_000,
      ageMaxMs: 60_000,
    });
    let item = 0;
    plant.offer(`${item}`, 'ordinary', 'key');
    for (; plant.timers.now() < 120_000 && plant.result(`${item}`) !== 'temporary'; ) {
      plant.advance(1_000);
      const after = plant.connector.recall('key');
      if (after !== undefined)
        plant.connector.offer({ key: 'key', priority: 'ordinary', item: `${++item}`, after });
    }
    assert.equal(plant.result(`${item}`), 'temporary');
    assert.ok(plant.timers.now() <= 61_000, `at ${plant.timers.now()} ms`);
  });
});
