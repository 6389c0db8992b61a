/** The phones of the demo as its page has them: orders go to the network's process, and what is seen there is kept for who looks. */
import type { PhoneOrder, PhoneReport } from '../simulator/phone-orders.ts';
import type { Profile } from '../types/model/profile.ts';
import type { PhoneNotice } from '../web/live-source.ts';
import type {
  PhoneAction,
  PhoneMail,
  PhonePerson,
  PhoneProfile,
  PhoneSaid,
  PhoneState,
  Phones,
  PhoneUssd,
} from '../web/phones.ts';

export interface DemoPhonesOptions {
  readonly numbers: ReadonlySet<string>;
  readonly people: readonly PhonePerson[];
  readonly order: (order: PhoneOrder) => boolean;
  /** What the mailboxes of the demo have, newest first. */
  readonly mailsTo: (address: string) => readonly PhoneMail[];
  readonly inWords: (profile: Profile) => PhoneProfile;
}

/** What the engine knows of a phone's owner. */
export interface PhoneSource {
  noticesTo(number: string): readonly PhoneNotice[];
  profileOf(number: string): Promise<Profile | undefined>;
}

interface Phone {
  radio: PhoneState['radio'];
  readonly said: PhoneSaid[];
  ussd: PhoneUssd | undefined;
  /** Who waits for something to come of what was done. */
  waiting: (() => void)[];
}

const SAID_MAX = 20;
/** The answer to an action is waited for so long; what comes later is seen at the next look. */
const WAIT_MS = 3_000;
/** A short message that nothing was heard of for so long was not sent. */
const SENT_MS = 60_000;

export class DemoPhones implements Phones {
  readonly #options: DemoPhonesOptions;
  /** At most one for each number. */
  readonly #phones = new Map<string, Phone>();
  #source: PhoneSource | undefined;
  #lastId = 0;

  constructor(options: DemoPhonesOptions) {
    this.#options = options;
  }

  /** The engine is there. */
  attach(source: PhoneSource): void {
    this.#source = source;
  }

  people(): readonly PhonePerson[] {
    return this.#options.people;
  }

  stir(): boolean {
    return this.#options.order({ kind: 'outage' });
  }

  async act(number: string, action: PhoneAction): Promise<PhoneState | undefined> {
    if (!this.#options.numbers.has(number)) return undefined;
    const phone = this.#phone(number);
    const done = this.#do(number, phone, action);
    if (done !== undefined) await done;
    return this.#stateOf(number, phone);
  }

  /** Something was seen at a phone. */
  report(report: PhoneReport): void {
    const phone = this.#phone(report.number);
    switch (report.kind) {
      case 'radio':
        phone.radio = report.radio;
        break;
      case 'sent':
        setSaid(phone, report.id, report.outcome === 'taken' ? 'sent' : report.outcome);
        break;
      case 'page':
        phone.ussd = {
          page: (phone.ussd?.page ?? 0) + 1,
          text: report.text,
          state: report.asks ? 'asks' : 'over',
        };
        break;
      case 'ended':
        phone.ussd = endedUssd(phone.ussd, report.how);
        break;
      default:
        report satisfies never;
    }
    const { waiting } = phone;
    phone.waiting = [];
    for (const wake of waiting) wake();
  }

  #do(number: string, phone: Phone, action: PhoneAction): Promise<void> | undefined {
    switch (action.kind) {
      case 'look':
        // Who looks has the phone in the hand.
        return this.#order({ kind: 'hold', number }, phone);
      case 'ring':
        return this.#order({ kind: 'ring', number }, phone);
      case 'power':
        return this.#order({ kind: 'power', number, on: action.on }, phone);
      case 'send': {
        const id = ++this.#lastId;
        phone.said.push({ id, atMs: Date.now(), text: action.text, state: 'sending' });
        if (phone.said.length > SAID_MAX) phone.said.shift();
        const sent = this.#order({ kind: 'send', number, id, text: action.text }, phone);
        if (sent === undefined) setSaid(phone, id, 'no-network');
        return sent;
      }
      case 'dial':
        phone.ussd = { page: (phone.ussd?.page ?? 0) + 1, text: '', state: 'waits' };
        return this.#orderUssd({ kind: 'dial', number, code: action.code }, phone);
      case 'answer':
        if (phone.ussd?.state !== 'asks') return undefined;
        phone.ussd = { ...phone.ussd, state: 'waits' };
        return this.#orderUssd({ kind: 'answer', number, text: action.text }, phone);
      case 'cancel':
        if (phone.ussd?.state === 'asks' || phone.ussd?.state === 'waits')
          this.#options.order({ kind: 'cancel', number });
        phone.ussd = undefined;
        return undefined;
      default:
        action satisfies never;
        return undefined;
    }
  }

  #orderUssd(order: PhoneOrder, phone: Phone): Promise<void> | undefined {
    const ordered = this.#order(order, phone);
    if (ordered === undefined) phone.ussd = endedUssd(phone.ussd, 'no-network');
    return ordered;
  }

  /** Undefined: the network is gone. */
  #order(order: PhoneOrder, phone: Phone): Promise<void> | undefined {
    if (!this.#options.order(order)) {
      phone.radio = 'unknown';
      return undefined;
    }
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, WAIT_MS);
      timer.unref();
      phone.waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  async #stateOf(number: string, phone: Phone): Promise<PhoneState> {
    const { people, mailsTo, inWords } = this.#options;
    // An engine that is just starting anew says nothing of its subscribers, and that is no reason to show no phone.
    const profile = await this.#source?.profileOf(number).catch(() => undefined);
    const address = profile?.preferences?.eMail;
    const nowMs = Date.now();
    for (const { id, atMs, state } of phone.said)
      if (state === 'sending' && nowMs - atMs > SENT_MS) setSaid(phone, id, 'no-answer');
    return {
      number,
      name: people.find((person) => person.number === number)?.name ?? '',
      radio: phone.radio,
      profile: profile === undefined ? undefined : inWords(profile),
      notices: this.#source?.noticesTo(number) ?? [],
      said: phone.said,
      ussd: phone.ussd,
      mailbox: address === undefined ? undefined : { address, mails: mailsTo(address) },
    };
  }

  #phone(number: string): Phone {
    let phone = this.#phones.get(number);
    if (phone === undefined) {
      phone = { radio: 'unknown', said: [], ussd: undefined, waiting: [] };
      this.#phones.set(number, phone);
    }
    return phone;
  }
}

function setSaid({ said }: Phone, id: number, state: PhoneSaid['state']): void {
  const at = said.findIndex((one) => one.id === id);
  if (at >= 0) said[at] = { ...said[at]!, state };
}

/** The last page stays until the phone's owner has read it. */
function endedUssd(
  ussd: PhoneUssd | undefined,
  how: (PhoneReport & { kind: 'ended' })['how'],
): PhoneUssd | undefined {
  if (how === 'left') return undefined;
  const page = ussd?.page ?? 1;
  if (how === 'result') return ussd?.state === 'over' ? ussd : { page, text: '', state: 'ended' };
  const state = how === 'aborted' ? 'ended' : how;
  return { page, text: ussd?.text ?? '', state };
}
