/** A notice as what its channel sends; pure, as `renderNotice` is. */
import type { MailMessage, PushMessage, WebhookEvent } from '../types/model/channel-message.ts';
import {
  effectKey,
  type MailThread,
  type Notice,
  type NoticeContent,
  ownerOf,
} from '../types/model/notice.ts';
import { compose, type RenderFallback } from './compose.ts';
import { oneLine } from './render-mail.ts';
import { renderPush } from './render-push.ts';
import type { TemplateFile } from './templates.ts';
import type { Zones } from './zones.ts';

export type ChannelMessages =
  | { readonly channel: 'e-mail'; readonly message: MailMessage }
  | { readonly channel: 'webhook'; readonly message: WebhookEvent }
  | { readonly channel: 'inbox' }
  | { readonly channel: 'web-push'; readonly messages: readonly PushMessage[] };

export interface RenderedForChannel {
  readonly messages: ChannelMessages;
  readonly fallbacks: readonly RenderFallback[];
}

/** Undefined: it goes by short message. `templates` holds one file at least. */
export function renderForChannel(
  notice: Notice,
  templates: readonly TemplateFile[],
  { zones }: { readonly zones: Zones },
): RenderedForChannel | undefined {
  const { way } = notice;
  if (way === undefined) return undefined;
  // It is written when it is read.
  if (way.channel === 'inbox') return { messages: { channel: way.channel }, fallbacks: [] };
  const id = effectKey(notice.id);
  if (way.channel === 'web-push') {
    const { title, body, language, direction, fallbacks } = renderPush(notice, templates, { zones });
    const about = { subscriber: ownerOf(notice), kind: notice.content.kind };
    const data = { id, title, body, language, direction };
    const messages = way.subscriptions.map(
      (subscription): PushMessage => ({ id, subscription, about, urgency: 'normal', data }),
    );
    return { messages: { channel: way.channel, messages }, fallbacks };
  }
  const { set, writer, fallbacks } = compose(notice, templates, zones);
  const { title, lines } = writer.write(notice.content);
  const writtenAtMs = notice.createdAtMs;
  if (way.channel === 'webhook') {
    const text = [title, ...lines].join('\n');
    const data = { ...dataOf(notice.content), language: set.language, text };
    const replaces = notice.replaces === undefined ? {} : { replaces: effectKey(notice.replaces) };
    const message = {
      id,
      kind: notice.content.kind,
      subject: ownerOf(notice),
      ...replaces,
      writtenAtMs,
      data,
    };
    return { messages: { channel: way.channel, message }, fallbacks };
  }
  const message: MailMessage = {
    id,
    subscriber: ownerOf(notice),
    ...(notice.follows === undefined ? {} : { follows: threadOf(notice.follows) }),
    to: way.address,
    language: set.language,
    writtenAtMs,
    subject: oneLine(writer.subject(notice.content)),
    sections: [{ heading: title, lines }],
    closing: [],
  };
  return { messages: { channel: way.channel, message }, fallbacks };
}

const threadOf = ({ first, last }: MailThread) => ({ first: effectKey(first), last: effectKey(last) });

/** The content as it is stored: numbers as E.164 digits, times in ms since 1970 UTC; the kind is the event's own attribute. */
function dataOf({ kind: _, ...content }: NoticeContent): Readonly<Record<string, unknown>> {
  return content;
}
