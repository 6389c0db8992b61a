import type { Counters } from '../../../types/counters.ts';
import type { ErrorDeclaration, Operation } from '../../asn1/index.ts';
import { type ApplicationContext, findOperation, type Side } from '../../ros/application-context.ts';
import type {
  AbortIndication,
  Component,
  Dialogue,
  DialoguePortion,
  DialogueUser,
} from '../../tcap/service.ts';
import type { MapDialoguePdu, MapOpenInfo, MapRefuseInfo, MapUserAbortChoice } from '../dialogue-pdu.ts';
import { decodeMapDialogue, encodeMapDialogue } from '../dialogue-pdu.ts';
import {
  type MapDialogueAction,
  type MapDialogueEvent,
  type MapDialogueGuard,
  type MapDialogueState,
  mapDialogueFsm,
} from './dialogue-fsm.ts';
import { PerformedServices } from './performed-services.ts';
import { refuseReasonOf, saysVersionUnknown, tcProviderReason } from './reasons.ts';
import { RequestedServices } from './requested-services.ts';
import type { MapIndication, MapOutcome, MapUser, OnOpen, ServingDialogue } from './service.ts';

export interface DialogueHost {
  readonly counters: Counters;
  /** The context of version 1 that begins with this operation and is served at this subsystem. */
  readonly version1Context?: (operationCode: number) => ApplicationContext | undefined;
  readonly onOpen?: OnOpen;
}

/** Components of one message that may wait for its delimiter: as many as TCAP lets through, and a reject of those beyond. */
const COMPONENTS_MAX = 64;

const nobody: MapUser = {};

/**
 * One dialogue of MAP (3GPP TS 29.002 §15): dialogue control by `mapDialogueTable`, with the services requested and performed in
 * it. Requests after its end do nothing but count.
 */
export class MapDialogueMachine implements ServingDialogue, DialogueUser {
  user: MapUser;
  readonly #host: DialogueHost;
  readonly #side: Side;
  readonly #requested: RequestedServices;
  readonly #performed: PerformedServices;
  #tcap: Dialogue | undefined;
  #context: ApplicationContext | undefined;
  #state: MapDialogueState = 'idle';
  /** Components of the message under way. */
  #components: Component[] = [];
  /** MAP-OPEN.req: what goes with the begin. */
  #openInfo: MapOpenInfo | undefined;
  // What the event in hand came with.
  #message: 'begin' | 'continue' | 'end' = 'begin';
  #received: MapDialoguePdu | undefined;
  #abort: AbortIndication | undefined;
  #refusal: MapRefuseInfo | undefined;
  #choice: MapUserAbortChoice | undefined;
  #prearranged = false;
  #accepted = false;

  /** @param context undefined: the peer opens it and names none */
  constructor(
    host: DialogueHost,
    side: Side,
    context: ApplicationContext | undefined,
    user: MapUser = nobody,
  ) {
    this.#host = host;
    this.#side = side;
    this.#context = context;
    this.user = user;
    this.#requested = new RequestedServices(this, host.counters);
    this.#performed = new PerformedServices(this, host.counters);
  }

  get state(): MapDialogueState {
    return this.#state;
  }

  get ended(): boolean {
    return this.#state === 'idle';
  }

  get applicationContext(): ApplicationContext | undefined {
    return this.#context;
  }

  get tcap(): Dialogue {
    return this.#tcap!;
  }

  // The service primitives.

  /** MAP-OPEN.req; the begin goes with the first delimiter. */
  open(tcap: Dialogue, info: MapOpenInfo | undefined): void {
    this.#tcap = tcap;
    this.#openInfo = info;
    this.#step('MAP-OPEN.req');
  }

  invoke<A, R>(
    operation: Operation<A, R>,
    argument: A,
    onOutcome: (outcome: MapOutcome<R>) => void,
    options: { readonly timeoutMs?: number; readonly linkedId?: number } = {},
  ): boolean {
    if (this.#isOver()) return false;
    return this.#requested.request(operation, argument, onOutcome as (outcome: MapOutcome) => void, options);
  }

  result<A, R>(invocation: MapIndication, _operation: Operation<A, R>, value?: R): boolean {
    return !this.#isOver() && this.#performed.result(invocation, value);
  }

  error<P>(invocation: MapIndication, error: ErrorDeclaration<P>, value?: P): boolean {
    return !this.#isOver() && this.#performed.error(invocation, error, value);
  }

  refuseService(invocation: MapIndication, problem: 'initiating-release' | 'resource-limitation'): boolean {
    return !this.#isOver() && this.#performed.refuse(invocation, problem);
  }

  delimiter(): void {
    this.#ask('MAP-DELIMITER.req');
  }

  close(release: 'normal' | 'prearranged' = 'normal'): void {
    this.#prearranged = release === 'prearranged';
    this.#ask('MAP-CLOSE.req');
  }

  abort(choice: MapUserAbortChoice = { userSpecificReason: null }): void {
    this.#choice = choice;
    this.#ask('MAP-U-ABORT.req');
  }

  // What TCAP brings.

  onComponent(_dialogue: Dialogue, component: Component): void {
    if (this.#components.length >= COMPONENTS_MAX)
      return this.#host.counters.count('map.dialogue.components-discarded');
    const kept =
      'parameter' in component ? { ...component, parameter: component.parameter.slice() } : component;
    this.#components.push(kept);
  }

  onDelimiter(dialogue: Dialogue, message: 'begin' | 'continue' | 'end', portion: DialoguePortion): void {
    this.#tcap = dialogue;
    this.#message = message;
    this.#received = pduOf(portion.userInformation);
    if (message === 'begin') {
      this.#step('TC-BEGIN.ind');
      if (this.#state === 'wait-for-first-operation') this.#firstOperation();
    } else this.#step(message === 'continue' ? 'TC-CONTINUE.ind' : 'TC-END.ind');
    this.#components = [];
  }

  onInvokeTimeout(_dialogue: Dialogue, invokeId: number): void {
    this.#requested.timeout(invokeId);
  }

  onAbort(_dialogue: Dialogue, abort: AbortIndication): void {
    this.#abort = abort;
    this.#received = 'userInformation' in abort ? pduOf(abort.userInformation) : undefined;
    this.#components = [];
    switch (abort.kind) {
      case 'provider':
        return this.#step('TC-P-ABORT.ind');
      case 'user':
      case 'refused':
        return this.#step('TC-U-ABORT.ind');
      case 'notice':
        return this.#step('TC-NOTICE.ind');
      case 'idle':
        return this.#step('idle limit');
    }
  }

  onNotice(): void {
    this.#step('TC-NOTICE.ind');
  }

  peerOperation(code: number): Operation | undefined {
    return (
      this.#context &&
      findOperation(this.#context, this.#side === 'initiator' ? 'responder' : 'initiator', code)
    );
  }

  // The machine.

  #ask(event: MapDialogueEvent): void {
    if (!this.#isOver()) this.#step(event);
  }

  #isOver(): boolean {
    if (this.ended) this.#host.counters.count('map.dialogue.request-stale');
    return this.ended;
  }

  #step(event: MapDialogueEvent): void {
    const row = rowFor(this, this.#state, event);
    if (row === undefined) return this.#host.counters.count('map.dialogue.unexpected');
    this.#state = row[4];
    for (const action of row[3]) this.#do(action);
  }

  holds(guard: MapDialogueGuard): boolean {
    const abort = this.#abort;
    switch (guard) {
      case 'no context':
        return this.#context === undefined;
      case 'accepted':
        return this.#accepted;
      case 'refused':
        return abort?.kind === 'refused' && abort.diagnostic !== 'no-common-dialogue-portion';
      case 'version unknown to peer':
        return abort !== undefined && this.#context?.version !== 1 && saysVersionUnknown(abort);
      case 'operation unknown':
        return this.#context === undefined;
      case 'abnormal':
        return this.#isAbnormal();
      case 'provider information':
        return this.#received !== undefined && 'map-providerAbort' in this.#received;
      case 'prearranged':
        return this.#prearranged;
    }
  }

  /** A MAP-DialoguePDU that may not come with this message, or a first answer with another context. */
  #isAbnormal(): boolean {
    const pdu = this.#received;
    if (this.#message === 'begin') return pdu !== undefined && !('map-open' in pdu);
    const confirmed = this.#tcap?.applicationContext?.join('.');
    const asked = this.#context?.version === 1 ? undefined : this.#context?.objectIdentifier.join('.');
    return confirmed !== asked || (pdu !== undefined && !('map-accept' in pdu) && !('map-close' in pdu));
  }

  #firstOperation(): void {
    const [first] = this.#components;
    if (first?.kind === 'invoke' && typeof first.operationCode === 'number')
      this.#context = this.#host.version1Context?.(first.operationCode);
    if (this.#context === undefined) this.#host.counters.count('map.dialogue.no-context');
    this.#choice = undefined;
    this.#step('first operation');
  }

  #do(action: MapDialogueAction): void {
    const tcap = this.#tcap;
    if (tcap === undefined) return;
    const { user } = this;
    switch (action) {
      case 'TC-BEGIN.req':
        return tcap.begin(this.#openInfo && encodeMapDialogue({ 'map-open': this.#openInfo }));
      case 'TC-CONTINUE.req':
        return tcap.continue();
      case 'TC-END.req':
        return tcap.end();
      case 'TC-END.req prearranged':
        return tcap.end('prearranged');
      case 'TC-U-ABORT.req':
        return tcap.abort(
          this.#information(this.#choice && { 'map-userAbort': { 'map-UserAbortChoice': this.#choice } }),
        );
      case 'TC-U-ABORT.req refuse':
        return tcap.abort({
          ...this.#information(this.#refusal && { 'map-refuse': this.#refusal }),
          refusal: { diagnostic: 'no-reason' },
        });
      case 'TC-U-ABORT.req provider':
        this.#host.counters.count('map.dialogue.abnormal');
        return tcap.abort(
          this.#information({ 'map-providerAbort': { 'map-ProviderAbortReason': 'abnormalDialogue' } }),
        );
      case 'MAP-OPEN.ind':
        return this.#opened();
      case 'MAP-OPEN.cnf accepted':
        return user.onOpenConfirm?.(this, { accepted: true, responder: tcap.remoteAddress });
      case 'MAP-OPEN.cnf refused':
        return this.#openRefused();
      case 'MAP-OPEN.cnf version':
        return user.onOpenConfirm?.(this, {
          accepted: false,
          reason: 'potential-version-incompatibility',
          alternative: undefined,
        });
      case 'MAP-OPEN.cnf unreachable':
        return user.onOpenConfirm?.(this, {
          accepted: false,
          reason: 'remote-node-not-reachable',
          alternative: undefined,
        });
      case 'components':
        return this.#deliver();
      case 'MAP-DELIMITER.ind':
        // A user that closed or aborted meanwhile gets no more.
        if (!this.ended) user.onDelimiter?.(this);
        return;
      case 'MAP-CLOSE.ind':
        return user.onClose?.(this);
      case 'MAP-U-ABORT.ind': {
        const pdu = this.#received;
        const choice = pdu !== undefined && 'map-userAbort' in pdu ? pdu['map-userAbort'] : undefined;
        return user.onAbort?.(this, { kind: 'user', choice: choice?.['map-UserAbortChoice'] });
      }
      case 'MAP-P-ABORT.ind':
        return user.onAbort?.(this, {
          kind: 'provider',
          reason: tcProviderReason(this.#abort),
          source: 'TC',
        });
      case 'MAP-P-ABORT.ind abnormal':
        return user.onAbort?.(this, { kind: 'provider', reason: 'abnormal-map-dialogue', source: 'MAP' });
      case 'MAP-P-ABORT.ind by MAP': {
        const pdu = this.#received;
        const invalid =
          pdu !== undefined &&
          'map-providerAbort' in pdu &&
          pdu['map-providerAbort']['map-ProviderAbortReason'] === 'invalidPDU';
        const reason = invalid ? 'invalid-pdu' : 'abnormal-map-dialogue';
        return user.onAbort?.(this, { kind: 'provider', reason, source: 'MAP' });
      }
      case 'MAP-P-ABORT.ind idle':
        return user.onAbort?.(this, { kind: 'provider', reason: 'idle', source: 'TC' });
      case 'MAP-NOTICE.ind':
        return user.onNotice?.(this, 'message-cannot-be-delivered-to-the-peer');
      case 'terminate services':
        this.#requested.terminate();
        this.#performed.terminate();
        return;
    }
  }

  /** Version 1 has no dialogue portion: an abort says nothing there. */
  #information(pdu: MapDialoguePdu | undefined): { userInformation?: Uint8Array } {
    if (pdu === undefined || this.#tcap?.applicationContext === undefined) return {};
    return { userInformation: encodeMapDialogue(pdu) };
  }

  #opened(): void {
    const pdu = this.#received;
    const info = pdu !== undefined && 'map-open' in pdu ? pdu['map-open'] : undefined;
    const answer = this.#host.onOpen?.(this, {
      applicationContext: this.#context!,
      destinationReference: info?.destinationReference?.slice(),
      originatingReference: info?.originationReference?.slice(),
    });
    this.#accepted = typeof answer === 'object';
    if (typeof answer === 'object') this.user = answer;
    else {
      this.#host.counters.count(`map.open.refused.${answer ?? 'no-reason-given'}`);
      this.#refusal = { reason: refuseReasonOf(answer) };
    }
    this.#step('MAP-OPEN.rsp');
    // The begin's own delimiter, once its components have been handed on.
    if (this.#state === 'dialogue-accepted') this.user.onDelimiter?.(this);
  }

  #openRefused(): void {
    const abort = this.#abort;
    const pdu = this.#received;
    const refusal = pdu !== undefined && 'map-refuse' in pdu ? pdu['map-refuse'] : undefined;
    const alternative =
      (abort?.kind === 'refused' ? abort.alternative : undefined) ?? refusal?.alternativeApplicationContext;
    const unsupported =
      (abort?.kind === 'refused' && abort.diagnostic === 'application-context-not-supported') ||
      (refusal?.reason !== 'invalidDestinationReference' &&
        refusal?.reason !== 'invalidOriginatingReference' &&
        alternative !== undefined);
    const reason = unsupported
      ? 'application-context-not-supported'
      : refusal?.reason === 'invalidDestinationReference'
        ? 'invalid-destination-reference'
        : refusal?.reason === 'invalidOriginatingReference'
          ? 'invalid-originating-reference'
          : 'no-reason-given';
    this.user.onOpenConfirm?.(this, { accepted: false, reason, alternative });
  }

  #deliver(): void {
    const components = this.#components;
    this.#components = [];
    for (const component of components) {
      // Of an end the answers still count; nothing can be asked any more.
      if (this.ended && this.#message !== 'end') return;
      if (component.kind === 'invoke') this.#performed.invoked(component);
      else this.#requested.answered(component);
    }
  }
}

function pduOf(userInformation: readonly Uint8Array[] | undefined): MapDialoguePdu | undefined {
  // Of another abstract syntax, or damaged: the dialogue goes on without it.
  for (const external of userInformation ?? []) {
    const pdu = decodeMapDialogue(external.slice());
    if (pdu.ok) return pdu.value;
  }
  return undefined;
}

/** Guards are asked while a row is looked for, and never later: one closure serves all dialogues. */
let subject: MapDialogueMachine;
const holds = (guard: MapDialogueGuard): boolean => subject.holds(guard);

function rowFor(dialogue: MapDialogueMachine, state: MapDialogueState, event: MapDialogueEvent) {
  subject = dialogue;
  return mapDialogueFsm.find(state, event, holds);
}
