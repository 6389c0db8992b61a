/** What waits for an association to take messages again: bounded in octets, in order per stream. */
export class SendQueue {
  readonly #octetsMax: number;
  /** Copies, as `[octets, stream]` pairs; `#head` is the first that waits. */
  #messages: { readonly octets: Uint8Array; readonly stream: number }[] = [];
  #head = 0;
  #octets = 0;

  constructor(octetsMax: number) {
    this.#octetsMax = octetsMax;
  }

  get octets(): number {
    return this.#octets;
  }

  get isEmpty(): boolean {
    return this.#head === this.#messages.length;
  }

  /** Copies a message in. Management (stream 0) may go beyond the bound by half: it is what ends a congestion. */
  push(octets: Uint8Array, stream: number): boolean {
    const bound = stream === 0 ? this.#octetsMax * 1.5 : this.#octetsMax;
    if (this.#octets + octets.length > bound) return false;
    this.#messages.push({ octets: octets.slice(), stream });
    this.#octets += octets.length;
    return true;
  }

  /** Hands messages to `send`, in order, until it refuses or nothing is left. Returns how many it took. */
  drain(send: (octets: Uint8Array, stream: number) => boolean): number {
    const from = this.#head;
    while (this.#head < this.#messages.length) {
      const { octets, stream } = this.#messages[this.#head]!;
      if (!send(octets, stream)) break;
      this.#head++;
      this.#octets -= octets.length;
    }
    const sent = this.#head - from;
    if (this.isEmpty) {
      this.#messages = [];
      this.#head = 0;
    } else if (this.#head > 1024) {
      this.#messages = this.#messages.slice(this.#head);
      this.#head = 0;
    }
    return sent;
  }

  /** Forgets everything, and returns how many messages that were. */
  clear(): number {
    const dropped = this.#messages.length - this.#head;
    this.#messages = [];
    this.#head = 0;
    this.#octets = 0;
    return dropped;
  }
}
