/**
 * Damaged messages to an engine and to the simulated network, on virtual time: each is answered or dropped with a counter;
 * nothing throws, hangs or grows. `CALLWAKE_DAMAGE` is how many copies the engine gets (default 40 000), `CALLWAKE_SEED`
 * what they are made from; the same seed does the same.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { defaultPlan } from '../../src/simulator/plan.ts';
import { capV2GsmSsfToGsmScf, capV3GsmSsfScfGeneric } from '../../src/stack/cap/application-contexts.ts';
import { encodeData } from '../../src/stack/m3ua/data.ts';
import { shortMsgAlertContextV1, shortMsgAlertContextV2 } from '../../src/stack/map/application-contexts.ts';
import { encodeMessage as encodeSccp } from '../../src/stack/sccp/message.ts';
import { encodeMessage as encodeTcap } from '../../src/stack/tcap/message.ts';
import { randomBelow, SeededRandom } from '../../src/types/random.ts';
import { Plant } from '../simulator/plant.ts';
import { damage } from '../support/damage.ts';
import { NO_SHARED } from '../support/shared.ts';
import { DamagingPort } from './damaging-port.ts';
import { loadVectors, type Vectors } from './vectors.ts';

const vectors = loadVectors();
const skip = vectors === undefined ? NO_SHARED : false;
const COUNT = Number(process.env['CALLWAKE_DAMAGE'] ?? 40_000);
const SEED = Number(process.env['CALLWAKE_SEED'] ?? 2026);

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
function heapOctets(): number {
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

const { pointCodes, routingContext, networkIndicator, numbers } = defaultPlan;
const MIB = 1_048_576;

interface Opening {
  readonly context: readonly number[];
  readonly ssn: number;
  readonly operationCode: number;
  readonly op: string;
}

/** What opens a dialogue that the engine takes. */
const OPENINGS: readonly Opening[] = [
  { context: capV2GsmSsfToGsmScf.objectIdentifier, ssn: 146, operationCode: 0, op: 'initialDP' },
  { context: capV3GsmSsfScfGeneric.objectIdentifier, ssn: 146, operationCode: 0, op: 'initialDP' },
  { context: shortMsgAlertContextV2.objectIdentifier, ssn: 8, operationCode: 64, op: 'alertServiceCentre' },
  { context: shortMsgAlertContextV1.objectIdentifier, ssn: 8, operationCode: 49, op: 'alertServiceCentre' },
];

/** A damaged M3UA message for the engine, of any layer. */
function message(of: Vectors, random: SeededRandom): Uint8Array {
  const one = <T>(list: readonly T[]): T => list[randomBelow(random, list.length)]!;
  const damaged = (list: readonly Uint8Array[]) => damage(one(list), random, list);
  const m3ua = (data: Uint8Array) =>
    encodeData(
      {
        opc: pointCodes.stp,
        dpc: pointCodes.callwake,
        si: 3,
        ni: networkIndicator,
        mp: 0,
        sls: randomBelow(random, 16),
        data,
      },
      { routingContext },
    );
  const sccp = (ssn: number, data: Uint8Array) =>
    encodeSccp({
      kind: 'UDT',
      protocolClass: randomBelow(random, 2),
      returnOption: true,
      called: { routing: 'ssn', ssn },
      calling: {
        routing: 'gt',
        ssn,
        globalTitle: {
          gti: 4,
          translationType: 0,
          numberingPlan: 1,
          natureOfAddress: 4,
          digits: numbers.msc,
        },
      },
      data: data.subarray(0, 255),
    })!;
  switch (randomBelow(random, 6)) {
    case 0:
      return damaged(of.m3ua);
    case 1:
      return m3ua(damaged(of.sccp));
    case 2:
    case 3:
      return m3ua(sccp(one([146, 8, 147]), damaged(of.tcap)));
    default: {
      const { context, ssn, operationCode, op } = one(OPENINGS);
      const parameters = of.parameters.filter((vector) => vector.op === op);
      const begin = encodeTcap({
        type: 'begin',
        originatingTransactionId: { id: random.uint32(), sizeOctets: 4 },
        dialogue: { kind: 'AARQ', applicationContext: context },
        components: [
          { kind: 'invoke', invokeId: 1, operationCode, parameter: damage(one(parameters).octets, random) },
        ],
      });
      assert.ok(begin.ok);
      return m3ua(sccp(ssn, randomBelow(random, 2) === 0 ? begin.value : damage(begin.value, random)));
    }
  }
}

test(`${COUNT} damaged messages to an engine at work, seed ${SEED}: answered or counted, and nothing is left of them`, {
  skip,
  timeout: 600_000,
}, async (context) => {
  let port: DamagingPort | undefined;
  const random = new SeededRandom(SEED);
  const plant = new Plant({
    seed: SEED,
    plan: { life: { ...defaultPlan.life, callsPerSecond: 60 } },
    meddleBelow: (below) => (port = new DamagingPort(below, random, 0)),
  });
  await plant.start();
  assert.ok(port !== undefined);
  const { counters } = plant;
  const counted = () => {
    let sum = 0;
    for (const count of counters.values.values()) sum += count;
    return sum;
  };

  // While calls are made, one message in five is damaged, either way.
  port.oneIn = 5;
  plant.run(15_000);
  port.oneIn = 0;
  const inTransit = port.damaged;
  plant.network.drain();
  for (let turns = 0; turns < 1000 && !plant.network.drained; turns++) plant.run(500);
  assert.ok(plant.network.drained, 'the network came to rest');

  // Then whatever there is, straight to the engine.
  const begins = counters.get('tcap.received.begin');
  let silent = 0;
  let heap = 0;
  for (let round = 0; round < COUNT; round++) {
    if (round === Math.floor(COUNT / 3)) heap = heapOctets();
    const octets = message(vectors!, random);
    const before = counted();
    const sentBefore = port.sent;
    try {
      if (!port.inject(octets)) {
        plant.run(5_000);
        continue;
      }
      plant.run(randomBelow(random, 100) === 0 ? 2_000 : 1);
    } catch (error) {
      throw new Error(`seed ${SEED}, message ${round}: ${Buffer.from(octets).toString('hex')}`, {
        cause: error,
      });
    }
    if (counted() === before && port.sent === sentBefore) {
      silent++;
      if (silent < 20)
        context.diagnostic(`neither answered nor counted: ${Buffer.from(octets).toString('hex')}`);
    }
  }
  const grown = heapOctets() - heap;
  const busiest = plant.engine!.status;
  plant.run(600_000);
  const { signalling } = plant.engine!.status;
  context.diagnostic(
    JSON.stringify({
      inTransit,
      silent,
      grownKiB: grown >> 10,
      counters: counters.values.size,
      busiest,
      signalling,
    }),
  );
  for (const name of [
    'm3ua.undecodable',
    'tcap.received.malformedComponent',
    'call.armed',
    'notice.delivered',
  ])
    assert.ok(counters.get(name) > 0, name);
  assert.ok(
    counters.get('tcap.received.begin') - begins > COUNT / 10,
    'what is damaged gets through to TCAP',
  );
  assert.equal(silent, 0);
  assert.ok(counters.values.size < 300, 'counters have fixed names');
  assert.ok(grown < 8 * MIB, `the heap has grown by ${grown} octets`);
  assert.equal(signalling?.openCalls, 0);
  assert.ok(signalling.openDialogues <= signalling.deliveries, 'dialogues of calls are over');
});
