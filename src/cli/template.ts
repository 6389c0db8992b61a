import { type Command, Option } from 'commander';
import { type PreviewChannel, previewChannels } from '../notice/preview.ts';
import { type SampleName, sampleNames } from '../notice/samples.ts';
import { integerOption } from './numbers.ts';
import { endWith } from './program.ts';

export interface TemplatePreviewOptions {
  /** Only files in this language. */
  readonly language?: string;
  readonly channel: PreviewChannel;
  /** Undefined: all. */
  readonly sample?: readonly SampleName[];
  /** Undefined: the newest. */
  readonly version?: number;
  readonly json: boolean;
}

export interface TemplateActions {
  lint(files: readonly string[], options: { readonly json: boolean }): Promise<number>;
  /** No files: those that come with Callwake. */
  preview(files: readonly string[], options: TemplatePreviewOptions): Promise<number>;
}

export const TEMPLATE_HELP = `
Examples:
  callwake template lint texts/*.txt                      what is wrong, by line, and what is hardly meant
  callwake template preview texts/pl.txt                  every text with sample data, its length and its parts
  callwake template preview --language ar                 the Arabic texts that come with Callwake
  callwake template preview texts/de.txt --channel e-mail --sample one-call several-reasons

A template file is lines of key = text, and a text is ICU MessageFormat:

  missed.title = {calls, plural,
    one {You missed a call:}
    other {You missed {calls} calls:}}

docs/templates.md explains all of it. To begin a language, copy the file of another one and change its head.
`;

const LINT_HELP = `
Errors: with one of them, a start of Callwake refuses the file. Warnings: a character that costs a short message more
than half of its room, a notice of one caller that takes two parts, a plural form that the language has and the text has
not, a placeholder that is not used, a number in a language from right to left without marks of its direction.

Exit code 1: there is an error. Warnings alone are 0.
`;

const PREVIEW_HELP = `
Short messages are shown with their alphabet, characters (septets, or UTF-16 units of UCS-2) and parts: 160 characters of
GSM 7 bit fit one part, or 70 of UCS-2; of several parts, 153 or 67 each.

Exit code 1: a file has errors, which callwake template lint says; or no file is in the language.
`;

/** `callwake template lint | preview`; the actions resolve with the exit code. */
export function registerTemplate(program: Command, actions: TemplateActions): void {
  const template = program
    .command('template')
    .summary('check the texts of notices, and see what they look like')
    .description('Checks the texts of notices before they are used, and shows what they look like.')
    .addHelpText('after', TEMPLATE_HELP);

  template
    .command('lint')
    .description('Says what is wrong with template files, and what is allowed and hardly meant.')
    .argument('<file...>', 'template files')
    .option('--json', 'as JSON', false)
    .addHelpText('after', LINT_HELP)
    .action(async (files: readonly string[], options: { readonly json: boolean }, command: Command) =>
      endWith(command, await actions.lint(files, options)),
    );

  template
    .command('preview')
    .description('Shows what template files make of sample data.')
    .argument('[file...]', 'template files; default: those that come with Callwake')
    .option('--language <tag>', 'only files in this language')
    .addOption(
      new Option('--channel <channel>', 'what the notices go out by').choices(previewChannels).default('sms'),
    )
    .addOption(new Option('--sample <name...>', 'only these notices').choices(sampleNames))
    .option('--version <number>', 'version of the texts; default: the newest', integerOption(1, 999_999_999))
    .option('--json', 'as JSON', false)
    .addHelpText('after', PREVIEW_HELP)
    .action(async (files: readonly string[], options: TemplatePreviewOptions, command: Command) =>
      endWith(command, await actions.preview(files, options)),
    );
}
