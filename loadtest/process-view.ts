/** A process, looked at from outside. */
import { readdirSync, readFileSync } from 'node:fs';

/** One process as the kernel sees it. */
export interface ProcessView {
  readonly residentOctets: number;
  readonly anonymousOctets: number;
  readonly fileDescriptors: number;
  readonly threads: number;
  readonly cpuMs: number;
}

/** Clock ticks of /proc in a second: 100 on every Linux that Node runs on. */
const TICK_MS = 10;

/** @throws when the process is gone, or where there is no /proc */
export function viewProcess(processId: number): ProcessView {
  const folder = `/proc/${processId}`;
  const status = readFileSync(`${folder}/status`, 'utf8');
  const kilobytes = (name: string): number =>
    1024 * Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]);
  const stat = readFileSync(`${folder}/stat`, 'latin1');
  // Behind the name, which may hold anything: the 14th and 15th fields are ticks in user and in kernel mode.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return {
    residentOctets: kilobytes('VmRSS'),
    anonymousOctets: kilobytes('RssAnon'),
    fileDescriptors: readdirSync(`${folder}/fd`).length,
    threads: Number(/^Threads:\s+(\d+)/m.exec(status)?.[1]),
    cpuMs: (Number(fields[11]) + Number(fields[12])) * TICK_MS,
  };
}
