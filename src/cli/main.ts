#!/usr/bin/env node
import { registerDecode } from './decode.ts';
import { registerDemo } from './demo.ts';
import { registerEncode } from './encode.ts';
import { registerM3ua } from './m3ua.ts';
import { packageVersion } from './package-version.ts';
import { createProgram, type Register, runProgram, type Terminal } from './program.ts';
import { registerRun } from './run.ts';
import { runDemo } from './run-demo.ts';
import { runEngine } from './run-engine.ts';
import { runM3ua } from './run-m3ua.ts';
import { runSimulation } from './run-simulation.ts';
import { runStp } from './run-stp.ts';
import { subscriberActions } from './run-subscriber.ts';
import { registerSimulate } from './simulate.ts';
import { registerStp } from './stp.ts';
import { registerSubscriber } from './subscriber.ts';

const terminal: Terminal = {
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
};
/** What works. A command is listed here when its action does what its help says. */
const COMMANDS: readonly Register[] = [
  (program) => registerDemo(program, (options) => runDemo(options, terminal)),
  (program) => registerRun(program, (options) => runEngine(options, terminal)),
  (program) => registerSimulate(program, (options) => runSimulation(options, terminal)),
  (program) => registerStp(program, (options) => runStp(options, terminal)),
  (program) => registerDecode(program, terminal),
  (program) => registerEncode(program, terminal),
  (program) => registerM3ua(program, (options) => runM3ua(options, terminal)),
  (program) => registerSubscriber(program, subscriberActions(terminal)),
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
