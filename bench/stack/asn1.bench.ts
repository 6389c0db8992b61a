/**
 * What a declaration costs, walked, as composed closures, and compiled: on a type with the tags and the size of CAP's
 * initialDP (3GPP TS 29.078 §6.1.1), with what a terminating call brings. `node dist/bench/stack/asn1.bench.js`
 */
import { Bench } from 'tinybench';
import {
  BerWriter,
  choice,
  compile,
  enumerated,
  type Infer,
  implicit,
  integer,
  interpret,
  nullType,
  octetString,
  optional,
  sequence,
} from '../../src/stack/asn1/index.ts';
import { closureDecoder, closureEncoder } from './asn1-closures.ts';

const octets = (tag: number, min = 1, max = 160) => optional(implicit(tag, octetString({ min, max })));

const LocationInformation = sequence({
  ageOfLocationInformation: optional(integer({ min: 0, max: 32_767 })),
  geographicalInformation: octets(0, 8, 8),
  vlrNumber: octets(1, 1, 9),
  locationNumber: octets(2, 2, 10),
  cellGlobalIdOrServiceAreaIdOrLAI: optional(
    implicit(
      3,
      choice({
        cellGlobalIdOrServiceAreaIdFixedLength: implicit(0, octetString({ min: 7, max: 7 })),
        laiFixedLength: implicit(1, octetString({ min: 5, max: 5 })),
      }),
    ),
  ),
  mscNumber: octets(6, 1, 9),
});

const InitialDP = sequence({
  serviceKey: implicit(0, integer({ min: 0, max: 2_147_483_647 })),
  calledPartyNumber: octets(2, 2, 18),
  callingPartyNumber: octets(3, 2, 10),
  callingPartysCategory: octets(5, 1, 1),
  cGEncountered: optional(implicit(7, enumerated({ noCUGInformationReceived: 0, oneCUG: 1 }))),
  iPSSPCapabilities: octets(8, 1, 4),
  locationNumber: octets(10, 2, 10),
  originalCalledPartyID: octets(12, 2, 10),
  highLayerCompatibility: octets(23, 2, 2),
  additionalCallingPartyNumber: octets(25, 2, 11),
  bearerCapability: optional(
    implicit(27, choice({ bearerCap: implicit(0, octetString({ min: 2, max: 11 })) })),
  ),
  eventTypeBCSM: optional(
    implicit(28, enumerated({ collectedInfo: 2, termAttemptAuthorized: 12, tBusy: 13, tNoAnswer: 14 })),
  ),
  redirectingPartyID: octets(29, 2, 10),
  redirectionInformation: octets(30, 2, 2),
  serviceInteractionIndicatorsTwo: octets(32),
  carrier: octets(37),
  cugIndex: octets(45),
  cugInterlock: octets(46, 4, 4),
  cugOutgoingAccess: optional(implicit(47, nullType)),
  iMSI: octets(50, 3, 8),
  subscriberState: octets(51),
  locationInformation: optional(implicit(52, LocationInformation)),
  extBasicServiceCode: optional(
    implicit(53, choice({ extTeleservice: implicit(3, octetString({ min: 1, max: 5 })) })),
  ),
  callReferenceNumber: octets(54, 1, 8),
  mscAddress: octets(55, 1, 9),
  calledPartyBCDNumber: octets(56, 1, 41),
  timeAndTimezone: octets(57, 8, 8),
});

const bytes = (length: number) => new Uint8Array(length).fill(0x21);
const value: Infer<typeof InitialDP> = {
  serviceKey: 110,
  calledPartyNumber: bytes(8),
  callingPartyNumber: bytes(8),
  callingPartysCategory: bytes(1),
  iPSSPCapabilities: bytes(1),
  locationNumber: bytes(8),
  highLayerCompatibility: bytes(2),
  bearerCapability: { bearerCap: bytes(3) },
  eventTypeBCSM: 'termAttemptAuthorized',
  iMSI: bytes(8),
  locationInformation: {
    ageOfLocationInformation: 3,
    vlrNumber: bytes(7),
    cellGlobalIdOrServiceAreaIdOrLAI: { cellGlobalIdOrServiceAreaIdFixedLength: bytes(7) },
  },
  extBasicServiceCode: { extTeleservice: bytes(1) },
  callReferenceNumber: bytes(5),
  mscAddress: bytes(7),
  timeAndTimezone: bytes(8),
};

const compiled = compile(InitialDP);
const interpreted = interpret(InitialDP);
const encoded = compiled.encode(value);
const decoded = compiled.decode(encoded);
const readClosures = closureDecoder(InitialDP);
const writeClosures = closureEncoder(InitialDP);
const writer = new BerWriter();
let sink: unknown;

writeClosures(writer.reset(), value);
if (!decoded.ok || Buffer.compare(writer.octets(), encoded) !== 0) throw new Error('codecs disagree');

const bench = new Bench({ time: 400, warmupTime: 100 });
bench
  .add('decode, interpreted', () => {
    sink = interpreted.decode(encoded);
  })
  .add('decode, closures', () => {
    sink = readClosures(encoded, 2, encoded.length);
  })
  .add('decode, compiled', () => {
    sink = compiled.decode(encoded);
  })
  .add('encode, interpreted', () => {
    sink = interpreted.encode(value);
  })
  .add('encode, closures', () => {
    writeClosures(writer.reset(), value);
    sink = writer.copy();
  })
  .add('encode, compiled', () => {
    sink = compiled.encode(value);
  })
  .add('encode into a writer, compiled', () => {
    compiled.encodeInto(writer.reset(), value);
  });
await bench.run();
console.log(`${encoded.length} octets`);
console.table(
  bench.tasks.map(({ name, result }) => ({
    task: name,
    'ns, median': 'latency' in result ? Math.round(result.latency.p50 * 1e6) : '',
    'operations/s': 'throughput' in result ? Math.round(result.throughput.mean) : '',
  })),
);
if (sink === undefined) throw new Error('nothing was measured');
