/** One line of CSV (RFC 4180 §2). A cell in quotes may hold commas and, doubled, quotes, but no line break: no column needs one. */

/** The cells of a line, or what is wrong with it. */
export function csvCells(line: string): readonly string[] | string {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    if (line[at] === '"') {
      let cell = '';
      at++;
      for (;;) {
        const quote = line.indexOf('"', at);
        if (quote < 0) return 'a quote is not closed on its line';
        cell += line.slice(at, quote);
        at = quote + 1;
        if (line[at] !== '"') break;
        cell += '"';
        at++;
      }
      if (at < line.length && line[at] !== ',') return 'something stands between a quote and the comma';
      cells.push(cell);
    } else {
      const comma = line.indexOf(',', at);
      const end = comma < 0 ? line.length : comma;
      const cell = line.slice(at, end);
      if (cell.includes('"')) return 'a quote stands within a cell that has none around it';
      cells.push(cell);
      at = end;
    }
    if (at >= line.length) return cells;
    at++;
  }
}
