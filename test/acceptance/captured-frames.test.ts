/** Genuine traffic, taken apart to the parameters of its operations and put together again, octet by octet. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { NO_SHARED, sharedPath } from '../support/shared.ts';
import { type RebuiltFrame, rebuildCapture } from './rebuild-capture.ts';

const REAL = 'real-ss7-pcapr.pcap';
const CAMEL = 'wireshark-camel-ussd-rewrapped.pcap';
const fileOf = (name: string) => sharedPath('vectors/pcap', name);
const skip = fileOf(REAL) === undefined ? NO_SHARED : false;

const captures = new Map<string, RebuiltFrame[]>();
function framesOf(name: string): RebuiltFrame[] {
  const frames = captures.get(name) ?? rebuildCapture(readFileSync(fileOf(name)!));
  captures.set(name, frames);
  return frames;
}

/** Frame numbers in words: `1-3, 7`. */
function listed(numbers: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last !== undefined && number - last[1] <= 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(', ');
}

/**
 * What is not given back from its meaning but kept as it came: frame by frame, with the reason. It all decodes. Lengths
 * that are not minimal are right in BER (ITU-T X.690 §8.1.3); ours are always minimal.
 */
const KEPT: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  [REAL]: {
    'not covered: M2PA': '27, 30, 36, 46, 51, 59, 65',
    'not covered: M2PA, service indicator 1': '25-26, 44-45, 57-58',
    'not covered: M2PA and MTP3 around the SCCP message':
      '1-19, 29, 31, 33-34, 37, 40, 48-49, 52, 54, 62-63, 66, 68',
    // A context of its owner's own, whose operations nobody else knows.
    'not covered: application context 1.2.826.0.1249.51.1.1.1.0.1': '3, 16',
    // A user gets the first segment back, and knows its message by that (ITU-T Q.714 §4.2).
    'a segment that came back': '17-19, 37, 40, 52, 54, 66, 68',
    // The spare bit of the nature of address indicator is set (ITU-T Q.713 §3.4.2.3.1).
    'UDT: octet 10 came as 84, is 04': '237-240',
    'begin: lengths are not minimal': '3, 16',
    'continue: lengths are not minimal': '72, 76',
    'end: lengths are not minimal': '31',
    'invoke insertSubscriberData: lengths are not minimal': '76, 234-236, 244-246',
    'result sendAuthenticationInfo: lengths are not minimal': '72, 74',
  },
  [CAMEL]: {},
};

for (const name of [REAL, CAMEL]) {
  test(`${name}: every frame comes back octet by octet, but for what is named here`, { skip }, () => {
    const kept = new Map<string, number[]>();
    for (const { number, captured, rebuilt, remarks } of framesOf(name)) {
      assert.equal(rebuilt.toString('hex'), captured.toString('hex'), `frame ${number}`);
      for (const remark of remarks) kept.set(remark, [...(kept.get(remark) ?? []), number]);
    }
    assert.deepEqual(
      Object.fromEntries([...kept].map(([remark, numbers]) => [remark, listed(numbers)])),
      KEPT[name],
    );
  });
}

test('what the frames hold was gone through to its last layer', { skip }, () => {
  const counts = new Map<string, number>();
  for (const name of [REAL, CAMEL])
    for (const { layers } of framesOf(name))
      for (const layer of layers) counts.set(layer, (counts.get(layer) ?? 0) + 1);
  // biome-ignore format: a kind of layer a row
  assert.deepEqual(Object.fromEntries(counts), {
    'SCTP': 273,
    'M2PA': 46, 'M3UA DATA': 68,
    'UDT': 71, 'UDTS': 1, 'XUDT': 20, 'XUDTS': 9, 'SST': 5, 'SSA': 5,
    'begin': 35, 'continue': 20, 'end': 20, 'map-open': 1,
    'invoke anyTimeInterrogation': 1, 'result anyTimeInterrogation': 2,
    'invoke applyCharging': 1, 'invoke applyChargingReport': 1,
    'invoke connect': 1, 'invoke continue': 1, 'invoke releaseCall': 2,
    'invoke initialDP': 2, 'invoke requestReportBCSMEvent': 2, 'invoke eventReportBCSM': 3,
    'invoke forwardSM': 3,
    'invoke insertSubscriberData': 10, 'result insertSubscriberData': 6,
    'invoke processUnstructuredSS-Request': 1, 'invoke purgeMS': 1,
    'invoke sendAuthenticationInfo': 2, 'result sendAuthenticationInfo': 2,
    'invoke sendIdentification': 2, 'result sendIdentification': 2,
    'invoke sendRoutingInfo': 3,
    'invoke sendRoutingInfoForSM': 2, 'result sendRoutingInfoForSM': 1,
    'invoke updateGprsLocation': 2, 'result updateGprsLocation': 1,
    'invoke updateLocation': 12, 'result updateLocation': 5,
    'error roamingNotAllowed': 2, 'error systemFailure': 1, 'error teleserviceNotProvisioned': 3,
  });
});
