import type { Counters } from '../../../types/counters.ts';
import type { ErrorDeclaration, Operation } from '../../asn1/index.ts';
import { argumentCodec, errorCodec, resultCodec } from '../../ros/codecs.ts';
import type { Component, Problem } from '../../tcap/service.ts';
import { invokeProblems } from '../../tcap/tags.ts';
import {
  mapPerformingFsm,
  type PerformingAction,
  type PerformingEvent,
  type PerformingGuard,
  type PerformingState,
} from './performing-fsm.ts';
import type { MapIndication, ServingDialogue } from './service.ts';

interface PerformedService {
  readonly invokeId: number;
  readonly linkedId: number | undefined;
  readonly duplicate: boolean;
  readonly operation: Operation | undefined;
  readonly argument: { readonly ok: boolean; readonly value?: unknown; readonly code?: string };
  state: PerformingState;
}

type Invoke = Extract<Component, { kind: 'invoke' }>;

type Response =
  | { readonly kind: 'result'; readonly value: unknown }
  | { readonly kind: 'error'; readonly error: ErrorDeclaration; readonly value: unknown }
  | { readonly kind: 'refuse'; readonly code: number };

/** The services that the peer requests in one dialogue, each by `mapPerformingTable`. TCAP bounds how many there are. */
export class PerformedServices {
  readonly #dialogue: ServingDialogue;
  readonly #counters: Counters;
  readonly #underWay = new Map<number, PerformedService>();
  #response: Response | undefined;

  constructor(dialogue: ServingDialogue, counters: Counters) {
    this.#dialogue = dialogue;
    this.#counters = counters;
  }

  invoked({ invokeId, linkedId, operationCode, parameter, duplicate }: Invoke): void {
    const operation =
      typeof operationCode === 'number' ? this.#dialogue.peerOperation(operationCode) : undefined;
    const service: PerformedService = {
      invokeId,
      linkedId,
      duplicate: duplicate === true,
      operation,
      argument: argumentOf(operation, parameter),
      state: 'idle',
    };
    this.#step(service, 'TC-INVOKE.ind');
  }

  result(invocation: MapIndication, value: unknown): boolean {
    return this.#respond(invocation, { kind: 'result', value });
  }

  error(invocation: MapIndication, error: ErrorDeclaration, value: unknown): boolean {
    return this.#respond(invocation, { kind: 'error', error, value });
  }

  refuse(invocation: MapIndication, problem: 'initiating-release' | 'resource-limitation'): boolean {
    const code =
      problem === 'initiating-release' ? invokeProblems.initiatingRelease : invokeProblems.resourceLimitation;
    return this.#respond(invocation, { kind: 'refuse', code });
  }

  terminate(): void {
    for (const service of [...this.#underWay.values()]) this.#step(service, 'terminate');
  }

  #respond({ invokeId }: MapIndication, response: Response): boolean {
    const service = this.#underWay.get(invokeId);
    if (service === undefined) return false;
    this.#response = response;
    this.#step(service, 'service.rsp');
    return true;
  }

  #step(service: PerformedService, event: PerformingEvent): void {
    const row = mapPerformingFsm.find(service.state, event, (guard) => this.#holds(guard, service));
    if (row === undefined) return this.#counters.count('map.service.unexpected');
    service.state = row[4];
    if (row[4] === 'idle') {
      if (this.#underWay.get(service.invokeId) === service) this.#underWay.delete(service.invokeId);
    } else this.#underWay.set(service.invokeId, service);
    for (const action of row[3]) this.#do(action, service);
  }

  #holds(guard: PerformingGuard, { duplicate, operation, argument, linkedId }: PerformedService): boolean {
    switch (guard) {
      case 'duplicate':
        return duplicate;
      case 'operation unrecognized':
        return operation === undefined;
      case 'parameter wrong':
        return !argument.ok;
      case 'linked unexpectedly':
        // The operations that link others in 3GPP TS 29.002 §17.6 are those of supplementary services.
        return linkedId !== undefined && !LINKED.has(operation?.code ?? -1);
      case 'no response':
        return operation?.operationClass === 4;
      case 'result':
        return this.#response?.kind === 'result';
      case 'error':
        return this.#response?.kind === 'error';
    }
  }

  #do(action: PerformingAction, service: PerformedService): void {
    const { invokeId, linkedId, operation, argument } = service;
    const response = this.#response;
    switch (action) {
      case 'service.ind': {
        const { user } = this.#dialogue;
        if (user.onInvoke === undefined) return this.#reject(service, invokeProblems.unrecognizedOperation);
        return user.onInvoke(this.#dialogue, {
          invokeId,
          linkedId,
          operation: operation!,
          argument: argument.value,
        });
      }
      case 'TC-RESULT-L.req': {
        const codec = operation && resultCodec(operation);
        const value = response?.kind === 'result' ? response.value : undefined;
        const parameter = value === undefined ? undefined : codec?.encode(value);
        this.#dialogue.tcap.result(
          invokeId,
          parameter === undefined ? undefined : { operationCode: operation!.code, parameter },
        );
        return;
      }
      case 'TC-U-ERROR.req': {
        if (response?.kind !== 'error') return;
        const { error, value } = response;
        const parameter = value === undefined ? undefined : errorCodec(error)?.encode(value);
        this.#dialogue.tcap.error(invokeId, error.code, parameter);
        return;
      }
      case 'TC-U-REJECT.req':
        return this.#reject(
          service,
          response?.kind === 'refuse' ? response.code : invokeProblems.resourceLimitation,
        );
      case 'TC-U-REJECT.req duplicate':
        this.#counters.count('map.duplicate-invoke-id');
        return this.#reject(service, invokeProblems.duplicateInvokeId);
      case 'TC-U-REJECT.req unrecognized':
        this.#counters.count('map.unrecognized-operation');
        return this.#reject(service, invokeProblems.unrecognizedOperation);
      case 'TC-U-REJECT.req mistyped':
        this.#counters.count(`map.mistyped.${argument.code ?? 'missing'}`);
        return this.#reject(service, invokeProblems.mistypedParameter);
      case 'TC-U-REJECT.req linked':
        this.#counters.count('map.linked-unexpectedly');
        return this.#reject(service, invokeProblems.unexpectedLinkedOperation);
    }
  }

  #reject({ invokeId }: PerformedService, code: Problem['code']): void {
    if (this.#dialogue.ended) return;
    this.#dialogue.tcap.reject(invokeId, { type: 'invoke', code });
  }
}

/** getPassword, forwardCheckSS-Indication, unstructuredSS-Request and -Notify (3GPP TS 29.002 §17.6.4). */
const LINKED: ReadonlySet<number> = new Set([18, 38, 60, 61]);

function argumentOf(
  operation: Operation | undefined,
  parameter: Uint8Array | undefined,
): PerformedService['argument'] {
  const codec = operation && argumentCodec(operation);
  if (codec === undefined) return { ok: true };
  // An operation whose argument has no mandatory field may come without one.
  return codec.decode(parameter ?? EMPTY_SEQUENCE);
}

const EMPTY_SEQUENCE = Uint8Array.of(0x30, 0);
