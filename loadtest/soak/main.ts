/**
 * npm run soak -- --for 1h --rate 60 --to FOLDER
 *
 * An engine and its network for a long time under an even load, looked at every few seconds from outside. In the end all
 * must have been told right, and nothing may have grown: memory, file descriptors, pages of the store, latencies.
 * FOLDER gets samples.csv, soak.svg, soak.json and the logs of both. Ends with 1 when something grew, was lost, doubled or wrong.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { parseDurationMs } from '../../src/cli/duration.ts';
import { isClean, type SimulationReport } from '../../src/simulator/report.ts';
import { SAMPLES_MIN, trendsOf } from './flatness.ts';
import { soakPicture } from './picture.ts';
import { startSoak, stopEngine } from './processes.ts';
import { type Sample, Sampler } from './samples.ts';

const HELP = `npm run soak -- [--for 1h] [--every 10s] [--rate 60] [--people 2000] [--transport sctp-udp|tcp] [--seed 1] [--to FOLDER]

  --for        how long the load lasts (default 1h)
  --every      between two looks (default 10s)
  --rate       calls per second (default 60)
  --people     subscribers of the network (default 2000)
  --to         gets samples.csv, soak.svg, soak.json and the logs of both (default: soak-report)
`;

const { values } = parseArgs({
  options: {
    for: { type: 'string', default: '1h' },
    every: { type: 'string', default: '10s' },
    rate: { type: 'string', default: '60' },
    people: { type: 'string', default: '2000' },
    transport: { type: 'string', default: 'sctp-udp' },
    seed: { type: 'string', default: '1' },
    to: { type: 'string', default: 'soak-report' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
const forMs = parseDurationMs(values.for);
const everyMs = parseDurationMs(values.every);
const [ratePerSecond, people, seed] = [values.rate, values.people, values.seed].map(Number) as [
  number,
  number,
  number,
];
const { transport } = values;
if (
  forMs === undefined ||
  everyMs === undefined ||
  forMs / everyMs < SAMPLES_MIN + 1 ||
  !(ratePerSecond > 0) ||
  !(people >= 2) ||
  !Number.isSafeInteger(seed) ||
  (transport !== 'sctp-udp' && transport !== 'tcp')
) {
  process.stderr.write(`${HELP}\n--for must hold more than ${SAMPLES_MIN} times --every\n`);
  process.exit(64);
}

const folder = mkdtempSync(path.join(tmpdir(), 'callwake-soak-'));
mkdirSync(values.to, { recursive: true });
const soak = await startSoak({ folder, logs: values.to, ratePerSecond, people, transport, seed });
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
let failed = true;
try {
  const sampler = new Sampler(soak.engine.pid!, soak.network.pid!, async () =>
    (await fetch(new URL('/metrics', soak.pageUrl))).text(),
  );
  const samples: Sample[] = [];
  const startedAtMs = performance.now();
  for (let look = 0; look * everyMs <= forMs; look++) {
    await sleep(Math.max(0, startedAtMs + look * everyMs - performance.now()));
    const atMs = performance.now() - startedAtMs;
    const sample = await sampler.take(atMs);
    if (sample !== undefined) {
      samples.push(sample);
      tell(sample);
    }
  }
  const verdict = JSON.parse(await soak.verdict()) as SimulationReport;
  const stopped = await stopEngine(soak.engine);
  const { faults, ...figures } = verdict;
  const trends = trendsOf(samples);
  writeFileSync(path.join(values.to, 'samples.csv'), csv(samples));
  const subtitle = `${values.for} at ${ratePerSecond} calls a second, ${people} subscribers, ${transport}; lost ${verdict.lost}, doubled ${verdict.doubled}, wrong ${verdict.wrong}`;
  writeFileSync(
    path.join(values.to, 'soak.svg'),
    soakPicture(samples, trends, { title: 'A soak of the engine', subtitle }),
  );
  writeFileSync(
    path.join(values.to, 'soak.json'),
    `${JSON.stringify({ figures, faults: faults.slice(0, 20), trends }, undefined, 2)}\n`,
  );
  for (const { name, unit, early, late, flat } of trends)
    process.stdout.write(
      `${flat ? 'flat ' : 'GROWS'} ${name}: ${early.toFixed(2)} → ${late.toFixed(2)} ${unit}\n`,
    );
  process.stdout.write(`${JSON.stringify(figures)}\n`);
  failed = !isClean(verdict) || stopped !== 0 || trends.some(({ flat }) => !flat);
} finally {
  soak.network.kill('SIGKILL');
  soak.engine.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);

function tell(sample: Sample): void {
  const mib = (octets: number): string => (octets / 2 ** 20).toFixed(0);
  process.stderr.write(
    `${(sample.atMs / 60_000).toFixed(1)} min: ${mib(sample.residentOctets)} MiB resident, ${sample.fileDescriptors} descriptors, ` +
      `${mib(sample.storeOctets)} MiB stored (${mib(sample.storeFreeOctets)} free), ${(100 * sample.cpu).toFixed(0)} % CPU, ` +
      `answer p99 ${sample.answer.p99} ms, ${sample.noticesWaiting} notices wait\n`,
  );
}

function csv(samples: readonly Sample[]): string {
  const flat = samples.map(({ answer, notice, ...rest }) => ({
    ...rest,
    answerP50Ms: answer.p50,
    answerP99Ms: answer.p99,
    answerP999Ms: answer.p999,
    noticeP50Ms: notice.p50,
    noticeP99Ms: notice.p99,
  }));
  const names = Object.keys(flat[0] ?? {});
  return `${[names.join(','), ...flat.map((row) => Object.values(row).join(','))].join('\n')}\n`;
}
