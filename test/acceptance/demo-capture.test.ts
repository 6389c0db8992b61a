import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { test } from 'node:test';
import type { SimulationReport } from '../../src/simulator/report.ts';
import { callwakeProcesses, listen } from '../support/processes.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tsharkMissing } from '../support/tshark.ts';

/** What the report, the operations and the contexts of a few seconds have for certain. */
const NAMED = ['initialDP', 'requestReportBCSMEvent', 'eventReportBCSM', 'continue', 'sendRoutingInfoForSM'];

test('tshark reads a capture of the demo: nothing malformed, no expert error, the checksums right, the operations named', {
  skip: tsharkMissing() ?? false,
}, async (t) => {
  const file = path.join(temporaryFolder(), 'demo.pcap');
  const demo = callwakeProcesses(t)(['demo', '--for', '6s', '--capture', file, '--report', 'json']);
  const verdict = listen(demo, 'stdout');
  listen(demo, 'stderr');
  const [exitCode] = (await once(demo, 'close')) as [number | null];
  const report = JSON.parse(verdict.said.at(-1) ?? '{}') as SimulationReport;
  assert.equal(exitCode, 0, JSON.stringify(report.faults));
  assert.ok(report.callsMissed > 50, `${report.callsMissed}`);
  const tshark = (...words: string[]) =>
    execFileSync('tshark', ['-r', file, '-o', 'sctp.checksum:CRC 32c', ...words], {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  const amiss = '_ws.malformed || _ws.expert.severity >= "Warning" || sctp.checksum.status == "Bad"';
  assert.equal(tshark('-Y', amiss), '');
  const all = tshark();
  for (const name of NAMED) assert.match(all, new RegExp(`invoke ${name}`), name);
  assert.match(all, /mt-forwardSM/);
});
