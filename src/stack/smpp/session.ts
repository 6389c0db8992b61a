/**
 * One session over one connection, as ESME or as message centre (SMPP 5.0 §2): binding, the window of requests, timers, and an answer to
 * everything that comes. What it does in which state says `session-fsm.ts`.
 */
import type { Counters } from '../../types/counters.ts';
import type { TimerListener, Timers } from '../../types/timers.ts';
import { type BindMode, isAllowed, type Sender } from './allowed-operations.ts';
import { COMMAND_STATUS, commandStatusName } from './command-status.ts';
import {
  type BodyOf,
  COMMANDS,
  type CommandName,
  commandOf,
  isResponse,
  type RequestName,
} from './commands.ts';
import { decodeHeader, decodePdu, encodePdu, HEADER_OCTETS, type Pdu, statusOf } from './pdu.ts';
import { PduStream } from './pdu-stream.ts';
import type { SmppConnection, SmppReceiver } from './port.ts';
import { type SessionAction, type SessionEvent, type SessionState, sessionFsm } from './session-fsm.ts';
import { integerTlv, type Tlv, tlvInteger } from './tlv.ts';
import { type Answered, RequestWindow } from './window.ts';

export type DownReason =
  | 'refused'
  | 'unbound-by-us'
  | 'unbound-by-peer'
  | 'unanswered'
  | 'idle'
  | 'framing'
  | 'lost'
  | 'aborted';

export interface SmppTimers {
  /** session_init_timer: from the connection to the bind, or from the bind to its response. */
  readonly sessionInitMs: number;
  /** enquire_link_timer: silence after which the peer is asked whether it is there. */
  readonly enquireLinkMs: number;
  /** inactivity_timer: time without messages after which we unbind; 0: never. */
  readonly inactivityMs: number;
  /** response_timer. */
  readonly responseMs: number;
}

export interface SmppLimits {
  /** Requests that wait for an answer. */
  readonly window: number;
  readonly pduOctetsMax: number;
  /** Octets that wait to be sent: beyond, there is no room for requests. */
  readonly queueOctetsMax: number;
}

export interface BindRequest {
  readonly mode: BindMode;
  readonly systemId: string;
  readonly password: string;
  readonly systemType: string;
  readonly addressRange: string;
  readonly addrTon: number;
  readonly addrNpi: number;
}

export interface SessionUser {
  /** The message centre's side: the command_status that answers a bind. */
  onBind?(session: SmppSession, bind: BindRequest): number;
  bound(session: SmppSession): void;
  /** A request of the peer, to be answered by `respond`; alert_notification has no answer. */
  request(session: SmppSession, pdu: Pdu): void;
  /** There is room for requests, and there was none. */
  roomy(session: SmppSession): void;
  /** After this nothing comes. @param status command_status of a bind that was refused, else 0 */
  down(session: SmppSession, reason: DownReason, status: number): void;
}

export interface SessionOptions {
  readonly role: Sender;
  readonly systemId: string;
  readonly connection: SmppConnection;
  readonly timers: Timers;
  readonly counters: Counters;
  readonly times: SmppTimers;
  readonly limits: SmppLimits;
  readonly user: SessionUser;
}

/** 3.4 is what most centres speak; 5.0 says so in its own way and is spoken to those who say it. */
const INTERFACE_VERSION = 0x50;
const SESSION_INIT = 1;
const ENQUIRE_LINK = 2;
const INACTIVITY = 3;
/** Those whose body is a message_id; that of the others is empty, or has a method of its own. */
const RESPONSES_WITH_ID: ReadonlySet<CommandName> = new Set([
  'submit_sm_resp',
  'deliver_sm_resp',
  'data_sm_resp',
]);
const NOTHING = {} as const;
const NONE: readonly Tlv[] = [];

export class SmppSession implements SmppReceiver, TimerListener {
  readonly #options: SessionOptions;
  readonly #stream: PduStream;
  readonly #window: RequestWindow;
  #state: SessionState = 'OPEN';
  #mode: BindMode = 'transceiver';
  #bind: BindRequest | undefined;
  /** What is answered or told with the action at hand. */
  #sequenceNumber = 0;
  #status = 0;
  #reason: DownReason = 'lost';
  #peerVersion = 0x34;
  #peerSystemId = '';
  #sessionInitTimer = 0;
  #enquireLinkTimer = 0;
  #inactivityTimer = 0;
  #heardAtMs: number;
  #workedAtMs: number;

  constructor(options: SessionOptions) {
    this.#options = options;
    const { timers, limits, times } = options;
    this.#stream = new PduStream(limits.pduOctetsMax, (octets) => this.#take(octets));
    this.#window = new RequestWindow(timers, times.responseMs, limits.window, () => this.#tellRoom());
    this.#heardAtMs = timers.now();
    this.#workedAtMs = timers.now();
    if (options.role === 'mc')
      this.#sessionInitTimer = timers.start(times.sessionInitMs, this, SESSION_INIT, 0);
  }

  get state(): SessionState {
    return this.#state;
  }

  get mode(): BindMode {
    return this.#mode;
  }

  get peerSystemId(): string {
    return this.#peerSystemId;
  }

  /** interface_version of the peer: 0x33, 0x34, 0x50. */
  get peerVersion(): number {
    return this.#peerVersion;
  }

  /** Requests that wait for their answer. */
  get waiting(): number {
    return this.#window.waiting;
  }

  /** A request would be sent now. */
  get hasRoom(): boolean {
    const { connection, limits } = this.#options;
    return this.#state === 'BOUND' && this.#window.hasRoom && connection.queuedOctets < limits.queueOctetsMax;
  }

  bind(bind: BindRequest): void {
    this.#bind = bind;
    this.#mode = bind.mode;
    this.#on('BIND.req');
  }

  unbind(): void {
    this.#on('UNBIND.req', 'unbound-by-us');
  }

  abort(): void {
    this.#on('ABORT.req', 'aborted');
  }

  /**
   * Sends a request. `answered` is called once, never from within. False: there is no room, or the session is not bound in a way
   * that allows it; nothing was sent.
   * @throws RangeError when a value does not fit its field
   */
  request<C extends RequestName>(
    command: C,
    body: BodyOf<C>,
    tlvs: readonly Tlv[],
    answered: Answered,
  ): boolean {
    if (!this.hasRoom) return false;
    if (!isAllowed(command, this.#options.role, this.#mode)) return false;
    this.#send(command, body, tlvs, answered);
    this.#workedAtMs = this.#options.timers.now();
    return true;
  }

  /** Answers a request that was given to the user. */
  respond(request: Pdu, status: number, messageId = '', tlvs: readonly Tlv[] = NONE): void {
    if (this.#state !== 'BOUND' && this.#state !== 'UNBINDING') return;
    const command = `${request.command}_resp` as CommandName;
    if (!(command in COMMANDS)) return;
    const body = RESPONSES_WITH_ID.has(command) ? { messageId } : undefined;
    this.#write(command, status, request.sequenceNumber, body, tlvs);
  }

  /** As `respond`, for a query_sm that has an answer. */
  respondToQuery(request: Pdu, body: BodyOf<'query_sm_resp'>): void {
    this.#write('query_sm_resp', 0, request.sequenceNumber, body, NONE);
  }

  /** alert_notification. */
  alert(body: BodyOf<'alert_notification'>, tlvs: readonly Tlv[]): boolean {
    if (this.#state !== 'BOUND' || !isAllowed('alert_notification', this.#options.role, this.#mode))
      return false;
    this.#write('alert_notification', 0, 1, body, tlvs);
    return true;
  }

  /** Octets that came over the connection. */
  received(octets: Uint8Array): void {
    if (this.#state === 'CLOSED') return;
    this.#heardAtMs = this.#options.timers.now();
    const taken = this.#stream.add(octets);
    if (!taken.ok) {
      this.#count('smpp.framing-lost');
      this.#status = COMMAND_STATUS.ESME_RINVCMDLEN;
      this.#sequenceNumber = 0;
      this.#on('framing lost', 'framing');
    }
  }

  /** The connection is gone. */
  disconnected(): void {
    this.#on('connection lost', 'lost');
  }

  onTimer(kind: number): void {
    if (kind === SESSION_INIT) {
      this.#sessionInitTimer = 0;
      return this.#on('session_init_timer expiry', 'unanswered');
    }
    if (kind === ENQUIRE_LINK) return this.#enquire();
    this.#idle();
  }

  #take(octets: Uint8Array): void {
    if (this.#state === 'CLOSED') return;
    const decoded = decodePdu(octets);
    if (!decoded.ok) return this.#refuse(octets, decoded.code);
    const pdu = decoded.value;
    this.#count(`smpp.received.${pdu.command}`);
    if (isResponse(COMMANDS[pdu.command].id)) return this.#answered(pdu);
    this.#sequenceNumber = pdu.sequenceNumber;
    switch (pdu.command) {
      case 'enquire_link':
        return this.#write('enquire_link_resp', 0, pdu.sequenceNumber, NOTHING, NONE);
      case 'unbind':
        return this.#on('unbind', 'unbound-by-peer');
      case 'bind_transmitter':
      case 'bind_receiver':
      case 'bind_transceiver':
        return this.#bindCame(pdu);
      case 'outbind':
        // An ESME that keeps its connections itself is not called.
        return this.#count('smpp.outbind-ignored');
      default: {
        const from = this.#options.role === 'esme' ? 'mc' : 'esme';
        if (this.#state !== 'BOUND' || !isAllowed(pdu.command, from, this.#mode))
          return this.respondOrNack(pdu, COMMAND_STATUS.ESME_RINVBNDSTS);
        this.#workedAtMs = this.#options.timers.now();
        this.#options.user.request(this, pdu);
      }
    }
  }

  /** A request in a state that does not allow it is answered all the same (SMPP 5.0 §2.8). */
  respondOrNack(pdu: Pdu, status: number): void {
    const command = `${pdu.command}_resp` as CommandName;
    if (command in COMMANDS) this.#write(command, status, pdu.sequenceNumber, undefined, NONE);
  }

  /** A response is never answered, whatever is wrong with it: its request runs into its timer. */
  #refuse(octets: Uint8Array, code: string): void {
    this.#count(`smpp.refused.${code}`);
    if (octets.length < HEADER_OCTETS) return;
    const { commandId, sequenceNumber } = decodeHeader(octets);
    if (isResponse(commandId)) return;
    const command = commandOf(commandId);
    const response = command === undefined ? undefined : (`${command}_resp` as CommandName);
    if (response === undefined || !(response in COMMANDS))
      return this.#write('generic_nack', statusOf(code), sequenceNumber, NOTHING, NONE);
    this.#write(response, statusOf(code), sequenceNumber, undefined, NONE);
  }

  #answered(pdu: Pdu): void {
    if (!this.#window.answer(pdu)) this.#count('smpp.response-unexpected');
  }

  #tellRoom(): void {
    if (this.hasRoom) this.#options.user.roomy(this);
  }

  /** The connection has taken what waited. */
  drained(): void {
    this.#tellRoom();
  }

  #bindCame(pdu: Pdu<'bind_transmitter' | 'bind_receiver' | 'bind_transceiver'>): void {
    const { user, role } = this.#options;
    const { body } = pdu;
    if (role === 'esme' || body === undefined) return this.respondOrNack(pdu, COMMAND_STATUS.ESME_RINVBNDSTS);
    this.#bindCommand = pdu.command;
    if (this.#state !== 'OPEN') {
      this.#status = COMMAND_STATUS.ESME_RALYBND;
      return this.#on('bind');
    }
    const mode = pdu.command.slice('bind_'.length) as BindMode;
    this.#status = user.onBind?.(this, { mode, ...body }) ?? COMMAND_STATUS.ESME_RBINDFAIL;
    if (this.#status === 0) {
      this.#mode = mode;
      this.#peerSystemId = body.systemId;
      this.#peerVersion = body.interfaceVersion;
    }
    this.#on('bind');
  }
  #bindCommand: 'bind_transmitter' | 'bind_receiver' | 'bind_transceiver' = 'bind_transceiver';

  #on(event: SessionEvent, reason?: DownReason): void {
    const row = sessionFsm.find(this.#state, event, () => this.#status === 0);
    if (row === undefined) return this.#count(`smpp.unexpected.${event}`);
    if (reason !== undefined) this.#reason = reason;
    const [, , , actions, to] = row;
    this.#state = to;
    for (const action of actions) this.#do(action);
  }

  #do(action: SessionAction): void {
    const { timers, times, user, systemId } = this.#options;
    switch (action) {
      case 'send bind':
        return this.#sendBind();
      case 'send bind_resp':
        return this.#write(
          `${this.#bindCommand}_resp`,
          0,
          this.#sequenceNumber,
          { systemId },
          this.#versionTlv(),
        );
      case 'refuse bind':
        return this.#write(`${this.#bindCommand}_resp`, this.#status, this.#sequenceNumber, undefined, NONE);
      case 'send unbind':
        return this.#send('unbind', NOTHING, NONE, ({ kind }) =>
          this.#on(kind === 'response' ? 'unbind_resp' : 'response_timer expiry'),
        );
      case 'send unbind_resp':
        return this.#write('unbind_resp', 0, this.#sequenceNumber, NOTHING, NONE);
      case 'send generic_nack':
        return this.#write('generic_nack', this.#status, this.#sequenceNumber, NOTHING, NONE);
      case 'start session_init_timer':
        this.#sessionInitTimer = timers.start(times.sessionInitMs, this, SESSION_INIT, 0);
        return;
      case 'stop session_init_timer':
        timers.stop(this.#sessionInitTimer);
        return;
      case 'start enquire_link_timer':
        this.#enquireLinkTimer = timers.start(times.enquireLinkMs, this, ENQUIRE_LINK, 0);
        if (times.inactivityMs > 0)
          this.#inactivityTimer = timers.start(times.inactivityMs, this, INACTIVITY, 0);
        return;
      case 'BIND.conf':
        this.#workedAtMs = timers.now();
        return user.bound(this);
      case 'close':
        return this.#options.connection.close();
      case 'DOWN.ind':
        return this.#down();
    }
  }

  /** 5.0 is announced to an ESME that speaks it, else nothing is said: some of 3.4 take no TLV in a bind_resp. */
  #versionTlv(): readonly Tlv[] {
    return this.#peerVersion >= 0x34 ? [integerTlv('sc_interface_version', 1, INTERFACE_VERSION)] : NONE;
  }

  #sendBind(): void {
    const { mode, ...bind } = this.#bind!;
    const body = { ...bind, interfaceVersion: INTERFACE_VERSION };
    this.#send(`bind_${mode}`, body, NONE, (answer) => {
      // What a timer ends is ended by session_init_timer.
      if (answer.kind === 'timeout' || answer.kind === 'lost') return;
      this.#status = answer.kind === 'nack' ? answer.commandStatus : answer.pdu.commandStatus;
      if (answer.kind === 'response') {
        this.#peerVersion = tlvInteger(answer.pdu.tlvs, 'sc_interface_version', 1) ?? 0x34;
        const { body: bound } = answer.pdu as Pdu<'bind_transceiver_resp'>;
        this.#peerSystemId = bound?.systemId ?? '';
      }
      if (this.#status !== 0) this.#count(`smpp.bind-refused.${commandStatusName(this.#status)}`);
      this.#on('bind_resp', 'refused');
    });
  }

  #enquire(): void {
    const { timers, times } = this.#options;
    const silentMs = timers.now() - this.#heardAtMs;
    if (silentMs < times.enquireLinkMs) {
      this.#enquireLinkTimer = timers.start(times.enquireLinkMs - silentMs, this, ENQUIRE_LINK, 0);
      return;
    }
    this.#enquireLinkTimer = 0;
    this.#send('enquire_link', NOTHING, NONE, ({ kind }) => {
      if (this.#state !== 'BOUND') return;
      // Whatever came meanwhile is a sign of life, too.
      const silent = timers.now() - this.#heardAtMs >= times.responseMs;
      if (kind === 'timeout' && silent) return this.#on('enquire_link unanswered', 'unanswered');
      this.#enquireLinkTimer = timers.start(times.enquireLinkMs, this, ENQUIRE_LINK, 0);
    });
  }

  #idle(): void {
    const { timers, times } = this.#options;
    const idleMs = timers.now() - this.#workedAtMs;
    if (idleMs >= times.inactivityMs) {
      this.#inactivityTimer = 0;
      return this.#on('inactivity_timer expiry', 'idle');
    }
    this.#inactivityTimer = timers.start(times.inactivityMs - idleMs, this, INACTIVITY, 0);
  }

  #down(): void {
    const { timers, user } = this.#options;
    timers.stop(this.#sessionInitTimer);
    timers.stop(this.#enquireLinkTimer);
    timers.stop(this.#inactivityTimer);
    this.#window.end();
    user.down(this, this.#reason, this.#reason === 'refused' ? this.#status : 0);
  }

  #send<C extends RequestName>(command: C, body: BodyOf<C>, tlvs: readonly Tlv[], answered: Answered): void {
    const sequenceNumber = this.#window.open(command, answered);
    this.#write(command, 0, sequenceNumber, body, tlvs);
  }

  #write<C extends CommandName>(
    command: C,
    commandStatus: number,
    sequenceNumber: number,
    body: BodyOf<C> | undefined,
    tlvs: readonly Tlv[],
  ): void {
    this.#count(`smpp.sent.${command}`);
    const pdu = { command, commandStatus, sequenceNumber, body, tlvs } as unknown as Pdu<C>;
    this.#options.connection.send(encodePdu(pdu));
  }

  #count(name: string): void {
    this.#options.counters.count(name);
  }
}
