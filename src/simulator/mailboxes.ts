/** Where messages of other channels arrive: mailboxes, and the app behind the operator's webhook. The judge sees all of them. */
import { readTimeStamp, timeStampOctets } from '../stack/sms/time-stamp.ts';
import type { Clock } from '../types/clock.ts';
import type { MailMessage, WebhookEvent } from '../types/model/channel-message.ts';
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
}

/** Messages of each person by which one that comes again is known: by its id, as a mail client or an app does. */
const KNOWN_MAX = 200;

export class Mailboxes {
  readonly #options: MailboxesOptions;
  readonly #byNumber: ReadonlyMap<string, Person>;
  readonly #byAddress: ReadonlyMap<string, Person>;
  readonly #known = new Map<Person, Map<string, string>>();

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
    return this.#arrived(this.#byAddress.get(to), { id, text: lines.join('\n'), writtenAtMs });
  }

  /** False: the app has no such user. */
  event({ id, subject, data, writtenAtMs }: WebhookEvent): boolean {
    return this.#arrived(this.#byNumber.get(subject), { id, text: String(data['text']), writtenAtMs });
  }

  #arrived(person: Person | undefined, { id, text, writtenAtMs }: Arrived): boolean {
    if (person === undefined) return false;
    const { clock, judge, onArrived } = this.#options;
    const stamp = readTimeStamp(timeStampOctets(writtenAtMs, offsetMs(person.timeZone, writtenAtMs)));
    if (!stamp.ok) throw new RangeError(`no time stamp: ${writtenAtMs}`);
    // The same id with another text is another message to whoever reads it.
    const identical = this.#note(person, id, text) === text;
    judge.delivered(person, { text, stamp: stamp.value, atMs: clock.now(), identical });
    onArrived(person);
    return true;
  }

  /** What had this id before, if anything. */
  #note(person: Person, id: string, text: string): string | undefined {
    const known = this.#known.get(person) ?? new Map<string, string>();
    this.#known.set(person, known);
    const before = known.get(id);
    known.set(id, text);
    for (const oldest of known.keys()) {
      if (known.size <= KNOWN_MAX) break;
      known.delete(oldest);
    }
    return before;
  }
}
