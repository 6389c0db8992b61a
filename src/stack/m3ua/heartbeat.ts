/**
 * BEAT and its acknowledgement (RFC 4666 §4.3.4.6): a peer from which nothing has come for too many beats is dead. Any
 * message is a sign of life; a BEAT Ack is checked against what was sent.
 */
import type { TimerListener, Timers } from '../../types/timers.ts';
import { readUint32, writeUint32 } from './octets.ts';

export interface HeartbeatOptions {
  /** T(beat): between two beats; 0 sends none. */
  readonly intervalMs: number;
  /** Beats in a row without a sign of life after which the peer is dead, ≥ 1. */
  readonly missesMax: number;
}

export interface HeartbeatUser {
  sendBeat(heartbeatData: Uint8Array): void;
  onPeerDead(): void;
}

export class Heartbeat implements TimerListener {
  readonly #timers: Timers;
  readonly #options: HeartbeatOptions;
  readonly #user: HeartbeatUser;
  #timer = 0;
  #sequence = 0;
  /** The newest beat that was acknowledged. */
  #acknowledged = 0;
  #unanswered = 0;

  constructor(timers: Timers, options: HeartbeatOptions, user: HeartbeatUser) {
    this.#timers = timers;
    this.#options = options;
    this.#user = user;
  }

  start(): void {
    this.stop();
    this.#unanswered = 0;
    this.#acknowledged = this.#sequence;
    this.#arm();
  }

  stop(): void {
    this.#timers.stop(this.#timer);
    this.#timer = 0;
  }

  /** A message came, whichever: the peer is there (RFC 4666 §4.3.4.6). */
  heard(): void {
    this.#unanswered = 0;
  }

  /** A BEAT Ack came; true when its data is that of a beat of ours that is still open. */
  acknowledged(heartbeatData: Uint8Array | undefined): boolean {
    if (heartbeatData?.length !== 4) return false;
    const sequence = readUint32(heartbeatData, 0);
    if (sequence <= this.#acknowledged || sequence > this.#sequence) return false;
    this.#acknowledged = sequence;
    return true;
  }

  onTimer(): void {
    this.#timer = 0;
    if (this.#unanswered >= this.#options.missesMax) {
      this.#user.onPeerDead();
      return;
    }
    this.#sequence++;
    this.#unanswered++;
    this.#user.sendBeat(this.#data(this.#sequence));
    this.#arm();
  }

  #arm(): void {
    if (this.#options.intervalMs > 0) this.#timer = this.#timers.start(this.#options.intervalMs, this, 0, 0);
  }

  #data(sequence: number): Uint8Array {
    const octets = new Uint8Array(4);
    writeUint32(octets, 0, sequence);
    return octets;
  }
}
