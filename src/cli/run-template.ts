import { builtInTemplateFiles } from '../adapters/notifier/template-files.ts';
import { lintTemplates } from '../notice/lint.ts';
import { previewMail, previewPush, previewSms } from '../notice/preview.ts';
import { type SampleName, sampleNames, samples } from '../notice/samples.ts';
import { currentTemplateVersion } from '../notice/template-choice.ts';
import { parseTemplates, type TemplateFile } from '../notice/templates.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import type { Terminal } from './program.ts';
import { readFile } from './read-file.ts';
import type { TemplateActions, TemplatePreviewOptions } from './template.ts';

/** A template file is text of some kilobytes; what is larger was not meant. */
const OCTETS_MAX = 4 * 1024 * 1024;

export function templateActions(terminal: Terminal): TemplateActions {
  return {
    lint: (files, options) => Promise.resolve(lint(files, options.json, terminal)),
    preview: (files, options) => Promise.resolve(preview(files, options, terminal)),
  };
}

function lint(files: readonly string[], json: boolean, terminal: Terminal): ExitCode {
  const linted = files.map((file) => ({ file, ...lintTemplates(sourceOf(file)) }));
  if (json) terminal.out(`${JSON.stringify(linted, null, 2)}\n`);
  else
    for (const { file, problems, warnings } of linted) {
      for (const { line, message, allowed } of problems)
        terminal.out(`${file}:${line}: error: ${message}; allowed: ${allowed}\n`);
      for (const { line, message, advice } of warnings)
        terminal.out(`${file}:${line}: warning: ${message}; better: ${advice}\n`);
      if (problems.length + warnings.length === 0) terminal.out(`${file}: sound\n`);
    }
  return linted.some(({ problems }) => problems.length > 0) ? EXIT.failed : EXIT.ok;
}

function preview(
  files: readonly string[],
  { language, channel, sample, version: asked, json }: TemplatePreviewOptions,
  terminal: Terminal,
): ExitCode {
  const paths = files.length > 0 ? files : builtInTemplateFiles();
  const shown: { readonly file: string; readonly templates: TemplateFile }[] = [];
  let failed = false;
  for (const file of paths) {
    const parsed = parseTemplates(sourceOf(file));
    if (!parsed.ok) {
      terminal.error(`callwake: ${file} has errors: see callwake template lint ${file}\n`);
      failed = true;
    } else if (language === undefined || parsed.file.language.toLowerCase() === language.toLowerCase())
      shown.push({ file, templates: parsed.file });
  }
  if (shown.length === 0 && !failed) {
    terminal.error(`callwake: none of the files is in the language ${language ?? ''}.\n`);
    failed = true;
  }
  const views = shown.map(({ file, templates }) => {
    const wanted = asked ?? currentTemplateVersion([templates]);
    const version = templates.versions.findLast((set) => set.version <= wanted) ?? templates.versions[0];
    return {
      file,
      language: templates.language,
      ...(templates.brand === undefined ? {} : { brand: templates.brand }),
      version: version?.version ?? wanted,
      channel,
      notices: (sample ?? sampleNames).map((name) => viewOf(templates, name, wanted, channel)),
    };
  });
  if (json) terminal.out(`${JSON.stringify(views, null, 2)}\n`);
  else for (const view of views) terminal.out(viewText(view));
  return failed ? EXIT.failed : EXIT.ok;
}

/** A line that says what it is, and the fields of the message. */
interface NoticeView {
  readonly sample: SampleName;
  readonly fields: Readonly<Record<string, string | number>>;
}

function viewOf(
  templates: TemplateFile,
  sample: SampleName,
  version: number,
  channel: TemplatePreviewOptions['channel'],
): NoticeView {
  const content = samples[sample];
  switch (channel) {
    case 'sms':
      return { sample, fields: { ...previewSms(templates, content, version) } };
    case 'e-mail': {
      const { subject, text, html } = previewMail(templates, content, version);
      return { sample, fields: { subject, text, html } };
    }
    case 'web-push': {
      const { title, body, direction } = previewPush(templates, content, version);
      return { sample, fields: { title, body, direction } };
    }
    default:
      return channel satisfies never;
  }
}

function viewText(view: {
  readonly file: string;
  readonly language: string;
  readonly brand?: string;
  readonly version: number;
  readonly notices: readonly NoticeView[];
}): string {
  const { file, language, brand, version, notices } = view;
  const whose = brand === undefined ? '' : `, brand ${brand}`;
  const blocks = notices.map(({ sample, fields }) => {
    const { text = '', alphabet, characters, parts, ...rest } = fields;
    const cost =
      alphabet === undefined
        ? ''
        : `  ${characters} characters of ${alphabet}, ${parts} ${parts === 1 ? 'part' : 'parts'}`;
    const named = Object.entries(rest).map(([name, value]) => `    ${name}: ${indented(value)}\n`);
    const body = text === '' ? '' : `    ${indented(text)}\n`;
    return `  ${sample}${cost}\n${body}${named.join('')}`;
  });
  return `${file}: ${language}${whose}, version ${version}\n${blocks.join('')}`;
}

function indented(value: string | number): string {
  return `${value}`.trimEnd().replaceAll('\n', '\n    ');
}

function sourceOf(file: string): string {
  const octets = readFile(file);
  if (octets.length > OCTETS_MAX)
    throw Object.assign(new Error('too large'), { code: `more than ${OCTETS_MAX} octets`, path: file });
  return octets.toString('utf8');
}
