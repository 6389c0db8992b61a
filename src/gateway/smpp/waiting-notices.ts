/**
 * Notices that wait for a message centre, in a queue for each way that they can go: one whose centre is down or slow keeps no other
 * one waiting, and where two lead to the same centre the older notice goes first. Bounded by who fills it: the notifier takes no more
 * notices while too many wait.
 */
interface Entry<T> {
  readonly order: number;
  readonly item: T;
}

export class NoticeQueue<W, T> {
  readonly way: W;
  #entries: Entry<T>[] = [];
  #first = 0;

  constructor(way: W) {
    this.way = way;
  }

  get size(): number {
    return this.#entries.length - this.#first;
  }

  get oldest(): Entry<T> | undefined {
    return this.#entries[this.#first];
  }

  push(entry: Entry<T>): void {
    this.#entries.push(entry);
  }

  /** It was the oldest, or among the oldest: back to its place. */
  putBack(entry: Entry<T>): void {
    if (this.#first > 0) this.#first--;
    else this.#entries.unshift(entry);
    let at = this.#first;
    for (; this.#entries[at + 1] !== undefined && this.#entries[at + 1]!.order < entry.order; at++)
      this.#entries[at] = this.#entries[at + 1]!;
    this.#entries[at] = entry;
  }

  shift(): Entry<T> | undefined {
    const entry = this.#entries[this.#first];
    if (entry === undefined) return undefined;
    this.#first++;
    if (this.#first > 1_024 && this.#first * 2 > this.#entries.length) {
      this.#entries = this.#entries.slice(this.#first);
      this.#first = 0;
    }
    return entry;
  }
}

export class WaitingNotices<W, T> {
  readonly #queues = new Map<W, NoticeQueue<W, T>>();
  #order = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  sizeOf(way: W): number {
    return this.#queues.get(way)?.size ?? 0;
  }

  /** Those that have something. */
  *queues(): Generator<NoticeQueue<W, T>> {
    for (const queue of this.#queues.values()) if (queue.size > 0) yield queue;
  }

  push(way: W, item: T): void {
    this.#queue(way).push({ order: ++this.#order, item });
    this.#size++;
  }

  putBack(way: W, entry: Entry<T>): void {
    this.#queue(way).putBack(entry);
    this.#size++;
  }

  /** The oldest of those whose way `isOpen`; `undefined`: there is none. */
  next(isOpen: (way: W) => boolean): NoticeQueue<W, T> | undefined {
    let found: NoticeQueue<W, T> | undefined;
    for (const queue of this.#queues.values()) {
      const { oldest } = queue;
      if (oldest === undefined || (found?.oldest?.order ?? Infinity) < oldest.order) continue;
      if (isOpen(queue.way)) found = queue;
    }
    return found;
  }

  shift(queue: NoticeQueue<W, T>): Entry<T> {
    const entry = queue.shift();
    if (entry === undefined) throw new RangeError('the queue is empty');
    this.#size--;
    return entry;
  }

  #queue(way: W): NoticeQueue<W, T> {
    let queue = this.#queues.get(way);
    if (queue === undefined) {
      queue = new NoticeQueue(way);
      this.#queues.set(way, queue);
    }
    return queue;
  }
}
