/**
 * The tap in the signalling thread: packs facts into chunks, and hands these on. What cannot be handed on is dropped and counted:
 * no call ever waits for it. The numbers leave the thread as they are, and the process as pseudonyms.
 */
import type { Clock } from '../../types/clock.ts';
import type { TrafficFact } from '../../types/model/traffic.ts';
import type { TrafficTap } from '../../types/ports/traffic-tap.ts';
import { encodeRecordingFrame } from '../../wire/recording.ts';
import { LENGTH_OCTETS } from './frames.ts';

/** To the signalling thread. */
export type TrafficOrder =
  | { readonly kind: 'record'; readonly token: number }
  | { readonly kind: 'record-stop'; readonly token: number }
  /** A chunk was written: there is room for one more. */
  | { readonly kind: 'traffic-written'; readonly token: number };

/** From the signalling thread. */
export type TrafficReport =
  | { readonly kind: 'traffic-begun'; readonly token: number }
  | { readonly kind: 'traffic'; readonly token: number; readonly octets: Uint8Array }
  /** All is said. */
  | { readonly kind: 'traffic-end'; readonly token: number; readonly dropped: number };

const CHUNK_OCTETS = 65_536;
/** Chunks that were handed on and are not written yet: 4 MiB, a second and more of full load. */
const CHUNKS_MAX = 64;
/** A chunk is handed on after so long at the latest. */
export const FLUSH_MS = 200;

export class TrafficRecorder implements TrafficTap {
  readonly token: number;
  readonly #clock: Clock;
  readonly #send: (report: TrafficReport) => void;
  readonly #startedAtMs: number;
  #chunk = new Uint8Array(CHUNK_OCTETS);
  #used = 0;
  #underWay = 0;
  #dropped = 0;

  constructor(token: number, clock: Clock, send: (report: TrafficReport) => void) {
    this.token = token;
    this.#clock = clock;
    this.#send = send;
    this.#startedAtMs = clock.monotonic();
    send({ kind: 'traffic-begun', token });
  }

  take(fact: TrafficFact): void {
    if (this.#underWay >= CHUNKS_MAX) {
      this.#dropped++;
      return;
    }
    const afterMs = Math.round((this.#clock.monotonic() - this.#startedAtMs) * 1_000) / 1_000;
    const frame = encodeRecordingFrame({ kind: 'fact', timed: { afterMs, fact } });
    if (this.#used + LENGTH_OCTETS + frame.length > CHUNK_OCTETS) this.flush();
    new DataView(this.#chunk.buffer).setUint32(this.#used, frame.length, true);
    this.#chunk.set(frame, this.#used + LENGTH_OCTETS);
    this.#used += LENGTH_OCTETS + frame.length;
  }

  flush(): void {
    if (this.#used === 0) return;
    this.#underWay++;
    this.#send({ kind: 'traffic', token: this.token, octets: this.#chunk.subarray(0, this.#used) });
    this.#chunk = new Uint8Array(CHUNK_OCTETS);
    this.#used = 0;
  }

  written(): void {
    this.#underWay--;
  }

  end(): void {
    this.flush();
    this.#send({ kind: 'traffic-end', token: this.token, dropped: this.#dropped });
  }
}
