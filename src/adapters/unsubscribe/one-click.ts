/** Whether a POST says what RFC 8058 §3.2 has it say, in either form that a mailbox may send. */
const PAIR = 'List-Unsubscribe=One-Click';

export function isOneClick(contentType: string, body: Uint8Array): boolean {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1');
  if (/^application\/x-www-form-urlencoded\s*(;|$)/i.test(contentType)) return text.split('&').includes(PAIR);
  if (!/^multipart\/form-data\s*;/i.test(contentType)) return false;
  return text.split('\r\n--').some(isPart);
}

/** RFC 7578 §4.2. */
function isPart(part: string): boolean {
  const end = part.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const isNamed = /^content-disposition:\s*form-data;\s*name="?List-Unsubscribe"?\s*$/im.test(
    part.slice(0, end),
  );
  return isNamed && part.slice(end + 4) === 'One-Click';
}
