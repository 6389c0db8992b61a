/** A channel on the machine's clock and timers, and what comes of its items. */
import { EventEmitter, once } from 'node:events';
import type { Channel, ChannelPorts } from '../../src/adapters/channels/channel.ts';
import { machineClock } from '../../src/adapters/clock.ts';
import { PartHost } from '../../src/adapters/threads/part-host.ts';
import type { End } from '../../src/connector/outcome.ts';
import { CountersMap } from '../../src/types/counters.ts';
import { silentLog } from '../../src/types/log.ts';
import { SeededRandom } from '../../src/types/random.ts';

export class ChannelPlant<Item extends { readonly id: string }> {
  readonly counters = new CountersMap();
  readonly ends = new Map<string, End>();
  readonly channel: Channel<Item>;
  readonly #host = new PartHost({ clock: machineClock });
  readonly #ended = new EventEmitter();

  constructor(make: (ports: ChannelPorts<Item>) => Channel<Item>) {
    this.#host.run({
      doWork: () => 0,
      drain: () => undefined,
      drained: true,
      close: () => Promise.resolve(),
    });
    this.channel = make({
      clock: machineClock,
      timers: this.#host.timers,
      counters: this.counters,
      random: new SeededRandom(1),
      log: silentLog,
      onEnd: (item, end) => {
        this.ends.set(item.id, end);
        this.#ended.emit(item.id);
      },
    });
  }

  /** Offers an item, and resolves with its end. */
  async send(item: Item): Promise<End> {
    const ended = once(this.#ended, item.id);
    if (!this.channel.offer({ key: item.id, priority: 'ordinary', item })) throw new Error('not taken');
    if (!this.ends.has(item.id)) await ended;
    return this.ends.get(item.id)!;
  }

  /** The end in a few words. */
  async result(item: Item): Promise<string> {
    const { result, detail, uncertain, gone } = await this.send(item);
    return `${result}${uncertain ? ', uncertain' : ''}${gone ? ', gone' : ''}: ${detail}`;
  }

  async end(): Promise<void> {
    this.channel.stop();
    await this.#host.stop(0);
  }
}
