/** The two forms of a message's text. Each line has its own direction, so that a number stays readable in any script. */
import type { MailMessage } from '../../types/model/channel-message.ts';

type Written = Pick<MailMessage, 'language' | 'subject' | 'sections' | 'closing'>;

const BREAK = '\r\n';

export function plainBody({ sections, closing }: Written): string {
  const blocks = sections.map(({ heading, lines }) => (heading === '' ? lines : [heading, ...lines]));
  // A signature begins with two dashes and a blank.
  const end = closing.length === 0 ? [] : [['-- ', ...closing]];
  return `${[...blocks, ...end].map((lines) => lines.map(oneLine).join(BREAK)).join(BREAK + BREAK)}${BREAK}`;
}

export function htmlBody({ language, subject, sections, closing }: Written): string {
  const paragraph = (line: string): string => `<p dir="auto" style="margin:0 0 .5em">${escaped(line)}</p>`;
  const small = (line: string): string =>
    `<p dir="auto" style="margin:0;font-size:85%;color:#555">${escaped(line)}</p>`;
  return [
    '<!doctype html>',
    `<html lang="${escaped(language)}"><head><meta charset="utf-8"><title>${escaped(subject)}</title></head>`,
    '<body style="font-family:sans-serif;line-height:1.4">',
    ...sections.flatMap(({ heading, lines }) => [
      ...(heading === ''
        ? []
        : [`<h2 dir="auto" style="font-size:110%;margin:1em 0 .5em">${escaped(heading)}</h2>`]),
      ...lines.map(paragraph),
    ]),
    ...(closing.length === 0
      ? []
      : ['<hr style="border:0;border-top:1px solid #ccc">', ...closing.map(small)]),
    '</body></html>',
    '',
  ].join(BREAK);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string =>
  oneLine(text).replace(/[&<>"']/g, (character) => ENTITIES[character]!);

/** A line is a line: what would end it, or do worse, becomes a blank. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
