/** What `callwake record` does. */
import path from 'node:path';
import { ControlClient } from '../adapters/control/control-client.ts';
import { type RecordingContents, recordingContents } from '../adapters/recording/contents.ts';
import type { RecordingSummary } from '../adapters/recording/write-recording.ts';
import { OperatingError } from '../types/operating-error.ts';
import { targetData } from './data-target.ts';
import { EXIT } from './exit-codes.ts';
import type { Terminal } from './program.ts';
import type { RecordOptions } from './record.ts';
import type { DataTarget } from './store-commands.ts';

const LOOK_EVERY_MS = 1_000;
const BAR_LENGTH = 40;

const REASONS: Readonly<Record<RecordingSummary['reason'], string>> = {
  time: 'its time is over',
  size: 'it has its largest size',
  stopped: 'it was ended',
  'signalling-ended': 'the signalling thread of the engine has ended',
};

export async function runRecord(options: RecordOptions, terminal: Terminal): Promise<number> {
  const to = path.resolve(options.out);
  const { for: forMs, maxSize: octetsMax, keepDigits: keptDigits } = options;
  const engine = await engineOf(options);
  const look = setInterval(() => {
    void engine.recordingStatus().then(
      ({ facts, octets, tookMs }) =>
        terminal.error(`${Math.round(tookMs / 1_000)} s, ${facts} facts, ${octets} octets\n`),
      () => undefined,
    );
  }, LOOK_EVERY_MS);
  const stop = (): void => void engine.stopRecording().catch(() => undefined);
  process.on('SIGINT', stop).on('SIGTERM', stop);
  try {
    const summary = await engine.record({ to, forMs, octetsMax, keptDigits });
    if (options.json) terminal.out(`${JSON.stringify({ recording: to, ...summary })}\n`);
    else terminal.out(`${inWords(to, summary)}\n`);
    return summary.reason === 'signalling-ended' ? EXIT.failed : EXIT.ok;
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    clearInterval(look);
    await engine.close();
  }
}

export async function runRecordStop(options: DataTarget, terminal: Terminal): Promise<number> {
  const engine = await engineOf(options);
  try {
    const stopped = await engine.stopRecording();
    if (options.json) terminal.out(`${JSON.stringify({ stopped })}\n`);
    else terminal.out(stopped ? 'the recording has ended\n' : 'nothing is being recorded\n');
    return stopped ? EXIT.ok : EXIT.failed;
  } finally {
    await engine.close();
  }
}

export function runRecordShow(
  file: string,
  { json }: { readonly json: boolean },
  terminal: Terminal,
): Promise<number> {
  const contents = recordingContents(file);
  terminal.out(json ? `${JSON.stringify(contents, null, 2)}\n` : `${picture(contents).join('\n')}\n`);
  return Promise.resolve(EXIT.ok);
}

async function engineOf(options: DataTarget): Promise<ControlClient> {
  const { directory } = targetData(options);
  const engine = await ControlClient.connect(directory);
  if (engine !== undefined) return engine;
  const reason = `no engine runs on ${directory}: what passes one that runs can be recorded`;
  throw new OperatingError('CW_RECORD_FAILED', reason, { directory });
}

function inWords(
  to: string,
  { reason, tookMs, facts, octets, dropped, ofEarlier }: RecordingSummary,
): string {
  const left = [
    ...(dropped > 0 ? [`${dropped} facts did not fit and were left out`] : []),
    ...(ofEarlier > 0 ? [`${ofEarlier} facts of calls that began before were left out`] : []),
  ];
  const what = `recorded ${facts} facts in ${(tookMs / 1_000).toFixed(1)} s to ${to} (${octets} octets): ${REASONS[reason]}`;
  return [what, ...left].join('; ');
}

function picture({
  header,
  end,
  tookMs,
  octets,
  facts,
  causes,
  subscribers,
  begun,
}: RecordingContents): string[] {
  const table = (counts: Readonly<Record<string, number>>): string[] =>
    Object.entries(counts).map(([name, count]) => `  ${name.padEnd(34)} ${String(count).padStart(10)}`);
  const most = Math.max(1, ...begun.calls.map((calls, part) => calls + begun.returns[part]!));
  const flow = begun.calls.map((calls, part) => {
    const returns = begun.returns[part]!;
    const bar = '█'.repeat(Math.round((BAR_LENGTH * (calls + returns)) / most));
    const rate = ((calls + returns) / Math.max(0.001, begun.partMs / 1_000)).toFixed(1);
    return `  ${((part * begun.partMs) / 1_000).toFixed(1).padStart(8)} s ${rate.padStart(9)}/s  ${bar}`;
  });
  const ending =
    end === undefined
      ? 'It broke off: the engine ended while it was made. What is there is whole.'
      : `It ended because ${REASONS[end.reason]}; ${end.dropped} facts did not fit, ${end.ofEarlier} were of calls that began before.`;
  return [
    `Recorded at ${new Date(header.startedAtMs).toISOString()} by version ${header.engineVersion}: ${(tookMs / 1_000).toFixed(1)} s, ${octets} octets, ${subscribers} subscribers.`,
    ending,
    `Numbers are pseudonyms; their first ${header.keptDigits} digits are as they were.`,
    '',
    'Facts:',
    ...table(facts),
    ...(Object.keys(causes).length > 0
      ? ['', 'Calls that failed, by Q.850 cause (0: none given):', ...table(causes)]
      : []),
    '',
    'Calls and returns that began:',
    ...flow,
  ];
}
