/**
 * Opens environments one after another, reads all that is in them, and compares it with what is in the first: a line for each,
 * `same`, `refused`, or what is other. Native code that dies ends this process alone; the line that is missing says where.
 */
import { Environment } from '../../../../src/adapters/store/environment.ts';
import { LmdbStore } from '../../../../src/adapters/store/lmdb-store.ts';
import { OperatingError } from '../../../../src/types/operating-error.ts';
import { partitionCount } from '../../../../src/types/partition.ts';

async function contents(directory: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const store = new LmdbStore(new Environment({ directory, mapSizeOctets: 2 ** 28 }));
  try {
    const put = (name: string, octets: Uint8Array): void => {
      found.set(name, Buffer.from(octets).toString('base64'));
    };
    found.set('head', `${store.lastWindow} ${store.recoverFrom} ${store.partitions.join()}`);
    for (let partition = 0; partition < partitionCount; partition++) {
      found.set(`sequence ${partition}`, String(store.sequence(partition)));
      for (const [number] of store.actors(partition)) {
        const record = store.readActor(partition, number);
        if (record !== undefined) put(`actor ${partition} ${number}`, record);
      }
    }
    for (const [window, record] of store.journal(0)) put(`window ${window}`, record);
    for (const [key, effect] of store.outbox()) put(`outbox ${key}`, effect);
    for (const [partition, number] of store.deadlines(Number.MAX_SAFE_INTEGER))
      found.set(`deadline ${partition} ${number}`, '');
  } finally {
    await store.close();
  }
  return found;
}

const [sound = '', ...others] = process.argv.slice(2);
const right = await contents(sound);
for (const directory of others) {
  let line = 'same';
  try {
    const found = await contents(directory);
    for (const [name, value] of found) if (right.get(name) !== value) line = `wrong: ${name}`;
    for (const name of right.keys()) if (line === 'same' && !found.has(name)) line = `missing: ${name}`;
  } catch (error) {
    line = error instanceof OperatingError ? 'refused' : `threw: ${String(error)}`;
  }
  process.stdout.write(`${line}\n`);
}
