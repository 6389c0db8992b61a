/**
 * What tells us that a subscriber is back: alertServiceCentre by the HLR (A1; 3GPP TS 29.002 §12.4) and noteMM-Event by
 * the VLR (A2; §8.1.8). The VLR waits for nothing and is answered at once. The HLR forgets its alert when it is answered, and
 * repeats it when it is not: its answer waits until the return is durable.
 */
import { type Codec, compile } from '../../stack/asn1/index.ts';
import { decodeAddressString } from '../../stack/map/address-string.ts';
import {
  mmEventReportingContextV3,
  shortMsgAlertContextV1,
  shortMsgAlertContextV2,
} from '../../stack/map/application-contexts.ts';
import { systemFailure } from '../../stack/map/errors/generic.ts';
import {
  AlertServiceCentreArg,
  alertServiceCentre,
} from '../../stack/map/operations/alert-service-centre.ts';
import { alertServiceCentreWithoutResult } from '../../stack/map/operations/alert-service-centre-without-result.ts';
import { NoteMMEventArg, noteMMEvent } from '../../stack/map/operations/note-mm-event.ts';
import { type ApplicationContext, findOperation } from '../../stack/ros/application-context.ts';
import type {
  AbortIndication,
  Component,
  Dialogue,
  DialogueAcceptor,
  DialogueUser,
} from '../../stack/tcap/service.ts';
import type { Clock } from '../../types/clock.ts';
import type { Counters } from '../../types/counters.ts';
import type { SubscriberReachable, SubscriberUnreachable } from '../../types/model/event.ts';
import { fromAddress, type NumberingOptions } from '../numbers.ts';
import type { SubscriberGateway } from '../subscriber-gateway.ts';
import type { AnswersDue } from './answers-due.ts';

export interface ReachabilityPorts {
  readonly clock: Clock;
  readonly counters: Counters;
  readonly subscribers: SubscriberGateway;
  readonly answers: AnswersDue;
  readonly numbering: NumberingOptions;
}

const UNRECOGNIZED_OPERATION = { type: 'invoke', code: 1 } as const;
const MISTYPED_PARAMETER = { type: 'invoke', code: 2 } as const;

const alertCodec = compile(AlertServiceCentreArg, { name: 'AlertServiceCentreArg', lenient: true });
const noteCodec = compile(NoteMMEventArg, { name: 'NoteMM-EventArg', lenient: true });

/** MM-Code (3GPP TS 29.002 §17.7.1): 0, 1 location update, 2 attach, 3, 4 detach by the phone and by the network. */
const DETACH_CODES: readonly number[] = [3, 4];

export class ReachabilityGateway implements DialogueAcceptor {
  readonly #contexts: readonly ApplicationContext[];
  readonly #ports: ReachabilityPorts;

  /** @param contexts those that are taken at this subsystem */
  constructor(contexts: readonly ApplicationContext[], ports: ReachabilityPorts) {
    this.#contexts = contexts;
    this.#ports = ports;
  }

  onBegin(dialogue: Dialogue): DialogueUser | 'refuse-context' {
    // MAP version 1 has no dialogue portion, and so no name (3GPP TS 29.002 §7.3.1).
    const name = dialogue.applicationContext?.join('.');
    const context = this.#contexts.find(({ objectIdentifier }) =>
      name === undefined ? objectIdentifier.at(-1) === 1 : objectIdentifier.join('.') === name,
    );
    if (context !== undefined) return new ReachabilityDialogue(context, this.#ports);
    this.#ports.counters.count('map.context-refused');
    return 'refuse-context';
  }
}

/** The contexts of the service centre's subsystem, and of the gsmSCF's. */
export const alertContexts = [shortMsgAlertContextV2, shortMsgAlertContextV1];
export const mmEventContexts = [mmEventReportingContextV3];

class ReachabilityDialogue implements DialogueUser {
  readonly #context: ApplicationContext;
  readonly #ports: ReachabilityPorts;
  /** Tokens of answers that wait. */
  readonly #waiting = new Set<number>();

  constructor(context: ApplicationContext, ports: ReachabilityPorts) {
    this.#context = context;
    this.#ports = ports;
  }

  onComponent(dialogue: Dialogue, component: Component): void {
    if (component.kind !== 'invoke') return;
    const { operationCode, invokeId } = component;
    const parameter = component.parameter ?? new Uint8Array(0);
    const operation =
      typeof operationCode === 'number'
        ? findOperation(this.#context, 'initiator', operationCode)
        : undefined;
    switch (operation) {
      case alertServiceCentre:
      case alertServiceCentreWithoutResult: {
        const argument = this.#decode(dialogue, invokeId, alertCodec, parameter);
        if (argument !== undefined) {
          this.#alerted(dialogue, invokeId, argument.msisdn, operation === alertServiceCentre);
        }
        return;
      }
      case noteMMEvent: {
        const argument = this.#decode(dialogue, invokeId, noteCodec, parameter);
        if (argument === undefined) return;
        const gone = DETACH_CODES.includes(argument.eventMet[0] ?? 0);
        this.#noted(dialogue, invokeId, argument.msisdn, gone);
        return;
      }
      default:
        this.#ports.counters.count('map.unrecognized-operation');
        dialogue.reject(invokeId, UNRECOGNIZED_OPERATION);
    }
  }

  onDelimiter(dialogue: Dialogue, message: 'begin' | 'continue' | 'end'): void {
    if (message === 'end') this.#forget();
    else if (this.#waiting.size === 0) dialogue.end();
  }

  onInvokeTimeout(): void {
    // We invoke nothing here.
  }

  onAbort(_dialogue: Dialogue, abort: AbortIndication): void {
    this.#ports.counters.count(`map.reachability-abort.${abort.kind}`);
    this.#forget();
  }

  #decode<T>(dialogue: Dialogue, invokeId: number, codec: Codec<T>, octets: Uint8Array): T | undefined {
    const argument = codec.decode(octets);
    if (argument.ok) return argument.value;
    this.#ports.counters.count(`map.mistyped.${argument.code}`);
    dialogue.reject(invokeId, MISTYPED_PARAMETER);
    return undefined;
  }

  #alerted(dialogue: Dialogue, invokeId: number, msisdn: Uint8Array, withResult: boolean): void {
    const { answers } = this.#ports;
    const answer = () => {
      if (withResult) dialogue.result(invokeId);
    };
    const answerToken = answers.expect(() => {
      this.#waiting.delete(answerToken);
      answer();
      if (this.#waiting.size === 0) dialogue.end();
    });
    const taken = this.#report(msisdn, 'alert', {
      kind: 'subscriber-reachable',
      source: 'alert',
      answerToken,
    });
    if (taken === 'on-its-way') return void this.#waiting.add(answerToken);
    answers.forget(answerToken);
    if (taken === 'unknown') answer();
    else if (withResult) dialogue.error(invokeId, systemFailure.code);
  }

  #noted(dialogue: Dialogue, invokeId: number, msisdn: Uint8Array, gone: boolean): void {
    const taken = gone
      ? this.#report(msisdn, 'detach', { kind: 'subscriber-unreachable', source: 'mm-event' })
      : this.#report(msisdn, 'mm-event', { kind: 'subscriber-reachable', source: 'mm-event' });
    if (taken === 'no-room') dialogue.error(invokeId, systemFailure.code);
    else dialogue.result(invokeId);
  }

  /** 'no-room': the HLR or VLR is to learn that it was not taken. */
  #report(
    msisdn: Uint8Array,
    name: 'alert' | 'mm-event' | 'detach',
    what: SubscriberReachable | SubscriberUnreachable,
  ): 'on-its-way' | 'unknown' | 'no-room' {
    const { clock, counters, subscribers, numbering } = this.#ports;
    const subscriber = fromAddress(decodeAddressString(msisdn), numbering);
    counters.count(`reachability.${name}`);
    if (subscriber === '') {
      counters.count('reachability.number-unknown');
      return 'unknown';
    }
    return subscribers.report({ subscriber, atMs: clock.now(), what }) ? 'on-its-way' : 'no-room';
  }

  #forget(): void {
    for (const token of this.#waiting) this.#ports.answers.forget(token);
    this.#waiting.clear();
  }
}
