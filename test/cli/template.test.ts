import { strict as assert } from 'node:assert';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { builtInTemplateFile, builtInTemplateFiles } from '../../src/adapters/notifier/template-files.ts';
import { createProgram, runProgram } from '../../src/cli/program.ts';
import { templateActions } from '../../src/cli/run-template.ts';
import { registerTemplate } from '../../src/cli/template.ts';
import { assertGolden } from '../support/golden.ts';
import { englishSource } from '../support/notices.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function run(...words: string[]) {
  const heard = { out: '', error: '' };
  const terminal = {
    out: (text: string) => {
      heard.out += text;
    },
    error: (text: string) => {
      heard.error += text;
    },
  };
  const program = createProgram('1', [(one) => registerTemplate(one, templateActions(terminal))], terminal);
  return { exitCode: await runProgram(program, ['template', ...words], terminal), ...heard };
}

const folder = temporaryFolder();
const fileOf = (name: string, source: string) => {
  const file = path.join(folder, name);
  writeFileSync(file, source);
  return file;
};

test('N10 the texts that come with Callwake, in twelve languages and more, have neither errors nor warnings', async () => {
  const files = builtInTemplateFiles();
  assert(files.length >= 12);
  const { exitCode, out } = await run('lint', ...files);
  assert.equal(out, files.map((file) => `${file}: sound\n`).join(''));
  assert.equal(exitCode, 0);
});

test('N10 what they say is what was read and found good: a version that was in use is never changed', async () => {
  const shown = async (...words: string[]) =>
    (await run('preview', ...words)).out.replaceAll(path.dirname(builtInTemplateFile) + path.sep, '');
  const sms = await shown();
  const push = await shown(
    '--channel',
    'web-push',
    '--sample',
    'one-call',
    'one-caller',
    'several-returned',
    'away',
    'welcome',
  );
  assertGolden('test/cli/languages.golden.txt', `${sms}\n${push}`);
});

test('N10 lint says every error and every warning with its line, and ends with 1 for errors only', async () => {
  const wrong = fileOf('wrong.txt', englishSource.replace('months = Jan', 'months ='));
  const doubtful = fileOf('doubtful.txt', englishSource.replace('phone off or', 'phone off—or'));
  const { exitCode, out } = await run('lint', wrong, doubtful);
  assert.equal(exitCode, 1);
  const lineOf = (key: string) => englishSource.split('\n').findIndex((line) => line.startsWith(key)) + 1;
  assert.equal(
    out,
    `${wrong}:${lineOf('months')}: error: months has 11 names; allowed: 12 names, separated by blanks\n` +
      `${doubtful}:${lineOf('cause.not-reachable')}: warning: cause.not-reachable: needs UCS-2, with 70 characters a part, ` +
      'because of — (U+2014); better: another word, or transliterate = on\n',
  );
  assert.equal((await run('lint', doubtful)).exitCode, 0);
  const json = JSON.parse((await run('lint', '--json', doubtful)).out) as {
    file: string;
    warnings: unknown[];
  }[];
  assert.deepEqual([json[0]?.file, json[0]?.warnings.length], [doubtful, 1]);
});

test('N10 preview shows a text with sample data, what it costs, and all channels', async () => {
  const { exitCode, out } = await run('preview', builtInTemplateFile, '--sample', 'one-call', 'counted-only');
  assert.equal(exitCode, 0);
  assert.equal(
    out,
    `${builtInTemplateFile}: en, version 1\n` +
      '  one-call  85 characters of GSM 7 bit, 1 part\n' +
      '    You missed a call from +491701234567 at 14:05. Your phone was off or out of coverage.\n' +
      '  counted-only  19 characters of GSM 7 bit, 1 part\n' +
      '    You missed 7 calls.\n',
  );
  const mail = await run('preview', builtInTemplateFile, '--sample', 'one-call', '--channel', 'e-mail');
  assert.match(mail.out, /^ {4}subject: Missed call from \+491701234567\n {4}html: <!doctype html>$/m);
  const push = await run('preview', builtInTemplateFile, '--sample', 'one-call', '--channel', 'web-push');
  assert.match(push.out, /^ {4}title: Missed call from \+491701234567$/m);
});

test('N10 preview of the built-in texts by language, as JSON', async () => {
  const { exitCode, out } = await run('preview', '--language', 'AR', '--json');
  assert.equal(exitCode, 0);
  const views = JSON.parse(out) as { language: string; notices: { fields: Record<string, unknown> }[] }[];
  assert.deepEqual(
    views.map(({ language }) => language),
    ['ar'],
  );
  assert.equal(views[0]?.notices[0]?.fields['alphabet'], 'UCS-2');
  assert.equal(views[0].notices[0].fields['parts'], 1);
});

test('a version of the texts can be asked for; the nearest is shown', async () => {
  const next = englishSource
    .slice(englishSource.indexOf('[version 1]'))
    .replace('[version 1]', '[version 3]');
  const file = fileOf('three.txt', `${englishSource}${next.replaceAll('You missed', 'You have missed')}`);
  const first = await run('preview', file, '--sample', 'counted-only', '--version', '2');
  assert.match(first.out, /version 1\n.*\n {4}You missed 7 calls/);
  const last = await run('preview', file, '--sample', 'counted-only');
  assert.match(last.out, /version 3\n.*\n {4}You have missed 7 calls/);
});

test('mistakes are answered with what to do', async () => {
  const unspoken = await run('preview', '--language', 'tlh');
  assert.deepEqual(
    [unspoken.exitCode, unspoken.error],
    [1, 'callwake: none of the files is in the language tlh.\n'],
  );
  const broken = await run('preview', fileOf('broken.txt', 'nothing'));
  assert.equal(broken.exitCode, 1);
  assert.match(broken.error, /has errors: see callwake template lint/);
  assert.equal((await run('lint', path.join(folder, 'missing.txt'))).exitCode, 69);
  assert.equal((await run('lint')).exitCode, 64);
  assert.equal((await run('preview', '--channel', 'smoke')).exitCode, 64);
  assert.match((await run('lint', '--help')).out, /a start of Callwake refuses the file/);
});
