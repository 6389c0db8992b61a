/**
 * One CAP dialogue as gsmSCF for a terminating call (flow F1; 3GPP TS 29.078 §6): translates operations into facts for the
 * call session, and its instructions into operations.
 */
import {
  type CallAttempt,
  type CallControl,
  type CallFailure,
  CallSession,
} from '../../call/call-session.ts';
import { compile } from '../../stack/asn1/index.ts';
import { unexpectedComponentSequence } from '../../stack/cap/errors.ts';
import { continueOperation } from '../../stack/cap/operations/continue.ts';
import { EventReportBCSMArg, eventReportBCSM } from '../../stack/cap/operations/event-report-bcsm.ts';
import { initialDP, initialDPV2 } from '../../stack/cap/operations/initial-dp.ts';
import { ReleaseCallArg, releaseCall } from '../../stack/cap/operations/release-call.ts';
import { requestReportBCSMEvent } from '../../stack/cap/operations/request-report-bcsm-event.ts';
import { problems } from '../../stack/cap/service/problems.ts';
import { decodeTimeAndTimezone, timeAndTimezoneToMs } from '../../stack/cap/time-and-timezone.ts';
import { encodeCause } from '../../stack/isup/cause.ts';
import { type ApplicationContext, findOperation } from '../../stack/ros/application-context.ts';
import type {
  AbortIndication,
  Component,
  Dialogue,
  DialoguePortion,
  DialogueUser,
} from '../../stack/tcap/service.ts';
import type { AnswerCall } from '../../types/model/effect.ts';
import type { CallMessage } from '../../types/model/event.ts';
import type { MissedReason } from '../../types/model/notice.ts';
import type { DecideReply } from '../../types/model/thread.ts';
import type { TrafficTap } from '../../types/ports/traffic-tap.ts';
import type { Result } from '../../types/result.ts';
import { attemptOf, busyFailure, isInterrupted, isOwnCall, ownNumberOf } from './call-facts.ts';

import type { CapCallHost } from './cap-call-host.ts';
import { type Trigger, triggerCodec, triggerV2Codec, visitedVlr } from './trigger.ts';

const eventReportCodec = compile(EventReportBCSMArg, { name: 'EventReportBCSMArg', lenient: true });

const releaseCodec = compile(ReleaseCallArg, { name: 'ReleaseCallArg' });

/** ITU-T Q.850 §2.1: the public network that serves the local user. */
const PUBLIC_NETWORK = 2;

const UNRECOGNIZED_TRANSACTION = 1;

/** The shortest Tssf there is, in ms (1 to 20 s without user interaction: 3GPP TS 23.078 §4.5.2). */
const TSSF_SHORTEST_MS = 1000;

/** A talk that nobody has ended for so long is not waited for any more. */
const TALK_MAX_MS = 4 * 3_600_000;

/** A report that tells nothing we can use, of a call that may wait for an answer to it: the call goes on. */
const UNREADABLE_REPORT = {
  event: 'failed',
  failure: { reason: undefined, cause: 0, interrupted: true },
} as const;

export class CapCall implements DialogueUser, CallControl {
  /** Names this call in what the shards answer; unique while the process lives. */
  readonly token: number;
  readonly #gateway: CapCallHost;
  readonly #context: ApplicationContext;
  readonly #beganAtMs: number;
  /** How long its initialDP was held up on its way. */
  #lateByMs = 0;
  /** C9: the called subscriber is, and the call may be released. */
  #isAbroad = false;
  /** ITU-T Q.850; undefined: the call goes on. */
  #releaseCause: number | undefined;
  #dialogue: Dialogue;
  #session: CallSession | undefined;
  #timer = 0;
  /** The peer's message, whose components come now, ends the dialogue. */
  #pending:
    | {
        readonly event: 'failed' | 'abandoned' | 'answered' | 'disconnected' | 'refused';
        readonly failure?: CallFailure;
      }
    | undefined;
  #open = true;
  #over = false;
  /** The subscriber is asked, and has not answered. */
  #asking = false;
  /** A reject or an error waits for the next message, and nothing else is there to send. */
  #refused = false;
  /** The gsmSSF waits for our instruction. */
  #waiting = false;

  constructor(gateway: CapCallHost, token: number, dialogue: Dialogue, context: ApplicationContext) {
    this.#gateway = gateway;
    this.token = token;
    this.#dialogue = dialogue;
    this.#context = context;
    this.#beganAtMs = gateway.clock.monotonic();
  }

  onComponent(dialogue: Dialogue, component: Component): void {
    if (component.kind === 'invoke') this.#onInvoke(dialogue, component);
    else if (component.kind === 'reject' || component.kind === 'error') {
      this.#gateway.counters.count(`cap.${component.kind}.received`);
      // TCAP's own reject of a component that is none goes out with a message of ours.
      if (component.kind === 'reject' && component.local) this.#refused = true;
      // requestReportBCSMEvent failed: nothing is armed, so nothing will be reported.
      else this.#pending ??= { event: 'refused' };
    }
  }

  onDelimiter(dialogue: Dialogue, message: 'begin' | 'continue' | 'end', _portion: DialoguePortion): void {
    this.#dialogue = dialogue;
    if (message === 'end') this.#open = false;
    const pending = this.#pending;
    this.#pending = undefined;
    if (message === 'begin') {
      // What was refused goes out with our first answer.
      this.#refused = false;
      if (this.#session === undefined) this.#letGo('cap.begin-without-call');
      else this.#session.on('attempt');
      return;
    }
    if (pending !== undefined && this.#session !== undefined) {
      if (pending.failure?.interrupted === true) this.#waiting = this.#open;
      if (!this.#session.on(pending.event, pending.failure)) {
        this.#gateway.counters.count(`cap.report-out-of-place.${pending.event}`);
      }
    }
    if (message === 'end') {
      this.#session?.on('closed');
      this.#forget();
    } else if (this.#refused && this.#open) {
      this.#refused = false;
      dialogue.continue();
    }
  }

  onInvokeTimeout(): void {
    // requestReportBCSMEvent (class 2) has no answer when it succeeds: its timer ends in the normal case.
  }

  onAbort(_dialogue: Dialogue, abort: AbortIndication): void {
    this.#open = false;
    this.#waiting = false;
    const unknown = abort.kind === 'provider' && abort.cause === UNRECOGNIZED_TRANSACTION && !abort.local;
    const { clock, counters } = this.#gateway;
    counters.count(`cap.abort.${abort.kind}`);
    // Only the caller can have ended what the gsmSSF knows no more. Once Tssf may have run out, its default handling may
    // have let the call go on without us, to an end that nobody tells us.
    const prompt = clock.monotonic() - this.#beganAtMs + this.#lateByMs < TSSF_SHORTEST_MS;
    if (unknown && !prompt && this.#session?.state === 'monitoring') counters.count('cap.vanished-late');
    this.#session?.on(unknown && prompt ? 'vanished' : 'closed');
    this.#forget('aborted');
  }

  /** What the subscriber's actor answered. */
  decided({ observe, toTheEnd, troubleToo }: Omit<DecideReply, 'token'>): void {
    this.#notAsking();
    if (this.#session !== undefined) {
      this.#session.toTheEnd = toTheEnd === true;
      this.#session.troubleToo = troubleToo === true;
    }
    this.#session?.on(observe ? 'observe' : 'let-go');
  }

  /** We go: the call goes on without us. The END disarms what was armed (3GPP TS 23.078 §4.5.7). */
  letGo(): void {
    if (!this.#open) return;
    if (this.#waiting || !this.#armed) this.#invokeContinue();
    this.#end();
  }

  /** The miss is durable. */
  durable(answer: AnswerCall['answer']): void {
    if (answer.kind === 'release') this.#releaseCause = answer.cause;
    this.#session?.on('durable');
  }

  onDeadline(): void {
    this.#timer = 0;
    if (this.#asking) this.#gateway.onLate(this.#gateway.deciding);
    this.#notAsking();
    this.#session?.on('deadline');
  }

  askSubscriber(attempt: CallAttempt): void {
    if (this.#gateway.subscribers.decide(this.token, attempt.called)) {
      this.#asking = true;
      this.#gateway.deciding++;
      return;
    }
    this.#gateway.counters.count('cap.let-go.no-room');
    this.decided({ observe: false });
  }

  startDeadline(): void {
    this.#timer = this.#gateway.startDeadline(this.token);
  }

  stopDeadline(): void {
    this.#gateway.timers.stop(this.#timer);
    this.#timer = 0;
  }

  arm(): void {
    this.#dialogue.invoke({
      operationCode: requestReportBCSMEvent.code,
      parameter: this.#session?.toTheEnd === true ? this.#gateway.armToTheEnd : this.#gateway.armEvents,
      operationClass: 2,
      timeoutMs: this.#gateway.options.operationMs,
    });
    this.#invokeContinue();
    this.#dialogue.continue();
    this.#answered('armed');
  }

  goOn(): void {
    if (!this.#open) return this.#forget();
    if (this.#armed && !this.#waiting) return this.close();
    if (this.#releaseCause === undefined) this.#invokeContinue();
    else this.#invokeRelease(this.#releaseCause);
    this.#end();
  }

  close(): void {
    if (this.#open) this.#end();
    else this.#forget();
  }

  tellMissed(attempt: CallAttempt, reason: MissedReason, cause: number, awaited: boolean): void {
    const { clock, counters, subscribers } = this.#gateway;
    counters.count(`call.missed.${reason}`);
    const taken = subscribers.report({
      subscriber: attempt.called,
      atMs: clock.now(),
      what: {
        kind: 'call-missed',
        callKey: attempt.callKey,
        caller: attempt.caller,
        presentation: attempt.presentation,
        attemptedAtMs: attempt.attemptedAtMs,
        reason,
        cause,
        answerToken: awaited ? this.token : 0,
        message: this.#message,
        ...(this.#isAbroad ? { abroad: true } : {}),
      },
    });
    if (!taken) counters.count('call.missed-not-taken');
  }

  tellObstructed({ called, caller, attemptedAtMs }: CallAttempt, cause: number): void {
    const { clock, counters, subscribers } = this.#gateway;
    counters.count('call.trouble-told');
    const what = { kind: 'call-obstructed', caller, attemptedAtMs, cause } as const;
    subscribers.report({ subscriber: called, atMs: clock.now(), what });
  }

  tellAnswered(attempt: CallAttempt): void {
    const { clock, subscribers } = this.#gateway;
    const what = { kind: 'call-answered', callKey: attempt.callKey, caller: attempt.caller } as const;
    subscribers.report({ subscriber: attempt.called, atMs: clock.now(), what });
  }

  mayFollow(): boolean {
    const { talking, options, counters } = this.#gateway;
    if (talking < options.callsMax / 2) return true;
    counters.count('call.talk-not-followed');
    return false;
  }

  follow(): void {
    this.#talking = true;
    this.#gateway.talking++;
    this.#dialogue.idleLimitMs = TALK_MAX_MS;
  }

  tellLineFree({ called }: CallAttempt): void {
    const { clock, counters, subscribers } = this.#gateway;
    counters.count('call.line-free');
    const what = { kind: 'subscriber-reachable', source: 'line' } as const;
    // What finds no room is told at the latest when the waits end.
    subscribers.report({ subscriber: called, atMs: clock.now(), what });
  }

  countLate(state: string): void {
    this.#gateway.counters.count(`cap.late.${state}`);
  }

  #armed = false;
  /** What told how the call ended. */
  #message: CallMessage = 'dialogue-gone';
  #talking = false;

  #onInvoke(dialogue: Dialogue, invoke: Component & { kind: 'invoke' }): void {
    const { operationCode, parameter, invokeId } = invoke;
    const operation =
      typeof operationCode === 'number'
        ? findOperation(this.#context, 'initiator', operationCode)
        : undefined;
    const octets = parameter ?? new Uint8Array(0);
    if (operation === initialDP || operation === initialDPV2) {
      const argument: Result<Trigger> =
        operation === initialDP ? triggerCodec.decode(octets) : triggerV2Codec.decode(octets);
      if (!argument.ok) return this.#mistyped(dialogue, invokeId, 'initialDP', argument.code);
      if (this.#session !== undefined) {
        // It opens a relationship, and there is one: the call that is watched is left as it is.
        this.#gateway.counters.count('cap.initialDP-out-of-place');
        this.#refused = dialogue.error(invokeId, unexpectedComponentSequence.code);
        return;
      }
      return this.#onInitialDP(argument.value, octets, operation === initialDPV2);
    }
    if (operation === eventReportBCSM) {
      const argument = eventReportCodec.decode(octets);
      if (!argument.ok) {
        this.#pending = UNREADABLE_REPORT;
        return this.#mistyped(dialogue, invokeId, 'eventReportBCSM', argument.code);
      }
      return this.#onEventReport(argument.value);
    }
    this.#gateway.counters.count('cap.unrecognized-operation');
    this.#refused = dialogue.reject(invokeId, problems.unrecognizedOperation);
  }

  #mistyped(dialogue: Dialogue, invokeId: number, operation: string, code: string): void {
    this.#gateway.counters.count(`cap.mistyped.${operation}.${code}`);
    this.#refused = dialogue.reject(invokeId, problems.mistypedParameter);
  }

  /** The gsmSSF's Tssf runs from the time that it has put into its initialDP, where it has. */
  #latenessOf({ timeAndTimezone, mscAddress }: Trigger): number {
    const sent = timeAndTimezone && decodeTimeAndTimezone(timeAndTimezone);
    if (sent === undefined) return 0;
    const sender = mscAddress === undefined ? '' : String.fromCharCode(...mscAddress);
    return this.#gateway.lateness.of(sender, timeAndTimezoneToMs(sent), this.#beganAtMs);
  }

  #onInitialDP(argument: Trigger, octets: Uint8Array, isPhase2: boolean): void {
    const { counters, clock, options } = this.#gateway;
    counters.count('call.attempt');
    if (isOwnCall(argument, options.originatingServiceKeys)) return this.#onOwnCall(argument);
    if (argument.eventTypeBCSM !== 'termAttemptAuthorized') return counters.count('cap.trigger-not-ours');
    if (options.serviceKeys.length > 0 && !options.serviceKeys.includes(argument.serviceKey)) {
      return counters.count('cap.service-key-unknown');
    }
    const category = argument.callingPartysCategory?.[0];
    if (category !== undefined && options.excludedCategories?.includes(category) === true)
      return counters.count('cap.caller-category');
    const attempt = attemptOf(argument, clock.now(), options.numbering);
    if (attempt === undefined) return counters.count('cap.called-party-missing');
    this.#lateByMs = this.#latenessOf(argument);
    if (options.roamingCalls === 'release') {
      const vlr = visitedVlr(octets, isPhase2);
      this.#isAbroad = vlr !== '' && !vlr.startsWith(options.numbering.countryCode);
    }
    this.#session = new CallSession(attempt, this);
    const { called: subscriber, caller, presentation } = attempt;
    this.#tap?.take({
      kind: 'call-begun',
      dialogue: this.token,
      subscriber,
      caller,
      presentation,
    });
  }

  /** A5: who calls is there; the call goes on without us. */
  #onOwnCall(argument: Trigger): void {
    const { counters, clock, options, subscribers } = this.#gateway;
    const subscriber = ownNumberOf(argument, options.numbering);
    if (subscriber === '') return counters.count('cap.calling-party-missing');
    counters.count('reachability.own-call');
    const what = { kind: 'subscriber-reachable', source: 'own-call' } as const;
    subscribers.report({ subscriber, atMs: clock.now(), what });
  }

  #onEventReport(argument: EventReportBCSMArg): void {
    const { eventTypeBCSM } = argument;
    switch (eventTypeBCSM) {
      case 'tBusy':
        this.#message = eventTypeBCSM;
        this.#pending = { event: 'failed', failure: busyFailure(argument) };
        return this.#recordReport('failed', this.#pending.failure);
      case 'tNoAnswer': {
        this.#message = eventTypeBCSM;
        const failure: CallFailure = { reason: 'no-answer', cause: 19, interrupted: isInterrupted(argument) };
        this.#pending = { event: 'failed', failure };
        return this.#recordReport('failed', failure);
      }
      case 'tAbandon':
        this.#message = eventTypeBCSM;
        this.#pending = { event: 'abandoned' };
        return this.#recordReport('abandoned');
      case 'tAnswer':
        this.#pending = { event: 'answered' };
        return this.#recordReport('answered');
      case 'tDisconnect': {
        const interrupted = isInterrupted(argument);
        this.#pending = { event: 'disconnected', failure: { reason: undefined, cause: 0, interrupted } };
        return;
      }
      default:
        this.#gateway.counters.count('cap.report-not-armed');
        if (isInterrupted(argument)) this.#pending = UNREADABLE_REPORT;
    }
  }

  /** What concerns no call is not recorded. */
  get #tap(): TrafficTap | undefined {
    return this.#session === undefined ? undefined : this.#gateway.traffic.tap;
  }

  #recordReport(how: 'failed' | 'abandoned' | 'answered', failure?: CallFailure): void {
    this.#tap?.take({
      kind: 'call-reported',
      dialogue: this.token,
      how,
      reason: failure?.reason,
      cause: failure?.cause ?? 0,
    });
  }

  #invokeRelease(cause: number): void {
    this.#gateway.counters.count('cap.released');
    const octets = encodeCause({ codingStandard: 0, location: PUBLIC_NETWORK, value: cause });
    this.#dialogue.invoke({
      operationCode: releaseCall.code,
      parameter: releaseCodec.encode({ allCallSegments: octets }),
      operationClass: 4,
      timeoutMs: 0,
    });
  }

  #invokeContinue(): void {
    this.#dialogue.invoke({ operationCode: continueOperation.code, operationClass: 4, timeoutMs: 0 });
  }

  /** A dialogue that brought no call of ours: it goes on untouched. */
  #letGo(counter: string): void {
    this.#gateway.counters.count(counter);
    this.#invokeContinue();
    this.#end();
  }

  #end(): void {
    this.#open = false;
    this.#waiting = false;
    this.#dialogue.end();
    this.#answered('let-go');
    this.#forget();
  }

  /** The first answer to the initialDP: what the gsmSSF waits for. */
  #answered(how: 'armed' | 'let-go'): void {
    if (this.#armed) return;
    this.#armed = true;
    this.#tap?.take({ kind: 'call-taken', dialogue: this.token, how });
    this.#gateway.onAnswered(this.#gateway.clock.monotonic() - this.#beganAtMs, how);
  }

  #notAsking(): void {
    if (!this.#asking) return;
    this.#asking = false;
    this.#gateway.deciding--;
  }

  #forget(how: 'ended' | 'aborted' = 'ended'): void {
    this.#notAsking();
    if (this.#talking) this.#gateway.talking--;
    this.#talking = false;
    this.stopDeadline();
    if (!this.#over) this.#tap?.take({ kind: 'call-ended', dialogue: this.token, how });
    this.#over = true;
    this.#gateway.forget(this.token);
  }
}
