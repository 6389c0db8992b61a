import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { loadTexts, originatingAddressOf } from '../../../src/adapters/engine/texts.ts';
import type { Config } from '../../../src/config/schema/config.ts';
import { OperatingError } from '../../../src/types/operating-error.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const configWith = (notices: Partial<Config['notices']>): Config =>
  ({
    notices: { templateFiles: [], originatingAddress: 'Callwake', ...notices },
    selfCare: { textFiles: [] },
  }) as unknown as Config;

test('without files of the operator the built-in texts are used', () => {
  const { sources, version } = loadTexts(configWith({}));
  assert.ok(sources.length >= 12);
  assert.match(sources[0] ?? '', /^language = en$/m, 'for everybody whose language is not there');
  assert.ok(version >= 1);
});

test('N10 files of brands stand beside those of the operator, or else beside the built-in ones', () => {
  const folder = temporaryFolder();
  const fileOf = (name: string, head: string) => {
    const file = path.join(folder, name);
    writeFileSync(file, (loadTexts(configWith({})).sources[0] ?? '').replace('language = en', head));
    return file;
  };
  const branded = fileOf('lune.txt', 'language = fr\nbrand = Lune');
  const own = fileOf('own.txt', 'language = de');
  const headsOf = (...templateFiles: string[]) =>
    loadTexts(configWith({ templateFiles })).sources.map((source) => /^language = (.*)$/m.exec(source)?.[1]);
  assert.deepEqual(headsOf(branded, own), ['fr', 'de']);
  assert.deepEqual(headsOf(branded).slice(0, 2), ['fr', 'en']);
  assert.throws(
    () => headsOf(branded, fileOf('again.txt', 'language = fr\nbrand = Lune')),
    /again\.txt:0: a second file for the language fr of the brand Lune/,
  );
});

test('all that is wrong with the files is said at once, each with its place', () => {
  const file = path.join(temporaryFolder(), 'xx.txt');
  writeFileSync(file, 'language: xx\n\n[nothing that is known]\n{stray\n');
  assert.throws(
    () => loadTexts(configWith({ templateFiles: [file] })),
    (error) => {
      assert.ok(error instanceof OperatingError);
      assert.equal(error.code, 'CW_TEMPLATES_INVALID');
      const lines = error.message.split('\n');
      assert.ok(lines.length > 1, error.message);
      for (const line of lines) assert.ok(line.startsWith(`${file}:`) && line.includes('; allowed: '), line);
      return true;
    },
  );
});

test('3GPP TS 23.040 §9.1.2.5 an originating address that no TPDU can hold is refused by its key', () => {
  assert.equal(originatingAddressOf(configWith({})).kind, 'alphanumeric');
  assert.throws(
    () => originatingAddressOf(configWith({ originatingAddress: 'A name that is too long' })),
    /notices\.originatingAddress/,
  );
});
