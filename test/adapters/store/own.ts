import type { Environment } from '../../../src/adapters/store/environment.ts';

/** Gives partitions to a new environment. */
export function own(environment: Environment, partitions: readonly number[]): void {
  environment.transact(() => {
    const epochs = environment.epochs;
    for (const partition of partitions) epochs[partition] = 1;
    environment.putEpochs(epochs);
  });
}
