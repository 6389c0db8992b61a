/** The gsmSCF's side of CAP: takes the dialogues that gsmSSFs open, and keeps the calls that wait for an answer. */
import {
  capV2GsmSsfToGsmScf,
  capV3GsmSsfScfGeneric,
  capV4GsmSsfScfGeneric,
} from '../../stack/cap/application-contexts.ts';
import { continueOperation } from '../../stack/cap/operations/continue.ts';
import type { ApplicationContext } from '../../stack/ros/application-context.ts';
import { sameObjectIdentifier } from '../../stack/tcap/object-identifier.ts';
import type {
  Component,
  Dialogue,
  DialogueAcceptor,
  DialoguePortion,
  DialogueUser,
} from '../../stack/tcap/service.ts';
import type { Clock } from '../../types/clock.ts';
import type { Counters } from '../../types/counters.ts';
import type { AnswerCall } from '../../types/model/effect.ts';
import type { DecideReply } from '../../types/model/thread.ts';
import { noTraffic, type TrafficTapPoint } from '../../types/ports/traffic-tap.ts';
import type { Timers } from '../../types/timers.ts';
import type { SubscriberGateway } from '../subscriber-gateway.ts';
import { armEvents } from './arm-events.ts';
import { CapCall } from './cap-call.ts';
import type { CapCallHost, CapGatewayOptions, CapGatewayPorts } from './cap-call-host.ts';
import { Lateness } from './lateness.ts';

/** Phase 1 has neither tBusy nor tNoAnswer, and so no missed calls (3GPP TS 29.078 §5.1, EventTypeBCSM). */
const CONTEXTS: readonly ApplicationContext[] = [
  capV2GsmSsfToGsmScf,
  capV3GsmSsfScfGeneric,
  capV4GsmSsfScfGeneric,
];
const DEADLINE = 1;

/** A call rings for three minutes at most (T9 of ITU-T Q.764 annex A); meanwhile nothing is said. */
const CALL_IDLE_MS = 240_000;
const LET_GO: Component = { kind: 'invoke', invokeId: 1, operationCode: continueOperation.code };

export class CapGateway implements DialogueAcceptor, CapCallHost {
  readonly options: CapGatewayOptions;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly counters: Counters;
  readonly subscribers: SubscriberGateway;
  readonly traffic: TrafficTapPoint;
  readonly onAnswered: (latencyMs: number, how: 'armed' | 'let-go') => void;
  readonly onLate: (deciding: number) => void;
  readonly lateness = new Lateness();
  deciding = 0;
  talking = 0;
  readonly armEvents: Uint8Array;
  readonly armToTheEnd: Uint8Array;
  readonly #calls = new Map<number, CapCall>();
  #token: number;

  /** @param firstToken tokens of this process start here: those of an earlier one mean nothing now */
  constructor(options: CapGatewayOptions, ports: CapGatewayPorts, firstToken: number) {
    this.options = options;
    this.clock = ports.clock;
    this.timers = ports.timers;
    this.counters = ports.counters;
    this.subscribers = ports.subscribers;
    this.traffic = ports.traffic ?? noTraffic;
    this.onAnswered = ports.onAnswered;
    this.onLate = ports.onLate;
    this.#token = firstToken;
    this.armEvents = armEvents(options.armBusy, options.armNoAnswer);
    this.armToTheEnd = armEvents(options.armBusy, options.armNoAnswer, true);
  }

  /** Calls that are watched now; their number is bounded by TCAP's limit of dialogues. */
  get openCalls(): number {
    return this.#calls.size;
  }

  onBegin(dialogue: Dialogue, _portion: DialoguePortion): DialogueUser | 'refuse-context' {
    const name = dialogue.applicationContext;
    const context =
      name && CONTEXTS.find(({ objectIdentifier }) => sameObjectIdentifier(objectIdentifier, name));
    if (context === undefined) {
      this.counters.count('cap.context-refused');
      return 'refuse-context';
    }
    dialogue.idleLimitMs = CALL_IDLE_MS;
    const call = new CapCall(this, ++this.#token, dialogue, context);
    this.#calls.set(call.token, call);
    return call;
  }

  /** Too much is going on, here or in TCAP: the call goes on without us, and nothing of it is kept. */
  onOverload(): { readonly end: readonly Component[] } {
    this.counters.count('call.let-go-overload');
    this.traffic.tap?.take({ kind: 'call-refused' });
    return { end: [LET_GO] };
  }

  /** Whether one more call may be watched. */
  get admits(): boolean {
    return this.#calls.size < this.options.callsMax;
  }

  /** We go: every call goes on without us. */
  letAllGo(): void {
    for (const call of [...this.#calls.values()]) call.letGo();
  }

  decided(reply: DecideReply): void {
    this.#calls.get(reply.token)?.decided(reply);
  }

  durable(token: number, answer: AnswerCall['answer']): void {
    this.#calls.get(token)?.durable(answer);
  }

  startDeadline(token: number): number {
    return this.timers.start(this.options.answerDeadlineMs, this, DEADLINE, token);
  }

  onTimer(_kind: number, token: number): void {
    this.#calls.get(token)?.onDeadline();
  }

  forget(token: number): void {
    this.#calls.delete(token);
  }
}
