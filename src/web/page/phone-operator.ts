import type { PhoneAction, PhonePerson, PhoneState } from '../phones.ts';

/** While something is awaited of the phone it is looked at more often. */
const LOOK_MS = 1_000;
const LOOK_SOON_MS = 300;
const SOON_MS = 5_000;

/** One phone of the demo in the hand: what is done goes to the server, and what came of it comes back. */
export class PhoneOperator {
  readonly #changed: (state: PhoneState | undefined, trouble: string) => void;
  #number = '';
  #state: PhoneState | undefined;
  #timer = 0;
  #soonUntil = 0;
  /** What was asked last: an answer to what was asked before is old. */
  #asked = 0;

  /** @param changed `trouble` is empty, or says why nothing can be done */
  constructor(changed: (state: PhoneState | undefined, trouble: string) => void) {
    this.#changed = changed;
    // A page that nobody sees lets the phone go.
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.#look();
    });
  }

  get state(): PhoneState | undefined {
    return this.#state;
  }

  /** Digits; empty: none. */
  take(number: string): void {
    if (number === this.#number) return;
    this.#number = number;
    this.#state = undefined;
    this.#look();
  }

  async people(): Promise<readonly PhonePerson[]> {
    return ((await post({ kind: 'people' })) as readonly PhonePerson[] | undefined) ?? [];
  }

  /** Everybody’s coverage goes for a while; false: not now. */
  async stir(): Promise<boolean> {
    return ((await post({ kind: 'stir' })) as { stirred?: boolean } | undefined)?.stirred === true;
  }

  async do(action: PhoneAction): Promise<void> {
    const number = this.#number;
    if (number === '') return;
    if (action.kind !== 'look') this.#soonUntil = performance.now() + SOON_MS;
    const asked = ++this.#asked;
    clearTimeout(this.#timer);
    let trouble = '';
    let state: PhoneState | undefined;
    try {
      state = (await post({ ...action, number })) as PhoneState;
    } catch (error) {
      trouble = error instanceof Error ? error.message : 'The server does not answer.';
    }
    if (asked !== this.#asked || number !== this.#number) return;
    if (state !== undefined) this.#state = state;
    this.#changed(this.#state, trouble);
    this.#next();
  }

  #look(): void {
    clearTimeout(this.#timer);
    if (this.#number !== '') void this.do({ kind: 'look' });
  }

  #next(): void {
    if (document.visibilityState !== 'visible') return;
    const soon = performance.now() < this.#soonUntil || this.#state?.ussd?.state === 'waits';
    this.#timer = setTimeout(() => this.#look(), soon ? LOOK_SOON_MS : LOOK_MS);
  }
}

/** @throws Error with what the server, or the browser, says */
async function post(body: object): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch('phones', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
      cache: 'no-store',
    });
  } catch {
    throw new Error('The server does not answer.');
  }
  if (!response.ok) throw new Error((await response.text()).trim().slice(0, 200));
  return response.json();
}
