import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const there = (name: string) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0;

let checked: boolean | undefined;

/** Why a test that needs Wireshark's tools is skipped; undefined when they are there. */
export function tsharkMissing(): string | undefined {
  checked ??= there('tshark') && there('text2pcap');
  return checked ? undefined : 'tshark and text2pcap are not installed';
}

/**
 * Puts each message into an SCTP DATA chunk (`text2pcap -S`) with a payload protocol identifier, and returns what tshark
 * prints for the capture, a line a message.
 */
export function tshark(messages: readonly Uint8Array[], ppid: number, args: readonly string[]): string[] {
  return ofCapture(messages, ['-S', `2905,2905,${ppid}`], args);
}

/** The same over TCP (`text2pcap -T`): each message is a segment from port 40000 to `port`. */
export function tsharkOverTcp(
  messages: readonly Uint8Array[],
  port: number,
  args: readonly string[],
): string[] {
  return ofCapture(messages, ['-T', `40000,${port}`], args);
}

function ofCapture(
  messages: readonly Uint8Array[],
  transport: readonly string[],
  args: readonly string[],
): string[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'callwake-tshark-'));
  try {
    const dump = messages.map((message) => {
      const lines = ['0000'];
      const bytes = [...message].map((octet) => octet.toString(16).padStart(2, '0'));
      return `${lines[0]} ${bytes.join(' ')}\n`;
    });
    const text = path.join(folder, 'in.txt');
    const pcap = path.join(folder, 'out.pcap');
    writeFileSync(text, dump.join('\n'));
    execFileSync('text2pcap', ['-q', ...transport, text, pcap], { stdio: 'ignore' });
    const out = execFileSync('tshark', ['-r', pcap, ...args], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return out.split('\n').filter((line) => line !== '');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Frame numbers (from 1) that tshark marks as malformed or as an expert error (severity error and above). */
export function tsharkComplaints(messages: readonly Uint8Array[], ppid: number): string[] {
  return tshark(messages, ppid, [
    '-Y',
    '_ws.malformed || _ws.expert.severity >= 0x800000',
    '-T',
    'fields',
    '-e',
    'frame.number',
    '-e',
    '_ws.expert.message',
  ]);
}

/** The same of a capture file: frames of it, each with what tshark says. */
export function complaintsOfCapture(file: string): string[] {
  const args = ['-r', file, '-Y', '_ws.malformed || _ws.expert.severity >= 0x800000'];
  const fields = ['-T', 'fields', '-e', 'frame.number', '-e', '_ws.expert.message', '-e', '_ws.col.info'];
  const out = execFileSync('tshark', [...args, ...fields], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return out.split('\n').filter((line) => line !== '');
}
