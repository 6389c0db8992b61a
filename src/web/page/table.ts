import { giveCsv } from './csv.ts';
import { byId, make, setSeverity, setText } from './dom.ts';
import { describe } from './help.ts';
import { type Severity, SIGNS } from './signs.ts';

export interface Cell {
  readonly text: string;
  /** A second, quieter line. */
  readonly small?: string;
  /** Anything but 'well' gets its sign, colour and weight. */
  readonly severity?: Severity;
  /** Exact value or explanation, on hover. */
  readonly title?: string;
  /** 0 … 1: a bar under the text. */
  readonly fill?: number;
}

export interface TableColumn<Row> {
  readonly title: string;
  /** Part of the table's width, in percent: columns stand still while figures change. */
  readonly width: number;
  readonly number?: boolean;
  /** Takes a whole line where the table is too narrow for columns. */
  readonly wide?: boolean;
  /** A change of it fades: for states, not for figures that always change. */
  readonly fades?: boolean;
  /** Its sentence stands on hover over the title. */
  readonly metric?: string;
  cell(row: Row): Cell;
}

export interface TableSpec<Row> {
  readonly id: string;
  readonly title: string;
  /** Rows that are expected: the place kept free before the data comes. */
  readonly places: number;
  readonly columns: readonly TableColumn<Row>[];
  key(row: Row): string;
  /** Quieter lines under the first one of a row. */
  readonly smallLines?: number;
  /** Each row becomes a small card where there is no room for its columns. */
  readonly stacks?: boolean;
  /** Rows that are new go on top. */
  readonly newestFirst?: boolean;
  /** Why it is empty, and what to do. */
  readonly empty: string;
}

interface Line {
  readonly row: HTMLTableRowElement;
  readonly cells: CellView[];
}

/** A table whose rows keep their places while the figures in them change. */
export class Table<Row> {
  readonly #spec: TableSpec<Row>;
  readonly #section: HTMLElement;
  readonly #body = make('tbody');
  readonly #table = make('table');
  readonly #empty = make('p', 'empty');
  readonly #count = make('span', 'muted');
  readonly #lines = new Map<string, Line>();

  constructor(spec: TableSpec<Row>) {
    this.#spec = spec;
    const section = byId(spec.id);
    this.#section = section;
    if (spec.stacks === true) this.#table.className = 'stacks';
    section.setAttribute('aria-labelledby', `${spec.id}-title`);
    const head = make('div', 'panel-head');
    const title = make('h2', '', spec.title);
    title.id = `${spec.id}-title`;
    const csv = make('button', 'quiet', 'CSV');
    csv.type = 'button';
    csv.setAttribute('aria-label', `Copy ${spec.title} as CSV`);
    csv.addEventListener('click', () => void giveCsv(csv, spec.id, this.#csv()));
    head.append(title, this.#count, csv);
    const names = make('tr');
    for (const { title: name, number, width, metric } of spec.columns) {
      const cell = make('th', number === true ? 'number' : '', name);
      cell.style.inlineSize = `${width}%`;
      cell.scope = 'col';
      if (metric !== undefined) describe(cell, metric);
      names.append(cell);
    }
    const thead = make('thead');
    thead.append(names);
    this.#table.append(thead, this.#body);
    this.#empty.hidden = true;
    section.append(head, this.#table, this.#empty);
    this.#skeleton();
  }

  /** `find` in lower case; empty shows all. */
  update(rows: readonly Row[], find: string): void {
    // What is not seen is written when it is.
    if (this.#section.hidden && this.#body.dataset['skeleton'] === undefined) return;
    if (this.#body.dataset['skeleton'] !== undefined) {
      delete this.#body.dataset['skeleton'];
      this.#body.replaceChildren();
    }
    const present = new Set<string>();
    let shown = 0;
    for (const row of rows) {
      const key = this.#spec.key(row);
      if (present.has(key)) continue;
      present.add(key);
      const line = this.#lines.get(key) ?? this.#add(key);
      let words = '';
      for (const [index, column] of this.#spec.columns.entries()) {
        const cell = column.cell(row);
        words += ` ${cell.text} ${cell.small ?? ''}`;
        line.cells[index]!.show(cell);
      }
      const hit = find === '' || words.toLowerCase().includes(find);
      if (line.row.hidden === hit) line.row.hidden = !hit;
      if (hit) shown++;
    }
    if (this.#spec.newestFirst === true) this.#order(present);
    for (const [key, line] of this.#lines) {
      if (present.has(key)) continue;
      line.row.remove();
      this.#lines.delete(key);
    }
    this.#table.hidden = present.size === 0;
    this.#empty.hidden = shown > 0;
    if (shown === 0)
      setText(this.#empty, present.size === 0 ? this.#spec.empty : `None of ${present.size} matches.`);
    setText(this.#count, shown < present.size ? `${shown} of ${present.size}` : '');
  }

  #order(keys: ReadonlySet<string>): void {
    let before: Element | null = this.#body.firstElementChild;
    for (const key of keys) {
      const { row } = this.#lines.get(key)!;
      if (row === before) before = before.nextElementSibling;
      else this.#body.insertBefore(row, before);
    }
  }

  #add(key: string): Line {
    const row = make('tr');
    const cells = this.#spec.columns.map((column) => {
      const view = new CellView(column.fades === true);
      view.element.className =
        `${column.number === true ? 'number' : ''} ${column.wide === true ? 'wide' : ''}`.trim();
      view.element.dataset['label'] = column.title;
      row.append(view.element);
      return view;
    });
    const line = { row, cells };
    this.#lines.set(key, line);
    this.#body.append(row);
    return line;
  }

  #skeleton(): void {
    this.#body.dataset['skeleton'] = '';
    for (let place = 0; place < this.#spec.places; place++) {
      const row = make('tr');
      for (const column of this.#spec.columns) {
        const cell = make('td', column.number === true ? 'number' : '');
        cell.append(make('span', 'skeleton', column.number === true ? '000' : '00000000'));
        row.append(cell);
      }
      for (let line = 0; line < (this.#spec.smallLines ?? 0); line++)
        row.cells[0]?.append(make('small', '', '\u00a0'));
      this.#body.append(row);
    }
  }

  #csv(): string[][] {
    const head = this.#spec.columns.map(({ title }) => title);
    const rows = [...this.#lines.values()]
      .filter(({ row }) => !row.hidden)
      .map(({ cells }) => cells.map((cell) => cell.plain));
    return [head, ...rows];
  }
}

class CellView {
  readonly element = make('td');
  readonly #box = make('span');
  readonly #sign = make('span', 'sign');
  readonly #text = make('span');
  readonly #small = make('small');
  readonly #meter = make('span', 'meter');
  readonly #fill = make('i');
  readonly #fades: boolean;
  #shown = false;

  constructor(fades: boolean) {
    this.#fades = fades;
    this.#sign.setAttribute('aria-hidden', 'true');
    this.#box.append(this.#sign, this.#text);
    this.#meter.append(this.#fill);
    this.element.append(this.#box);
  }

  get plain(): string {
    const { title } = this.element;
    const text = this.#text.textContent;
    const small = this.#small.isConnected ? ` ${this.#small.textContent}` : '';
    return (title === '' ? text + small : title).replaceAll('\u202f', ' ');
  }

  show({ text, small, severity = 'well', title = '', fill }: Cell): void {
    const changed = setText(this.#text, text);
    if (small !== undefined) {
      if (!this.#small.isConnected) this.element.append(this.#small);
      setText(this.#small, small);
    }
    if (this.element.title !== title) this.element.title = title;
    const sign = severity === 'well' ? '' : SIGNS[severity];
    if (setText(this.#sign, sign)) this.#box.className = sign === '' ? '' : `word-${severity}`;
    this.#sign.hidden = sign === '';
    if (fill !== undefined) {
      if (!this.#meter.isConnected) this.element.append(this.#meter);
      setSeverity(this.#meter, severity === 'well' ? '' : severity);
      this.#fill.style.inlineSize = `${Math.max(0, Math.min(1, fill)) * 100}%`;
    }
    if (changed && this.#fades && this.#shown) this.#fade();
    this.#shown = true;
  }

  #fade(): void {
    this.element.classList.add('changed');
    requestAnimationFrame(() => requestAnimationFrame(() => this.element.classList.remove('changed')));
  }
}
