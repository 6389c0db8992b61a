/** What the octets of a string say, by the type that declares them: numbers, identities, causes, times, or a value of another type. */
import type { Type } from '../stack/asn1/index.ts';
import * as isup from '../stack/cap/isup-parameters.ts';
import { LegType, TimeAndTimezone } from '../stack/cap/types/call.ts';
import * as charging from '../stack/cap/types/charging.ts';
import * as numbers from '../stack/cap/types/numbers.ts';
import { decodeAddressString, natureOfAddress, numberingPlan } from '../stack/map/address-string.ts';
import { decodeCellIdentity } from '../stack/map/cell-identity.ts';
import { decodeTbcd } from '../stack/map/tbcd.ts';
import * as address from '../stack/map/types/address.ts';
import * as camel from '../stack/map/types/camel.ts';
import * as location from '../stack/map/types/location.ts';

type Parts = Readonly<Record<string, string | number | boolean>>;

/** A value with its parts, or: the octets are a value of `type`. */
export type Meaning =
  | { readonly value: string; readonly parts?: Parts; readonly note?: string }
  | { readonly type: Type; readonly name: string };

type Reader = (octets: Uint8Array) => Meaning | undefined;

/** `international (1)`. */
function named(names: Readonly<Record<string, number>>, code: number): string {
  const name = Object.entries(names).find(([, value]) => value === code)?.[0];
  return name === undefined ? String(code) : `${name} (${code})`;
}

const tbcd: Reader = (octets) => ({ value: decodeTbcd(octets) });

const addressString: Reader = (octets) => {
  const read = decodeAddressString(octets);
  if (read === undefined) return undefined;
  return {
    value: read.digits,
    parts: {
      natureOfAddress: named(natureOfAddress, read.nature),
      numberingPlan: named(numberingPlan, read.plan),
    },
  };
};

export const isupPlan = { isdn: 1, data: 3, telex: 4 };

/** A nature that ITU-T Q.763 §3.9 leaves spare says that these octets are hardly such a number. */
function spareNature({ nature, digits }: isup.IsupNumber): { note?: string } {
  const spare = nature === 0 ? digits !== '' : nature > 8 && nature < 0x70;
  return spare ? { note: 'spare nature of address' } : {};
}

const calledParty: Reader = (octets) => {
  const read = isup.decodeCalledPartyNumber(octets);
  if (read === undefined) return undefined;
  return {
    value: read.digits,
    parts: {
      natureOfAddress: named(isup.isupNature, read.nature),
      numberingPlan: named(isupPlan, read.plan),
      internalNetworkNumber: read.internalNetworkNumber,
    },
    ...spareNature(read),
  };
};

function callingParts(read: isup.CallingPartyNumber): Parts {
  return {
    natureOfAddress: named(isup.isupNature, read.nature),
    numberingPlan: named(isupPlan, read.plan),
    incomplete: read.incomplete,
    presentation: named(isup.presentation, read.presentation),
    screening: named(isup.screening, read.screening),
  };
}

const callingParty: Reader = (octets) => {
  const read = isup.decodeCallingPartyNumber(octets);
  return read && { value: read.digits, parts: callingParts(read), ...spareNature(read) };
};

const genericNumber: Reader = (octets) => {
  const read = isup.decodeGenericNumber(octets);
  return (
    read && {
      value: read.digits,
      parts: { qualifier: read.qualifier, ...callingParts(read) },
      ...spareNature(read),
    }
  );
};

const cause: Reader = (octets) => {
  const read = isup.decodeCause(octets);
  if (read === undefined) return undefined;
  return {
    value: `${read.value} ${isup.causeNames.get(read.value) ?? 'without a name'}`,
    parts: { codingStandard: read.codingStandard, location: read.location },
  };
};

const redirectionInformation: Reader = (octets) => {
  const read = isup.decodeRedirectionInformation(octets);
  if (read === undefined) return undefined;
  return {
    value: named(isup.redirectingReason, read.reason),
    parts: {
      redirectingIndicator: read.indicator,
      originalRedirectionReason: named(isup.redirectingReason, read.originalReason),
      redirectionCounter: read.counter,
      redirectingReason: named(isup.redirectingReason, read.reason),
    },
  };
};

const timeAndTimezone: Reader = (octets) => {
  const read = isup.decodeTimeAndTimezone(octets);
  if (read === undefined) return undefined;
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.abs(read.zoneQuarters) * 15;
  const zone = `${read.zoneQuarters < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  const date = `${String(read.year).padStart(4, '0')}-${two(read.month)}-${two(read.day)}`;
  return { value: `${date}T${two(read.hour)}:${two(read.minute)}:${two(read.second)}${zone}` };
};

const cell: Reader = (octets) => {
  const read = decodeCellIdentity(octets);
  if (read === undefined) return undefined;
  const { mobileCountryCode, mobileNetworkCode, locationAreaCode, cellIdentity } = read;
  const ends = cellIdentity === undefined ? [] : [cellIdentity];
  return {
    value: [mobileCountryCode, mobileNetworkCode, locationAreaCode, ...ends].join('-'),
    parts: { ...read },
  };
};

const mmCode: Reader = (octets) => ({ value: named(camel.mmCodes, octets[0] ?? -1) });
const leg: Reader = (octets) => (octets.length === 1 ? { value: `leg${octets[0]!}` } : undefined);
const text: Reader = (octets) => ({ value: String.fromCharCode(...octets.subarray(0, 1024)) });

/** Octets that are values of other types. */
const inner = new Map<Type, { readonly type: Type; readonly name: string }>([
  [
    charging.AChBillingChargingCharacteristics,
    {
      type: charging.CamelAChBillingChargingCharacteristics,
      name: 'CAMEL-AChBillingChargingCharacteristics',
    },
  ],
  [
    charging.AChBillingChargingCharacteristicsV2,
    {
      type: charging.CamelAChBillingChargingCharacteristicsV2,
      name: 'CAMEL-AChBillingChargingCharacteristics',
    },
  ],
  [charging.CallResult, { type: charging.CamelCallResult, name: 'CAMEL-CallResult' }],
  [
    charging.FCIBillingChargingCharacteristics,
    {
      type: charging.CamelFCIBillingChargingCharacteristics,
      name: 'CAMEL-FCIBillingChargingCharacteristics',
    },
  ],
  [
    charging.FCISMSBillingChargingCharacteristics,
    {
      type: charging.CamelFCISMSBillingChargingCharacteristics,
      name: 'CAMEL-FCISMSBillingChargingCharacteristics',
    },
  ],
  [
    charging.SCIBillingChargingCharacteristics,
    {
      type: charging.CamelSCIBillingChargingCharacteristics,
      name: 'CAMEL-SCIBillingChargingCharacteristics',
    },
  ],
]);

const readers = new Map<Type, Reader>([
  [address.Imsi, tbcd],
  [address.Imei, tbcd],
  [address.AddressString, addressString],
  [address.IsdnAddressString, addressString],
  [address.FtnAddressString, addressString],
  [address.DiameterIdentity, text],
  [camel.MmCode, mmCode],
  [location.CellGlobalIdOrServiceAreaIdFixedLength, cell],
  [location.LAIFixedLength, cell],
  [location.LocationNumber, callingParty],
  [numbers.CalledPartyNumber, calledParty],
  [numbers.CallingPartyNumber, callingParty],
  [numbers.OriginalCalledPartyID, callingParty],
  [numbers.RedirectingPartyID, callingParty],
  [numbers.LocationNumber, callingParty],
  [numbers.GenericNumber, genericNumber],
  [numbers.CalledPartyBCDNumber, addressString],
  [numbers.Cause, cause],
  [numbers.RedirectionInformation, redirectionInformation],
  [TimeAndTimezone, timeAndTimezone],
  [LegType, leg],
  ...[...inner].map(([type, within]): [Type, Reader] => [type, () => within]),
]);

/** The type that says how octets of `type` are read: itself, or what it is a tag or a name of. */
export function typeWithMeaning(type: Type): Type | undefined {
  for (let named = type; ; ) {
    if (readers.has(named)) return named;
    const { node } = named;
    if (node.kind === 'lazy') named = node.type();
    else if (node.kind === 'tagged' || node.kind === 'named' || node.kind === 'mapped') named = node.type;
    else return undefined;
  }
}

/** What `octets` say as a value of `type`; undefined: nothing more than themselves. */
export function meaningOf(type: Type, octets: Uint8Array): Meaning | undefined {
  const named = typeWithMeaning(type);
  return named && readers.get(named)?.(octets);
}

/** The type of a value that octets of `type` hold: charging characteristics. */
export function typeWithin(type: Type): { readonly type: Type; readonly name: string } | undefined {
  const named = typeWithMeaning(type);
  return named && inner.get(named);
}

/** Types whose octets are read as something. */
export function typesWithMeaning(): readonly Type[] {
  return [...readers.keys()];
}
