import { Command, CommanderError } from 'commander';
import { EXIT } from './exit-codes.ts';
import { explainError } from './print-error.ts';

/** Where a command line's words go; tests listen here. */
export interface Terminal {
  out(text: string): void;
  error(text: string): void;
}

/** A command adds itself to the program; what its action resolves to is the exit code. */
export type Register = (program: Command) => void;

const EXIT_CODES_HELP = `
Exit codes: 0 all well, 1 it ran and something failed, 64 wrong command line, 69 the machine refused
something (a port in use …), 78 wrong configuration.
`;

/** `callwake` with the commands given. */
export function createProgram(version: string, commands: readonly Register[], terminal: Terminal): Command {
  const program = new Command('callwake')
    .description(
      'Missed-call and call-completion platform for mobile operators: learns that a call failed and that the\nphone is back, and tells the people concerned, once.',
    )
    .version(version, '-V, --version', 'print the version')
    // An option behind a command's name is the command's: `decode --version 2`.
    .enablePositionalOptions()
    .helpCommand('help [command]', 'how a command is used')
    .helpOption('-h, --help', 'how it is used')
    .configureOutput({
      writeOut: (text) => terminal.out(text),
      writeErr: (text) => terminal.error(text),
    })
    .configureHelp({ sortSubcommands: false })
    .showHelpAfterError('(callwake --help, or callwake COMMAND --help, shows how it is used)')
    .exitOverride()
    .addHelpText('after', EXIT_CODES_HELP);
  for (const register of commands) register(program);
  for (const command of program.commands) inherit(command, program);
  return program;
}

/** Commands of commands, too, end in an exception rather than in the process's end, and print where the program does. */
function inherit(command: Command, parent: Command): void {
  command.copyInheritedSettings(parent);
  for (const child of command.commands) inherit(child, command);
}

/** Runs one command line (without node and script) and resolves with the exit code. Never throws. */
export async function runProgram(
  program: Command,
  words: readonly string[],
  terminal: Terminal,
): Promise<number> {
  if (words.length === 0) {
    terminal.error(program.helpInformation());
    return EXIT.usage;
  }
  exitCodes.delete(program);
  try {
    await program.parseAsync(words, { from: 'user' });
    return exitCodes.get(program) ?? EXIT.ok;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    const { text, exitCode } = explainError(error);
    terminal.error(`${text}\n`);
    return exitCode;
  }
}

const exitCodes = new WeakMap<Command, number>();

/** An action's outcome: the exit code of the process. `command` is the one that the action belongs to. */
export function endWith(command: Command, exitCode: number): void {
  let root = command;
  while (root.parent !== null) root = root.parent;
  exitCodes.set(root, exitCode);
}
