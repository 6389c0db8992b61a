/** What the documents point at exists: files, headings, commands and their options. */
import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import type { Command } from 'commander';
import { commandsOn } from '../../src/cli/commands.ts';
import { createProgram } from '../../src/cli/program.ts';
import { filesBelow, repository, type SourceFile } from '../support/sources.ts';

const documents = filesBelow('.', '.md');
const ownFiles = [
  ...documents,
  ...['src', 'proto', 'scripts', 'config', 'bench'].flatMap((folder) => filesBelow(folder, '')),
  ...filesBelow('.', 'Dockerfile'),
];

/** A heading as GitHub and others make its anchor. */
function anchor(heading: string): string {
  const text = heading.replace(/[`*]|\[|\]\([^)]*\)/g, '').trim();
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
}

function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#{1,6} (.*)$/gm)].map(([, heading]) => anchor(heading!));
}

/** Lines of code: indented blocks, fenced ones, and what stands between backticks. */
function codeOf(text: string): string[] {
  const blocks = [...text.matchAll(/^ {4}(.*)$/gm), ...text.matchAll(/`([^`\n]+)`/g)].map(
    ([, line]) => line!,
  );
  const fenced = [...text.matchAll(/^```[^\n]*\n([\s\S]*?)^```/gm)].flatMap(([, block]) =>
    block!.split('\n'),
  );
  return [...blocks, ...fenced].map((line) => line.replace(/\\$/, '').trim());
}

describe('documents', () => {
  test('their relative links lead to files and headings that are there', () => {
    for (const { file, text } of documents) {
      for (const [, target] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^[a-z]+:/.test(target!)) continue;
        const [name = '', heading] = target!.split('#');
        const full =
          name === '' ? path.join(repository, file) : path.join(repository, path.dirname(file), name);
        assert(existsSync(full), `${file}: ${target} is not there`);
        if (heading === undefined) continue;
        assert(
          anchorsOf(readFileSync(full, 'utf8')).includes(heading),
          `${file}: no heading #${heading} in ${name}`,
        );
      }
    }
  });

  test('the files that they name are there', () => {
    const places = /^(?:src|test|docs|proto|scripts|config|bench)\/[\w./-]*[\w/]$/;
    for (const { file, text } of documents)
      for (const [, name] of text.matchAll(/`([^`\s]+)`/g))
        if (places.test(name!))
          assert(existsSync(path.join(repository, name!)), `${file}: ${name} is not there`);
  });

  test('the folder table of ARCHITECTURE.md has every folder of src', () => {
    const { text } = byName('ARCHITECTURE.md');
    const named = (folder: string): boolean => text.includes(`| \`${folder}\``);
    for (const { file } of filesBelow('src', '.ts')) {
      const [top = '', second = '', third] = file.split('/');
      const folder = second === 'stack' ? `${top}/${second}/${third}` : `${top}/${second}`;
      assert(named(folder), `${folder} is not in the table of ARCHITECTURE.md`);
    }
  });

  test('the npm scripts that they name are those of package.json', () => {
    const { scripts } = JSON.parse(readFileSync(path.join(repository, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    for (const { file, text } of documents)
      for (const code of codeOf(text))
        for (const [, run, short] of code.matchAll(/(?:^|\s)npm (?:run ([\w:]+)|(start|test)\b)/g)) {
          const name = run ?? short ?? '';
          assert(Object.hasOwn(scripts, name), `${file}: there is no "npm ${name}"`);
        }
  });

  test('the commands that they show are those of callwake, with its options', () => {
    const commands = everyCommand();
    let shown = 0;
    for (const { file, text } of documents)
      for (const code of codeOf(text)) {
        const words = /^(?:node dist\/src\/cli\/main\.js|callwake) (.*)$/.exec(code)?.[1]?.split(/\s+/) ?? [];
        const [first = '', second = ''] = words;
        if (!/^[a-z]+$/.test(first)) continue;
        const command = commands.get(`${first} ${second}`) ?? commands.get(first);
        assert(command !== undefined, `${file}: there is no command in "${code}"`);
        shown++;
        for (const word of words.filter((one) => one.startsWith('-') && one.length > 1)) {
          const known = [
            ...command.options.map(({ long }) => long),
            ...command.options.map(({ short }) => short),
          ];
          assert([...known, '--help', '-h'].includes(word), `${file}: ${first} has no ${word}`);
        }
      }
    assert(shown > 0);
  });

  test('every command that callwake declares, and the documents therefore show, is one that it runs', () => {
    const main = path.join(repository, 'dist/src/cli/main.js');
    const help = execFileSync(process.execPath, [main, '--help'], { encoding: 'utf8' });
    for (const name of everyCommand().keys())
      if (!name.includes(' '))
        assert.match(help, new RegExp(`^  ${name} `, 'm'), `${name} is not in src/cli/main.ts`);
  });

  test('no file speaks of one machine or of how it came about', () => {
    const unwanted = /\/(?:work|root|home)\/|\/tmp\/bash|\bissues? #?\d|\bissues show\b/;
    for (const { file, text } of ownFiles) {
      const line = text.split('\n').find((one) => unwanted.test(one));
      assert(line === undefined, `${file}: ${line}`);
    }
  });
});

function byName(name: string): SourceFile {
  const found = documents.find(({ file }) => file === name);
  assert(found !== undefined, `${name} is not there`);
  return found;
}

/** By their names, those of commands of commands with both. */
function everyCommand(): Map<string, Command> {
  const silent = { out: () => undefined, error: () => undefined };
  const program = createProgram('0', commandsOn(silent), silent);
  const commands = new Map<string, Command>();
  for (const command of program.commands) {
    commands.set(command.name(), command);
    for (const child of command.commands) commands.set(`${command.name()} ${child.name()}`, child);
  }
  return commands;
}
