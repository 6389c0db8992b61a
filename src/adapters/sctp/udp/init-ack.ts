/** What an INIT ACK says, and the chunks that answer it (RFC 9260 §5.1 C, §3.3.3). */
import {
  causeCode,
  chunk,
  chunkType,
  type Init,
  parameterType,
  readInit,
  readInitParameters,
  tagLengthValue,
} from '../../../stack/sctp/chunk.ts';

export type InitAck =
  /** A tag of zero: as if it had not come. */
  | { readonly kind: 'ignored' }
  /** ABORT with this cause. */
  | { readonly kind: 'unacceptable'; readonly init: Init; readonly cause: Buffer }
  /** COOKIE ECHO, and with it a report of parameters that nobody knows (RFC 9260 §3.2.2). */
  | { readonly kind: 'acceptable'; readonly init: Init; readonly cookieEcho: readonly Buffer[] };

const WINDOW_OCTETS_MIN = 1500;
const REPORT_OCTETS_MAX = 512;
const NOTHING = Buffer.alloc(0);

/** @param at where the chunk begins in a packet whose lengths were checked */
export function readInitAck(packet: Buffer, at: number): InitAck {
  const init = readInit(packet, at);
  const { stateCookie, unrecognized, hostNameAddress } = readInitParameters(packet, at);
  if (init.initiateTag === 0) return { kind: 'ignored' };
  const unacceptable = (cause: number, value: Buffer): InitAck => ({
    kind: 'unacceptable',
    init,
    cause: tagLengthValue(cause, value),
  });
  if (init.outboundStreams === 0 || init.inboundStreams === 0 || init.advertisedWindow < WINDOW_OCTETS_MIN) {
    return unacceptable(causeCode.INVALID_MANDATORY_PARAMETER, NOTHING);
  }
  if (hostNameAddress) return unacceptable(causeCode.UNRESOLVABLE_ADDRESS, NOTHING);
  if (stateCookie === undefined) {
    const missing = Buffer.from([0, 0, 0, 1, 0, parameterType.STATE_COOKIE]);
    return unacceptable(causeCode.MISSING_MANDATORY_PARAMETER, missing);
  }
  const cookieEcho = [chunk(chunkType.COOKIE_ECHO, 0, stateCookie)];
  const report = Buffer.concat(unrecognized);
  if (report.length > 0 && report.length <= REPORT_OCTETS_MAX) {
    cookieEcho.push(chunk(chunkType.ERROR, 0, tagLengthValue(causeCode.UNRECOGNIZED_PARAMETERS, report)));
  }
  return { kind: 'acceptable', init, cookieEcho };
}
