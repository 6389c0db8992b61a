import { registerDecode } from './decode.ts';
import { registerDemo } from './demo.ts';
import { registerEncode } from './encode.ts';
import { registerExplain } from './explain.ts';
import { registerLoad } from './load.ts';
import { registerM3ua } from './m3ua.ts';
import { registerNode } from './node.ts';
import { registerPersonalData } from './personal-data.ts';
import type { Register, Terminal } from './program.ts';
import { registerRecord } from './record.ts';
import { registerRun } from './run.ts';
import { registerSimulate } from './simulate.ts';
import { registerStoreCommands } from './store-commands.ts';
import { registerStp } from './stp.ts';
import { registerSubscriber } from './subscriber.ts';
import { registerTemplate } from './template.ts';
import { registerWebPush } from './web-push.ts';

/**
 * What works. A command is listed here when its action does what its help says. What an action is made of is loaded when it
 * is asked for: no command waits for the modules of the others.
 */
export const commandsOn = (terminal: Terminal): readonly Register[] => [
  (program) =>
    registerDemo(program, async (options) => (await import('./run-demo.ts')).runDemo(options, terminal)),
  (program) =>
    registerRun(program, async (options) => (await import('./run-engine.ts')).runEngine(options, terminal)),
  (program) =>
    registerSimulate(program, async (options) =>
      (await import('./run-simulation.ts')).runSimulation(options, terminal),
    ),
  (program) =>
    registerStp(program, async (options) => (await import('./run-stp.ts')).runStp(options, terminal)),
  (program) =>
    registerM3ua(program, async (options) => (await import('./run-m3ua.ts')).runM3ua(options, terminal)),
  (program) =>
    registerNode(program, async (options) => (await import('./run-node.ts')).runNode(options, terminal)),
  (program) => {
    const actions = async () => (await import('./run-load.ts')).loadActions(terminal);
    registerLoad(program, {
      run: async (options) => (await actions()).run(options),
      profiles: async () => (await actions()).profiles(),
      compare: async (before, after, options) => (await actions()).compare(before, after, options),
      config: async (folder, options) => (await actions()).config(folder, options),
    });
  },
  (program) => registerDecode(program, terminal),
  (program) => registerEncode(program, terminal),
  (program) => {
    const actions = async () => (await import('./run-subscriber.ts')).subscriberActions(terminal);
    registerSubscriber(program, {
      get: async (number, options) => (await actions()).get(number, options),
      set: async (number, options) => (await actions()).set(number, options),
      service: async (number, services, open, options) =>
        (await actions()).service(number, services, open, options),
      remove: async (number, options) => (await actions()).remove(number, options),
      import: async (file, options) => (await actions()).import(file, options),
      export: async (file, options) => (await actions()).export(file, options),
      list: async (options) => (await actions()).list(options),
    });
  },
  (program) => {
    const actions = async () => (await import('./run-template.ts')).templateActions(terminal);
    registerTemplate(program, {
      lint: async (files, options) => (await actions()).lint(files, options),
      preview: async (files, options) => (await actions()).preview(files, options),
    });
  },
  (program) => {
    const actions = async () => (await import('./run-personal-data.ts')).personalDataActions(terminal);
    registerPersonalData(program, {
      export: async (number, options) => (await actions()).export(number, options),
      erase: async (number, options) => (await actions()).erase(number, options),
    });
  },
  (program) =>
    registerExplain(program, async (options) =>
      (await import('./run-explain.ts')).runExplain(options, terminal),
    ),
  (program) => {
    const actions = () => import('./run-record.ts');
    registerRecord(program, {
      start: async (options) => (await actions()).runRecord(options, terminal),
      stop: async (options) => (await actions()).runRecordStop(options, terminal),
      show: async (file, options) => (await actions()).runRecordShow(file, options, terminal),
    });
  },
  (program) => {
    const backup = () => import('./run-backup.ts');
    const verify = () => import('./run-verify.ts');
    registerStoreCommands(program, {
      backup: async (options) => (await backup()).runBackup(options, terminal),
      restore: async (options) => (await backup()).runRestore(options, terminal),
      verify: async (options) => (await verify()).runVerify(options, terminal),
      replay: async (options) => (await verify()).runReplay(options, terminal),
      migrate: async (options) => (await verify()).runMigrate(options, terminal),
    });
  },
  (program) =>
    registerWebPush(program, async (options) =>
      (await import('./run-web-push.ts')).runWebPushKeys(options, terminal),
    ),
];
