/** Talks to the engine that runs on a data directory. */
import { connect, type Socket } from 'node:net';
import type { z } from 'zod';
import { plainChange, plainProfile } from '../../provisioning/plain.ts';
import type { SubscriberChange } from '../../provisioning/reader.ts';
import type { Profile } from '../../types/model/profile.ts';
import type { SearchPage, SearchStep } from '../../types/model/thread.ts';
import { OperatingError } from '../../types/operating-error.ts';
import { thisProcess } from '../access/this-process.ts';
import type { NumberAccess } from '../engine/number-access.ts';
import type {
  ChangeOptions,
  ChangeOutcome,
  Presence,
  SubscriberAccess,
  SubscriberEntry,
} from '../engine/subscriber-access.ts';
import { textLines } from '../engine/text-lines.ts';
import type { RecordingRequest, RecordingStatus } from '../recording/live-recording.ts';
import type { RecordingSummary } from '../recording/write-recording.ts';
import { ShortPath } from '../store/short-path.ts';
import {
  ANSWER_LENGTH_MAX,
  CONTROL_SOCKET,
  controlAnswer,
  controlResults,
  LIST_MAX,
} from './control-messages.ts';

/** What the engine says of these is for whoever gave the command. */
const PASSED_ON = ['CW_ENGINE_BUSY', 'CW_BACKUP_FAILED', 'CW_STORE_DAMAGED', 'CW_RECORD_FAILED'] as const;

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

export class ControlClient implements SubscriberAccess, NumberAccess {
  readonly #socket: Socket;
  readonly #directory: string;
  readonly #waiting = new Map<number, Waiting>();
  #id = 0;
  #over: OperatingError | undefined;

  /**
   * Undefined: no engine listens there.
   * @throws OperatingError `CW_CONTROL_DENIED`, `CW_CONTROL_FAILED`
   */
  static async connect(directory: string): Promise<ControlClient | undefined> {
    let folder: ShortPath;
    try {
      folder = new ShortPath(directory);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw denied(directory, error);
    }
    try {
      const socket = await new Promise<Socket>((resolve, reject) => {
        const made = connect(folder.of(CONTROL_SOCKET), () => {
          made.off('error', reject);
          resolve(made);
        });
        made.once('error', reject);
      });
      const client = new ControlClient(socket, directory);
      await client.#ask({ op: 'hello', ...thisProcess() }, controlResults.hello);
      return client;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ECONNREFUSED') return undefined;
      throw denied(directory, error);
    } finally {
      folder.close();
    }
  }

  private constructor(socket: Socket, directory: string) {
    this.#socket = socket;
    this.#directory = directory;
    socket.on('error', () => undefined);
    void this.#listen();
  }

  async get(number: string): Promise<Profile | undefined> {
    return (await this.#ask({ op: 'get', number }, controlResults.get)) ?? undefined;
  }

  async presence(number: string): Promise<Presence | undefined> {
    return (await this.#ask({ op: 'presence', number }, controlResults.presence)) ?? undefined;
  }

  put(number: string, profile: Profile): Promise<'changed' | 'unchanged'> {
    return this.#ask({ op: 'put', number, profile: plainProfile(profile) }, controlResults.put);
  }

  change(changes: readonly SubscriberChange[], options: ChangeOptions): Promise<readonly ChangeOutcome[]> {
    const entries = changes.map(({ number, change }) => ({ number, change: plainChange(change) }));
    return this.#ask({ op: 'change', ...options, entries }, controlResults.change);
  }

  remove(number: string): Promise<boolean> {
    return this.#ask({ op: 'remove', number }, controlResults.remove);
  }

  async list(after: string, limit: number): Promise<SubscriberEntry[]> {
    const entries: SubscriberEntry[] = [];
    while (entries.length < limit) {
      const count = Math.min(LIST_MAX, limit - entries.length);
      const from = entries.at(-1)?.number ?? after;
      const page = await this.#ask({ op: 'list', after: from, limit: count }, controlResults.list);
      entries.push(...page);
      if (page.length === 0) break;
    }
    return entries;
  }

  search(step: SearchStep): Promise<SearchPage> {
    return this.#ask({ op: 'search', ...step }, controlResults.search);
  }

  shardPartitions(): Promise<readonly number[]> {
    return this.#ask({ op: 'shard-partitions' }, controlResults['shard-partitions']);
  }

  async forget(subscriber: string, number: string): Promise<void> {
    await this.#ask({ op: 'forget', subscriber, number }, controlResults.forget);
  }

  /** Resolves when the engine has made its backup in an empty folder: its manifest. */
  backup(to: string): Promise<unknown> {
    return this.#ask({ op: 'backup', to }, controlResults.backup);
  }

  /** Resolves when the recording has ended. */
  record(request: RecordingRequest): Promise<RecordingSummary> {
    return this.#ask({ op: 'record', ...request }, controlResults.record);
  }

  /** Ends the recording that is under way; false when there is none. */
  stopRecording(): Promise<boolean> {
    return this.#ask({ op: 'record-stop' }, controlResults['record-stop']);
  }

  recordingStatus(): Promise<RecordingStatus> {
    return this.#ask({ op: 'record-status' }, controlResults['record-status']);
  }

  async status(): Promise<unknown> {
    return this.#ask({ op: 'status' }, undefined);
  }

  close(): Promise<void> {
    this.#over ??= this.#gone('the connection is closed');
    this.#socket.destroy();
    return Promise.resolve();
  }

  #ask(request: Readonly<Record<string, unknown>>, result: undefined): Promise<unknown>;
  #ask<T extends z.ZodType>(request: Readonly<Record<string, unknown>>, result: T): Promise<z.output<T>>;
  async #ask(request: Readonly<Record<string, unknown>>, result: z.ZodType | undefined): Promise<unknown> {
    if (this.#over !== undefined) throw this.#over;
    const id = ++this.#id;
    const answer = await new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#socket.write(`${JSON.stringify({ id, ...request })}\n`);
    });
    if (result === undefined) return answer;
    const parsed = result.safeParse(answer);
    if (!parsed.success) throw this.#gone('its answer is not one of this version');
    return parsed.data;
  }

  async #listen(): Promise<void> {
    let reason = 'it went away before it answered';
    try {
      for await (const { text, tooLong } of textLines(this.#socket, ANSWER_LENGTH_MAX)) {
        const answer = tooLong ? undefined : answerOf(text);
        if (answer === undefined) {
          reason = 'its answer is not one of this version';
          break;
        }
        const waiting = this.#waiting.get(answer.id);
        this.#waiting.delete(answer.id);
        if (answer.ok) waiting?.resolve(answer.result);
        else waiting?.reject(this.#failed(answer.code, answer.message));
      }
    } catch {
      // The connection broke: as if it had been ended.
    }
    this.#over ??= this.#gone(reason);
    this.#socket.destroy();
    for (const { reject } of this.#waiting.values()) reject(this.#over);
    this.#waiting.clear();
  }

  #failed(code: string, message: string): OperatingError {
    const context = { directory: this.#directory, code };
    const passedOn = PASSED_ON.find((one) => one === code);
    return passedOn === undefined
      ? new OperatingError('CW_CONTROL_FAILED', `the engine refused the command: ${message}`, context)
      : new OperatingError(passedOn, message, context);
  }

  #gone(why: string): OperatingError {
    return new OperatingError('CW_ENGINE_BUSY', `the running engine gave no answer: ${why}`, {
      directory: this.#directory,
    });
  }
}

function answerOf(line: string) {
  try {
    const parsed = controlAnswer.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

function denied(directory: string, error: unknown): OperatingError {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EPERM') {
    const reason = `this user may not talk to the engine that runs on ${directory}`;
    return new OperatingError('CW_CONTROL_DENIED', reason, { directory }, error);
  }
  const reason = `the engine that runs on ${directory} cannot be reached: ${String(error)}`;
  return new OperatingError('CW_CONTROL_FAILED', reason, { directory }, error);
}
