/** A notice as a web push message: what the browser shows as title and body of a notification. */
import type { Notice } from '../types/model/notice.ts';
import { compose, joined, type RenderFallback, shortened } from './compose.ts';
import { directionOf } from './direction.ts';
import { oneLine } from './render-mail.ts';
import type { TemplateFile } from './templates.ts';
import type { NoticeText } from './write-text.ts';
import type { Zones } from './zones.ts';

export interface RenderedPush {
  readonly title: string;
  readonly body: string;
  /** BCP 47, of both. */
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly fallbacks: readonly RenderFallback[];
}

/** Octets of the body in UTF-8: a push service need not take more than 4096 in all (RFC 8030 §7.2), encryption and title included. */
export const PUSH_BODY_OCTETS_MAX = 2048;

/** Pure, as `renderNotice` is. `templates` holds one file at least. */
export function renderPush(
  notice: Notice,
  templates: readonly TemplateFile[],
  { zones }: { readonly zones: Zones },
): RenderedPush {
  const { set, writer, fallbacks } = compose(notice, templates, zones);
  const whole = writer.write(notice.content);
  let body = fit(whole);
  if (body === undefined) {
    fallbacks.push('too-long');
    body = shortened(writer, notice, fit) ?? cut(joined(whole));
  }
  return {
    title: oneLine(writer.subject(notice.content)),
    body,
    language: set.language,
    direction: directionOf(set.language),
    fallbacks,
  };
}

function fit(written: NoticeText): string | undefined {
  const body = joined(written);
  return Buffer.byteLength(body) <= PUSH_BODY_OCTETS_MAX ? body : undefined;
}

/** A text that has no lines to lose: its beginning, in whole characters. */
function cut(text: string): string {
  const ellipsis = '…';
  let room = PUSH_BODY_OCTETS_MAX - Buffer.byteLength(ellipsis);
  let end = 0;
  for (const character of text) {
    room -= Buffer.byteLength(character);
    if (room < 0) break;
    end += character.length;
  }
  return text.slice(0, end) + ellipsis;
}
