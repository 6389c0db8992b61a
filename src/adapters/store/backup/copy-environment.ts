/** Copies one environment page by page, and checks each page and each record on the way: what is copied is sound. */

import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  createReadStream,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { OperatingError } from '../../../types/operating-error.ts';
import { partitionCount } from '../../../types/partition.ts';
import { checkEnvironment, DATA_FILE } from '../check-environment.ts';
import { decodeHead, epochsKey, headKey } from '../environment.ts';
import { HEADER_OCTETS, PAGE_FLAGS } from '../pages/layout.ts';
import type { BackupShard } from './manifest.ts';
import type { ShardFile } from './snapshot.ts';

/**
 * Pages that are not in use are left out: the copy has holes there. The same meta page stands in both places.
 * @throws OperatingError `CW_STORE_DAMAGED`, and what the file system has against it
 */
export function copyEnvironment(
  { shard, directory, file }: ShardFile,
  to: string,
  onProgress: (pages: number, of: number) => void,
): BackupShard {
  mkdirSync(to, { mode: 0o700 });
  const { pageSize, lastPage } = file.meta;
  const flags = constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY;
  const handle = openSync(path.join(to, DATA_FILE), flags, 0o600);
  try {
    ftruncateSync(handle, (lastPage + 1) * pageSize);
    let head = decodeHead(Buffer.alloc(16 + partitionCount * 8));
    let epochs = new Float64Array(partitionCount);
    const { faults, schema } = checkEnvironment({
      directory,
      file,
      depth: 'whole',
      onProgress,
      onPages: (page, octets) => writeFully(handle, octets, page * pageSize),
      onEntry: ({ table, key, value }) => {
        if (table !== 'meta') return;
        if (key.equals(headKey)) head = decodeHead(Buffer.from(value));
        else if (key.equals(epochsKey))
          epochs = Float64Array.from(epochs, (_, partition) => value.readDoubleLE(partition * 8));
      },
    });
    if (faults.length > 0) throw damaged(directory, faults);
    for (const index of [0, 1])
      writeFully(handle, metaPage(index, pageSize, file.metaOctets), index * pageSize);
    fsyncSync(handle);
    return {
      shard,
      schema: schema ?? 0,
      window: head.window,
      recoverFrom: head.recoverFrom,
      epochs: [...epochs],
      sequences: [...head.sequences],
    };
  } finally {
    closeSync(handle);
  }
}

function metaPage(index: number, pageSize: number, octets: Buffer): Buffer {
  const page = Buffer.alloc(pageSize);
  page.writeUInt32LE(index, 0);
  page.writeUInt16LE(PAGE_FLAGS.meta, 18);
  octets.copy(page, HEADER_OCTETS);
  return page;
}

function writeFully(handle: number, octets: Buffer, position: number): void {
  for (let at = 0; at < octets.length; )
    at += writeSync(handle, octets, at, octets.length - at, position + at);
}

export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const octets of createReadStream(file, { highWaterMark: 1 << 20 }))
    hash.update(octets as Buffer);
  return hash.digest('hex');
}

function damaged(directory: string, faults: readonly string[]): OperatingError {
  return new OperatingError(
    'CW_STORE_DAMAGED',
    `the store in ${directory} is damaged, and was not copied:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
    { directory, faults },
  );
}
