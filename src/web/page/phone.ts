import type { Hello, Snapshot } from '../live-source.ts';
import type { PhonePerson, PhoneState } from '../phones.ts';
import { byId, byKind, make, setText } from './dom.ts';
import { localTime } from './format.ts';
import { type Phone, PhoneBook } from './phone-book.ts';
import { bubble, thread } from './phone-bubbles.ts';
import { PhoneControls } from './phone-controls.ts';
import { PhoneOperator } from './phone-operator.ts';
import { PhoneOwner } from './phone-owner.ts';

/** Without a choice the phone with the newest message is shown, and changes no faster than one can read. */
const STAY_MS = 8000;

/** In the address, of a phone that can be operated: its number. */
const IN_HAND = /^\+\d{5,15}$/;

/** A plain handset with the messages that a subscriber sees; in a demo it can be operated. */
export class PhoneView {
  readonly #book = new PhoneBook();
  readonly #select = byKind('phone-select', HTMLSelectElement);
  readonly #list = byId('phone-messages');
  readonly #chosen: (handset: string) => void;
  #wish: string;
  #shown = '';
  #shownSinceMs = Number.NEGATIVE_INFINITY;
  #drawn = '';
  #options = '';
  #find = '';
  readonly #operator = new PhoneOperator((state, trouble) => this.#operated(state, trouble));
  readonly #controls: PhoneControls;
  readonly #owner: PhoneOwner;
  #offered = false;
  #people: readonly PhonePerson[] = [];

  /** `wish`: the handset in the address; empty follows the newest. */
  constructor(wish: string, chosen: (handset: string) => void) {
    this.#wish = wish;
    this.#chosen = chosen;
    this.#controls = new PhoneControls(
      () => this.#takeIntoHand(),
      (action) => void this.#operator.do(action),
    );
    this.#owner = new PhoneOwner(
      (what) => this.#controls.fill(what),
      () => {
        this.#takeIntoHand();
        void this.#operator.do({ kind: 'ring' });
      },
      () => this.#operator.stir(),
    );
    this.#select.addEventListener('change', () => this.#choose(this.#select.value));
    byId('phone-previous').addEventListener('click', () => this.#step(-1));
    byId('phone-next').addEventListener('click', () => this.#step(1));
    // It scrolls, and takes keys.
    this.#list.tabIndex = 0;
    this.#list.addEventListener('keydown', ({ key }) => {
      if (key === 'ArrowLeft') this.#step(-1);
      else if (key === 'ArrowRight') this.#step(1);
    });
    for (const width of ['70%', '90%']) {
      const place = make('li', 'message');
      const bubble = make('div', 'bubble skeleton', 'A message, as it stands on the phone.');
      place.style.inlineSize = width;
      place.append(bubble);
      this.#list.append(place);
    }
  }

  /** The engine was started anew: its handsets are others. */
  clear(): void {
    this.#book.clear();
  }

  /** Whether phones can be operated from here. */
  learn({ phones }: Hello): void {
    if (phones === this.#offered) return;
    this.#offered = phones;
    this.#controls.offer(phones);
    byId('phone-owner').hidden = !phones;
    if (!phones) return;
    if (IN_HAND.test(this.#wish)) this.#operator.take(this.#wish.slice(1));
    void this.#operator.people().then(
      (people) => {
        this.#people = people;
        this.#options = '';
        this.#drawOptions(this.#book.phones());
      },
      // Without them the phones that got something can be chosen all the same.
      () => undefined,
    );
  }

  /** The phone that is shown, as one that is operated: by its number. */
  #takeIntoHand(): void {
    if (!this.#offered || IN_HAND.test(this.#wish)) return;
    const phone = this.#book.get(this.#shown);
    const number = phone?.recipient ?? this.#people[0]?.number;
    if (number !== undefined) this.#choose(`+${number}`);
  }

  #operated(state: PhoneState | undefined, trouble: string): void {
    if (!IN_HAND.test(this.#wish)) return;
    this.#owner.update(state, trouble);
    this.#controls.update(state);
    this.#drawOperated(state);
  }

  #drawOperated(state: PhoneState | undefined): void {
    const notices = state?.notices ?? [];
    const said = state?.said ?? [];
    const key = JSON.stringify([this.#wish, state === undefined, notices, said]);
    if (key === this.#drawn) return;
    this.#drawn = key;
    setText(byId('phone-number'), this.#wish);
    setText(byId('phone-sender'), notices[0]?.sender ?? 'Messages');
    const why =
      state === undefined ? 'Looking for the phone …' : 'Nothing has come yet. Write to 4321, or dial *123#.';
    const rows = thread(notices, said);
    this.#list.replaceChildren(...(rows.length > 0 ? rows : [make('li', 'empty', why)]));
    this.#list.scrollTop = this.#list.scrollHeight;
  }

  update(snapshot: Snapshot, hello: Hello | undefined, find: string): void {
    const nowMs = snapshot.point.atMs;
    this.#owner.governor(snapshot);
    this.#find = find;
    this.#book.add(snapshot.notices, this.#wish === '' ? this.#shown : this.#wish);
    const phones = this.#visible();
    if (this.#wish !== '') this.#shown = this.#wish;
    else if (
      nowMs - this.#shownSinceMs >= STAY_MS ||
      nowMs < this.#shownSinceMs ||
      !phones.some(({ handset }) => handset === this.#shown)
    ) {
      this.#shown = (phones.find(hasArrived) ?? phones[0])?.handset ?? '';
      this.#shownSinceMs = nowMs;
    }
    setText(byId('phone-clock'), localTime(nowMs).slice(0, 5));
    setText(
      byId('phone-note'),
      `${this.#wish === '' ? 'Changes every 8 s at most; choose a phone to stay with it. ' : ''}${
        hello?.privacy === 'full' ? 'Numbers are shown in full.' : 'Numbers are masked.'
      }`,
    );
    this.#drawOptions(phones);
    if (!IN_HAND.test(this.#wish)) this.#draw(this.#book.get(this.#shown));
  }

  #visible(): Phone[] {
    const phones = this.#book.phones();
    if (this.#find === '') return phones;
    return phones.filter(({ recipient, messages }) =>
      `${recipient} ${messages.map(({ text }) => text).join(' ')}`.toLowerCase().includes(this.#find),
    );
  }

  #choose(handset: string): void {
    this.#wish = handset;
    this.#shownSinceMs = Number.NEGATIVE_INFINITY;
    if (handset !== '') this.#shown = handset;
    this.#select.value = handset;
    this.#chosen(handset);
    const isInHand = IN_HAND.test(handset);
    this.#operator.take(isInHand ? handset.slice(1) : '');
    if (isInHand) return this.#operated(this.#operator.state, '');
    this.#owner.update(undefined, '');
    this.#controls.update(undefined);
    this.#draw(this.#book.get(this.#shown));
  }

  #step(by: number): void {
    const handsets = [...this.#select.options].map(({ value }) => value).filter((value) => value !== '');
    if (handsets.length === 0) return;
    const at = handsets.indexOf(this.#shown);
    this.#choose(handsets[(Math.max(at, 0) + (at < 0 ? 0 : by) + handsets.length) % handsets.length]!);
  }

  /** In the order of the numbers, so that the list stays as it is while messages come. */
  #drawOptions(phones: readonly Phone[]): void {
    const sorted = [...phones].sort(
      (a, b) => a.recipient.localeCompare(b.recipient) || a.handset.localeCompare(b.handset),
    );
    const known = new Set(this.#people.map(({ number }) => `+${number}`));
    const others = sorted
      .map(({ handset, recipient }) => ({ recipient, value: this.#offered ? `+${recipient}` : handset }))
      .filter(({ value }) => !known.has(value));
    // One that was chosen, and had nothing lately, stays where it can be seen.
    if (
      IN_HAND.test(this.#wish) &&
      !known.has(this.#wish) &&
      !others.some(({ value }) => value === this.#wish)
    )
      others.unshift({ recipient: this.#wish.slice(1), value: this.#wish });
    const key = JSON.stringify([others, this.#people]);
    if (key === this.#options) return;
    this.#options = key;
    const newest = make('option', '', 'Newest');
    newest.value = '';
    const option = (value: string, text: string): HTMLOptionElement => {
      const made = make('option', '', text);
      made.value = value;
      return made;
    };
    const people = this.#people.map(({ number, name, about }) => option(`+${number}`, `${name}: ${about}`));
    const rest = others.map(({ value, recipient }) => option(value, `\u2066${recipient}\u2069`));
    this.#select.replaceChildren(
      newest,
      ...(people.length === 0 ? rest : [group('People', people), group('Others', rest)]),
    );
    this.#select.value = this.#wish;
  }

  #draw(phone: Phone | undefined): void {
    const key = phone === undefined ? `none ${this.#wish}` : JSON.stringify([phone.handset, phone.messages]);
    if (key === this.#drawn) return;
    this.#drawn = key;
    setText(byId('phone-number'), phone?.recipient ?? '');
    setText(byId('phone-sender'), phone?.messages.at(-1)?.sender ?? 'Messages');
    const atEnd = this.#list.scrollHeight - this.#list.scrollTop - this.#list.clientHeight < 24;
    if (phone === undefined) {
      const why =
        this.#wish === ''
          ? 'No notice has been sent yet. It comes when a call was missed and the phone is back.'
          : 'This phone has had no notice lately. Choose another one above.';
      this.#list.replaceChildren(make('li', 'empty', why));
      return;
    }
    this.#list.replaceChildren(...phone.messages.map(bubble));
    if (atEnd || this.#wish === '') this.#list.scrollTop = this.#list.scrollHeight;
  }
}

const hasArrived = ({ messages }: Phone): boolean => messages.some(({ state }) => state === 'delivered');

function group(label: string, options: readonly HTMLOptionElement[]): HTMLOptGroupElement {
  const made = make('optgroup');
  made.label = label;
  made.append(...options);
  return made;
}
