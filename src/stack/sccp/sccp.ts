/**
 * An SCCP node (ITU-T Q.711 – Q.714), connectionless: routing control, connectionless control and management put together
 * between the MTP3 service below and the users of its subsystems above.
 */
import assert from 'node:assert/strict';
import type { Counters } from '../../types/counters.ts';
import type { Log } from '../../types/log.ts';
import type { Random } from '../../types/random.ts';
import type { TimerListener, Timers } from '../../types/timers.ts';
import type { MtpService, MtpStatusCause, MtpTransfer, MtpUser } from '../m3ua/mtp.ts';
import { DEFAULT_TIMES, MTP_MESSAGE_OCTETS_MAX, type SccpConfig } from './configuration.ts';
import { ConnectionlessControl } from './connectionless-control.ts';
import { isDigits } from './global-title.ts';
import { GlobalTitleTranslation, type TranslationRule } from './global-title-translation.ts';
import { Management, type ManagementUser, SCMG_SSN } from './management.ts';
import { encodeManagement, type ManagementMessage } from './management-message.ts';
import { type DataMessage, decodeMessage, type ServiceMessage } from './message.ts';
import { Reassembly } from './reassembly.ts';
import { RETURN_CAUSE, type ReturnCauseName } from './return-causes.ts';
import { type Route, RoutingControl } from './routing-control.ts';
import { SequenceControl } from './sequence-control.ts';
import type { Notice, PointCodeState, SccpAddress, SccpService, SccpUser, Unitdata } from './service.ts';

/** The service indicator of SCCP (ITU-T Q.704 §14.2.1). */
export const SCCP_SERVICE_INDICATOR = 3;

/** Messages for subsystems here, and notices, that may wait for their turn. */
const LOCAL_MESSAGES_MAX = 4096;

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
  readonly reassemblies: number;
}

interface Subsystem {
  readonly user: SccpUser;
  inService: boolean;
}

const RECEIVED = {
  UDT: 'sccp.udt.received',
  UDTS: 'sccp.udts.received',
  XUDT: 'sccp.xudt.received',
  XUDTS: 'sccp.xudts.received',
  LUDT: 'sccp.ludt.received',
  LUDTS: 'sccp.ludts.received',
} as const;

export class Sccp implements SccpService, MtpUser, ManagementUser, TimerListener {
  readonly #config: SccpConfig;
  readonly #mtp: MtpService;
  readonly #timers: Timers;
  readonly #counters: Counters;
  readonly #log: Log;
  readonly #translation: GlobalTitleTranslation;
  readonly #management: Management;
  readonly #routing: RoutingControl;
  readonly #connectionless: ConnectionlessControl;
  readonly #reassembly: Reassembly;
  readonly #sequence = new SequenceControl();
  readonly #subsystems = new Map<number, Subsystem>();
  #local: (() => void)[] = [];

  constructor(options: SccpOptions) {
    const { config, timers, counters } = options;
    const times = { ...DEFAULT_TIMES, ...config.times };
    const count = (name: string) => counters.count(name);
    this.#config = config;
    this.#mtp = options.mtp;
    this.#timers = timers;
    this.#counters = counters;
    this.#log = options.log;
    this.#translation = new GlobalTitleTranslation();
    const wrong = this.#translation.replace(config.translation ?? []);
    assert(wrong.length === 0, `global title translation: ${wrong.join('; ')}`);
    this.#management = new Management({ pointCode: config.pointCode, timers, ...times, count, user: this });
    this.#routing = new RoutingControl(config.pointCode, this.#translation, this.#management);
    this.#connectionless = new ConnectionlessControl({
      counters,
      messageOctetsMax: config.messageOctetsMax ?? MTP_MESSAGE_OCTETS_MAX,
      hopCounter: config.hopCounter ?? 15,
      localReference: options.random.uint32(),
      transfer: (dpc, sls, data) =>
        this.#mtp.transfer({
          opc: config.pointCode,
          dpc,
          si: SCCP_SERVICE_INDICATOR,
          ni: config.networkIndicator ?? 2,
          mp: 0,
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
    this.#mtp.bind(SCCP_SERVICE_INDICATOR, this);
  }

  get pointCode(): number {
    return this.#config.pointCode;
  }

  bind(ssn: number, user: SccpUser): void {
    assert(ssn > SCMG_SSN && ssn < 256, `subsystem number ${ssn} cannot be bound`);
    assert(!this.#subsystems.has(ssn), `subsystem ${ssn} has a user`);
    this.#subsystems.set(ssn, { user, inService: true });
  }

  /** N-STATE.request: a subsystem here goes out of service or comes back; the nodes concerned are told. */
  setInService(ssn: number, inService: boolean): void {
    const subsystem = this.#subsystems.get(ssn);
    if (subsystem === undefined || subsystem.inService === inService) return;
    subsystem.inService = inService;
    for (const pointCode of this.#config.concernedPointCodes ?? []) {
      if (inService) this.#management.tellAllowed(pointCode, ssn);
      else this.#management.tellProhibited(pointCode, ssn);
    }
  }

  /** Takes a new translation table. Returns what is wrong with it, in words; then the old one stays. */
  replaceTranslation(rules: readonly TranslationRule[]): string[] {
    return this.#translation.replace(rules);
  }

  snapshot(): SccpSnapshot {
    return {
      pointCode: this.#config.pointCode,
      subsystems: [...this.#subsystems].map(([ssn, { inService }]) => ({ ssn, inService })),
      inaccessible: [...this.#management.inaccessible],
      prohibited: this.#management.prohibited,
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
      const subsystem = this.#subsystems.get(route.ssn);
      if (subsystem === undefined) return this.#refuse(request, 'unequipped-user');
      if (!subsystem.inService) return this.#refuse(request, 'subsystem-failure');
      const unitdata = { ...request, called: route.called, data: request.data.slice() };
      return this.#later(() => subsystem.user.onUnitdata(unitdata));
    }
    const outcome = this.#connectionless.send(request, route.called, route.pointCode, sls);
    if (outcome === 'not-transferred') this.#refuse(request, this.#notTransferred(route.pointCode));
    else if (outcome !== 'sent') this.#refuse(request, outcome);
  }

  // From MTP.

  onTransfer(transfer: MtpTransfer): void {
    const decoded = decodeMessage(transfer.data);
    if (!decoded.ok) {
      this.#counters.count(`sccp.undecodable.${decoded.code}`);
      return;
    }
    const message = decoded.value;
    this.#counters.count(RECEIVED[message.kind]);
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

  onStatus(pointCode: number, cause: MtpStatusCause): void {
    this.#counters.count(`sccp.mtp-status.${cause}`);
    this.#management.status(pointCode, cause);
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
        data: encodeManagement(message),
      },
      pointCode,
      this.#sequence.select(undefined),
    );
  }

  isLocalInService(ssn: number): boolean {
    return ssn === SCMG_SSN || this.#subsystems.get(ssn)?.inService === true;
  }

  onSubsystemState(pointCode: number, ssn: number, inService: boolean): void {
    this.#log.info('sccp.subsystem', { pointCode, ssn, inService });
    for (const { user } of this.#subsystems.values()) user.onState?.(pointCode, ssn, inService);
  }

  onPointCodeState(pointCode: number, state: PointCodeState): void {
    this.#log.info('sccp.point-code', { pointCode, state });
    for (const { user } of this.#subsystems.values()) user.onPointCodeState?.(pointCode, state);
  }

  /** Runs what was put off with `#later`. */
  onTimer(): void {
    const local = this.#local;
    this.#local = [];
    for (const deliver of local) deliver();
  }

  #onData(message: DataMessage, transfer: MtpTransfer): void {
    const { opc, sls } = transfer;
    const route = this.#routing.fromNetwork(message.called, sls);
    if (route.to === 'nowhere') return this.#return(message, opc, sls, route.cause);
    if (route.to === 'remote') return this.#relay(message, route, transfer);
    if (route.ssn === SCMG_SSN) return this.#management.take(message.data, opc);
    const subsystem = this.#subsystems.get(route.ssn);
    if (subsystem === undefined) return this.#return(message, opc, sls, 'unequipped-user');
    if (!subsystem.inService) {
      this.#management.tellProhibited(opc, route.ssn);
      return this.#return(message, opc, sls, 'subsystem-failure');
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

  /** Sends a translated message on its way (ITU-T Q.714 §2.3.1): one hop less, and where it came from made known. */
  #relay(
    message: DataMessage | ServiceMessage,
    route: Extract<Route, { readonly to: 'remote' }>,
    { opc, sls }: MtpTransfer,
  ): void {
    const isData = !('returnCause' in message);
    const drop = (cause: ReturnCauseName) => {
      if (isData) this.#return(message, opc, sls, cause);
      else this.#counters.count(`sccp.service-dropped.${cause}`);
    };
    const { hopCounter } = message;
    if (hopCounter !== undefined && hopCounter <= 1) return drop('hop-counter-violation');
    const outcome = this.#connectionless.put(
      {
        ...message,
        called: route.called,
        calling: withOrigin(message.calling, opc),
        ...(hopCounter === undefined ? {} : { hopCounter: hopCounter - 1 }),
      },
      route.pointCode,
      sls,
    );
    if (outcome === 'sent') this.#counters.count('sccp.relayed');
    else drop(outcome === 'not-transferred' ? this.#notTransferred(route.pointCode) : outcome);
  }

  /** Returns a message of another node with its cause, when it asks for that (ITU-T Q.714 §4.2). */
  #return(message: DataMessage, opc: number, sls: number, cause: ReturnCauseName): void {
    this.#counters.count(`sccp.undelivered.${cause}`);
    if (!message.returnOption) return;
    const service = this.#connectionless.returned(message, cause);
    const route = this.#routing.back(service.called, opc, sls);
    if (route.to !== 'remote') return this.#counters.count('sccp.service-dropped.no-way-back');
    if (this.#connectionless.put({ ...service, called: route.called }, route.pointCode, sls) !== 'sent')
      this.#counters.count('sccp.service-dropped.not-sent');
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
    this.#later(() => user.onNotice(notice));
  }

  #notTransferred(pointCode: number): ReturnCauseName {
    return this.#management.isAccessible(pointCode) ? 'network-congestion' : 'mtp-failure';
  }

  /** A user is never called from within its own request. */
  #later(deliver: () => void): void {
    if (this.#local.length >= LOCAL_MESSAGES_MAX) return this.#counters.count('sccp.local-full');
    if (this.#local.length === 0) this.#timers.start(0, this, 0, 0);
    this.#local.push(deliver);
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
