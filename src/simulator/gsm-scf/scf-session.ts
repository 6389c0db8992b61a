import { CapDialogue, type CapDialogueOwner } from '../../stack/cap/service/cap-dialogue.ts';
import type { CapContext } from '../../stack/cap/service/contexts.ts';
import type { CapInvocation } from '../../stack/cap/service/invocation.ts';
import { kept } from '../../stack/cap/service/kept.ts';
import type {
  ArgumentOf,
  fromAssistPhase4,
  fromSmsSsf,
  fromSsfPhase4,
  OperationSet,
  ResultOf,
  toAssistPhase4,
  toSmsSsf,
  toSsfPhase4,
} from '../../stack/cap/service/operation-sets.ts';
import type { SccpAddress } from '../../stack/sccp/service.ts';
import type { AbortIndication, Dialogue, TcapService } from '../../stack/tcap/service.ts';
import type { Counters } from '../../types/counters.ts';
import type { Later } from '../later.ts';

/** What a gsmSCF may send and receive in any context: what is not in the one at hand is not sent. */
export type ScfSends = typeof toSsfPhase4 & typeof toAssistPhase4 & typeof toSmsSsf;
export type ScfReceives = typeof fromSsfPhase4 & typeof fromAssistPhase4 & typeof fromSmsSsf;

/** A service, step by step: it stops where it waits, and goes on when the gsmSSF has said something. */
export type ScfScript = (session: ScfSession) => Generator<undefined, void, undefined>;

export type Outcome<R> =
  | { readonly kind: 'result'; readonly value: R }
  | { readonly kind: 'error'; readonly error: string; readonly parameter: unknown }
  | { readonly kind: 'rejected'; readonly problem: string }
  | { readonly kind: 'timeout' };

/** An operation that was sent, and what came of it; of class 2 nothing comes when it succeeds. */
export interface Sent<R = unknown> {
  readonly id: number | null;
  outcome: Outcome<R> | undefined;
}

interface Received {
  readonly name: string;
  readonly argument: unknown;
  readonly invocation: CapInvocation;
}

export interface ScfSessionPorts {
  readonly tcap: TcapService;
  readonly later: Later;
  readonly counters: Counters;
  /** Makes a call through the gsmSSF of a session, in a dialogue of its own. */
  callThrough?(session: ScfSession, script: ScfScript): void;
  onOutcome?(
    session: ScfSession,
    direction: 'sent' | 'received',
    operation: string,
    wrong: string | undefined,
  ): void;
}

const CALL_IDLE_MS = 86_400_000;

/** A dialogue of the gsmSCF that a script conducts. */
export class ScfSession implements CapDialogueOwner {
  readonly context: CapContext<OperationSet, OperationSet>;
  readonly dialogue: CapDialogue<ScfSends, ScfReceives>;
  readonly #ports: ScfSessionPorts;
  readonly #script: Generator<undefined, void, undefined>;
  readonly #received: Received[] = [];
  #closed: AbortIndication | 'ended' | undefined;
  #running = false;
  #done = false;
  /** What went wrong in the script. */
  failure: string | undefined;
  readonly #onDone: (session: ScfSession) => void;

  constructor(
    ports: ScfSessionPorts,
    context: CapContext<OperationSet, OperationSet>,
    script: ScfScript,
    onDone: (session: ScfSession) => void,
  ) {
    this.#ports = ports;
    this.context = context;
    this.#onDone = onDone;
    const names = Object.keys(context.toScf);
    const handlers = Object.fromEntries(
      names.map((name) => [
        name,
        (argument: unknown, invocation: CapInvocation) =>
          void this.#received.push({ name, argument: kept(argument), invocation }),
      ]),
    );
    this.dialogue = CapDialogue.ofScf(
      context as unknown as CapContext<ScfSends, ScfReceives>,
      handlers,
      this,
      ports.counters,
    );
    this.#script = script(this);
  }

  get phase(): 1 | 2 | 3 | 4 {
    return this.context.context.version;
  }

  get isDone(): boolean {
    return this.#done;
  }

  /** Takes a dialogue that a gsmSSF opened; the script goes on with its first message. */
  accept(dialogue: Dialogue): this {
    dialogue.idleLimitMs = CALL_IDLE_MS;
    this.dialogue.accept(dialogue);
    return this;
  }

  /** Opens a dialogue with a gsmSSF, as the script says. */
  open(localAddress: SccpAddress, remoteAddress: SccpAddress): boolean {
    const opened = this.dialogue.open(this.#ports.tcap, {
      localAddress,
      remoteAddress,
      applicationContext: this.context.context.objectIdentifier,
      idleLimitMs: CALL_IDLE_MS,
    });
    if (opened) this.#step();
    this.dialogue.flush();
    return opened;
  }

  /** Another dialogue with the same gsmSSF, in which the gsmSCF makes a call. */
  callBack(script: ScfScript): void {
    this.#ports.callThrough?.(this, script);
  }

  /** Sent with the others when the script waits next. */
  send<K extends keyof ScfSends>(name: K, argument: ArgumentOf<ScfSends[K]>): Sent<ResultOf<ScfSends[K]>> {
    const sent: { id: number | null; outcome: Outcome<ResultOf<ScfSends[K]>> | undefined } = {
      id: null,
      outcome: undefined,
    };
    sent.id = this.dialogue.invoke(name, argument, {
      result: (value) => {
        sent.outcome = { kind: 'result', value };
      },
      error: (error, parameter) => {
        sent.outcome = { kind: 'error', error: error?.name ?? 'unknown', parameter };
      },
      rejected: ({ type, code }) => {
        sent.outcome = { kind: 'rejected', problem: `${type} ${code}` };
      },
      timeout: () => {
        sent.outcome = { kind: 'timeout' };
        this.#step();
      },
    });
    if (sent.id === null) throw new Error(`${name} cannot be sent`);
    return sent;
  }

  /** Waits for an operation; others that come meanwhile stay in line. */
  *next<K extends keyof ScfReceives>(name: K): Generator<undefined, ArgumentOf<ScfReceives[K]>, undefined> {
    return (yield* this.nextInvocation(name)).argument;
  }

  *nextInvocation<K extends keyof ScfReceives>(
    name: K,
  ): Generator<
    undefined,
    { readonly argument: ArgumentOf<ScfReceives[K]>; readonly invocation: CapInvocation },
    undefined
  > {
    for (;;) {
      const at = this.#received.findIndex((one) => one.name === name);
      const found = this.#received[at];
      if (found !== undefined) {
        this.#received.splice(at, 1);
        return found as { argument: ArgumentOf<ScfReceives[K]>; invocation: CapInvocation };
      }
      if (this.#closed !== undefined)
        throw new Error(`${name} was awaited, and the dialogue is over: ${this.#why()}`);
      yield;
    }
  }

  /** Waits for what comes of an operation. */
  *outcome<R>(sent: Sent<R>): Generator<undefined, Outcome<R>, undefined> {
    while (sent.outcome === undefined) {
      if (this.#closed !== undefined)
        throw new Error(`an answer was awaited, and the dialogue is over: ${this.#why()}`);
      yield;
    }
    return sent.outcome;
  }

  *result<R>(sent: Sent<R>): Generator<undefined, R, undefined> {
    const outcome = yield* this.outcome(sent);
    if (outcome.kind !== 'result') throw new Error(`a result was awaited: ${JSON.stringify(outcome)}`);
    return outcome.value;
  }

  /** Waits for an error, and returns its name. */
  *error(sent: Sent): Generator<undefined, string, undefined> {
    const outcome = yield* this.outcome(sent);
    if (outcome.kind !== 'error') throw new Error(`an error was awaited: ${JSON.stringify(outcome)}`);
    return outcome.error;
  }

  *pause(ms: number): Generator<undefined, void, undefined> {
    let over = false;
    this.#ports.later.after(ms, () => {
      over = true;
      this.#step();
      this.dialogue.flush();
    });
    while (!over) yield;
  }

  /** Waits until the peer has ended the dialogue; returns how. */
  *closed(): Generator<undefined, AbortIndication | 'ended', undefined> {
    while (this.#closed === undefined) yield;
    return this.#closed;
  }

  /** Whether an operation of this name waits to be taken. */
  has(name: keyof ScfReceives): boolean {
    return this.#received.some((one) => one.name === name);
  }

  onMessage(message: 'begin' | 'continue' | 'end'): void {
    if (message === 'end') this.#closed = 'ended';
    this.#step();
  }

  onClosed(abort: AbortIndication | undefined): void {
    this.#closed = abort ?? 'ended';
    this.#step();
  }

  onOutcome(direction: 'sent' | 'received', operation: string, wrong: string | undefined): void {
    this.#ports.onOutcome?.(this, direction, operation, wrong);
  }

  #why(): string {
    const closed = this.#closed;
    return closed === 'ended' || closed === undefined ? 'ended' : closed.kind;
  }

  /** The script goes on until it waits again. */
  #step(): void {
    if (this.#done || this.#running) return;
    this.#running = true;
    try {
      if (this.#script.next().done === true) this.#finish();
    } catch (error) {
      this.failure = error instanceof Error ? error.message : String(error);
      this.dialogue.abort();
      this.#finish();
    }
    this.#running = false;
  }

  #finish(): void {
    this.#done = true;
    this.#onDone(this);
  }
}
