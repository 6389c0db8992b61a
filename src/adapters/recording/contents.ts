/** What is in a recording, in figures: no number of anybody. */
import type { TimedFact, TrafficFact } from '../../types/model/traffic.ts';
import { type RecordingRead, readRecording } from './read-recording.ts';

export interface RecordingContents extends RecordingRead {
  readonly tookMs: number;
  /** Facts by kind, and by what they say. */
  readonly facts: Readonly<Record<string, number>>;
  /** Reports of calls that failed, by Q.850 cause value; 0: none came. */
  readonly causes: Readonly<Record<string, number>>;
  readonly subscribers: number;
  /** Calls and returns that began, in so many equal parts of the time. */
  readonly begun: { readonly partMs: number; readonly calls: number[]; readonly returns: number[] };
}

const PARTS = 20;
/** Before its end is known, facts are counted in parts of so long; when there are too many, in longer ones. */
const FINEST_MS = 100;
const FINE_PARTS_MAX = 4_096;
/** Pseudonyms counted apart. */
const SUBSCRIBERS_MAX = 10_000_000;

export function recordingContents(file: string): RecordingContents {
  const facts = new Map<string, number>();
  const causes = new Map<number, number>();
  const subscribers = new Set<string>();
  const calls = new Flow();
  const returns = new Flow();
  let lastMs = 0;
  const read = readRecording(file, ({ afterMs, fact }: TimedFact) => {
    lastMs = Math.max(lastMs, afterMs);
    add(facts, wordOf(fact));
    if (fact.kind === 'call-reported' && fact.how === 'failed') add(causes, fact.cause);
    if (fact.kind === 'call-begun' || fact.kind === 'call-refused') calls.add(afterMs);
    if (fact.kind === 'returned') returns.add(afterMs);
    if ('subscriber' in fact && subscribers.size < SUBSCRIBERS_MAX) subscribers.add(fact.subscriber);
  });
  const tookMs = read.end?.tookMs ?? lastMs;
  return {
    ...read,
    tookMs,
    facts: sorted(facts),
    causes: sorted(causes),
    subscribers: subscribers.size,
    begun: { partMs: tookMs / PARTS, calls: calls.parts(tookMs), returns: returns.parts(tookMs) },
  };
}

function wordOf(fact: TrafficFact): string {
  switch (fact.kind) {
    case 'call-begun':
    case 'call-refused':
      return fact.kind;
    case 'call-reported':
      return `call-reported ${fact.how === 'failed' ? (fact.reason ?? 'network trouble') : fact.how}`;
    case 'returned':
      return `${fact.source}${fact.taken === 'no-room' ? ', no room' : ''}`;
    case 'notice-ended':
      return `notice-ended ${fact.result}`;
    default:
      return `${fact.kind} ${fact.how}`;
  }
}

/** How many in each moment, of a time whose end is not known yet. */
class Flow {
  #partMs = FINEST_MS;
  #counts: number[] = [];

  add(atMs: number): void {
    while (atMs / this.#partMs >= FINE_PARTS_MAX) {
      const halved: number[] = [];
      for (const [at, count] of this.#counts.entries()) halved[at >> 1] = (halved[at >> 1] ?? 0) + count;
      this.#counts = halved;
      this.#partMs *= 2;
    }
    const at = Math.floor(atMs / this.#partMs);
    while (this.#counts.length <= at) this.#counts.push(0);
    this.#counts[at]!++;
  }

  parts(tookMs: number): number[] {
    const parts = new Array<number>(PARTS).fill(0);
    for (const [at, count] of this.#counts.entries()) {
      const part = Math.floor((at * this.#partMs * PARTS) / Math.max(1, tookMs));
      parts[Math.min(PARTS - 1, part)]! += count;
    }
    return parts;
  }
}

function add<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function sorted(counts: ReadonlyMap<string | number, number>): Record<string, number> {
  const entries = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, count]) => [String(key), count]));
}
