/** One terminating call at the GMSC and its gsmSSF, against the gsmSCF. What the called party misses, the judge hears. */
import {
  capV2GsmSsfToGsmScf,
  capV3GsmSsfScfGeneric,
  capV4GsmSsfScfGeneric,
} from '../../stack/cap/application-contexts.ts';
import { continueOperation } from '../../stack/cap/operations/continue.ts';
import { eventReportBCSM } from '../../stack/cap/operations/event-report-bcsm.ts';
import { initialDP } from '../../stack/cap/operations/initial-dp.ts';
import { releaseCall } from '../../stack/cap/operations/release-call.ts';
import { requestReportBCSMEvent } from '../../stack/cap/operations/request-report-bcsm-event.ts';
import type { SccpAddress } from '../../stack/sccp/service.ts';
import type {
  AbortIndication,
  Component,
  Dialogue,
  DialogueUser,
  TcapService,
} from '../../stack/tcap/service.ts';
import type { Clock } from '../../types/clock.ts';
import type { Counters } from '../../types/counters.ts';
import type { MissedReason } from '../../types/model/notice.ts';
import type { Aliveness, Proof } from '../aliveness.ts';
import type { Judge } from '../judge/judge.ts';
import type { MissedCall } from '../judge/missed-call.ts';
import type { Later } from '../later.ts';
import type { Person } from '../person.ts';
import type { NetworkPlan } from '../plan.ts';
import type { CallStory } from './call-story.ts';
import { type SsfAction, type SsfEvent, type SsfState, ssfFsm } from './ssf-fsm.ts';
import { armedEvents, encodeInitialDP, encodeReport, type ReportedEvent } from './ssf-messages.ts';

/** What the calls of one exchange share. */
export interface SsfHost {
  readonly plan: NetworkPlan;
  readonly tcap: TcapService;
  readonly clock: Clock;
  readonly later: Later;
  readonly counters: Counters;
  readonly judge: Judge;
  readonly aliveness: Aliveness;
  readonly localAddress: SccpAddress;
  readonly scfAddress: SccpAddress;
  /** 0 when the phone can be called; else the Q.850 cause that the call fails with, and how long finding out takes. */
  obstacle(person: Person): { readonly cause: number; readonly afterMs: number };
  /** 8 octets, unique for ever. */
  nextReference(): Uint8Array;
  /** The dialogue is over here, but the gsmSCF does not know: tells what its next message met. */
  forgotten(transactionId: number, met: (message: 'continue' | 'end') => void): void;
  onAnswered(latencyMs: number): void;
  /** The called phone rings, or is busy: the call hears of it when the phone goes away meanwhile. */
  onPhone(call: SsfCall): void;
  onOver(call: SsfCall): void;
  isTalking(person: Person): boolean;
  /** The parties talk from now on, for so long. */
  talks(story: CallStory, forMs: number): void;
  onMissed(call: MissedCall): void;
}

interface Outcome {
  readonly event: ReportedEvent;
  readonly cause: number;
  /** Undefined: answered. */
  readonly reason: MissedReason | undefined;
}
const HUNG_UP: Outcome = { event: 'tDisconnect', cause: 16, reason: undefined };
const ABANDONED: Outcome = { event: 'tAbandon', cause: 0, reason: 'abandoned' };
/** Q.850: user busy, and destination out of order. */
const USER_BUSY = 17;
const OUT_OF_ORDER = 27;
const BUSY_AFTER_MS = 20;
const CONTEXTS = { 2: capV2GsmSsfToGsmScf, 3: capV3GsmSsfScfGeneric, 4: capV4GsmSsfScfGeneric } as const;
const UNRECOGNIZED_OPERATION = { type: 'invoke', code: 1 } as const;

export class SsfCall implements DialogueUser {
  readonly story: CallStory;
  readonly #host: SsfHost;
  #state: SsfState = 'idle';
  #dialogue: Dialogue | undefined;
  #dialogueOpen = false;
  #startedAtMs = 0;
  #attemptedAtMs = 0;
  #reference: Uint8Array = new Uint8Array(0);
  #answered = false;
  #armed: ReadonlyMap<string, 'interrupted' | 'notifyAndContinue'> = new Map();
  /** What the message that is being read instructs. */
  #instruction: 'go-on' | 'release' | undefined;
  #armedAtLife = 0;
  #outcome: Outcome = ABANDONED;
  #missed: MissedCall | undefined;
  #proof: Proof | undefined;
  #tssf = 0;
  #next = 0;
  #giveUp = 0;

  constructor(host: SsfHost, story: CallStory) {
    this.#host = host;
    this.story = story;
  }

  get state(): SsfState {
    return this.#state;
  }

  start(): void {
    this.#on('trigger');
  }

  /** The phone went away before the call had ended: the radio link is gone. */
  phoneLost(): void {
    if (this.#state === 'monitoring') this.#end(absent(OUT_OF_ORDER), 'open');
  }

  onComponent(dialogue: Dialogue, component: Component): void {
    if (component.kind !== 'invoke') return this.#host.counters.count(`simulator.ssf.${component.kind}`);
    switch (component.operationCode) {
      case requestReportBCSMEvent.code: {
        const armed = armedEvents(component.parameter ?? new Uint8Array(0));
        if (armed === undefined) return this.#host.counters.count('simulator.ssf.mistyped');
        this.#armed = armed;
        return;
      }
      case continueOperation.code:
        this.#instruction = 'go-on';
        return;
      case releaseCall.code:
        this.#instruction = 'release';
        return;
      default:
        this.#host.counters.count('simulator.ssf.unrecognized-operation');
        dialogue.reject(component.invokeId, UNRECOGNIZED_OPERATION);
    }
  }

  onDelimiter(_dialogue: Dialogue, message: 'begin' | 'continue' | 'end'): void {
    if (!this.#answered) {
      this.#answered = true;
      this.#host.onAnswered(this.#host.clock.monotonic() - this.#startedAtMs);
    }
    const instruction = this.#instruction;
    this.#instruction = undefined;
    if (message === 'end') this.#dialogueOpen = false;
    if (instruction === 'release') return this.#on('release');
    if (instruction === 'go-on') {
      return this.#on(this.#dialogueOpen && this.#armed.size > 0 ? 'go-on-armed' : 'go-on');
    }
    if (message === 'end') this.#on('closed');
  }

  onInvokeTimeout(): void {
    // initialDP and requests of class 2 have no answer when they succeed; Tssf is what counts.
  }

  onAbort(_dialogue: Dialogue, abort: AbortIndication): void {
    this.#dialogueOpen = false;
    this.#host.counters.count(`simulator.ssf.abort.${abort.kind}`);
    this.#proof?.fail();
    this.#on('aborted');
  }

  #on(event: SsfEvent): void {
    const row = ssfFsm.find(this.#state, event, (guard) => {
      if (guard === 'followed')
        return (
          this.#outcome.event === 'tAnswer' &&
          this.story.talkMs !== undefined &&
          this.#armed.has('tDisconnect')
        );
      const mode = this.#armed.get(this.#outcome.event);
      return mode === (guard === 'armed-as-request' ? 'interrupted' : 'notifyAndContinue');
    });
    if (row === undefined) return;
    this.#state = row[4];
    for (const action of row[3]) this.#do(action);
    if (this.#state === 'over') {
      this.#host.later.cancel(this.#next);
      this.#host.later.cancel(this.#giveUp);
      this.#host.onOver(this);
    }
  }

  #do(action: SsfAction): void {
    const { later, plan, judge, clock, counters } = this.#host;
    switch (action) {
      case 'send-initialDP':
        return this.#sendInitialDP();
      case 'start-tssf':
        this.#tssf = later.after(plan.times.ssfMs, () => this.#on('tssf'));
        return;
      case 'stop-tssf':
        return later.cancel(this.#tssf);
      case 'route':
        return this.#route();
      case 'route-let-go':
        return this.#end(this.#outcomeNow(), 'never');
      case 'route-unwatched':
        return this.#end(this.#outcomeNow(), 'maybe');
      case 'drop-call':
        return counters.count('simulator.ssf.released');
      case 'forget-dialogue':
        return this.#forget();
      case 'report-answer':
        this.#report('notification', true);
        this.#next = later.after(this.story.talkMs ?? 0, () => {
          this.#outcome = HUNG_UP;
          this.#on('hung-up');
        });
        return;
      case 'report-request':
        this.#report('request');
        return;
      case 'report-notification': {
        this.#report('notification');
        const missed = this.#missed;
        if (missed === undefined) return;
        const settle = (taken: boolean) => judge.settled(missed, taken ? 'certain' : 'maybe', clock.now());
        if (this.#host.aliveness.life !== this.#armedAtLife) return settle(false);
        this.#proof = this.#host.aliveness.watch(settle);
        return;
      }
      case 'default-handling':
        counters.count('simulator.ssf.default-handling');
        this.#dialogue?.abort();
        this.#dialogueOpen = false;
        return;
      case 'leave-dialogue':
        if (this.#dialogueOpen) this.#dialogue?.end();
        this.#dialogueOpen = false;
        return;
      case 'acknowledge':
        if (this.#missed !== undefined) {
          const inTime = clock.now() - this.#missed.reportedAtMs < plan.times.letGoAfterMs;
          judge.settled(this.#missed, inTime ? 'certain' : 'maybe', clock.now());
        }
        return;
      case 'give-up-acknowledgement':
        if (this.#missed !== undefined) judge.settled(this.#missed, 'maybe', clock.now());
        return;
    }
  }

  #sendInitialDP(): void {
    const { tcap, plan, clock, counters, later, localAddress, scfAddress } = this.#host;
    const { story } = this;
    this.#startedAtMs = clock.monotonic();
    this.#attemptedAtMs = clock.now();
    const context = CONTEXTS[story.capPhase];
    const dialogue = tcap.open({
      localAddress,
      remoteAddress: scfAddress,
      applicationContext: context.objectIdentifier,
      user: this,
    });
    if (story.ending === 'abandoned-at-once')
      this.#giveUp = later.after(story.patienceMs, () => this.#callerGivesUp());
    // Without a dialogue Tssf ends the wait.
    if (dialogue === null) return counters.count('simulator.ssf.no-dialogue');
    this.#dialogue = dialogue;
    this.#dialogueOpen = true;
    this.#reference = this.story.signalled?.reference ?? this.#host.nextReference();
    dialogue.invoke({
      operationCode: initialDP.code,
      parameter: encodeInitialDP(story, plan, this.#reference, this.#attemptedAtMs),
      operationClass: 2,
      timeoutMs: plan.times.ssfMs,
    });
    dialogue.begin();
  }

  /** The call goes on to the called party, and the gsmSSF looks for what is armed. */
  #route(): void {
    const { later } = this.#host;
    this.#armedAtLife = this.#host.aliveness.life;
    const obstacle = this.#host.obstacle(this.story.called);
    if (obstacle.cause !== 0) {
      later.cancel(this.#giveUp);
      this.#next = later.after(obstacle.afterMs, () => this.#end(absent(obstacle.cause), 'open'));
      return;
    }
    const outcome = this.#ending();
    const { ringingMs, ending } = this.story;
    const isBusy = ending === 'busy' || this.#host.isTalking(this.story.called);
    this.#host.onPhone(this);
    if (!isBusy && ending === 'abandoned-at-once') return;
    const afterMs = isBusy ? BUSY_AFTER_MS : ringingMs;
    this.#next = later.after(afterMs, () => this.#end(outcome, 'open'));
  }

  #callerGivesUp(): void {
    if (this.#state === 'waiting-for-instructions') return this.#on('given-up');
    this.#end(ABANDONED, 'open');
  }

  /** How the call ends that goes on without the gsmSCF. */
  #outcomeNow(): Outcome {
    const { cause } = this.#host.obstacle(this.story.called);
    return cause === 0 ? this.#ending() : absent(cause);
  }

  /** Whose line is busy is busy, whatever the story says. */
  #ending(): Outcome {
    return this.#host.isTalking(this.story.called) ? outcomeOf('busy') : endOf(this.story);
  }

  /** @param certainty 'open': the gsmSSF still watches, and reports */
  #end(outcome: Outcome, certainty: 'open' | 'maybe' | 'never'): void {
    const { judge, clock } = this.#host;
    this.#outcome = outcome;
    this.#missed ??= this.#missedBy(outcome);
    if (certainty === 'open') return this.#on('outcome');
    if (this.#missed !== undefined && this.#missed.certainty === 'open')
      judge.settled(this.#missed, certainty, clock.now());
  }

  #missedBy({ reason }: Outcome): MissedCall | undefined {
    if (this.story.signalled?.cause !== undefined) return undefined;
    const { called, caller, withheld } = this.story;
    const { judge, clock } = this.#host;
    if (reason === undefined) {
      judge.spoken(caller, called);
      if (this.story.talkMs !== undefined) this.#host.talks(this.story, this.story.talkMs);
    }
    if (reason === undefined || !called.subscribed) return undefined;
    const missed: MissedCall = {
      called,
      caller,
      shown: !withheld,
      reference: this.#reference,
      attemptedAtMs: this.#attemptedAtMs,
      answered: this.#answered,
      reportedAtMs: clock.now(),
      reason,
      certainty: 'open',
      settledAtMs: 0,
      duty: 'due',
    };
    judge.missed(missed);
    this.#host.onMissed(missed);
    return missed;
  }

  /** @param more the call goes on under our eyes */
  #report(messageType: 'request' | 'notification', more = false): void {
    const dialogue = this.#dialogue;
    if (dialogue === undefined || !this.#dialogueOpen) return;
    const { event, cause } = this.#outcome;
    dialogue.invoke({
      operationCode: eventReportBCSM.code,
      parameter: encodeReport(event, cause, messageType),
      operationClass: 4,
      timeoutMs: 0,
    });
    if (messageType === 'notification' && !more && this.story.lastReportInEnd) {
      this.#dialogueOpen = false;
      dialogue.end();
    } else dialogue.continue();
  }

  /**
   * Nothing can be sent before the gsmSCF has answered; its answer then meets P-Abort "unrecognized transaction", and
   * that tells it that the call was given up, if it answered too soon for Tssf to have run out.
   */
  #forget(): void {
    const { judge, clock, later, aliveness, plan } = this.#host;
    this.#missed ??= this.#missedBy(ABANDONED);
    const missed = this.#missed;
    const dialogue = this.#dialogue;
    this.#dialogueOpen = false;
    dialogue?.abort();
    if (missed === undefined) return;
    const settle = (certainty: 'certain' | 'maybe' | 'never') => {
      if (missed.certainty === 'open') judge.settled(missed, certainty, clock.now());
    };
    const unanswered = later.after(plan.times.ssfMs, () => settle('maybe'));
    if (dialogue === undefined) return;
    this.#host.forgotten(dialogue.id, (message) => {
      later.cancel(unanswered);
      if (message === 'end') return settle('never');
      if (clock.monotonic() - this.#startedAtMs >= plan.times.abandonKnownMs) return settle('maybe');
      aliveness.watch((taken) => settle(taken ? 'certain' : 'maybe'));
    });
  }
}

function absent(cause: number): Outcome {
  return { event: 'tBusy', cause, reason: 'not-reachable' };
}

function endOf({ ending, signalled }: CallStory): Outcome {
  if (signalled?.cause === undefined) return outcomeOf(ending);
  return { event: 'tBusy', cause: signalled.cause, reason: undefined };
}

function outcomeOf(ending: CallStory['ending']): Outcome {
  switch (ending) {
    case 'busy':
      return { event: 'tBusy', cause: USER_BUSY, reason: 'busy' };
    case 'no-answer':
      return { event: 'tNoAnswer', cause: 0, reason: 'no-answer' };
    case 'answered':
      return { event: 'tAnswer', cause: 0, reason: undefined };
    case 'abandoned':
    case 'abandoned-at-once':
      return ABANDONED;
  }
}
