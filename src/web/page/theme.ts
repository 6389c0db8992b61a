import { byKind } from './dom.ts';

const WISHES = ['auto', 'light', 'dark', 'contrast'];
const STORED = 'callwake.theme';

/** Which theme is on: the reader's choice, kept on this machine, or what the system asks for. */
export class Theme {
  readonly #select = byKind('theme', HTMLSelectElement);
  readonly #changed: () => void;
  readonly #dark = matchMedia('(prefers-color-scheme: dark)');
  readonly #contrast = matchMedia('(prefers-contrast: more)');

  constructor(changed: () => void) {
    this.#changed = changed;
    this.#select.value = stored();
    this.#select.addEventListener('change', () => this.#choose(this.#select.value));
    for (const query of [this.#dark, this.#contrast]) query.addEventListener('change', () => this.#apply());
  }

  next(): void {
    this.#choose(WISHES[(WISHES.indexOf(this.#select.value) + 1) % WISHES.length]!);
  }

  #choose(wish: string): void {
    this.#select.value = wish;
    try {
      localStorage.setItem(STORED, wish);
    } catch {
      // Storage is denied: the choice lasts until the page is left.
    }
    this.#apply();
  }

  #apply(): void {
    const wish = this.#select.value;
    const system = this.#contrast.matches ? 'contrast' : this.#dark.matches ? 'dark' : 'light';
    document.documentElement.dataset['theme'] = wish === 'auto' ? system : wish;
    this.#changed();
  }
}

function stored(): string {
  try {
    const wish = localStorage.getItem(STORED) ?? 'auto';
    return WISHES.includes(wish) ? wish : 'auto';
  } catch {
    return 'auto';
  }
}
