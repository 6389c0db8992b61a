import { CapDialogue, type CapDialogueOwner } from '../../stack/cap/service/cap-dialogue.ts';
import { type CapContext, callContexts, scfCallContext } from '../../stack/cap/service/contexts.ts';
import type { fromSsfPhase4, toSsfPhase4 } from '../../stack/cap/service/operation-sets.ts';
import { encodeCause } from '../../stack/isup/cause.ts';
import type { AbortIndication, Dialogue } from '../../stack/tcap/service.ts';
import type { Later } from '../later.ts';
import { Bcsm, type BcsmEvent, type DetectionPoint } from './bcsm-fsm.ts';
import { type CallerScript, CallRecord, type CallRequest } from './call-script.ts';
import { CallSegment, type CallSegmentHost, type TssfTimes } from './call-segment.ts';
import type { ControlledCall, SsfDialogue } from './controlled-call.ts';
import type { CsAction } from './cs-fsm.ts';
import { ArmedPoints, endsLeg, letsConnect } from './detection-points.ts';
import { DueReports } from './due-reports.ts';
import { type EventDetails, eventReport } from './event-information.ts';
import { initialDPOf } from './initial-dp.ts';
import { Leg, type LegHost, type LegSegment } from './leg.ts';
import { LEG_CALLED, LEG_CALLING } from './leg-id.ts';
import type { GsmSsfPorts } from './ports.ts';
import { connectResource, disconnectResource } from './resource-connection.ts';
import type { SpecializedResource } from './specialized-resource.ts';
import { ssfHandlers } from './ssf-operations.ts';

type Widest = CapContext<typeof toSsfPhase4, typeof fromSsfPhase4>;

/** ITU-T Q.850. */
const NORMAL = 16;
const NORMAL_UNSPECIFIED = 31;
const ACTIVE_CALL_IDLE_MS = 86_400_000;

/**
 * A call under control of a gsmSCF: the call segment association (3GPP TS 23.078 §4.5.7, process CSA_gsmSSF), which owns
 * the dialogue, the legs, the armed detection points and the reports that are due, over its call segments.
 */
export class SsfCall implements CapDialogueOwner, CallSegmentHost<Leg>, LegHost, ControlledCall {
  readonly ports: GsmSsfPorts;
  readonly later: Later;
  readonly tssf: TssfTimes;
  readonly record = new CallRecord();
  readonly request: CallRequest | undefined;
  readonly phase: 1 | 2 | 3 | 4;
  readonly kind: 'O' | 'T';
  readonly armed = new ArmedPoints();
  readonly due: DueReports = new DueReports(this);
  readonly segments = new Map<number, LegSegment>();
  readonly legs = new Map<number, Leg>();
  readonly dialogue: SsfDialogue;
  /** The control relationship has not ended. */
  #controlled = false;
  #over = false;
  #caller: CallerScript;
  #replies = 0;
  /** What the report under way says. */
  #report: (() => void) | undefined;
  /** Instructions of the gsmSCF are carried out: it knows itself what they lead to. */
  #instructed = false;
  #patience = 0;
  /** A party left without a report while instructions were waited for: the gsmSCF is told by an abort. */
  #goneWhileWaiting = false;
  /** The resource of the operation under way. */
  askResource: ((resource: SpecializedResource) => void) | undefined;
  connectAssisting: ((segment: LegSegment) => void) | undefined;
  disconnectAssisting: ((segment: LegSegment) => void) | undefined;
  readonly onOver: (call: SsfCall) => void;

  constructor(ports: GsmSsfPorts, request: CallRequest | undefined, onOver: (call: SsfCall) => void) {
    this.ports = ports;
    this.later = ports.later;
    this.tssf = ports.tssf;
    this.request = request;
    this.phase = request?.phase ?? 4;
    this.kind = request?.bcsm ?? 'O';
    this.#caller = request?.caller ?? {};
    this.onOver = onOver;
    const context = (request === undefined
      ? scfCallContext
      : callContexts[request.phase]) as unknown as Widest;
    this.dialogue = CapDialogue.ofSsf(context, ssfHandlers(this), this, ports.counters);
  }

  get isOver(): boolean {
    return this.#over;
  }

  get isControlled(): boolean {
    return this.#controlled;
  }

  /** A call attempt: leg 1 calls, and leg 2 is to be called. */
  start(): void {
    const { request } = this;
    if (request === undefined) return;
    const segment = this.newSegment(1);
    const bcsm = new Bcsm(this.kind);
    const calling = this.addLeg(LEG_CALLING, segment, bcsm);
    const called = this.addLeg(LEG_CALLED, segment, bcsm);
    calling.number = request.callingNumber;
    called.number = request.calledNumber;
    const { patienceMs } = this.#caller;
    if (patienceMs !== undefined)
      this.#patience = this.later.after(patienceMs, () =>
        this.onNetwork(calling, 'calling party gives up', { cause: NORMAL }),
      );
    if (this.kind === 'T') return this.#step(calling, 'terminating attempt', {}, () => this.routeCalled());
    bcsm.step('call attempt');
    this.#step(calling, 'information collected', {}, () => this.analyse());
  }

  /** The digits are there: they are analysed, and the call is routed. */
  analyse(): void {
    const calling = this.legs.get(LEG_CALLING);
    if (calling !== undefined) this.#step(calling, 'information analysed', {}, () => this.routeCalled());
  }

  routeCalled(): void {
    const called = this.legs.get(LEG_CALLED);
    if (called !== undefined) this.route(called, called.number);
  }

  /** A leg is called, at first or anew. */
  route(leg: Leg, number: string): void {
    this.record.note(`route leg ${leg.id} ${number}`);
    leg.route(number, this.ports.parties.called(number));
    const point = leg.bcsm.kind === 'O' ? 'oNoAnswer' : 'tNoAnswer';
    const criteria = this.armed.find(point, leg.id)?.criteria;
    if (criteria !== undefined && 'applicationTimer' in criteria) leg.limitRinging(criteria.applicationTimer);
  }

  /** After a failure or a disconnection, or instead of what was dialled. */
  reroute(leg: Leg, number: string): void {
    leg.bcsm.step('another destination');
    if (leg.bcsm.kind === 'O') leg.bcsm.step('information analysed');
    this.route(leg, number);
  }

  /** More digits are dialled; they come to the detection point of collected digits again. */
  collectMore(): void {
    const calling = this.legs.get(LEG_CALLING);
    const called = this.legs.get(LEG_CALLED);
    if (calling === undefined || called === undefined) return;
    calling.bcsm.step('more digits asked for');
    calling.after(1000, () => {
      called.number += this.#caller.moreDigits ?? '';
      this.onNetwork(calling, 'information collected', { destination: called.number });
    });
  }

  newSegment(id: number): LegSegment {
    const segment = new CallSegment<Leg>(this, id);
    this.segments.set(id, segment);
    return segment;
  }

  addLeg(id: number, segment: LegSegment, bcsm: Bcsm): Leg {
    const leg = new Leg(this, id, bcsm, segment);
    this.legs.set(id, leg);
    segment.legs.set(id, leg);
    return leg;
  }

  now(): number {
    return this.ports.clock.monotonic();
  }

  onNetwork(leg: Leg, event: BcsmEvent, details: EventDetails): void {
    if (this.legs.get(leg.id) !== leg) return;
    this.#step(leg, event, details, () => this.#afterEvent(leg, event, details));
    this.settle();
  }

  /** Sends what is due, and ends what is over. To be called after every event from outside of the dialogue. */
  settle(): void {
    this.#checkControl();
    this.dialogue.flush();
    if (this.legs.size === 0 && !this.#over && !this.#controlled) {
      this.#over = true;
      this.onOver(this);
    }
  }

  /** The dialogue that the gsmSCF opened to make a call. */
  acceptedFrom(dialogue: Dialogue): void {
    this.dialogue.accept(dialogue);
    dialogue.idleLimitMs = ACTIVE_CALL_IDLE_MS;
    this.#controlled = true;
    this.#instructed = true;
  }

  onMessage(message: 'begin' | 'continue' | 'end'): void {
    this.#instructed = true;
    if (message !== 'end') this.settle();
    this.#instructed = false;
  }

  onClosed(abort: AbortIndication | undefined): void {
    if (!this.#controlled) return;
    this.#controlled = false;
    this.record.note(abort === undefined ? 'dialogue ended by gsmSCF' : `dialogue lost: ${abort.kind}`);
    this.due.drop();
    for (const segment of [...this.segments.values()])
      segment.on(abort === undefined ? 'control ended' : 'dialogue lost');
    this.settle();
  }

  onOutcome(direction: 'sent' | 'received', operation: string, wrong: string | undefined): void {
    this.ports.onOutcome?.(this.phase, direction, operation, wrong);
  }

  onTssf(segment: LegSegment): void {
    this.record.note('Tssf expired');
    segment.on('Tssf expiry');
    this.settle();
  }

  act(segment: LegSegment, action: CsAction): void {
    switch (action) {
      case 'open dialogue':
        return this.#open();
      case 'report as request':
      case 'report as notification':
        this.#report?.();
        this.#report = undefined;
        return;
      case 'connect gsmSRF':
        return connectResource(this, segment);
      case 'ask gsmSRF':
        if (segment.resource !== undefined) this.askResource?.(segment.resource);
        return;
      case 'disconnect gsmSRF':
        return disconnectResource(this, segment);
      case 'connect assisting node':
        this.connectAssisting?.(segment);
        return;
      case 'disconnect assisting node':
        this.record.note('temporary connection released');
        this.disconnectAssisting?.(segment);
        return;
      case 'release call':
        for (const leg of [...segment.legs.values()]) this.releaseLeg(leg, this.releaseCause);
        return;
      case 'abort dialogue':
        this.#controlled = false;
        this.due.drop();
        this.dialogue.abort();
        for (const other of [...this.segments.values()]) other.on('dialogue lost');
        return;
      case 'default handling':
        return this.#defaultHandling(segment);
      default:
        return;
    }
  }

  /** What a releaseCall under way releases with. */
  releaseCause = NORMAL_UNSPECIFIED;

  /** A leg is gone: what is owed for it is reported. */
  releaseLeg(leg: Leg, cause: number): void {
    if (this.legs.get(leg.id) !== leg) return;
    this.legs.delete(leg.id);
    leg.stop();
    leg.bcsm.step('released');
    this.record.note(`release leg ${leg.id} cause ${cause}`);
    this.due.legOver(leg, cause);
    this.armed.disarmLeg(leg.id);
    this.#detach(leg);
    if (leg.id === LEG_CALLING) this.later.cancel(this.#patience);
  }

  /** Takes a leg out of its segment; the last one takes the segment with it. */
  #detach(leg: Leg): void {
    const { segment } = leg;
    segment.legs.delete(leg.id);
    segment.suspended.delete(leg.id);
    if (segment.legs.size > 0) return;
    segment.on('no leg left');
    segment.srfCharging?.ended();
    this.segments.delete(segment.id);
  }

  /** splitLeg and moveLeg: both segments wait for instructions then. */
  moveLeg(leg: Leg, to: LegSegment): void {
    const from = leg.segment;
    const waiting = from.suspended.get(leg.id);
    this.#detach(leg);
    leg.segment = to;
    to.legs.set(leg.id, leg);
    to.suspended.set(leg.id, waiting ?? { point: undefined, goOn: () => undefined });
    to.on('leg waits here');
    if (from.legs.size > 0) from.on('leg waits here');
    this.record.note(`leg ${leg.id} to segment ${to.id}`);
  }

  canConnect(segment: LegSegment): boolean {
    return [...segment.suspended.values()].some(({ point }) => letsConnect(point));
  }

  /** A party goes, whatever the state of the call. */
  hangUp(legId: number): void {
    const leg = this.legs.get(legId);
    if (leg === undefined) return;
    const event = this.#isAnswered(leg) ? 'disconnect' : 'calling party gives up';
    this.onNetwork(leg, event, { cause: NORMAL });
  }

  /** A leg or a whole segment fails in the exchange: 3GPP TS 29.078 §11.16. */
  fail(segment: LegSegment, cause: number): void {
    if (this.#controlled && this.dialogue.has('entityReleased')) {
      this.dialogue.invoke('entityReleased', {
        callSegmentFailure: {
          callSegmentID: segment.id,
          cause: encodeCause({ codingStandard: 0, location: 0, value: cause }),
        },
      });
    }
    for (const leg of [...segment.legs.values()]) this.releaseLeg(leg, cause);
    this.settle();
  }

  /** What the caller says to the next prompt. */
  nextReply() {
    return this.#caller.replies?.[this.#replies++];
  }

  #isAnswered(leg: Leg): boolean {
    return leg.bcsm.isActive;
  }

  /** One event of the state model, with the detection point on its way. */
  #step(leg: Leg, event: BcsmEvent, details: EventDetails, goOn: () => void): void {
    const point = leg.bcsm.step(event);
    if (point === undefined) return;
    if (event === 'answer') this.#onAnswer(leg);
    if (point === null) return goOn();
    this.#encounter(point, leg, details, goOn);
  }

  #onAnswer(leg: Leg): void {
    leg.answered();
    this.later.cancel(this.#patience);
    const calling = this.legs.get(LEG_CALLING);
    if (calling !== undefined && calling.bcsm === leg.bcsm && calling.answeredAtMs === undefined)
      calling.answered();
  }

  #encounter(point: DetectionPoint, leg: Leg, details: EventDetails, goOn: () => void): void {
    const { segment } = leg;
    if (!this.#controlled) {
      if (this.request?.trigger !== point || segment.state !== 'Wait_For_Request') return goOn();
      segment.suspended.set(leg.id, { point, goOn });
      segment.on('TDP-R');
      return;
    }
    const armed = this.armed.meet(point, leg.id);
    if (armed === undefined) {
      if (segment.waits && endsLeg(point)) this.#goneWhileWaiting = true;
      return goOn();
    }
    const request = armed.mode === 'interrupted';
    this.#report = () => {
      this.record.note(`${point} leg ${leg.id} ${request ? 'request' : 'notification'}`);
      if (endsLeg(point)) this.due.connectionOver(leg, details.cause ?? NORMAL);
      this.dialogue.invoke(
        'eventReportBCSM',
        eventReport(point, leg.id, details, request ? 'request' : 'notification', this.phase),
      );
    };
    if (request) {
      segment.suspended.set(leg.id, { point, goOn });
      segment.on('EDP-R');
    } else {
      segment.on('EDP-N');
      goOn();
    }
  }

  /** What happens at last, after the gsmSCF has had its say. */
  #afterEvent(leg: Leg, event: BcsmEvent, { cause }: EventDetails): void {
    switch (event) {
      case 'information collected':
        return this.analyse();
      case 'answer':
        return this.#afterAnswer(leg);
      case 'route failure':
      case 'busy':
      case 'no answer':
      case 'disconnect':
      case 'calling party gives up':
        return this.#clear(leg, cause ?? NORMAL);
      default:
        return;
    }
  }

  #afterAnswer(leg: Leg): void {
    leg.talks();
    const calling = this.legs.get(LEG_CALLING);
    if (calling === undefined || calling.bcsm !== leg.bcsm) return;
    const { talksMs, incidents = [] } = this.#caller;
    if (talksMs !== undefined) calling.after(talksMs, () => this.hangUp(LEG_CALLING));
    for (const { afterMs, leg: id, event, digits } of incidents) {
      leg.after(afterMs, () => {
        const party = this.legs.get(id);
        if (party !== undefined) this.onNetwork(party, event, digits === undefined ? {} : { digits });
      });
    }
  }

  /** A party is gone: with it the call, unless others are left who have a call with each other. */
  #clear(leg: Leg, cause: number): void {
    const { segment } = leg;
    this.releaseLeg(leg, cause);
    if (segment.legs.size < 2 || leg.id === LEG_CALLING) {
      for (const other of [...segment.legs.values()]) this.releaseLeg(other, cause);
    }
  }

  /**
   * The control relationship ends when nothing waits for instructions, nothing is armed and no report is owed: by TC-END
   * with what is still to be said, or else, when an instruction led to it, so that both know: 3GPP TS 29.078 §14.1.4.1.
   */
  #checkControl(): void {
    if (!this.#controlled || !this.dialogue.isOpen) return;
    const waits = [...this.segments.values()].some((segment) => segment.waits);
    if (this.segments.size > 0 && (waits || this.armed.size > 0 || this.due.pending)) return;
    this.#controlled = false;
    if (this.dialogue.state === 'init-sent' || (this.#goneWhileWaiting && !this.dialogue.hasStaged)) {
      // Before its first answer the gsmSCF cannot be told: its answer finds no dialogue.
      this.record.note('dialogue aborted');
      this.dialogue.abort();
    } else {
      const prearranged = this.#instructed && !this.dialogue.hasStaged;
      this.record.note(prearranged ? 'dialogue ended, prearranged' : 'dialogue ended');
      this.dialogue.end(prearranged ? 'prearranged' : 'basic');
    }
    this.due.drop();
    for (const segment of [...this.segments.values()]) segment.on('control ended');
  }

  #open(): void {
    const { ports, request } = this;
    if (request === undefined) return;
    this.#controlled = true;
    const opened = this.dialogue.open(ports.tcap, {
      localAddress: ports.localAddress,
      remoteAddress: ports.scfAddress,
      applicationContext: callContexts[request.phase].context.objectIdentifier,
      idleLimitMs: ACTIVE_CALL_IDLE_MS,
    });
    // Without a dialogue Tssf ends the wait.
    if (!opened) return this.record.note('no dialogue');
    this.dialogue.invoke('initialDP', initialDPOf(request, ports), {
      error: (error) => this.#refused(error?.name ?? 'unknown error'),
      rejected: () => this.#refused('rejected'),
    });
    this.record.note(`initialDP ${request.trigger}`);
    this.dialogue.flush();
  }

  #refused(why: string): void {
    this.record.note(`initialDP refused: ${why}`);
    if (!this.#controlled) return;
    this.#controlled = false;
    this.dialogue.end();
    for (const segment of [...this.segments.values()]) segment.on('dialogue lost');
  }

  #defaultHandling(segment: LegSegment): void {
    const handling = this.request?.defaultHandling ?? 'release';
    this.record.note(`default handling ${handling}`);
    if (handling === 'release')
      for (const leg of [...segment.legs.values()]) this.releaseLeg(leg, NORMAL_UNSPECIFIED);
    else segment.resume();
  }
}
