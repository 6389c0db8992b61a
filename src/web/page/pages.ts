import type { Snapshot } from '../live-source.ts';
import { byId, make, setSeverity, setText } from './dom.ts';
import { PAGES, PHONES_PAGE } from './page-list.ts';
import { findProblems, type Problem } from './problems.ts';
import { type Severity, SIGNS } from './signs.ts';

/** The line of pages: each says whether something is wrong on it. */
export class Pages {
  readonly #links = new Map<string, { link: HTMLAnchorElement; sign: HTMLElement }>();
  page = '';

  constructor() {
    const nav = byId('nav');
    for (const [index, { id, title }] of [...PAGES, PHONES_PAGE].entries()) {
      const link = make('a', 'nav-link');
      link.href = `#/${id}`;
      link.title = `key ${(index + 1) % 10}`;
      link.hidden = id === PHONES_PAGE.id;
      const sign = make('span', 'nav-sign');
      link.append(title, sign);
      nav.append(link);
      this.#links.set(id, { link, sign });
    }
  }

  /** A demo has a page for its phones. */
  offerPhones(offered: boolean): void {
    this.#links.get(PHONES_PAGE.id)!.link.hidden = !offered;
  }

  /** Shows the sections of a page. */
  show(page: string): void {
    this.page = page;
    const main = document.querySelector<HTMLElement>('main');
    if (main !== null) main.dataset['page'] = page;
    for (const element of document.querySelectorAll<HTMLElement>('[data-on]'))
      element.hidden = !(element.dataset['on'] ?? '').split(' ').includes(page);
    for (const [id, { link }] of this.#links) {
      if (id === page) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
  }

  update(snapshot: Snapshot): void {
    // What an alarm tells is told again by the page that shows its cause.
    const problems = findProblems({ ...snapshot, alarms: [] });
    const standing = findProblems(snapshot).filter(({ section }) => section === 'alarms');
    for (const { id, sections } of PAGES) {
      const own = id === 'alarms' ? standing : problems.filter(({ section }) => sections.includes(section));
      this.#mark(id, own);
    }
  }

  #mark(id: string, problems: readonly Problem[]): void {
    const { link, sign } = this.#links.get(id)!;
    const severity: Severity = problems[0]?.severity ?? 'well';
    setSeverity(link, severity === 'well' ? '' : severity);
    setText(sign, severity === 'well' ? '' : `${SIGNS[severity]} ${problems.length}`);
  }
}
