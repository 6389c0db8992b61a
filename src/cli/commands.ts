import { registerDecode } from './decode.ts';
import { registerDemo } from './demo.ts';
import { registerEncode } from './encode.ts';
import { registerM3ua } from './m3ua.ts';
import type { Register, Terminal } from './program.ts';
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

/** What works. A command is listed here when its action does what its help says. */
export const commandsOn = (terminal: Terminal): readonly Register[] => [
  (program) => registerDemo(program, (options) => runDemo(options, terminal)),
  (program) => registerRun(program, (options) => runEngine(options, terminal)),
  (program) => registerSimulate(program, (options) => runSimulation(options, terminal)),
  (program) => registerStp(program, (options) => runStp(options, terminal)),
  (program) => registerDecode(program, terminal),
  (program) => registerEncode(program, terminal),
  (program) => registerM3ua(program, (options) => runM3ua(options, terminal)),
  (program) => registerSubscriber(program, subscriberActions(terminal)),
];
