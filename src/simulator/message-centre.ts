/** The network's message centre: takes short messages over SMPP and brings them to the phones, which the judge sees. */
import type { SmppConnection } from '../stack/smpp/port.ts';
import { SmppSession } from '../stack/smpp/session.ts';
import { addressOf } from '../stack/sms/address.ts';
import { DCS_GSM7, DCS_UCS2 } from '../stack/sms/data-coding.ts';
import { encodeSmsDeliver } from '../stack/sms/sms-deliver.ts';
import { timeStampOctets } from '../stack/sms/time-stamp.ts';
import type { UserData } from '../stack/sms/user-data.ts';
import type { Clock } from '../types/clock.ts';
import type { Counters } from '../types/counters.ts';
import type { Timers } from '../types/timers.ts';
import type { ShortMessage } from './handset.ts';
import type { Judge } from './judge/judge.ts';
import type { Person } from './person.ts';
import type { SmscBehaviour } from './smsc/behaviour.ts';
import { Smsc } from './smsc/smsc.ts';
import type { SubmittedMessage } from './smsc/stored-message.ts';
import { offsetMs } from './wall-clock.ts';

export interface MessageCentreOptions {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly counters: Counters;
  readonly behaviour: SmscBehaviour;
  readonly people: readonly Person[];
  readonly judge: Judge;
  readonly onShortMessage: (person: Person, message: ShortMessage) => void;
}

/** The account that an engine binds with. */
export const CENTRE_ACCOUNT = { systemId: 'callwake', password: 'secret' } as const;

const TIMES = { sessionInitMs: 5_000, enquireLinkMs: 30_000, inactivityMs: 0, responseMs: 10_000 };
const LIMITS = { window: 100, pduOctetsMax: 70_000, queueOctetsMax: 1_000_000 };
/** Messages of each phone by which one that comes again is known. */
const KNOWN_MAX = 200;

export class MessageCentre {
  readonly smsc: Smsc;
  readonly #options: MessageCentreOptions;
  readonly #byNumber: ReadonlyMap<string, Person>;
  /** What a phone has had, by text and reference: the centre's time stamp is another one each time. */
  readonly #known = new Map<Person, Set<string>>();

  constructor(options: MessageCentreOptions) {
    this.#options = options;
    this.#byNumber = new Map(options.people.map((person) => [person.number, person]));
    this.smsc = new Smsc(
      { ...options, deliver: (message) => this.#deliver(message) },
      {
        accounts: new Map([[CENTRE_ACCOUNT.systemId, CENTRE_ACCOUNT.password]]),
        behaviour: options.behaviour,
      },
    );
  }

  /** A client has connected. */
  session(connection: SmppConnection): SmppSession {
    const { timers, counters } = this.#options;
    return new SmppSession({
      role: 'mc',
      systemId: 'smsc',
      connection,
      timers,
      counters,
      times: TIMES,
      limits: LIMITS,
      user: this.smsc,
    });
  }

  #deliver(message: SubmittedMessage): 'delivered' | 'absent' | 'unknown' {
    const { clock, counters, judge, onShortMessage } = this.#options;
    const person = this.#byNumber.get(message.destination);
    if (person === undefined) return 'unknown';
    const { handset } = person;
    if (handset.radio !== 'on') return 'absent';
    const taken = handset.take(this.#tpdu(person, message), clock.now());
    counters.count(`simulator.handset.${taken.kind}`);
    if (taken.kind === 'memory-full') return 'absent';
    if (taken.kind === 'message') {
      // Within a second the octets of different messages may be the same; those of a part are not.
      const isPartAgain = taken.message.identical && message.hasHeader;
      const identical = isPartAgain || this.#isKnown(person, message, taken.message.text);
      const shown = { ...taken.message, identical, isStampedLate: true } as const;
      judge.delivered(person, shown);
      onShortMessage(person, shown);
    } else if (taken.kind === 'unreadable') {
      const why = `a short message that does not decode: ${taken.code}`;
      judge.verdicts.add({ kind: 'wrong', atMs: clock.now(), phone: person.number, why });
    }
    return 'delivered';
  }

  #isKnown(person: Person, { reference }: SubmittedMessage, text: string): boolean {
    const known = this.#known.get(person) ?? new Set();
    this.#known.set(person, known);
    const key = `${reference} ${text}`;
    if (known.has(key)) return true;
    known.add(key);
    for (const oldest of known) {
      if (known.size <= KNOWN_MAX) break;
      known.delete(oldest);
    }
    return false;
  }

  #tpdu(person: Person, message: SubmittedMessage): Uint8Array {
    const { source, dataCoding, submittedAtMs, protocolId } = message;
    const address = addressOf(source);
    if (!address.ok) throw new RangeError(`no address: ${source}`);
    return encodeSmsDeliver({
      kind: 'SMS-DELIVER',
      moreMessagesToSend: false,
      loopPrevention: false,
      statusReportIndication: false,
      replyPath: false,
      originatingAddress: address.value,
      protocolIdentifier: protocolId,
      dataCodingScheme: dataCoding === 8 ? DCS_UCS2 : DCS_GSM7,
      serviceCentreTimeStamp: timeStampOctets(submittedAtMs, offsetMs(person.timeZone, submittedAtMs)),
      userData: userDataOf(message),
    });
  }
}

function userDataOf({ hasHeader, octets }: SubmittedMessage): UserData {
  if (!hasHeader) return { header: undefined, units: octets };
  const length = octets[0] ?? 0;
  return { header: octets.subarray(1, 1 + length), units: octets.subarray(1 + length) };
}
