/** Two ends over a network that loses, repeats and holds back messages, with users that do at random what users may do. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { natureOfConnectionIndicators } from '../../../src/stack/isup/call-indicators.ts';
import { eventInformation } from '../../../src/stack/isup/indicators.ts';
import { Isup } from '../../../src/stack/isup/isup.ts';
import { encodeMessage } from '../../../src/stack/isup/message.ts';
import type { Call, CallUser, IsupUser } from '../../../src/stack/isup/service.ts';
import { encodeData } from '../../../src/stack/m3ua/data.ts';
import type { MtpService, MtpTransfer, MtpUser } from '../../../src/stack/m3ua/mtp.ts';
import { CountersMap } from '../../../src/types/counters.ts';
import { silentLog } from '../../../src/types/log.ts';
import { type Random, randomBelow, randomFraction, SeededRandom } from '../../../src/types/random.ts';
import { TimingWheel } from '../../../src/types/timing-wheel.ts';
import { damage } from '../../support/damage.ts';
import { tsharkComplaints, tsharkMissing } from '../../support/tshark.ts';
import { iamOf } from './plant.ts';

class LossyMtp {
  readonly users = new Map<number, MtpUser>();
  readonly sent: Uint8Array[] = [];
  loss = 0.1;
  readonly #underWay = new Map<number, MtpTransfer>();
  readonly #random: Random;
  readonly #timers: TimingWheel;
  #sequence = 0;

  constructor(random: Random, timers: TimingWheel) {
    this.#random = random;
    this.#timers = timers;
  }

  node(pointCode: number): MtpService {
    return {
      bind: (_si, user) => void this.users.set(pointCode, user),
      transfer: (request) => {
        const transfer = { ...request, data: request.data.slice() };
        this.sent.push(transfer.data);
        if (this.sent.length > 500) this.sent.splice(0, 250);
        if (randomFraction(this.#random) < this.loss) return true;
        const copies = randomFraction(this.#random) < this.loss ? 2 : 1;
        for (let copy = 0; copy < copies; copy++) {
          this.#underWay.set(++this.#sequence, transfer);
          this.#timers.start(randomBelow(this.#random, 200), this, 0, this.#sequence);
        }
        return true;
      },
    };
  }

  onTimer(_kind: number, key: number): void {
    const transfer = this.#underWay.get(key)!;
    this.#underWay.delete(key);
    this.users.get(transfer.dpc)?.onTransfer({ ...transfer, data: transfer.data.slice() });
  }
}

class RandomUser implements IsupUser, CallUser {
  readonly open = new Set<Call>();
  readonly #random: Random;
  constructor(random: Random) {
    this.#random = random;
  }
  onSetup(call: Call): CallUser {
    assert.ok(!this.open.has(call));
    this.open.add(call);
    const choice = randomBelow(this.#random, 6);
    if (choice === 0) this.#release(call);
    else if (choice === 1) call.needDigits();
    else if (choice === 2) call.requestInformation({});
    else if (choice === 3) call.answer();
    return this;
  }
  onAddressComplete(call: Call): void {
    assert.ok(this.open.has(call));
  }
  onAnswer(call: Call): void {
    assert.ok(this.open.has(call));
  }
  onRelease(call: Call): void {
    assert.ok(call.ended);
    assert.ok(this.open.delete(call), 'told of the end twice, or of a call that it does not have');
  }
  /** Something with a call. */
  act(call: Call): void {
    const choice = randomBelow(this.#random, 9);
    if (choice === 0) this.#release(call);
    else if (choice === 1) call.addressComplete();
    else if (choice === 2) call.answer();
    else if (choice === 3) call.progress({ eventInformation: eventInformation.of({ event: 2 }) });
    else if (choice === 4) call.suspend();
    else if (choice === 5) call.resume();
    else if (choice === 6) call.sendDigits('123');
    else if (choice === 7) call.continuity(randomBelow(this.#random, 2) === 0);
    else call.send('USR', { userToUserInformation: Uint8Array.of(1) });
  }
  #release(call: Call): void {
    assert.ok(this.open.delete(call));
    assert.ok(call.release(16) || call.ended);
  }
}

function run(seed: number, damaging: boolean) {
  const random = new SeededRandom(seed);
  const timers = new TimingWheel();
  const mtp = new LossyMtp(random, timers);
  const counters = new CountersMap();
  const ends = [
    [1, 2],
    [2, 1],
  ].map(([own, peer]) => {
    const user = new RandomUser(random);
    const isup = new Isup({
      config: {
        pointCode: own!,
        groups: [{ name: 'trunk', pointCode: peer!, firstCic: 1, circuits: 40 }],
        earlyAddressComplete: seed % 2 === 0,
      },
      mtp: mtp.node(own!),
      timers,
      counters,
      log: silentLog,
      user,
    });
    return { isup, user, own: own! };
  });
  const any = <T>(list: readonly T[]): T => list[randomBelow(random, list.length)]!;
  for (let round = 0; round < 400; round++) {
    const { isup, user, own } = any(ends);
    const cics = [1 + randomBelow(random, 38), 1 + randomBelow(random, 38)];
    const choice = randomBelow(random, 40);
    if (choice < 12) {
      const continuityCheck = randomBelow(random, 4) === 0 ? 1 : 0;
      const iam = iamOf({
        natureOfConnectionIndicators: natureOfConnectionIndicators.of({ continuityCheck }),
      });
      const result = isup.setup({ group: 'trunk', iam, user });
      if (result.ok) user.open.add(result.call);
    } else if (choice < 32) {
      if (user.open.size > 0) user.act(any([...user.open]));
    } else if (choice === 32)
      isup.block('trunk', cics, randomBelow(random, 2) === 0 ? 'hardware' : 'maintenance');
    else if (choice === 33)
      isup.unblock('trunk', cics, randomBelow(random, 2) === 0 ? 'hardware' : 'maintenance');
    else if (choice === 34) isup.block('trunk', cics.slice(1));
    else if (choice === 35) isup.unblock('trunk', cics.slice(1));
    else if (choice === 36) isup.reset('trunk', cics);
    else if (choice === 37) isup.reset('trunk', [cics[0]!, cics[0]! + 1]);
    else if (choice === 38) isup.query('trunk');
    else isup.onStatus(3 - own, any(['congestion', 'user-inaccessible'] as const));
    if (damaging && mtp.sent.length > 0) {
      const data = damage(any(mtp.sent), random, [any(mtp.sent)]);
      mtp.users.get(own)!.onTransfer({ opc: 3 - own, dpc: own, si: 5, ni: 2, mp: 0, sls: 0, data });
    }
    timers.advance(timers.now() + randomBelow(random, 3000));
  }
  return { ends, timers, counters, mtp };
}

test('two ends over a network that loses, repeats and holds back: calls end once, and after resets all is idle', () => {
  for (let seed = 1; seed <= 25; seed++) {
    const { ends, timers, mtp } = run(seed, false);
    mtp.loss = 0;
    for (const { user } of ends)
      for (const call of user.open) if (randomBelow(new SeededRandom(seed), 2) === 0) call.release(16);
    // What the losses have left behind: both ends are put right by the procedures that there are for it.
    for (const { isup } of ends) {
      isup.unblock(
        'trunk',
        Array.from({ length: 40 }, (_, at) => at + 1),
      );
      isup.unblock(
        'trunk',
        Array.from({ length: 40 }, (_, at) => at + 1),
        'hardware',
      );
    }
    timers.advance(timers.now() + 20 * 60_000);
    for (const { isup } of ends) isup.reset('trunk');
    timers.advance(timers.now() + 20 * 60_000);
    for (const { isup, user } of ends) {
      const { incoming, outgoing, resetting, blocked, groupRequests } = isup.snapshot();
      assert.deepEqual(
        { incoming, outgoing, resetting, blocked, groupRequests },
        { incoming: 0, outgoing: 0, resetting: 0, blocked: 0, groupRequests: 0 },
        `seed ${seed}`,
      );
      for (const call of user.open) assert.ok(call.ended, `seed ${seed}`);
    }
    assert.equal(timers.pending, 0, `seed ${seed}`);
  }
});

test('tshark reads all that two ends say to each other', { skip: tsharkMissing() }, () => {
  const { mtp } = run(7, false);
  const messages = mtp.sent.map((data) => encodeData({ opc: 1, dpc: 2, si: 5, ni: 2, mp: 0, sls: 0, data }));
  assert.ok(messages.length > 100);
  assert.deepEqual(tsharkComplaints(messages, 3), []);
});

test('the same with damaged copies of what was sent: nothing throws, and no more is kept than there are circuits', () => {
  for (let seed = 101; seed <= 120; seed++) {
    const { ends, timers, counters } = run(seed, true);
    for (const { isup } of ends) {
      const { incoming, outgoing, circuits } = isup.snapshot();
      assert.ok(incoming + outgoing <= circuits);
    }
    assert.ok(timers.pending < 5000);
    assert.ok([...counters.values.keys()].some((name) => name.startsWith('isup.undecodable.')));
  }
});

test('30 000 damaged messages for a node with calls: nothing throws, and no circuit has two calls', () => {
  const random = new SeededRandom(3);
  const timers = new TimingWheel();
  const counters = new CountersMap();
  const user = new RandomUser(random);
  const isup = new Isup({
    config: { pointCode: 1, groups: [{ name: 'trunk', pointCode: 2, firstCic: 0, circuits: 64 }] },
    mtp: { bind: () => undefined, transfer: () => true },
    timers,
    counters,
    log: silentLog,
    user,
  });
  const iam = encodeMessage({ kind: 'IAM', cic: 3, parameters: iamOf() })!;
  const whole = [
    iam,
    ...[
      '01000601000029010000',
      '0300091200',
      '03000c0200028290',
      '030010',
      '010017010107',
      '0100180001020700ff',
      '010012',
      '010013',
      '02002c010139029a90009a0105',
    ].map((hex) => Uint8Array.from(Buffer.from(hex.padEnd(hex.length + (hex.length % 2), '0'), 'hex'))),
  ];
  for (let round = 0; round < 30_000; round++) {
    const data = damage(whole[round % whole.length]!, random, whole);
    if (data.length > 1) data[1]! &= 0xf0;
    isup.onTransfer({ opc: 2, dpc: 1, si: 5, ni: 2, mp: 0, sls: 0, data });
    if (round % 50 === 0) {
      const result = isup.setup({ group: 'trunk', iam: iamOf(), user });
      if (result.ok) user.open.add(result.call);
      for (const call of [...user.open].slice(0, 5)) user.act(call);
      timers.advance(timers.now() + 1000);
    }
    assert.ok(user.open.size <= 64);
  }
  assert.ok(counters.get('isup.received.IAM') > 1000);
});
