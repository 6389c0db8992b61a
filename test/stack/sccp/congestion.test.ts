import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrives, gt, kinds, management, managementOf, plant, ssnAt } from './plant.ts';

const MTP = 'congestion';

/** How many of 8 messages of each importance (absent: none named) are sent to node 2. */
function passing({ one, request, network }: ReturnType<typeof plant>): number[] {
  return [0, 1, 2, 3, undefined, 5, 6].map((importance) => {
    network.take();
    for (let count = 0; count < 8; count++)
      one.unitdata(request({ returnOption: false, ...(importance === undefined ? {} : { importance }) }));
    return network.take().length;
  });
}

/** MTP-STATUS so often, each after T(a). */
function repeated({ one, timers }: ReturnType<typeof plant>, times: number): void {
  for (let count = 0; count < times; count++) {
    one.onStatus(2, MTP, 1);
    timers.advance(timers.now() + 500);
  }
}

test('ITU-T Q.714 §5.2.4: MTP-STATUS that goes on restricts more and more of what has little importance', () => {
  const planted = plant();
  const seen: number[][] = [];
  for (let step = 0; step <= 20; step++) {
    seen.push(passing(planted));
    repeated(planted, 1);
  }
  assert.deepEqual(seen[0], [8, 8, 8, 8, 8, 8, 8]);
  assert.deepEqual(seen[1], [6, 8, 8, 8, 8, 8, 8]);
  assert.deepEqual(seen[2], [4, 8, 8, 8, 8, 8, 8]);
  assert.deepEqual(seen[3], [2, 8, 8, 8, 8, 8, 8]);
  assert.deepEqual(seen[4], [0, 8, 8, 8, 8, 8, 8]);
  assert.deepEqual(seen[5], [0, 6, 8, 8, 8, 8, 8]);
  assert.deepEqual(seen[18], [0, 0, 0, 0, 4, 8, 8]);
  assert.deepEqual(seen[20], [0, 0, 0, 0, 0, 8, 8]);
});

test('ITU-T Q.714 §5.2.4: MTP-STATUS within T(a) does not count; T(d) takes the restriction back step by step', () => {
  const planted = plant();
  const { one, scf, timers } = planted;
  for (let count = 0; count < 10; count++) one.onStatus(2, MTP, 1);
  assert.equal(passing(planted)[0], 6);
  timers.advance(timers.now() + 500);
  repeated(planted, 5);
  assert.deepEqual(passing(planted).slice(0, 3), [0, 4, 8]);
  timers.advance(timers.now() + 8_000);
  assert.deepEqual(passing(planted).slice(0, 3), [0, 6, 8]);
  timers.advance(timers.now() + 5 * 8_000);
  assert.deepEqual(passing(planted), [8, 8, 8, 8, 8, 8, 8]);
  assert.deepEqual(scf.states, ['2 congested 1', '2 uncongested 0']);
  assert.deepEqual(one.snapshot().congested, []);
});

test('ITU-T Q.714 §2.6.3: what is restricted is returned with network congestion, or dropped and counted', () => {
  const { one, scf, run, request, counters, network } = plant();
  one.onStatus(2, MTP, 3);
  one.unitdata(request({ data: new Uint8Array(900) }));
  one.unitdata(request({ returnOption: false }));
  one.unitdata(request({ importance: 6 }));
  run();
  assert.deepEqual(scf.causes, ['network-congestion']);
  assert.equal(scf.notices[0]?.data.length, 900);
  assert.equal(counters.get('sccp.refused.network-congestion'), 2);
  assert.equal(network.sent.length, 1);
});

test('ITU-T Q.714 §2.6.3: a node in between returns what it may not pass on; service messages yield first', () => {
  const { nine, one, scf, run, request, network, counters } = plant({
    9: {
      translation: [
        { digits: '*', targets: [{ pointCode: 2, routing: 'ssn' }] },
        { digits: '4911*', targets: [{ pointCode: 1, routing: 'gt' }] },
      ],
    },
  });
  nine.onStatus(2, MTP, 3);
  one.unitdata(request({ called: gt('4992', 6) }));
  run();
  assert.deepEqual(scf.causes, ['network-congestion']);
  const service = { kind: 'UDTS', returnCause: 1, called: gt('4992', 6), calling: ssnAt(1, 147) } as const;
  arrives(nine, { ...service, data: Uint8Array.from([1]) });
  assert.equal(counters.get('sccp.service-dropped.network-congestion'), 1);
  nine.onStatus(1, MTP, 2);
  network.take();
  one.unitdata(request({ called: gt('4992', 6) }));
  run();
  assert.equal(counters.get('sccp.service-dropped.not-sent'), 1);
});

test('the level of a network that has levels restricts at once, a lower one less; level 0 says that it has ended', () => {
  const planted = plant();
  const { one, scf } = planted;
  one.onStatus(2, MTP, 2);
  assert.deepEqual(passing(planted), [0, 0, 0, 0, 8, 8, 8]);
  one.onStatus(2, MTP, 3);
  assert.deepEqual(passing(planted), [0, 0, 0, 0, 0, 0, 8]);
  one.onStatus(2, MTP, 1);
  assert.deepEqual(passing(planted), [0, 0, 8, 8, 8, 8, 8]);
  one.onStatus(2, MTP, 0);
  assert.deepEqual(passing(planted), [8, 8, 8, 8, 8, 8, 8]);
  assert.deepEqual(scf.states, ['2 congested 4', '2 congested 6', '2 congested 2', '2 uncongested 0']);
});

test('ITU-T Q.714 §5.2.3: MTP-PAUSE and MTP-RESUME forget the congestion of a node', () => {
  for (const end of ['onPause', 'onResume'] as const) {
    const planted = plant();
    planted.one.onStatus(2, MTP, 3);
    planted.one[end](2);
    planted.one.onResume(2);
    assert.deepEqual(passing(planted), [8, 8, 8, 8, 8, 8, 8]);
    assert.equal(planted.timers.pending, 0);
  }
});

test('ITU-T Q.714 §5.2.8: SSC restricts what is less important than its level; T(con) takes one level back after another', () => {
  const planted = plant();
  const { one, scf, timers } = planted;
  management(one, 'SSC', 1, 2, 2, 6);
  assert.deepEqual(passing(planted), [0, 0, 0, 0, 0, 0, 8]);
  // A lower level is not believed before T(con).
  management(one, 'SSC', 1, 2, 2, 2);
  assert.deepEqual(passing(planted), [0, 0, 0, 0, 0, 0, 8]);
  timers.advance(timers.now() + 8_000);
  assert.deepEqual(passing(planted), [0, 0, 0, 0, 0, 8, 8]);
  timers.advance(timers.now() + 5 * 8_000);
  assert.deepEqual(passing(planted), [8, 8, 8, 8, 8, 8, 8]);
  assert.equal(scf.states.at(-1), '2 uncongested 0');
  management(one, 'SSC', 1, 1, 2, 6);
  assert.deepEqual(one.snapshot().congested, []);
});

test('ITU-T Q.714 §5.2.8: while we are congested SSC answers the first message of a node and each eighth after it', () => {
  const { two, network } = plant();
  const message = { kind: 'UDT', protocolClass: 0, returnOption: false, called: ssnAt(2, 6) } as const;
  const some = (count: number, opc: number) => {
    const whole = {
      ...message,
      called: { routing: 'ssn', ssn: 6 },
      calling: ssnAt(opc, 8),
      data: Uint8Array.from([1]),
    } as const;
    for (let index = 0; index < count; index++) arrives(two, whole, opc);
    return managementOf(network.take());
  };
  assert.deepEqual(some(3, 1), []);
  two.setCongestionLevel(5);
  assert.deepEqual(some(1, 1), ['SSC 2/1 level 5 to 1']);
  assert.deepEqual(some(7, 1), []);
  assert.deepEqual(some(1, 1), ['SSC 2/1 level 5 to 1']);
  assert.deepEqual(some(1, 9), ['SSC 2/1 level 5 to 9']);
  two.setCongestionLevel(0);
  assert.deepEqual(some(20, 1), []);
  two.setCongestionLevel(2);
  assert.deepEqual(some(1, 1), ['SSC 2/1 level 2 to 1']);
});

test('ITU-T Q.714 §5.2.8: a reassembly table that is nearly full is congestion', () => {
  const { two, network, timers } = plant({ 2: { reassembliesMax: 4 } });
  const first = (localReference: number) =>
    arrives(two, {
      kind: 'XUDT',
      protocolClass: 1,
      returnOption: false,
      hopCounter: 9,
      called: { routing: 'ssn', ssn: 6 },
      calling: ssnAt(1, 8),
      segmentation: { first: true, originalClass: 0, remaining: 3, localReference },
      data: new Uint8Array(100),
    });
  for (let reference = 0; reference < 4; reference++) first(reference);
  assert.deepEqual(managementOf(network.take()), ['SSC 2/1 level 4 to 1']);
  timers.advance(timers.now() + 20_000);
  first(9);
  assert.deepEqual(managementOf(network.take()), []);
});

test('congested nodes are bounded in number: more are not restricted, and counted', () => {
  const { one, counters } = plant();
  for (let pointCode = 0; pointCode < 1030; pointCode++) one.onStatus(100 + pointCode, MTP, 1);
  assert.equal(one.snapshot().congested.length, 1024);
  assert.equal(counters.get('sccp.management.congested-full'), 6);
});

test('ITU-T Q.714 §2.6.2: importance above 6 is not for users; MTP priority follows from it where the network has priorities', () => {
  const { one, request, network } = plant({ 1: { messagePriorities: true } });
  for (const importance of [0, 1, 3, undefined, 7])
    one.unitdata(request(importance === undefined ? {} : { importance }));
  assert.deepEqual(
    network.take().map(({ mp }) => mp),
    [0, 0, 1, 2, 3],
  );
  const { one: other, request: ask, network: without, hlr, run } = plant();
  other.unitdata(ask({ importance: 7 }));
  assert.deepEqual(
    without.sent.map(({ mp }) => mp),
    [0],
  );
  run();
  assert.equal(hlr.unitdata[0]?.importance, 6);
});

test('importance that is not said in a message decides what a congested way ahead takes, and its priority', () => {
  const { one, scf, run, request, network } = plant({ 1: { messagePriorities: true } });
  one.onStatus(2, MTP, 3);
  one.unitdata(request({ unsaidImportance: 6 }));
  one.unitdata(request({ unsaidImportance: 5 }));
  run();
  assert.deepEqual(
    network.sent.map(({ mp }) => mp),
    [3],
  );
  assert.deepEqual(scf.causes, ['network-congestion']);
  const [message] = kinds(network.sent);
  assert.equal(message?.kind, 'UDT');
});
