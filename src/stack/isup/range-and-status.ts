/** Circuits of a group: ITU-T Q.763 §3.43 range and status, §3.14 circuit state indicator. */
import { bits as bitsParameter, field, parameter } from './parameter.ts';

/**
 *     | range |  [ status bits 8 … 1 |  16 … 9 | … ]
 *
 * A message that has a range without a status (GRS, CQM, CQR) has the first octet alone.
 */
export interface RangeAndStatus {
  /** One less than the number of circuits, from the CIC of the message on: 0 … 255. */
  readonly range: number;
  /** A status for each of `range + 1` circuits. */
  readonly status?: readonly boolean[];
}

/** Circuits that one group message may concern at once (ITU-T Q.763 §3.43): all of a reset or query, those marked of a blocking. */
export const GROUP_CIRCUITS_MAX = 32;

function decode(octets: Uint8Array): RangeAndStatus | undefined {
  const range = octets[0];
  if (range === undefined) return undefined;
  if (octets.length === 1) return { range };
  // The status is as long as the range says, a bit a circuit.
  if (octets.length !== 1 + ((range + 8) >> 3)) return undefined;
  const status: boolean[] = [];
  for (let at = 0; at <= range; at++) status.push(((octets[1 + (at >> 3)]! >> (at & 7)) & 1) === 1);
  return { range, status };
}

function encode({ range, status }: RangeAndStatus): Uint8Array {
  if (status === undefined) return Uint8Array.of(range);
  const octets = new Uint8Array(1 + ((range + 8) >> 3));
  octets[0] = range;
  for (let at = 0; at <= range; at++) if (status[at] === true) octets[1 + (at >> 3)]! |= 1 << (at & 7);
  return octets;
}

export const rangeAndStatus = parameter(
  ['rangeAndStatus', 'range and status', 0x16, 'ITU-T Q.763 §3.43'],
  decode,
  encode,
);

const blocking = {
  0: 'not blocked',
  1: 'locally blocked',
  2: 'remotely blocked',
  3: 'locally and remotely blocked',
} as const;

/**
 * The state of one circuit. Where `callProcessing` is 0 the two low bits say transient (0) or unequipped (3) instead.
 */
const circuitState = bitsParameter(['circuitState', 'circuit state', 0x26, 'ITU-T Q.763 §3.14'], 1, {
  maintenanceBlocking: field(0, 2, blocking),
  callProcessing: field(2, 2, { 1: 'incoming busy', 2: 'outgoing busy', 3: 'idle' }),
  hardwareBlocking: field(4, 2, blocking),
});
export type CircuitState = NonNullable<ReturnType<typeof circuitState.decode>>;

export const unequippedCircuit = circuitState.of({ maintenanceBlocking: 3 });
export const circuitStateOf = circuitState.of.bind(circuitState);

export const circuitStateIndicator = parameter(
  ['circuitStateIndicator', 'circuit state indicator', 0x26, 'ITU-T Q.763 §3.14'],
  (octets): readonly CircuitState[] | undefined =>
    octets.length === 0
      ? undefined
      : Array.from(octets, (octet) => circuitState.decode(Uint8Array.of(octet))!),
  (states) => Uint8Array.from(states, (state) => circuitState.encode(state)[0]!),
);
