/** Rows as people read them: one under the other, figures to the right. */
import { figureText, goalText, type Row, ratioOf, verdictOf } from './row.ts';

const HEAD = ['what', 'figure', 'floor', 'ratio', 'goal', 'verdict'] as const;

export function tableOf(rows: readonly Row[]): string {
  return laidOut([
    HEAD,
    ...rows.map((row) => [
      row.name,
      `${figureText(row.figure)} ${row.unit}`,
      row.floor === undefined ? '' : `${figureText(row.floor)} ${row.unit}`,
      ratioText(row),
      goalText(row),
      row.goal === undefined ? '' : verdictOf(row),
    ]),
  ]);
}

/** What became of each row from one run to another; rows of one run alone are shown as such. */
export function comparisonOf(before: readonly Row[], after: readonly Row[]): string {
  const names = [...new Set([...before, ...after].map(({ name }) => name))];
  const find = (rows: readonly Row[], wanted: string) => rows.find(({ name }) => name === wanted);
  const lines = names.map((name) => {
    const [a, b] = [find(before, name), find(after, name)];
    const unit = (a ?? b)?.unit ?? '';
    const change = a === undefined || b === undefined ? '' : `${figureText(b.figure / a.figure)} ×`;
    // A ratio to the floor of its own run says more than a figure of another hour.
    const ratios = [a, b].map((row) => (row === undefined ? '' : ratioText(row)));
    const same = a !== undefined && b !== undefined && a.hash !== b.hash ? 'not the same work' : '';
    return [
      name,
      a === undefined ? '–' : `${figureText(a.figure)} ${unit}`,
      b === undefined ? '–' : `${figureText(b.figure)} ${unit}`,
      change,
      ratios[0]!,
      ratios[1]!,
      same,
    ];
  });
  return laidOut([
    ['what', 'before', 'after', 'after ÷ before', 'ratio before', 'ratio after', ''],
    ...lines,
  ]);
}

function ratioText(row: Row): string {
  const ratio = ratioOf(row);
  return ratio === undefined ? '' : `${figureText(ratio)} ×`;
}

function laidOut(lines: readonly (readonly string[])[]): string {
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}
