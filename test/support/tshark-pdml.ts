/** What tshark's dissectors read in TCAP messages, field by field with the octets that it read them from. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface PdmlField {
  /** `gsm_map.ms.ageOfLocationInformation`. */
  readonly name: string;
  /** In the message, in octets. */
  readonly position: number;
  readonly size: number;
  /** The value as tshark shows it. */
  readonly show: string;
}

export interface PdmlPacket {
  readonly fields: readonly PdmlField[];
  /** Marks of severity warning and above, but those that only say that nobody reads some octets yet; `malformed` among them. */
  readonly complaints: readonly string[];
}

const linkTypeUser0 = 147;
/** Severity warning, group undecoded: epan/proto.h of Wireshark. */
const SEVERITY_WARNING = 0x600000;
const GROUP_UNDECODED = 0x5000000;

/** One tshark for all messages; only the fields of the protocols named are printed. */
export function tsharkTcap(messages: readonly Uint8Array[], protocols: readonly string[]): PdmlPacket[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'callwake-tshark-'));
  try {
    const file = path.join(folder, 'tcap.pcap');
    writeFileSync(file, pcap(messages));
    const mapping = `uat:user_dlts:"User 0 (DLT=${linkTypeUser0})","tcap","0","","0",""`;
    const filter = ['-J', [...protocols, '_ws.malformed', '_ws.unreassembled'].join(' ')];
    const output = execFileSync('tshark', ['-r', file, '-o', mapping, '-T', 'pdml', ...filter], {
      encoding: 'latin1',
      maxBuffer: 1 << 29,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return output.split('<packet>').slice(1).map(packetOf);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function packetOf(text: string): PdmlPacket {
  const fields: PdmlField[] = [];
  const complaints: string[] = [];
  let message = '';
  let severity = 0;
  let last = '';
  for (const [, name = '', rest = ''] of text.matchAll(/<(?:field|proto) name="([^"]*)"([^>]*)>/g)) {
    const attribute = (of: string) => new RegExp(` ${of}="([^"]*)"`).exec(rest)?.[1] ?? '';
    const show = attribute('show');
    // A hidden one repeats the mark beside it.
    if (name === '_ws.malformed' && attribute('hide') !== 'yes') complaints.push(`${last}: malformed`);
    else if (name === '_ws.unreassembled') complaints.push(`${last}: read past the end`);
    else if (name === '_ws.expert.message') message = show;
    else if (name === '_ws.expert.severity') severity = Number(show);
    else if (name === '_ws.expert.group') {
      if (severity >= SEVERITY_WARNING && Number(show) !== GROUP_UNDECODED)
        complaints.push(`${last}: ${message}`);
    } else if (name !== '' && !name.startsWith('_ws.') && !name.startsWith('ber.')) {
      // Of some bits of an octet the octet is not to be seen in `show`.
      const whole = attribute('unmaskedvalue') === '';
      const [position, size] = [Number(attribute('pos')), Number(attribute('size'))];
      fields.push({ name, position, size, show: whole ? show : '' });
      if (attribute('size') !== '0') last = name;
    }
  }
  return { fields, complaints };
}

function pcap(frames: readonly Uint8Array[]): Buffer {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(65_535, 16);
  header.writeUInt32LE(linkTypeUser0, 20);
  const records = frames.flatMap((frame, index) => {
    const record = Buffer.alloc(16);
    record.writeUInt32LE(index, 0);
    record.writeUInt32LE(frame.length, 8);
    record.writeUInt32LE(frame.length, 12);
    return [record, Buffer.from(frame)];
  });
  return Buffer.concat([header, ...records]);
}
