/** What the inbox answers: JSON, and mistakes as problem details (RFC 9457). */
import { hash } from 'node:crypto';
import type { WebRequest, WebResponse } from '../web/transport.ts';

type Headers = WebResponse['headers'];

const OWN: Headers = [
  // Whose inbox it is stands in the address: nobody between keeps it.
  ['Cache-Control', 'private, no-cache'],
  ['X-Content-Type-Options', 'nosniff'],
  ['Referrer-Policy', 'no-referrer'],
];

/** @param type of the problem, as docs/inbox.md has it */
export function problem(status: number, title: string, detail: string, headers: Headers = []): WebResponse {
  return {
    status,
    headers: [['Content-Type', 'application/problem+json'], ...OWN, ...headers],
    body: `${JSON.stringify({ title, status, detail })}\n`,
  };
}

/** With an ETag, so that who asks again is told in a word that nothing has changed (RFC 9110 §13.1.2). */
export function json(value: unknown, { ifNoneMatch, method }: WebRequest): WebResponse {
  const body = `${JSON.stringify(value)}\n`;
  const etag = `"${hash('sha256', body, 'base64url').slice(0, 27)}"`;
  const headers: Headers = [['Content-Type', 'application/json'], ['ETag', etag], ...OWN];
  const isKnown = method !== 'POST' && ifNoneMatch.split(/\s*,\s*/).includes(etag);
  return isKnown ? { status: 304, headers, body: '' } : { status: 200, headers, body };
}
