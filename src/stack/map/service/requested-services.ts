import type { Counters } from '../../../types/counters.ts';
import type { Operation } from '../../asn1/index.ts';
import { argumentCodec, errorCodec, resultCodec } from '../../ros/codecs.ts';
import type { Component, OperationClass, Problem } from '../../tcap/service.ts';
import { invokeProblems, returnErrorProblems, returnResultProblems } from '../../tcap/tags.ts';
import { timersMs } from '../timers.ts';
import {
  mapRequestingFsm,
  type RequestingAction,
  type RequestingEvent,
  type RequestingGuard,
  type RequestingState,
} from './requesting-fsm.ts';
import { joinParts } from './result-parts.ts';
import type { MapOutcome, ProviderError, ServingDialogue } from './service.ts';

interface RequestedService {
  readonly operation: Operation;
  readonly onOutcome: (outcome: MapOutcome) => void;
  invokeId: number;
  state: RequestingState;
  /** Parts of the result so far. */
  parts: Uint8Array[];
}

type Answer = Exclude<Component, { kind: 'invoke' }>;

/** The services that our user requests in one dialogue, each by `mapRequestingTable`. TCAP bounds how many there are. */
export class RequestedServices {
  readonly #dialogue: ServingDialogue;
  readonly #counters: Counters;
  readonly #underWay = new Map<number, RequestedService>();
  // What the event in hand came with.
  #answer: Answer | undefined;
  #value: { readonly ok: boolean; readonly value?: unknown } = { ok: true };

  constructor(dialogue: ServingDialogue, counters: Counters) {
    this.#dialogue = dialogue;
    this.#counters = counters;
  }

  request(
    operation: Operation,
    argument: unknown,
    onOutcome: (outcome: MapOutcome) => void,
    options: { readonly timeoutMs?: number; readonly linkedId?: number },
  ): boolean {
    const operationClass: OperationClass = operation.operationClass ?? 1;
    const parameter = operation.argument && argumentCodec(operation)?.encode(argument);
    const invokeId = this.#dialogue.tcap.invoke({
      operationCode: operation.code,
      ...(parameter === undefined ? {} : { parameter }),
      operationClass,
      timeoutMs: options.timeoutMs ?? operation.timerMs ?? timersMs.medium,
      ...(options.linkedId === undefined ? {} : { linkedId: options.linkedId }),
    });
    if (invokeId === null) return false;
    const service: RequestedService = { operation, onOutcome, invokeId, state: 'idle', parts: [] };
    this.#step(service, 'service.req');
    if (service.state === 'wait-for-confirm') this.#underWay.set(invokeId, service);
    return true;
  }

  answered(component: Answer): void {
    const service = component.invokeId === null ? undefined : this.#underWay.get(component.invokeId);
    const concernsInvoke =
      component.kind !== 'reject' ||
      component.problem.type === 'invoke' ||
      component.problem.type === 'general' ||
      component.local;
    if (service === undefined || !concernsInvoke) return this.#notice(component);
    this.#answer = component;
    switch (component.kind) {
      case 'result':
        return this.#step(service, component.last ? 'TC-RESULT-L.ind' : 'TC-RESULT-NL.ind');
      case 'error':
        return this.#step(service, 'TC-U-ERROR.ind');
      case 'reject':
        return this.#step(service, component.local ? 'TC-L-REJECT.ind' : 'TC-R-REJECT.ind');
    }
  }

  timeout(invokeId: number): void {
    const service = this.#underWay.get(invokeId);
    if (service !== undefined) this.#step(service, 'TC-L-CANCEL.ind');
  }

  /** The dialogue is over. */
  terminate(): void {
    for (const service of [...this.#underWay.values()]) this.#step(service, 'terminate');
  }

  #step(service: RequestedService, event: RequestingEvent): void {
    if (event === 'TC-RESULT-L.ind' || event === 'TC-RESULT-NL.ind')
      this.#readResult(service, event === 'TC-RESULT-L.ind');
    if (event === 'TC-U-ERROR.ind') this.#readError(service);
    const row = mapRequestingFsm.find(service.state, event, (guard) => this.#holds(guard, service));
    if (row === undefined) return this.#counters.count('map.service.unexpected');
    service.state = row[4];
    if (row[4] === 'idle') this.#underWay.delete(service.invokeId);
    for (const action of row[3]) this.#do(action, service);
  }

  #readResult(service: RequestedService, last: boolean): void {
    const answer = this.#answer;
    if (answer?.kind !== 'result') return;
    const { operation, parts } = service;
    this.#value = { ok: true };
    if (answer.parameter === undefined) return;
    const codec = resultCodec(operation);
    // A parameter where the operation has none is of a later version, and is skipped.
    if (codec === undefined) return;
    const octets = last ? joinParts([...parts, answer.parameter]) : answer.parameter;
    this.#value = octets === null ? { ok: false } : last ? codec.decode(octets) : { ok: true };
    // Some switches say "no parameter" with an empty SEQUENCE or NULL.
    if (!this.#value.ok && last && octets !== null && octets.length === 2 && octets[1] === 0)
      this.#value = { ok: true };
  }

  #readError(service: RequestedService): void {
    const answer = this.#answer;
    this.#value = { ok: true };
    if (answer?.kind !== 'error' || answer.parameter === undefined) return;
    const declared = errorOf(service.operation, answer.errorCode);
    const codec = declared && errorCodec(declared);
    if (codec !== undefined) this.#value = codec.decode(answer.parameter);
  }

  #holds(guard: RequestingGuard, { operation, parts }: RequestedService): boolean {
    switch (guard) {
      case 'no confirm':
        return operation.operationClass === 4;
      case 'parameter wrong':
        return !this.#value.ok || parts.length >= PARTS_MAX;
      case 'error unrecognized':
        return this.#answer?.kind === 'error' && errorOf(operation, this.#answer.errorCode) === undefined;
      case 'success silent':
        return operation.operationClass === 2;
    }
  }

  #do(action: RequestingAction, service: RequestedService): void {
    const answer = this.#answer;
    switch (action) {
      case 'TC-INVOKE.req':
        return;
      case 'keep part':
        if (answer?.kind === 'result' && answer.parameter !== undefined) service.parts.push(answer.parameter);
        return;
      case 'confirm result':
        return service.onOutcome({ kind: 'result', value: this.#value.value });
      case 'confirm success':
        return service.onOutcome({ kind: 'result', value: undefined });
      case 'confirm error': {
        if (answer?.kind !== 'error') return;
        const code = typeof answer.errorCode === 'number' ? answer.errorCode : -1;
        const error = errorOf(service.operation, answer.errorCode);
        return service.onOutcome({ kind: 'error', code, error, value: this.#value.value });
      }
      case 'confirm provider error':
        return service.onOutcome({
          kind: 'provider-error',
          error:
            answer?.kind === 'reject' ? providerErrorOf(answer.problem) : 'unexpected-response-from-the-peer',
        });
      case 'confirm invalid response':
        return service.onOutcome({ kind: 'provider-error', error: 'invalid-response-received' });
      case 'confirm no response':
        return service.onOutcome({ kind: 'provider-error', error: 'no-response-from-the-peer' });
      case 'confirm completion failure':
        return service.onOutcome({ kind: 'provider-error', error: 'service-completion-failure' });
      case 'TC-U-REJECT.req mistyped result':
        return this.#reject(service, 'returnResult', returnResultProblems.mistypedParameter);
      case 'TC-U-REJECT.req mistyped error':
        return this.#reject(service, 'returnError', returnErrorProblems.mistypedParameter);
      case 'TC-U-REJECT.req unrecognized error':
        return this.#reject(service, 'returnError', returnErrorProblems.unrecognizedError);
    }
  }

  #reject({ invokeId }: RequestedService, type: Problem['type'], code: number): void {
    this.#counters.count(`map.response-rejected.${type}.${code}`);
    // Nothing goes out any more once the peer has ended the dialogue.
    if (!this.#dialogue.ended) this.#dialogue.tcap.reject(invokeId, { type, code });
  }

  #notice(component: Answer): void {
    const problem =
      component.kind !== 'reject'
        ? 'abnormal-event-received-from-the-peer'
        : component.local
          ? 'abnormal-event-received-from-the-peer'
          : component.problem.type === 'returnResult' || component.problem.type === 'returnError'
            ? 'response-rejected-by-the-peer'
            : 'abnormal-event-detected-by-the-peer';
    this.#counters.count(`map.notice.${problem}`);
    this.#dialogue.user.onNotice?.(this.#dialogue, problem);
  }
}

/** Parts of one result at most. */
const PARTS_MAX = 16;

function errorOf({ errors }: Operation, code: unknown) {
  return errors.find((error) => error.code === code);
}

/** Invoke problem to provider error (3GPP TS 29.002 §16.1). */
function providerErrorOf({ type, code }: Problem): ProviderError {
  if (type !== 'invoke') return 'unexpected-response-from-the-peer';
  switch (code) {
    case invokeProblems.duplicateInvokeId:
      return 'duplicated-invoke-id';
    case invokeProblems.unrecognizedOperation:
      return 'not-supported-service';
    case invokeProblems.mistypedParameter:
      return 'mistyped-parameter';
    case invokeProblems.resourceLimitation:
      return 'resource-limitation';
    case invokeProblems.initiatingRelease:
      return 'initiating-release';
    default:
      return 'unexpected-response-from-the-peer';
  }
}
