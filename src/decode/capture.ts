/**
 * The frames of a capture file: classic pcap (microseconds or nanoseconds, either byte order) and pcapng (section header,
 * interface description, enhanced and simple packet blocks). What cannot be read further ends the list with a reason.
 */
export interface CapturedFrame {
  /** From 1, as Wireshark counts. */
  readonly number: number;
  /** LINKTYPE of tcpdump.org. */
  readonly linkType: number;
  /** Milliseconds since 1970-01-01T00:00Z; undefined in a simple packet block. */
  readonly atMs?: number;
  /** A view. */
  readonly octets: Uint8Array;
}

export interface Capture {
  readonly frames: readonly CapturedFrame[];
  /** Why reading ended early. */
  readonly problem?: string;
}

const PCAPNG = 0x0a0d0d0a;

/** Whether the octets begin as a capture file does. */
export function isCapture(file: Uint8Array): boolean {
  if (file.length < 4) return false;
  const magic = new DataView(file.buffer, file.byteOffset, file.length).getUint32(0);
  return magic === PCAPNG || pcapOrder(magic) !== undefined;
}

export function readCapture(file: Uint8Array): Capture {
  if (!isCapture(file)) return { frames: [], problem: 'neither pcap nor pcapng' };
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const magic = view.getUint32(0);
  return magic === PCAPNG ? readPcapng(file, view) : readPcap(file, view, pcapOrder(magic)!);
}

interface PcapOrder {
  readonly little: boolean;
  readonly fractionPerMs: number;
}

function pcapOrder(magic: number): PcapOrder | undefined {
  if (magic === 0xa1b2c3d4) return { little: false, fractionPerMs: 1000 };
  if (magic === 0xd4c3b2a1) return { little: true, fractionPerMs: 1000 };
  if (magic === 0xa1b23c4d) return { little: false, fractionPerMs: 1_000_000 };
  if (magic === 0x4d3cb2a1) return { little: true, fractionPerMs: 1_000_000 };
  return undefined;
}

function readPcap(file: Uint8Array, view: DataView, { little, fractionPerMs }: PcapOrder): Capture {
  const frames: CapturedFrame[] = [];
  if (file.length < 24) return { frames, problem: 'the file header is cut off' };
  const linkType = view.getUint32(20, little) & 0xffff;
  for (let at = 24; at < file.length; ) {
    if (file.length - at < 16) return { frames, problem: `frame ${frames.length + 1} is cut off` };
    const length = view.getUint32(at + 8, little);
    if (length > file.length - at - 16) return { frames, problem: `frame ${frames.length + 1} is cut off` };
    const atMs = view.getUint32(at, little) * 1000 + view.getUint32(at + 4, little) / fractionPerMs;
    frames.push({
      number: frames.length + 1,
      linkType,
      atMs,
      octets: file.subarray(at + 16, at + 16 + length),
    });
    at += 16 + length;
  }
  return { frames };
}

interface Interface {
  readonly linkType: number;
  readonly ticksPerMs: number;
}

function readPcapng(file: Uint8Array, view: DataView): Capture {
  const frames: CapturedFrame[] = [];
  let little = false;
  let interfaces: Interface[] = [];
  for (let at = 0; at < file.length; ) {
    const cutOff = { frames, problem: `a block is cut off behind frame ${frames.length}` };
    if (file.length - at < 12) return cutOff;
    let type = view.getUint32(at, little);
    if (view.getUint32(at) === PCAPNG) {
      type = PCAPNG;
      little = view.getUint32(at + 8) === 0x4d3c2b1a;
      interfaces = [];
    }
    const length = view.getUint32(at + 4, little);
    if (length < 12 || length % 4 !== 0 || length > file.length - at) return cutOff;
    const end = at + length - 4;
    if (type === 1 && length >= 20) {
      interfaces.push({
        linkType: view.getUint16(at + 8, little),
        ticksPerMs: resolution(view, at + 16, end, little),
      });
    } else if (type === 6 && length >= 32) {
      const from = interfaces[view.getUint32(at + 8, little)];
      const size = view.getUint32(at + 20, little);
      if (from === undefined || size > end - at - 28) return cutOff;
      const ticks = view.getUint32(at + 12, little) * 4_294_967_296 + view.getUint32(at + 16, little);
      const octets = file.subarray(at + 28, at + 28 + size);
      const { linkType, ticksPerMs } = from;
      frames.push({ number: frames.length + 1, linkType, atMs: ticks / ticksPerMs, octets });
    } else if (type === 3 && length >= 16) {
      const from = interfaces[0];
      if (from === undefined) return cutOff;
      const size = Math.min(view.getUint32(at + 8, little), end - at - 12);
      const octets = file.subarray(at + 12, at + 12 + size);
      frames.push({ number: frames.length + 1, linkType: from.linkType, octets });
    }
    at += length;
  }
  return { frames };
}

/** Option if_tsresol (9): a power of ten, or of two with the highest bit; microseconds without it. */
function resolution(view: DataView, from: number, end: number, little: boolean): number {
  for (let at = from; at + 4 <= end; ) {
    const code = view.getUint16(at, little);
    const length = view.getUint16(at + 2, little);
    if (code === 0) break;
    if (code === 9 && length === 1 && at + 4 < end) {
      const value = view.getUint8(at + 4);
      return (value < 0x80 ? 10 ** value : 2 ** (value & 0x7f)) / 1000;
    }
    at += 4 + ((length + 3) & ~3);
  }
  return 1000;
}
