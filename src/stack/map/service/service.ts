/**
 * The MAP service as its users see it (3GPP TS 29.002 §7.3): MAP-OPEN, MAP-DELIMITER, MAP-CLOSE, MAP-U-ABORT, MAP-P-ABORT,
 * MAP-NOTICE, and the user specific services, which are invocations with an outcome. Parameters are values here: what
 * cannot be read is answered by the provider. Octet strings of a value are the user's to keep.
 */
import type { ErrorDeclaration, Operation } from '../../asn1/index.ts';
import type { ApplicationContext } from '../../ros/application-context.ts';
import type { SccpAddress } from '../../sccp/service.ts';
import type { Dialogue, ObjectIdentifier } from '../../tcap/service.ts';
import type { MapUserAbortChoice } from '../dialogue-pdu.ts';
import type { MapDialogueState } from './dialogue-fsm.ts';

/** Refuse reason of MAP-OPEN (3GPP TS 29.002 §7.3.1). */
export type RefuseReason =
  | 'application-context-not-supported'
  | 'invalid-destination-reference'
  | 'invalid-originating-reference'
  | 'no-reason-given'
  | 'remote-node-not-reachable'
  | 'potential-version-incompatibility';

/** What came with a MAP-OPEN.ind. */
export interface MapOpening {
  readonly applicationContext: ApplicationContext;
  /** AddressString each. */
  readonly destinationReference: Uint8Array | undefined;
  readonly originatingReference: Uint8Array | undefined;
}

/** MAP-OPEN.cnf: confirmed by the first answer of the peer, whatever is in it. */
export type MapOpenConfirm =
  | { readonly accepted: true; readonly responder: SccpAddress }
  | {
      readonly accepted: false;
      readonly reason: RefuseReason;
      /** The context that the peer would take. */
      readonly alternative: ObjectIdentifier | undefined;
    };

/** Provider error of a user specific service (3GPP TS 29.002 §7.6.1). */
export type ProviderError =
  | 'duplicated-invoke-id'
  | 'not-supported-service'
  | 'mistyped-parameter'
  | 'resource-limitation'
  | 'initiating-release'
  | 'unexpected-response-from-the-peer'
  | 'invalid-response-received'
  | 'no-response-from-the-peer'
  /** The dialogue ended first. */
  | 'service-completion-failure';

/** What came of an invocation. `value` is undefined where the answer has no parameter. */
export type MapOutcome<R = unknown> =
  | { readonly kind: 'result'; readonly value: R | undefined }
  | {
      readonly kind: 'error';
      readonly code: number;
      /** Undefined: none that the operation declares. */
      readonly error: ErrorDeclaration | undefined;
      readonly value: unknown;
    }
  | { readonly kind: 'provider-error'; readonly error: ProviderError };

/** A service indication. */
export interface MapIndication {
  readonly invokeId: number;
  readonly linkedId: number | undefined;
  readonly operation: Operation;
  readonly argument: unknown;
}

/** Provider reason of MAP-P-ABORT (3GPP TS 29.002 §7.3.5). */
export type ProviderReason =
  | 'provider-malfunction'
  | 'supporting-dialogue-released'
  | 'resource-limitation'
  | 'maintenance-activity'
  | 'version-incompatibility'
  | 'abnormal-map-dialogue'
  | 'invalid-pdu'
  /** non-standard: nothing came or went for the idle limit of the dialogue. */
  | 'idle';

export type MapAbort =
  | { readonly kind: 'user'; readonly choice: MapUserAbortChoice | undefined }
  | { readonly kind: 'provider'; readonly reason: ProviderReason; readonly source: 'MAP' | 'TC' };

/** Problem diagnostic of MAP-NOTICE (3GPP TS 29.002 §7.3.6). */
export type NoticeProblem =
  | 'abnormal-event-detected-by-the-peer'
  | 'response-rejected-by-the-peer'
  | 'abnormal-event-received-from-the-peer'
  | 'message-cannot-be-delivered-to-the-peer';

/** The user of one dialogue. What comes in one message comes in its order, then the delimiter or the close. */
export interface MapUser {
  /** Only for who opened the dialogue; when it is refused nothing follows. */
  onOpenConfirm?(dialogue: MapDialogue, confirm: MapOpenConfirm): void;
  /** Answered by `result` or `error`, now or later; without this method it is rejected. */
  onInvoke?(dialogue: MapDialogue, indication: MapIndication): void;
  onDelimiter?(dialogue: MapDialogue): void;
  /** The peer has closed the dialogue; what was not answered has had its outcome. */
  onClose?(dialogue: MapDialogue): void;
  onAbort?(dialogue: MapDialogue, abort: MapAbort): void;
  onNotice?(dialogue: MapDialogue, problem: NoticeProblem): void;
}

/** One dialogue of MAP. Requests after its end do nothing but count. */
export interface MapDialogue {
  user: MapUser;
  readonly state: MapDialogueState;
  readonly ended: boolean;
  /** Of a begin without a context only known once its first operation is. */
  readonly applicationContext: ApplicationContext | undefined;
  /** The dialogue of TCAP below. */
  readonly tcap: Dialogue;
  /**
   * A service request. `onOutcome` is called once, unless the operation is of class 4; never within this call. False: it could
   * not be asked for (the dialogue is over, or as many operations are under way as may be).
   */
  invoke<A, R>(
    operation: Operation<A, R>,
    argument: A,
    onOutcome: (outcome: MapOutcome<R>) => void,
    options?: { readonly timeoutMs?: number; readonly linkedId?: number },
  ): boolean;
  /** A service response with a result; it goes with the next delimiter or close. False: there is nothing to answer. */
  result<A, R>(invocation: MapIndication, operation: Operation<A, R>, value?: R): boolean;
  /** A service response with a user error. */
  error<P>(invocation: MapIndication, error: ErrorDeclaration<P>, value?: P): boolean;
  /** A service response with the provider error "initiating release" or "resource limitation". */
  refuseService(invocation: MapIndication, problem: 'initiating-release' | 'resource-limitation'): boolean;
  /** MAP-DELIMITER.req: what was asked for so far goes out. */
  delimiter(): void;
  /** MAP-CLOSE.req. Prearranged: the peer hears nothing of it. */
  close(release?: 'normal' | 'prearranged'): void;
  /** MAP-U-ABORT.req. */
  abort(choice?: MapUserAbortChoice): void;
}

/** What the services of a dialogue see of it. */
export interface ServingDialogue extends MapDialogue {
  /** The operation with this code that the peer may invoke here. */
  peerOperation(code: number): Operation | undefined;
}

export interface MapOpenRequest {
  readonly localAddress: SccpAddress;
  readonly remoteAddress: SccpAddress;
  /** One of version 1 is not named to the peer (3GPP TS 29.002 §15.2.2). */
  readonly applicationContext: ApplicationContext;
  readonly destinationReference?: Uint8Array;
  readonly originatingReference?: Uint8Array;
  readonly user: MapUser;
  readonly idleLimitMs?: number;
}

/** Who takes dialogues at a subsystem: the user that takes this one, or why it is refused. */
export type OnOpen = (
  dialogue: MapDialogue,
  opening: MapOpening,
) => MapUser | 'invalid-destination-reference' | 'invalid-originating-reference' | 'no-reason-given';
