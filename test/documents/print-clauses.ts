/** npm run clauses: every clause that the code cites, where, and what shows that it is met. */
import { citedClauses, citedForTheirValues } from './clauses.ts';

let untested = 0;
for (const { standard, clause, files, shownBy } of citedClauses()) {
  const reason = citedForTheirValues.get(standard);
  const shown = shownBy.length > 0 ? shownBy.join(', ') : reason === undefined ? 'NO TEST' : `(${reason})`;
  if (shownBy.length === 0 && reason === undefined) untested++;
  process.stdout.write(`${standard} §${clause}\t${files.join(', ')}\t${shown}\n`);
}
process.stderr.write(`${untested} obligations without a test\n`);
process.exitCode = untested === 0 ? 0 : 1;
