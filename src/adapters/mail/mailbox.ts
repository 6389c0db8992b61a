/** A mailbox for the demo: a small SMTP server (RFC 5321) on loopback that keeps the last messages, and delivers none. */
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { type ReceivedMail, readMail } from './received-mail.ts';

export interface KeptMail extends ReceivedMail {
  readonly id: number;
  readonly atMs: number;
  readonly to: readonly string[];
}

const MAILS_MAX = 50;
const CONNECTIONS_MAX = 16;
const MESSAGE_OCTETS_MAX = 262_144;
/** RFC 5321 §4.5.3.1.6, with room. */
const LINE_OCTETS_MAX = 4_096;
const RECIPIENTS_MAX = 10;
const IDLE_MS = 120_000;

export class Mailbox {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** Oldest first; beyond the bound the oldest goes. */
  readonly #mails: KeptMail[] = [];
  readonly #nowMs: () => number;
  #lastId = 0;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
    this.#server = createServer((socket) => this.#serve(socket));
    this.#server.maxConnections = CONNECTIONS_MAX;
  }

  /** Resolves with the port. */
  listen(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(0, '127.0.0.1', () => resolve((this.#server.address() as AddressInfo).port));
    });
  }

  close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  /** Newest first. */
  to(address: string): readonly KeptMail[] {
    return this.#mails.filter(({ to }) => to.includes(address.toLowerCase())).reverse();
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    socket.setTimeout(IDLE_MS, () => socket.destroy());
    socket.on('error', () => undefined);
    socket.once('close', () => this.#sockets.delete(socket));
    const say = (line: string): void => void socket.write(`${line}\r\n`);
    const session = new Session(say, (to, octets) => {
      const mail = readMail(octets);
      this.#mails.push({ ...mail, id: ++this.#lastId, atMs: this.#nowMs(), to });
      if (this.#mails.length > MAILS_MAX) this.#mails.shift();
    });
    let rest = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      rest = Buffer.concat([rest, chunk]);
      let from = 0;
      for (let end = rest.indexOf('\r\n', from); end >= 0; end = rest.indexOf('\r\n', from)) {
        const line = rest.subarray(from, end);
        from = end + 2;
        if (session.take(line) === 'over') return void socket.end();
      }
      rest = rest.subarray(from);
      if (rest.length <= LINE_OCTETS_MAX) return;
      say('500 line too long');
      socket.end();
    });
    say('220 mailbox ESMTP');
  }
}

class Session {
  readonly #say: (line: string) => void;
  readonly #took: (to: readonly string[], octets: Buffer) => void;
  #hasSender = false;
  #to: string[] = [];
  /** Of the message that is being sent; undefined: commands come. */
  #lines: Buffer[] | undefined;
  #octets = 0;

  constructor(say: (line: string) => void, took: (to: readonly string[], octets: Buffer) => void) {
    this.#say = say;
    this.#took = took;
  }

  take(line: Buffer): 'over' | 'more' {
    if (this.#lines !== undefined) this.#data(line, this.#lines);
    else return this.#command(line.toString('utf8'));
    return 'more';
  }

  #command(line: string): 'over' | 'more' {
    const verb = (/^[a-z]{4}/i.exec(line)?.[0] ?? '').toUpperCase();
    switch (verb) {
      case 'EHLO':
        this.#begin();
        this.#say('250-mailbox');
        this.#say(`250-SIZE ${MESSAGE_OCTETS_MAX}`);
        this.#say('250 8BITMIME');
        return 'more';
      case 'HELO':
      case 'RSET':
      case 'NOOP':
        if (verb !== 'NOOP') this.#begin();
        this.#say('250 ok');
        return 'more';
      case 'MAIL':
        this.#begin();
        this.#hasSender = true;
        this.#say('250 ok');
        return 'more';
      case 'RCPT': {
        const to = /^rcpt to:\s*<([^<>\s]{3,254})>/i.exec(line)?.[1];
        if (!this.#hasSender) this.#say('503 who is it from?');
        else if (to === undefined || this.#to.length >= RECIPIENTS_MAX) this.#say('550 no such mailbox');
        else {
          this.#to.push(to.toLowerCase());
          this.#say('250 ok');
        }
        return 'more';
      }
      case 'DATA':
        if (this.#to.length === 0) this.#say('503 whom is it to?');
        else {
          this.#lines = [];
          this.#octets = 0;
          this.#say('354 go on');
        }
        return 'more';
      case 'QUIT':
        this.#say('221 bye');
        return 'over';
      default:
        this.#say('502 not known here');
        return 'more';
    }
  }

  /** RFC 5321 §4.5.2: a dot that begins a line has been doubled. */
  #data(line: Buffer, lines: Buffer[]): void {
    if (line.length === 1 && line[0] === 0x2e) {
      this.#lines = undefined;
      if (this.#octets > MESSAGE_OCTETS_MAX) this.#say('552 too long');
      else {
        this.#took(this.#to, Buffer.concat(lines));
        this.#say('250 kept');
      }
      this.#begin();
      return;
    }
    const kept = line[0] === 0x2e ? line.subarray(1) : line;
    this.#octets += kept.length + 2;
    if (this.#octets <= MESSAGE_OCTETS_MAX) lines.push(Buffer.from(kept), Buffer.from('\r\n'));
  }

  #begin(): void {
    this.#hasSender = false;
    this.#to = [];
  }
}
