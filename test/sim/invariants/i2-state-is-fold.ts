import type { SubscriberState } from '../../../src/types/model/state.ts';
import { encodeState } from '../../../src/wire/state.ts';
import { leavesRecord, sameOctets } from './fold.ts';
import type { Invariant, Run } from './invariant.ts';
import { secondEngine } from './second-engine.ts';

export const stateIsFold: Invariant = {
  name: 'I2',
  sentence:
    'The state equals the fold of the log, and of a snapshot and the log after it; a second engine on the same disks is identical.',
  broken: (run) => [
    ...run.fold.faults,
    ...differences(run, run.fold.states, 'the fold of the log'),
    ...(run.fold.fromSnapshot === undefined
      ? []
      : differences(run, run.fold.fromSnapshot, 'the fold of a snapshot and the log after it')),
    ...secondEngine(run),
  ],
};

const TOLD_MAX = 5;

/** The engine is at rest: all records are written. */
function differences(
  { plant, unrest }: Run,
  states: ReadonlyMap<string, SubscriberState>,
  of: string,
): string[] {
  if (unrest !== '') return [];
  const found: string[] = [];
  const stored = new Map<string, Uint8Array>();
  for (const { actors } of plant.disks)
    for (const records of actors.values()) for (const [number, record] of records) stored.set(number, record);
  for (const [number, state] of states) {
    const record = stored.get(number);
    stored.delete(number);
    if (record === undefined) {
      if (leavesRecord(state)) found.push(`${number} has no record, but ${of} has a state`);
    } else if (!sameOctets(record, encodeState(state))) found.push(`the record of ${number} is not ${of}`);
  }
  for (const number of stored.keys()) found.push(`${number} has a record, but ${of} knows nothing of it`);
  return found.slice(0, TOLD_MAX);
}
