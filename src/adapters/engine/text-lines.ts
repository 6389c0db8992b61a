/** Text that comes in pieces, line by line, each of bounded length. */

export interface TextLine {
  /** Without its end. Of a line that is too long, the beginning. */
  readonly text: string;
  /** As they came, without the end of the line. */
  readonly octets: Uint8Array;
  readonly tooLong: boolean;
  /** Octets of the source up to the beginning of the next line. */
  readonly endsAt: number;
}

const LF = 0x0a;
const CR = 0x0d;

/**
 * Lines end with LF or CR LF. The octets are UTF-8, with a byte order mark or without.
 * @param octetsMax of a line
 */
export async function* textLines(
  source: AsyncIterable<Uint8Array | string>,
  octetsMax: number,
): AsyncGenerator<TextLine> {
  let rest: Uint8Array[] = [];
  let restOctets = 0;
  let at = 0;
  let first = true;
  const keep = (octets: Uint8Array): void => {
    // One octet more than a line may have, and a carriage return that may be half of its end.
    const room = octetsMax + 2 - restOctets;
    if (room > 0 && octets.length > 0) rest.push(octets.length > room ? octets.subarray(0, room) : octets);
    restOctets += Math.min(octets.length, Math.max(0, room));
  };
  const line = (last: Uint8Array, endsAt: number): TextLine => {
    keep(last);
    let octets =
      rest.length === 1
        ? Buffer.from(rest[0]!.buffer, rest[0]!.byteOffset, rest[0]!.length)
        : Buffer.concat(rest);
    rest = [];
    restOctets = 0;
    if (first && octets[0] === 0xef && octets[1] === 0xbb && octets[2] === 0xbf) octets = octets.subarray(3);
    first = false;
    if (octets.at(-1) === CR) octets = octets.subarray(0, -1);
    const tooLong = octets.length > octetsMax;
    if (tooLong) octets = octets.subarray(0, octetsMax);
    return { text: octets.toString('utf8'), octets, tooLong, endsAt };
  };
  for await (const piece of source) {
    const octets = typeof piece === 'string' ? Buffer.from(piece) : piece;
    let start = 0;
    for (let end = octets.indexOf(LF); end >= 0; end = octets.indexOf(LF, start)) {
      yield line(octets.subarray(start, end), at + end + 1);
      start = end + 1;
    }
    keep(octets.subarray(start));
    at += octets.length;
  }
  if (restOctets > 0) yield line(new Uint8Array(0), at);
}
