/**
 * What the nodes of MAP share: they answer operations by handlers, hold conversations of their own, and tally both. A handler or
 * a procedure reads as the sequence of its services.
 */
import type { ErrorDeclaration, Operation } from '../../../stack/asn1/index.ts';
import { MapResponder, openMapDialogue } from '../../../stack/map/service/map-service.ts';
import type {
  MapAbort,
  MapDialogue,
  MapIndication,
  MapOpenConfirm,
  MapOpening,
  MapOutcome,
  MapUser,
} from '../../../stack/map/service/service.ts';
import type { ApplicationContext } from '../../../stack/ros/application-context.ts';
import { titled } from '../../addresses.ts';
import type { RoleEnvironment } from '../role.ts';
import type { Direction, Exercised } from '../tally.ts';

export type Answer =
  | { readonly result: unknown }
  | { readonly error: ErrorDeclaration; readonly value?: unknown }
  /** Class 4: nothing. */
  | undefined;

export interface Served {
  readonly conversation: Conversation;
  readonly context: ApplicationContext;
  readonly operation: Operation;
  readonly argument: unknown;
  readonly opening: MapOpening | undefined;
}

export type Handler = (served: Served) => Answer | Promise<Answer>;

/** By operation name. */
export type Handlers = Readonly<Record<string, Handler>>;

/** How long a node waits for any answer; shorter than MAP's longest timers, as nobody is at a phone. */
const TIMEOUT_MS = 10_000;

export class MapNode {
  readonly environment: RoleEnvironment;
  readonly #ssn: number;
  readonly #number: string;
  readonly #handlers: Handlers;
  underWay = 0;

  constructor(
    environment: RoleEnvironment,
    ssn: number,
    numbers: readonly [string, ...string[]],
    contexts: readonly ApplicationContext[],
    handlers: Handlers,
  ) {
    this.environment = environment;
    this.#ssn = ssn;
    this.#number = numbers[0];
    this.#handlers = handlers;
    const { plan, counters } = environment;
    const spoken = contexts.filter(({ version }) => version <= plan.mapVersionMax);
    const responder = new MapResponder(spoken, counters, (_dialogue, opening) => {
      return new Conversation(this, this.#handlers, opening);
    });
    environment.accept(ssn, numbers, responder);
  }

  /** A dialogue with the node of this number; it begins with what is asked first. */
  open(
    context: ApplicationContext,
    to: { readonly number: string; readonly ssn: number },
    options: {
      readonly from?: string;
      readonly destinationReference?: Uint8Array;
      readonly originatingReference?: Uint8Array;
    } = {},
  ): Conversation {
    const { tcap, counters } = this.environment;
    const conversation = new Conversation(this, this.#handlers, undefined);
    const { from = this.#number, ...references } = options;
    const dialogue = openMapDialogue(tcap, counters, {
      localAddress: titled(from, this.#ssn),
      remoteAddress: titled(to.number, to.ssn),
      applicationContext: context,
      user: conversation,
      idleLimitMs: 2 * TIMEOUT_MS,
      ...references,
    });
    if (dialogue === null) throw new Error('no dialogue is free');
    conversation.dialogue = dialogue;
    return conversation;
  }

  exercised(context: ApplicationContext, operation: Operation, direction: Direction): Exercised {
    return { protocol: 'MAP', operation: operation.name ?? '', version: context.version, direction };
  }
}

/** One dialogue of a node, whoever opened it. */
export class Conversation implements MapUser {
  dialogue: MapDialogue | undefined;
  readonly opening: MapOpening | undefined;
  readonly #node: MapNode;
  readonly #handlers: Handlers;
  readonly #opener: boolean;
  /** Handlers at work. */
  #working = 0;
  /** Asked and not answered. */
  #asked = 0;
  /** Operations of class 4 that wait for a sign that they were taken. */
  #silent: ((failure: string | undefined) => void)[] = [];
  #refusal = 'the dialogue ended';
  #over = false;
  /** The responder keeps the dialogue open after its answer. */
  keepOpen = false;

  constructor(node: MapNode, handlers: Handlers, opening: MapOpening | undefined) {
    this.#node = node;
    this.#handlers = handlers;
    this.opening = opening;
    this.#opener = opening === undefined;
  }

  /** Asks and sends it; the result, else it rejects with what came instead. */
  async ask<A, R>(operation: Operation<A, R>, argument: A): Promise<R | undefined> {
    const outcome = this.request(operation, argument);
    this.send();
    const got = await outcome;
    if (got.kind === 'result') return got.value;
    throw new Error(this.#failed(operation, outcomeText(got)));
  }

  /** Asks, and expects this error. */
  async askForError<A, R>(operation: Operation<A, R>, argument: A, error: ErrorDeclaration): Promise<void> {
    const outcome = this.request(operation, argument, error);
    this.send();
    const got = await outcome;
    if (got.kind === 'error' && got.error?.code === error.code) return;
    throw new Error(this.#failed(operation, `${outcomeText(got)} instead of ${error.name ?? ''}`));
  }

  /** Asks; it goes with the next `send`. Of class 4 the outcome is an empty result once the peer is heard of again. */
  request<A, R>(
    operation: Operation<A, R>,
    argument: A,
    expected?: ErrorDeclaration,
  ): Promise<MapOutcome<R>> {
    const { dialogue } = this;
    return new Promise((resolve) => {
      const done = (outcome: MapOutcome<R>) => {
        this.#asked--;
        this.#tally(operation, outcome, expected);
        resolve(outcome);
      };
      this.#asked++;
      const asked = dialogue?.invoke(operation, argument, done, { timeoutMs: TIMEOUT_MS }) ?? false;
      if (!asked) return done({ kind: 'provider-error', error: 'service-completion-failure' });
      if (operation.operationClass === 4)
        this.#silent.push((failure) => {
          done(
            failure === undefined
              ? { kind: 'result', value: undefined }
              : { kind: 'provider-error', error: 'service-completion-failure' },
          );
        });
    });
  }

  send(): void {
    this.dialogue?.delimiter();
  }

  /** The empty BEGIN; resolves when the peer has confirmed it. */
  begin(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#silent.push((failure) => (failure === undefined ? resolve() : reject(new Error(failure))));
      this.send();
    });
  }

  close(): void {
    if (this.dialogue?.ended === false) this.dialogue.close();
    this.#heard(undefined);
  }

  onOpenConfirm(_dialogue: MapDialogue, confirm: MapOpenConfirm): void {
    if (confirm.accepted) return;
    this.#refusal = `refused: ${confirm.reason}`;
    this.#heard(this.#refusal);
  }

  onInvoke(dialogue: MapDialogue, indication: MapIndication): void {
    this.dialogue = dialogue;
    this.#working++;
    this.#node.underWay++;
    void this.#serve(dialogue, indication);
  }

  onDelimiter(dialogue: MapDialogue): void {
    this.dialogue = dialogue;
    this.#heard(undefined);
    // A begin without anything is answered by the dialogue alone.
    if (!this.#opener && this.#working === 0 && this.#asked === 0 && !this.keepOpen) this.send();
  }

  onClose(): void {
    this.#over = true;
    this.#heard(undefined);
  }

  onAbort(_dialogue: MapDialogue, abort: MapAbort): void {
    this.#over = true;
    this.#refusal = abort.kind === 'user' ? 'aborted by the user' : `aborted: ${abort.reason}`;
    this.#heard(this.#refusal);
  }

  #heard(failure: string | undefined): void {
    const silent = this.#silent;
    this.#silent = [];
    for (const done of silent) done(failure);
  }

  async #serve(dialogue: MapDialogue, indication: MapIndication): Promise<void> {
    const { operation, argument } = indication;
    const context = dialogue.applicationContext!;
    const { tally } = this.#node.environment;
    const exercised = this.#node.exercised(context, operation, 'received');
    try {
      const handler = this.#handlers[operation.name ?? ''];
      if (handler === undefined) {
        tally.failed(exercised, 'nobody here takes it');
        dialogue.refuseService(indication, 'resource-limitation');
      } else {
        const answer = await handler({
          conversation: this,
          context,
          operation,
          argument,
          opening: this.opening,
        });
        if (answer === undefined) tally.succeeded(exercised);
        else if ('error' in answer) {
          dialogue.error(indication, answer.error, answer.value);
          tally.succeeded(exercised, answer.error.name);
        } else {
          dialogue.result(indication, operation, answer.result);
          tally.succeeded(exercised);
        }
      }
    } catch (error) {
      tally.failed(exercised, error instanceof Error ? error.message : String(error));
      dialogue.refuseService(indication, 'resource-limitation');
    }
    this.#working--;
    this.#node.underWay--;
    if (this.#working > 0 || dialogue.ended || this.#over) return;
    if (this.#opener || this.keepOpen) this.send();
    else this.close();
  }

  #tally(operation: Operation, outcome: MapOutcome, expected: ErrorDeclaration | undefined): void {
    const context = this.dialogue?.applicationContext;
    if (context === undefined) return;
    const { tally } = this.#node.environment;
    const exercised = this.#node.exercised(context, operation, 'sent');
    if (expected === undefined && outcome.kind === 'result') tally.succeeded(exercised);
    else if (expected !== undefined && outcome.kind === 'error' && outcome.code === expected.code)
      tally.succeeded(exercised, expected.name);
    else tally.failed(exercised, this.#why(outcomeText(outcome)));
  }

  #failed(operation: Operation, why: string): string {
    const version = this.dialogue?.applicationContext?.version ?? 0;
    return `${operation.name ?? ''} v${version}: ${this.#why(why)}`;
  }

  #why(outcome: string): string {
    return outcome === 'service-completion-failure' ? this.#refusal : outcome;
  }
}

function outcomeText(outcome: MapOutcome): string {
  switch (outcome.kind) {
    case 'result':
      return 'a result';
    case 'error':
      return outcome.error?.name ?? `error ${outcome.code}`;
    case 'provider-error':
      return outcome.error;
  }
}
