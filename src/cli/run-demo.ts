/**
 * What `callwake demo` does: the engine in this process, the network in another one, both on loopback; the page; and the
 * verdict of the network on what its phones got.
 */
import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { machineClock } from '../adapters/clock.ts';
import { settled } from '../adapters/engine/engine-options.ts';
import { stopSignal } from '../adapters/engine/stop-signal.ts';
import { Mailbox } from '../adapters/mail/mailbox.ts';
import { DEMO_PEOPLE } from '../simulator/demo-people.ts';
import { defaultPlan } from '../simulator/plan.ts';
import { numberAt } from '../simulator/population.ts';
import { type ChildNetwork, startChildNetwork } from './child-network.ts';
import type { DemoOptions } from './demo.ts';
import { demoConfig } from './demo-config.ts';
import { DemoPhones } from './demo-phones.ts';
import { phoneWords } from './demo-words.ts';
import { EXIT } from './exit-codes.ts';
import type { Terminal } from './program.ts';
import { type Service, startService } from './service.ts';

/** What the simulated network says at its end, as far as the demo reads it. */
interface Report {
  readonly lost: number;
  readonly doubled: number;
  readonly wrong: number;
}

export async function runDemo(options: DemoOptions, terminal: Terminal): Promise<number> {
  const interrupted = stopSignal();
  const folder = mkdtempSync(path.join(tmpdir(), 'callwake-demo-'));
  const say = (line: string): void => terminal.error(`${line}\n`);
  let network: ChildNetwork | undefined;
  let service: Service | undefined;
  let phones: DemoPhones | undefined;
  const mailbox = new Mailbox(() => machineClock.now());
  try {
    const subscribersFile = path.join(folder, 'subscribers.ndjson');
    const mailPort = await mailbox.listen();
    network = await startChildNetwork({
      seed: options.seed,
      rate: options.rate,
      forMs: options.for,
      subscribersFile,
      onWords: (line) => say(`network  ${line}`),
      onPhone: (report) => phones?.report(report),
    });
    const config = demoConfig({
      plan: defaultPlan,
      port: network.port,
      dataDirectory: path.join(folder, 'data'),
      webPort: options.port,
      logLevel: 'warn',
      demo: { mailPort, callsPerSecond: options.rate },
    });
    const { order } = network;
    phones = new DemoPhones({
      numbers: new Set(
        Array.from({ length: defaultPlan.people.count }, (_, at) => numberAt(defaultPlan, at)),
      ),
      people: DEMO_PEOPLE.map(({ name, about }, at) => ({ number: numberAt(defaultPlan, at), name, about })),
      order,
      mailsTo: (address) => mailbox.to(address),
      inWords: phoneWords(config),
    });
    service = await startService({
      config: settled(config),
      mode: 'demo',
      captureFile: options.capture,
      phones,
      subscribers: { format: 'ndjson', open: () => createReadStream(subscribersFile) },
    });
    if (service.url !== undefined) say(`callwake  the live page: ${service.url}`);
    say(
      options.for === undefined
        ? 'callwake  runs until Ctrl-C, which gives the verdict'
        : `callwake  runs for ${options.for / 1000} s, then gives the verdict`,
    );
    const first = await Promise.race([network.report, interrupted]);
    if (first === 'SIGINT' || first === 'SIGTERM') {
      say(
        'callwake  no more calls; waiting until everybody has been told what is due (Ctrl-C again: at once)',
      );
      network.stop();
    }
    return await verdict(await network.report, service, options, terminal);
  } finally {
    network?.stop();
    await service?.stop();
    await mailbox.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function verdict(
  line: string | undefined,
  service: Service,
  options: DemoOptions,
  terminal: Terminal,
): Promise<number> {
  const report = parse(line);
  if (report === undefined) {
    terminal.error('callwake  the network ended without a verdict\n');
    return EXIT.failed;
  }
  const counters = service.engine.countersNow();
  const whole = { ...report, noticesSent: counters.get('notice.sent') ?? 0 };
  // The engine stops before the last line is written: what can go wrong at its end is part of the run.
  const inOrder = await service.stop();
  if (!inOrder) terminal.error('callwake  the engine did not stop in order\n');
  if (options.report === 'json') terminal.out(`${JSON.stringify(whole)}\n`);
  else terminal.out(inWords(whole));
  const clean = report.lost === 0 && report.doubled === 0 && report.wrong === 0;
  return clean && inOrder ? EXIT.ok : EXIT.failed;
}

function parse(line: string | undefined): (Report & Record<string, unknown>) | undefined {
  if (line === undefined) return undefined;
  try {
    const report = JSON.parse(line) as Partial<Report> & Record<string, unknown>;
    const { lost, doubled, wrong } = report;
    if (lost === undefined || doubled === undefined || wrong === undefined) return undefined;
    return { ...report, lost, doubled, wrong };
  } catch {
    return undefined;
  }
}

function inWords(report: Record<string, unknown>): string {
  const lines = Object.entries(report)
    .filter(([name]) => name !== 'faults')
    .map(([name, value]) => `  ${name.padEnd(22)} ${JSON.stringify(value)}`);
  return `The verdict:\n${lines.join('\n')}\n`;
}
