import type { Snapshot } from '../live-source.ts';
import type { PhoneMail, PhoneState } from '../phones.ts';
import { byId, make, setSeverity, setText } from './dom.ts';
import { duration, exact, localTime } from './format.ts';

const languages = new Intl.DisplayNames(['en'], { type: 'language' });

export function languageName(language: string): string {
  try {
    return languages.of(language) ?? language;
  } catch {
    return language;
  }
}

/** What somebody may try, and what comes of it. */
const TRIES: readonly (readonly [what: string, comes: string])[] = [
  ['STATUS', 'how everything is set'],
  ['LIST', 'the missed calls that were not told yet'],
  ['NOTIFY ON', 'who could not be reached and is back'],
  ['QUIET 22-7', 'nothing comes at night'],
  ['PRIVACY NOBODY', 'nobody learns of the return'],
  ['LANGUAGE DEUTSCH', 'the answer is in German, and all that follows'],
  ['HELP', 'what else can be said'],
  ['*123#', 'the menu; an answer is typed as on a handset'],
  ['*123*7*1#', 'the status at once'],
];

/** Whose phone it is, in words: language, class and services; what to try; the mailbox; the governor. */
export class PhoneOwner {
  readonly #line = byId('phone-owner');
  readonly #story = byId('phone-story');
  readonly #facts = new Map<string, HTMLElement>();
  readonly #services = make('ul', 'services');
  readonly #mailTitle = make('h2', '', 'Mailbox');
  readonly #mails = make('ol', 'mails');
  readonly #paced = make('dd', 'figure');
  readonly #oldest = make('dd', 'figure');
  readonly #rate = make('dd', 'figure');
  readonly #note = make('p', 'muted');
  #drawn = '';
  #drawnMails = '';

  constructor(fill: (what: string) => void, ring: () => void, stir: () => Promise<boolean>) {
    this.#buildStory();
    this.#buildTries(fill, ring);
    const mailbox = byId('mailbox');
    mailbox.append(headed(this.#mailTitle), this.#mails);
    this.#buildGovernor(stir);
    this.update(undefined, '');
  }

  update(state: PhoneState | undefined, trouble: string): void {
    const profile = state?.profile;
    const language = profile === undefined ? '' : languageName(profile.language);
    const key = JSON.stringify([state?.name, state?.number, profile, trouble]);
    if (key !== this.#drawn) {
      this.#drawn = key;
      const words = [
        state?.name ?? '',
        language,
        profile === undefined ? '' : `class ${profile.serviceClass}`,
      ];
      setText(
        this.#line,
        trouble !== ''
          ? trouble
          : state === undefined
            ? 'Type a message or a code: this phone stays in your hand then.'
            : profile === undefined
              ? `${state.name} is no subscriber.`.trim()
              : `${words.filter((word) => word !== '').join(' · ')}: ${profile.services.join(', ')}.`,
      );
      this.#fact('Name', state === undefined ? 'choose a phone' : state.name || 'nobody you know');
      this.#fact('Number', state === undefined ? '–' : `\u2066+${state.number}\u2069`);
      this.#fact('Language', language || '–');
      this.#fact('Time zone', profile?.timeZone.replaceAll('_', ' ') ?? '–');
      this.#fact(
        'Service class',
        profile === undefined
          ? '–'
          : profile.classAbout === ''
            ? profile.serviceClass
            : `${profile.serviceClass}: ${profile.classAbout}`,
      );
      const services = profile?.services ?? [];
      this.#services.replaceChildren(...services.map((service) => make('li', '', service)));
    }
    this.#drawMails(state);
  }

  governor({ notifier: { paced, pacedOldestMs, pacedPerSecondMax } }: Snapshot): void {
    setText(this.#paced, paced === 0 ? 'none' : `${exact(paced)} ${paced === 1 ? 'notice' : 'notices'}`);
    setSeverity(this.#paced, paced > 0 ? 'warning' : '');
    setText(
      this.#oldest,
      pacedOldestMs === 0 ? 'none waits' : pacedOldestMs < 1_000 ? 'under 1 s' : duration(pacedOldestMs),
    );
    setText(this.#rate, pacedPerSecondMax > 0 ? `${exact(pacedPerSecondMax)} /s to an MSC` : 'any');
  }

  #fact(term: string, text: string): void {
    setText(this.#facts.get(term)!, text);
  }

  #buildStory(): void {
    const list = make('dl', 'facts');
    for (const term of ['Name', 'Number', 'Language', 'Time zone', 'Service class', 'Services']) {
      const value = make('dd');
      list.append(make('dt', '', term), value);
      this.#facts.set(term, value);
    }
    this.#facts.get('Services')!.append(this.#services);
    this.#story.append(headed(make('h2', '', 'Whose phone it is')), list);
  }

  #buildTries(fill: (what: string) => void, ring: () => void): void {
    const list = make('ul', 'tries');
    for (const [what, comes] of TRIES) {
      const row = make('li');
      const button = make('button', 'quiet figure', what);
      button.type = 'button';
      button.addEventListener('click', () => fill(what));
      row.append(button, make('span', 'muted', comes));
      list.append(row);
    }
    const call = make('button', '', 'Have somebody call this phone');
    call.id = 'phone-ring';
    call.type = 'button';
    call.addEventListener('click', ring);
    const first = make('p', 'try-first');
    first.append(call, make('span', 'muted', 'and switch it off before, if you like'));
    byId('phone-try').append(
      headed(make('h2', '', 'What to try')),
      first,
      list,
      make(
        'p',
        'muted',
        'A click writes it where it is typed. Keywords of English hold in every language, and each language has its own.',
      ),
    );
  }

  #buildGovernor(stir: () => Promise<boolean>): void {
    const list = make('dl', 'facts');
    list.append(make('dt', '', 'Wait for their turn'), this.#paced);
    list.append(make('dt', '', 'Age of the oldest'), this.#oldest, make('dt', '', 'Go at most'), this.#rate);
    const button = make('button', '', 'Take coverage away for 15 s');
    button.type = 'button';
    button.addEventListener('click', () => {
      button.disabled = true;
      setText(
        this.#note,
        'Two of three phones are without coverage. In 15 s all are back at once: watch the figures above.',
      );
      const enable = (): void => {
        button.disabled = false;
      };
      stir().then(
        (stirred) => {
          if (!stirred) setText(this.#note, 'The network is not there.');
          setTimeout(enable, stirred ? 20_000 : 0);
        },
        () => {
          setText(this.#note, 'Not now: try again in a moment.');
          enable();
        },
      );
    });
    setText(this.#note, 'What is due to all who are back goes at the pace of their MSC, the oldest first.');
    const more = make('a', '', 'Charts of the notifier');
    more.href = '#/notifier';
    const foot = make('p', 'governor-foot');
    foot.append(button, more);
    byId('governor').append(headed(make('h2', '', 'The governor')), list, foot, this.#note);
  }

  #drawMails(state: PhoneState | undefined): void {
    const mailbox = state?.mailbox;
    const key = JSON.stringify(mailbox ?? null);
    if (key === this.#drawnMails) return;
    this.#drawnMails = key;
    setText(this.#mailTitle, mailbox === undefined ? 'Mailbox' : `Mailbox of ${mailbox.address}`);
    const why =
      mailbox === undefined
        ? 'This person reads no e-mail. Elsa does: choose her phone.'
        : 'No mail yet: it comes when a call is missed.';
    this.#mails.replaceChildren(
      ...(mailbox === undefined || mailbox.mails.length === 0
        ? [make('li', 'muted', why)]
        : mailbox.mails.map(mailRow)),
    );
  }
}

function headed(title: HTMLElement): HTMLElement {
  const head = make('div', 'panel-head');
  head.append(title);
  return head;
}

function mailRow({ atMs, from, subject, text }: PhoneMail): HTMLLIElement {
  const row = make('li', 'mail');
  const head = make('p', 'mail-head');
  const title = make('strong', '', subject);
  title.dir = 'auto';
  head.append(title, make('span', 'muted figure', localTime(atMs)));
  const body = make('p', 'mail-text', text);
  body.dir = 'auto';
  row.append(head, make('p', 'muted mail-from', from), body);
  return row;
}
