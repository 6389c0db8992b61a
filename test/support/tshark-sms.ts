import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const linkTypeUser0 = 147;

/** Why a test that needs tshark is skipped; undefined when it is there. */
export function tsharkMissing(): string | undefined {
  const there = spawnSync('tshark', ['--version'], { stdio: 'ignore' }).status === 0;
  return there ? undefined : 'tshark is not installed';
}

/** What tshark's own SMS dissector reads in each TPDU: the values of `fields`, by TPDU. */
export function tsharkSms(tpdus: readonly Uint8Array[], fields: readonly string[]): string[][] {
  const folder = mkdtempSync(path.join(tmpdir(), 'callwake-tshark-'));
  try {
    const file = path.join(folder, 'sms.pcap');
    writeFileSync(file, pcap(tpdus));
    const mapping = `uat:user_dlts:"User 0 (DLT=${linkTypeUser0})","gsm_sms","0","","0",""`;
    const output = execFileSync(
      'tshark',
      [
        '-r',
        file,
        '-o',
        mapping,
        '-o',
        'gsm_sms.reassemble:FALSE',
        '-T',
        'fields',
        '-E',
        'separator=\x01',
        ...fields.flatMap((field) => ['-e', field]),
      ],
      { encoding: 'utf8', maxBuffer: 1 << 26, stdio: ['ignore', 'pipe', 'ignore'] },
    );
    return output
      .split('\n')
      .slice(0, -1)
      .map((line) => line.split('\x01'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
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
