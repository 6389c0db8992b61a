/**
 * The signalling part: associations, SCCP, TCAP, and the gateways to the subscriber actors. It owns calls, dialogues and
 * protocol timers, and never waits for disk.
 */

import type { CapGatewayOptions } from '../../gateway/cap/cap-call-host.ts';
import { CapGateway } from '../../gateway/cap/cap-gateway.ts';
import { AnswersDue } from '../../gateway/map/answers-due.ts';
import { Interrogation } from '../../gateway/map/interrogation.ts';
import { mapAcceptor } from '../../gateway/map/map-acceptor.ts';
import { NodePace } from '../../gateway/map/node-pace.ts';
import {
  alertContexts,
  mmEventContexts,
  reachabilityService,
} from '../../gateway/map/reachability-gateway.ts';
import { ReturnDelays } from '../../gateway/map/return-delays.ts';
import type {
  DeliveryAddresses,
  DeliveryOutcome,
  SmsDeliveryOptions,
} from '../../gateway/map/sms-delivery-ports.ts';
import { type SelfCareOptions, type SelfCareParts, selfCareParts } from '../../gateway/self-care.ts';
import { VersionMemory } from '../../stack/map/service/version-memory.ts';
import type { TcapService } from '../../stack/tcap/service.ts';
import type { Clock } from '../../types/clock.ts';
import type { Counters } from '../../types/counters.ts';
import type { LatencyHistogram } from '../../types/latency-histogram.ts';
import type { Log } from '../../types/log.ts';
import type { AnswerSelfCare } from '../../types/model/effect.ts';
import type { EffectId } from '../../types/model/notice.ts';
import { type Delivery, ringKinds } from '../../types/model/thread.ts';
import type { RingReader, RingWriter } from '../../types/ports/ring.ts';
import { noTraffic, type TrafficTapPoint } from '../../types/ports/traffic-tap.ts';
import type { TimerListener, Timers } from '../../types/timers.ts';
import {
  decodeDecideReply,
  decodeDelivery,
  decodeGreetReply,
  decodeReleasedEffect,
} from '../../wire/thread.ts';
import { ActorGateway, type ShardRings } from './actor-gateway.ts';
import { CentreMessageDesk } from './centre-message-desk.ts';
import { DecisionBacklog } from './decision-backlog.ts';
import { DeliveryDesk } from './delivery-desk.ts';
import { Overload } from './overload.ts';

/** Subsystem numbers at which we are reached: the service centre, CAP, and MAP in the gsmSCF (3GPP TS 23.003 §8.2). */
export const SUBSYSTEMS = { serviceCentre: 8, cap: 146, gsmScf: 147 } as const;

export interface SignallingOptions {
  readonly tcap: TcapService;
  /** Something came up outside a turn of work: a message from the network. */
  readonly wake: () => void;
  /** Stops and goes on reading from the network. */
  readonly setReading: (reading: boolean) => void;
  /** More has come from the network than was taken. */
  readonly isBehind: () => boolean;
  /** Whether anything can be sent: until then, deliveries and queries wait in their rings rather than fail. */
  readonly isUp: () => boolean;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly counters: Counters;
  readonly log: Log;
  readonly cap: CapGatewayOptions;
  readonly delivery: SmsDeliveryOptions;
  /** Absent: subscribers can say nothing. */
  readonly selfCare?: SelfCareOptions | undefined;
  readonly addresses: DeliveryAddresses;
  readonly deliveriesMax: number;
  /** How we find out that subscribers are back; absent: nobody is asked, and nothing is paced but what is congested. */
  readonly availability?: AvailabilityOptions | undefined;
  /** Tokens of this life of the thread start here, above those of every earlier one. */
  readonly firstToken: number;
  /** Of this life of the threads that do effects; what an older one was asked for is asked again. */
  readonly epoch: number;
  readonly shards: readonly ShardRings[];
  readonly shardOf: (partition: number) => number;
  readonly fromShards: readonly RingReader[];
  readonly queries: readonly RingReader[];
  readonly fromNotifier: RingReader;
  /** Short messages that message centres brought, and what became of them. */
  readonly messages: RingReader;
  readonly messagesTaken: RingWriter;
  readonly latencies: {
    readonly initialDpToAnswer: LatencyHistogram;
    readonly returnToNotice: LatencyHistogram;
  };
  readonly onNotice: (delivery: Delivery, outcome: DeliveryOutcome) => void;
  /** Absent: nothing is ever recorded. */
  readonly traffic?: TrafficTapPoint | undefined;
}

export interface AvailabilityOptions {
  /** anyTimeInterrogations a second (A4); 0: nobody is asked. */
  readonly interrogationsPerSecond: number;
  /** Notices a second to one serving node (A8); 0: as many as it takes. */
  readonly noticesPerSecondAndNode: number;
  /** The longest that a return told by the visited network waits for the HLR's alert (A6); 0: it does not. */
  readonly waitForAlertMs: number;
  /** International digits of our own address as gsmSCF. */
  readonly gsmScf: string;
}

const NO_AVAILABILITY: AvailabilityOptions = {
  interrogationsPerSecond: 0,
  noticesPerSecondAndNode: 0,
  waitForAlertMs: 0,
  gsmScf: '',
};

/** An association that has had more than was taken for so long is as bad as a call that waits for as long as it may. */
const BEHIND_MAX_MS = 2_000;

/** An alert that is not durable by then is answered with an error: its timer is 3 to 10 s (3GPP TS 29.002 §17.1.2, timer s). */
const ALERT_MAX_MS = 8_000;
const ALERT_LATE = 1;

/** Records taken from one ring in one turn. */
const READ_MAX = 512;

export class Signalling implements TimerListener {
  readonly #options: SignallingOptions;
  readonly #actors: ActorGateway;
  readonly #cap: CapGateway;
  readonly #desk: DeliveryDesk;
  readonly #pace: NodePace;
  readonly #interrogation: Interrogation;
  /** Alerts of the HLR that are answered when the return is durable. */
  readonly #answers: AnswersDue;
  readonly #selfCare: SelfCareParts | undefined;
  readonly #centreMessages: CentreMessageDesk;
  readonly #overload: Overload;
  readonly #backlog = new DecisionBacklog();
  /** How full the fullest ring to a shard was in the last turn. */
  #fill = 0;
  #returnsFill = 0;
  /** How long, in all turns since, the associations have had more than was taken. */
  #behindSinceMs = Infinity;
  /** So that there is a turn in which an alert, or something that was said, is found late. */
  #alertTimer = 0;
  #draining = false;

  constructor(options: SignallingOptions) {
    this.#options = options;
    const { tcap, clock, timers, counters, latencies, traffic = noTraffic } = options;
    this.#overload = new Overload(options);
    this.#actors = new ActorGateway(options.shards, options.shardOf, options.wake);
    this.#cap = new CapGateway(
      options.cap,
      {
        clock,
        timers,
        counters,
        subscribers: this.#actors,
        traffic,
        onLate: (deciding) => this.#backlog.late(deciding, options.cap.answerDeadlineMs),
        onAnswered: (latencyMs, how) => {
          latencies.initialDpToAnswer.record(latencyMs);
          counters.count(`call.${how}`);
        },
      },
      options.firstToken,
    );
    const { gsmScf, ...availability } = options.availability ?? NO_AVAILABILITY;
    const versions = new VersionMemory({ now: () => timers.now(), counters });
    this.#pace = new NodePace({
      timers,
      counters,
      perSecond: availability.noticesPerSecondAndNode,
      waitingMax: Math.max(1, Math.floor(options.deliveriesMax / 2)),
    });
    this.#interrogation = new Interrogation(
      { timers, counters, tcap, versions, addresses: options.addresses },
      {
        interrogationsPerSecond: availability.interrogationsPerSecond,
        interrogationsMax: Math.max(1, Math.floor(options.deliveriesMax / 4)),
        timeoutMs: options.delivery.routingTimeoutMs,
        gsmScf,
        gsmScfAddress: options.addresses.subsystem(gsmScf, SUBSYSTEMS.gsmScf),
      },
    );
    this.#desk = new DeliveryDesk({
      pace: this.#pace,
      interrogation: this.#interrogation,
      onContact: (subscriber, ageMs) => {
        const source = { kind: 'subscriber-reachable', source: 'interrogation' } as const;
        const what = ageMs === 0 ? source : { ...source, ageMs };
        this.#actors.report({ subscriber, atMs: clock.now(), what });
      },
      clock,
      timers,
      counters,
      tcap,
      versions,
      addresses: options.addresses,
      numbering: options.cap.numbering,
      options: options.delivery,
      deliveriesMax: options.deliveriesMax,
      onOutcome: (partition, event) => this.#actors.outcome(partition, event),
      onSent: (_delivery, sinceReturnMs) => {
        if (sinceReturnMs >= 0) latencies.returnToNotice.record(sinceReturnMs);
      },
      onNotice: (delivery, outcome) => {
        this.#selfCare?.wrote(delivery.notice.recipient, delivery.text);
        traffic.tap?.take({
          kind: 'notice-ended',
          subscriber: delivery.notice.recipient,
          result: outcome.result,
          parts: delivery.parts.length,
          tookMs: Math.max(0, clock.now() - outcome.startedAtMs),
        });
        options.onNotice(delivery, outcome);
      },
    });
    this.#answers = new AnswersDue(options.firstToken);
    const reachability = {
      clock,
      counters,
      subscribers: this.#actors,
      answers: this.#answers,
      delays: new ReturnDelays(availability.waitForAlertMs),
      numbering: options.cap.numbering,
      traffic,
    };
    tcap.accept(SUBSYSTEMS.cap, this.#cap);
    this.#selfCare =
      options.selfCare === undefined
        ? undefined
        : selfCareParts(options.selfCare, {
            clock,
            counters,
            actors: this.#actors,
            numbering: options.cap.numbering,
            serviceCentre: options.delivery.serviceCentre,
            firstToken: options.firstToken,
          });
    this.#centreMessages = new CentreMessageDesk(
      options.messages,
      options.messagesTaken,
      this.#selfCare,
      counters,
    );
    const { atServiceCentre = [], atGsmScf = [] } = this.#selfCare ?? {};
    const alerts = reachabilityService(alertContexts, reachability);
    const mmEvents = reachabilityService(mmEventContexts, reachability);
    tcap.accept(SUBSYSTEMS.serviceCentre, mapAcceptor([alerts, ...atServiceCentre], counters));
    tcap.accept(SUBSYSTEMS.gsmScf, mapAcceptor([mmEvents, ...atGsmScf], counters));
  }

  get status(): SignallingStatus {
    return {
      openCalls: this.#cap.openCalls,
      openDialogues: this.#options.tcap.openDialogues,
      deliveries: this.#desk.underWay,
      outcomesWaiting: this.#actors.waiting,
      overload: this.#overload.takeWorst(),
      pacedWaiting: this.#pace.waiting,
      pacedOldestMs: this.#pace.oldestMs,
      interrogationsWaiting: this.#interrogation.waiting,
    };
  }

  /** Whether one more dialogue of this subsystem may be let in. */
  admits(ssn: number): boolean {
    if (this.#draining) return false;
    this.#overload.update(this.#fill, this.#late, this.#returnsFill);
    if (ssn !== SUBSYSTEMS.cap) return this.#overload.admitsDialogues;
    return this.#overload.level.newCalls === 'watched' && this.#cap.admits;
  }

  /** Nothing new is taken in; deliveries under way go on. */
  drain(): void {
    this.#draining = true;
  }

  get drained(): boolean {
    return this.#desk.underWay === 0 && this.#actors.waiting === 0;
  }

  /** Something waits for room in a ring. */
  get stalled(): boolean {
    return this.#actors.waiting > 0;
  }

  /** We go: every call goes on without us. */
  letAllGo(): void {
    this.#cap.letAllGo();
  }

  doWork(): number {
    let work = 0;
    for (const ring of this.#options.fromShards) work += this.#read(ring, READ_MAX);
    if (!this.#draining && this.#options.isUp()) {
      for (const ring of this.#options.queries) work += this.#begin(ring);
      work += this.#begin(this.#options.fromNotifier);
    }
    work += this.#centreMessages.doWork(!this.#draining && this.#overload.admitsDialogues);
    work += this.#actors.flush();
    const nowMs = this.#options.timers.now();
    this.#backlog.measure(nowMs);
    this.#answers.expire(this.#options.clock.monotonic(), ALERT_MAX_MS);
    const someoneWaits = this.#selfCare?.desk.expire() === true;
    work += this.#centreMessages.flush();
    if (this.#alertTimer === 0 && (this.#answers.size > 0 || someoneWaits))
      this.#alertTimer = this.#options.timers.start(ALERT_MAX_MS, this, ALERT_LATE, 0);
    this.#fill = this.#actors.fill;
    this.#returnsFill = this.#actors.returnsFill;
    this.#behindSinceMs = this.#options.isBehind() ? Math.min(this.#behindSinceMs, nowMs) : Infinity;
    this.#overload.update(this.#fill, this.#late, this.#returnsFill);
    return work;
  }

  onTimer(): void {
    this.#alertTimer = 0;
  }

  /** How late calls are, 0 … 1 and above. */
  get #late(): number {
    const { timers, cap } = this.#options;
    return Math.max(
      this.#backlog.waitMs(this.#cap.deciding) / cap.answerDeadlineMs,
      (timers.now() - this.#behindSinceMs) / BEHIND_MAX_MS,
    );
  }

  /** Begins the deliveries and queries of a ring that there is room for, and that the load allows. */
  #begin(ring: RingReader): number {
    // An outcome that waits for its shard is as good as a delivery under way.
    const room = Math.min(this.#desk.room, this.#options.deliveriesMax - this.#actors.waiting);
    const allowed = this.#overload.noticesAllowed(Math.min(READ_MAX, room));
    if (allowed <= 0) return 0;
    const begun = this.#read(ring, allowed);
    this.#overload.noticesBegun(begun);
    return begun;
  }

  #read(ring: RingReader, max = READ_MAX): number {
    let last = -1;
    const count = ring.read((kind, record, position) => {
      last = position;
      this.#take(kind, record);
    }, max);
    // What is taken here is not kept: a life that ends loses it, and the next epoch brings it again.
    if (last >= 0) ring.release(last);
    return count;
  }

  #take(kind: number, record: Uint8Array): void {
    switch (kind) {
      case ringKinds.decideReply: {
        const reply = decodeDecideReply(record);
        this.#backlog.answered();
        if (reply.ok) return this.#cap.decided(reply.value);
        return this.#damaged(kind, reply.code);
      }
      case ringKinds.releasedEffect: {
        const released = decodeReleasedEffect(record);
        if (!released.ok) return this.#damaged(kind, released.code);
        const { epoch, effect } = released.value;
        const { what } = effect;
        if (what.kind === 'answer-call') return this.#cap.durable(what.answerToken, what.answer);
        if (what.kind === 'answer-alert') return this.#answers.durable(what.answerToken);
        if (what.kind === 'answer-self-care') return this.#answerSelfCare(effect.id, what, epoch);
        if (epoch < this.#options.epoch) return this.#options.counters.count('delivery.older-epoch');
        if (what.kind === 'query-reachability') {
          return this.#desk.query(effect.id, what);
        }
        return this.#damaged(kind, what.kind);
      }
      case ringKinds.greetReply: {
        const reply = decodeGreetReply(record);
        if (!reply.ok) return this.#damaged(kind, reply.code);
        return this.#selfCare?.desk.greeted(reply.value.token, reply.value.language);
      }
      case ringKinds.intakeHeld:
        return this.#overload.holdByNotices(record[0] ?? 0, record[1] === 1);
      case ringKinds.delivery: {
        const delivery = decodeDelivery(record);
        if (!delivery.ok) return this.#damaged(kind, delivery.code);
        if (delivery.value.epoch < this.#options.epoch) {
          return this.#options.counters.count('delivery.older-epoch');
        }
        return this.#desk.deliver(delivery.value);
      }
      default:
        return this.#damaged(kind, 'unknown-kind');
    }
  }

  #answerSelfCare(id: EffectId, what: AnswerSelfCare, epoch: number): void {
    const { counters } = this.#options;
    const mine = epoch >= this.#options.epoch;
    if (!mine) counters.count('delivery.older-epoch');
    // Its effect stays open until somebody can write it.
    if (this.#selfCare === undefined) return counters.count('self-care.nobody-writes');
    this.#selfCare.desk.answered(id, what, mine);
  }

  #damaged(kind: number, code: string): void {
    this.#options.counters.count(`signalling.input-damaged.${code}`);
    this.#options.log.error('signalling.input-damaged', { kind, code });
  }
}

export interface SignallingStatus {
  readonly openCalls: number;
  readonly openDialogues: number;
  readonly deliveries: number;
  readonly outcomesWaiting: number;
  /** The worst level of overload since the last report, an index of `OVERLOAD_LEVELS`. */
  readonly overload: number;
  /** Notices that wait for their serving node (A8), and for how long the first of them. */
  readonly pacedWaiting?: number;
  readonly pacedOldestMs?: number;
  /** Questions to the HLR that wait for the budget (A4). */
  readonly interrogationsWaiting?: number;
}
