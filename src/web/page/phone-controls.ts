import type { PhoneAction, PhoneState, PhoneUssd } from '../phones.ts';
import { byId, byKind, setText } from './dom.ts';

const RADIO: Readonly<Record<PhoneState['radio'], string>> = {
  on: '',
  off: '✕ off',
  'no-coverage': '✕ no coverage',
  unknown: '… no network',
};

/** What a handset says when nothing comes of a code. */
const USSD_TROUBLE: Readonly<Partial<Record<PhoneUssd['state'], string>>> = {
  error: 'Connection problem or invalid MMI code.',
  ended: 'The session has ended.',
  'no-network': 'No network: the code was not sent.',
  refused: 'Another session is open: the code was not sent.',
};

/** The keys of the phone: text, call, power, and the dialog of a code. */
export class PhoneControls {
  readonly #handset = byId('handset');
  readonly #send = byKind('phone-send', HTMLFormElement);
  readonly #text = byKind('phone-text', HTMLInputElement);
  readonly #call = byKind('phone-call', HTMLFormElement);
  readonly #code = byKind('phone-code', HTMLInputElement);
  readonly #power = byKind('phone-power', HTMLButtonElement);
  readonly #ussd = byId('phone-ussd');
  readonly #answer = byKind('ussd-answer', HTMLInputElement);
  readonly #ussdSend = byKind('ussd-send', HTMLButtonElement);
  readonly #ussdCancel = byKind('ussd-cancel', HTMLButtonElement);
  readonly #do: (action: PhoneAction) => void;
  #page = 0;
  #wasOpen = false;
  #radio: PhoneState['radio'] = 'unknown';

  /**
   * @param take the phone on the screen is taken into the hand
   * @param act what is done with it
   */
  constructor(take: () => void, act: (action: PhoneAction) => void) {
    this.#do = (action) => {
      take();
      act(action);
    };
    for (const field of [this.#text, this.#code]) field.addEventListener('focus', take);
    this.#send.addEventListener('submit', (event) => {
      event.preventDefault();
      const text = this.#text.value.trim();
      if (text === '') return;
      this.#text.value = '';
      this.#do({ kind: 'send', text });
    });
    this.#call.addEventListener('submit', (event) => {
      event.preventDefault();
      const code = this.#code.value.trim();
      const valid = /^[*#][\d*#+]*#$/.test(code);
      this.#code.setCustomValidity(valid ? '' : 'A code begins with * and ends with #, as in *123#.');
      if (!this.#code.reportValidity()) return;
      this.#do({ kind: 'dial', code });
    });
    this.#code.addEventListener('input', () => this.#code.setCustomValidity(''));
    this.#power.addEventListener('click', () => this.#do({ kind: 'power', on: this.#radio !== 'on' }));
    byKind('ussd-form', HTMLFormElement).addEventListener('submit', (event) => {
      event.preventDefault();
      const text = this.#answer.value.trim();
      if (text === '') return;
      this.#answer.value = '';
      act({ kind: 'answer', text });
    });
    this.#ussdCancel.addEventListener('click', () => act({ kind: 'cancel' }));
    this.#ussd.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      act({ kind: 'cancel' });
    });
    this.update(undefined);
  }

  /** Only the phones of a demo have keys. */
  offer(offered: boolean): void {
    this.#send.hidden = !offered;
    this.#call.hidden = !offered;
  }

  /** Puts a text or a code where it is typed. */
  fill(what: string): void {
    const field = what.startsWith('*') ? this.#code : this.#text;
    field.value = what;
    field.focus();
  }

  update(state: PhoneState | undefined): void {
    const radio = state?.radio ?? 'on';
    this.#radio = radio;
    const word = byId('phone-radio');
    word.hidden = RADIO[radio] === '';
    setText(word, RADIO[radio]);
    // Nothing is known of a phone that was just taken.
    this.#handset.dataset['radio'] = state?.radio ?? '';
    setText(this.#power, radio === 'on' ? 'Switch off' : 'Switch on');
    this.#power.setAttribute('aria-pressed', String(radio !== 'on'));
    this.#power.disabled = radio === 'unknown' && state !== undefined;
    this.#draw(state?.ussd, state?.profile);
  }

  #draw(ussd: PhoneUssd | undefined, profile: PhoneState['profile']): void {
    const isOpen = ussd !== undefined;
    const wasInDialog = this.#ussd.contains(document.activeElement);
    this.#ussd.hidden = !isOpen;
    this.#send.inert = isOpen;
    if (!isOpen) {
      if (this.#wasOpen && wasInDialog) this.#code.focus();
      this.#wasOpen = false;
      return;
    }
    this.#wasOpen = true;
    const { state, page, text } = ussd;
    const trouble = USSD_TROUBLE[state];
    const shown = byId('ussd-text');
    setText(byId('ussd-title'), this.#code.value);
    setText(shown, state === 'waits' ? 'USSD code running …' : (trouble ?? text));
    const isPage = state === 'asks' || state === 'over';
    // A menu may begin with a name in another script.
    shown.dir = isPage ? (profile?.direction ?? 'auto') : 'ltr';
    shown.lang = isPage ? (profile?.language ?? '') : 'en';
    this.#answer.hidden = state !== 'asks';
    this.#ussdSend.hidden = state !== 'asks';
    setText(this.#ussdCancel, state === 'asks' || state === 'waits' ? 'Cancel' : 'OK');
    this.#ussd.dataset['state'] = state;
    if (page === this.#page && this.#ussd.contains(document.activeElement)) {
      if (document.activeElement === this.#answer && this.#answer.hidden) this.#ussdCancel.focus();
      return;
    }
    this.#page = page;
    // Who is elsewhere, choosing another phone say, stays there.
    const { activeElement } = document;
    if (activeElement !== null && activeElement !== document.body && !this.#handset.contains(activeElement))
      return;
    if (state === 'asks') this.#answer.focus();
    else this.#ussdCancel.focus();
  }
}
