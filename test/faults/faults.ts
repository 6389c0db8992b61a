/** Every fault by its name. */
import type { Fault } from './fault.ts';
import { chaos } from './kinds/chaos.ts';
import { clockFaults } from './kinds/clock.ts';
import { killEngine } from './kinds/kill-engine.ts';
import { processFaults } from './kinds/processes.ts';
import { slowFaults } from './kinds/slow.ts';
import { threadFaults } from './kinds/threads.ts';
import { virtualFaults } from './kinds/virtual.ts';
import { wireFaults } from './kinds/wire.ts';

export const FAULTS: readonly Fault[] = [
  killEngine,
  ...processFaults,
  ...threadFaults,
  ...wireFaults,
  ...clockFaults,
  ...slowFaults,
  ...virtualFaults,
  chaos,
];
