/**
 * What tells us that a subscriber is back: alertServiceCentre by the HLR (A1; 3GPP TS 29.002 §12.4) and noteMM-Event by
 * the VLR (A2; §8.1.8). The VLR waits for nothing and is answered at once. The HLR forgets its alert when it is answered, and
 * repeats it when it is not: its answer waits until the return is durable.
 */
import { decodeAddressString } from '../../stack/map/address-string.ts';
import {
  mmEventReportingContextV3,
  shortMsgAlertContextV1,
  shortMsgAlertContextV2,
} from '../../stack/map/application-contexts.ts';
import { systemFailure } from '../../stack/map/errors/generic.ts';
import {
  type AlertServiceCentreArg,
  alertServiceCentre,
} from '../../stack/map/operations/alert-service-centre.ts';
import { alertServiceCentreWithoutResult } from '../../stack/map/operations/alert-service-centre-without-result.ts';
import { type NoteMMEventArg, noteMMEvent } from '../../stack/map/operations/note-mm-event.ts';
import { MapResponder } from '../../stack/map/service/map-service.ts';
import type { MapAbort, MapDialogue, MapIndication, MapUser } from '../../stack/map/service/service.ts';
import type { ApplicationContext } from '../../stack/ros/application-context.ts';
import type { Dialogue, DialogueAcceptor, DialoguePortion, DialogueUser } from '../../stack/tcap/service.ts';
import type { Clock } from '../../types/clock.ts';
import type { Counters } from '../../types/counters.ts';
import type { SubscriberReachable, SubscriberUnreachable } from '../../types/model/event.ts';
import type { TrafficTapPoint } from '../../types/ports/traffic-tap.ts';
import { fromAddress, type NumberingOptions } from '../numbers.ts';
import type { SubscriberGateway } from '../subscriber-gateway.ts';
import type { AnswersDue } from './answers-due.ts';
import type { ServedContexts } from './map-acceptor.ts';
import type { ReturnDelays } from './return-delays.ts';

export interface ReachabilityPorts {
  readonly clock: Clock;
  readonly counters: Counters;
  readonly subscribers: SubscriberGateway;
  readonly answers: AnswersDue;
  readonly numbering: NumberingOptions;
  /** What is known of how the sources follow one another; absent: nothing waits for another one. */
  readonly delays?: ReturnDelays;
  /** Absent: nothing is ever recorded. */
  readonly traffic?: TrafficTapPoint;
}

/** MM-Code (3GPP TS 29.002 §17.7.1): 0, 1 location update, 2 attach, 3, 4 detach by the phone and by the network. */
const DETACH_CODES: readonly number[] = [3, 4];

export class ReachabilityGateway implements DialogueAcceptor {
  readonly #responder: MapResponder;

  /** @param contexts those that are taken at this subsystem */
  constructor(contexts: readonly ApplicationContext[], ports: ReachabilityPorts) {
    this.#responder = new MapResponder(contexts, ports.counters, () => new ReachabilityDialogue(ports));
  }

  onBegin(dialogue: Dialogue, portion: DialoguePortion): DialogueUser | 'refuse-context' {
    return this.#responder.onBegin(dialogue, portion);
  }
}

/** For a subsystem that serves other contexts, too. */
export function reachabilityService(
  contexts: readonly ApplicationContext[],
  ports: ReachabilityPorts,
): ServedContexts {
  return { contexts, open: () => new ReachabilityDialogue(ports) };
}

export const alertContexts = [shortMsgAlertContextV2, shortMsgAlertContextV1];
export const mmEventContexts = [mmEventReportingContextV3];

class ReachabilityDialogue implements MapUser {
  readonly #ports: ReachabilityPorts;
  /** Tokens of answers that wait. */
  readonly #waiting = new Set<number>();

  constructor(ports: ReachabilityPorts) {
    this.#ports = ports;
  }

  onInvoke(dialogue: MapDialogue, indication: MapIndication): void {
    switch (indication.operation) {
      case alertServiceCentre:
      case alertServiceCentreWithoutResult: {
        const { msisdn } = indication.argument as AlertServiceCentreArg;
        return this.#alerted(dialogue, indication, msisdn, indication.operation === alertServiceCentre);
      }
      case noteMMEvent: {
        const { msisdn, eventMet } = indication.argument as NoteMMEventArg;
        return this.#noted(dialogue, indication, msisdn, eventMet[0] ?? 0);
      }
    }
  }

  onDelimiter(dialogue: MapDialogue): void {
    if (this.#waiting.size === 0) dialogue.close();
  }

  onClose(): void {
    this.#forget();
  }

  onAbort(_dialogue: MapDialogue, abort: MapAbort): void {
    this.#ports.counters.count(`map.reachability-abort.${abort.kind}`);
    this.#forget();
  }

  #alerted(dialogue: MapDialogue, indication: MapIndication, msisdn: Uint8Array, withResult: boolean): void {
    const { answers } = this.#ports;
    const answer = () => {
      if (withResult) dialogue.result(indication, alertServiceCentre);
    };
    const end = (say: () => void): void => {
      this.#waiting.delete(answerToken);
      say();
      if (this.#waiting.size === 0) dialogue.close();
    };
    const answerToken = answers.expect(
      this.#ports.clock.monotonic(),
      () => {
        this.#recordAnswer(answerToken, 'durable');
        end(answer);
      },
      // The return is on its way all the same; the HLR gives its alert again, and that is no news then.
      () =>
        end(() => {
          this.#ports.counters.count('reachability.alert-late');
          this.#recordAnswer(answerToken, 'late');
          if (withResult) dialogue.error(indication, systemFailure);
        }),
    );
    const taken = this.#report(msisdn, 'alert', {
      kind: 'subscriber-reachable',
      source: 'alert',
      answerToken,
    });
    if (taken === 'on-its-way') return void this.#waiting.add(answerToken);
    answers.forget(answerToken);
    if (taken === 'unknown') answer();
    else if (withResult) dialogue.error(indication, systemFailure);
  }

  #noted(dialogue: MapDialogue, indication: MapIndication, msisdn: Uint8Array, mmCode: number): void {
    const taken = DETACH_CODES.includes(mmCode)
      ? this.#report(msisdn, 'detach', { kind: 'subscriber-unreachable', source: 'mm-event', mmCode })
      : this.#report(msisdn, 'mm-event', { ...this.#cameBack(dialogue, msisdn), mmCode });
    if (taken === 'no-room') dialogue.error(indication, systemFailure);
    else dialogue.result(indication, noteMMEvent);
  }

  /** What is due waits for the HLR's alert where that follows soon (A6). */
  #cameBack(dialogue: MapDialogue, msisdn: Uint8Array): SubscriberReachable {
    const { clock, counters, delays, numbering } = this.#ports;
    const subscriber = fromAddress(decodeAddressString(msisdn), numbering);
    const node = dialogue.tcap.remoteAddress.globalTitle?.digits ?? '';
    const noticesWaitMs = delays?.noted(subscriber, node, clock.monotonic()) ?? 0;
    if (noticesWaitMs === 0) return { kind: 'subscriber-reachable', source: 'mm-event' };
    counters.count('reachability.waits-for-alert');
    return { kind: 'subscriber-reachable', source: 'mm-event', noticesWaitMs };
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
    if (name === 'alert') this.#ports.delays?.alerted(subscriber, clock.monotonic());
    if (subscriber === '') {
      counters.count('reachability.number-unknown');
      return 'unknown';
    }
    const taken = subscribers.report({ subscriber, atMs: clock.now(), what }) ? 'on-its-way' : 'no-room';
    this.#ports.traffic?.tap?.take({
      kind: 'returned',
      dialogue: what.kind === 'subscriber-reachable' ? (what.answerToken ?? 0) : 0,
      subscriber,
      source: name,
      taken,
    });
    return taken;
  }

  #recordAnswer(dialogue: number, how: 'durable' | 'late'): void {
    this.#ports.traffic?.tap?.take({ kind: 'alert-answered', dialogue, how });
  }

  #forget(): void {
    for (const token of this.#waiting) this.#ports.answers.forget(token);
    this.#waiting.clear();
  }
}
