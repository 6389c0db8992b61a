/** What `callwake simulate` does: the network, until its time is over or it is told to stop, and then the verdict. */
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { stopSignal } from '../adapters/engine/stop-signal.ts';
import { createLog } from '../adapters/log/pino-log.ts';
import { buildSimulation, type Simulation } from '../adapters/simulator/simulation.ts';
import { parseScenario } from '../config/scenario.ts';
import { Chance } from '../simulator/chance.ts';
import { SERVICE_NUMBER, withDemoPeople } from '../simulator/demo-people.ts';
import { OperatedPhones } from '../simulator/operated-phones.ts';
import { defaultPlan, type NetworkPlan, pointCodeText } from '../simulator/plan.ts';
import { populate } from '../simulator/population.ts';
import { isClean, type SimulationReport } from '../simulator/report.ts';
import { lengthOf } from '../simulator/scenario.ts';
import { CountersMap } from '../types/counters.ts';
import { SeededRandom } from '../types/random.ts';
import { EXIT } from './exit-codes.ts';
import { fileFormat } from './file-format.ts';
import { listenForOrders } from './phone-line.ts';
import type { Terminal } from './program.ts';
import { readFile } from './read-file.ts';
import type { SimulateOptions } from './simulate.ts';

const PROGRESS_MS = 5_000;
const LOOK_MS = 50;

export async function runSimulation(options: SimulateOptions, terminal: Terminal): Promise<number> {
  const plan: NetworkPlan = {
    ...defaultPlan,
    listen: options.listen,
    trafficMode: options.trafficMode,
    people: { ...defaultPlan.people, count: options.people },
    life: { ...defaultPlan.life, callsPerSecond: options.rate },
  };
  const scenario =
    options.scenario === undefined
      ? undefined
      : parseScenario(options.scenario, readFile(options.scenario).toString());
  const say = (text: string) => terminal.error(`callwake simulate: ${text}\n`);
  const simulation = buildSimulation({
    plan,
    transport: options.transport,
    seed: options.seed,
    counters: new CountersMap(),
    log: createLog({ level: 'warn' }),
    ...(scenario === undefined ? {} : { scenario }),
    ...(options.demoPeople === true
      ? {
          people: withDemoPeople(
            populate(plan, new Chance(new SeededRandom(options.seed)), Date.now()),
            plan,
          ),
        }
      : {}),
  });
  const { network } = simulation;
  const phones = new OperatedPhones({
    network,
    serviceNumber: SERVICE_NUMBER,
    tell: (report) => line?.tell(report),
  });
  // Who started us is gone: nobody hears the verdict.
  const line = listenForOrders(
    (order) => phones.take(order),
    () => process.exit(EXIT.failed),
  );
  // Before it listens: who waits for the line below may read the file then.
  const { subscribersOut } = options;
  if (subscribersOut !== undefined)
    writeFileSync(
      subscribersOut,
      fileFormat(subscribersOut) === 'ndjson' ? network.subscriberLines : network.subscriberFile,
    );
  let stopping = false;
  void stopSignal().then(() => {
    stopping = true;
  });
  const port = await simulation.start();
  say(`listening on ${options.listen.host}:${port} (${options.transport})`);
  say(addressesOf(plan));

  const runMs = options.for ?? (scenario === undefined ? Infinity : lengthOf(scenario, plan));
  await live(simulation, runMs, () => stopping, say);
  if (network.phase === 'living') {
    // An engine that is just being started again is waited for: what it has to tell would else count as lost.
    const giveUpAtMs = performance.now() + plan.times.drainMs;
    if (!network.isActive) say('no engine is there; waiting for it');
    while (!network.isActive && performance.now() < giveUpAtMs) await sleep(LOOK_MS);
    say('draining: no more calls, everybody comes back');
    network.drain();
    while (!network.drained) await sleep(LOOK_MS);
  }
  const report = network.report();
  phones.putDown();
  line?.close();
  await simulation.stop();
  for (const { kind, phone, why, text } of report.faults)
    say(`${kind}: +${phone}: ${why}${text === undefined ? '' : ` «${text}»`}`);
  if (report.letGo > 0)
    say(
      `${report.letGo} calls of subscribed people were let go at once: does the engine know its subscribers?`,
    );
  if (options.report === 'text') terminal.out(textOf(report));
  if (options.report === 'json') terminal.out(`${JSON.stringify(report)}\n`);
  return isClean(report) ? EXIT.ok : EXIT.failed;
}

/** Until `runMs` of life are over, or it is to stop. */
async function live(
  { network }: Simulation,
  runMs: number,
  isStopping: () => boolean,
  say: (text: string) => void,
): Promise<void> {
  let beganAtMs = Infinity;
  let saidAtMs = performance.now();
  while (!isStopping() && performance.now() - beganAtMs < runMs) {
    await sleep(LOOK_MS);
    const now = performance.now();
    const { phase, callsAttempted, callsMissed, callsTold, doubled, wrong } = network.progress;
    if (phase === 'living' && beganAtMs === Infinity) {
      beganAtMs = now;
      say('an engine is there, life begins');
    }
    if (now - saidAtMs < PROGRESS_MS) continue;
    saidAtMs = now;
    say(
      `${phase}: ${callsAttempted} calls, ${callsMissed} missed, ${callsTold} told, ${doubled} doubled, ${wrong} wrong`,
    );
  }
}

/** What the engine's configuration must say to fit. */
function addressesOf({
  pointCodes,
  numbers,
  routingContext,
  serviceKey,
  networkIndicator,
}: NetworkPlan): string {
  return [
    `engine ${pointCodeText(pointCodes.callwake)}`,
    `global titles are translated at ${pointCodeText(pointCodes.stp)}`,
    `routing context ${routingContext}`,
    `network indicator ${networkIndicator}`,
    `service centre and gsmSCF +${numbers.serviceCentre}`,
    `service key ${serviceKey}`,
  ].join(', ');
}

function textOf(report: SimulationReport): string {
  const { faults: _faults, ...counts } = report;
  const rows = Object.entries(counts).map(([name, value]) => {
    const shown = typeof value === 'object' ? `p50 ${value.p50}, p99 ${value.p99}` : `${value}`;
    return `${name.padEnd(22)} ${shown}\n`;
  });
  return rows.join('');
}
