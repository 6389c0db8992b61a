/** A part that reads a ring into a store of its own, and misbehaves when it is told to; see supervisor.test.ts. */

import { DoorbellButton, type DoorbellMemory } from '../../../src/adapters/rings/doorbell.ts';
import { openLmdbStore } from '../../../src/adapters/store/lmdb-store.ts';
import { hostPart } from '../../../src/adapters/threads/thread-main.ts';
import { MemoryRingReader, MemoryRingWriter, type RingMemory } from '../../../src/engine/ring.ts';
import { OperatingError } from '../../../src/types/operating-error.ts';
import type { Part } from '../../../src/types/ports/part.ts';
import { windowOf } from '../store/conformance.ts';

export interface PartData {
  readonly toPart: RingMemory;
  readonly fromPart: RingMemory;
  readonly mainDoorbell: DoorbellMemory;
  /** The store that the part commits what it reads to; undefined for none. */
  readonly store: string | undefined;
  readonly failToStart: boolean;
}

/** Kinds of records to the part. Only the life whose number is the text dies or hangs: the next one meets the order again. */
const orders: OrderKinds = { echo: 0, die: 1, hang: 2, timer: 3, neverDrain: 4, hangAtEnd: 5 };

export interface OrderKinds {
  readonly echo: 0;
  readonly die: 1;
  readonly hang: 2;
  readonly timer: 3;
  readonly neverDrain: 4;
  readonly hangAtEnd: 5;
}

const readMax = 100;

await hostPart(({ data, host, restarts }): Part => {
  const { toPart, fromPart, mainDoorbell, store: directory, failToStart } = data as PartData;
  if (failToStart) {
    throw new OperatingError('CW_STORE_UNREADABLE', 'told not to start', { directory: 'nowhere' });
  }
  const button = new DoorbellButton(mainDoorbell, 'part');
  const reader = new MemoryRingReader(toPart);
  const writer = new MemoryRingWriter(fromPart, () => button.press());
  const store = directory === undefined ? undefined : openLmdbStore({ directory }, { onSettled: host.wake });
  let open = 0;
  let draining = false;
  let drains = true;
  let hangs = false;
  const answer = (record: Uint8Array): void => {
    writer.write(restarts, record);
    writer.flush();
  };
  const take = (kind: number, record: Uint8Array, position: number): void => {
    const forThisLife = Buffer.from(record).toString() === String(restarts);
    if (kind === orders.die && forThisLife) throw new Error('told to die');
    if (kind === orders.hang && forThisLife) for (;;);
    if (kind === orders.hangAtEnd) hangs = true;
    if (kind === orders.neverDrain) drains = false;
    if (kind === orders.timer) {
      const copy = Uint8Array.from(record);
      host.timers.start(20, { onTimer: () => answer(copy) }, 0, 0);
      reader.release(position);
      return;
    }
    if (store === undefined) {
      answer(record);
      reader.release(position);
      return;
    }
    const copy = Uint8Array.from(record);
    open++;
    store.commit(
      windowOf(store.lastWindow + open, { journal: copy }),
      () => {
        open--;
        answer(copy);
        reader.release(position);
      },
      (error) => {
        throw error;
      },
    );
  };
  return {
    doWork: () => (draining ? 0 : reader.read(take, store === undefined ? readMax : 2 - open)),
    drain: () => {
      draining = true;
    },
    get drained() {
      return draining && drains && open === 0;
    },
    close: async () => {
      while (hangs);
      button.close();
      await store?.close();
    },
  };
});
