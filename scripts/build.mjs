// Builds everything that runs: the protobuf codecs from proto/, then TypeScript into dist/, then the static pages.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { buildPage } from './build-page.mjs';

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..');
const generated = path.join(root, 'src/wire/generated');
const run = (file, args) => {
  const { status } = spawnSync(process.execPath, [path.join(root, 'node_modules', file), ...args], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) process.exit(status ?? 1);
};
const newest = (files) => Math.max(0, ...files.map((file) => statSync(file).mtimeMs));

const protos = readdirSync(path.join(root, 'proto'))
  .filter((name) => name.endsWith('.proto'))
  .map((name) => path.join(root, 'proto', name));
const target = path.join(generated, 'messages.js');
if (!existsSync(target) || statSync(target).mtimeMs < newest(protos)) {
  mkdirSync(generated, { recursive: true });
  run('protobufjs-cli/bin/pbjs', [
    '-t',
    'static-module',
    '-w',
    'es6',
    '--force-number',
    '--no-delimited',
    '--no-service',
    '--null-semantics',
    '-o',
    target,
    ...protos,
  ]);
  // An ES module names the file of what it imports.
  writeFileSync(
    target,
    readFileSync(target, 'utf8').replace(/from "protobufjs\/minimal"/, 'from "protobufjs/minimal.js"'),
  );
  run('protobufjs-cli/bin/pbts', ['-o', path.join(generated, 'messages.d.ts'), target]);
}
run('typescript/bin/tsc', ['-p', '.']);

// What TypeScript does not carry over to dist/.
mkdirSync(path.join(root, 'dist/src/wire'), { recursive: true });
cpSync(generated, path.join(root, 'dist/src/wire/generated'), { recursive: true });
for (const folder of ['src/notice/templates', 'src/selfcare/texts']) {
  const from = path.join(root, folder);
  if (!existsSync(from)) continue;
  rmSync(path.join(root, 'dist', folder), { recursive: true, force: true });
  cpSync(from, path.join(root, 'dist', folder), { recursive: true });
}
// Profiles of the load, beside the module that reads them.
for (const name of readdirSync(path.join(root, 'loadtest/profiles')))
  if (name.endsWith('.yaml'))
    cpSync(path.join(root, 'loadtest/profiles', name), path.join(root, 'dist/loadtest/profiles', name));
buildPage(root);
