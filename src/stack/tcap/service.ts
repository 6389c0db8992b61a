/**
 * The TC service (ITU-T Q.771 §3) as our TC-users (MAP, CAP) see it. A user asks for components first; they go out with
 * the next TC-BEGIN, TC-CONTINUE or TC-END of the dialogue. Parameters are whole BER values with their tag; those of an
 * indication are valid during the call only.
 */
import type { SccpAddress } from '../sccp/service.ts';

/** An object identifier as its arcs: `[0, 4, 0, 0, 1, 0, 50, 1]`. */
export type ObjectIdentifier = readonly number[];

/** Operation or error code: local (an integer) or global (an object identifier) (ITU-T Q.773 §4.2.2.2). */
export type Code = number | ObjectIdentifier;

/** Operation classes (ITU-T Q.771 §3.1.3): 1 both reported, 2 failure only, 3 success only, 4 neither. */
export type OperationClass = 1 | 2 | 3 | 4;

export interface InvokeRequest {
  readonly operationCode: Code;
  readonly parameter?: Uint8Array;
  readonly operationClass: OperationClass;
  /** Operation timer in milliseconds; when it ends `onInvokeTimeout` follows (class 1 to 3) and the id is free again. */
  readonly timeoutMs: number;
  readonly linkedId?: number;
}

export type Component =
  | {
      readonly kind: 'invoke';
      readonly invokeId: number;
      readonly linkedId?: number;
      readonly operationCode: Code;
      readonly parameter?: Uint8Array;
      /**
       * Of an indication: an invoke with this id came before in the dialogue and was not answered yet. Only the user knows
       * the class of the first one, and so whether this is the problem "duplicate invoke id".
       */
      readonly duplicate?: true;
    }
  | {
      readonly kind: 'result';
      readonly invokeId: number;
      readonly last: boolean;
      readonly operationCode?: Code;
      readonly parameter?: Uint8Array;
    }
  | {
      readonly kind: 'error';
      readonly invokeId: number;
      readonly errorCode: Code;
      readonly parameter?: Uint8Array;
    }
  | {
      readonly kind: 'reject';
      readonly invokeId: number | null;
      readonly problem: Problem;
      readonly local: boolean;
    };

/** Reject problem (ITU-T Q.773 §4.2.2.6): general 0–2, invoke 0–7, return result 0–2, return error 0–4. */
export interface Problem {
  readonly type: 'general' | 'invoke' | 'returnResult' | 'returnError';
  readonly code: number;
}

/** What came in the dialogue portion (ITU-T Q.773 §4.2.3), already checked. */
export interface DialoguePortion {
  readonly applicationContext?: ObjectIdentifier;
  /** User information: each an EXTERNAL, whole with its tag. */
  readonly userInformation?: readonly Uint8Array[];
}

/** Why a dialogue ended badly. */
export type AbortIndication =
  /**
   * P-Abort from the peer, or made here (`local`): causes 0–4 of ITU-T Q.773 §4.2.1.5, or a dialogue portion that was
   * wrong or unexpected, found here or (ABRT, dialogue service provider) by the peer.
   */
  | { readonly kind: 'provider'; readonly cause: number | 'abnormal-dialogue'; readonly local: boolean }
  /** TC-U-ABORT by the peer's user. */
  | {
      readonly kind: 'user';
      readonly userInformation?: readonly Uint8Array[];
      /** There was no dialogue portion, though ours had named a context. */
      readonly withoutPortion?: true;
    }
  /** The application context (or the dialogue) was refused; `alternative` is the context offered, if any. */
  | {
      readonly kind: 'refused';
      readonly diagnostic: 'application-context-not-supported' | 'no-reason' | 'no-common-dialogue-portion';
      readonly alternative?: ObjectIdentifier;
      readonly userInformation?: readonly Uint8Array[];
    }
  /** The message came back from the network (N-NOTICE). */
  | { readonly kind: 'notice'; readonly returnCause: number }
  /** No message in either direction for the idle limit: given up here; a peer whose transaction is known was told by P-Abort. */
  | { readonly kind: 'idle' };

/**
 * Upcalls of one dialogue. Components of one message come in their order, then `onDelimiter` once. Requests may be made
 * inside an upcall; a user that ends the dialogue there gets no further upcall, not even for the rest of the message.
 */
export interface DialogueUser {
  /** A component arrived. A malformed one was rejected already, and comes as a local reject. */
  onComponent(dialogue: Dialogue, component: Component): void;
  /** The end of one message's components. `begin` comes first in a dialogue that the peer opened. */
  onDelimiter(dialogue: Dialogue, message: 'begin' | 'continue' | 'end', portion: DialoguePortion): void;
  onInvokeTimeout(dialogue: Dialogue, invokeId: number): void;
  onAbort(dialogue: Dialogue, abort: AbortIndication): void;
  /** A later message than the begin came back from the network (TC-NOTICE.ind); the dialogue goes on. */
  onNotice?(dialogue: Dialogue, returnCause: number): void;
}

export interface Dialogue {
  /** Our transaction id (32 bits), unique among open dialogues. */
  readonly id: number;
  readonly localAddress: SccpAddress;
  readonly remoteAddress: SccpAddress;
  readonly applicationContext?: ObjectIdentifier;
  /** Q.774 state of the transaction. */
  readonly state: 'idle' | 'init-sent' | 'init-received' | 'active';
  /** Takes the upcalls; set by whoever accepts or opens the dialogue. */
  user: DialogueUser;
  /** Milliseconds without a message in either direction after which the dialogue is given up; a change holds from the next message on. */
  idleLimitMs: number;

  /**
   * TC-INVOKE.req. Returns the invoke id (−128 … 127, never one in use); null when all that are allowed are in use, the next
   * message would be too long with it, or the dialogue has ended.
   */
  invoke(request: InvokeRequest): number | null;
  /** TC-RESULT-L / -NL.req. This one, `error` and `reject` return false, and do nothing, where `invoke` returns null. */
  result(
    invokeId: number,
    answer?: { readonly operationCode: Code; readonly parameter: Uint8Array },
    last?: boolean,
  ): boolean;
  /** TC-U-ERROR.req. */
  error(invokeId: number, errorCode: Code, parameter?: Uint8Array): boolean;
  /** TC-U-REJECT.req. */
  reject(invokeId: number | null, problem: Problem): boolean;
  /** TC-CANCEL.req: ends the invocation here, nothing is sent. */
  cancel(invokeId: number): void;

  /** TC-BEGIN.req with what was asked for so far. Only in `idle`. */
  begin(userInformation?: Uint8Array): void;
  /** TC-CONTINUE.req. As first answer it confirms the application context, or names another. */
  continue(portion?: DialoguePortion): void;
  /** TC-END.req, basic, or prearranged (nothing is sent). */
  end(kind?: 'basic' | 'prearranged', portion?: DialoguePortion): void;
  /**
   * TC-U-ABORT.req. With `refusal` before the dialogue is confirmed: the dialogue is refused, by default because the
   * application context is not supported, with an alternative.
   */
  abort(options?: {
    readonly userInformation?: Uint8Array;
    readonly refusal?: {
      readonly diagnostic?: 'application-context-not-supported' | 'no-reason';
      readonly alternative?: ObjectIdentifier;
    };
  }): void;
}

/** Decides on a dialogue that a peer opens: returns the user that takes it, or 'refuse-context' (a dialogue that carries no context has none). */
export interface DialogueAcceptor {
  onBegin(dialogue: Dialogue, portion: DialoguePortion): DialogueUser | 'refuse-context';
  /**
   * A begin that is not let in: the host's admission said no, or the limit of open dialogues is reached. It may be answered
   * at once without a dialogue: with `end`, a TC-END that carries these components and confirms the context. Without this
   * method it is refused with P-Abort "resource limitation".
   */
  onOverload?(begin: ConnectionlessIndication): 'refuse' | 'discard' | { readonly end: readonly Component[] };
  /** TC-UNI.ind; without this method unidirectional messages are discarded. */
  onUnidirectional?(unidirectional: ConnectionlessIndication): void;
}

/** A message that has no dialogue here; valid during the call only. */
export interface ConnectionlessIndication {
  readonly localAddress: SccpAddress;
  readonly remoteAddress: SccpAddress;
  readonly portion: DialoguePortion;
  readonly components: readonly Component[];
}

/** TC-UNI.req (ITU-T Q.771 §3.1.2.2.1): the operations are of class 4, and nothing comes back. */
export interface UnidirectionalRequest {
  readonly localAddress: SccpAddress;
  readonly remoteAddress: SccpAddress;
  readonly applicationContext?: ObjectIdentifier;
  readonly userInformation?: Uint8Array;
  readonly invokes: readonly Pick<InvokeRequest, 'operationCode' | 'parameter'>[];
}

export interface OpenRequest {
  readonly localAddress: SccpAddress;
  readonly remoteAddress: SccpAddress;
  readonly applicationContext?: ObjectIdentifier;
  readonly user: DialogueUser;
  /** Messages of the dialogue in sequence (class 1); default true. */
  readonly inSequence?: boolean;
  /** See `Dialogue.idleLimitMs`; default is the service's. */
  readonly idleLimitMs?: number;
}

export interface TcapService {
  /** Null when the limit of open dialogues is reached. Nothing is sent until `begin`. */
  open(request: OpenRequest): Dialogue | null;
  /** Takes the dialogues that peers open towards a local subsystem. */
  accept(ssn: number, acceptor: DialogueAcceptor): void;
  /** False when the message would be too long. */
  unidirectional(request: UnidirectionalRequest): boolean;
  readonly openDialogues: number;
}
