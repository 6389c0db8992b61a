// Imports, exports and erases at a size that no test has: `node scripts/provision-many.mjs [--import-only] [ROWS] [DIRECTORY]`, a
// million rows by default. Commands are processes of their own; one import is killed and gone on with. Ends with 1 when anything is not as
// it should be, and prints what each step took and the most memory that its process had, files that are mapped not counted.
import { strict as assert } from 'node:assert';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const importOnly = process.argv[2] === '--import-only';
const [rowsWanted, folderWanted] = process.argv.slice(importOnly ? 3 : 2);
const rows = Number(rowsWanted ?? 1_000_000);
const folder = folderWanted ?? mkdtempSync(path.join(tmpdir(), 'callwake-many-'));
const main = path.resolve(import.meta.dirname, '../dist/src/cli/main.js');
const at = (name) => path.join(folder, name);
const WRONG_EVERY = 10_000;

mkdirSync(folder, { recursive: true });
for (const name of ['one', 'two', 'three'])
  writeFileSync(
    at(`${name}.yaml`),
    `
node: { dataDirectory: ${name} }
signalling:
  transport: memory
  localPointCode: 2-100-7
  associations: [{ name: stp, remote: { host: stp, port: 2905 } }]
map: { serviceCentreNumber: 491700000 }
shards: { count: 2 }
web: { enabled: false }
log: { level: warn }
`,
  );

function start(words, out = []) {
  const child = spawn(process.execPath, [main, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.setEncoding('utf8').on('data', (text) => out.push(text));
  child.stderr.on('data', () => undefined);
  child.peakKb = 0;
  const watch = setInterval(() => (child.peakKb = Math.max(child.peakKb, memoryOf(child.pid))), 100);
  child.once('exit', () => clearInterval(watch));
  return child;
}

/** Memory of a process that is no page of a file, kB; 0 when it is gone. */
function memoryOf(processId) {
  try {
    return Number(/RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${processId}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

async function step(name, words, codeWanted = 0, counted = rows) {
  const out = [];
  const startedAtMs = performance.now();
  const child = start(words, out);
  const [code] = await once(child, 'close');
  const seconds = (performance.now() - startedAtMs) / 1_000;
  assert.equal(code, codeWanted, `${name}: ${out.join('')}`);
  const rate = Math.round(counted / seconds);
  console.log(
    `${name}: ${seconds.toFixed(1)} s, ${rate} rows/s, ${Math.round(child.peakKb / 1_024)} MiB; ${out.join('').trim().split('\n').at(-1)}`,
  );
  return out.join('');
}

const sumOf = async (file) => {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file)) hash.update(piece);
  return hash.digest('hex');
};

const numberOf = (index) => `49151${10_000_000 + index * 7}`;
const source = createWriteStream(at('rows.csv'));
source.write('number,missedCalls,notifyMe,language,timeZone,quietHours,callerFilter,callersListed\n');
for (let index = 0; index < rows; index++) {
  const wrong = index % WRONG_EVERY === 77;
  const line =
    index % 3 === 0
      ? `${numberOf(index)},on,always,de,Europe/Berlin,22:00-07:00,block-listed,4930${100_000 + (index % 777)} 4930${200_000 + (index % 555)}\n`
      : `${numberOf(index)},on,off,en,${wrong ? 'Mars/Olympus' : 'Europe/London'},,,\n`;
  if (!source.write(line)) await once(source, 'drain');
}
source.end();
await once(source, 'close');
const wrong = Array.from({ length: rows }, (_, index) => index).filter(
  (index) => index % WRONG_EVERY === 77 && index % 3 !== 0,
).length;
console.log(`${rows} rows, ${Math.round(statSync(at('rows.csv')).size / 1e6)} MB, ${wrong} of them wrong`);

const importing = [
  'subscriber',
  'import',
  at('rows.csv'),
  '--errors',
  at('wrong.csv'),
  '--config',
  at('one.yaml'),
];
/** Ends the script where only imports are wanted. */
function endHere() {
  if (folderWanted === undefined) rmSync(folder, { recursive: true });
  console.log('all as it should be');
  process.exit();
}

const beganAtMs = performance.now();
const killed = start(importing);
for (let line = 0; line < rows / 3; ) {
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.equal(killed.exitCode, null, 'it ended before it could be killed');
  if (existsSync(at('wrong.csv.state')))
    line = JSON.parse(readFileSync(at('wrong.csv.state'), 'utf8')).place.line;
}
killed.kill('SIGKILL');
await once(killed, 'close');
const { place } = JSON.parse(readFileSync(at('wrong.csv.state'), 'utf8'));
const killedAfterS = (performance.now() - beganAtMs) / 1_000;
console.log(
  `import killed behind line ${place.line}, after ${killedAfterS.toFixed(1)} s: ${Math.round(place.line / killedAfterS)} rows/s, ${Math.round(killed.peakKb / 1_024)} MiB`,
);
const gone = await step('import at rest, gone on with', [...importing, '--resume'], 1, rows - place.line);
const counts = /added (\d+), changed (\d+), unchanged (\d+), faulty (\d+)/.exec(gone).slice(1).map(Number);
assert.equal(counts[0] + counts[1] + counts[2], rows - wrong);
assert.equal(counts[3], wrong);
assert.equal(readFileSync(at('wrong.csv'), 'utf8').match(/^# line /gm).length, wrong);
writeFileSync(
  at('right.csv'),
  readFileSync(at('wrong.csv'), 'utf8').replaceAll('Mars/Olympus', 'Europe/London'),
);
await step(
  'what was wrong, put right',
  ['subscriber', 'import', at('right.csv'), '--config', at('one.yaml')],
  0,
  wrong,
);
await step('the same again, at rest', importing, 1);
if (importOnly) endHere();
await step('export at rest, NDJSON', ['subscriber', 'export', at('one.ndjson'), '--config', at('one.yaml')]);
await step('export at rest, CSV', ['subscriber', 'export', at('one.csv'), '--config', at('one.yaml')]);
await step('import at rest at once', ['subscriber', 'import', at('one.ndjson'), '--config', at('two.yaml')]);
await step('export of that', ['subscriber', 'export', at('two.ndjson'), '--config', at('two.yaml')]);
assert.equal(
  await sumOf(at('two.ndjson')),
  await sumOf(at('one.ndjson')),
  'an export that was imported is exported the same',
);

const engine = start(['run', '--config', at('three.yaml')]);
while (!existsSync(at('three/control.sock'))) await new Promise((resolve) => setTimeout(resolve, 100));
await step('import into the running engine', [
  'subscriber',
  'import',
  at('one.csv'),
  '--config',
  at('three.yaml'),
]);
await step('the same again', ['subscriber', 'import', at('one.csv'), '--config', at('three.yaml')]);
await step('export of the running engine', [
  'subscriber',
  'export',
  at('three.ndjson'),
  '--config',
  at('three.yaml'),
]);
assert.equal(await sumOf(at('three.ndjson')), await sumOf(at('one.ndjson')));
const listed = `4930${100_000}`;
const receipt = JSON.parse(
  await step('erasure in the running engine', [
    'personal-data',
    'erase',
    listed,
    '--json',
    '--config',
    at('three.yaml'),
  ]),
);
const naming = Array.from({ length: Math.ceil(rows / 3) }, (_, index) => index * 3).filter(
  (index) => index % 777 === 0,
).length;
assert.equal(receipt.otherRecords, naming);
const found = await step('search in the running engine', [
  'personal-data',
  'export',
  numberOf(5),
  '--config',
  at('three.yaml'),
]);
assert(JSON.parse(found).stored.length >= 1);
console.log(`the engine had ${Math.round(engine.peakKb / 1_024)} MiB at most`);
engine.kill('SIGTERM');
await once(engine, 'close');
if (folderWanted === undefined) rmSync(folder, { recursive: true });
console.log('all as it should be');
