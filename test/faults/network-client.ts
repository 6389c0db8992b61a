/** The network process from the plant's side. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type {
  NetworkOrder,
  NetworkProcessOptions,
  NetworkProgress,
  NetworkSaying,
  NetworkVerdict,
} from './network-messages.ts';

const NETWORK = path.resolve(import.meta.dirname, 'network-process.js');

type Order = NetworkOrder extends infer One ? (One extends NetworkOrder ? Omit<One, 'id'> : never) : never;

export class NetworkClient {
  readonly child: ChildProcess;
  readonly living: Promise<void>;
  readonly ended: Promise<readonly [code: number | null, signal: string | null]>;
  readonly #listening: Promise<number>;
  readonly #answers = new Map<number, (value: unknown) => void>();
  readonly #failed = new Set<(error: Error) => void>();
  #id = 0;

  constructor(options: NetworkProcessOptions) {
    this.child = fork(NETWORK, [JSON.stringify(options)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    let isListening: (port: number) => void = () => undefined;
    let isLiving: () => void = () => undefined;
    this.#listening = this.#orEnds(new Promise((resolve) => (isListening = resolve)));
    this.living = this.#orEnds(new Promise((resolve) => (isLiving = resolve)));
    this.child.on('message', (saying: NetworkSaying) => {
      if (saying.kind === 'listening') isListening(saying.port);
      else if (saying.kind === 'living') isLiving();
      else {
        this.#answers.get(saying.id)?.(saying.value);
        this.#answers.delete(saying.id);
      }
    });
    this.ended = once(this.child, 'close').then(([code, signal]) => {
      for (const fail of this.#failed) fail(new Error(`the network ended (${String(code ?? signal)})`));
      return [code as number | null, signal as string | null];
    });
  }

  listening(): Promise<number> {
    return this.#listening;
  }

  progress(): Promise<NetworkProgress> {
    return this.#ask({ kind: 'progress' }) as Promise<NetworkProgress>;
  }

  async drain(): Promise<void> {
    await this.#ask({ kind: 'drain' });
  }

  report(): Promise<NetworkVerdict> {
    return this.#ask({ kind: 'report' }) as Promise<NetworkVerdict>;
  }

  async stepClock(byMs: number): Promise<void> {
    await this.#ask({ kind: 'step-clock', byMs });
  }

  async stop(): Promise<void> {
    await this.#ask({ kind: 'stop' });
    await this.ended;
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  #ask(order: Order): Promise<unknown> {
    const id = ++this.#id;
    this.child.send({ ...order, id });
    return this.#orEnds(new Promise((resolve) => this.#answers.set(id, resolve)));
  }

  #orEnds<T>(promise: Promise<T>): Promise<T> {
    let fail: (error: Error) => void = () => undefined;
    const failed = new Promise<never>((_resolve, reject) => {
      fail = reject;
      this.#failed.add(fail);
    });
    const either = Promise.race([promise, failed]).finally(() => this.#failed.delete(fail));
    // Whoever waits hears of it; an end that nobody waits through is none of its own.
    either.catch(() => undefined);
    return either;
  }
}
