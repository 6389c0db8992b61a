import type { SccpAddress } from '../sccp/service.ts';
import { ComponentCoordinator, type ComponentUser } from './component-coordinator.ts';
import { type DialogueRequest, type TcapCore, timerKinds } from './core.ts';
import { type DialogueAction, type DialogueEvent, type DialogueGuard, dialogueFsm } from './dialogue-fsm.ts';
import { type DialogueApdu, providerDiagnostics, userDiagnostics } from './dialogue-portion.ts';
import { sameObjectIdentifier } from './object-identifier.ts';
import type {
  AbortIndication,
  Code,
  Component,
  Dialogue,
  DialoguePortion,
  DialogueUser,
  InvokeRequest,
  ObjectIdentifier,
  Problem,
} from './service.ts';
import { Transaction, type TransactionIndication, type TransactionUser } from './transaction.ts';
import type { TransactionState } from './transaction-fsm.ts';

/** Before a dialogue has its user. */
const nobody: DialogueUser = {
  onComponent: () => undefined,
  onDelimiter: () => undefined,
  onInvokeTimeout: () => undefined,
  onAbort: () => undefined,
};

/**
 * One dialogue: dialogue handling (DHA) of the component sub-layer by `dialogueTable` (ITU-T Q.774 figure A.5), over its
 * transaction and beside its component coordinator. It is not used again when it has ended: a user may hold on to it, and
 * its requests then do nothing but count.
 */
export class TcapDialogue implements Dialogue, TransactionUser, ComponentUser {
  readonly #core: TcapCore;
  readonly transaction: Transaction;
  readonly components: ComponentCoordinator;
  user: DialogueUser;
  applicationContext?: ObjectIdentifier;
  idleLimitMs: number;
  /** See `StageOwner`. */
  staged: Uint8Array | null = null;
  /** No request is taken any more; upcalls for the last message may still come. */
  ended = false;
  /** All is over. */
  released = false;
  #state: TransactionState = 'idle';
  #idleTimer = 0;
  #idleTimerMs = 0;
  #lastMessageMs = 0;

  constructor(
    core: TcapCore,
    localAddress: SccpAddress,
    remoteAddress: SccpAddress,
    user: DialogueUser | null,
    applicationContext: ObjectIdentifier | undefined,
    idleLimitMs: number,
  ) {
    this.#core = core;
    this.transaction = new Transaction(core, this, localAddress, remoteAddress);
    this.components = new ComponentCoordinator(core, this, core.statistics.of(localAddress.ssn));
    this.user = user ?? nobody;
    this.idleLimitMs = idleLimitMs;
    if (applicationContext !== undefined) this.applicationContext = applicationContext;
  }

  get id(): number {
    return this.transaction.own.id;
  }

  get localAddress(): SccpAddress {
    return this.transaction.localAddress;
  }

  get remoteAddress(): SccpAddress {
    return this.transaction.remoteAddress;
  }

  get state(): TransactionState {
    return this.transaction.state;
  }

  /** Gives the dialogue its transaction id, and starts the watch over its idleness. */
  start(id: number, inSequence: boolean): void {
    this.transaction.own = { id, sizeOctets: 4 };
    if (inSequence) this.transaction.sequenceControl = id & 0xff;
    this.touch();
  }

  invoke(request: InvokeRequest): number | null {
    return this.#isOver() ? null : this.components.invoke(request);
  }

  result(
    invokeId: number,
    answer?: { readonly operationCode: Code; readonly parameter: Uint8Array },
    last = true,
  ): boolean {
    return (
      !this.#isOver() && this.components.result(invokeId, last, answer?.operationCode, answer?.parameter)
    );
  }

  error(invokeId: number, errorCode: Code, parameter?: Uint8Array): boolean {
    return !this.#isOver() && this.components.error(invokeId, errorCode, parameter);
  }

  reject(invokeId: number | null, problem: Problem): boolean {
    return !this.#isOver() && this.components.reject(invokeId, problem);
  }

  cancel(invokeId: number): void {
    if (!this.#isOver()) this.components.cancel(invokeId);
  }

  begin(userInformation?: Uint8Array): void {
    this.#request(userInformation === undefined ? undefined : [userInformation]);
    this.#ask('TC-BEGIN.req');
  }

  continue(portion?: DialoguePortion): void {
    this.#request(portion?.userInformation).applicationContext = portion?.applicationContext;
    this.#ask('TC-CONTINUE.req');
  }

  end(kind: 'basic' | 'prearranged' = 'basic', portion?: DialoguePortion): void {
    const request = this.#request(portion?.userInformation);
    request.applicationContext = portion?.applicationContext;
    request.prearranged = kind === 'prearranged';
    this.#ask('TC-END.req');
  }

  abort(options?: Parameters<Dialogue['abort']>[0]): void {
    const request = this.#request(
      options?.userInformation === undefined ? undefined : [options.userInformation],
    );
    const refusal = options?.refusal;
    if (refusal !== undefined) {
      request.applicationContext = refusal.alternative;
      request.refusal =
        refusal.diagnostic === 'no-reason'
          ? userDiagnostics.noReasonGiven
          : userDiagnostics.applicationContextNameNotSupported;
    }
    this.#ask('TC-U-ABORT.req');
  }

  component(component: Component): void {
    if (!this.released) this.user.onComponent(this, component);
  }

  invokeTimeout(invokeId: number): void {
    this.user.onInvokeTimeout(this, invokeId);
  }

  onTransaction(indication: TransactionIndication): void {
    this.#core.indication.portionWrong = this.#isPortionWrong(indication);
    this.step(indication);
  }

  /** Takes an event; false when it is not expected in this state. */
  step(event: DialogueEvent): boolean {
    const row = rowFor(this, this.#state, event);
    if (row === undefined) return false;
    this.#state = row[4];
    // Every way to idle is the end of the dialogue.
    if (row[4] === 'idle') this.ended = true;
    for (const action of row[3]) this.#do(action);
    return true;
  }

  holds(guard: DialogueGuard): boolean {
    const { request, indication } = this.#core;
    const { apdu } = indication;
    switch (guard) {
      case 'context':
        return this.applicationContext !== undefined;
      case 'prearranged':
        return request.prearranged;
      case 'refusal':
        return request.refusal !== null && this.applicationContext !== undefined;
      case 'portion wrong':
        return indication.portionWrong;
      case 'version unsupported':
        return apdu?.kind === 'AARQ' && apdu.version === 'unsupported';
      case 'refused by peer':
        return apdu?.kind === 'AARE';
      case 'aborted by provider':
        return apdu?.kind === 'ABRT' && apdu.source === 'provider';
    }
  }

  /** The idle timer has ended, but there may have been messages since it was started. */
  onIdleTimer(): void {
    this.#idleTimer = 0;
    const restMs = this.#lastMessageMs + this.idleLimitMs - this.#core.timers.now();
    if (restMs > 0) {
      this.#startIdleTimer(restMs);
      return;
    }
    this.#core.counters.count('tcap.dialogue.idle');
    this.#request(undefined);
    this.step('idle limit');
  }

  /** A message came or went. */
  touch(): void {
    this.#lastMessageMs = this.#core.timers.now();
    if (this.#idleTimerMs === this.idleLimitMs) return;
    this.#core.timers.stop(this.#idleTimer);
    this.#startIdleTimer(this.idleLimitMs);
  }

  #startIdleTimer(delayMs: number): void {
    this.#idleTimerMs = this.idleLimitMs;
    this.#idleTimer = this.#core.timers.start(
      delayMs,
      this.#core,
      timerKinds.idle,
      this.#core.slotOf(this.id),
    );
  }

  /** Sets up the request that `#ask` carries out. */
  #request(userInformation: readonly Uint8Array[] | undefined): DialogueRequest {
    const { request } = this.#core;
    request.userInformation = userInformation;
    request.applicationContext = undefined;
    request.prearranged = false;
    request.refusal = null;
    request.apdu = null;
    return request;
  }

  #ask(event: DialogueEvent): void {
    if (this.#isOver()) return;
    if (!this.step(event)) this.#core.counters.count('tcap.request.unexpected');
  }

  #isOver(): boolean {
    if (this.ended) this.#core.counters.count('tcap.request.stale');
    return this.ended;
  }

  /**
   * A context asks for AARE in the first answer and forbids a portion later; without a context there is none at all. An
   * abort may say ABRT at any time, AARE (rejected) as first answer, or nothing (ITU-T Q.774 §3.2.2.1).
   */
  #isPortionWrong(indication: TransactionIndication): boolean {
    const { apdu, incorrect } = this.#core.indication;
    if (incorrect) return true;
    const first = this.#state === 'init-sent';
    switch (indication) {
      case 'TR-BEGIN.ind':
        return apdu !== null && apdu.kind !== 'AARQ';
      case 'TR-CONTINUE.ind':
      case 'TR-END.ind':
        if (!first || this.applicationContext === undefined) return apdu !== null;
        return apdu?.kind !== 'AARE' || !apdu.accepted || apdu.version === 'unsupported';
      case 'TR-U-ABORT.ind':
        if (apdu === null) return false;
        if (this.applicationContext === undefined) return true;
        return apdu.kind === 'AARE' ? !first || apdu.accepted : apdu.kind !== 'ABRT';
      case 'TR-P-ABORT.ind':
        return false;
    }
  }

  #do(action: DialogueAction): void {
    switch (action) {
      case 'AARQ':
      case 'AARE accepted':
      case 'AARE refused':
      case 'AARE no common portion':
      case 'ABRT of user':
      case 'ABRT of provider':
        this.#core.request.apdu = this.#apdu(action);
        return;
      case 'TR-BEGIN.req':
      case 'TR-CONTINUE.req':
        this.touch();
        // Before the message goes, so that an answer that comes at once finds the operations under way.
        this.components.operationsSent();
        this.transaction.step(action);
        return;
      case 'TR-END.req':
      case 'TR-U-ABORT.req':
      case 'TR-P-ABORT.req':
        this.transaction.step(action);
        return;
      case 'confirm context': {
        const { apdu } = this.#core.indication;
        if (apdu?.kind === 'AARE') this.applicationContext = apdu.applicationContext;
        return;
      }
      case 'TC-BEGIN.ind':
        this.#accept();
        return;
      case 'TC-CONTINUE.ind':
        this.#deliver('continue');
        return;
      case 'TC-END.ind':
        this.#deliver('end');
        return;
      case 'TC-NOTICE.ind':
        this.user.onNotice?.(this, this.#core.indication.returnCause);
        return;
      case 'terminate':
        this.#terminate();
        return;
      default:
        this.user.onAbort(this, this.#abortIndication(action));
    }
  }

  /** Asks the acceptor for a user, and hands the begin to it. */
  #accept(): void {
    const { acceptor, portion } = this.#core.indication;
    if (acceptor === null) return;
    const user = acceptor.onBegin(this, portion);
    if (user === 'refuse-context') {
      this.#core.counters.count('tcap.dialogue.contextRefused');
      this.abort({ refusal: {} });
      return;
    }
    if (this.released) return;
    this.user = user;
    this.#deliver('begin');
  }

  #deliver(message: 'begin' | 'continue' | 'end'): void {
    this.components.receive();
    if (!this.released) this.user.onDelimiter(this, message, this.#core.indication.portion);
  }

  #terminate(): void {
    this.released = true;
    this.ended = true;
    this.components.terminate();
    this.#core.timers.stop(this.#idleTimer);
    this.#core.release(this.id);
  }

  #apdu(action: DialogueAction): DialogueApdu {
    const { request, indication, counters } = this.#core;
    const offered = this.applicationContext ?? [];
    const applicationContext = request.applicationContext ?? offered;
    const extra = request.userInformation === undefined ? {} : { userInformation: request.userInformation };
    switch (action) {
      case 'AARQ':
        return { kind: 'AARQ', applicationContext: offered, ...extra };
      case 'AARE accepted':
        this.applicationContext = applicationContext;
        return { kind: 'AARE', applicationContext, accepted: true, source: 'user', diagnostic: 0, ...extra };
      case 'AARE refused': {
        const diagnostic = request.refusal ?? userDiagnostics.null;
        return { kind: 'AARE', applicationContext, accepted: false, source: 'user', diagnostic, ...extra };
      }
      case 'AARE no common portion': {
        counters.count('tcap.dialogue.versionUnsupported');
        const asked = indication.apdu?.kind === 'AARQ' ? indication.apdu.applicationContext : offered;
        const diagnostic = providerDiagnostics.noCommonDialoguePortion;
        return { kind: 'AARE', applicationContext: asked, accepted: false, source: 'provider', diagnostic };
      }
      case 'ABRT of user':
        return { kind: 'ABRT', source: 'user', ...extra };
      default:
        counters.count('tcap.dialogue.abnormal');
        return { kind: 'ABRT', source: 'provider' };
    }
  }

  #abortIndication(action: DialogueAction): AbortIndication {
    const { apdu, abortCause, abortLocal, returnCause } = this.#core.indication;
    const extra = apdu?.userInformation === undefined ? {} : { userInformation: apdu.userInformation };
    switch (action) {
      case 'TC-P-ABORT.ind':
        return { kind: 'provider', cause: abortCause, local: abortLocal };
      case 'TC-P-ABORT.ind abnormal':
        return { kind: 'provider', cause: 'abnormal-dialogue', local: true };
      case 'TC-P-ABORT.ind abnormal by peer':
        return { kind: 'provider', cause: 'abnormal-dialogue', local: false };
      case 'refused.ind':
        return refusalOf(apdu, this.applicationContext, extra);
      case 'notice.ind':
        return { kind: 'notice', returnCause };
      case 'idle.ind':
        return { kind: 'idle' };
      default:
        if (apdu === null && this.applicationContext !== undefined)
          return { kind: 'user', withoutPortion: true };
        return { kind: 'user', ...extra };
    }
  }
}

/** What an AARE says that rejects a dialogue. The context in it is an alternative when it is another than the one asked for. */
function refusalOf(
  apdu: DialogueApdu | null,
  asked: ObjectIdentifier | undefined,
  extra: { readonly userInformation?: readonly Uint8Array[] },
): AbortIndication {
  if (apdu?.kind !== 'AARE') return { kind: 'refused', diagnostic: 'no-reason' };
  if (apdu.source === 'provider') {
    const diagnostic =
      apdu.diagnostic === providerDiagnostics.noCommonDialoguePortion
        ? 'no-common-dialogue-portion'
        : 'no-reason';
    return { kind: 'refused', diagnostic, ...extra };
  }
  const notSupported = apdu.diagnostic === userDiagnostics.applicationContextNameNotSupported;
  const other = asked !== undefined && !sameObjectIdentifier(asked, apdu.applicationContext);
  return {
    kind: 'refused',
    diagnostic: notSupported ? 'application-context-not-supported' : 'no-reason',
    ...(other ? { alternative: apdu.applicationContext } : {}),
    ...extra,
  };
}

/** Guards are asked while a row is looked for, and never later: one closure serves all dialogues. */
let subject: TcapDialogue;
const holds = (guard: DialogueGuard): boolean => subject.holds(guard);

function rowFor(dialogue: TcapDialogue, state: TransactionState, event: DialogueEvent) {
  subject = dialogue;
  return dialogueFsm.find(state, event, holds);
}
