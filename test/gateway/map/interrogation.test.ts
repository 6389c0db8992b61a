import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Interrogated, Interrogation } from '../../../src/gateway/map/interrogation.ts';
import { compile } from '../../../src/stack/asn1/index.ts';
import { decodeAddressString } from '../../../src/stack/map/address-string.ts';
import {
  AnyTimeInterrogationArg,
  AnyTimeInterrogationRes,
} from '../../../src/stack/map/operations/any-time-interrogation.ts';
import { VersionMemory } from '../../../src/stack/map/service/version-memory.ts';
import { CountersMap } from '../../../src/types/counters.ts';
import { TimingWheel } from '../../../src/types/timing-wheel.ts';
import { error, result, ScriptedTcap } from '../../support/scripted-dialogue.ts';

const argument = compile(AnyTimeInterrogationArg);
const answer = compile(AnyTimeInterrogationRes);
type Info = Parameters<typeof answer.encode>[0]['subscriberInfo'];

class Plant {
  readonly timers = new TimingWheel();
  readonly counters = new CountersMap();
  readonly tcap = new ScriptedTcap();
  readonly heard: Interrogated[] = [];
  readonly interrogation: Interrogation;

  constructor(interrogationsPerSecond = 1, interrogationsMax = 100) {
    const { timers, counters, tcap } = this;
    this.interrogation = new Interrogation(
      {
        timers,
        counters,
        tcap,
        versions: new VersionMemory({ now: () => timers.now(), counters }),
        addresses: {
          serviceCentre: { routing: 'ssn', ssn: 8 },
          subsystem: (_digits, ssn) => ({ routing: 'ssn', ssn }),
        },
      },
      {
        interrogationsPerSecond,
        interrogationsMax,
        timeoutMs: 30_000,
        gsmScf: '491700001',
        gsmScfAddress: { routing: 'ssn', ssn: 147 },
      },
    );
  }

  ask(subscriber = '491710000002', sinceMs = 1): void {
    this.interrogation.ask(subscriber, sinceMs, (heard) => this.heard.push(heard));
  }

  /** Whom the next question is about. */
  asked() {
    const dialogue = this.tcap.next();
    assert.deepEqual([dialogue.localAddress.ssn, dialogue.remoteAddress.ssn], [147, 6]);
    assert.deepEqual(dialogue.sent(), ['invoke 71', 'begin']);
    const decoded = argument.decode(dialogue.invokes[0]!.parameter!);
    assert.ok(decoded.ok && 'msisdn' in decoded.value.subscriberIdentity);
    const { subscriberIdentity, requestedInfo } = decoded.value;
    assert.equal(requestedInfo.subscriberState, null);
    assert.equal(decodeAddressString(decoded.value['gsmSCF-Address'])?.digits, '491700001');
    const digits = decodeAddressString(subscriberIdentity.msisdn)?.digits;
    return { digits, dialogue };
  }
}

const cases: readonly [string, Info, Interrogated['state'], number | undefined][] = [
  ['busy', { subscriberState: { camelBusy: null } }, 'busy', 0],
  ['idle', { subscriberState: { assumedIdle: null } }, 'idle', undefined],
  [
    'idle, heard of three minutes ago',
    { subscriberState: { assumedIdle: null }, locationInformation: { ageOfLocationInformation: 3 } },
    'idle',
    240_000,
  ],
  ['detached', { subscriberState: { netDetNotReachable: 'imsiDetached' } }, 'not-reachable', undefined],
  ['the VLR says nothing', { subscriberState: { notProvidedFromVLR: null } }, 'unknown', undefined],
  ['the HLR says nothing', {}, 'unknown', undefined],
];

for (const [name, subscriberInfo, state, contactAgeMs] of cases)
  test(`3GPP TS 29.002 §8.11.1 TS 23.078 §11.3.1 A4 an interrogation is answered: ${name}`, () => {
    const plant = new Plant();
    plant.ask();
    plant.asked().dialogue.receive('end', result(71, answer.encode({ subscriberInfo })));
    assert.equal(plant.heard.length, 1);
    assert.equal(plant.heard[0]?.state, state);
    assert.equal(plant.heard[0].contactAgeMs, contactAgeMs);
    assert.equal(plant.counters.values.get(`interrogation.${state}`), 1);
  });

test('A4 an error, or no answer: nothing is known', () => {
  const plant = new Plant(10);
  plant.ask();
  plant.asked().dialogue.receive('end', error(49));
  plant.timers.advance(1_000);
  plant.ask();
  plant.asked().dialogue.aborted({ kind: 'provider', cause: 4, local: false });
  assert.deepEqual(
    plant.heard.map(({ state }) => state),
    ['unknown', 'unknown'],
  );
});

test('A4 the budget is spent on those who wait longest, and who finds no room is not asked', () => {
  const plant = new Plant(1, 4);
  plant.ask('491710000009', 9);
  assert.equal(plant.asked().digits, '491710000009', 'there was nobody else');
  for (const since of [5, 3, 8, 4]) plant.ask(`49171000000${since}`, since);
  assert.equal(plant.interrogation.waiting, 3);
  assert.deepEqual(
    plant.heard.map(({ state, detail }) => [state, detail]),
    [['not-reachable', 'no budget to ask']],
    'the youngest wait gave way',
  );
  for (const next of ['491710000003', '491710000004', '491710000005']) {
    plant.timers.advance(plant.timers.now() + 1_000);
    assert.equal(plant.asked().digits, next);
  }
  assert.equal(plant.interrogation.waiting, 0);
});
