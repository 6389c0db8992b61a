/** A user of the SCTP port that keeps what it is told, and lets a test wait for it. */
import type { SctpAssociation, SctpDownReason, SctpUser } from '../../../src/stack/sctp/port.ts';

export interface Received {
  readonly octets: Buffer;
  readonly stream: number;
  readonly ppid: number;
}

export class Recorder implements SctpUser {
  readonly ups: SctpAssociation[] = [];
  readonly downs: SctpDownReason[] = [];
  readonly messages: Received[] = [];
  /** Everything in order, for people: `up`, `message`, `drained`, `restarted`, `down lost`. */
  readonly log: string[] = [];
  drains = 0;
  restarts = 0;
  onMessage: ((association: SctpAssociation, message: Received) => void) | undefined;
  onDrained: ((association: SctpAssociation) => void) | undefined;
  readonly #waiting = new Set<() => void>();

  up(association: SctpAssociation): void {
    this.ups.push(association);
    this.#tell('up');
  }

  message(association: SctpAssociation, message: Uint8Array, stream: number, ppid: number): void {
    const received = { octets: Buffer.from(message), stream, ppid };
    if (this.onMessage === undefined) {
      this.messages.push(received);
      this.log.push('message');
    } else this.onMessage(association, received);
    this.#look();
  }

  drained(association: SctpAssociation): void {
    this.drains++;
    this.onDrained?.(association);
    this.#tell('drained');
  }

  restarted(_association: SctpAssociation): void {
    this.restarts++;
    this.#tell('restarted');
  }

  down(_association: SctpAssociation, reason: SctpDownReason): void {
    this.downs.push(reason);
    this.#tell(`down ${reason}`);
  }

  /** Settles as soon as `condition` holds; it is looked at after every upcall. */
  until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!condition()) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }

  async firstUp(): Promise<SctpAssociation> {
    await this.until(() => this.ups.length > 0);
    return this.ups[0]!;
  }

  async firstDown(): Promise<SctpDownReason> {
    await this.until(() => this.downs.length > 0);
    return this.downs[0]!;
  }

  #tell(what: string): void {
    this.log.push(what);
    this.#look();
  }

  #look(): void {
    for (const look of this.#waiting) look();
  }
}

/** An M3UA message (RFC 4666 §3.1) of `sizeOctets` in all that carries `number` in its last four octets. */
export function numbered(number: number, sizeOctets = 44): Buffer {
  const message = Buffer.alloc(sizeOctets, 0xa5);
  message.set([1, 0, 1, 1]);
  message.writeUInt32BE(sizeOctets, 4);
  message.writeUInt32BE(number, sizeOctets - 4);
  return message;
}

export function numberOf(message: Uint8Array): number {
  return Buffer.from(message.buffer, message.byteOffset, message.length).readUInt32BE(message.length - 4);
}
