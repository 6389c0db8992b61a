/** Where messages of other channels arrive: mailboxes, browsers, and the app behind the operator's webhook. The judge sees all of them. */
import { readTimeStamp, timeStampOctets } from '../stack/sms/time-stamp.ts';
import type { Clock } from '../types/clock.ts';
import type { MailMessage, PushMessage, WebhookEvent } from '../types/model/channel-message.ts';
import type { Judge } from './judge/judge.ts';
import type { Person } from './person.ts';
import { offsetMs } from './wall-clock.ts';

export interface MailboxesOptions {
  readonly clock: Clock;
  readonly people: readonly Person[];
  readonly judge: Judge;
  /** Something has arrived. */
  readonly onArrived: (person: Person) => void;
}

interface Arrived {
  readonly id: string;
  readonly text: string;
  readonly writtenAtMs: number;
  /** Where: a person has one mailbox, one app, and perhaps several browsers. */
  readonly at: string;
  /** `writtenAtMs` is when it arrived, and may be of the next day. */
  readonly isStampedLate?: true;
  /** Of an inbox: when it came there; it has disturbed nobody. */
  readonly placedAtMs?: number | undefined;
}

type Known = Pick<Arrived, 'text' | 'at'>;

/** Messages of each person by which one that comes again is known: by its id, as a mail client or an app does. */
const KNOWN_MAX = 200;

export class Mailboxes {
  readonly #options: MailboxesOptions;
  readonly #byNumber: ReadonlyMap<string, Person>;
  readonly #byAddress: ReadonlyMap<string, Person>;
  readonly #known = new Map<Person, Map<string, Known>>();

  constructor(options: MailboxesOptions) {
    const { people } = options;
    this.#options = options;
    this.#byNumber = new Map(people.map((person) => [person.number, person]));
    this.#byAddress = new Map(
      people.flatMap((person) => {
        const { eMail } = person.preferences ?? {};
        return eMail === undefined ? [] : [[eMail, person]];
      }),
    );
  }

  /** False: nobody has this address. */
  mail({ id, to, sections, writtenAtMs }: MailMessage): boolean {
    const lines = sections.flatMap(({ heading, lines: below }) =>
      heading === '' ? below : [heading, ...below],
    );
    return this.#arrived(this.#byAddress.get(to), { id, text: lines.join('\n'), writtenAtMs, at: to });
  }

  /** False: the app has no such user. */
  event({ id, subject, data, writtenAtMs }: WebhookEvent): boolean {
    return this.#arrived(this.#byNumber.get(subject), {
      id,
      text: String(data['text']),
      writtenAtMs,
      at: 'app',
    });
  }

  /** False: nobody's browser. A notification has no time of its own but that of its arrival. */
  push({ id, about, subscription, data }: PushMessage): boolean {
    const person = this.#byNumber.get(about.subscriber);
    const { endpoint: at } = subscription;
    return this.#arrived(person, {
      id,
      text: String(data['body']),
      writtenAtMs: this.#options.clock.now(),
      at,
      isStampedLate: true,
    });
  }

  /** It was read in the app that shows the inbox. */
  entry(person: Person, message: Omit<Arrived, 'at' | 'isStampedLate'>): void {
    this.#arrived(person, { ...message, at: 'inbox' });
  }

  #arrived(person: Person | undefined, { id, text, writtenAtMs, at, ...late }: Arrived): boolean {
    if (person === undefined) return false;
    const { clock, judge, onArrived } = this.#options;
    const stamp = readTimeStamp(timeStampOctets(writtenAtMs, offsetMs(person.timeZone, writtenAtMs)));
    if (!stamp.ok) throw new RangeError(`no time stamp: ${writtenAtMs}`);
    const before = this.#note(person, id, { text, at });
    // Each browser shows it: told once. The same id with another text is another message to whoever reads it.
    if (before !== undefined && before.text === text && before.at !== at) return true;
    const identical = before?.text === text;
    judge.delivered(person, { text, stamp: stamp.value, atMs: clock.now(), identical, ...late });
    onArrived(person);
    return true;
  }

  /** What had this id first, if anything. */
  #note(person: Person, id: string, arrived: Known): Known | undefined {
    const known = this.#known.get(person) ?? new Map<string, Known>();
    this.#known.set(person, known);
    const before = known.get(id);
    if (before?.text !== arrived.text) known.set(id, arrived);
    for (const oldest of known.keys()) {
      if (known.size <= KNOWN_MAX) break;
      known.delete(oldest);
    }
    return before;
  }
}
