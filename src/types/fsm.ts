/**
 * State machines as tables. A table is data that reads beside the figure of its specification; one shared test walks
 * every table (`test/types/fsm-check.ts`), and its picture is a golden file under `docs/state-machines/`.
 */

/** One row: in `from`, on `event`, if `guard` holds (null: always), do `actions` in order and go to `to`; by `clause`. */
export type Row<
  State extends string,
  Event extends string,
  Guard extends string,
  Action extends string,
> = readonly [
  from: State,
  event: Event,
  guard: Guard | null,
  actions: readonly Action[],
  to: State,
  clause: string,
];

export interface FsmTable<
  State extends string,
  Event extends string,
  Guard extends string,
  Action extends string,
> {
  /** Kebab-case; names the golden file. */
  readonly name: string;
  /** The figure or clause that the table restates: `RFC 4666 figure 3`. */
  readonly source: string;
  readonly states: readonly State[];
  readonly initial: State;
  readonly rows: readonly Row<State, Event, Guard, Action>[];
}

export class Fsm<State extends string, Event extends string, Guard extends string, Action extends string> {
  readonly table: FsmTable<State, Event, Guard, Action>;
  readonly #rows = new Map<State, Map<Event, Row<State, Event, Guard, Action>[]>>();

  constructor(table: FsmTable<State, Event, Guard, Action>) {
    this.table = table;
    for (const row of table.rows) {
      const [state, event] = row;
      const events = this.#rows.get(state) ?? new Map<Event, Row<State, Event, Guard, Action>[]>();
      this.#rows.set(state, events);
      const rows = events.get(event);
      if (rows === undefined) events.set(event, [row]);
      else rows.push(row);
    }
  }

  /**
   * The row to take in `state` on `event`: the first whose guard holds, guarded rows before the unguarded one.
   * `undefined` when the table has none: the event is unexpected in this state, and the caller has a policy for that.
   */
  find(
    state: State,
    event: Event,
    holds: (guard: Guard) => boolean,
  ): Row<State, Event, Guard, Action> | undefined {
    const rows = this.#rows.get(state)?.get(event);
    if (rows === undefined) return undefined;
    for (const row of rows) if (row[2] === null || holds(row[2])) return row;
    return undefined;
  }
}

/** Every weakness of a table, in words; empty when it is sound. */
export function fsmWeaknesses(table: FsmTable<string, string, string, string>): string[] {
  const found: string[] = [];
  const states = new Set(table.states);
  const unguarded = new Set<string>();
  const seen = new Set<string>();
  const reached = new Set([table.initial]);
  for (const [from, event, guard, , to, clause] of table.rows) {
    const key = `${from} on ${event}`;
    if (!states.has(from)) found.push(`${key}: "${from}" is no state`);
    if (!states.has(to)) found.push(`${key}: target "${to}" is no state`);
    if (clause.trim() === '') found.push(`${key}: cites no clause`);
    if (unguarded.has(key)) found.push(`${key}: a row after the unguarded one is never taken`);
    if (guard === null) unguarded.add(key);
    if (seen.has(`${key} ${guard ?? ''}`)) found.push(`${key}: guard "${guard ?? 'none'}" twice`);
    seen.add(`${key} ${guard ?? ''}`);
  }
  for (let grown = true; grown; ) {
    grown = false;
    for (const [from, , , , to] of table.rows) {
      if (reached.has(from) && !reached.has(to)) {
        reached.add(to);
        grown = true;
      }
    }
  }
  for (const state of table.states) if (!reached.has(state)) found.push(`"${state}" cannot be reached`);
  return found;
}

/** The table's edges as a Mermaid state diagram: its golden picture. */
export function fsmPicture(table: FsmTable<string, string, string, string>): string {
  const id = (state: string) => state.replace(/\W+/g, '_');
  const lines = [`# ${table.name}`, '', `From ${table.source}.`, '', '```mermaid', 'stateDiagram-v2'];
  for (const state of table.states) if (id(state) !== state) lines.push(`  state "${state}" as ${id(state)}`);
  lines.push(`  [*] --> ${id(table.initial)}`);
  for (const [from, event, guard, , to] of table.rows) {
    lines.push(`  ${id(from)} --> ${id(to)}: ${event}${guard === null ? '' : ` [${guard}]`}`);
  }
  lines.push(
    '```',
    '',
    '| state | event | guard | actions | next state | clause |',
    '|---|---|---|---|---|---|',
  );
  for (const [from, event, guard, actions, to, clause] of table.rows) {
    lines.push(`| ${from} | ${event} | ${guard ?? ''} | ${actions.join(', ')} | ${to} | ${clause} |`);
  }
  return `${lines.join('\n')}\n`;
}
