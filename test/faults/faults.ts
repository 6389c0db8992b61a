/** Every fault by its name. */
import type { Fault } from './fault.ts';
import { killEngine } from './kinds/kill-engine.ts';
import { threadFaults } from './kinds/threads.ts';

export const FAULTS: readonly Fault[] = [killEngine, ...threadFaults];
