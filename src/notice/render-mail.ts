/** A notice as e-mail: the same lines as a short message has, as plain text and as HTML. */
import type { Notice } from '../types/model/notice.ts';
import { compose, joined, type RenderFallback } from './compose.ts';
import { directionOf } from './direction.ts';
import type { TemplateFile } from './templates.ts';
import type { NoticeText } from './write-text.ts';
import type { Zones } from './zones.ts';

export interface RenderedMail {
  /** One line, without control characters; encoding it for a header (RFC 2047) is the sender's. */
  readonly subject: string;
  /** Lines end with a line feed. */
  readonly text: string;
  /** A whole document. Nothing in it is loaded from anywhere, and what templates and callers say is escaped. */
  readonly html: string;
  /** BCP 47, of the text. */
  readonly language: string;
  readonly fallbacks: readonly RenderFallback[];
}

/** Pure, as `renderNotice` is. `templates` holds one file at least. */
export function renderMail(
  notice: Notice,
  templates: readonly TemplateFile[],
  { zones }: { readonly zones: Zones },
): RenderedMail {
  const { set, writer, fallbacks } = compose(notice, templates, zones);
  const written = writer.write(notice.content);
  const subject = oneLine(writer.subject(notice.content));
  return {
    subject,
    text: `${joined(written)}\n`,
    html: documentOf(set.language, subject, written),
    language: set.language,
    fallbacks,
  };
}

/** Line breaks and other control characters would end a header. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

function documentOf(language: string, subject: string, { title, lines }: NoticeText): string {
  const items = lines.map((line) => `<li>${escaped(line)}</li>\n`);
  const list = items.length === 0 ? '' : `<ul>\n${items.join('')}</ul>\n`;
  return (
    `<!doctype html>\n<html lang="${escaped(language)}" dir="${directionOf(language)}">\n` +
    `<head><meta charset="utf-8"><title>${escaped(subject)}</title></head>\n` +
    `<body>\n<p>${escaped(title)}</p>\n${list}</body>\n</html>\n`
  );
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '\n': '<br>\n',
  '\t': ' ',
};

/** Text as HTML, in an element or an attribute; other control characters, which no document may hold, are left out. */
function escaped(text: string): string {
  return text.replace(/[&<>"'\p{Cc}]/gu, (character) => entities[character] ?? '');
}
