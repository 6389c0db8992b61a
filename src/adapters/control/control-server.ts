/** The running engine's ear: a Unix socket in its data directory, for its own user alone. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, renameSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import path from 'node:path';
import { profileOf } from '../../provisioning/profile-change.ts';
import type { ProfileReader } from '../../provisioning/reader.ts';
import type { Counters } from '../../types/counters.ts';
import type { Log } from '../../types/log.ts';
import { OperatingError } from '../../types/operating-error.ts';
import type { Who } from '../access/access-log.ts';
import type { NumberAccess } from '../engine/number-access.ts';
import type { SubscriberAccess, SubscriberEntry } from '../engine/subscriber-access.ts';
import { textLines } from '../engine/text-lines.ts';
import type { RecordingRequest, RecordingStatus } from '../recording/live-recording.ts';
import type { RecordingSummary } from '../recording/write-recording.ts';
import { ShortPath } from '../store/short-path.ts';
import {
  CONTROL_SOCKET,
  type ControlAnswer,
  type ControlRequest,
  controlRequests,
  LIST_LENGTH_MAX,
  REQUEST_OCTETS_MAX,
  storedForm,
} from './control-messages.ts';

export interface ControlServerOptions {
  /** Locked by this process: a socket that lies there is of one that has died. */
  readonly directory: string;
  /** What one who asks may reach, with a line in the access log for what they do. */
  readonly subscribers: (who: Who) => SubscriberAccess & NumberAccess;
  /** By which profiles that come are checked. */
  readonly profiles: ProfileReader;
  /** For people: what the engine is doing. */
  readonly status: () => Readonly<Record<string, unknown>>;
  /** Copies all data into an empty folder; resolves with its manifest. */
  readonly backup: (to: string) => Promise<unknown>;
  readonly recording: {
    readonly status: RecordingStatus;
    run(request: RecordingRequest): Promise<RecordingSummary>;
    end(reason: 'stopped'): Promise<boolean>;
  };
  readonly counters: Counters;
  readonly log: Log;
}

/** One connection. */
interface Asker {
  subscribers: SubscriberAccess & NumberAccess;
}

const NOBODY: Who = { user: 'unknown', processId: 0, command: '' };

/** Connections at once. */
const CONNECTIONS_MAX = 16;
/** Requests of one connection under way, and octets of them; further ones are not read. */
const UNDER_WAY_MAX = 512;
const UNDER_WAY_OCTETS_MAX = 2_097_152;
/** Octets that a connection may leave unread before no more of its requests are read. */
const UNREAD_MAX = 1_048_576;

export class ControlServer {
  readonly #options: ControlServerOptions;
  readonly #folder: ShortPath;
  readonly #server: Server;
  readonly #requests: ReturnType<typeof controlRequests>;
  readonly #sockets = new Set<Socket>();

  /** @throws OperatingError `CW_CONTROL_FAILED` */
  static async start(options: ControlServerOptions): Promise<ControlServer> {
    const control = new ControlServer(options);
    try {
      await control.#listen();
      return control;
    } catch (error) {
      await control.close();
      const { directory } = options;
      const reason = `the control socket in ${directory} cannot be made: ${String(error)}`;
      throw new OperatingError('CW_CONTROL_FAILED', reason, { directory }, error);
    }
  }

  private constructor(options: ControlServerOptions) {
    this.#options = options;
    this.#requests = controlRequests(options.profiles);
    this.#folder = new ShortPath(options.directory);
    this.#server = createServer({ allowHalfOpen: true }, (socket) => void this.#serve(socket));
    this.#server.maxConnections = CONNECTIONS_MAX;
    this.#server.on('drop', () => options.counters.count('control.refused'));
  }

  /** Requests under way are not answered any more. */
  async close(): Promise<void> {
    rmSync(path.join(this.#options.directory, CONTROL_SOCKET), { force: true });
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
    this.#folder.close();
  }

  /** It gets its name when it has its mode: nobody else can connect to it before. */
  async #listen(): Promise<void> {
    const { directory, counters, log } = this.#options;
    const temporary = `control-${randomUUID()}`;
    const listening = once(this.#server, 'listening');
    this.#server.listen(this.#folder.of(temporary));
    await listening;
    this.#server.on('error', (error) => {
      counters.count('control.failed');
      log.warn('control.failed', { error });
    });
    this.#server.unref();
    chmodSync(path.join(directory, temporary), 0o600);
    renameSync(path.join(directory, temporary), path.join(directory, CONTROL_SOCKET));
  }

  async #serve(socket: Socket): Promise<void> {
    const { counters } = this.#options;
    counters.count('control.connected');
    this.#sockets.add(socket);
    socket.on('error', () => counters.count('control.connection-failed'));
    const asker: Asker = { subscribers: this.#options.subscribers(NOBODY) };
    let underWay = 0;
    let octetsUnderWay = 0;
    let onRoom: (() => void) | undefined;
    const hasRoom = (): boolean =>
      underWay < UNDER_WAY_MAX && octetsUnderWay < UNDER_WAY_OCTETS_MAX && socket.writableLength < UNREAD_MAX;
    const ended = (): void => onRoom?.();
    socket.on('drain', ended).on('close', ended);
    // What was asked is answered, also when the asker has no more to say.
    const requests = socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
    try {
      for await (const { text, octets, tooLong } of textLines(requests, REQUEST_OCTETS_MAX)) {
        if (text.trim() === '' && !tooLong) continue;
        underWay++;
        const { length } = octets;
        octetsUnderWay += length;
        void this.#answer(tooLong ? undefined : text, asker).then((answer) => {
          underWay--;
          octetsUnderWay -= length;
          if (!socket.destroyed) socket.write(`${JSON.stringify(answer)}\n`);
          ended();
        });
        while (!hasRoom() && !socket.destroyed) {
          await new Promise<void>((resolve) => {
            onRoom = resolve;
          });
        }
        if (tooLong) break;
      }
      while (underWay > 0 && !socket.destroyed) {
        await new Promise<void>((resolve) => {
          onRoom = resolve;
        });
      }
      socket.end();
    } catch {
      socket.destroy();
    } finally {
      this.#sockets.delete(socket);
    }
  }

  /** Never throws. */
  async #answer(line: string | undefined, asker: Asker): Promise<ControlAnswer> {
    const { counters, log } = this.#options;
    const request = requestOf(this.#requests, line);
    if ('message' in request) {
      counters.count('control.request-refused');
      return { id: request.id, ok: false, code: 'invalid-request', message: request.message };
    }
    counters.count(`control.${request.op}`);
    try {
      return { id: request.id, ok: true, result: await this.#do(request, asker) };
    } catch (error) {
      counters.count('control.request-failed');
      if (error instanceof OperatingError)
        return { id: request.id, ok: false, code: error.code, message: error.message };
      log.error('control.request-failed', { op: request.op, error });
      return { id: request.id, ok: false, code: 'failed', message: 'a mistake in the program; see its log' };
    }
  }

  async #do(request: ControlRequest, asker: Asker): Promise<unknown> {
    const { status, backup, recording } = this.#options;
    const { subscribers } = asker;
    switch (request.op) {
      case 'get': {
        const profile = await subscribers.get(request.number);
        return profile === undefined ? null : storedForm(profile);
      }
      case 'presence':
        return (await subscribers.presence(request.number)) ?? null;
      case 'put':
        return subscribers.put(request.number, profileOf(request.profile));
      case 'change': {
        const { replace, dryRun, entries } = request;
        const changes = entries.map(({ number, change }) => ({ number, change: change }));
        return subscribers.change(changes, { replace, dryRun });
      }
      case 'remove':
        return subscribers.remove(request.number);
      case 'list':
        return listed(await subscribers.list(request.after, request.limit));
      case 'hello': {
        const { user, processId, command } = request;
        asker.subscribers = this.#options.subscribers({ user, processId, command });
        return null;
      }
      case 'search': {
        const { number, place, partition, after, sequence } = request;
        const step = { number, place, partition, after };
        const page = await subscribers.search(sequence === undefined ? step : { ...step, sequence });
        const hits = page.hits.map(({ key, octets }) => ({
          key,
          octets: Buffer.from(octets).toString('base64'),
        }));
        return { ...page, hits };
      }
      case 'shard-partitions':
        return subscribers.shardPartitions();
      case 'forget':
        await subscribers.forget(request.subscriber, request.number);
        return null;
      case 'status':
        return status();
      case 'backup':
        return backup(request.to);
      case 'record': {
        const { to, forMs, octetsMax, keptDigits } = request;
        return recording.run({ to, forMs, octetsMax, keptDigits });
      }
      case 'record-stop':
        return recording.end('stopped');
      case 'record-status':
        return recording.status;
    }
  }
}

/** As many as an answer holds, one at least. */
function listed(entries: readonly SubscriberEntry[]) {
  let room = LIST_LENGTH_MAX;
  const shown: { number: string; profile: string }[] = [];
  for (const { number, profile } of entries) {
    const stored = storedForm(profile);
    room -= stored.length;
    if (room < 0 && shown.length > 0) break;
    shown.push({ number, profile: stored });
  }
  return shown;
}

function requestOf(
  requests: ReturnType<typeof controlRequests>,
  line: string | undefined,
): ControlRequest | { readonly id: number; readonly message: string } {
  if (line === undefined) return { id: 0, message: `a line has ${REQUEST_OCTETS_MAX} characters at most` };
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { id: 0, message: 'a line is a JSON object' };
  }
  const parsed = requests.safeParse(value);
  if (parsed.success) return parsed.data;
  const { id } = Object(value) as { id?: unknown };
  const [issue] = parsed.error.issues;
  return {
    id: typeof id === 'number' && Number.isSafeInteger(id) && id >= 0 ? id : 0,
    message: `${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'invalid'}`,
  };
}
