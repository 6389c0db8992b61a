/**
 * Faults whose hours nobody waits for: the whole engine and the whole network in one thread, on virtual time. Peers that are gone for an
 * hour and then throttle, reports that come after the alert, and answers that come to another life.
 */
import { SUBSYSTEMS } from '../../../src/engine/signalling/signalling.ts';
import { SSN } from '../../../src/simulator/addresses.ts';
import { defaultPlan, type NetworkPlan } from '../../../src/simulator/plan.ts';
import type { SimulationReport } from '../../../src/simulator/report.ts';
import { randomBelow, SeededRandom } from '../../../src/types/random.ts';
import { Plant } from '../../simulator/plant.ts';
import { type Check, check } from '../check.ts';
import type { Fault, FaultContext, FaultOutcome } from '../fault.ts';
import { LateSccp, PeerConduct, type Remembered, RememberingSccp } from '../meddling-sccp.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** What is left to be told after an hour is told within this. */
const DRAIN_MAX_MS = 4 * HOUR_MS;
const THROTTLED_PER_SECOND = 5;
const REST_MS = 300_000;

const network: Partial<NetworkPlan> = {
  people: { ...defaultPlan.people, count: 60 },
  life: { ...defaultPlan.life, callsPerSecond: 1, onMs: 120_000, offMs: 60_000 },
  times: { ...defaultPlan.times, drainMs: DRAIN_MAX_MS },
};

function judged(plant: Plant, report: SimulationReport, drainMs: number, allTaken: boolean): Check[] {
  const words = report.faults.filter(({ kind }) => kind !== 'late').map(({ kind, why }) => `${kind}: ${why}`);
  const unrest = plant.unrest();
  return [
    check('load', 'missed calls told', report.callsTold, report.callsTold > 50),
    check('I1', `lost, of ${report.callsMissed} missed calls`, report.lost, report.lost === 0),
    ...(allTaken
      ? [
          check(
            'I1',
            'unacknowledged: nothing was done to calls',
            report.unacknowledged,
            report.unacknowledged === 0,
          ),
        ]
      : []),
    check('I3', `doubled, of ${report.noticesDelivered} notices`, report.doubled, report.doubled === 0),
    check('I3', 'wrong', words.length === 0 ? report.wrong : words.join('; '), report.wrong === 0),
    check(
      'I6',
      `virtual s until all was told, at most ${DRAIN_MAX_MS / SECOND_MS}`,
      Math.round(drainMs / SECOND_MS),
      report.drained,
    ),
    check(
      'I5',
      'what the engine has still in hand at rest',
      unrest === '' ? 'nothing' : unrest,
      unrest === '',
    ),
  ];
}

function outage(peer: 'hlr' | 'msc') {
  return async ({ seed, cycles }: FaultContext): Promise<FaultOutcome> => {
    const random = new SeededRandom(seed);
    let conduct: PeerConduct | undefined;
    const plant: Plant = new Plant({
      seed,
      plan: network,
      meddleSccp: (sccp) =>
        (conduct = new PeerConduct(sccp, SUBSYSTEMS.serviceCentre, SSN[peer], plant.timers)),
    });
    await plant.start();
    const at = () => conduct!;
    plant.run(MINUTE_MS);
    const checks: Check[] = [];
    for (let cycle = 0; cycle < cycles; cycle++) {
      const { gone, returned } = at().counts;
      at().conduct = randomBelow(random, 2) === 0 ? 'gone' : 'failed';
      plant.run(HOUR_MS);
      const met = at().counts.gone + at().counts.returned - gone - returned;
      checks.push(check('load', 'messages that met nobody in an hour', met, met > 50));
      at().conduct = { perSecond: THROTTLED_PER_SECOND };
      plant.run(10 * MINUTE_MS);
      at().conduct = 'well';
    }
    const report = drained(plant);
    checks.push(...judged(plant, report.report, report.drainMs, true));
    return { checks, figures: { ...at().counts, virtualMs: plant.timers.now() } };
  };
}

function drained(plant: Plant): { readonly report: SimulationReport; readonly drainMs: number } {
  const beganMs = plant.timers.now();
  plant.drain();
  const drainMs = plant.timers.now() - beganMs;
  plant.run(REST_MS);
  return { report: plant.network.report(), drainMs };
}

/**
 * How late a report may be. What comes later than the judge's `raceMs` no engine could put in order: a report says nothing of its time, so that a
 * sign of life that has aged so long looks like one of now.
 */
const LATE_MAX_MS = 900;

/** A report of the network may come after the phone is back and the HLR has alerted. */
async function missAfterAlert({ seed, cycles }: FaultContext): Promise<FaultOutcome> {
  const random = new SeededRandom(seed);
  let late: LateSccp | undefined;
  const plant: Plant = new Plant({
    seed,
    plan: {
      ...network,
      life: { ...defaultPlan.life, callsPerSecond: 10, onMs: 5_000, offMs: 2_000 },
    },
    meddleSccp: (sccp) =>
      (late = new LateSccp(
        sccp,
        SUBSYSTEMS.cap,
        () => (randomBelow(random, 3) === 0 ? 100 + randomBelow(random, LATE_MAX_MS - 100) : 0),
        plant.timers,
      )),
  });
  let afterReturn = 0;
  const { judge } = plant.network;
  const settled = judge.settled.bind(judge);
  judge.settled = (call, certainty, atMs) => {
    const isBack = call.called.handset.radio === 'on';
    if (certainty === 'certain' && call.reason === 'not-reachable' && isBack) afterReturn++;
    settled(call, certainty, atMs);
  };
  await plant.start();
  plant.run(cycles * MINUTE_MS);
  const delayed = late!.delayed;
  const { report, drainMs } = drained(plant);
  return {
    checks: [
      check('load', 'reports that came late', delayed, delayed > 20 * cycles),
      check(
        'load',
        'absences of which the report came after the return',
        afterReturn,
        afterReturn > 2 * cycles,
      ),
      ...judged(plant, report, drainMs, false),
    ],
  };
}

/** The epoch of a start has seven bits in a transaction id: 128 starts later it is the same again. */
const EPOCHS = 128;
/** Starts that nobody notices: the life that is looked at comes some starts before the epoch wraps. */
const STARTS_BEFORE_WRAP = 4;

async function transactionIds({ seed, cycles }: FaultContext): Promise<FaultOutcome> {
  const random = new SeededRandom(seed);
  const lives: RememberingSccp[] = [];
  const plant: Plant = new Plant({
    seed,
    plan: { ...network, life: { ...defaultPlan.life, callsPerSecond: 15, onMs: 6_000, offMs: 2_500 } },
    meddleSccp: (sccp) => {
      const life = new RememberingSccp(sccp);
      lives.push(life);
      return life;
    },
  });
  await plant.start();
  const restart = () => {
    plant.killEngine();
    plant.startEngine();
  };
  while (lives.length < EPOCHS - STARTS_BEFORE_WRAP) {
    restart();
    plant.run(1);
  }
  plant.run(SECOND_MS);
  let said = 0;
  const strangers = () => plant.counters.values.get('tcap.received.unrecognizedTransaction') ?? 0;
  const before = strangers();
  for (let cycle = 0; cycle < cycles * 2 * STARTS_BEFORE_WRAP; cycle++) {
    restart();
    const now = lives.at(-1)!;
    // All of the lives before that said something, while this one opens transactions of its own.
    const heard: Remembered[] = lives.slice(-4, -1).flatMap((life) => life.heard);
    for (let second = 0; second < 5; second++) {
      plant.run(SECOND_MS);
      for (let count = 0; count < 40 && heard.length > 0; count++) {
        const [one] = heard.splice(randomBelow(random, heard.length), 1);
        now.say(one!);
        said++;
      }
    }
  }
  const met = strangers() - before;
  const { report, drainMs } = drained(plant);
  return {
    checks: [
      check(
        'load',
        'starts of the engine, of which the epoch knows 128',
        lives.length,
        lives.length > EPOCHS,
      ),
      check('load', 'answers to lives before', said, said > 100),
      check('I3', `of them taken for a stranger's, of ${said}`, met, met >= said),
      ...judged(plant, report, drainMs, false),
    ],
  };
}

export const virtualFaults: readonly Fault[] = [
  {
    name: 'hlr-outage',
    title: 'the HLR is gone for an hour (virtual), then throttles: all is told within the bound',
    cycles: 1,
    run: outage('hlr'),
  },
  {
    name: 'msc-outage',
    title:
      'the MSC takes no short message for an hour (virtual), then throttles: all is told within the bound',
    cycles: 1,
    run: outage('msc'),
  },
  {
    name: 'miss-after-alert',
    title: 'the report of a missed call comes after the alert that should have told of it',
    cycles: 1,
    run: missAfterAlert,
  },
  {
    name: 'transaction-ids',
    title: 'late answers to lives before, over the wrap of the boot epoch: none is taken for ours',
    cycles: 1,
    run: transactionIds,
  },
];
