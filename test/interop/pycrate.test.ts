/**
 * Every declared parameter against the ASN.1 runtime of pycrate, which compiles the modules of the specifications: it reads
 * what we write, and we read what it writes. `pycrate-echo.py` says how to run it; without pycrate it is skipped.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { operationVersions } from '../../src/decode/catalogue.ts';
import { compile, type Type } from '../../src/stack/asn1/index.ts';
import { capApplicationContexts } from '../../src/stack/cap/application-contexts.ts';
import { unknownCSID } from '../../src/stack/cap/errors.ts';
import { mapApplicationContexts } from '../../src/stack/map/application-contexts.ts';
import { everyParameter, type Parameter } from '../stack/ros/every-parameter.ts';
import { sensibleValuesOf } from '../stack/ros/sensible-values.ts';
import { readJsonLines } from '../support/json-lines.ts';
import { NO_SHARED, sharedPath } from '../support/shared.ts';
import { differences } from './jer.ts';

const python = process.env['CALLWAKE_PYTHON'] ?? 'python3';
const script = fileURLToPath(new URL('../../../test/interop/pycrate-echo.py', import.meta.url));
const missing = spawnSync(python, ['-c', 'import pycrate_asn1dir']).status !== 0;
const skip = missing ? 'pycrate is not installed (test/interop/pycrate-echo.py says how)' : false;

/** The modules of MAP version 3 (they have the operations of version 2 that were not changed since), of versions 1 and 2, and of CAP phase 4. */
type ModuleSet = 'map3' | 'map2' | 'cap';

/** What version 3 of the modules does not have any more. */
const ONLY_BEFORE_3 = new Set([
  'forwardSM',
  'alertServiceCentreWithoutResult',
  'beginSubscriberActivity',
  'noteSubscriberPresent',
  'processUnstructuredSS-Data',
]);

/** Of phase 2 only: the modules are those of phase 4. */
const EARLIER_PHASE = new Set([
  'initialDP',
  'specializedResourceReport',
  'applyCharging',
  'establishTemporaryConnection',
]);

const typesOfVersion3 = new Set(
  everyParameter()
    .filter(({ context }) => context.protocol === 'MAP' && context.version === 3)
    .map(({ type }) => type),
);

function moduleSetOf({ context, operation, type, part, error }: Parameter): ModuleSet | undefined {
  const name = operation.name ?? '';
  const [newest] = operationVersions(name);
  const same = newest === undefined ? undefined : typeIn(newest.operation, part, error) === type;
  if (context.protocol === 'CAP') return EARLIER_PHASE.has(name) && same !== true ? undefined : 'cap';
  // A CHOICE with what versions 1 and 2 have is declared for all: systemFailure, callBarred.
  if (context.version >= 3 || (part === 'error' && typesOfVersion3.has(type))) return 'map3';
  return same === true && !ONLY_BEFORE_3.has(name) ? 'map3' : 'map2';
}

function typeIn(
  operation: Parameter['operation'],
  part: Parameter['part'],
  error: string | undefined,
): Type | undefined {
  if (part === 'argument') return operation.argument;
  if (part === 'result') return operation.result;
  return operation.errors.find((one) => (one.name ?? String(one.code)) === error)?.parameter;
}

interface Answer {
  readonly hex?: string;
  readonly value?: unknown;
  readonly error?: string;
  readonly unknown?: true;
}

function ask(requests: readonly object[]): Answer[] {
  const run = spawnSync(python, [script], {
    input: requests.map((request) => `${JSON.stringify(request)}\n`).join(''),
    encoding: 'utf8',
    maxBuffer: 1 << 29,
  });
  assert.equal(run.status, 0, run.stderr);
  const answers = run.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Answer);
  assert.equal(answers.length, requests.length);
  return answers;
}

const VALUES_EACH = 20;

test('pycrate reads what is written here as the same values, and writes the same octets', {
  skip,
}, (context) => {
  const sent: {
    readonly one: Parameter;
    readonly value: unknown;
    readonly hex: string;
    readonly set: ModuleSet;
  }[] = [];
  const seen = new Map<string, Set<Type>>();
  for (const one of everyParameter()) {
    const set = moduleSetOf(one);
    // The same type of the same operation in another version is the same again.
    const key = `${set ?? ''} ${one.operation.name ?? ''} ${one.part} ${one.error ?? ''}`;
    const types = seen.get(key) ?? new Set();
    seen.set(key, types);
    if (set === undefined || types.has(one.type)) continue;
    types.add(one.type);
    const codec = compile(one.type, { name: one.label });
    for (const value of fc.sample(sensibleValuesOf(one.type), { numRuns: VALUES_EACH, seed: 1 }))
      sent.push({ one, value, set, hex: Buffer.from(codec.encode(value)).toString('hex') });
  }
  const answers = ask(sent.map(({ one: { code, part }, set, hex }) => ({ set, code, part, hex })));
  const wrong: string[] = [];
  const unknown = new Set<string>();
  let same = 0;
  sent.forEach(({ one: { label, type }, value, hex }, index) => {
    const { hex: their, value: read, error, unknown: notThere } = answers[index]!;
    if (notThere === true) unknown.add(label);
    else if (their === undefined) wrong.push(`${label}: ${hex} ${error ?? ''}`);
    else if (their !== hex && !sameButDefaults(type, hex, their)) wrong.push(`${label}: ${hex} ${their}`);
    else {
      const different = differences(type, value, read, DEFAULTS);
      if (different.length > 0) wrong.push(`${label}: ${hex} ${different.join('; ')}`);
      else same++;
    }
  });
  context.diagnostic(`${same} of ${sent.length} are the same`);
  assert.deepEqual(wrong.slice(0, 20), []);
  assert.deepEqual([...unknown], []);
});

interface Vector {
  readonly op: string;
  readonly kind: 'arg' | 'res' | 'err' | 'tcap';
  readonly hex: string;
  readonly verified: string | null;
}

const PARTS = { arg: 'argument', res: 'result' } as const;
const file = sharedPath('vectors/hex.jsonl');

test('captured parameters are read here as pycrate reads them', {
  skip: file === undefined ? NO_SHARED : skip,
}, (context) => {
  const vectors = readJsonLines<Vector>(file!).flatMap(({ op, kind, hex, verified }) => {
    const [, version] = /^pycrate:(v3|v2|cap)\//.exec(verified ?? '') ?? [];
    if (version === undefined || (kind !== 'arg' && kind !== 'res') || hex === '') return [];
    const found = operationVersions(op).find((entry) => version !== 'v2' || entry.version === 2);
    const type = found && typeIn(found.operation, PARTS[kind], undefined);
    const set: ModuleSet = version === 'cap' ? 'cap' : version === 'v3' ? 'map3' : 'map2';
    return found === undefined || type === undefined
      ? []
      : [{ op, set, type, code: found.operation.code, part: PARTS[kind], hex }];
  });
  const answers = ask(vectors.map(({ set, code, part, hex }) => ({ set, code, part, hex })));
  const wrong: string[] = [];
  let same = 0;
  vectors.forEach(({ op, type, hex }, index) => {
    const { value, error } = answers[index]!;
    const codec = compile(type, { lenient: true });
    const decoded = codec.decode(Buffer.from(hex, 'hex'));
    // pycrate does not go on behind an element that no field covers.
    if (codec.unknownElementsSeen > 0) return;
    if (!decoded.ok || error !== undefined) wrong.push(`${op}: ${hex} ${decoded.ok ? error : decoded.code}`);
    else {
      const different = differences(type, decoded.value, value, DEFAULTS);
      if (different.length > 0) wrong.push(`${op}: ${hex} ${different.join('; ')}`);
      else same++;
    }
  });
  context.diagnostic(`${same} of ${vectors.length} are the same`);
  assert.deepEqual(wrong, []);
  assert.ok(same > 100, `${same}`);
});

interface Described {
  readonly argument: boolean;
  readonly result: boolean;
  readonly errors: readonly number[];
}

/** What the modules of versions 1 and 2 have for version 1 alone: a note in them says so. */
const NOT_IN_VERSION_2: Readonly<Record<string, readonly number[]>> = {
  cancelLocation: [5],
  registerSS: [1, 19],
  eraseSS: [1, 19],
  activateSS: [1],
  deactivateSS: [1],
  interrogateSS: [1],
};

test('every operation has the parts and the errors that the modules of the specifications give it', {
  skip,
}, () => {
  const [answer] = ask([{ describe: true }]);
  const modules = answer as Readonly<Record<ModuleSet, Readonly<Record<string, Described>>>>;
  const contexts = [...mapApplicationContexts.all, ...capApplicationContexts.all];
  let compared = 0;
  for (const { protocol, version, initiator, responder } of contexts)
    for (const { name = '', code, argument, result, errors } of [
      ...initiator.values(),
      ...responder.values(),
    ]) {
      const set = protocol === 'CAP' ? 'cap' : version >= 3 ? 'map3' : 'map2';
      const described = modules[set][code];
      const where = `${protocol} ${version} ${name}`;
      assert.ok(described, where);
      const codes = errors.map((error) => error.code).sort((one, other) => one - other);
      const absent =
        protocol === 'MAP' ? (NOT_IN_VERSION_2[name] ?? []) : version < 4 ? [unknownCSID.code] : [];
      // The modules of version 2 say in notes what version 1 does not have; it has nothing else.
      if (protocol === 'MAP' && version === 1) {
        assert.deepEqual(
          codes.filter((one) => !described.errors.includes(one)),
          [],
          where,
        );
      } else {
        const expected =
          version === 2 || protocol === 'CAP'
            ? described.errors.filter((one) => !absent.includes(one))
            : described.errors;
        assert.deepEqual(codes, expected, where);
        assert.equal(result !== undefined, described.result, where);
      }
      assert.equal(argument !== undefined, described.argument, where);
      compared++;
    }
  assert.ok(compared > 200, `${compared}`);
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
