/**
 * Every declared parameter against the ASN.1 runtime of pycrate, which compiles the modules of the specifications: it reads
 * what we write, and we read what it writes. `pycrate-echo.py` says how to run it; without pycrate it is skipped.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { operationNames, operationVersions } from '../../src/decode/catalogue.ts';
import { compile, type Type } from '../../src/stack/asn1/index.ts';
import { valuesOf } from '../stack/asn1/random-value.ts';

const python = process.env['CALLWAKE_PYTHON'] ?? 'python3';
const script = fileURLToPath(new URL('../../../test/interop/pycrate-echo.py', import.meta.url));
const missing = spawnSync(python, ['-c', 'import pycrate_asn1dir']).status !== 0;
const skip = missing ? 'pycrate is not installed (test/interop/pycrate-echo.py says how)' : false;

interface Declared {
  readonly set: 'map3' | 'map2' | 'cap';
  readonly code: number;
  readonly part: 'argument' | 'result' | 'error';
  readonly name: string;
  readonly type: Type;
}

/** What version 3 of the modules does not have any more. */
const ONLY_BEFORE_3 = new Set([
  'forwardSM',
  'alertServiceCentreWithoutResult',
  'beginSubscriberActivity',
  'noteSubscriberPresent',
  'processUnstructuredSS-Data',
]);

/** Each type once, with the newest version that has it. Versions 1 and 2 of MAP are another set of modules. */
function declared(): Declared[] {
  const found: Declared[] = [];
  const seen = new Set<Type>();
  const add = (one: Omit<Declared, 'type'>, type: Type | undefined) => {
    if (type === undefined || seen.has(type)) return;
    seen.add(type);
    found.push({ ...one, type });
  };
  for (const name of operationNames()) {
    const versions = operationVersions(name);
    const [newest] = versions;
    for (const { operation, protocol, version } of versions) {
      // CAP's modules are those of phase 4; what another phase has differently is not in them.
      if (protocol === 'CAP' && operation !== newest?.operation) continue;
      const old = version < 3 && (operation !== newest?.operation || ONLY_BEFORE_3.has(name));
      const set = protocol === 'CAP' ? 'cap' : old ? 'map2' : 'map3';
      add({ set, code: operation.code, part: 'argument', name }, operation.argument);
      add({ set, code: operation.code, part: 'result', name }, operation.result);
      for (const error of operation.errors)
        add({ set, code: error.code, part: 'error', name: error.name ?? '' }, error.parameter);
    }
  }
  return found;
}

/** In place of random octets: what an open type holds must be of the type that stands there. */
function withOpenTypes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withOpenTypes);
  // A Password is declared FROM ("0".."9").
  if (typeof value === 'string' && /^[0-9 ]{4}$/.test(value)) return value.replaceAll(' ', '0');
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]: [string, unknown]) => {
      if (field === undefined) return [name, undefined];
      if (name === 'privateExtensionList') return [name, [Buffer.from('300706032a03040500', 'hex')]];
      if (name === 'pcs-Extensions') return [name, Buffer.from('a100', 'hex')];
      if (name === 'value' && 'type' in value) return [name, Buffer.from('a1020500', 'hex')];
      return [name, withOpenTypes(field)];
    }),
  );
}

const VALUES_EACH = 16;

test('pycrate reads what is written here and writes the same octets', { skip }, (context) => {
  const requests: { readonly one: Declared; readonly hex: string }[] = [];
  for (const one of declared()) {
    const codec = compile(one.type, { name: one.name });
    for (const value of fc.sample(valuesOf(one.type), { numRuns: VALUES_EACH, seed: 1 }))
      requests.push({ one, hex: Buffer.from(codec.encode(withOpenTypes(value))).toString('hex') });
  }
  const lines = requests.map(({ one: { set, code, part }, hex }) => JSON.stringify({ set, code, part, hex }));
  const run = spawnSync(python, [script], {
    input: `${lines.join('\n')}\n`,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  assert.equal(run.status, 0, run.stderr);
  const answers = run.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { hex?: string; error?: string; unknown?: true });
  assert.equal(answers.length, requests.length);
  const unknown = new Set<string>();
  const differences: string[] = [];
  let same = 0;
  requests.forEach(({ one, hex }, index) => {
    const answer = answers[index]!;
    const where = `${one.set} ${one.name} ${one.part}`;
    if (answer.unknown === true) unknown.add(where);
    else if (answer.hex === hex) same++;
    else if (answer.hex !== undefined && sameButDefaults(one.type, hex, answer.hex)) same++;
    else differences.push(`${where}: ${hex} ${answer.error ?? answer.hex ?? ''}`);
  });
  context.diagnostic(
    `${same} of ${requests.length} are the same; pycrate does not have: ${[...unknown].join(', ')}`,
  );
  assert.deepEqual(differences.slice(0, 20), []);
  assert.ok(same > requests.length * 0.9);
});

/** What pycrate writes reads here as the same value, but for components that it leaves out because they have their default. */
function sameButDefaults(type: Type, ours: string, theirs: string): boolean {
  const codec = compile(type);
  const mine = codec.decode(Buffer.from(ours, 'hex'));
  const other = codec.decode(Buffer.from(theirs, 'hex'));
  return mine.ok && other.ok && covers(mine.value, other.value);
}

function covers(mine: unknown, other: unknown): boolean {
  if (mine instanceof Uint8Array || typeof mine !== 'object' || mine === null || Array.isArray(mine)) {
    if (Array.isArray(mine) && Array.isArray(other))
      return mine.length === other.length && mine.every((one, at) => covers(one, other[at]));
    return isEqual(mine, other);
  }
  if (typeof other !== 'object' || other === null) return false;
  return Object.entries(mine).every(([name, field]: [string, unknown]) => {
    const their = (other as Record<string, unknown>)[name];
    return their === undefined ? DEFAULTS.has(name) || field === undefined : covers(field, their);
  });
}

function isEqual(one: unknown, other: unknown): boolean {
  try {
    assert.deepEqual(one, other);
    return true;
  } catch {
    return false;
  }
}

/** Components with DEFAULT in TS 29.078. */
const DEFAULTS = new Set([
  'criticality',
  'miscCallInfo',
  'partyToCharge',
  'legID',
  'timerID',
  'requestAnnouncementComplete',
  'disconnectFromIPForbidden',
  'aChChargingAddress',
  'requestAnnouncementStartedNotification',
  'numberOfBursts',
  'burstInterval',
  'numberOfTonesInBurst',
  'toneDuration',
  'toneInterval',
  'minimumNumberOfDigits',
  'maximumNumberOfDigits',
  'interDigitTimeout',
  'minimumNbOfDigits',
  'errorTreatment',
  'interruptableAnnInd',
  'voiceInformation',
  'voiceBack',
  'eventTypeSMS',
]);
