/** The folder of an engine that runs by itself and is loaded from outside: its configuration and its subscribers. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import { engineSections } from './engine-config.ts';
import { subscriberNumber } from './numbers.ts';
import type { NetworkPlan } from './plan.ts';

/** @param subscribers of each generator. Returns the configuration's file. */
export function writeEngineFolder(
  folder: string,
  networks: readonly NetworkPlan[],
  subscribers: number,
): string {
  mkdirSync(folder, { recursive: true });
  const config = { ...engineSections(networks, 'data'), subscribers: { importFile: 'subscribers.csv' } };
  const file = path.join(folder, 'callwake.yaml');
  writeFileSync(file, stringify(config));
  const rows = networks.flatMap(({ firstSubscriber }) =>
    Array.from(
      { length: subscribers },
      (_, at) => `${subscriberNumber(firstSubscriber + at)},on,off,en,UTC\n`,
    ),
  );
  writeFileSync(
    path.join(folder, 'subscribers.csv'),
    `number,missedCalls,notifyMe,language,timeZone\n${rows.join('')}`,
  );
  return file;
}
