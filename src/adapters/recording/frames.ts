/**
 * The form of a recording's file, before what its frames say (proto/recording.proto):
 *
 *     | C W R E C CR LF SUB | length (4, little-endian) | frame | length | frame | …
 */
import { failure, type Result, success } from '../../types/result.ts';
import { decodeRecordingFrame, FRAME_OCTETS_MAX, type RecordingFrame } from '../../wire/recording.ts';

export const MAGIC = new TextEncoder().encode('CWREC\r\n\x1a');
export const RECORDING_VERSION = 1;
export const LENGTH_OCTETS = 4;

/**
 * Reads the frames of some octets, in their order. Returns how many octets of them were whole frames.
 * Failure codes: `recording-length`, and those of the frames.
 */
export function readFrames(
  octets: Uint8Array,
  onFrame: (frame: RecordingFrame, at: number) => void,
): Result<number> {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  let at = 0;
  while (at + LENGTH_OCTETS <= octets.length) {
    const length = view.getUint32(at, true);
    if (length === 0 || length > FRAME_OCTETS_MAX) return failure('recording-length', at);
    const from = at + LENGTH_OCTETS;
    if (from + length > octets.length) break;
    const frame = decodeRecordingFrame(octets.subarray(from, from + length));
    if (!frame.ok) return failure(frame.code, from, undefined, frame.path);
    onFrame(frame.value, at);
    at = from + length;
  }
  return success(at);
}
