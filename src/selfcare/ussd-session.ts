/**
 * One subscriber in the menu: what is typed goes in, what is shown, or to be done, comes out. Pure; the dialogue and its timers are
 * the host's. Everything ends: after so many questions, and after three in a row that were not answered to the point.
 */
import assert from 'node:assert/strict';
import type { SelfCareCommand } from '../types/model/self-care.ts';
import { type Argument, commandOf, type MenuGroup, type MenuItem, menu } from './menu.ts';
import { choicesOf, type ReadingPorts, readArgument } from './read-argument.ts';
import type { SelfCareTexts } from './texts.ts';
import { type UssdAction, type UssdEvent, type UssdGuard, type UssdState, ussdFsm } from './ussd-fsm.ts';
import { type Fits, pagesOf } from './ussd-pages.ts';
import { folded, wordsOf } from './words.ts';

export type UssdStep =
  /** Show this, and wait for what is typed. */
  | { readonly kind: 'ask'; readonly text: string }
  /** Have it done; then `answered` or `failed`. */
  | { readonly kind: 'do'; readonly command: SelfCareCommand }
  | { readonly kind: 'end'; readonly text: string }
  /** Nobody is there any more. */
  | { readonly kind: 'over' };

const BACK = '0';
const MORE = '00';
const ASKS_MAX = 40;
const MISREADS_MAX = 3;

export class UssdSession {
  readonly #texts: SelfCareTexts;
  readonly #ports: ReadingPorts;
  readonly #fits: Fits;
  #state: UssdState = 'menu';
  #group: MenuGroup | undefined;
  #item: MenuItem | undefined;
  #argument: Argument | undefined;
  /** Of what is shown, from 0. */
  #page = 0;
  /** Of an answer; those from the first on have been shown. */
  #answer: readonly string[] = [];
  #asks = 0;
  #misreads = 0;
  #explain = false;
  #step: UssdStep = { kind: 'over' };

  /** @param texts in the subscriber's language */
  constructor(texts: SelfCareTexts, ports: ReadingPorts, fits: Fits) {
    this.#texts = texts;
    this.#ports = ports;
    this.#fits = fits;
  }

  get state(): UssdState {
    return this.#state;
  }

  /** The session begins; `path` is what a direct string has behind our code: the digits of the menu, then what the item needs. */
  begin(path: readonly string[]): UssdStep {
    this.#showMenu();
    for (let at = 0; at < path.length; at++) {
      if (this.#state === 'argument') return this.heard(path.slice(at).join(' '));
      const step = this.heard(path[at]!);
      if (step.kind !== 'ask' || this.#misreads > 0) return step;
    }
    return this.#step;
  }

  /** Something was typed. */
  heard(typed: string): UssdStep {
    const text = typed.trim();
    const event = this.#asks >= ASKS_MAX ? 'worn-out' : this.#read(text);
    this.#misreads = event === 'not-understood' ? this.#misreads + 1 : 0;
    return this.#take(event);
  }

  /** What was to be done is, and this is the answer. */
  answered(text: string): UssdStep {
    const more = `${MORE} ${this.#texts.write('ussd.more')}`;
    this.#answer = pagesOf([], text.split('\n'), [], more, this.#fits);
    this.#page = 0;
    return this.#take('answered');
  }

  failed(): UssdStep {
    return this.#take('failed');
  }

  lost(): UssdStep {
    return this.#take('lost');
  }

  get #entries(): readonly (MenuItem | MenuGroup)[] {
    return this.#group?.items ?? menu;
  }

  /** What was typed, as an event; what it names is kept. */
  #read(text: string): UssdEvent {
    switch (this.#state) {
      case 'menu': {
        if (text === BACK) return 'asked-back';
        if (text === MORE) return 'asked-more';
        const entry = /^[1-9]\d?$/.test(text) ? this.#entries[Number(text) - 1] : undefined;
        if (entry === undefined) return 'not-understood';
        if ('items' in entry) {
          this.#group = entry;
          return 'chose-group';
        }
        this.#item = entry;
        this.#argument = undefined;
        this.#page = 0;
        return 'chose-item';
      }
      case 'argument': {
        if (text === BACK) return 'asked-back';
        if (text === MORE) return 'asked-more';
        this.#argument = this.#readArgument(text);
        return this.#argument === undefined ? 'not-understood' : 'gave-argument';
      }
      case 'confirmation':
        if (text === '1' || this.#says('yes', text)) return 'said-yes';
        return text === '2' || text === BACK || this.#says('no', text) ? 'said-no' : 'not-understood';
      case 'reading':
        return text === MORE ? 'asked-more' : 'not-understood';
      case 'working':
      case 'done':
        return 'not-understood';
      default:
        return this.#state satisfies never;
    }
  }

  #readArgument(text: string): Argument | undefined {
    const kind = this.#item?.argument;
    if (kind === undefined) return undefined;
    const choices = choicesOf(kind, this.#texts, this.#ports.all);
    const chosen = /^[1-9]\d?$/.test(text) ? choices?.[Number(text) - 1]?.argument : undefined;
    return chosen ?? readArgument(kind, text, this.#texts, this.#ports);
  }

  #says(key: 'yes' | 'no', text: string): boolean {
    const said = wordsOf(folded(text)).join(' ');
    return this.#texts.words[key].some((word) => wordsOf(folded(word)).join(' ') === said);
  }

  #take(event: UssdEvent): UssdStep {
    const row = ussdFsm.find(this.#state, event, (guard) => this.#holds(guard));
    // What comes while something is being done, or when all is over.
    if (row === undefined) return { kind: 'over' };
    this.#state = row[4];
    for (const action of row[3]) this.#do(action);
    return this.#step;
  }

  #holds(guard: UssdGuard): boolean {
    switch (guard) {
      case 'needs-argument':
        return this.#item?.argument !== undefined && this.#item.optional !== true;
      case 'needs-confirmation':
        return this.#item?.weighty === true;
      case 'misread-too-often':
        return this.#misreads >= MISREADS_MAX;
      case 'goes-on':
        return this.#page + 1 < this.#answer.length;
    }
  }

  #do(action: UssdAction): void {
    const { write } = this.#texts;
    switch (action) {
      case 'enter-group':
        this.#page = 0;
        return;
      case 'leave-group':
        this.#group = undefined;
        this.#page = 0;
        return;
      case 'next-page':
        this.#page++;
        return;
      case 'explain':
        this.#explain = true;
        return;
      case 'show-menu':
        return this.#showMenu();
      case 'ask-argument':
        return this.#askArgument();
      case 'ask-confirmation':
        return this.#askConfirmation();
      case 'do':
        assert(this.#item !== undefined);
        this.#step = { kind: 'do', command: commandOf(this.#item, this.#argument) };
        return;
      case 'show-page':
        return this.#ask(this.#answer[this.#page++]!);
      case 'end-with-page':
        this.#step = { kind: 'end', text: this.#answer[this.#page] ?? write('ussd.title') };
        return;
      case 'end-with-failure':
        this.#step = { kind: 'end', text: write('ussd.failed') };
        return;
      case 'end-with-regret':
        this.#step = { kind: 'end', text: write('ussd.give-up') };
        return;
      case 'end':
        this.#step = { kind: 'over' };
        return;
      default:
        action satisfies never;
    }
  }

  #showMenu(): void {
    const { write } = this.#texts;
    const title = this.#group === undefined ? write('ussd.title') : write(`label.${this.#group.id}`);
    const head = this.#explain ? [write('ussd.not-understood')] : [title];
    this.#explain = false;
    const lines = this.#entries.map(({ id }, index) => `${index + 1} ${write(`label.${id}`)}`);
    this.#ask(this.#pageOf(head, lines, this.#group === undefined ? [] : [this.#backLine]));
  }

  #askArgument(): void {
    const kind = this.#item?.argument;
    assert(kind !== undefined);
    const choices = choicesOf(kind, this.#texts, this.#ports.all) ?? [];
    const lines = choices.map(({ label }, index) => `${index + 1} ${label}`);
    this.#ask(this.#pageOf([this.#texts.write(`ask.${kind}`)], lines, [this.#backLine]));
  }

  #askConfirmation(): void {
    assert(this.#item !== undefined);
    const { write, words } = this.#texts;
    const number = this.#argument?.kind === 'number' ? ` +${this.#argument.number}` : '';
    const what = `${write(`label.${this.#item.id}`)}${number}`;
    this.#ask([write('ussd.confirm', { what }), `1 ${words.yes[0]!}`, `2 ${words.no[0]!}`].join('\n'));
  }

  get #backLine(): string {
    return `${BACK} ${this.#texts.write('ussd.back')}`;
  }

  /** The page that is asked for; behind the last one comes the first. */
  #pageOf(head: readonly string[], lines: readonly string[], foot: readonly string[]): string {
    const pages = pagesOf(head, lines, foot, `${MORE} ${this.#texts.write('ussd.more')}`, this.#fits);
    return pages[this.#page % pages.length]!;
  }

  #ask(text: string): void {
    this.#asks++;
    this.#step = { kind: 'ask', text };
  }
}
