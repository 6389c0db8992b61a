/**
 * Contents that mean something, for decoders that look into octet strings: digits of numbers, codes that are assigned,
 * areas with decimal country codes. Values of all other types are as random as their declarations allow.
 */
import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { typesWithMeaning, typeWithin } from '../../../src/decode/meanings.ts';
import { compile, objectIdentifier, type Type } from '../../../src/stack/asn1/index.ts';
import { resolve } from '../../../src/stack/asn1/tags.ts';
import * as isup from '../../../src/stack/cap/isup-parameters.ts';
import {
  CellGlobalIdOrServiceAreaIdOrLAI,
  SmsAddressString,
} from '../../../src/stack/cap/operations/initial-dp-sms.ts';
import * as call from '../../../src/stack/cap/types/call.ts';
import * as numbers from '../../../src/stack/cap/types/numbers.ts';
import { RPCause } from '../../../src/stack/cap/types/sms.ts';
import { encodeAddressString } from '../../../src/stack/map/address-string.ts';
import {
  AddGeographicalInformation,
  ExtGeographicalInformation,
} from '../../../src/stack/map/operations/provide-subscriber-location.ts';
import { SmRpSmea } from '../../../src/stack/map/operations/send-routing-info-for-sm.ts';
import { encodeTbcd } from '../../../src/stack/map/tbcd.ts';
import * as address from '../../../src/stack/map/types/address.ts';
import * as basicService from '../../../src/stack/map/types/basic-service.ts';
import * as location from '../../../src/stack/map/types/location.ts';
import * as pdp from '../../../src/stack/map/types/pdp-context.ts';
import * as signal from '../../../src/stack/map/types/signal.ts';
import { UssdDataCodingScheme } from '../../../src/stack/map/types/supplementary-services.ts';
import { valuesOf } from '../asn1/random-value.ts';

const digits = (min: number, max: number): fc.Arbitrary<string> =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: min, maxLength: max }).map((list) => list.join(''));

const octets = (min: number, max = min): fc.Arbitrary<Uint8Array> =>
  fc.uint8Array({ minLength: min, maxLength: max });

/** MCC 262, MNC of two digits, as three octets. */
const plmn = fc.integer({ min: 0, max: 99 }).map((network) => {
  const [tens, ones] = [Math.floor(network / 10), network % 10];
  return [0x62, 0xf2, tens | (ones << 4)];
});
const inPlmn = (behind: number) =>
  fc.tuple(plmn, octets(behind)).map(([network, rest]) => Uint8Array.of(...network, ...rest));

const imsi = digits(7, 12).map((rest) => encodeTbcd(`262${rest}`));

const addressString = (max: number): fc.Arbitrary<Uint8Array> =>
  fc
    .tuple(fc.constantFrom(1, 2), digits(4, max))
    .map(([nature, text]) => encodeAddressString({ nature, plan: 1, digits: `49${text}` }));

const isupNumber = (max: number) =>
  fc.record({
    nature: fc.constantFrom(3, 4),
    plan: fc.constant(1),
    digits: digits(4, max),
    incomplete: fc.boolean(),
    internalNetworkNumber: fc.boolean(),
    presentation: fc.constantFrom(0, 1),
    screening: fc.constantFrom(1, 3),
    qualifier: fc.constantFrom(6, 8),
  });

/** TLV of a layer 3 message with one information element, as ExternalSignalInfo carries. */
const informationElement = octets(1, 6).map((contents) => Uint8Array.of(4, contents.length, ...contents));

const externalSignalInfo = (protocol: string, names: readonly string[]) =>
  fc.record({
    [protocol]: fc.constantFrom(...names),
    signalInfo: informationElement,
    extensionContainer: fc.constant(undefined),
  });

/** SMS-DELIVER from 1234 with a few septets: 3GPP TS 23.040 §9.2.2.1. */
const tpdu = octets(0, 7).map((text) =>
  Uint8Array.of(
    ...Buffer.from('0404812143000062704090646100', 'hex'),
    Math.floor((text.length * 8) / 7),
    ...text.map((octet) => octet & 0x7f),
  ),
);

const text = (min: number, max: number): fc.Arbitrary<Uint8Array> =>
  fc
    .array(fc.constantFrom('a', 'k', 'z', '0', '9', '.', '-'), { minLength: min, maxLength: max })
    .map((characters) => Buffer.from(characters.join(''), 'latin1'));

/** Octets of `holder` that hold a value of another type. */
const within = (holder: Type, type: Type): fc.Arbitrary<Uint8Array> => {
  const codec = compile(type);
  const { base } = resolve(holder);
  assert(base.kind === 'octetString');
  return sensibleValuesOf(type)
    .map((value) => codec.encode(value))
    .filter(({ length }) => length >= base.min && length <= base.max);
};

const list: readonly (readonly [Type, fc.Arbitrary<unknown>])[] = [
  [address.Imsi, imsi],
  [address.Imei, digits(15, 15).map((text) => encodeTbcd(text))],
  [address.AddressString, addressString(12)],
  [address.IsdnAddressString, addressString(12)],
  [address.FtnAddressString, addressString(20)],
  // tshark takes five octets for an error, which the declaration allows.
  [basicService.ExtBearerServiceCode, octets(1, 4)],
  [basicService.ExtTeleserviceCode, octets(1, 4)],
  [address.PlmnId, inPlmn(0)],
  [location.CellGlobalIdOrServiceAreaIdFixedLength, inPlmn(4)],
  [location.LAIFixedLength, inPlmn(2)],
  [location.RAIdentity, inPlmn(3)],
  [location.LocationNumber, isupNumber(12).map(isup.encodeCallingPartyNumber)],
  [numbers.CalledPartyNumber, isupNumber(16).map(isup.encodeCalledPartyNumber)],
  [numbers.CallingPartyNumber, isupNumber(12).map(isup.encodeCallingPartyNumber)],
  [numbers.OriginalCalledPartyID, isupNumber(12).map(isup.encodeCallingPartyNumber)],
  [numbers.RedirectingPartyID, isupNumber(12).map(isup.encodeCallingPartyNumber)],
  [objectIdentifier, fc.constantFrom([1, 2, 840, 113_549, 1, 1], [2, 999, 3])],
  [signal.SignalInfo, tpdu],
  [signal.ExternalSignalInfo, externalSignalInfo('protocolId', ['gsm-0408', 'gsm-0806', 'ets-300102-1'])],
  [signal.ExtExternalSignalInfo, externalSignalInfo('ext-ProtocolId', ['ets-300356'])],
  [address.DiameterIdentity, text(9, 20)],
  [location.TaId, inPlmn(2)],
  [location.EUtranCgi, inPlmn(4)],
  [location.NrCgi, inPlmn(5)],
  [location.NrTaId, inPlmn(3)],
  [CellGlobalIdOrServiceAreaIdOrLAI, fc.oneof(inPlmn(2), inPlmn(4))],
  // Ellipsoid point with uncertainty circle: 3GPP TS 23.032 §7.3.2; with presentation and confidence: ITU-T Q.763 §3.88.
  [location.GeographicalInformation, octets(7).map((rest) => Uint8Array.of(0x10, ...rest))],
  [location.GeodeticInformation, octets(8).map((rest) => Uint8Array.of(3, 1, ...rest))],
  [ExtGeographicalInformation, octets(7).map((rest) => Uint8Array.of(0x10, ...rest))],
  [AddGeographicalInformation, octets(7).map((rest) => Uint8Array.of(0x10, ...rest))],
  // Shorter ones are of earlier releases, and tshark asks for all octets.
  [pdp.ExtQoSSubscribed, octets(9)],
  [pdp.Ext2QoSSubscribed, octets(3)],
  [pdp.Ext3QoSSubscribed, octets(2)],
  [RPCause, fc.constantFrom(1, 8, 38, 96).map((value) => Uint8Array.of(0x80 | value))],
  [SmsAddressString, digits(4, 12).map((text) => Uint8Array.of(0x91, ...encodeTbcd(text)))],
  [numbers.CalledPartyBCDNumber, addressString(12)],
  [SmRpSmea, digits(8, 8).map((text) => Uint8Array.of(8, 0x91, ...encodeTbcd(text)))],
  [UssdDataCodingScheme, fc.constant(Uint8Array.of(0x0f))],
  [numbers.LocationNumber, isupNumber(12).map(isup.encodeCallingPartyNumber)],
  [numbers.GenericNumber, isupNumber(12).map(isup.encodeGenericNumber)],
  [numbers.Digits, isupNumber(12).map(isup.encodeGenericNumber)],
  [
    numbers.Cause,
    fc
      .constantFrom(1, 16, 17, 18, 19, 20, 31, 127)
      .map((value) => isup.encodeCause({ codingStandard: 0, location: 4, value })),
  ],
  [
    call.TimeAndTimezone,
    fc
      .record({
        year: fc.integer({ min: 1990, max: 2089 }),
        month: fc.integer({ min: 1, max: 12 }),
        day: fc.integer({ min: 1, max: 28 }),
        hour: fc.integer({ min: 0, max: 23 }),
        minute: fc.integer({ min: 0, max: 59 }),
        second: fc.integer({ min: 0, max: 59 }),
        zoneQuarters: fc.integer({ min: -47, max: 48 }),
      })
      .map(isup.encodeTimeAndTimezone),
  ],
];

const sensible = new Map<Type, fc.Arbitrary<unknown>>(list);

for (const type of typesWithMeaning()) {
  const inner = typeWithin(type);
  if (inner !== undefined) sensible.set(type, within(type, inner.type));
}

/** Values of a declared type with contents that mean something. */
export function sensibleValuesOf(type: Type): fc.Arbitrary<unknown> {
  return valuesOf(type, undefined, 0, sensible).map(withOpenTypes);
}

/** In place of random octets: what an open type holds must be of the type that stands there. */
function withOpenTypes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withOpenTypes);
  // A Password is declared FROM ("0".."9").
  if (typeof value === 'string' && /^[0-9 ]{4}$/.test(value)) return value.replaceAll(' ', '0');
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]: [string, unknown]) => {
      if (field === undefined) return [name, undefined];
      if (name === 'privateExtensionList') return [name, [Buffer.from('300706032a03040500', 'hex')]];
      if (name === 'pcs-Extensions') return [name, Buffer.from('a100', 'hex')];
      if (name === 'value' && 'type' in value) return [name, Buffer.from('a1020500', 'hex')];
      return [name, withOpenTypes(field)];
    }),
  );
}
