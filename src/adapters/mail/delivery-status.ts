/**
 * Delivery status notifications (RFC 3464): what became of a message after the relay took it. They come to the envelope sender,
 * from anybody who knows its address, so nothing in one is to be believed that does not fit a notice which was sent.
 */
import { failure, type Result, success } from '../../types/result.ts';
import { readContentType, readFields } from './header-fields.ts';

/** RFC 3464 §2.3.3. */
export type DeliveryAction = 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded';

export interface RecipientStatus {
  readonly recipient: string;
  readonly action: DeliveryAction;
  /** RFC 3463: `5.1.1`. */
  readonly status: string;
  /** What the last host said; empty: nothing. */
  readonly diagnostic: string;
}

export interface DeliveryStatus {
  /** The id that the message was sent with (ENVID); empty: it is not told. */
  readonly envelopeId: string;
  /** Of the message, from the part of it that came back; empty: it did not. */
  readonly messageId: string;
  readonly recipients: readonly RecipientStatus[];
}

/** What is looked at of a message; a report stands at its beginning. */
const OCTETS_MAX = 262_144;
const LINES_MAX = 10_000;
const PARTS_MAX = 20;
const RECIPIENTS_MAX = 100;
const TEXT_MAX = 500;

const NO_REPORT = 'mail.not-a-delivery-status';
const ACTIONS: ReadonlySet<string> = new Set(['failed', 'delayed', 'delivered', 'relayed', 'expanded']);

/** @param message as it came, RFC 5322 */
export function readDeliveryStatus(message: Uint8Array): Result<DeliveryStatus> {
  const text = Buffer.from(
    message.buffer,
    message.byteOffset,
    Math.min(message.byteLength, OCTETS_MAX),
  ).toString();
  const lines = text.split(/\r?\n/, LINES_MAX);
  const { type, parameters } = readContentType(readFields(lines).get('content-type'));
  const boundary = parameters.get('boundary') ?? '';
  if (type !== 'multipart/report' || parameters.get('report-type')?.toLowerCase() !== 'delivery-status')
    return failure(NO_REPORT, 0, 'RFC 3464 §2');
  if (boundary === '' || boundary.length > 70) return failure(NO_REPORT, 0, 'RFC 2046 §5.1.1');
  let groups: readonly ReadonlyMap<string, string>[] | undefined;
  let messageId = '';
  for (const part of partsOf(lines, boundary)) {
    const { type: partType } = readContentType(readFields(part).get('content-type'));
    const body = part.slice(part.indexOf('') + 1);
    if (/^message\/(?:global-)?delivery-status$/.test(partType)) groups ??= groupsOf(body);
    else if (/^(?:message\/(?:rfc822|global)|text\/rfc822-headers|message\/global-headers)$/.test(partType))
      messageId ||= plain(readFields(body).get('message-id'));
  }
  const [ofMessage, ...ofRecipients] = groups ?? [];
  const recipients = ofRecipients.flatMap(recipientStatus);
  if (ofMessage === undefined || recipients.length === 0) return failure(NO_REPORT, 0, 'RFC 3464 §2.1');
  return success({ envelopeId: plain(ofMessage.get('original-envelope-id')), messageId, recipients });
}

/** The parts of a multipart body: what stands between its boundaries (RFC 2046 §5.1.1). */
function partsOf(lines: readonly string[], boundary: string): string[][] {
  const parts: string[][] = [];
  let part: string[] | undefined;
  for (const line of lines) {
    const end = line.trimEnd();
    if (end === `--${boundary}--`) break;
    if (end === `--${boundary}`) {
      if (parts.length >= PARTS_MAX) break;
      part = [];
      parts.push(part);
    } else part?.push(line);
  }
  return parts;
}

/** Groups of fields with empty lines between them: of the message, then of each recipient (RFC 3464 §2.1). */
function groupsOf(lines: readonly string[]): ReadonlyMap<string, string>[] {
  const groups: ReadonlyMap<string, string>[] = [];
  for (let at = 0; at < lines.length && groups.length <= RECIPIENTS_MAX; ) {
    const empty = lines.indexOf('', at);
    const end = empty < 0 ? lines.length : empty;
    if (end > at) groups.push(readFields(lines.slice(at, end)));
    at = end + 1;
  }
  return groups;
}

/** None where a field is missing that must be there (RFC 3464 §2.3). */
function recipientStatus(fields: ReadonlyMap<string, string>): RecipientStatus[] {
  const action = fields.get('action')?.toLowerCase() ?? '';
  const [, status] = /^([245]\.\d{1,3}\.\d{1,3})(?:\s|$)/.exec(fields.get('status') ?? '') ?? [];
  // The address as it was given to us, where that is told: a list may have made another one of it.
  const recipient = typed(fields.get('original-recipient')) || typed(fields.get('final-recipient'));
  if (!ACTIONS.has(action) || status === undefined || recipient === '') return [];
  const diagnostic = typed(fields.get('diagnostic-code'));
  return [{ recipient, action: action as DeliveryAction, status, diagnostic }];
}

/** The text behind a type: `rfc822; b@subscriber.example` (RFC 3464 §2.1.2). */
function typed(value: string | undefined): string {
  const text = value ?? '';
  return plain(text.slice(text.indexOf(';') + 1));
}

const plain = (text: string | undefined): string =>
  (text ?? '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, TEXT_MAX);
