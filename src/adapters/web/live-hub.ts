import type { Counters } from '../../types/counters.ts';
import type { Log } from '../../types/log.ts';
import type { LiveSource } from '../../web/live-source.ts';
import { knownIn, LiveFrames } from './live-frames.ts';
import type { LiveSocket } from './transport.ts';

export interface LiveHubOptions {
  /** Browsers at once; further ones are refused and counted. */
  readonly clientsMax: number;
  /** A browser with more than this untaken gets no further frames until it has caught up. */
  readonly bufferedOctetsMax: number;
  /** Frames in a row that a browser may miss before it is let go. */
  readonly skipsMax: number;
}

export const LIVE_HUB_DEFAULTS: LiveHubOptions = {
  clientsMax: 100,
  bufferedOctetsMax: 1 << 20,
  skipsMax: 30,
};

/**
 * Sends each new snapshot, encoded once, to every browser that reads; one that comes back gets what it lacks. Memory per
 * browser is bounded.
 */
export class LiveHub {
  readonly #source: LiveSource;
  readonly #options: LiveHubOptions;
  readonly #counters: Counters;
  readonly #log: Log;
  readonly #frames: LiveFrames;
  /** Frames skipped in a row, per browser. */
  readonly #skipped = new Map<LiveSocket, number>();
  #sequence = -1;
  #alarmVersion = -1;
  #failing = false;

  constructor(source: LiveSource, options: LiveHubOptions, counters: Counters, log: Log) {
    this.#source = source;
    this.#options = options;
    this.#counters = counters;
    this.#log = log;
    this.#frames = new LiveFrames(source, counters);
  }

  get clients(): number {
    return this.#skipped.size;
  }

  get full(): boolean {
    return this.#skipped.size >= this.#options.clientsMax;
  }

  /** @param query what the browser says that it has: see `knownIn` */
  opened(socket: LiveSocket, query = ''): void {
    // Upgrades that were on their way together may pass the check together.
    if (this.full) {
      this.#counters.count('web.live.refused');
      socket.terminate();
      return;
    }
    this.#counters.count('web.live.opened');
    this.#skipped.set(socket, 0);
    this.#guarded(() => {
      socket.send(this.#frames.hello());
      socket.send(this.#frames.history(knownIn(query)));
      socket.send(this.#frames.alarmHistory());
      socket.send(this.#frames.snapshot());
    });
  }

  closed(socket: LiveSocket): void {
    if (this.#skipped.delete(socket)) this.#counters.count('web.live.closed');
  }

  /** Called a few times per sample. */
  poll(): void {
    if (this.#skipped.size === 0) return;
    this.#guarded(() => {
      const { version } = this.#source.alarmHistory();
      if (version !== this.#alarmVersion) {
        this.#alarmVersion = version;
        this.#broadcast(this.#frames.alarmHistory());
      }
      const { sequence } = this.#source.snapshot();
      if (sequence === this.#sequence) return;
      this.#sequence = sequence;
      this.#broadcast(this.#frames.snapshot());
    });
  }

  #broadcast(frame: Uint8Array): void {
    for (const [socket, skipped] of [...this.#skipped]) {
      if (socket.bufferedOctets <= this.#options.bufferedOctetsMax) {
        if (skipped > 0) this.#skipped.set(socket, 0);
        socket.send(frame);
        continue;
      }
      this.#counters.count('web.live.skipped');
      this.#skipped.set(socket, skipped + 1);
      if (skipped + 1 < this.#options.skipsMax) continue;
      this.#counters.count('web.live.dropped');
      socket.terminate();
      this.closed(socket);
    }
  }

  /** A fault in what is watched must not take the supervisor down with it: pages go stale and say so. */
  #guarded(action: () => void): void {
    try {
      action();
      this.#failing = false;
    } catch (cause) {
      this.#counters.count('web.live.source.failed');
      if (!this.#failing) this.#log.error('live-source-failed', { error: cause });
      this.#failing = true;
    }
  }
}
