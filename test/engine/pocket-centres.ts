/** Message centres for a pocket plant, over SMPP in memory on its clock: phones that are there or not, and what they were shown. */
import type { CentreOptions } from '../../src/engine/message-centres.ts';
import type { SmscConfig } from '../../src/gateway/smpp/smsc-client.ts';
import { type SmscBehaviour, wellBehaved } from '../../src/simulator/smsc/behaviour.ts';
import { Smsc } from '../../src/simulator/smsc/smsc.ts';
import type { SubmittedMessage } from '../../src/simulator/smsc/stored-message.ts';
import { SmppSession } from '../../src/stack/smpp/session.ts';
import { shortMessageParts, shortMessageText } from '../../src/stack/smpp/short-message.ts';
import type { Clock } from '../../src/types/clock.ts';
import { CountersMap } from '../../src/types/counters.ts';
import { SeededRandom } from '../../src/types/random.ts';
import type { Timers } from '../../src/types/timers.ts';
import { SmppWire } from '../simulator/smpp-wire.ts';

const times = { sessionInitMs: 5_000, enquireLinkMs: 30_000, inactivityMs: 0, responseMs: 10_000 };
const limits = { window: 20, pduOctetsMax: 70_000, queueOctetsMax: 1_000_000 };

export interface PocketCentre {
  readonly smsc: Smsc;
  readonly wire: SmppWire;
  readonly counters: CountersMap;
  /** In the order in which phones were shown them. */
  readonly inbox: SubmittedMessage[];
}

export class PocketCentres {
  readonly centres = new Map<string, PocketCentre>();
  /** Phones that are not there. */
  readonly away = new Set<string>();
  readonly configs: SmscConfig[] = [];
  readonly #deferred: (() => void)[] = [];
  readonly #clock: Clock;
  readonly #timers: Timers;

  constructor(clock: Clock, timers: Timers) {
    this.#clock = clock;
    this.#timers = timers;
  }

  /** One more, behind those that are there. */
  add(name: string, config: Partial<SmscConfig> = {}, behaviour: Partial<SmscBehaviour> = {}): PocketCentre {
    const counters = new CountersMap();
    const inbox: SubmittedMessage[] = [];
    const ports = { clock: this.#clock, timers: this.#timers, counters };
    const smsc = new Smsc(
      {
        ...ports,
        deliver: (message) => {
          if (this.away.has(message.destination)) return 'absent';
          inbox.push(message);
          return 'delivered';
        },
      },
      { accounts: new Map([['callwake', 'secret']]), behaviour: { ...wellBehaved, ...behaviour } },
    );
    const wire = new SmppWire(
      (callback) => void this.#deferred.push(callback),
      (connection) =>
        new SmppSession({ role: 'mc', systemId: name, connection, ...ports, times, limits, user: smsc }),
    );
    this.configs.push({ ...smscConfig(name), ...config });
    const centre = { smsc, wire, counters, inbox };
    this.centres.set(name, centre);
    return centre;
  }

  /** What the notifier opens; its links end with `timers`. */
  options(): Omit<CentreOptions, 'lives' | 'onDelivered'> {
    return {
      smscs: this.configs,
      random: new SeededRandom(1),
      port: {
        connect: (peer, user) => {
          const centre = this.centres.get(peer.host);
          if (centre === undefined) throw new RangeError(`no centre ${peer.host}`);
          return centre.wire.connect(peer, user);
        },
      },
    };
  }

  /** A phone sends a text to a number, over the first centre; a long one in parts, as its network has them. */
  say(from: string, to: string, text: string, dataCoding?: number): void {
    const [centre] = this.centres.values();
    const parts = shortMessageParts(text, 42, 'header');
    if (!parts.ok || centre === undefined) throw new RangeError(text);
    for (const part of parts.value) {
      const octets = dataCoding === undefined ? part.shortMessage : Buffer.from(text, 'latin1');
      centre.smsc.fromPhone(from, to, octets, dataCoding ?? part.dataCoding, part.esmClass);
    }
  }

  /** The notifier is gone, with its connections. */
  cut(): void {
    for (const { wire } of this.centres.values()) wire.lose(true);
  }

  /** The phone is there again. */
  comeBack(number: string): void {
    this.away.delete(number);
    for (const { smsc } of this.centres.values()) smsc.available(number);
  }

  deliver(): number {
    const batch = this.#deferred.splice(0);
    for (const callback of batch) callback();
    return batch.length;
  }

  /** What a phone was shown, by whichever centre. */
  read(number: string): string[] {
    return [...this.centres.values()]
      .flatMap(({ inbox }) => inbox)
      .filter(({ destination }) => destination === number)
      .map(({ hasHeader, dataCoding, octets }) =>
        shortMessageText({ esmClass: hasHeader ? 0x40 : 0, dataCoding }, octets),
      );
  }
}

export function smscConfig(name: string): SmscConfig {
  return {
    name,
    links: [
      {
        name: `${name}-0`,
        peer: { host: name, port: 2775, tls: false },
        bind: {
          mode: 'transceiver',
          systemId: 'callwake',
          password: 'secret',
          systemType: '',
          addressRange: '',
          addrTon: 0,
          addrNpi: 0,
        },
        times,
        limits,
        reconnectMs: 500,
        reconnectMaxMs: 5_000,
      },
    ],
    concatenation: 'header',
    serviceType: 'VMN',
    validityMs: 3_600_000,
    registeredDelivery: 1,
    source: { ton: 5, npi: 0, address: 'Callwake' },
    destination: { ton: 1, npi: 1 },
    replacesIfPresent: false,
    replaces: false,
    cancels: true,
    prefixes: [],
    submitsPerSecond: 0,
  };
}
