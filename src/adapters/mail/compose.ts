/** A message in the form of RFC 5322, from what it says. The same notice gives the same octets. */
import MailComposer from 'nodemailer/lib/mail-composer';
import type { MailMessage } from '../../types/model/channel-message.ts';
import { htmlBody, plainBody } from './body.ts';

export interface Sender {
  readonly from: string;
  readonly fromName: string;
  /** Right-hand side of Message-IDs. */
  readonly domain: string;
}

/** @param to checked, as `readMailAddress` gives it */
export function composeMail(message: MailMessage, to: string, sender: Sender): Promise<Buffer> {
  const { id, follows, writtenAtMs, subject } = message;
  const composer = new MailComposer({
    from: { name: sender.fromName, address: sender.from },
    to: { name: '', address: to },
    subject: subject.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' '),
    date: new Date(writtenAtMs),
    messageId: messageId(id, sender.domain),
    text: plainBody(message),
    html: htmlBody(message),
    ...(follows === undefined ? {} : replyTo(follows, sender.domain)),
    headers: { 'Auto-Submitted': 'auto-generated', ...wayOut(message) },
    baseBoundary: `callwake-${id}`,
    xMailer: false,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

/** A notice that comes after one that was sent is shown beneath it; of a long thread the first is named, and the last (RFC 5322 §3.6.4). */
function replyTo({ first, last }: NonNullable<MailMessage['follows']>, domain: string) {
  const references = [...new Set([first, last])].map((id) => messageId(id, domain));
  return { inReplyTo: messageId(last, domain), references: references.join(' ') };
}

const messageId = (id: string, domain: string): string => `<notice.${id}@${domain}>`;

/** RFC 2369 §3.2; with an https address RFC 8058 §3.1 as well: a mailbox then has a button for it. */
function wayOut({ unsubscribe }: MailMessage): Record<string, string | { prepared: true; value: string }> {
  const { oneClick, mailto } = unsubscribe ?? {};
  const ways = [oneClick, mailto === undefined ? undefined : `mailto:${mailto}`].filter(
    (way) => way !== undefined && /^(?:https:\/\/|mailto:)[\x21-\x3b\x3d\x3f-\x7e]+$/.test(way),
  );
  if (ways.length === 0) return {};
  return {
    'List-Unsubscribe': { prepared: true, value: ways.map((way) => `<${way}>`).join(', ') },
    ...(ways[0]!.startsWith('https:') ? { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {}),
  };
}
