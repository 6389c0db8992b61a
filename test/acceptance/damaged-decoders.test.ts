/**
 * Damaged copies of the captured messages and parameters, to every decoder: each is read or refused with a value; nothing
 * throws, and what was read can be written and read again. `CALLWAKE_DAMAGE` is how many copies there are (default
 * 100 000), `CALLWAKE_SEED` what they are made from; `CALLWAKE_ROUND` repeats a single one.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCapture } from '../../src/decode/capture.ts';
import { findError, operationVersions } from '../../src/decode/catalogue.ts';
import { FrameSight, frameTree } from '../../src/decode/frame-tree.ts';
import { isupTree } from '../../src/decode/isup-tree.ts';
import { m3uaTree } from '../../src/decode/m3ua-tree.ts';
import { decodeOperation } from '../../src/decode/operation-tree.ts';
import { SccpSight, sccpTree } from '../../src/decode/sccp-tree.ts';
import { tcapTree } from '../../src/decode/tcap-tree.ts';
import { type TreeNode, treeText } from '../../src/decode/tree.ts';
import type { Codec } from '../../src/stack/asn1/index.ts';
import { decodeCause, encodeCause } from '../../src/stack/isup/cause.ts';
import { decodeMessage as decodeIsup, encodeMessage as encodeIsup } from '../../src/stack/isup/message.ts';
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
import { decodeData, encodeData } from '../../src/stack/m3ua/data.ts';
import { decode as decodeM3ua, encode as encodeM3ua } from '../../src/stack/m3ua/messages.ts';
import { decodeAddressString, encodeAddressString } from '../../src/stack/map/address-string.ts';
import { decodeCellIdentity } from '../../src/stack/map/cell-identity.ts';
import { decodeMapDialogue } from '../../src/stack/map/dialogue-pdu.ts';
import { decodeTbcd, isTbcd } from '../../src/stack/map/tbcd.ts';
import { argumentCodec, errorCodec, resultCodec } from '../../src/stack/ros/codecs.ts';
import { decodeManagement, encodeManagement } from '../../src/stack/sccp/management-message.ts';
import { decodeMessage as decodeSccp, encodeMessage as encodeSccp } from '../../src/stack/sccp/message.ts';
import {
  checkPacket,
  chunkType,
  hasCause,
  PACKET_HEADER_OCTETS,
  padded,
  readInit,
  readInitParameters,
} from '../../src/stack/sctp/chunk.ts';
import { packetChecksum } from '../../src/stack/sctp/crc32c.ts';
import { decodeTpdu, type TpduCarrier } from '../../src/stack/sms/tpdu.ts';
import { decodeMessage as decodeTcap, encodeMessage as encodeTcap } from '../../src/stack/tcap/message.ts';
import { randomBelow, SeededRandom } from '../../src/types/random.ts';
import { damage } from '../support/damage.ts';
import { NO_SHARED } from '../support/shared.ts';
import { loadVectors, type ParameterVector, type Vectors } from './vectors.ts';

const vectors = loadVectors();
const skip = vectors === undefined ? NO_SHARED : false;
const COUNT = Number(process.env['CALLWAKE_DAMAGE'] ?? 100_000);
const SEED = Number(process.env['CALLWAKE_SEED'] ?? 2026);
const ONLY = process.env['CALLWAKE_ROUND'];

/** What one copy came to: `m3ua read`, `m3ua refused` … */
type Outcome = 'read' | 'refused';

function show(tree: TreeNode): void {
  assert.ok(treeText(tree).length > 0);
}

function sctp(octets: Uint8Array, mended: boolean): Outcome {
  const packet = Buffer.from(octets);
  if (mended && packet.length >= PACKET_HEADER_OCTETS) packet.writeUInt32LE(packetChecksum(packet), 8);
  const checked = checkPacket(packet);
  if (!checked.ok) return 'refused';
  for (let at = PACKET_HEADER_OCTETS; at < packet.length; at += padded(packet.readUInt16BE(at + 2))) {
    const type = packet[at];
    if (type === chunkType.INIT || type === chunkType.INIT_ACK) {
      readInit(packet, at);
      readInitParameters(packet, at);
    } else if (type === chunkType.ERROR || type === chunkType.ABORT) hasCause(packet, at, 1);
  }
  return 'read';
}

function m3ua(octets: Uint8Array): Outcome {
  show(m3uaTree(octets));
  const data = decodeData(octets);
  if (data.ok) assert.ok(decodeData(encodeData(data, data)).ok);
  const message = decodeM3ua(octets);
  if (!message.ok) return 'refused';
  const { name, parameters, other } = message.value;
  assert.ok(decodeM3ua(encodeM3ua(name, parameters, other)).ok);
  return 'read';
}

function sccp(octets: Uint8Array, sight: SccpSight): Outcome {
  show(sccpTree(octets, sight));
  const management = decodeManagement(octets);
  if (management.ok) assert.ok(decodeManagement(encodeManagement(management.value)).ok);
  const message = decodeSccp(octets);
  if (!message.ok) return 'refused';
  const again = encodeSccp(message.value);
  if (again !== undefined) assert.ok(decodeSccp(again).ok);
  return 'read';
}

function tcap(octets: Uint8Array): Outcome {
  show(tcapTree(octets));
  const message = decodeTcap(octets);
  if (!message.ok) return 'refused';
  const again = encodeTcap(message.value);
  assert.ok(again.ok && decodeTcap(again.value).ok);
  return 'read';
}

function isup(octets: Uint8Array): Outcome {
  show(isupTree(octets));
  const message = decodeIsup(octets);
  if (!message.ok) return 'refused';
  const again = encodeIsup(message.value);
  if (again !== undefined) assert.ok(decodeIsup(again).ok);
  return 'read';
}

const CARRIERS: readonly TpduCarrier[] = ['mt', 'mo', 'mt-result', 'mt-error'];

/** Small things that stand in octet strings of parameters. */
function contents(octets: Uint8Array): Outcome {
  let read = 0;
  const both = <T>(decoded: T | undefined, encode: (value: T) => Uint8Array) => {
    if (decoded === undefined) return;
    encode(decoded);
    read++;
  };
  both(decodeCause(octets), encodeCause);
  both(decodeCalledPartyNumber(octets), encodeCalledPartyNumber);
  both(decodeCallingPartyNumber(octets), encodeCallingPartyNumber);
  both(decodeGenericNumber(octets), encodeGenericNumber);
  both(decodeRedirectionInformation(octets), encodeRedirectionInformation);
  const address = decodeAddressString(octets);
  // A filler within the digits is read, but nobody writes it.
  if (address !== undefined && isTbcd(address.digits)) both(address, encodeAddressString);
  decodeCellIdentity(octets);
  decodeTbcd(octets);
  decodeMapDialogue(octets);
  for (const carrier of CARRIERS) if (decodeTpdu(octets, carrier).ok) read++;
  return read > 0 ? 'read' : 'refused';
}

function codecsOf({ op, kind }: ParameterVector): Codec<unknown>[] {
  const code = /^map-error(\d+)$/.exec(op)?.[1];
  if (code !== undefined)
    return operationVersions('updateLocation')
      .map((entry) => findError(entry, Number(code)))
      .map((error) => error && errorCodec(error))
      .filter((codec) => codec !== undefined);
  return operationVersions(op)
    .map(({ operation }) => (kind === 'arg' ? argumentCodec(operation) : resultCodec(operation)))
    .filter((codec) => codec !== undefined);
}

function parameter(vector: ParameterVector, octets: Uint8Array): Outcome {
  const part = vector.kind === 'arg' ? 'argument' : vector.kind === 'res' ? 'result' : 'error';
  const shown = decodeOperation({ operation: vector.op, part, octets });
  if (shown !== undefined) show(shown.tree);
  let outcome: Outcome = 'refused';
  for (const codec of codecsOf(vector)) {
    const decoded = codec.decode(octets);
    if (!decoded.ok) continue;
    outcome = 'read';
    assert.ok(codec.decode(codec.encode(decoded.value)).ok);
  }
  return outcome;
}

class Copies {
  readonly #vectors: Vectors;
  #sight = new FrameSight();
  #sccp = new SccpSight();
  #age = 0;

  constructor(of: Vectors) {
    this.#vectors = of;
  }

  /** Makes one damaged copy and gives it to its decoders. */
  try(random: SeededRandom): string {
    const {
      sctp: packets,
      m3ua: messages,
      sccp: units,
      tcap: transactions,
      isup: isupOctets,
      parameters,
      frames,
    } = this.#vectors;
    const one = <T>(list: readonly T[]): T => list[randomBelow(random, list.length)]!;
    const damaged = (list: readonly Uint8Array[]) => damage(one(list), random, list);
    const kind = randomBelow(random, 17);
    if (kind < 2) return `sctp ${sctp(damaged(packets), kind === 0)}`;
    if (kind < 4) return `m3ua ${m3ua(damaged(messages))}`;
    if (kind < 6) return `sccp ${sccp(damaged(units), this.#sccp)}`;
    if (kind < 9) return `tcap ${tcap(damaged(transactions))}`;
    if (kind < 10) return `contents ${contents(damaged(isupOctets))}`;
    if (kind < 14) {
      const vector = one(parameters);
      const octets = damage(vector.octets, random, [one(parameters).octets]);
      contents(octets.subarray(randomBelow(random, Math.max(1, octets.length))));
      return `parameter ${parameter(vector, octets)}`;
    }
    if (kind < 15) {
      // What was seen before is told in the trees of later frames: from time to time it begins anew.
      if (++this.#age % 1000 === 0) {
        this.#sight = new FrameSight();
        this.#sccp = new SccpSight();
      }
      const frame = one(frames);
      show(frameTree({ ...frame, number: 1, octets: damage(frame.octets, random) }, this.#sight));
      return 'frame read';
    }
    if (kind === 16) return `isup ${isup(damaged(isupOctets))}`;
    const file = one(this.#vectors.files);
    const capture = readCapture(damage(file.subarray(0, 600), random));
    return `file ${capture.problem === undefined ? 'read' : 'refused'}`;
  }
}

/** Each copy has a seed of its own, so that any one can be made again. */
const randomOf = (round: number) => new SeededRandom(SEED * 4_294_967_296 + round);

test(`${COUNT} damaged copies, seed ${SEED}: each decoder reads them or refuses them, and nothing throws`, {
  skip,
  timeout: 600_000,
}, (context) => {
  const copies = new Copies(vectors!);
  const outcomes = new Map<string, number>();
  const rounds = ONLY === undefined ? Array.from({ length: COUNT }, (_, round) => round) : [Number(ONLY)];
  for (const round of rounds) {
    let outcome: string;
    try {
      outcome = copies.try(randomOf(round));
    } catch (error) {
      throw new Error(`CALLWAKE_SEED=${SEED} CALLWAKE_ROUND=${round} repeats this`, { cause: error });
    }
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }
  context.diagnostic(JSON.stringify(Object.fromEntries([...outcomes].sort())));
  if (COUNT >= 10_000 && ONLY === undefined)
    for (const kind of ['sctp', 'm3ua', 'sccp', 'tcap', 'isup', 'parameter', 'contents'])
      for (const what of ['read', 'refused'])
        assert.ok((outcomes.get(`${kind} ${what}`) ?? 0) > 50, `${kind} ${what}`);
});
