/** Sends notices by e-mail: composes them, and hands them to the relay over connections that are kept. */
import { readFileSync } from 'node:fs';
import type { Config } from '../../config/schema/config.ts';
import type { SendOutcome } from '../../connector/outcome.ts';
import type { Send } from '../../connector/under-way.ts';
import type { Counters } from '../../types/counters.ts';
import { readMailAddress } from '../../types/mail-address.ts';
import type { MailMessage } from '../../types/model/channel-message.ts';
import { readSecret } from '../secret.ts';
import { type WayOut, wayOut } from '../unsubscribe/way-out.ts';
import { composeMail, type Sender } from './compose.ts';
import { type Envelope, type RelayOptions, SmtpSession } from './smtp-session.ts';

export interface MailOptions {
  readonly relay: RelayOptions;
  readonly sender: Sender;
  readonly envelopeSender: string;
  readonly smtpUtf8: boolean;
  readonly idleMs: number;
  /** Absent: messages have no way out. */
  readonly wayOut?: WayOut | undefined;
}

/** @throws OperatingError `CW_SECRET_MISSING`, and the file system's own errors */
export function mailOptions(config: Config['channels']['eMail']): MailOptions {
  const { host, port, security, caFile, user, password, clientName, connectMs, stepMs } = config;
  const from = readMailAddress(config.from!)!;
  return {
    relay: {
      host: host!,
      port,
      security,
      ...(caFile === undefined ? {} : { ca: readFileSync(caFile, 'utf8') }),
      ...(user === undefined ? {} : { login: { user, pass: readSecret(password!) } }),
      ...(clientName === undefined ? {} : { clientName }),
      connectMs,
      stepMs,
      messagesMax: config.messagesPerConnection,
    },
    sender: { from: from.text, fromName: config.fromName, domain: from.domain },
    envelopeSender: readMailAddress(config.envelopeSender ?? from.text)!.text,
    smtpUtf8: config.smtpUtf8,
    idleMs: config.idleMs,
    wayOut: wayOut(config.unsubscribe),
  };
}

export class MailSender {
  readonly #options: MailOptions;
  readonly #counters: Counters;
  readonly #sessions = new Map<SmtpSession, NodeJS.Timeout | undefined>();

  constructor(options: MailOptions, counters: Counters) {
    this.#options = options;
    this.#counters = counters;
  }

  readonly send: Send<MailMessage> = (message, answered) => {
    const { smtpUtf8, sender, envelopeSender } = this.#options;
    const to = readMailAddress(message.to);
    if (to === undefined || (to.needsSmtpUtf8 && !smtpUtf8)) {
      const detail =
        to === undefined ? 'no address' : 'the relay takes no such address (channels.eMail.smtpUtf8)';
      answered({ kind: 'refused', detail, gone: false });
      return () => undefined;
    }
    let session: SmtpSession | undefined;
    let isGivenUp = false;
    const tell = (outcome: SendOutcome): void => {
      if (!isGivenUp) answered(outcome);
    };
    const envelope = { from: envelopeSender, to: to.text, id: message.id };
    const begin = (octets: Buffer): void => {
      if (isGivenUp) return;
      session = this.#idleSession() ?? this.#newSession();
      this.#transfer(session, envelope, octets, tell, () => begin(octets));
    };
    const unsubscribe = this.#options.wayOut?.(message);
    const whole = unsubscribe === undefined ? message : { ...message, unsubscribe };
    composeMail(whole, to.text, sender).then(begin, () => {
      this.#counters.count('mail.not-composed');
      tell({ kind: 'refused', detail: 'could not be composed', gone: false });
    });
    return () => {
      isGivenUp = true;
      session?.close();
    };
  };

  close(): void {
    for (const session of [...this.#sessions.keys()]) session.close();
  }

  #transfer(
    session: SmtpSession,
    envelope: Envelope,
    octets: Buffer,
    tell: (outcome: SendOutcome) => void,
    stale: () => void,
  ): void {
    clearTimeout(this.#sessions.get(session));
    const sent = (outcome: SendOutcome): void => {
      this.#closeWhenIdle(session);
      if (outcome.kind !== 'accepted') this.#counters.count(`mail.failed.${outcome.detail.split(' ')[0]!}`);
      tell(outcome);
    };
    session.send(envelope, octets, sent, () => {
      this.#counters.count('mail.connection-stale');
      stale();
    });
  }

  #idleSession(): SmtpSession | undefined {
    for (const session of this.#sessions.keys()) if (session.isIdle) return session;
    return undefined;
  }

  #newSession(): SmtpSession {
    const session = new SmtpSession(this.#options.relay, () => {
      clearTimeout(this.#sessions.get(session));
      this.#sessions.delete(session);
    });
    this.#sessions.set(session, undefined);
    return session;
  }

  #closeWhenIdle(session: SmtpSession): void {
    if (!this.#sessions.has(session)) return;
    const timer = setTimeout(() => session.quit(), this.#options.idleMs);
    this.#sessions.set(session, timer.unref());
  }
}
