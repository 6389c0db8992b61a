/**
 * One request in a dialogue of its own, in the latest version that the peer speaks: MAP-OPEN with the service request, and
 * what came of it. A refused context is followed by an earlier version, with the argument of that version (3GPP TS 29.002
 * §5.1). What the responder requests meanwhile (informServiceCentre) is part of the answer.
 */
import type { Counters } from '../../../types/counters.ts';
import type { Operation } from '../../asn1/index.ts';
import type { ApplicationContext } from '../../ros/application-context.ts';
import type { SccpAddress } from '../../sccp/service.ts';
import type { TcapService } from '../../tcap/service.ts';
import { earlierContext } from './fall-back.ts';
import { openMapDialogue } from './map-service.ts';
import type { MapAbort, MapDialogue, MapIndication, MapOpenConfirm, MapOutcome, MapUser } from './service.ts';
import type { VersionMemory } from './version-memory.ts';

/** A request as one version has it, and what its result means. */
export interface RequestVersion<T> {
  readonly context: ApplicationContext;
  readonly operation: Operation;
  readonly argument: unknown;
  readonly result: (value: unknown) => T | undefined;
}

/** @param result undefined: the result says nothing that could be used */
export function requestVersion<A, R, T>(
  context: ApplicationContext,
  operation: Operation<A, R>,
  argument: A,
  result: (value: R | undefined) => T | undefined,
): RequestVersion<T> {
  return {
    context,
    operation: operation,
    argument,
    result: result as (value: unknown) => T | undefined,
  };
}

export interface NegotiatedRequest<T> {
  readonly localAddress: SccpAddress;
  readonly remoteAddress: SccpAddress;
  /** What the version of the peer is remembered by. */
  readonly destination: string;
  /** The latest version first. */
  readonly versions: readonly RequestVersion<T>[];
  readonly timeoutMs: number;
}

export type NegotiatedAnswer<T> =
  | {
      readonly kind: 'result';
      readonly version: number;
      readonly value: T;
      readonly requested: readonly MapIndication[];
    }
  | {
      readonly kind: 'error';
      readonly version: number;
      readonly code: number;
      readonly value: unknown;
      readonly requested: readonly MapIndication[];
    }
  /** No answer that says anything of the request: `why` is for people. */
  | { readonly kind: 'none'; readonly why: string };

export interface RequestPorts {
  readonly tcap: TcapService;
  readonly counters: Counters;
  readonly versions: VersionMemory;
}

/** An operation may take longer than dialogues are let idle: its own timer ends first. */
export const IDLE_MARGIN_MS = 10_000;

/** Sends a request; `done` is called once, later or, when no dialogue can be opened, at once. */
export function requestNegotiated<T>(
  ports: RequestPorts,
  request: NegotiatedRequest<T>,
  done: (answer: NegotiatedAnswer<T>) => void,
): void {
  const contexts = request.versions.map(({ context }) => context);
  const first = ports.versions.first(request.destination, contexts);
  new Attempt(ports, request, contexts, done).start(first);
}

class Attempt<T> implements MapUser {
  readonly #ports: RequestPorts;
  readonly #request: NegotiatedRequest<T>;
  readonly #contexts: readonly ApplicationContext[];
  readonly #done: (answer: NegotiatedAnswer<T>) => void;
  readonly #requested: MapIndication[] = [];
  #version: RequestVersion<T> | undefined;
  #outcome: MapOutcome | undefined;
  #ended = false;

  constructor(
    ports: RequestPorts,
    request: NegotiatedRequest<T>,
    contexts: readonly ApplicationContext[],
    done: (answer: NegotiatedAnswer<T>) => void,
  ) {
    this.#ports = ports;
    this.#request = request;
    this.#contexts = contexts;
    this.#done = done;
  }

  start(context: ApplicationContext): void {
    const { tcap, counters } = this.#ports;
    const { localAddress, remoteAddress, versions, timeoutMs } = this.#request;
    const version = versions.find((one) => one.context === context)!;
    this.#version = version;
    this.#outcome = undefined;
    const dialogue = openMapDialogue(tcap, counters, {
      localAddress,
      remoteAddress,
      applicationContext: context,
      user: this,
      idleLimitMs: timeoutMs + IDLE_MARGIN_MS,
    });
    if (dialogue === null) return this.#end({ kind: 'none', why: 'no dialogue free' });
    const { operation, argument } = version;
    dialogue.invoke(operation, argument, (outcome) => this.#onOutcome(dialogue, outcome), { timeoutMs });
    dialogue.delimiter();
  }

  onOpenConfirm(_dialogue: MapDialogue, confirm: MapOpenConfirm): void {
    if (confirm.accepted) return;
    const { destination } = this.#request;
    const tried = this.#version!.context;
    const earlier = earlierContext(this.#contexts, tried, confirm);
    if (earlier === undefined) return this.#end({ kind: 'none', why: `refused: ${confirm.reason}` });
    this.#ports.versions.learn(destination, this.#contexts, earlier);
    this.start(earlier);
  }

  onInvoke(_dialogue: MapDialogue, indication: MapIndication): void {
    this.#requested.push(indication);
  }

  onDelimiter(dialogue: MapDialogue): void {
    if (this.#outcome === undefined) return;
    dialogue.close();
    this.#answer(this.#outcome);
  }

  onClose(): void {
    const outcome = this.#outcome;
    if (outcome === undefined) return this.#end({ kind: 'none', why: 'ended without an answer' });
    this.#answer(outcome);
  }

  onAbort(_dialogue: MapDialogue, abort: MapAbort): void {
    this.#end({ kind: 'none', why: abort.kind === 'user' ? 'abort user' : `abort provider ${abort.reason}` });
  }

  #onOutcome(dialogue: MapDialogue, outcome: MapOutcome): void {
    if (outcome.kind === 'provider-error' && outcome.error === 'service-completion-failure') return;
    this.#outcome ??= outcome;
    if (outcome.kind !== 'provider-error' || outcome.error !== 'no-response-from-the-peer' || this.#ended)
      return;
    dialogue.abort();
    this.#end({ kind: 'none', why: 'no answer in time' });
  }

  #answer(outcome: MapOutcome): void {
    const requested = this.#requested;
    const { context, result } = this.#version!;
    const { version } = context;
    switch (outcome.kind) {
      case 'result': {
        const value = result(outcome.value);
        if (value === undefined) return this.#end({ kind: 'none', why: 'a result that says nothing' });
        return this.#end({ kind: 'result', version, value, requested });
      }
      case 'error':
        return this.#end({ kind: 'error', version, code: outcome.code, value: outcome.value, requested });
      case 'provider-error':
        return this.#end({ kind: 'none', why: outcome.error });
    }
  }

  #end(answer: NegotiatedAnswer<T>): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#done(answer);
  }
}
