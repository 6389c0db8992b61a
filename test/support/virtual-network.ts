import { MemoryNetwork, type MemoryNetworkOptions } from '../../src/stack/sctp/memory.ts';
import { CountersMap } from '../../src/types/counters.ts';
import { TimingWheel } from '../../src/types/timing-wheel.ts';

/** A memory network and a timing wheel on virtual time: nothing waits, everything happens in `run` and `advance`. */
export class VirtualNetwork {
  readonly timers = new TimingWheel();
  readonly counters = new CountersMap();
  readonly network: MemoryNetwork;
  readonly #deferred: (() => void)[] = [];

  constructor(options: Omit<MemoryNetworkOptions, 'defer'> = {}) {
    this.network = new MemoryNetwork({ ...options, defer: (callback) => void this.#deferred.push(callback) });
  }

  /** Lets everything happen that takes no time. */
  run(): void {
    for (let rounds = 0; ; rounds++) {
      if (rounds > 1_000_000) throw new Error('the network does not come to rest');
      const callback = this.#deferred.shift();
      if (callback !== undefined) callback();
      else if (this.timers.nextDeadlineMs() <= this.timers.now()) this.timers.advance(this.timers.now());
      else return;
    }
  }

  /** Lets time pass, timer after timer. */
  advance(ms: number): void {
    const end = this.timers.now() + ms;
    this.run();
    for (let next = this.timers.nextDeadlineMs(); next <= end; next = this.timers.nextDeadlineMs()) {
      this.timers.advance(next);
      this.run();
    }
    this.timers.advance(end);
    this.run();
  }
}
