/** What whoever follows the way out reads, in the words that self-care has in the subscriber's language. */
import { directionOf } from '../../notice/direction.ts';
import { type SelfCareTexts, textsIn } from '../../selfcare/texts.ts';
import type { WebResponse } from '../web/transport.ts';

/** The page has nothing but text, and a form that is sent to where it came from. */
const HEADERS: WebResponse['headers'] = [
  ['Content-Type', 'text/html; charset=utf-8'],
  ['Cache-Control', 'no-store'],
  [
    'Content-Security-Policy',
    "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  ],
  ['X-Content-Type-Options', 'nosniff'],
  ['X-Frame-Options', 'DENY'],
  // The address of the page is what names the subscriber.
  ['Referrer-Policy', 'no-referrer'],
  ['X-Robots-Tag', 'noindex'],
];

/** Asks; the button sends what a mailbox sends by itself (RFC 8058 §3.2). */
export function questionPage(all: readonly SelfCareTexts[], language: string): WebResponse {
  const texts = textsIn(all, language);
  const question = texts.write('ussd.confirm', { what: offOf(texts) });
  const form = [
    '<form method="post">',
    '<input type="hidden" name="List-Unsubscribe" value="One-Click">',
    `<button type="submit">${escaped(texts.words.yes[0]!)}</button>`,
    '</form>',
  ].join('');
  return page(texts, question, form);
}

export function donePage(all: readonly SelfCareTexts[], language: string): WebResponse {
  const texts = textsIn(all, language);
  return page(texts, offOf(texts), '');
}

/** E-mail: off. */
const offOf = ({ words }: SelfCareTexts): string => `${words['channel.e-mail'][0]!}: ${words.off[0]!}`;

function page({ language }: SelfCareTexts, heading: string, rest: string): WebResponse {
  const title = escaped(heading);
  const body = [
    '<!doctype html>',
    `<html lang="${escaped(language)}" dir="${directionOf(language)}">`,
    '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    `<title>${title}</title></head>`,
    `<body><h1>${title}</h1>${rest}</body></html>`,
  ].join('\n');
  return { status: 200, headers: HEADERS, body: `${body}\n` };
}

/** For machines and those who have mistyped: one language is enough. */
export function plainAnswer(status: number, text: string, headers: WebResponse['headers'] = []): WebResponse {
  return {
    status,
    headers: [
      ['Content-Type', 'text/plain; charset=utf-8'],
      ['Cache-Control', 'no-store'],
      ['X-Content-Type-Options', 'nosniff'],
      ['Referrer-Policy', 'no-referrer'],
      ...headers,
    ],
    body: `${text}\n`,
  };
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => ENTITIES[character]!);
