/** Writes a recording's file: what comes from the tap, each number replaced by its pseudonym, each dialogue by a number of this file. */
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import type { RecordingEndReason, TimedFact, TrafficFact } from '../../types/model/traffic.ts';
import { OperatingError } from '../../types/operating-error.ts';
import { encodeRecordingFrame, type RecordingFrame, summedEnd } from '../../wire/recording.ts';
import { DialogueNumbers } from './dialogue-numbers.ts';
import { LENGTH_OCTETS, MAGIC, RECORDING_VERSION, readFrames } from './frames.ts';
import { Pseudonyms } from './pseudonyms.ts';

export interface WriteRecordingOptions {
  /** A file that is not there. */
  readonly to: string;
  readonly octetsMax: number;
  readonly keptDigits: number;
  readonly engineVersion: string;
  readonly startedAtMs: number;
}

export interface RecordingSummary {
  readonly reason: RecordingEndReason;
  readonly tookMs: number;
  readonly facts: number;
  readonly dropped: number;
  readonly ofEarlier: number;
  readonly octets: number;
}

/** The end has its room kept. */
const END_OCTETS = 256;
const KEY_OCTETS = 32;

export class RecordingWriter {
  readonly #options: WriteRecordingOptions;
  readonly #file: number;
  readonly #sum = createHash('sha256');
  /** Its key is nowhere else, and goes with it. */
  readonly #pseudonyms: Pseudonyms;
  readonly #calls = new DialogueNumbers();
  readonly #alerts = new DialogueNumbers();
  octets = 0;
  facts = 0;
  #dropped = 0;
  #ofEarlier = 0;
  full = false;

  /** @throws OperatingError `CW_RECORD_FAILED` */
  constructor(options: WriteRecordingOptions) {
    this.#options = options;
    const { to, keptDigits, engineVersion, startedAtMs } = options;
    this.#pseudonyms = new Pseudonyms(randomBytes(KEY_OCTETS), keptDigits);
    try {
      this.#file = openSync(to, 'wx', 0o600);
    } catch (error) {
      throw this.#failed(error);
    }
    const header = { version: RECORDING_VERSION, engineVersion, startedAtMs, keptDigits };
    this.#write([MAGIC, ...framed({ kind: 'header', header })]);
  }

  /** A chunk of the tap. @throws OperatingError `CW_RECORD_FAILED` */
  take(chunk: Uint8Array): void {
    const written: Uint8Array[] = [];
    let octets = this.octets;
    const read = readFrames(chunk, (frame) => {
      if (frame.kind !== 'fact') return;
      if (this.full) {
        this.#dropped++;
        return;
      }
      const fact = this.#masked(frame.timed.fact);
      if (fact === undefined) {
        this.#ofEarlier++;
        return;
      }
      const timed: TimedFact = { afterMs: frame.timed.afterMs, fact };
      const [length, message] = framed({ kind: 'fact', timed });
      octets += length.length + message.length;
      if (octets + END_OCTETS > this.#options.octetsMax) {
        this.full = true;
        this.#dropped++;
        return;
      }
      this.facts++;
      written.push(length, message);
    });
    if (!read.ok) throw new Error(`the tap has written what cannot be read: ${read.code}`);
    this.#write(written);
  }

  /** @throws OperatingError `CW_RECORD_FAILED` */
  end(reason: RecordingEndReason, tookMs: number, droppedBefore: number): RecordingSummary {
    const end = {
      reason,
      tookMs,
      facts: this.facts,
      dropped: this.#dropped + droppedBefore,
      ofEarlier: this.#ofEarlier,
    };
    this.#write(framed({ kind: 'end', end, sum: this.#sum.copy().update(summedEnd(end)).digest() }));
    closeSync(this.#file);
    return { ...end, octets: this.octets };
  }

  /** Undefined: of a dialogue that began before. */
  #masked(fact: TrafficFact): TrafficFact | undefined {
    const pseudonym = (number: string): string => (number === '' ? '' : this.#pseudonyms.of(number));
    switch (fact.kind) {
      case 'call-begun':
        return {
          ...fact,
          dialogue: this.#calls.begin(fact.dialogue),
          subscriber: pseudonym(fact.subscriber),
          caller: pseudonym(fact.caller),
        };
      case 'call-refused':
        return fact;
      case 'call-taken':
      case 'call-reported':
        return numbered(fact, this.#calls.of(fact.dialogue));
      case 'call-ended':
        return numbered(fact, this.#calls.end(fact.dialogue));
      case 'returned': {
        const waits = fact.dialogue !== 0 && fact.taken === 'on-its-way';
        const dialogue = waits ? this.#alerts.begin(fact.dialogue) : 0;
        return { ...fact, dialogue, subscriber: pseudonym(fact.subscriber) };
      }
      case 'alert-answered':
        return numbered(fact, this.#alerts.end(fact.dialogue));
      case 'notice-ended':
        return { ...fact, subscriber: pseudonym(fact.subscriber) };
    }
  }

  #write(parts: readonly Uint8Array[]): void {
    const octets = Buffer.concat(parts);
    try {
      for (let at = 0; at < octets.length; ) at += writeSync(this.#file, octets, at);
    } catch (error) {
      throw this.#failed(error);
    }
    this.#sum.update(octets);
    this.octets += octets.length;
  }

  #failed(error: unknown): OperatingError {
    const { to } = this.#options;
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === 'EEXIST' ? 'it is there already' : String(error);
    return new OperatingError('CW_RECORD_FAILED', `${to} cannot be written: ${reason}`, { to }, error);
  }
}

function numbered<F extends TrafficFact>(fact: F, dialogue: number): F | undefined {
  return dialogue === 0 ? undefined : { ...fact, dialogue };
}

function framed(frame: RecordingFrame): [Uint8Array, Uint8Array] {
  const message = encodeRecordingFrame(frame);
  const length = new Uint8Array(LENGTH_OCTETS);
  new DataView(length.buffer).setUint32(0, message.length, true);
  return [length, message];
}
