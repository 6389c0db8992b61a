/** What the procedures of an ISUP node share: configuration, circuits, and how messages, timers and events go out. */
import type { Counters } from '../../types/counters.ts';
import type { Log } from '../../types/log.ts';
import type { TimerListener, Timers } from '../../types/timers.ts';
import type { MtpService } from '../m3ua/mtp.ts';
import type { Cause } from './cause.ts';
import { type Circuit, Circuits, causeOf } from './circuit.ts';
import { type IsupConfig, MTP_MESSAGE_OCTETS_MAX } from './configuration.ts';
import { encodeMessage, type IsupMessage, type Message } from './message.ts';
import type { MessageKind, MessageParameters } from './messages.ts';
import { segmented } from './segmentation.ts';
import type { CircuitEvent, IsupUser } from './service.ts';
import { DEFAULT_TIMES, TIMER_NAMES, type TimerName, type Times } from './timers.ts';

/** The service indicator of ISUP (ITU-T Q.704 §14.2.1). */
export const ISUP_SERVICE_INDICATOR = 5;

export interface IsupOptions {
  readonly config: IsupConfig;
  readonly mtp: MtpService;
  readonly timers: Timers;
  readonly counters: Counters;
  readonly log: Log;
  readonly user: IsupUser;
}

export class Core {
  readonly config: IsupConfig;
  readonly circuits: Circuits;
  readonly times: Times;
  readonly user: IsupUser;
  readonly timers: Timers;
  readonly #mtp: MtpService;
  readonly #counters: Counters;
  readonly #log: Log;
  /** Who is told of the timers of circuits. */
  listener: TimerListener | null = null;

  constructor(options: IsupOptions) {
    this.config = options.config;
    this.circuits = new Circuits(options.config.groups);
    this.times = { ...DEFAULT_TIMES, ...options.config.times };
    this.user = options.user;
    this.timers = options.timers;
    this.#mtp = options.mtp;
    this.#counters = options.counters;
    this.#log = options.log;
  }

  count(name: string): void {
    this.#counters.count(name);
  }

  cause(value: number, diagnostics?: Uint8Array): Cause {
    return causeOf(value, this.config.causeLocation ?? 4, diagnostics);
  }

  /** The message, or the two that it is segmented into; undefined: longer than they may be, or not to be written at all. */
  write<K extends MessageKind>(
    cic: number,
    kind: K,
    parameters: MessageParameters<K>,
  ): readonly (readonly [kind: MessageKind, octets: Uint8Array])[] | undefined {
    const whole = this.#encode(cic, kind, parameters);
    if (whole !== undefined) return [[kind, whole]];
    const parts = segmented(kind, parameters, (first) => this.#encode(cic, kind, first) !== undefined);
    if (parts === undefined) return undefined;
    const first = this.#encode(cic, kind, parts.first);
    const segment = this.#encode(cic, 'SGM', parts.segment);
    if (first === undefined || segment === undefined) return undefined;
    return [
      [kind, first],
      ['SGM', segment],
    ];
  }

  /** Sends a message about a circuit. False when MTP did not take it, or when it cannot be written. */
  send<K extends MessageKind>(
    circuit: { readonly pointCode: number; readonly cic: number },
    kind: K,
    parameters: MessageParameters<K>,
  ): boolean {
    const { pointCode, cic } = circuit;
    const parts = this.write(cic, kind, parameters);
    if (parts === undefined) {
      this.count('isup.unwritable');
      return false;
    }
    // A segment that MTP does not take is lost: the other end goes on without it.
    return parts.map(([part, octets]) => this.#transfer(pointCode, cic, part, octets))[0]!;
  }

  #encode<K extends MessageKind>(
    cic: number,
    kind: K,
    parameters: MessageParameters<K>,
  ): Uint8Array | undefined {
    const octets = encodeMessage({ cic, kind, parameters } as Message as IsupMessage);
    const max = this.config.messageOctetsMax ?? MTP_MESSAGE_OCTETS_MAX;
    return octets === undefined || octets.length > max ? undefined : octets;
  }

  /** The signalling link selection is the low bits of the CIC, so that messages of a circuit keep their order (ITU-T Q.704 §2.2.4). */
  #transfer(pointCode: number, cic: number, kind: MessageKind, data: Uint8Array): boolean {
    const sent = this.#mtp.transfer({
      opc: this.config.pointCode,
      dpc: pointCode,
      si: ISUP_SERVICE_INDICATOR,
      ni: this.config.networkIndicator ?? 2,
      mp: 0,
      sls: cic & 0x0f,
      data,
    });
    this.count(sent ? `isup.sent.${kind}` : 'isup.not-sent');
    return sent;
  }

  startTimer(circuit: Circuit, name: TimerName): void {
    this.stopTimer(circuit, name);
    const handle = this.timers.start(
      this.times[name],
      this.listener!,
      TIMER_NAMES.indexOf(name),
      circuit.index,
    );
    circuit.timers.set(name, handle);
  }

  stopTimer(circuit: Circuit, name: TimerName): void {
    this.timers.stop(circuit.timers.get(name) ?? 0);
    circuit.timers.delete(name);
  }

  event({ pointCode, cic }: { readonly pointCode: number; readonly cic: number }, event: CircuitEvent): void {
    this.#log.info('isup.circuit', { pointCode, cic, event });
    this.user.onCircuit?.({ pointCode, cic }, event);
  }

  /** Maintenance is alerted: `why` is the timer that ended, or the message that does not fit. */
  alert(circuit: { readonly pointCode: number; readonly cic: number }, why: string): void {
    this.count(`isup.alert.${why}`);
    this.#log.warn('isup.alert', { ...address(circuit), why });
    this.user.onCircuit?.(address(circuit), 'alert');
  }

  destination(pointCode: number, available: boolean): void {
    this.#log.info('isup.destination', { pointCode, available });
    this.user.onDestination?.(pointCode, available);
  }
}

function address({ pointCode, cic }: { readonly pointCode: number; readonly cic: number }) {
  return { pointCode, cic };
}
