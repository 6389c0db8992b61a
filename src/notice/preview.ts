/** What a template file makes of sample data, channel by channel, and what a short message of it costs. */
import { addressOf } from '../stack/sms/address.ts';
import { gsm7Length } from '../stack/sms/gsm7-alphabet.ts';
import type { NoticeContent } from '../types/model/notice.ts';
import { renderNotice } from './render.ts';
import { type RenderedMail, renderMail } from './render-mail.ts';
import { type RenderedPush, renderPush } from './render-push.ts';
import { sampleNotice } from './samples.ts';
import type { TemplateFile } from './templates.ts';
import { Zones } from './zones.ts';

export const previewChannels = ['sms', 'e-mail', 'web-push'] as const;
export type PreviewChannel = (typeof previewChannels)[number];

export interface SmsPreview {
  readonly text: string;
  readonly alphabet: 'GSM 7 bit' | 'UCS-2';
  /** Septets, or code units of UTF-16. */
  readonly characters: number;
  readonly parts: number;
}

/** The newest version of the file that is not above `version`, as `chooseTemplates` finds it. */
export function previewSms(file: TemplateFile, content: NoticeContent, version: number): SmsPreview {
  const { text, parts } = renderNotice(noticeFor(file, content, version), [file], options);
  const septets = gsm7Length(text);
  return septets < 0
    ? { text, alphabet: 'UCS-2', characters: text.length, parts: parts.length }
    : { text, alphabet: 'GSM 7 bit', characters: septets, parts: parts.length };
}

export function previewMail(file: TemplateFile, content: NoticeContent, version: number): RenderedMail {
  return renderMail(noticeFor(file, content, version), [file], options);
}

export function previewPush(file: TemplateFile, content: NoticeContent, version: number): RenderedPush {
  return renderPush(noticeFor(file, content, version), [file], options);
}

function noticeFor(file: TemplateFile, content: NoticeContent, version: number) {
  return sampleNotice(content, {
    language: file.language,
    version,
    ...(file.brand === undefined ? {} : { brand: file.brand }),
  });
}

const sender = addressOf('Callwake');
if (!sender.ok) throw new Error(sender.code);
const options = { originatingAddress: sender.value, zones: new Zones() };
