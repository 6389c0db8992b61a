/** Octets of a string from what they are read as: the way back of `meanings.ts`. */
import type { Type } from '../stack/asn1/index.ts';
import * as isup from '../stack/cap/isup-parameters.ts';
import { LegType, TimeAndTimezone } from '../stack/cap/types/call.ts';
import * as numbers from '../stack/cap/types/numbers.ts';
import { encodeAddressString, natureOfAddress, numberingPlan } from '../stack/map/address-string.ts';
import { encodeTbcd, isTbcd } from '../stack/map/tbcd.ts';
import * as address from '../stack/map/types/address.ts';
import * as camel from '../stack/map/types/camel.ts';
import * as location from '../stack/map/types/location.ts';
import { isupPlan, typeWithMeaning } from './meanings.ts';

/** What the children of a node say, by their names: `natureOfAddress` is `international (1)`. */
export type GivenParts = ReadonlyMap<string, unknown>;

interface Writer {
  /** Undefined when `value` and its parts are none that can be written. */
  readonly write: (value: string, parts: GivenParts) => Uint8Array | undefined;
  /** What may stand there, in words. */
  readonly allowed: string;
  /** A number is as good as its text: a cause, a code. Digits are not, they may begin with zeros. */
  readonly numeric?: true;
}

type Names = Readonly<Record<string, number>>;

/** `international (1)`, `international` or `1`; `absent` when nothing is said. NaN: none of them. */
function code(names: Names, given: unknown, absent: number): number {
  if (given === undefined) return absent;
  if (typeof given === 'number') return given;
  if (typeof given !== 'string') return Number.NaN;
  const [, word = '', number] = /^(.*?)(?: \((\d+)\))?$/.exec(given) ?? [];
  if (/^\d+$/.test(word)) return Number(word);
  const known = Object.hasOwn(names, word) ? names[word]! : Number.NaN;
  return number === undefined || Number(number) === known ? known : Number.NaN;
}

const flag = (given: unknown): boolean => given === true;
const allNumbers = (...list: readonly number[]): boolean =>
  list.every((one) => Number.isInteger(one) && one >= 0 && one <= 255);

const tbcd: Writer = {
  write: (value) => (isTbcd(value) ? encodeTbcd(value) : undefined),
  allowed: 'digits',
};

const addressString: Writer = {
  write: (digits, parts) => {
    const nature = code(natureOfAddress, parts.get('natureOfAddress'), natureOfAddress.international);
    const plan = code(numberingPlan, parts.get('numberingPlan'), numberingPlan.isdn);
    return isTbcd(digits) && allNumbers(nature, plan)
      ? encodeAddressString({ nature, plan, digits })
      : undefined;
  },
  allowed: `digits, of an international ISDN number unless children natureOfAddress (${words(natureOfAddress)}) and numberingPlan (${words(numberingPlan)}) say otherwise`,
};

const ISUP_DIGITS = /^[0-9a-f]*$/;

function isupNumber(digits: string, parts: GivenParts): isup.IsupNumber | undefined {
  const nature = code(isup.isupNature, parts.get('natureOfAddress'), isup.isupNature.international);
  const plan = code(isupPlan, parts.get('numberingPlan'), isupPlan.isdn);
  return ISUP_DIGITS.test(digits) && allNumbers(nature, plan) ? { nature, plan, digits } : undefined;
}

function callingNumber(digits: string, parts: GivenParts): isup.CallingPartyNumber | undefined {
  const number = isupNumber(digits, parts);
  const presentation = code(isup.presentation, parts.get('presentation'), isup.presentation.allowed);
  const screening = code(isup.screening, parts.get('screening'), isup.screening.networkProvided);
  if (number === undefined || !allNumbers(presentation, screening)) return undefined;
  return { ...number, incomplete: flag(parts.get('incomplete')), presentation, screening };
}

const isupAllowed = `digits, of an international ISDN number unless children natureOfAddress (${words(isup.isupNature)}) and numberingPlan (${words(isupPlan)}) say otherwise`;

const calledParty: Writer = {
  write: (digits, parts) => {
    const number = isupNumber(digits, parts);
    const internalNetworkNumber = flag(parts.get('internalNetworkNumber'));
    return number && isup.encodeCalledPartyNumber({ ...number, internalNetworkNumber });
  },
  allowed: isupAllowed,
};

const callingParty: Writer = {
  write: (digits, parts) => {
    const number = callingNumber(digits, parts);
    return number && isup.encodeCallingPartyNumber(number);
  },
  allowed: isupAllowed,
};

/** Qualifier 6 is the additional calling party number: ITU-T Q.763 §3.26. */
const genericNumber: Writer = {
  write: (digits, parts) => {
    const number = callingNumber(digits, parts);
    const qualifier = code({}, parts.get('qualifier'), 6);
    return number && allNumbers(qualifier) ? isup.encodeGenericNumber({ ...number, qualifier }) : undefined;
  },
  allowed: `${isupAllowed}, and a child qualifier (default 6)`,
};

const cause: Writer = {
  write: (text, parts) => {
    const value = Number(/^\d+/.exec(text)?.[0] ?? Number.NaN);
    const codingStandard = code({}, parts.get('codingStandard'), 0);
    const place = code({}, parts.get('location'), 0);
    return allNumbers(value, codingStandard, place)
      ? isup.encodeCause({ value, codingStandard, location: place })
      : undefined;
  },
  numeric: true,
  allowed: 'a cause value of 0 to 127, and children codingStandard and location (default 0)',
};

const redirectionInformation: Writer = {
  write: (text, parts) => {
    const reason = code(isup.redirectingReason, text, 0);
    const information = {
      reason,
      indicator: code({}, parts.get('redirectingIndicator'), 0),
      originalReason: code(isup.redirectingReason, parts.get('originalRedirectionReason'), reason),
      counter: code({}, parts.get('redirectionCounter'), 1),
    };
    return allNumbers(...Object.values(information))
      ? isup.encodeRedirectionInformation(information)
      : undefined;
  },
  numeric: true,
  allowed: `the redirecting reason, one of ${words(isup.redirectingReason)}`,
};

const timeAndTimezone: Writer = {
  write: (text) => {
    const found = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)([+-])(\d\d):(\d\d)$/.exec(text);
    if (found === null) return undefined;
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(1, 7).map(Number);
    const quarters = (Number(found[8]) * 60 + Number(found[9])) / 15;
    const zoneQuarters = found[7] === '-' ? -quarters : quarters;
    return Number.isInteger(quarters)
      ? isup.encodeTimeAndTimezone({ year, month, day, hour, minute, second, zoneQuarters })
      : undefined;
  },
  allowed: 'a moment as 2026-11-21T22:02:22+01:00, the zone in quarters of an hour',
};

const cell: Writer = {
  write: (text) => {
    const found = /^([0-9a-f]{3})-([0-9a-f]{2,3})-(\d{1,5})(?:-(\d{1,5}))?$/.exec(text);
    if (found === null) return undefined;
    const [, country = '', network = '', area = '', identity] = found;
    const digits = Array.from(`${country}${network[2] ?? 'f'}${network.slice(0, 2)}`);
    const [c1 = 0, c2 = 0, c3 = 0, n3 = 0, n1 = 0, n2 = 0] = digits.map((one) => Number.parseInt(one, 16));
    const numbersOf = [area, ...(identity === undefined ? [] : [identity])].map(Number);
    if (numbersOf.some((one) => one > 0xffff)) return undefined;
    const tail = numbersOf.flatMap((one) => [one >> 8, one & 0xff]);
    return Uint8Array.of(c1 | (c2 << 4), c3 | (n3 << 4), n1 | (n2 << 4), ...tail);
  },
  allowed: 'MCC-MNC-LAC, of a cell MCC-MNC-LAC-CI, as 262-01-4660-22136',
};

const mmCode: Writer = {
  write: (value) => {
    const known = code(camel.mmCodes, value, 0);
    return allNumbers(known) ? Uint8Array.of(known) : undefined;
  },
  numeric: true,
  allowed: `one of ${words(camel.mmCodes)}`,
};

const leg: Writer = {
  write: (text) => {
    const number = Number(/^leg(\d{1,3})$/.exec(text)?.[1] ?? Number.NaN);
    return allNumbers(number) ? Uint8Array.of(number) : undefined;
  },
  allowed: 'leg1, leg2 …',
};

const text: Writer = {
  write: (value) => {
    const octets = Array.from(value, (character) => character.codePointAt(0)!);
    return allNumbers(...octets) ? Uint8Array.from(octets) : undefined;
  },
  allowed: 'text',
};

const writers = new Map<Type, Writer>([
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
]);

/** How octets of `type` are made of what they say; undefined where they are given in hexadecimal. */
export function writerOf(type: Type): Writer | undefined {
  const named = typeWithMeaning(type);
  return named && writers.get(named);
}

/** `unknown (0), international (1), …` */
function words(names: Names): string {
  return Object.entries(names)
    .map(([word, number]) => `${word} (${number})`)
    .join(', ');
}
