/**
 * An SCCP node (ITU-T Q.711 – Q.714), connectionless: routing control, connectionless control and management put together
 * between the MTP3 service below and the users of its subsystems above.
 */
import assert from 'node:assert/strict';
import type { Counters } from '../../types/counters.ts';
import type { Log } from '../../types/log.ts';
import type { Random } from '../../types/random.ts';
import type { Timers } from '../../types/timers.ts';
import type { MtpService, MtpStatusCause, MtpTransfer, MtpUser } from '../m3ua/mtp.ts';
import { DEFAULT_TIMES, MTP_MESSAGE_OCTETS_MAX, type SccpConfig } from './configuration.ts';
import { ConnectionlessControl, type SendOutcome } from './connectionless-control.ts';
import { Destinations } from './destinations.ts';
import { isDigits } from './global-title.ts';
import { GlobalTitleTranslation } from './global-title-translation.ts';
import { LocalQueue } from './local-queue.ts';
import { type LocalSubsystem, LocalSubsystems } from './local-subsystems.ts';
import { Management, type ManagementUser, SCMG_SSN } from './management.ts';
import { encodeManagement, type ManagementMessage } from './management-message.ts';
import { type DataMessage, decodeMessage, type ServiceMessage } from './message.ts';
import { Reassembly } from './reassembly.ts';
import { RETURN_CAUSE, type ReturnCauseName } from './return-causes.ts';
import { type Route, RoutingControl } from './routing-control.ts';
import { SequenceControl } from './sequence-control.ts';
import type { Notice, PointCodeState, SccpAddress, SccpService, SccpUser, Unitdata } from './service.ts';
import { IMPORTANCE_DEFAULT, importanceOf, TrafficLimitation } from './traffic-limitation.ts';
import type { TranslationProblem, TranslationRule } from './translation-rules.ts';

/** The service indicator of SCCP (ITU-T Q.704 §14.2.1). */
export const SCCP_SERVICE_INDICATOR = 3;

/** How full the reassembly table is when other nodes are asked to send less, and what they are asked to leave out then. */
const CONGESTED_FROM = 0.75;
const CONGESTED_LEVEL = IMPORTANCE_DEFAULT;

export interface SccpOptions {
  readonly config: SccpConfig;
  readonly mtp: MtpService;
  readonly timers: Timers;
  readonly counters: Counters;
  readonly random: Random;
  readonly log: Log;
}

export interface SccpSnapshot {
  readonly pointCode: number;
  readonly subsystems: readonly { readonly ssn: number; readonly inService: boolean }[];
  readonly inaccessible: readonly number[];
  readonly prohibited: readonly { readonly pointCode: number; readonly ssn: number }[];
  readonly congested: readonly { readonly pointCode: number; readonly level: number }[];
  readonly reassemblies: number;
}

const RECEIVED = {
  UDT: 'sccp.udt.received',
  UDTS: 'sccp.udts.received',
  XUDT: 'sccp.xudt.received',
  XUDTS: 'sccp.xudts.received',
  LUDT: 'sccp.ludt.received',
  LUDTS: 'sccp.ludts.received',
} as const;

type RemoteRoute = Extract<Route, { readonly to: 'remote' }>;

export class Sccp implements SccpService, MtpUser, ManagementUser {
  readonly #config: SccpConfig;
  readonly #counters: Counters;
  readonly #log: Log;
  readonly #translation = new GlobalTitleTranslation();
  readonly #subsystems: LocalSubsystems;
  readonly #limitation: TrafficLimitation;
  readonly #management: Management;
  readonly #routing: RoutingControl;
  readonly #connectionless: ConnectionlessControl;
  readonly #reassembly: Reassembly;
  readonly #sequence = new SequenceControl();
  readonly #local: LocalQueue;
  #congestionLevel = 0;

  constructor(options: SccpOptions) {
    const { config, timers, counters } = options;
    const { pointCode, pointCodeBits = 14 } = config;
    const times = { ...DEFAULT_TIMES, ...config.times };
    const count = (name: string) => counters.count(name);
    this.#config = config;
    this.#counters = counters;
    this.#log = options.log;
    const wrong = this.#translation.replace(config.translation ?? []);
    assert(wrong.length === 0, wrong.map(({ path, message }) => `translation${path}: ${message}`).join('; '));
    this.#local = new LocalQueue(timers, count);
    this.#subsystems = new LocalSubsystems({
      timers,
      ...times,
      replicas: config.replicas ?? [],
      broadcast: (kind, ssn) => this.#management.broadcast(kind, ssn),
      sendRequest: (replica) => this.#management.sendOutOfServiceRequest(replica),
    });
    this.#limitation = new TrafficLimitation({
      timers,
      times,
      count,
      onLevel: (affected, level) => this.#onCongestion(affected, level),
    });
    this.#management = new Management({
      pointCode,
      pointCodeBits,
      timers,
      ...times,
      concernedPointCodes: config.concernedPointCodes ?? [],
      subsystems: this.#subsystems,
      limitation: this.#limitation,
      count,
      user: this,
    });
    this.#routing = new RoutingControl(pointCode, this.#translation, this.#management);
    this.#connectionless = new ConnectionlessControl({
      counters,
      destinations: new Destinations(
        config.messageOctetsMax ?? MTP_MESSAGE_OCTETS_MAX,
        config.destinations ?? [],
      ),
      pointCodeBits,
      hopCounter: config.hopCounter ?? 15,
      localReference: options.random.uint32(),
      transfer: (dpc, sls, importance, data) =>
        options.mtp.transfer({
          opc: pointCode,
          dpc,
          si: SCCP_SERVICE_INDICATOR,
          ni: config.networkIndicator ?? 2,
          // Two degrees of importance share one of the priorities 0 … 3. non-standard: a national matter.
          mp: config.messagePriorities === true ? importance >> 1 : 0,
          sls,
          data,
        }),
    });
    this.#reassembly = new Reassembly({
      timers,
      reassemblyMs: times.reassemblyMs,
      reassembliesMax: config.reassembliesMax ?? 4096,
      octetsMax: config.reassemblyOctetsMax ?? 8 * 1_048_576,
      onFailed: (first, opc, sls, cause) => this.#return(first, opc, sls, cause),
      count,
    });
    options.mtp.bind(SCCP_SERVICE_INDICATOR, this);
  }

  get pointCode(): number {
    return this.#config.pointCode;
  }

  bind(ssn: number, user: SccpUser): void {
    assert(ssn > SCMG_SSN && ssn < 256, `subsystem number ${ssn} cannot be bound`);
    assert(this.#subsystems.get(ssn) === undefined, `subsystem ${ssn} has a user`);
    this.#subsystems.add(ssn, user);
  }

  /** N-STATE.request: a subsystem here goes out of service or comes back; the nodes concerned are told. */
  setInService(ssn: number, inService: boolean): void {
    this.#subsystems.step(ssn, inService ? 'N-STATE.req in' : 'N-STATE.req out');
  }

  /** N-COORD.request: a subsystem here asks to go out of service; `onCoordinated` says whether it may (ITU-T Q.714 §5.3.5). */
  requestOutOfService(ssn: number): void {
    this.#subsystems.step(ssn, 'N-COORD.req');
  }

  /** A subsystem here takes no more, or does again: what comes meanwhile is returned (ITU-T Q.714 §2.8.4). */
  setCongested(ssn: number, congested: boolean): void {
    const subsystem = this.#subsystems.get(ssn);
    if (subsystem !== undefined) subsystem.congested = congested;
  }

  /**
   * The congestion of this node, 1 … 8, or 0 for none: those who send to it are told by SSC, and leave out what is less important (ITU-T Q.714
   * §5.2.8). The reassembly table sets a level by itself while it is nearly full.
   */
  setCongestionLevel(level: number): void {
    assert(Number.isInteger(level) && level >= 0 && level <= 8, 'a congestion level is 0 … 8');
    this.#congestionLevel = level;
  }

  /** Takes a new translation table, for the messages that come from now on. Returns all that is wrong with it; then the old one stays. */
  replaceTranslation(rules: readonly TranslationRule[]): readonly TranslationProblem[] {
    const problems = this.#translation.replace(rules);
    this.#counters.count(problems.length === 0 ? 'sccp.translation.replaced' : 'sccp.translation.refused');
    return problems;
  }

  snapshot(): SccpSnapshot {
    return {
      pointCode: this.#config.pointCode,
      subsystems: [...this.#subsystems.all].map(({ ssn }) => ({
        ssn,
        inService: this.#subsystems.isInService(ssn),
      })),
      inaccessible: [...this.#management.inaccessible],
      prohibited: this.#management.prohibited,
      congested: this.#limitation.congested,
      reassemblies: this.#reassembly.underway,
    };
  }

  // From the users.

  unitdata(request: Unitdata): void {
    if (!isEncodable(request.called) || !isEncodable(request.calling))
      return this.#refuse(request, 'unqualified');
    const sls = this.#sequence.select(request.sequenceControl);
    const route = this.#routing.fromLocal(request.called, sls);
    if (route.to === 'nowhere') return this.#refuse(request, route.cause);
    if (route.to === 'local') {
      const subsystem = this.#subsystemFor(route.ssn);
      if (typeof subsystem === 'string') return this.#refuse(request, subsystem);
      const unitdata = { ...request, called: route.called, data: request.data.slice() };
      if (!this.#local.message(() => subsystem.user.onUnitdata(unitdata)))
        this.#refuse(request, 'subsystem-congestion');
      return;
    }
    if (!this.#limitation.admits(route.pointCode, importanceOf(request)))
      return this.#refuse(request, 'network-congestion');
    const outcome = this.#connectionless.send(request, route.called, route.pointCode, sls);
    if (outcome !== 'sent') this.#refuse(request, this.#causeOf(outcome, route.pointCode));
  }

  // From MTP.

  onTransfer(transfer: MtpTransfer): void {
    const decoded = decodeMessage(transfer.data, this.#config.pointCodeBits);
    if (!decoded.ok) {
      this.#counters.count(`sccp.undecodable.${decoded.code}`);
      return;
    }
    const message = decoded.value;
    this.#counters.count(RECEIVED[message.kind]);
    this.#reportCongestion(transfer.opc);
    if ('returnCause' in message) this.#onService(message, transfer);
    else if (message.protocolClass > 1) this.#counters.count('sccp.class-unknown');
    else this.#onData(message, transfer);
  }

  onPause(pointCode: number): void {
    this.#management.pause(pointCode);
  }

  onResume(pointCode: number): void {
    this.#management.resume(pointCode);
  }

  onStatus(pointCode: number, cause: MtpStatusCause, congestionLevel: number): void {
    this.#counters.count(`sccp.mtp-status.${cause}`);
    this.#management.status(pointCode, cause, congestionLevel);
  }

  // From management.

  sendManagement(pointCode: number, message: ManagementMessage): void {
    const scmg: SccpAddress = { routing: 'ssn', ssn: SCMG_SSN };
    this.#connectionless.put(
      {
        kind: 'UDT',
        protocolClass: 0,
        returnOption: false,
        called: scmg,
        calling: { ...scmg, pointCode: this.#config.pointCode },
        data: encodeManagement(message, this.#config.pointCodeBits),
      },
      pointCode,
      this.#sequence.select(undefined),
    );
  }

  onSubsystemState(pointCode: number, ssn: number, inService: boolean): void {
    this.#log.info('sccp.subsystem', { pointCode, ssn, inService });
    for (const { user } of this.#subsystems.all) user.onState?.(pointCode, ssn, inService);
  }

  onPointCodeState(pointCode: number, state: PointCodeState): void {
    this.#log.info('sccp.point-code', { pointCode, state });
    for (const { user } of this.#subsystems.all) user.onPointCodeState?.(pointCode, state);
  }

  #onCongestion(pointCode: number, level: number): void {
    const state = level === 0 ? 'uncongested' : 'congested';
    this.#log.info('sccp.congestion', { pointCode, level });
    for (const { user } of this.#subsystems.all) user.onPointCodeState?.(pointCode, state, level);
  }

  #onData(message: DataMessage, transfer: MtpTransfer): void {
    const { opc, sls } = transfer;
    const route = this.#routing.fromNetwork(message.called, sls);
    if (route.to === 'nowhere') return this.#return(message, opc, sls, route.cause);
    if (route.to === 'remote') return this.#relay(message, route, transfer);
    if (route.ssn === SCMG_SSN) return this.#management.take(message.data, opc);
    const subsystem = this.#subsystemFor(route.ssn);
    if (typeof subsystem === 'string') {
      // ITU-T Q.714 §5.3.2.1
      if (subsystem === 'subsystem-failure') this.#management.tell(opc, 'SSP', route.ssn);
      return this.#return(message, opc, sls, subsystem);
    }
    const { segmentation } = message;
    const whole =
      segmentation === undefined ? message : this.#reassembly.take(message, segmentation, opc, sls);
    if (whole === undefined) return;
    const inSequence =
      segmentation === undefined ? message.protocolClass === 1 : segmentation.originalClass === 1;
    const unitdata: { -readonly [K in keyof Unitdata]: Unitdata[K] } = {
      called: message.called,
      calling: withOrigin(message.calling, opc),
      data: whole.data,
      returnOption: whole.returnOption,
    };
    if (inSequence) unitdata.sequenceControl = sls;
    if (message.importance !== undefined) unitdata.importance = message.importance;
    subsystem.user.onUnitdata(unitdata);
  }

  #onService(message: ServiceMessage, transfer: MtpTransfer): void {
    const { opc, sls } = transfer;
    const route = this.#routing.fromNetwork(message.called, sls);
    if (route.to === 'nowhere') return this.#counters.count(`sccp.service-dropped.${route.cause}`);
    if (route.to === 'remote') return this.#relay(message, route, transfer);
    const subsystem = this.#subsystems.get(route.ssn);
    if (subsystem === undefined) return this.#counters.count('sccp.service-dropped.unequipped-user');
    // Of a message in segments the first one is enough to know it by.
    if (message.segmentation?.first === false) return this.#counters.count('sccp.service-dropped.segment');
    subsystem.user.onNotice({
      called: message.called,
      calling: withOrigin(message.calling, opc),
      data: message.data,
      returnOption: false,
      returnCause: message.returnCause,
    });
  }

  /** The subsystem that takes a message, or why none does (ITU-T Q.714 §2.8.3 – §2.8.5). */
  #subsystemFor(ssn: number): LocalSubsystem | ReturnCauseName {
    const subsystem = this.#subsystems.get(ssn);
    if (subsystem === undefined) return 'unequipped-user';
    if (subsystem.state === 'out-of-service') return 'subsystem-failure';
    return subsystem.congested ? 'subsystem-congestion' : subsystem;
  }

  /** Sends a translated message on its way (ITU-T Q.714 §2.3.1): one hop less, and where it came from made known. */
  #relay(message: DataMessage | ServiceMessage, route: RemoteRoute, { opc, sls }: MtpTransfer): void {
    const { pointCode, toTranslator } = route;
    const drop = (cause: ReturnCauseName) => {
      if ('returnCause' in message) this.#counters.count(`sccp.service-dropped.${cause}`);
      else this.#return(message, opc, sls, cause);
    };
    const { hopCounter } = message;
    if (hopCounter !== undefined && hopCounter <= 1) return drop('hop-counter-violation');
    // To a translator that takes UDT alone nothing goes that would lose its hop counter, nor what came from it: no circle
    // would end otherwise.
    if (toTranslator && !this.#connectionless.keepsHops(message, pointCode, opc))
      return drop('hop-counter-violation');
    if (!this.#limitation.admits(pointCode, importanceOf(message))) return drop('network-congestion');
    const changes = {
      called: route.called,
      calling: withOrigin(message.calling, opc),
      ...(hopCounter === undefined ? {} : { hopCounter: hopCounter - 1 }),
    };
    const outcome =
      'returnCause' in message
        ? this.#connectionless.relayService({ ...message, ...changes }, toTranslator, pointCode, sls)
        : this.#connectionless.relay({ ...message, ...changes }, toTranslator, pointCode, sls);
    if (outcome === 'sent') this.#counters.count('sccp.relayed');
    else drop(this.#causeOf(outcome, pointCode));
  }

  /** Returns a message of another node with its cause, when it asks for that (ITU-T Q.714 §4.2). */
  #return(message: DataMessage, opc: number, sls: number, cause: ReturnCauseName): void {
    this.#counters.count(`sccp.undelivered.${cause}`);
    if (!message.returnOption) return;
    const service = this.#connectionless.returned(message, cause);
    const route = this.#routing.back(service.called, opc, sls);
    if (route.to !== 'remote') return this.#counters.count('sccp.service-dropped.no-way-back');
    const { pointCode, called } = route;
    const sent =
      this.#limitation.admits(pointCode, importanceOf(service)) &&
      this.#connectionless.put({ ...service, called }, pointCode, sls) === 'sent';
    if (!sent) this.#counters.count('sccp.service-dropped.not-sent');
  }

  /** Tells a user here that its message was not sent, when it asks for that. */
  #refuse(request: Unitdata, cause: ReturnCauseName): void {
    this.#counters.count(`sccp.refused.${cause}`);
    if (!request.returnOption) return;
    const user = this.#subsystems.get(request.calling.ssn ?? 0)?.user;
    if (user === undefined) return;
    const notice: Notice = {
      called: request.calling,
      calling: request.called,
      data: request.data.slice(),
      returnOption: false,
      returnCause: RETURN_CAUSE[cause],
    };
    this.#local.notice(() => user.onNotice(notice));
  }

  #causeOf(outcome: Exclude<SendOutcome, 'sent'>, pointCode: number): ReturnCauseName {
    if (outcome !== 'not-transferred') return outcome;
    return this.#management.isAccessible(pointCode) ? 'network-congestion' : 'mtp-failure';
  }

  #reportCongestion(opc: number): void {
    const nearlyFull = this.#reassembly.fullness >= CONGESTED_FROM ? CONGESTED_LEVEL : 0;
    const level = Math.max(this.#congestionLevel, nearlyFull);
    if (level > 0) this.#management.reportCongestion(opc, level);
    else this.#management.endCongestion();
  }
}

/** A calling address that is routed on SSN and names no node is that of the node that the message came from. */
function withOrigin(calling: SccpAddress, opc: number): SccpAddress {
  return calling.routing === 'ssn' && calling.pointCode === undefined
    ? { ...calling, pointCode: opc }
    : calling;
}

function isEncodable({ globalTitle }: SccpAddress): boolean {
  return globalTitle === undefined || isDigits(globalTitle.digits);
}
