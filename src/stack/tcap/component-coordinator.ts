import type { ComponentFault } from './component-reader.ts';
import type { StageOwner } from './component-stage.ts';
import { type TcapCore, timerKinds } from './core.ts';
import { type InvocationAction, type InvocationEvent, invocationFsms } from './invocation-fsm.ts';
import { findInvocation, hasRested, type Invocation, nextInvokeId } from './invocations.ts';
import type { Code, Component, InvokeRequest, Problem } from './service.ts';
import type { UserStatistics } from './statistics.ts';
import { invokeProblems, returnErrorProblems, returnResultProblems } from './tags.ts';

type InvokeComponent = Extract<Component, { readonly kind: 'invoke' }>;
type AnswerComponent = Extract<Component, { readonly kind: 'result' | 'error' }>;
/** The highest problem code that there is (ITU-T Q.773 §4.2.2.6). */
const PROBLEM_CODE_MAX = 7;

type RejectComponent = Extract<Component, { readonly kind: 'reject' }>;

/** The dialogue whose components are coordinated. */
export interface ComponentUser extends StageOwner {
  readonly id: number;
  /** Nothing can be sent any more. */
  readonly ended: boolean;
  /** No upcall is wanted any more. */
  readonly released: boolean;
  component(component: Component): void;
  invokeTimeout(invokeId: number): void;
}

const noInvocations: Invocation[] = [];
const noIds: number[] = [];

/** Ids of the peer's invokes that were not answered yet are remembered up to this number, to tell a duplicate. */
const unansweredMax = 32;

/** Component coordination (CCO) of one dialogue, with an invocation state machine (ISM) per operation of ours (ITU-T Q.774 figures A.6, A.7). */
export class ComponentCoordinator {
  readonly #core: TcapCore;
  readonly #user: ComponentUser;
  readonly #statistics: UserStatistics;
  #invocations = noInvocations;
  #lastInvokeId = 0;
  #unanswered = noIds;

  constructor(core: TcapCore, user: ComponentUser, statistics: UserStatistics) {
    this.#core = core;
    this.#user = user;
    this.#statistics = statistics;
  }

  invoke(request: InvokeRequest): number | null {
    this.#wake();
    if (this.#invocations.length >= this.#core.limits.invokesMax) {
      this.#core.counters.count('tcap.limit.invokes');
      return null;
    }
    let id = nextInvokeId(this.#lastInvokeId);
    while (findInvocation(this.#invocations, id) !== undefined) id = nextInvokeId(id);
    const { linkedId, operationCode, parameter, operationClass, timeoutMs } = request;
    if (!this.#taken(this.#stage().invoke(id, linkedId, operationCode, parameter))) return null;
    this.#lastInvokeId = id;
    this.#statistics.sent(operationCode);
    if (this.#invocations === noInvocations) this.#invocations = [];
    this.#invocations.push({ id, operationClass, timeoutMs, state: 'idle', timer: 0, restsUntilMs: 0 });
    return id;
  }

  result(
    invokeId: number,
    last: boolean,
    operationCode: Code | undefined,
    parameter: Uint8Array | undefined,
  ): boolean {
    if (!this.#taken(this.#stage().result(invokeId, last, operationCode, parameter))) return false;
    if (last) this.#answered(invokeId);
    return true;
  }

  error(invokeId: number, errorCode: Code, parameter: Uint8Array | undefined): boolean {
    if (!this.#taken(this.#stage().error(invokeId, errorCode, parameter))) return false;
    this.#answered(invokeId);
    return true;
  }

  /** TC-U-REJECT.req: of an invoke of the peer's, or of an answer to one of ours. */
  reject(invokeId: number | null, problem: Problem): boolean {
    if (!this.#taken(this.#stage().reject(invokeId, problem))) return false;
    this.#core.counters.count(`tcap.sent.reject.${problem.type}.${problem.code}`);
    if (invokeId === null) return true;
    if (problem.type === 'returnResult' || problem.type === 'returnError')
      this.#event(invokeId, 'TC-U-REJECT.req', null);
    else this.#answered(invokeId);
    return true;
  }

  cancel(invokeId: number): void {
    this.#event(invokeId, 'TC-U-CANCEL.req', null);
  }

  invocationTimer(invokeId: number): void {
    this.#event(invokeId, 'invocation timer', null);
  }

  /** The components on the stage went out: their operations are under way. */
  operationsSent(): void {
    for (const invocation of this.#invocations) {
      if (invocation.state === 'idle') this.#step(invocation, 'operation sent', null);
    }
  }

  /** Hands the components of the message under way to the user, each after its checks. */
  receive(): void {
    const { message } = this.#core.indication;
    if (message.componentOffset < 0) return;
    const reader = this.#core.componentReader.reset(
      message.octets,
      message.componentOffset,
      message.componentEnd,
    );
    for (let count = 0; !this.#user.released; count++) {
      const component = reader.next();
      if (component === null) return;
      if (component.kind === 'fault') {
        this.#malformed(component);
        return;
      }
      if (count === this.#core.limits.componentsMax) {
        this.#core.counters.count('tcap.limit.components');
        if (component.kind === 'invoke')
          this.#refuse(component.invokeId, 'invoke', invokeProblems.resourceLimitation);
        return;
      }
      this.#component(component);
    }
  }

  terminate(): void {
    for (const invocation of this.#invocations) this.#step(invocation, 'terminate', null);
    this.#invocations = noInvocations;
    this.#unanswered = noIds;
    this.#core.stage.clear(this.#user);
  }

  #stage() {
    return this.#core.stage.enter(this.#user);
  }

  #taken(taken: boolean): boolean {
    if (!taken) this.#core.counters.count('tcap.limit.messageSize');
    return taken;
  }

  #component(component: Component): void {
    switch (component.kind) {
      case 'invoke':
        this.#invoked(component);
        return;
      case 'result':
        this.#answer(component, component.last ? 'RR-L received' : 'RR-NL received');
        return;
      case 'error':
        this.#answer(component, 'RE received');
        return;
      case 'reject':
        this.#rejected(component);
    }
  }

  #invoked(invoke: InvokeComponent): void {
    const { invokeId, linkedId, operationCode } = invoke;
    this.#statistics.received(operationCode);
    if (linkedId !== undefined && findInvocation(this.#invocations, linkedId)?.state !== 'operation-sent') {
      this.#refuse(invokeId, 'invoke', invokeProblems.unrecognizedLinkedId);
      return;
    }
    if (this.#unanswered.includes(invokeId)) {
      this.#core.counters.count('tcap.received.duplicateInvokeId');
      this.#user.component({ ...invoke, duplicate: true });
      return;
    }
    if (this.#unanswered === noIds) this.#unanswered = [];
    else if (this.#unanswered.length === unansweredMax) this.#unanswered.shift();
    this.#unanswered.push(invokeId);
    this.#user.component(invoke);
  }

  #answer(component: AnswerComponent, event: InvocationEvent): void {
    if (this.#event(component.invokeId, event, component)) return;
    const type = component.kind === 'result' ? 'returnResult' : 'returnError';
    this.#refuse(component.invokeId, type, returnResultProblems.unrecognizedInvokeId);
  }

  /** A reject concerns an invoke of ours, or an answer of ours: only the problem tells which. */
  #rejected(reject: RejectComponent): void {
    const { invokeId, problem } = reject;
    // The code is whatever integer the peer chose: only those of Q.773 have a counter of their own.
    const code = problem.code >= 0 && problem.code <= PROBLEM_CODE_MAX ? problem.code : 'other';
    this.#core.counters.count(`tcap.received.reject.${problem.type}.${code}`);
    const ofInvoke = problem.type === 'invoke' || problem.type === 'general';
    if (ofInvoke && invokeId !== null && this.#event(invokeId, 'RJ received', reject)) return;
    if (problem.type === 'invoke') {
      // There is no such operation under way, and a reject is not answered.
      this.#core.counters.count('tcap.received.reject.unassigned');
      return;
    }
    this.#user.component(reject);
  }

  /** Rejects a component that is not as Q.773 has it; a reject is not rejected, but the user is told. */
  #malformed(fault: ComponentFault): void {
    this.#core.counters.count('tcap.received.malformedComponent');
    const problem = { type: 'general', code: fault.code } as const;
    if (fault.ofReject)
      this.#user.component({ kind: 'reject', invokeId: fault.invokeId, problem, local: true });
    else this.#refuse(fault.invokeId, problem.type, problem.code);
  }

  /** Rejects with the next message (none follows an end), and tells the user (TC-L-REJECT.ind). */
  #refuse(invokeId: number | null, type: Problem['type'], code: number): void {
    const problem = { type, code };
    if (!this.#user.ended && this.#taken(this.#stage().reject(invokeId, problem))) {
      this.#core.counters.count(`tcap.sent.reject.${type}.${code}`);
    }
    this.#user.component({ kind: 'reject', invokeId, problem, local: true });
  }

  #answered(invokeId: number): void {
    const at = this.#unanswered.indexOf(invokeId);
    if (at >= 0) this.#unanswered.splice(at, 1);
  }

  /** Lets the invocations go whose quiet timers have ended. */
  #wake(): void {
    if (this.#invocations.length === 0) return;
    const now = this.#core.timers.now();
    for (let at = this.#invocations.length - 1; at >= 0; at--) {
      const invocation = this.#invocations[at] as Invocation;
      if (!hasRested(invocation, now)) continue;
      this.#step(
        invocation,
        invocation.state === 'wait-for-reject' ? 'reject timer' : 'invocation timer',
        null,
      );
    }
  }

  /** An event for the invocation with this id; false when there is none that takes it. */
  #event(invokeId: number, event: InvocationEvent, component: Component | null): boolean {
    this.#wake();
    const invocation = findInvocation(this.#invocations, invokeId);
    return invocation !== undefined && this.#step(invocation, event, component);
  }

  #step(invocation: Invocation, event: InvocationEvent, component: Component | null): boolean {
    const row = invocationFsms[invocation.operationClass].find(invocation.state, event, unguarded);
    if (row === undefined) return false;
    invocation.state = row[4];
    // Back in idle the id is free, before the user hears of it and may want it.
    if (row[4] === 'idle' && event !== 'terminate') this.#forget(invocation);
    for (const action of row[3]) this.#do(action, invocation, component);
    return true;
  }

  #forget(invocation: Invocation): void {
    const at = this.#invocations.indexOf(invocation);
    this.#invocations.splice(at, 1);
  }

  #do(action: InvocationAction, invocation: Invocation, component: Component | null): void {
    const { timers, limits, counters } = this.#core;
    switch (action) {
      case 'start invocation timer':
        if (invocation.operationClass === 4) invocation.restsUntilMs = timers.now() + invocation.timeoutMs;
        else {
          const key = this.#core.slotOf(this.#user.id) * 256 + (invocation.id & 0xff);
          invocation.timer = timers.start(invocation.timeoutMs, this.#core, timerKinds.invocation, key);
        }
        return;
      case 'stop invocation timer':
        timers.stop(invocation.timer);
        invocation.timer = 0;
        return;
      case 'start reject timer':
        invocation.restsUntilMs = timers.now() + limits.rejectTimerMs;
        return;
      case 'TC-L-CANCEL.ind':
        counters.count('tcap.invocation.timeout');
        this.#user.invokeTimeout(invocation.id);
        return;
      case 'reject unexpected':
        if (component?.kind === 'error') {
          this.#refuse(invocation.id, 'returnError', returnErrorProblems.returnErrorUnexpected);
        } else this.#refuse(invocation.id, 'returnResult', returnResultProblems.returnResultUnexpected);
        return;
      case 'reject unrecognized':
        if (component?.kind === 'error') {
          this.#refuse(invocation.id, 'returnError', returnErrorProblems.unrecognizedInvokeId);
        } else this.#refuse(invocation.id, 'returnResult', returnResultProblems.unrecognizedInvokeId);
        return;
      case 'discard invoke':
        this.#stage().removeInvoke(invocation.id);
        return;
      default:
        if (component !== null) this.#user.component(component);
    }
  }
}

const unguarded = (): boolean => false;
