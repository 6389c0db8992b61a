/**
 * One MAP request in a dialogue of its own: BEGIN with an invoke, END with what came of it. What the responder invokes
 * meanwhile (informServiceCentre) is part of the answer (3GPP TS 29.002 §7.3, §15).
 */

import type { SccpAddress } from '../../stack/sccp/service.ts';
import type {
  AbortIndication,
  Component,
  Dialogue,
  DialoguePortion,
  DialogueUser,
  ObjectIdentifier,
  TcapService,
} from '../../stack/tcap/service.ts';

export interface MapInvocation {
  readonly localAddress: SccpAddress;
  readonly remoteAddress: SccpAddress;
  readonly applicationContext: ObjectIdentifier;
  readonly operationCode: number;
  readonly parameter: Uint8Array;
  readonly timeoutMs: number;
}

export type MapAnswer =
  | {
      readonly kind: 'result';
      readonly parameter: Uint8Array | undefined;
      readonly invoked: readonly Invoked[];
    }
  | {
      readonly kind: 'error';
      readonly code: number;
      readonly parameter: Uint8Array | undefined;
      readonly invoked: readonly Invoked[];
    }
  /** No answer that says anything of the request: `why` is for people. */
  | { readonly kind: 'none'; readonly why: string };

/** What the responder invoked in the same dialogue. */
export interface Invoked {
  readonly operationCode: number;
  readonly parameter: Uint8Array | undefined;
}

/** Sends a request; `done` is called once, later or, when no dialogue can be opened, at once. */
export function request(
  tcap: TcapService,
  invocation: MapInvocation,
  done: (answer: MapAnswer) => void,
): void {
  new MapRequest(done).start(tcap, invocation);
}

/** An operation may take longer than dialogues are let idle: its own timer ends first. */
export const IDLE_MARGIN_MS = 10_000;

class MapRequest implements DialogueUser {
  readonly #done: (answer: MapAnswer) => void;
  readonly #invoked: Invoked[] = [];
  #answer: MapAnswer | undefined;
  #ended = false;

  constructor(done: (answer: MapAnswer) => void) {
    this.#done = done;
  }

  start(tcap: TcapService, invocation: MapInvocation): void {
    const { localAddress, remoteAddress, applicationContext, operationCode, parameter, timeoutMs } =
      invocation;
    const dialogue = tcap.open({
      localAddress,
      remoteAddress,
      applicationContext,
      user: this,
      idleLimitMs: timeoutMs + IDLE_MARGIN_MS,
    });
    if (dialogue === null) return this.#end({ kind: 'none', why: 'no dialogue free' });
    dialogue.invoke({ operationCode, parameter, operationClass: 1, timeoutMs });
    dialogue.begin();
  }

  onComponent(_dialogue: Dialogue, component: Component): void {
    const parameter = 'parameter' in component ? component.parameter.slice() : undefined;
    switch (component.kind) {
      case 'invoke':
        if (typeof component.operationCode === 'number') {
          this.#invoked.push({ operationCode: component.operationCode, parameter });
        }
        return;
      case 'result':
        if (component.last) this.#answer = { kind: 'result', parameter, invoked: this.#invoked };
        return;
      case 'error':
        this.#answer =
          typeof component.errorCode === 'number'
            ? { kind: 'error', code: component.errorCode, parameter, invoked: this.#invoked }
            : { kind: 'none', why: 'global error code' };
        return;
      case 'reject':
        this.#answer ??= { kind: 'none', why: `reject ${component.problem.type} ${component.problem.code}` };
        return;
    }
  }

  onDelimiter(dialogue: Dialogue, message: 'begin' | 'continue' | 'end', _portion: DialoguePortion): void {
    if (message === 'end') return this.#end(this.#answer ?? { kind: 'none', why: 'ended without an answer' });
    if (message === 'continue' && this.#answer !== undefined) {
      const answer = this.#answer;
      dialogue.end();
      this.#end(answer);
    }
  }

  onInvokeTimeout(dialogue: Dialogue): void {
    if (this.#ended) return;
    dialogue.abort();
    this.#end({ kind: 'none', why: 'no answer in time' });
  }

  onAbort(_dialogue: Dialogue, abort: AbortIndication): void {
    this.#end({ kind: 'none', why: `abort ${abort.kind}` });
  }

  #end(answer: MapAnswer): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#done(answer);
  }
}
