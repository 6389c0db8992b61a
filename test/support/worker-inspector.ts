/**
 * Speaks to the threads of a process that was started with `--inspect=127.0.0.1:0`, by the inspector protocol of Node: so a test can
 * hurt one thread of a product that has no hook for it.
 */
import { WebSocket } from 'ws';

interface WorkerInfo {
  readonly title: string;
  readonly url: string;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: {
    readonly sessionId: string;
    readonly workerInfo: WorkerInfo;
    readonly message: string;
  };
  readonly result?: { readonly exceptionDetails?: { readonly text: string } };
  readonly error?: { readonly message: string };
}

/** What `url` says of a thread that has no name. */
const NAMELESS = [['piscina', 'renderer']] as const;

export class WorkerInspector {
  readonly #socket: WebSocket;
  readonly #answers = new Map<number, (message: Message | undefined) => void>();
  /** Session by name of thread. */
  readonly #sessions = new Map<string, string>();
  readonly #goneWaiting = new Set<() => void>();
  #id = 0;

  /** @param url as the process says it: `Debugger listening on ws://…` */
  static async connect(url: string): Promise<WorkerInspector> {
    const socket = new WebSocket(url);
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    const inspector = new WorkerInspector(socket);
    await inspector.#ask('NodeWorker.enable', { waitForDebuggerOnStart: false });
    return inspector;
  }

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => this.#take(JSON.parse(data.toString()) as Message));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      for (const resolve of this.#answers.values()) resolve(undefined);
      this.#answers.clear();
    });
  }

  /** Threads that run, `main` not among them; one of the pool of renderers is called `renderer`. */
  get threads(): readonly string[] {
    return [...this.#sessions.keys()];
  }

  /** Evaluates in the main thread, or in one of `threads`; false when there was no answer: it died of it. */
  async evaluate(thread: string, expression: string): Promise<boolean> {
    const parameters = { expression, includeCommandLineAPI: true };
    if (thread === 'main') return (await this.#ask('Runtime.evaluate', parameters)) !== undefined;
    const sessionId = this.#sessions.get(thread);
    if (sessionId === undefined) throw new Error(`there is no thread ${thread}`);
    const id = ++this.#id;
    const message = JSON.stringify({ id, method: 'Runtime.evaluate', params: parameters });
    const answered = new Promise<Message | undefined>((resolve) => this.#answers.set(id, resolve));
    void this.#ask('NodeWorker.sendMessageToWorker', { sessionId, message });
    const answer = await Promise.race([answered, this.#gone(thread, sessionId)]);
    this.#answers.delete(id);
    if (answer?.result?.exceptionDetails !== undefined) throw new Error(answer.result.exceptionDetails.text);
    return answer !== undefined;
  }

  /** A process does not end while it is inspected. */
  close(): Promise<void> {
    if (this.#socket.readyState === WebSocket.CLOSED) return Promise.resolve();
    return new Promise((resolve) => {
      this.#socket.once('close', () => resolve());
      this.#socket.close();
    });
  }

  #gone(thread: string, sessionId: string): Promise<undefined> {
    return new Promise((resolve) => {
      const look = () => {
        if (this.#sessions.get(thread) === sessionId && this.#socket.readyState === WebSocket.OPEN) return;
        this.#goneWaiting.delete(look);
        resolve(undefined);
      };
      this.#goneWaiting.add(look);
      look();
    });
  }

  #ask(method: string, params: object): Promise<Message | undefined> {
    const id = ++this.#id;
    if (this.#socket.readyState !== WebSocket.OPEN) return Promise.resolve(undefined);
    this.#socket.send(JSON.stringify({ id, method, params }));
    return new Promise((resolve) => this.#answers.set(id, resolve));
  }

  #take(message: Message): void {
    if (message.id !== undefined) {
      this.#answers.get(message.id)?.(message);
      this.#answers.delete(message.id);
      return;
    }
    const { method, params } = message;
    if (params === undefined || method === undefined) return;
    switch (method) {
      case 'NodeWorker.attachedToWorker':
        this.#sessions.set(nameOf(params.workerInfo), params.sessionId);
        return;
      case 'NodeWorker.detachedFromWorker':
        for (const [name, sessionId] of this.#sessions)
          if (sessionId === params.sessionId) this.#sessions.delete(name);
        for (const look of [...this.#goneWaiting]) look();
        return;
      case 'NodeWorker.receivedMessageFromWorker':
        this.#take(JSON.parse(params.message) as Message);
        return;
    }
  }
}

function nameOf({ title, url }: WorkerInfo): string {
  const named = /^\[worker \d+\] (\S+)/.exec(title)?.[1];
  return named ?? NAMELESS.find(([part]) => url.includes(part))?.[1] ?? url;
}
