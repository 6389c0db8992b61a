/** One connection to the relay: opened, encrypted and logged in with its first message, kept for those that follow. */
import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { SendOutcome } from '../../connector/outcome.ts';
import { type SmtpFailure, smtpOutcome } from './smtp-outcome.ts';

export interface RelayOptions {
  readonly host: string;
  readonly port: number;
  readonly security: 'starttls' | 'tls' | 'none';
  readonly ca?: string;
  readonly login?: { readonly user: string; readonly pass: string };
  readonly clientName?: string;
  readonly connectMs: number;
  readonly stepMs: number;
  readonly messagesMax: number;
}

export interface Envelope {
  readonly from: string;
  readonly to: string;
  /** RFC 3461 §4.4: comes back in what is said of the delivery. */
  readonly id: string;
}

/** A reply is a few lines; more is a relay that has lost its mind. */
const REPLY_OCTETS_MAX = 65_536;
const CLOSE_MS = 1_000;

export type Sent = (outcome: SendOutcome) => void;

export class SmtpSession {
  readonly #options: RelayOptions;
  readonly #connection: SMTPConnection;
  #state: 'new' | 'idle' | 'busy' | 'over' = 'new';
  #messages = 0;
  /** Whom a failure of the connection concerns. */
  #failed: (failure: SmtpFailure) => void = () => undefined;

  /** @param onClosed it is of no use any more; told once */
  constructor(options: RelayOptions, onClosed: () => void) {
    const { host, port, security, ca, clientName, connectMs, stepMs } = options;
    this.#options = options;
    this.#connection = new SMTPConnection({
      host,
      port,
      secure: security === 'tls',
      requireTLS: security === 'starttls',
      ignoreTLS: security === 'none',
      tls: { minVersion: 'TLSv1.2', ...(ca === undefined ? {} : { ca }) },
      ...(clientName === undefined ? {} : { name: clientName }),
      connectionTimeout: connectMs,
      greetingTimeout: connectMs,
      dnsTimeout: connectMs,
      socketTimeout: stepMs,
      socketCloseTimeout: CLOSE_MS,
      maxResponseSize: REPLY_OCTETS_MAX,
    });
    this.#connection.on('error', (error: Error) => this.#failed(failureOf(error)));
    this.#connection.once('end', () => {
      this.#state = 'over';
      onClosed();
      // Why it ended is told in the same turn, to whoever sends.
      setImmediate(() => this.#failed({ code: 'ECONNECTION' }));
    });
  }

  get isIdle(): boolean {
    return this.#state === 'idle';
  }

  /**
   * Sends one message over a session that is new or idle; when `sent` is told it is idle again, or over. `stale` is told instead
   * when the relay had closed the connection before anything of the message went out: another one may take it.
   */
  send({ from, to, id }: Envelope, message: Buffer, sent: Sent, stale: () => void): void {
    const isKept = this.#state === 'idle';
    const body = Readable.from([message], { objectMode: false });
    this.#failed = (failure) => {
      this.#failed = () => undefined;
      this.#state = 'over';
      this.close();
      if (isKept && !body.readableDidRead && isOfConnection(failure)) stale();
      else sent(smtpOutcome(failure, body.readableEnded));
    };
    const accepted = (response: string): void => {
      this.#failed = () => undefined;
      if (++this.#messages >= this.#options.messagesMax) this.quit();
      else this.#state = 'idle';
      sent({ kind: 'accepted', detail: queueId(response) });
    };
    this.#whenReady(() => {
      const dsn = { ret: 'HDRS', envid: id, notify: 'FAILURE' } as const;
      this.#connection.send({ from, to: [to], size: message.length, dsn }, body, (error, info) => {
        if (!error) return accepted(info.response);
        const failure = failureOf(error);
        if (isOfMessage(failure)) this.#reset(() => sent(smtpOutcome(failure, body.readableEnded)));
        else this.#failed(failure);
      });
    });
  }

  quit(): void {
    if (this.#state === 'over') return;
    this.#state = 'over';
    this.#connection.quit();
  }

  /** At once, whatever is under way. */
  close(): void {
    this.#connection.close();
  }

  #whenReady(ready: () => void): void {
    const { login } = this.#options;
    const isNew = this.#state === 'new';
    this.#state = 'busy';
    if (!isNew) return ready();
    this.#connection.connect((error) => {
      if (error) return this.#failed(failureOf(error));
      if (login === undefined) return ready();
      this.#connection.login({ ...login }, (refusal) => {
        if (refusal) this.#failed(failureOf(refusal));
        else ready();
      });
    });
  }

  /** The next message begins anew, where the relay agrees. */
  #reset(told: () => void): void {
    const over = (): void => {
      this.#failed = () => undefined;
      this.#state = 'over';
      this.close();
      told();
    };
    this.#failed = over;
    this.#connection.reset((error) => {
      if (error) return this.#failed({ code: 'ECONNECTION' });
      this.#failed = () => undefined;
      this.#state = 'idle';
      told();
    });
  }
}

function failureOf(error: Error): SmtpFailure {
  const { code, originalCode, responseCode, response, command, cause } = error as Error &
    Partial<SmtpFailure>;
  const inner = (cause as { code?: unknown } | undefined)?.code;
  const original = originalCode ?? (typeof inner === 'string' ? inner : undefined);
  return {
    code: code ?? 'error',
    ...(original === undefined ? {} : { originalCode: original }),
    ...(typeof responseCode === 'number' ? { responseCode } : {}),
    ...(typeof response === 'string' ? { response } : {}),
    ...(command === undefined ? {} : { command }),
  };
}

/** The relay refused it, and goes on. */
const isOfMessage = ({ code, responseCode = 0 }: SmtpFailure): boolean =>
  ['EENVELOPE', 'EMESSAGE'].includes(code) && responseCode >= 400 && responseCode !== 421;

const isOfConnection = ({ code, responseCode }: SmtpFailure): boolean =>
  responseCode === 421 || ['ECONNECTION', 'ESOCKET'].includes(code);

/** What an administrator of the relay finds it by. */
function queueId(response: string): string {
  const id = /queued as ([\w-]{1,64})/i.exec(response)?.[1];
  return id === undefined ? response.slice(0, 3) : `queued as ${id}`;
}
