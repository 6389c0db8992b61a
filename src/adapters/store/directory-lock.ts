/**
 * One process per data directory, by a lock that the kernel gives back when its holder dies, however it dies.
 *
 * Node has no flock(2). A file with a process id is no lock: ids are used again, and a second container on the same volume
 * does not see the first one's processes. A bound abstract socket is one per network namespace. So the lock is a listening
 * Unix socket in the directory itself: whoever can connect to it has met a live holder, through any namespace, and a dead
 * holder's socket refuses at once.
 *
 * A socket file outlives its process, and to remove a dead one by name might hit one that was just put in its place. Hence
 * numbered names, `lock.1`, `lock.2` …, of which only dead ones are ever removed:
 *
 *   1. Connect to every `lock.n`. One answers: in use. Otherwise all are dead; let m be the highest.
 *   2. Listen on a socket of our own under a name that nobody else uses, and link it to `lock.(m + 1)`. Linking is atomic;
 *      where the name exists somebody else was faster: start again.
 *   3. Connect to all others once more. One answers: it came at the same time; give ours up: in use. Otherwise we hold the
 *      lock, and remove the dead.
 *
 * Two cannot hold it: both published a listening socket before step 3, so the later one has met the earlier one there. Both
 * may give up, which is refused to both and harms nothing.
 */
import { randomUUID } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import path from 'node:path';
import { OperatingError } from '../../types/operating-error.ts';
import { ShortPath } from './short-path.ts';

export interface DirectoryLock {
  readonly directory: string;
  release(): Promise<void>;
}

const attemptsMax = 10;

/**
 * Locks a data directory, which is made when it is not there.
 *
 * @throws OperatingError `CW_STORE_IN_USE` when another process holds it, `CW_STORE_LOCK` when the file system has no
 * Unix sockets or no hard links
 */
export async function lockDirectory(directory: string): Promise<DirectoryLock> {
  makeDirectory(directory);
  const folder = new ShortPath(directory);
  let server: Server | undefined;
  try {
    const own = `lock-${randomUUID()}`;
    server = await listen(folder.of(own));
    const name = await publish(directory, folder, own);
    rmSync(path.join(directory, own), { force: true });
    const listening = server;
    return { directory, release: () => release(listening, folder, path.join(directory, name)) };
  } catch (error) {
    server?.close();
    folder.close();
    if (error instanceof OperatingError) throw error;
    const reason = `the data directory ${directory} cannot be locked: it must lie on a local file system that has Unix sockets and hard links`;
    throw new OperatingError('CW_STORE_LOCK', reason, { directory }, error);
  }
}

/** With what is above it. (Node's own recursive mkdir never returns where a parent takes no entries, as /proc.) */
function makeDirectory(directory: string): void {
  if (existsSync(directory)) return;
  const above = path.dirname(directory);
  if (above !== directory) makeDirectory(above);
  try {
    mkdirSync(directory);
  } catch (error) {
    // Somebody else was faster.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

async function publish(directory: string, folder: ShortPath, own: string): Promise<string> {
  for (let attempt = 0; attempt < attemptsMax; attempt++) {
    const dead = lockNames(directory);
    if (await anyAnswers(folder, dead)) break;
    const name = `lock.${1 + Math.max(0, ...dead.map(numberOf))}`;
    if (!linked(path.join(directory, own), path.join(directory, name))) continue;
    const others = lockNames(directory).filter((other) => other !== name);
    if (await anyAnswers(folder, others)) {
      rmSync(path.join(directory, name), { force: true });
      break;
    }
    for (const other of others) rmSync(path.join(directory, other), { force: true });
    return name;
  }
  rmSync(path.join(directory, own), { force: true });
  throw new OperatingError(
    'CW_STORE_IN_USE',
    `another process uses the data directory ${directory}: stop it, or give this one a directory of its own`,
    { directory },
  );
}

function lockNames(directory: string): string[] {
  return readdirSync(directory).filter((name) => /^lock\.\d+$/.test(name));
}

function numberOf(name: string): number {
  return Number(name.slice('lock.'.length));
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function anyAnswers(folder: ShortPath, names: readonly string[]): Promise<boolean> {
  for (const name of names) if (await answers(folder.of(name))) return true;
  return false;
}

/** Only a refusal says that nobody listens; a full backlog, say, is somebody. */
function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connect(socket);
    connection.once('connect', () => {
      connection.destroy();
      resolve(true);
    });
    connection.once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code !== 'ECONNREFUSED' && error.code !== 'ENOENT');
    });
  });
}

/** The kernel completes connections to it; the event loop has only to throw them away. */
function listen(socket: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((connection) => connection.destroy());
    server.once('error', reject);
    server.listen(socket, () => {
      server.unref();
      resolve(server);
    });
  });
}

async function release(server: Server, folder: ShortPath, name: string): Promise<void> {
  rmSync(name, { force: true });
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  folder.close();
}
