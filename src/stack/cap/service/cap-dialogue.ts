import type { Counters } from '../../../types/counters.ts';
import type { ErrorDeclaration, Operation } from '../../asn1/index.ts';
import { argumentCodec, errorCodec, resultCodec } from '../../ros/codecs.ts';
import type {
  AbortIndication,
  Component,
  Dialogue,
  DialoguePortion,
  DialogueUser,
  OpenRequest,
  Problem,
  TcapService,
} from '../../tcap/service.ts';
import type { CapContext } from './contexts.ts';
import { CapInvocation } from './invocation.ts';
import type { ArgumentOf, OperationSet, ResultOf } from './operation-sets.ts';
import { linkedOperations, problems } from './problems.ts';

/** How an invocation of ours ends; what is left out is let pass. */
export interface Outcomes<R> {
  result?(value: R): void;
  /** `error` is undefined when it is none of the operation's: rejected here. */
  error?(error: ErrorDeclaration | undefined, parameter: unknown): void;
  rejected?(problem: Problem): void;
  /** The operation's timer has ended: of class 1 and 3 a failure, of class 2 a success (ITU-T Q.771 §3.1.3). */
  timeout?(): void;
}

/** What may come in a dialogue, each operation to a method of its name. */
export type Handlers<R extends OperationSet> = {
  [K in keyof R]?: (argument: ArgumentOf<R[K]>, invocation: CapInvocation) => void;
};

/** Whoever has the dialogue. What is asked for within an upcall goes out in one message when the upcall has returned. */
export interface CapDialogueOwner {
  /** All components of a message were told. */
  onMessage?(message: 'begin' | 'continue' | 'end'): void;
  /** The dialogue is over: the peer ended it, or it ended badly. Not told when we end it. */
  onClosed(abort: AbortIndication | undefined): void;
  /** An argument that could not be read: rejected already. */
  onMistyped?(operation: string): void;
  /** How an operation came out, for whoever counts them: `undefined` well, else its error or why it failed. */
  onOutcome?(direction: 'sent' | 'received', operation: string, wrong: string | undefined): void;
}

/** Of an operation that was cut off with its dialogue nothing is said, unless its silence means success. */
const SILENT_SUCCESS = 2;

interface Pending {
  readonly name: string;
  readonly operation: Operation;
  readonly outcomes: Outcomes<unknown>;
}

/**
 * A dialogue of CAP (3GPP TS 29.078 §14.1), for either party: operations with their arguments as values, decoded and
 * checked; what cannot be read, does not belong or comes twice is rejected in the terms of ITU-T Q.773 §4.2.2.6.
 */
export class CapDialogue<Sends extends OperationSet, Receives extends OperationSet> implements DialogueUser {
  readonly #counters: Counters;
  readonly #sends: Sends;
  readonly #receives: ReadonlyMap<number, readonly [string, Operation]>;
  readonly #owner: CapDialogueOwner;
  readonly #handlers: Handlers<Receives>;
  readonly #pending = new Map<number, Pending>();
  /** Invocations of the peer's that wait for our answer, and cannot come again (classes 1 and 3). */
  readonly #unanswered = new Set<number>();
  #dialogue: Dialogue | undefined;
  #open = true;
  #staged = 0;
  #inUpcall = false;
  /** The error that the operation under way was answered with. */
  #answered: string | undefined;
  #current: number | undefined;

  constructor(
    sends: Sends,
    receives: Receives,
    handlers: Handlers<Receives>,
    owner: CapDialogueOwner,
    counters: Counters,
  ) {
    this.#sends = sends;
    this.#receives = byCode(receives);
    this.#handlers = handlers;
    this.#owner = owner;
    this.#counters = counters;
  }

  /** As gsmSCF: the dialogue that a peer opened, or one that `open` opens. */
  static ofScf<S extends OperationSet, R extends OperationSet>(
    { fromScf, toScf }: CapContext<S, R>,
    handlers: Handlers<R>,
    owner: CapDialogueOwner,
    counters: Counters,
  ): CapDialogue<S, R> {
    return new CapDialogue(fromScf, toScf, handlers, owner, counters);
  }

  /** As gsmSSF, gsmSRF or assisting gsmSSF. */
  static ofSsf<S extends OperationSet, R extends OperationSet>(
    { fromScf, toScf }: CapContext<S, R>,
    handlers: Handlers<S>,
    owner: CapDialogueOwner,
    counters: Counters,
  ): CapDialogue<R, S> {
    return new CapDialogue(toScf, fromScf, handlers, owner, counters);
  }

  /** False when there is no room for another dialogue. */
  open(tcap: TcapService, request: Omit<OpenRequest, 'user'>): boolean {
    const dialogue = tcap.open({ ...request, user: this });
    if (dialogue === null) return false;
    this.#dialogue = dialogue;
    return true;
  }

  /** Takes a dialogue that the peer opened. */
  accept(dialogue: Dialogue): this {
    this.#dialogue = dialogue;
    return this;
  }

  get isOpen(): boolean {
    return this.#open && this.#dialogue !== undefined;
  }

  /** TCAP's transaction id of ours; 0 before there is one. */
  get id(): number {
    return this.#dialogue?.id ?? 0;
  }

  /** Undefined before there is a dialogue. */
  get addresses(): Pick<Dialogue, 'localAddress' | 'remoteAddress'> | undefined {
    return this.#dialogue;
  }

  get state(): Dialogue['state'] {
    return this.#dialogue?.state ?? 'idle';
  }

  /** Components wait for a message. */
  get hasStaged(): boolean {
    return this.#staged > 0;
  }

  /** Whether the context has this operation in our direction. */
  has(name: string): boolean {
    return Object.hasOwn(this.#sends, name);
  }

  /** Returns the invoke id; null when it cannot be sent, or the dialogue is over. */
  invoke<K extends keyof Sends & string>(
    name: K,
    argument: ArgumentOf<Sends[K]>,
    outcomes: Outcomes<ResultOf<Sends[K]>> = {},
    linkedId?: number,
  ): number | null {
    const operation: Operation | undefined = this.#sends[name];
    const dialogue = this.#dialogue;
    if (operation === undefined || dialogue === undefined || !this.#open) return null;
    const codec = argumentCodec(operation);
    const id = dialogue.invoke({
      operationCode: operation.code,
      ...(codec === undefined || argument === undefined ? {} : { parameter: codec.encode(argument) }),
      operationClass: operation.operationClass ?? 1,
      timeoutMs: operation.timerMs ?? 10_000,
      ...(linkedId === undefined ? {} : { linkedId }),
    });
    if (id === null) return null;
    if (operation.operationClass !== 4) this.#pending.set(id, { name, operation, outcomes: outcomes });
    else this.#owner.onOutcome?.('sent', name, undefined);
    this.#staged++;
    return id;
  }

  /** Sends what waits; within an upcall that happens by itself. */
  flush(): void {
    if (!this.isOpen || this.#inUpcall) return;
    if (this.#dialogue?.state === 'idle') this.#begin();
    else if (this.#staged > 0) this.#continue();
  }

  /** Sends what waits now, also within an upcall: before an end that is prearranged. */
  continue(): void {
    if (this.isOpen && this.#staged > 0) this.#continue();
  }

  /** TC-END with what waits; prearranged: nothing is sent, the peer knows (ITU-T Q.771 §3.1.2.2.2.3). */
  end(kind: 'basic' | 'prearranged' = 'basic'): void {
    if (!this.isOpen) return;
    this.#close();
    this.#dialogue?.end(kind);
  }

  abort(): void {
    if (!this.isOpen) return;
    this.#close();
    this.#dialogue?.abort();
  }

  onComponent(_dialogue: Dialogue, component: Component): void {
    this.#inUpcall = true;
    switch (component.kind) {
      case 'invoke':
        this.#onInvoke(component);
        break;
      case 'result':
        this.#onResult(component);
        break;
      case 'error':
        this.#onError(component);
        break;
      case 'reject':
        this.#counters.count(`cap.${component.kind}.received`);
        if (component.local) this.#staged++;
        else {
          const pending = this.#take(component.invokeId);
          if (pending === undefined) break;
          const { type, code } = component.problem;
          this.#owner.onOutcome?.('sent', pending.name, `reject ${type} ${code}`);
          pending.outcomes.rejected?.(component.problem);
        }
    }
  }

  onDelimiter(_dialogue: Dialogue, message: 'begin' | 'continue' | 'end', _portion: DialoguePortion): void {
    this.#inUpcall = true;
    if (message === 'end') this.#close();
    this.#owner.onMessage?.(message);
    this.#inUpcall = false;
    if (message === 'end') this.#owner.onClosed(undefined);
    else this.flush();
  }

  onInvokeTimeout(_dialogue: Dialogue, invokeId: number): void {
    this.#inUpcall = true;
    const pending = this.#take(invokeId);
    if (pending !== undefined) {
      const silent = pending.operation.operationClass === SILENT_SUCCESS;
      this.#owner.onOutcome?.('sent', pending.name, silent ? undefined : 'timeout');
      pending.outcomes.timeout?.();
    }
    this.#inUpcall = false;
    this.flush();
  }

  onAbort(_dialogue: Dialogue, abort: AbortIndication): void {
    this.#counters.count(`cap.abort.${abort.kind}`);
    this.#pending.clear();
    this.#close();
    this.#owner.onClosed(abort);
  }

  /** @internal what `CapInvocation` answers with */
  answer(invokeId: number, wrong: string | undefined, send: (dialogue: Dialogue) => boolean): void {
    this.#unanswered.delete(invokeId);
    if (invokeId === this.#current) this.#answered = wrong;
    if (this.isOpen && this.#dialogue !== undefined && send(this.#dialogue)) this.#staged++;
  }

  #onInvoke(invoke: Component & { readonly kind: 'invoke' }): void {
    const { invokeId, operationCode, linkedId } = invoke;
    const named = typeof operationCode === 'number' ? this.#receives.get(operationCode) : undefined;
    if (named === undefined) {
      this.#counters.count('cap.unrecognized-operation');
      return this.#reject(invokeId, problems.unrecognizedOperation);
    }
    const [name, operation] = named;
    if (invoke.duplicate === true && this.#unanswered.has(invokeId)) {
      return this.#reject(invokeId, problems.duplicateInvokeId);
    }
    const unlinked = linkedId === undefined ? undefined : this.#linkProblem(linkedId, name);
    if (unlinked !== undefined) return this.#reject(invokeId, unlinked);
    const argument = argumentOf(operation, invoke.parameter);
    if (!argument.ok) {
      this.#counters.count(`cap.mistyped.${name}.${argument.code}`);
      this.#reject(invokeId, problems.mistypedParameter);
      return this.#owner.onMistyped?.(name);
    }
    if (operation.operationClass === 1 || operation.operationClass === 3) this.#unanswered.add(invokeId);
    const handler = this.#handlers[name as keyof Receives] as
      | ((argument: unknown, invocation: CapInvocation) => void)
      | undefined;
    this.#answered = undefined;
    this.#current = invokeId;
    handler?.call(this.#handlers, argument.value, new CapInvocation(this, operation, invokeId, linkedId));
    this.#owner.onOutcome?.('received', name, this.#answered);
  }

  /** TCAP has checked that the linked id is one of ours that is under way. */
  #linkProblem(linkedId: number, name: string): Problem | undefined {
    const parent = this.#pending.get(linkedId)?.operation;
    const children = parent === undefined ? undefined : linkedOperations.get(parent.code);
    if (children === undefined) return problems.linkedResponseUnexpected;
    return children.includes(name) ? undefined : problems.unexpectedLinkedOperation;
  }

  #onResult({ invokeId, last, parameter }: Component & { readonly kind: 'result' }): void {
    const pending = last ? this.#take(invokeId) : this.#pending.get(invokeId);
    if (pending === undefined) return;
    const codec = resultCodec(pending.operation);
    const value =
      codec === undefined || parameter === undefined
        ? { ok: codec === undefined, value: undefined }
        : codec.decode(parameter);
    if (!value.ok) {
      this.#reject(invokeId, problems.mistypedResult);
      return pending.outcomes.rejected?.(problems.mistypedResult);
    }
    if (last) this.#owner.onOutcome?.('sent', pending.name, undefined);
    pending.outcomes.result?.((value as { readonly value: unknown }).value);
  }

  #onError({ kind, invokeId, errorCode, parameter }: Component & { readonly kind: 'error' }): void {
    this.#counters.count(`cap.${kind}.received`);
    const pending = this.#take(invokeId);
    if (pending === undefined) return;
    const error = pending.operation.errors.find(({ code }) => code === errorCode);
    this.#owner.onOutcome?.('sent', pending.name, error?.name ?? `error ${String(errorCode)}`);
    if (error === undefined) {
      this.#reject(invokeId, problems.unexpectedError);
      return pending.outcomes.error?.(undefined, undefined);
    }
    const codec = errorCodec(error);
    const value = codec === undefined || parameter === undefined ? undefined : codec.decode(parameter);
    if (value?.ok === false) this.#reject(invokeId, problems.mistypedError);
    pending.outcomes.error?.(error, value?.ok === true ? value.value : undefined);
  }

  #reject(invokeId: number, problem: Problem): void {
    if (this.#dialogue?.reject(invokeId, problem) === true) this.#staged++;
  }

  #take(invokeId: number | null): Pending | undefined {
    if (invokeId === null) return undefined;
    const pending = this.#pending.get(invokeId);
    this.#pending.delete(invokeId);
    return pending;
  }

  #begin(): void {
    this.#staged = 0;
    this.#dialogue?.begin();
  }

  #continue(): void {
    this.#staged = 0;
    this.#dialogue?.continue();
  }

  #close(): void {
    this.#open = false;
    for (const { name, operation } of this.#pending.values())
      if (operation.operationClass === SILENT_SUCCESS) this.#owner.onOutcome?.('sent', name, undefined);
    this.#pending.clear();
    this.#unanswered.clear();
  }
}

function argumentOf(
  operation: Operation,
  parameter: Uint8Array | undefined,
): { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly code: string } {
  const codec = argumentCodec(operation);
  if (codec === undefined) return { ok: true, value: undefined };
  return codec.decode(parameter ?? new Uint8Array(0));
}

const codes = new WeakMap<OperationSet, ReadonlyMap<number, readonly [string, Operation]>>();

/** A set by operation code: made once a set. */
function byCode(set: OperationSet): ReadonlyMap<number, readonly [string, Operation]> {
  const known = codes.get(set);
  if (known !== undefined) return known;
  const made = new Map(Object.entries(set).map((one) => [one[1].code, one] as const));
  codes.set(set, made);
  return made;
}
