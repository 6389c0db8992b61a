#!/usr/bin/env node
import { registerDecode } from './decode.ts';
import { registerDemo } from './demo.ts';
import { registerM3ua } from './m3ua.ts';
import { packageVersion } from './package-version.ts';
import { createProgram, type Register, runProgram, type Terminal } from './program.ts';
import { registerRun } from './run.ts';
import { registerSimulate } from './simulate.ts';
import { registerSubscriber } from './subscriber.ts';

const terminal: Terminal = {
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
};
/**
 * What works. A command is listed here when its action does what its help says. What an action is made of is loaded when it
 * is asked for: no command waits for the modules of the others.
 */
const COMMANDS: readonly Register[] = [
  (program) =>
    registerDemo(program, async (options) => (await import('./run-demo.ts')).runDemo(options, terminal)),
  (program) =>
    registerRun(program, async (options) => (await import('./run-engine.ts')).runEngine(options, terminal)),
  (program) =>
    registerSimulate(program, async (options) =>
      (await import('./run-simulation.ts')).runSimulation(options, terminal),
    ),
  (program) => registerDecode(program, terminal),
  (program) =>
    registerM3ua(program, async (options) => (await import('./run-m3ua.ts')).runM3ua(options, terminal)),
  (program) => {
    const actions = async () => (await import('./run-subscriber.ts')).subscriberActions(terminal);
    registerSubscriber(program, {
      get: async (number, options) => (await actions()).get(number, options),
      set: async (number, options) => (await actions()).set(number, options),
      import: async (file, options) => (await actions()).import(file, options),
      list: async (options) => (await actions()).list(options),
    });
  },
];

// Whoever reads our output may have read enough (`callwake decode … | head`).
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});
// Set rather than exit: what was written to a pipe is still on its way.
process.exitCode = await runProgram(
  createProgram(packageVersion(), COMMANDS, terminal),
  process.argv.slice(2),
  terminal,
);
