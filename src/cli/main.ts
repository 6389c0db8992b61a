#!/usr/bin/env node
import { commandsOn } from './commands.ts';
import { packageVersion } from './package-version.ts';
import { createProgram, runProgram, type Terminal } from './program.ts';

const terminal: Terminal = {
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
};

// Whoever reads our output may have read enough (`callwake decode … | head`).
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});
// Set rather than exit: what was written to a pipe is still on its way.
process.exitCode = await runProgram(
  createProgram(packageVersion(), commandsOn(terminal), terminal),
  process.argv.slice(2),
  terminal,
);
