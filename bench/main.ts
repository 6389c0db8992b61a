/**
 * npm run bench               every benchmark, one after the other, each in a process of its own
 * npm run bench -- rings      those whose path has one of the words
 *
 * Ends with 1 when one of them fails, or none has the words.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';

const words = process.argv.slice(2);
const wanted = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.bench.js'))
  .filter((name) => words.length === 0 || words.some((word) => name.includes(word)))
  .sort();
if (wanted.length === 0) {
  process.stderr.write(`no benchmark matches ${words.join(' ')}\n`);
  process.exit(1);
}
const failed = wanted.filter((name) => {
  process.stdout.write(`\n${name.replace(/\.bench\.js$/, '')}\n`);
  return (
    spawnSync(process.execPath, [path.join(import.meta.dirname, name)], { stdio: 'inherit' }).status !== 0
  );
});
for (const name of failed) process.stderr.write(`${name} failed\n`);
process.exit(failed.length > 0 ? 1 : 0);
