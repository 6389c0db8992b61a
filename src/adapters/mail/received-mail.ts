/** Reads a message (RFC 5322, RFC 2045 to 2047) as far as it is shown: from whom, subject, and its plain text. */
import { readContentType, readFields } from './header-fields.ts';

export interface ReceivedMail {
  readonly from: string;
  readonly subject: string;
  readonly text: string;
}

const PARTS_MAX = 20;
const DEPTH_MAX = 5;

/** Of a damaged message what can be read; never throws. */
export function readMail(octets: Buffer): ReceivedMail {
  // One character an octet, until it is known what they are.
  const { fields, body } = split(octets.toString('latin1'));
  return {
    from: encodedWords(fields.get('from') ?? ''),
    subject: encodedWords(fields.get('subject') ?? ''),
    text: (plainText(fields, body, 0) ?? '').replace(/\r\n/g, '\n').trim(),
  };
}

function split(message: string): { fields: ReadonlyMap<string, string>; body: string } {
  const at = message.indexOf('\r\n\r\n');
  const head = at < 0 ? message : message.slice(0, at);
  return { fields: readFields(head.split('\r\n')), body: at < 0 ? '' : message.slice(at + 4) };
}

function plainText(fields: ReadonlyMap<string, string>, body: string, depth: number): string | undefined {
  const { type, parameters } = readContentType(fields.get('content-type') ?? 'text/plain');
  if (type === 'text/plain') {
    const octets = transferred(body, (fields.get('content-transfer-encoding') ?? '').toLowerCase());
    return decoded(octets, parameters.get('charset') ?? 'utf-8');
  }
  const boundary = parameters.get('boundary');
  if (!type.startsWith('multipart/') || boundary === undefined || depth >= DEPTH_MAX) return undefined;
  // What stands before the first boundary and behind the last one is no part (RFC 2046 §5.1.1).
  for (const part of `\r\n${body}`.split(`\r\n--${boundary}`, PARTS_MAX).slice(1)) {
    if (part.startsWith('--')) return undefined;
    const inner = split(part.replace(/^[ \t]*\r\n/, ''));
    const text = plainText(inner.fields, inner.body, depth + 1);
    if (text !== undefined) return text;
  }
  return undefined;
}

function transferred(body: string, encoding: string): Buffer {
  if (encoding === 'base64') return Buffer.from(body, 'base64');
  if (encoding !== 'quoted-printable') return Buffer.from(body, 'latin1');
  return Buffer.from(unquoted(body.replace(/=[ \t]*\r\n/g, '')), 'latin1');
}

const unquoted = (text: string): string =>
  text.replace(/=([\da-f]{2})/gi, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

function decoded(octets: Buffer, charset: string): string {
  try {
    return new TextDecoder(charset).decode(octets);
  } catch {
    return octets.toString('utf8');
  }
}

/** RFC 2047 §2; blanks between two of them are not shown (§6.2). */
function encodedWords(value: string): string {
  const joined = value.replace(/(\?=)\s+(=\?)/g, '$1$2');
  return joined.replace(
    /=\?([\w-]{1,40})(?:\*[\w-]{1,40})?\?([bq])\?([^?\s]*)\?=/gi,
    (_whole, charset: string, way: string, text: string) =>
      decoded(
        way.toLowerCase() === 'b'
          ? Buffer.from(text, 'base64')
          : Buffer.from(unquoted(text.replaceAll('_', ' ')), 'latin1'),
        charset,
      ),
  );
}
