/** Messages that wait to be given to data transfer, bounded in octets; each is copied once, when it comes in. */
export interface Waiting {
  readonly message: Buffer;
  readonly stream: number;
  readonly ppid: number;
}

/** What a message costs beside its octets. */
const OVERHEAD_OCTETS = 64;

export class SendQueue {
  readonly #octetsMax: number;
  #waiting: (Waiting | undefined)[] = [];
  #first = 0;
  #charged = 0;
  /** Octets of the messages that wait. */
  octets = 0;

  constructor(octetsMax: number) {
    this.#octetsMax = octetsMax;
  }

  get head(): Waiting | undefined {
    return this.#waiting[this.#first];
  }

  /** Whether a user that was refused should try again. */
  get hasRoom(): boolean {
    return this.#charged <= this.#octetsMax / 2;
  }

  /** False, and nothing taken, when it is full; an empty queue takes a message of any length. */
  add(message: Uint8Array, stream: number, ppid: number): boolean {
    const charge = message.length + OVERHEAD_OCTETS;
    if (this.#charged > 0 && this.#charged + charge > this.#octetsMax) return false;
    this.#waiting.push({ message: Buffer.from(message), stream, ppid });
    this.#charged += charge;
    this.octets += message.length;
    return true;
  }

  remove(): void {
    const head = this.#waiting[this.#first];
    if (head === undefined) return;
    this.#charged -= head.message.length + OVERHEAD_OCTETS;
    this.octets -= head.message.length;
    this.#waiting[this.#first++] = undefined;
    if (this.#first === this.#waiting.length) this.clear();
    else if (this.#first >= 1024 && this.#first * 2 >= this.#waiting.length) {
      this.#waiting.splice(0, this.#first);
      this.#first = 0;
    }
  }

  clear(): void {
    this.#waiting = [];
    this.#first = 0;
    this.#charged = 0;
    this.octets = 0;
  }
}
