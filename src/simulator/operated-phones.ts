/** Phones of the network in a box that somebody outside has in the hand: what they say goes the way of every phone's. */
import type { SimulatedNetwork } from './network.ts';
import type { Person } from './person.ts';
import type { PhoneOrder, PhoneReport } from './phone-orders.ts';
import type { UssdCall } from './ussd-calls.ts';

export interface OperatedPhonesOptions {
  readonly network: Pick<SimulatedNetwork, 'people' | 'hands' | 'sendShortMessage' | 'openUssd' | 'orders'>;
  /** The short number of the service. */
  readonly serviceNumber: string;
  readonly tell: (report: PhoneReport) => void;
}

/** A phone that nobody has asked for so long has been put down. */
const IN_HAND_MS = 15_000;
const OUTAGE_MS = 15_000;

export class OperatedPhones {
  readonly #options: OperatedPhonesOptions;
  readonly #people: ReadonlyMap<string, Person>;
  readonly #calls = new Map<Person, UssdCall>();

  constructor(options: OperatedPhonesOptions) {
    this.#options = options;
    this.#people = new Map(options.network.people.map((person) => [person.number, person]));
  }

  /** False: there is no such phone. */
  take(order: PhoneOrder): boolean {
    const { network } = this.#options;
    if (order.kind === 'outage') {
      network.hands.outage(OUTAGE_MS);
      return true;
    }
    const person = this.#people.get(order.number);
    if (person === undefined) return false;
    network.hands.hold(person, IN_HAND_MS);
    this.#do(order, person);
    return true;
  }

  /** Nobody is there any more. */
  putDown(): void {
    for (const call of this.#calls.values()) call.cancel();
  }

  #do(order: Exclude<PhoneOrder, { kind: 'outage' }>, person: Person): void {
    const { network, serviceNumber, tell } = this.#options;
    const { number } = person;
    switch (order.kind) {
      case 'hold':
        return tell({ kind: 'radio', number, radio: person.handset.radio });
      case 'power':
        if (order.on) network.hands.switchOn(person);
        else {
          this.#calls.get(person)?.cancel();
          network.hands.switchOff(person);
        }
        return tell({ kind: 'radio', number, radio: person.handset.radio });
      case 'ring':
        network.hands.ring(person);
        return tell({ kind: 'radio', number, radio: person.handset.radio });
      case 'send': {
        const { id, text } = order;
        if (person.handset.radio !== 'on') return tell({ kind: 'sent', number, id, outcome: 'no-network' });
        network.orders(person, text);
        let parts = 0;
        let taken = 0;
        return network.sendShortMessage(person, serviceNumber, text, (isTaken, of) => {
          if (isTaken) taken++;
          if (++parts === of) tell({ kind: 'sent', number, id, outcome: taken === of ? 'taken' : 'refused' });
        });
      }
      case 'dial':
        return this.#dial(person, order.code);
      case 'answer':
        network.orders(person, order.text);
        this.#calls.get(person)?.answer(order.text);
        return;
      case 'cancel':
        this.#calls.get(person)?.cancel();
        return;
      default:
        order satisfies never;
    }
  }

  #dial(person: Person, code: string): void {
    const { network, tell } = this.#options;
    const { number } = person;
    if (person.handset.radio !== 'on') return tell({ kind: 'ended', number, how: 'no-network' });
    network.orders(person, code);
    const call = network.openUssd(person, code, {
      onPage: (text, asks) => tell({ kind: 'page', number, text, asks }),
      onEnd: (how) => {
        this.#calls.delete(person);
        tell({ kind: 'ended', number, how });
      },
    });
    if (call === undefined) tell({ kind: 'ended', number, how: 'refused' });
    else this.#calls.set(person, call);
  }
}
