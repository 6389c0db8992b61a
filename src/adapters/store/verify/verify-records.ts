/** The records of one environment: each can be read, and agrees with its key, with the head and with the others. */

import { QUARANTINE } from '../../../engine/shard/recover.ts';
import { brokenInvariants } from '../../../subscriber/invariants.ts';
import { effectKey } from '../../../types/model/notice.ts';
import { nextDeadlineMs } from '../../../types/model/state.ts';
import { partitionCount, partitionOf, unpackNumber } from '../../../types/partition.ts';
import type { Failure } from '../../../types/result.ts';
import { decodeEffect } from '../../../wire/effect.ts';
import { decodeEvent } from '../../../wire/event.ts';
import { decodeJournalRecord } from '../../../wire/journal.ts';
import { decodeState } from '../../../wire/state.ts';
import { decodePositions } from '../../../wire/thread.ts';
import type { EnvironmentEntry } from '../check-environment.ts';
import { crc32 } from '../checksum.ts';
import type { Head } from '../environment.ts';
import { deadlineKey, minuteOf, partitionOfOutboxKey, windowOfKey } from '../keys.ts';

export interface RecordCounts {
  subscribers: number;
  windows: number;
  openEffects: number;
  putAside: number;
  deadlines: number;
}

/** Sums over keys are taken in this ring: 48 bits are exact in a number. */
const RING = 2 ** 48;

export class RecordCheck {
  readonly counts: RecordCounts = { subscribers: 0, windows: 0, openEffects: 0, putAside: 0, deadlines: 0 };
  readonly #head: Head;
  readonly #owned: ReadonlySet<number>;
  readonly #onFault: (what: string) => void;
  readonly #sequences = new Float64Array(partitionCount);
  #firstWindow = 0;
  #lastWindow = 0;
  /** Over the keys that the index must have, and over those that it has: the same when they are the same keys. */
  #wantedDeadlines = 0;
  #foundDeadlines = 0;
  #wantedCount = 0;

  /** @param owned partitions that it may hold something of */
  constructor(head: Head, owned: ReadonlySet<number>, onFault: (what: string) => void) {
    this.#head = head;
    this.#owned = owned;
    this.#onFault = onFault;
  }

  take({ table, key, value }: EnvironmentEntry): void {
    switch (table) {
      case 'actors':
        return this.#actor(key, value);
      case 'journal':
        return this.#journal(key, value);
      case 'deadlines':
        return this.#deadline(key);
      case 'outbox':
        return this.#outbox(key.toString('latin1'), value);
      case 'meta':
        return;
    }
  }

  end(): void {
    const { window, recoverFrom, positions } = this.#head;
    const needsJournal = recoverFrom <= window;
    if (needsJournal && (this.#firstWindow === 0 || this.#firstWindow > recoverFrom))
      this.#onFault(
        `journal: windows from ${recoverFrom} on are needed, and it begins with ${this.#firstWindow}`,
      );
    if (this.#lastWindow !== 0 && this.#lastWindow !== window)
      this.#onFault(`journal: it ends with window ${this.#lastWindow}, and the head is at ${window}`);
    if (this.#wantedDeadlines !== this.#foundDeadlines || this.#wantedCount !== this.counts.deadlines)
      this.#onFault(
        `deadlines: the index has ${this.counts.deadlines} entries that are not those of the ${this.#wantedCount} subscribers with a deadline`,
      );
    const read = positions === undefined ? undefined : decodePositions(positions);
    if (read?.ok === false) this.#onFault(`meta: positions of the rings: ${inWords(read)}`);
  }

  #actor(key: Buffer, value: Buffer): void {
    this.counts.subscribers++;
    const partition = key[0] ?? partitionCount;
    const number = key.length === 9 ? unpackNumber(key, 1) : undefined;
    if (number === undefined || partition >= partitionCount)
      return this.#onFault('actors: a key is no subscriber');
    const which = `actors: a subscriber in partition ${partition}`;
    if (partitionOf(number) !== partition) return this.#onFault(`${which} belongs to another one`);
    if (!this.#owned.has(partition)) return this.#onFault(`${which}, which is not of this shard`);
    const state = decodeState(value);
    if (!state.ok) return this.#onFault(`${which}: ${inWords(state)}`);
    if (state.value.number !== number) return this.#onFault(`${which} has the number of another one`);
    const sequence = this.#head.sequences[partition] ?? 0;
    if (state.value.sequence > sequence)
      this.#onFault(`${which} is at ${state.value.sequence}, and the partition at ${sequence}`);
    for (const what of brokenInvariants(state.value)) this.#onFault(`${which}: ${what}`);
    const minute = minuteOf(nextDeadlineMs(state.value));
    if (minute === 0) return;
    this.#wantedCount++;
    this.#wantedDeadlines = added(this.#wantedDeadlines, deadlineKey(minute, partition, number));
  }

  #deadline(key: Buffer): void {
    this.counts.deadlines++;
    this.#foundDeadlines = added(this.#foundDeadlines, key);
  }

  #journal(key: Buffer, value: Buffer): void {
    this.counts.windows++;
    if (key.length !== 8) return this.#onFault('journal: a key is no window');
    const window = windowOfKey(key);
    if (this.#firstWindow === 0) this.#firstWindow = window;
    else if (window !== this.#lastWindow + 1)
      this.#onFault(`journal: after window ${this.#lastWindow} comes ${window}; what is between is missing`);
    this.#lastWindow = window;
    const record = decodeJournalRecord(value);
    if (!record.ok) return this.#onFault(`journal: window ${window}: ${inWords(record)}`);
    for (const { partition, sequence, event } of record.value.entries) {
      const which = `journal: window ${window}, event ${partition}.${sequence}`;
      if (partitionOf(event.subscriber) !== partition) this.#onFault(`${which} is of another partition`);
      if (sequence <= (this.#sequences[partition] ?? 0))
        this.#onFault(`${which} is not after the one before`);
      this.#sequences[partition] = sequence;
      if (this.#owned.has(partition) && sequence > (this.#head.sequences[partition] ?? 0))
        this.#onFault(`${which} is after the last one that the head knows`);
    }
  }

  #outbox(key: string, value: Buffer): void {
    if (key.includes(QUARANTINE) || key.startsWith(QUARANTINE.slice(1))) {
      this.counts.putAside++;
      const event = decodeEvent(value);
      if (!event.ok) this.#onFault(`outbox: the event ${key}: ${inWords(event)}`);
      return;
    }
    this.counts.openEffects++;
    const effect = decodeEffect(value);
    if (!effect.ok) return this.#onFault(`outbox: the effect ${key}: ${inWords(effect)}`);
    if (effectKey(effect.value.id) !== key) this.#onFault(`outbox: the effect ${key} is another one`);
    const partition = partitionOfOutboxKey(key) ?? partitionCount;
    if (!this.#owned.has(partition)) this.#onFault(`outbox: the effect ${key} is not of this shard`);
    else if (effect.value.id.sequence > (this.#head.sequences[partition] ?? 0))
      this.#onFault(`outbox: the effect ${key} is of an event to come`);
  }
}

function added(sum: number, key: Uint8Array): number {
  return (sum + crc32(key, 1) * 65_536 + (crc32(key, 2) & 0xffff)) % RING;
}

const MEANINGS: Readonly<Record<string, string>> = {
  'wire-unknown-kind': 'it is of a kind that this version does not know',
  'wire-unknown-value': 'it has a value that this version does not know',
  'wire-damaged': 'it cannot be read',
  'wire-missing': 'something that must be there is missing',
  'wire-out-of-range': 'a value is none that can be',
};

function inWords({ code, path, offset }: Failure): string {
  return `${MEANINGS[code] ?? code}${path === undefined ? `, octet ${offset}` : ` (${path})`}`;
}
