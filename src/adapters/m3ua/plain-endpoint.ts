/**
 * A plain M3UA endpoint in a process of its own, for conformance suites and other stacks: one of the three roles on real
 * sockets, with an echo user on top. What happens is printed, what it is told to do is done.
 */
import { M3uaAsp } from '../../stack/m3ua/asp.ts';
import type { AspConfig, IpspConfig, SgpConfig } from '../../stack/m3ua/configuration.ts';
import { M3uaIpsp } from '../../stack/m3ua/ipsp.ts';
import type { MtpService, MtpTransfer } from '../../stack/m3ua/mtp.ts';
import { M3uaSgp } from '../../stack/m3ua/sgp.ts';
import type { M3uaSnapshot, M3uaStateChange } from '../../stack/m3ua/snapshot.ts';
import type { SctpConnectOptions, SctpListenOptions, SctpPort } from '../../stack/sctp/port.ts';
import type { Counters } from '../../types/counters.ts';
import type { Log } from '../../types/log.ts';
import type { PointCodeNotation } from '../../types/point-code.ts';
import type { Part } from '../../types/ports/part.ts';
import { CaptureFile } from '../capture/capture-file.ts';
import { CapturingSctpPort } from '../capture/capturing-port.ts';
import { machineClock } from '../clock.ts';
import { TcpSctpPort } from '../sctp/tcp.ts';
import { UdpSctpPort } from '../sctp/udp/port.ts';
import { PartHost } from '../threads/part-host.ts';
import type { EndpointCommand } from './commands.ts';
import { EchoUser } from './echo-user.ts';
import { type Primitive, stateChangePrimitive, transferPrimitive } from './primitives.ts';
import { CallingPort, WaitingPort } from './turned-ports.ts';

/** An ASP may wait for its gateways (`listen`), and an SGP call its ASPs (`call`): who connects is no matter of the role. */
export type EndpointRole =
  | { readonly role: 'asp'; readonly config: AspConfig; readonly listen?: SctpListenOptions }
  | { readonly role: 'sgp'; readonly config: SgpConfig; readonly call?: readonly SctpConnectOptions[] }
  | { readonly role: 'ipsp'; readonly config: IpspConfig };

export interface PlainEndpointOptions {
  readonly role: EndpointRole;
  readonly transport: 'tcp' | 'sctp';
  readonly notation: PointCodeNotation;
  /** Our point codes; the first is the originating one of transfers that name none. */
  readonly pointCodes: readonly number[];
  readonly networkIndicator: number;
  /** Service indicators that have the echo user. */
  readonly serviceIndicators: readonly number[];
  readonly echo: boolean;
  /** Gets a pcap of all that passes. */
  readonly captureFile?: string | undefined;
  readonly counters: Counters;
  readonly log: Log;
  /** Gets every primitive as it happens. */
  readonly print: (primitive: Primitive) => void;
}

const STOP_MS = 3_000;

/** Everything happens in timers and on messages. */
const idlePart: Part = {
  doWork: () => 0,
  drain: () => undefined,
  drained: true,
  close: () => Promise.resolve(),
};

/** What the three roles have in common. */
interface Endpoint {
  start(): Promise<number | undefined>;
  stop(): Promise<void>;
  transfer(transfer: MtpTransfer): boolean;
  setReading(reading: boolean): void;
  snapshot(): M3uaSnapshot;
  /** Why a command cannot be done; undefined: it was. */
  perform(command: EndpointCommand): string | undefined;
}

export class PlainEndpoint {
  readonly #options: PlainEndpointOptions;
  readonly #host: PartHost;
  readonly #sctp: SctpPort;
  readonly #endpoint: Endpoint;
  #user: EchoUser | undefined;
  #capture: CaptureFile | undefined;

  constructor(options: PlainEndpointOptions) {
    this.#options = options;
    const clock = machineClock;
    const { counters } = options;
    this.#host = new PartHost({ clock });
    const port =
      options.transport === 'tcp' ? new TcpSctpPort({ counters }) : new UdpSctpPort({ clock, counters });
    if (options.captureFile !== undefined)
      this.#capture = new CaptureFile(options.captureFile, { clock, counters, log: options.log });
    this.#sctp = this.#capture === undefined ? port : new CapturingSctpPort(port, this.#capture);
    this.#endpoint = this.#build();
  }

  /** The port in use; undefined when it does not listen. */
  async start(): Promise<number | undefined> {
    this.#host.run(idlePart);
    return await this.#endpoint.start();
  }

  async stop(): Promise<void> {
    await this.#endpoint.stop();
    await this.#host.stop(STOP_MS);
    await this.#sctp.close();
    await this.#capture?.close();
  }

  /** Back-pressure of whoever reads what is printed. */
  setReading(reading: boolean): void {
    this.#endpoint.setReading(reading);
  }

  /** Does a command; the answer is to be printed. */
  perform(command: EndpointCommand): Readonly<Record<string, unknown>> {
    if (command.do === 'status') return { answer: 'status', ok: true, ...this.#endpoint.snapshot() };
    if (command.do === 'transfer') {
      const { pointCodes, networkIndicator, notation, print } = this.#options;
      const transfer = { opc: pointCodes[0] ?? 0, ni: networkIndicator, ...command.transfer };
      const accepted = this.#endpoint.transfer(transfer);
      if (accepted) this.#user?.sent(transfer);
      print({ ...transferPrimitive('MTP-TRANSFER.req', transfer, notation), accepted });
      return { answer: 'transfer', ok: accepted };
    }
    const reason = this.#endpoint.perform(command);
    return reason === undefined
      ? { answer: command.do, ok: true }
      : { answer: command.do, ok: false, reason };
  }

  #build(): Endpoint {
    const { role, counters, log, print } = this.#options;
    const common = {
      sctp: this.#sctp,
      timers: this.#host.timers,
      counters,
      log,
      onStateChange: (change: M3uaStateChange) =>
        print(stateChangePrimitive(change, role.role === 'sgp' ? 'sgp' : 'asp')),
      onManagement: (indication: Primitive) => print(indication),
    };
    switch (role.role) {
      case 'asp': {
        const { listen } = role;
        const waiting = new WaitingPort(this.#sctp);
        const asp = new M3uaAsp({
          ...common,
          ...(listen === undefined ? {} : { sctp: waiting }),
          config: role.config,
        });
        this.#bind(asp);
        return {
          start: async () => {
            const listener = listen === undefined ? undefined : await waiting.open(listen);
            asp.start();
            return listener?.port;
          },
          stop: () => withinTime((stopped) => asp.stop(stopped)),
          transfer: (transfer) => asp.transfer(transfer),
          setReading: (reading) => asp.setReading(reading),
          snapshot: () => asp.snapshot(),
          perform: (command) => {
            if (command.do === 'daud')
              return asp.auditDestinations(command.pointCodes)
                ? undefined
                : 'the ASP is not active anywhere, and cannot ask';
            return performAsp(asp, command);
          },
        };
      }
      case 'sgp': {
        const { call } = role;
        const sgp = new M3uaSgp({
          ...common,
          ...(call === undefined ? {} : { sctp: new CallingPort(this.#sctp, call) }),
          config: role.config,
        });
        const user = this.#echoUser((transfer) => sgp.transfer(transfer));
        for (const pointCode of role.config.localPointCodes)
          for (const si of this.#options.serviceIndicators) sgp.service(pointCode).bind(si, user);
        return {
          start: async () => {
            const port = await sgp.start();
            return call === undefined ? port : undefined;
          },
          stop: () => sgp.stop(),
          transfer: (transfer) => sgp.transfer(transfer),
          setReading: (reading) => sgp.setReading(reading),
          snapshot: () => sgp.snapshot(),
          perform: (command) => performSgp(sgp, command),
        };
      }
      case 'ipsp': {
        const ipsp = new M3uaIpsp({ ...common, config: role.config });
        this.#bind(ipsp);
        return {
          start: () => ipsp.start(),
          stop: () => withinTime((stopped) => ipsp.stop(stopped)),
          transfer: (transfer) => ipsp.transfer(transfer),
          setReading: (reading) => ipsp.setReading(reading),
          snapshot: () => ipsp.snapshot(),
          perform: (command) => {
            if (command.do === 'block' || command.do === 'unblock') {
              ipsp.setBlocked(command.do === 'block', command.asp);
              return undefined;
            }
            return performAsp(ipsp, command);
          },
        };
      }
    }
  }

  #bind(service: MtpService): void {
    const user = this.#echoUser((transfer) => service.transfer(transfer));
    for (const si of this.#options.serviceIndicators) service.bind(si, user);
  }

  #echoUser(transfer: (transfer: MtpTransfer) => boolean): EchoUser {
    const { notation, print, echo } = this.#options;
    this.#user = new EchoUser({ notation, print, ...(echo ? { transfer } : {}) });
    return this.#user;
  }
}

/** A peer that does not let go is left after a while. */
function withinTime(stop: (stopped: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const patience = setTimeout(resolve, STOP_MS);
    stop(() => {
      clearTimeout(patience);
      resolve();
    });
  });
}

function performAsp(
  endpoint: Pick<M3uaAsp, 'up' | 'down' | 'activate' | 'inactivate' | 'register' | 'deregister'>,
  command: EndpointCommand,
): string | undefined {
  switch (command.do) {
    case 'asp-up':
      endpoint.up();
      return undefined;
    case 'asp-down':
      endpoint.down();
      return undefined;
    case 'asp-active':
      endpoint.activate(command.applicationServer);
      return undefined;
    case 'asp-inactive':
      endpoint.inactivate(command.applicationServer);
      return undefined;
    case 'register':
      endpoint.register(command.applicationServer);
      return undefined;
    case 'deregister':
      endpoint.deregister(command.applicationServer);
      return undefined;
    default:
      return 'not in this role';
  }
}

function performSgp(sgp: M3uaSgp, command: EndpointCommand): string | undefined {
  const STATUS = { pause: 'unavailable', restrict: 'restricted', resume: 'available' } as const;
  switch (command.do) {
    case 'pause':
    case 'restrict':
    case 'resume':
    case 'congestion': {
      const foreign = command.pointCodes.filter((pointCode) => !sgp.isOwn(pointCode));
      if (foreign.length > 0) return 'only for point codes of the gateway’s own (--point-code)';
      for (const pointCode of command.pointCodes) {
        if (command.do === 'congestion') sgp.setCongestion(pointCode, command.level);
        else sgp.setStatus(pointCode, STATUS[command.do]);
      }
      return undefined;
    }
    case 'block':
    case 'unblock':
      sgp.setBlocked(command.do === 'block', command.asp);
      return undefined;
    case 'nif':
      sgp.setNifAvailable(command.available);
      return undefined;
    default:
      return 'not in this role';
  }
}
