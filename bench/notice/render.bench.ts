/**
 * What a renderer does with batches: notices to text and TPDUs, and to the few objects that cross between threads. A batch is as they come: notices
 * of a few minutes, most of them of one caller, in the languages of the built-in texts.
 */
import assert from 'node:assert/strict';
import { packBatch } from '../../src/adapters/notifier/packed-batch.ts';
import { builtInTemplateFiles, loadTemplateFiles } from '../../src/adapters/notifier/template-files.ts';
import { renderBatch } from '../../src/notice/render-batch.ts';
import { missedReasons } from '../../src/notice/template-keys.ts';
import { Zones } from '../../src/notice/zones.ts';
import { addressOf } from '../../src/stack/sms/address.ts';
import { encodeSmsDeliver } from '../../src/stack/sms/sms-deliver.ts';
import { splitText } from '../../src/stack/sms/split.ts';
import { timeStampOctets } from '../../src/stack/sms/time-stamp.ts';
import type { Notice, NoticeContent } from '../../src/types/model/notice.ts';
import { hashOf, report } from '../harness/report.ts';
import { nanoseconds } from '../harness/time.ts';

const batchSize = 200;
const createdAtMs = Date.UTC(2026, 10, 21, 13, 30);
const sender = addressOf('Missed call');
assert(sender.ok);
const options = { originatingAddress: sender.value, zones: new Zones() };
const loaded = loadTemplateFiles(builtInTemplateFiles());
assert(loaded.ok);
const { files } = loaded;

const callerOf = (index: number, age: number) => ({
  caller: `49170${1_000_000 + index * 7919}`,
  calls: index % 4 === 0 ? 3 : 1,
  lastAtMs: createdAtMs - age * 61_000,
  reason: missedReasons[index % 5]!,
});
function contentOf(index: number): NoticeContent {
  if (index % 10 === 9) {
    const { caller, lastAtMs } = callerOf(index, index);
    return {
      kind: 'returns',
      returned: [{ subscriber: caller, attemptedAtMs: lastAtMs, returnedAtMs: createdAtMs }],
    };
  }
  const callers = Array.from({ length: index % 10 < 7 ? 1 : 3 }, (_, line) => callerOf(index + line, index));
  return { kind: 'missed-calls', callers, furtherCalls: 0 };
}
function batchOf(languages: readonly string[]): readonly Notice[] {
  return Array.from({ length: batchSize }, (_, index) => ({
    id: { partition: index % 64, sequence: 1000 + index, index: 0 },
    recipient: `49151${10_000_000 + index * 31}`,
    language: languages[index % languages.length]!,
    timeZone: 'Europe/Berlin',
    templateVersion: 1,
    createdAtMs: createdAtMs + index * 500,
    reference: index & 0xff,
    content: contentOf(index),
  }));
}

const english = batchOf(['en']);
const all = batchOf(files.map(({ language }) => language));
const texts = renderBatch(english, files, options).rendered.map((notice) => notice?.text ?? '');

/** The octets of texts that are there already: what packing alone costs. */
function packOnly(): number {
  let octets = 0;
  texts.forEach((text, index) => {
    const split = splitText(text, index & 0xff);
    assert(split.ok);
    const { dataCodingScheme, parts } = split.value;
    const serviceCentreTimeStamp = timeStampOctets(createdAtMs + index * 500, 3_600_000);
    for (const userData of parts)
      octets += encodeSmsDeliver({
        kind: 'SMS-DELIVER',
        moreMessagesToSend: false,
        loopPrevention: false,
        statusReportIndication: false,
        replyPath: false,
        originatingAddress: options.originatingAddress,
        protocolIdentifier: 0,
        dataCodingScheme,
        serviceCentreTimeStamp,
        userData,
      }).length;
  });
  return octets;
}

let octets = 0;
const ns = await nanoseconds(
  {
    'in English': () => {
      octets += packBatch(renderBatch(english, files, options)).octets.length;
    },
    'in all languages': () => {
      octets += packBatch(renderBatch(all, files, options)).octets.length;
    },
    'packing alone': () => {
      octets += packOnly();
    },
  },
  1,
);
assert(octets > 0);
const packed = [english, all].map((batch) => packBatch(renderBatch(batch, files, options)));
assert(packed.every(({ faults, fallbacks }) => faults.length === 0 && fallbacks.length === 0));
const hash = hashOf(packed.map((batch) => [batch.texts, batch.octets, [...batch.partLengths]]));
const perSecond = (nsOfBatch: number) => (batchSize * 1e9) / nsOfBatch;
for (const what of ['in English', 'in all languages'] as const)
  report({
    name: `notice/render: notices ${what}, on one core`,
    figure: perSecond(ns[what]),
    unit: '/s',
    floor: perSecond(ns['packing alone']),
    floorIs: 'texts that are there already, packed',
    goal: { of: 'figure', atLeast: 100_000 },
    hash,
  });
