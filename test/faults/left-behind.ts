/** What a plant must not leave behind: processes, its folder, sockets. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

export interface Used {
  readonly folder: string;
  readonly pids: readonly number[];
  /** Of UDP, on loopback. */
  readonly ports: readonly number[];
}

/** In words; empty: nothing. */
export async function leftBehind({ folder, pids, ports }: Used): Promise<readonly string[]> {
  const left = [
    ...(existsSync(folder) ? [folder] : []),
    ...pids.filter(isAlive).map((pid) => `process ${pid}`),
    ...processesThatName(folder).map((pid) => `process ${pid}`),
  ];
  for (const port of new Set(ports)) if (!(await isFree(port))) left.push(`UDP port ${port}`);
  return left;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Children of children, if there should be any: by the folder that stands in their words. */
function processesThatName(folder: string): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder);
      } catch {
        return false;
      }
    })
    .map(Number);
}

async function isFree(port: number): Promise<boolean> {
  const socket = createSocket('udp4');
  try {
    const bound = once(socket, 'listening');
    socket.bind(port, '127.0.0.1');
    await bound;
    return true;
  } catch {
    return false;
  } finally {
    socket.close();
  }
}
