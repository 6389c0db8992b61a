/** Parameters of MAP and CAP, which their operation says what they are, and the contents of the strings in them. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findError, operationVersions } from '../../src/decode/catalogue.ts';
import { encodeOperation } from '../../src/decode/encode-operation.ts';
import { decodeOperation, type Part } from '../../src/decode/operation-tree.ts';
import { type Codec, compile, type Type } from '../../src/stack/asn1/index.ts';
import { decodeCause, encodeCause } from '../../src/stack/isup/cause.ts';
import {
  decodeCalledPartyNumber,
  decodeCallingPartyNumber,
  decodeGenericNumber,
  encodeCalledPartyNumber,
  encodeCallingPartyNumber,
  encodeGenericNumber,
} from '../../src/stack/isup/number.ts';
import {
  decodeRedirectionInformation,
  encodeRedirectionInformation,
} from '../../src/stack/isup/redirection-information.ts';
import { decodeAddressString, encodeAddressString } from '../../src/stack/map/address-string.ts';
import { decodeCellIdentity } from '../../src/stack/map/cell-identity.ts';
import { decodeMapDialogue } from '../../src/stack/map/dialogue-pdu.ts';
import { decodeTbcd, isTbcd } from '../../src/stack/map/tbcd.ts';
import type { ParameterVector } from '../acceptance/vectors.ts';
import { everyParameter } from '../stack/ros/every-parameter.ts';
import { sensibleValuesOf } from '../stack/ros/sensible-values.ts';
import type { FuzzLayer, Reading, Sample } from './layer.ts';
import { samplesOf, show, vectors } from './message-layers.ts';

interface About {
  readonly operation: string;
  readonly part: Part;
  readonly types: readonly Type[];
}

const VALUES_EACH = 2;
const PARTS = { arg: 'argument', res: 'result', err: 'error' } as const;

/** Captured parameters of the protocol, and generated values of all that it declares. */
function samples(protocol: 'MAP' | 'CAP'): readonly Sample[] {
  const captured = (vectors()?.parameters ?? []).flatMap((vector): Sample[] => {
    const about = aboutVector(vector, protocol);
    return about === undefined ? [] : [{ octets: vector.octets, about }];
  });
  const generated = everyParameter()
    .filter(({ context }) => context.protocol === protocol)
    .flatMap(({ operation, part, type }) => {
      const codec = compile(type);
      const about: About = { operation: operation.name ?? '', part, types: [type] };
      return fc
        .sample(sensibleValuesOf(type), { numRuns: VALUES_EACH, seed: 1 })
        .map((value) => ({ octets: Uint8Array.from(codec.encode(value)), about }));
    });
  return [...captured, ...generated];
}

function aboutVector({ op, kind }: ParameterVector, protocol: 'MAP' | 'CAP'): About | undefined {
  const code = /^map-error(\d+)$/.exec(op)?.[1];
  const operation = code === undefined ? op : 'updateLocation';
  const entries = operationVersions(operation).filter((entry) => entry.protocol === protocol);
  const types = entries.map((entry) => {
    if (code !== undefined) return findError(entry, Number(code))?.parameter;
    return kind === 'arg' ? entry.operation.argument : entry.operation.result;
  });
  const declared = types.filter((type) => type !== undefined);
  return declared.length === 0 ? undefined : { operation, part: PARTS[kind], types: declared };
}

interface Codecs {
  readonly lenient: Codec<unknown>;
  readonly strict: Codec<unknown>;
}

const codecs = new Map<Type, Codecs>();

function codecsOf(type: Type): Codecs {
  const known = codecs.get(type) ?? { lenient: compile(type, { lenient: true }), strict: compile(type) };
  codecs.set(type, known);
  return known;
}

function readParameter(octets: Uint8Array, about: unknown): Reading {
  const { operation, part, types } = about as About;
  const readings = types.map(codecsOf).map(({ lenient, strict }) => ({
    lenient,
    decoded: lenient.decode(octets),
    strictly: strict.decode(octets),
  }));
  const shown = decodeOperation({ operation, part, octets });
  return {
    value: [readings.map(({ decoded, strictly }) => [decoded, strictly]), shown],
    read: readings.some(({ decoded }) => decoded.ok),
    again: () => {
      for (const { lenient, decoded, strictly } of readings) {
        // Whatever is right is right for who is lenient, too.
        assert.ok(decoded.ok || !strictly.ok);
        if (decoded.ok) assert.ok(lenient.decode(lenient.encode(decoded.value)).ok);
      }
      if (shown === undefined) return;
      show(shown.tree);
      const { tree, version } = shown;
      const json: unknown = JSON.parse(JSON.stringify(tree));
      encodeOperation({ operation, part, json, ...(version === undefined ? {} : { version }) });
    },
  };
}

/** Small things that stand in octet strings of parameters. */
function readContents(octets: Uint8Array): Reading {
  const written: (() => void)[] = [];
  const values: unknown[] = [];
  const both = <T>(decoded: T | undefined, encode: (value: T) => Uint8Array) => {
    if (decoded === undefined) return;
    values.push(decoded);
    written.push(() => {
      encode(decoded);
    });
  };
  both(decodeCause(octets), encodeCause);
  both(decodeCalledPartyNumber(octets), encodeCalledPartyNumber);
  both(decodeCallingPartyNumber(octets), encodeCallingPartyNumber);
  both(decodeGenericNumber(octets), encodeGenericNumber);
  both(decodeRedirectionInformation(octets), encodeRedirectionInformation);
  const address = decodeAddressString(octets);
  // A filler within the digits is read, but nobody writes it.
  if (address !== undefined && isTbcd(address.digits)) both(address, encodeAddressString);
  values.push(decodeCellIdentity(octets), decodeTbcd(octets), decodeMapDialogue(octets));
  return {
    value: values,
    read: written.length > 0,
    again: () => {
      for (const write of written) write();
    },
  };
}

export const map: FuzzLayer = { samples: () => samples('MAP'), read: readParameter };
export const cap: FuzzLayer = { samples: () => samples('CAP'), read: readParameter };
export const contents: FuzzLayer = {
  samples: () =>
    samplesOf([...(vectors()?.isup ?? []), ...(vectors()?.parameters ?? []).map(({ octets }) => octets)]),
  read: readContents,
};
