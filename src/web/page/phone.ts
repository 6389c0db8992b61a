import type { Hello, PhoneNotice, Snapshot } from '../live-source.ts';
import { byId, byKind, make, setText } from './dom.ts';
import { localDateTime, localTime } from './format.ts';
import { type Phone, PhoneBook } from './phone-book.ts';
import { SIGNS } from './signs.ts';

/** Without a choice the phone with the newest message is shown, and changes no faster than one can read. */
const STAY_MS = 8000;

/** A plain handset with the messages that a subscriber sees. */
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

  /** `wish`: the handset in the address; empty follows the newest. */
  constructor(wish: string, chosen: (handset: string) => void) {
    this.#wish = wish;
    this.#chosen = chosen;
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

  update(snapshot: Snapshot, hello: Hello | undefined, find: string): void {
    const nowMs = snapshot.point.atMs;
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
    this.#draw(this.#book.get(this.#shown));
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
    const key = JSON.stringify(sorted.map(({ handset, recipient }) => [handset, recipient]));
    if (key === this.#options) return;
    this.#options = key;
    const newest = make('option', '', 'Newest');
    newest.value = '';
    const options = sorted.map(({ handset, recipient }) => {
      const option = make('option', '', `\u2066${recipient}\u2069`);
      option.value = handset;
      return option;
    });
    this.#select.replaceChildren(newest, ...options);
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

function bubble(notice: PhoneNotice): HTMLLIElement {
  const row = make('li', 'message');
  row.dataset['state'] = notice.state;
  const text = make('div', 'bubble', notice.text);
  // The language chooses the glyphs of Han characters, the line breaks and the voice of a screen reader.
  text.lang = notice.language;
  text.dir = notice.direction;
  row.append(text);
  const meta = make('p', 'message-meta figure', metaOf(notice));
  meta.title = titleOf(notice);
  row.append(meta);
  return row;
}

function metaOf(notice: PhoneNotice): string {
  const words: string[] = [];
  switch (notice.state) {
    case 'delivered':
      words.push(`${SIGNS.well} ${localTime(notice.deliveredAtMs)}`);
      break;
    case 'sent':
      words.push(`→ sent ${localTime(notice.sentAtMs)}, not on the phone yet`);
      break;
    case 'with-smsc':
      words.push(`→ with the SMSC since ${localTime(notice.sentAtMs)}`);
      break;
    case 'waiting':
      words.push('… waits until the phone is back');
      break;
    case 'failed':
      words.push(`${SIGNS.critical} not delivered`);
      break;
    default:
      words.push(`${SIGNS.unknown} ${String(notice.state)}`);
  }
  if (notice.parts > 1)
    words.push(
      notice.state !== 'delivered' && notice.partsDelivered > 0
        ? `${notice.partsDelivered} of ${notice.parts} parts`
        : `${notice.parts} parts`,
    );
  return words.join(' · ');
}

function titleOf({ createdAtMs, sentAtMs, deliveredAtMs, id }: PhoneNotice): string {
  const lines = [`Notice ${id}`, `composed ${localDateTime(createdAtMs)}`];
  if (sentAtMs > 0) lines.push(`sent ${localDateTime(sentAtMs)}`);
  if (deliveredAtMs > 0) lines.push(`on the phone ${localDateTime(deliveredAtMs)}`);
  return lines.join('\n');
}
