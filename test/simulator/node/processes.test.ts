import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import type { NodeReport } from '../../../src/simulator/node/tally.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { complaintsOfCapture, tsharkMissing } from '../../support/tshark.ts';

/** dist/test/simulator/node → dist/src/cli. */
const main = path.resolve(import.meta.dirname, '../../../src/cli/main.js');
const ALL = 'hlr,vlr,msc,smsc,scf';

/** What issue 3 lists, in every version that it exists in. */
// biome-ignore format: an operation a line
const LIST: Readonly<Record<string, readonly number[]>> = {
  'sendRoutingInfoForSM': [3, 2, 1],
  'mt-ForwardSM': [3],
  'mo-ForwardSM': [3],
  'forwardSM': [2, 1],
  'reportSM-DeliveryStatus': [3, 2, 1],
  'informServiceCentre': [3, 2],
  'alertServiceCentre': [2],
  'alertServiceCentreWithoutResult': [1],
  'readyForSM': [3, 2],
  'noteSubscriberPresent': [1],
  'noteMM-Event': [3],
  'anyTimeInterrogation': [3],
  'anyTimeModification': [3],
  'anyTimeSubscriptionInterrogation': [3],
  'provideSubscriberInfo': [3],
  'sendRoutingInfo': [3, 2, 1],
  'provideRoamingNumber': [3, 2, 1],
  'sendIMSI': [2],
  'updateLocation': [3, 2, 1],
  'cancelLocation': [3, 2, 1],
  'insertSubscriberData': [3, 2, 1],
  'deleteSubscriberData': [3, 2, 1],
  'purgeMS': [3, 2],
  'restoreData': [3, 2],
  'reset': [3, 2, 1],
  'registerSS': [2, 1],
  'eraseSS': [2, 1],
  'activateSS': [2, 1],
  'deactivateSS': [2, 1],
  'interrogateSS': [2, 1],
  'registerPassword': [2, 1],
  'getPassword': [2, 1],
  'processUnstructuredSS-Request': [2],
  'unstructuredSS-Request': [2],
  'unstructuredSS-Notify': [2],
  'beginSubscriberActivity': [1],
  'processUnstructuredSS-Data': [1],
};

const ABSENT_VERSION_2 = /Sequence expected but class:UNIVERSAL\(0\) Primitive tag:1 was unexpected/;

class Process {
  readonly #child: ChildProcess;
  readonly #over: Promise<number | null>;
  #out = '';
  error = '';

  constructor(...words: readonly string[]) {
    const child = spawn(process.execPath, [main, 'node', ...words, '--report', 'json']);
    this.#child = child;
    child.stdout.on('data', (chunk: Buffer) => {
      this.#out += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      this.error += chunk.toString();
    });
    this.#over = new Promise((resolve) => child.on('close', resolve));
  }

  /** Resolves with the port that it listens at. */
  async listening(): Promise<number> {
    let found: RegExpExecArray | null;
    for (;;) {
      found = /listening on 127\.0\.0\.1:(\d+)/.exec(this.error);
      if (found !== null) return Number(found[1]);
      await new Promise((resolve) => {
        this.#child.stderr?.once('data', resolve);
        this.#child.once('close', resolve);
      });
      assert.equal(this.#child.exitCode, null, this.error);
    }
  }

  interrupt(): void {
    this.#child.kill('SIGTERM');
  }

  async report(): Promise<{ readonly exitCode: number | null; readonly report: NodeReport }> {
    const exitCode = await this.#over;
    return { exitCode, report: JSON.parse(this.#out.trim().split('\n').at(-1) ?? '') as NodeReport };
  }
}

async function pair(
  transport: 'sctp-udp' | 'tcp',
  listener: readonly string[],
  connector: readonly string[],
): Promise<readonly NodeReport[]> {
  const carried = ['--transport', transport];
  const listens = new Process('--listen', '127.0.0.1:0', ...carried, ...listener);
  try {
    const port = await listens.listening();
    const connects = new Process('--connect', `127.0.0.1:${port}`, ...carried, ...connector);
    const second = await connects.report();
    assert.equal(second.exitCode, 0, connects.error + JSON.stringify(second.report.notExercised));
    listens.interrupt();
    const first = await listens.report();
    assert.equal(first.exitCode, 0, listens.error);
    return [first.report, second.report];
  } finally {
    listens.interrupt();
  }
}

/** `updateLocation v3` of all that went well in the direction. */
function wellIn(reports: readonly NodeReport[], direction: 'sent' | 'received'): Set<string> {
  return new Set(
    reports.flatMap(({ operations }) =>
      operations
        .filter((row) => row.direction === direction && row.succeeded > 0)
        .map(({ operation, version }) => `${operation} v${version}`),
    ),
  );
}

function assertWhole(reports: readonly NodeReport[]): void {
  for (const report of reports)
    assert.deepEqual(
      report.operations.filter(({ failed }) => failed > 0),
      [],
    );
  for (const direction of ['sent', 'received'] as const) {
    const well = wellIn(reports, direction);
    for (const [operation, versions] of Object.entries(LIST))
      for (const version of versions)
        assert.ok(well.has(`${operation} v${version}`), `${operation} v${version} was not ${direction}`);
  }
}

test('every operation of MAP in every version, between two processes over SCTP; tshark reads it without complaint', async (t) => {
  const capture = path.join(temporaryFolder(), 'nodes.pcap');
  const reports = await pair(
    'sctp-udp',
    ['--role', ALL],
    ['--role', ALL, '--play', 'all', '--capture', capture],
  );
  assertWhole(reports);
  const missing = tsharkMissing();
  if (missing !== undefined) return t.diagnostic(missing);
  // Of absentSubscriber tshark knows the parameter of version 3 only, not the BOOLEAN of versions 1 and 2.
  const complaints = complaintsOfCapture(capture).filter((line) => !ABSENT_VERSION_2.test(line));
  assert.deepEqual(complaints, []);
});

test('…over TCP, with another seed, played from the side that listens', async () => {
  const listens = new Process(
    '--listen',
    '127.0.0.1:0',
    '--transport',
    'tcp',
    '--role',
    ALL,
    '--play',
    'all',
    '--seed',
    '7',
  );
  const port = await listens.listening();
  const connects = new Process('--connect', `127.0.0.1:${port}`, '--transport', 'tcp', '--role', ALL);
  try {
    const { exitCode, report } = await listens.report();
    assert.equal(exitCode, 0, listens.error);
    connects.interrupt();
    assertWhole([report, (await connects.report()).report]);
  } finally {
    connects.interrupt();
    listens.interrupt();
  }
});

test('3GPP TS 29.002 §5.1 an HLR of version 1 refuses the later versions, and the service centre falls back to it', async () => {
  const reports = await pair(
    'tcp',
    ['--role', 'hlr', '--map-version', '1'],
    ['--role', 'smsc', '--play', 'fall-back'],
  );
  assert.deepEqual([...wellIn(reports, 'received')], ['sendRoutingInfoForSM v1']);
});

test('what is played and fails ends with 1 and says why; a procedure that nobody plays is a wrong command line', async () => {
  const hlr = new Process(
    '--role',
    'hlr',
    '--listen',
    '127.0.0.1:0',
    '--transport',
    'tcp',
    '--map-version',
    '2',
  );
  try {
    const port = await hlr.listening();
    const to = ['--connect', `127.0.0.1:${port}`, '--transport', 'tcp'];
    const vlr = new Process('--role', 'vlr', ...to, '--play', 'purge');
    const { exitCode, report } = await vlr.report();
    assert.equal(exitCode, 1);
    assert.deepEqual(report.notExercised, ['MAP purgeMS v2 sent', 'MAP purgeMS v3 sent']);
    assert.match(report.procedures[0]?.why ?? '', /purgeMS v3: refused: application-context-not-supported/);
    const unknown = new Process('--role', 'vlr', ...to, '--play', 'nothing');
    await assert.rejects(unknown.report());
    assert.match(unknown.error, /not among what vlr can play: .*location-update/);
  } finally {
    hlr.interrupt();
  }
});
