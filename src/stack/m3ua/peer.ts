/**
 * One SCTP association as M3UA uses it, the same for ASP, SGP and IPSP: which stream a message goes on, the bounded
 * queue while SCTP takes nothing, heartbeats, and the answers to what cannot be understood (RFC 4666 §1.4.7, §3.8.1,
 * §4.3.4.6). What the messages mean is the business of its user.
 */
import type { Counters } from '../../types/counters.ts';
import type { Failure } from '../../types/result.ts';
import type { Timers } from '../../types/timers.ts';
import { PPID_M3UA, type SctpAssociation } from '../sctp/port.ts';
import { type CongestionLevel, CongestionMeter } from './congestion.ts';
import { type DataMessage, decodeData, isData } from './data.ts';
import { ERROR_CODE, type ErrorName, errorName, isErrorName } from './error-codes.ts';
import { Heartbeat, type HeartbeatOptions } from './heartbeat.ts';
import type { OnManagement } from './management.ts';
import { MESSAGE_CLASS } from './message.ts';
import {
  decode,
  encode,
  hasInvalidValue,
  type M3uaMessage,
  MESSAGES,
  type MessageName,
  type Parameters,
  unexpectedParameter,
} from './messages.ts';
import { statusName } from './parameters.ts';
import { SendQueue } from './send-queue.ts';

export interface PeerUser {
  /** A well-formed message other than DATA, BEAT and BEAT Ack. `octets` are its own, valid during the call. */
  onMessage(peer: Peer, message: M3uaMessage, octets: Uint8Array): void;
  /** A well-formed DATA on a stream where it may come. */
  onData(peer: Peer, data: DataMessage, octets: Uint8Array): void;
  /** What waits for the peer became more or less (RFC 4666 §1.4.6). */
  onCongestion?(peer: Peer, level: CongestionLevel): void;
}

export interface PeerOptions {
  readonly heartbeat: HeartbeatOptions;
  /** Octets of messages that may wait for the association. */
  readonly queueOctetsMax: number;
  readonly onManagement?: OnManagement | undefined;
}

/** What an ERR message carries beside its code (RFC 4666 §3.8.1). */
export type ErrorContext = Omit<Parameters<'ERR'>, 'errorCode' | 'diagnosticInformation'>;

/** Octets of a message that come back in Diagnostic Information. */
const DIAGNOSTIC_OCTETS_MAX = 40;

/** Network indicator and message priority have two bits (ITU-T Q.704 §14.2.1). */
const TWO_BITS_MAX = 3;

/** Messages that go on stream 0: ASPSM but for BEAT, RKM (RFC 4666 §1.4.7). NTFY and the others may go on any. */
const ON_STREAM_0: ReadonlySet<MessageName> = new Set<MessageName>([
  'ASP Up',
  'ASP Up Ack',
  'ASP Down',
  'ASP Down Ack',
  'REG REQ',
  'REG RSP',
  'DEREG REQ',
  'DEREG RSP',
]);

const counterNames = (direction: string) =>
  Object.fromEntries(
    (Object.keys(MESSAGES) as MessageName[]).map((name) => [
      name,
      `m3ua.${name.toLowerCase().replaceAll(' ', '-')}.${direction}`,
    ]),
  ) as Record<MessageName, string>;
const SENT = counterNames('sent');
const RECEIVED = counterNames('received');

export class Peer {
  readonly name: string;
  /** Messages of this association and their octets since it was made, for the snapshot. */
  sent = 0;
  received = 0;
  sentOctets = 0;
  receivedOctets = 0;
  readonly #timers: Timers;
  readonly #counters: Counters;
  readonly #user: PeerUser;
  readonly #queue: SendQueue;
  readonly #heartbeat: Heartbeat;
  readonly #congestion: CongestionMeter;
  readonly #onManagement: OnManagement | undefined;
  #association: SctpAssociation | undefined;
  #reading = true;

  constructor(name: string, timers: Timers, counters: Counters, options: PeerOptions, user: PeerUser) {
    this.name = name;
    this.#timers = timers;
    this.#counters = counters;
    this.#user = user;
    this.#queue = new SendQueue(options.queueOctetsMax);
    this.#heartbeat = new Heartbeat(this.#timers, options.heartbeat, {
      sendBeat: (heartbeatData) => this.send('BEAT', { heartbeatData }),
      onPeerDead: () => {
        this.#counters.count('m3ua.peer.dead');
        this.#association?.abort();
      },
    });
    this.#onManagement = options.onManagement;
    this.#congestion = new CongestionMeter(
      this.#timers,
      options.queueOctetsMax,
      () => this.queuedOctets,
      (level, before) => {
        this.#counters.count(level > before ? 'm3ua.congestion.onset' : 'm3ua.congestion.abatement');
        this.#user.onCongestion?.(this, level);
      },
    );
  }

  /** How congested the way to the peer is. */
  get congestionLevel(): CongestionLevel {
    return this.#congestion.level;
  }

  get association(): SctpAssociation | undefined {
    return this.#association;
  }

  get queuedOctets(): number {
    return this.#queue.octets + (this.#association?.queuedOctets ?? 0);
  }

  /** The association is up. */
  attach(association: SctpAssociation): void {
    this.#association = association;
    if (!this.#reading) association.pause();
    this.#heartbeat.start();
  }

  /** Stops and goes on reading from the peer. Stopped for longer than the heartbeats allow, the peer seems dead. */
  setReading(reading: boolean): void {
    if (reading === this.#reading) return;
    this.#reading = reading;
    if (reading) this.#association?.resume();
    else this.#association?.pause();
  }

  /** More has come from the peer than we have taken. */
  get behind(): boolean {
    return this.#association?.behind ?? false;
  }

  /** The association is down: what waited is lost. */
  detach(): void {
    this.#heartbeat.stop();
    this.#dropQueue();
    this.#association = undefined;
    this.#congestion.stop();
  }

  /** The peer restarted: what waited was for the one before. */
  restarted(): void {
    this.#dropQueue();
    this.#heartbeat.start();
  }

  drained(): void {
    const association = this.#association;
    if (association === undefined) return;
    this.#queue.drain((octets, stream) => association.send(octets, stream, PPID_M3UA));
    this.#congestion.look();
  }

  /** Sends a message other than DATA, on stream 0 (RFC 4666 §1.4.7). */
  send<Name extends Exclude<MessageName, 'DATA'>>(name: Name, parameters: Parameters<Name>): void {
    this.#counters.count(SENT[name]);
    if (!this.#put(encode(name, parameters), 0)) this.#counters.count('m3ua.queue.management-dropped');
  }

  /** Sends a whole DATA message on the stream of its SLS. The octets may be used again after the call. */
  sendData(octets: Uint8Array, sls: number): boolean {
    const streams = this.#association?.outboundStreams ?? 1;
    if (!this.#put(octets, streams > 1 ? 1 + (sls % (streams - 1)) : 0)) {
      this.#counters.count('m3ua.queue.full');
      return false;
    }
    this.#counters.count(SENT.DATA);
    return true;
  }

  /** Answers a message with ERR, unless it is one itself (RFC 4666 §3.8.1). */
  refuse(error: ErrorName, offending: Uint8Array, context: ErrorContext = {}): void {
    if (offending[2] === MESSAGE_CLASS.MGMT && offending[3] === MESSAGES.ERR.type) {
      this.#counters.count('m3ua.error.unanswered');
      return;
    }
    this.#counters.count(`m3ua.error.sent.${error}`);
    this.#onManagement?.({
      primitive: 'M-ERROR.ind',
      association: this.name,
      direction: 'sent',
      errorCode: ERROR_CODE[error],
      error,
      ...(context.routingContext === undefined ? {} : { routingContext: context.routingContext }),
    });
    this.send('ERR', {
      errorCode: ERROR_CODE[error],
      ...context,
      diagnosticInformation: offending.slice(0, DIAGNOSTIC_OCTETS_MAX),
    });
  }

  /** Takes one message from the association. */
  receive(octets: Uint8Array, stream: number): void {
    this.received++;
    this.receivedOctets += octets.length;
    this.#heartbeat.heard();
    if (isData(octets)) return this.#receiveData(octets, stream);
    const decoded = decode(octets);
    if (!decoded.ok) return this.#undecodable(decoded, octets);
    const message = decoded.value;
    this.#counters.count(RECEIVED[message.name]);
    if (stream !== 0 && ON_STREAM_0.has(message.name))
      return this.refuse('invalid-stream-identifier', octets);
    if (unexpectedParameter(message) !== undefined) return this.refuse('unexpected-parameter', octets);
    if (hasInvalidValue(message)) return this.refuse('invalid-parameter-value', octets);
    switch (message.name) {
      case 'BEAT':
        return this.send('BEAT Ack', message.parameters);
      case 'BEAT Ack':
        if (!this.#heartbeat.acknowledged(message.parameters.heartbeatData))
          this.#counters.count('m3ua.beat-ack.unmatched');
        return;
      case 'ERR': {
        const { errorCode, routingContext } = message.parameters;
        const error = errorName(errorCode) ?? 'unknown';
        this.#counters.count(`m3ua.error.received.${error}`);
        this.#onManagement?.({
          primitive: 'M-ERROR.ind',
          association: this.name,
          direction: 'received',
          errorCode,
          error,
          ...(routingContext === undefined ? {} : { routingContext }),
        });
        break;
      }
      case 'NTFY': {
        const { status, aspIdentifier, routingContext } = message.parameters;
        this.#onManagement?.({
          primitive: 'M-NOTIFY.ind',
          association: this.name,
          status: statusName(status.type, status.information),
          ...(aspIdentifier === undefined ? {} : { aspIdentifier }),
          ...(routingContext === undefined ? {} : { routingContext }),
        });
        break;
      }
      default:
        break;
    }
    this.#user.onMessage(this, message, octets);
  }

  #receiveData(octets: Uint8Array, stream: number): void {
    const data = decodeData(octets);
    if (!data.ok) return this.#undecodable(data, octets);
    // Over TCP there is but one stream.
    if (stream === 0 && (this.#association?.outboundStreams ?? 1) > 1)
      return this.refuse('invalid-stream-identifier', octets);
    if (data.ni > TWO_BITS_MAX || data.mp > TWO_BITS_MAX)
      return this.refuse('invalid-parameter-value', octets);
    this.#counters.count(RECEIVED.DATA);
    this.#user.onData(this, data, octets);
  }

  #undecodable(fault: Failure, octets: Uint8Array): void {
    this.#counters.count('m3ua.undecodable');
    this.refuse(isErrorName(fault.code) ? fault.code : 'protocol-error', octets);
  }

  #put(octets: Uint8Array, stream: number): boolean {
    const association = this.#association;
    if (association === undefined) return false;
    // Behind what waits already, so that a stream keeps its order.
    const taken = this.#queue.isEmpty && association.send(octets, stream, PPID_M3UA);
    if (!taken && !this.#queue.push(octets, stream)) return false;
    this.sent++;
    this.sentOctets += octets.length;
    this.#congestion.look();
    return true;
  }

  #dropQueue(): void {
    const dropped = this.#queue.clear();
    if (dropped > 0) this.#counters.count('m3ua.queue.lost', dropped);
  }
}
