import assert from 'node:assert/strict';
import type { SmsAddress } from '../stack/sms/address.ts';
import { encodeSmsDeliver } from '../stack/sms/sms-deliver.ts';
import { splitText } from '../stack/sms/split.ts';
import { timeStampOctets } from '../stack/sms/time-stamp.ts';
import type { Notice, NoticeContent } from '../types/model/notice.ts';
import { chooseTemplates } from './template-choice.ts';
import type { TemplateFile } from './templates.ts';
import { type NoticeText, TextWriter } from './write-text.ts';
import type { Zones } from './zones.ts';

/** What the notice asked for and could not have; the notice goes out all the same, and the host counts it. */
export type RenderFallback = 'language' | 'template-version' | 'time-zone' | 'too-long';

export interface RenderedNotice {
  readonly text: string;
  /** SMS-DELIVER TPDUs (3GPP TS 23.040 §9.2.2.1), in order; one at least. */
  readonly parts: readonly Uint8Array[];
  readonly fallbacks: readonly RenderFallback[];
}

export interface RenderOptions {
  /** TP-OA. */
  readonly originatingAddress: SmsAddress;
  readonly zones: Zones;
}

/**
 * Renders a notice to text and to TPDUs. Pure: the same notice, templates and options give the same octets. TP-SCTS is the
 * time of the notice's creation in the subscriber's zone; an unknown zone is UTC. `templates` holds one file at least.
 */
export function renderNotice(
  notice: Notice,
  templates: readonly TemplateFile[],
  options: RenderOptions,
): RenderedNotice {
  const fallbacks: RenderFallback[] = [];
  const { set, missed } = chooseTemplates(templates, notice.language, notice.templateVersion);
  if (missed !== undefined) fallbacks.push(missed);
  const offsetMs = options.zones.offsetMs(notice.timeZone, notice.createdAtMs);
  if (offsetMs === undefined) fallbacks.push('time-zone');
  const writer = new TextWriter(set, options.zones, notice);
  let text = joined(writer.write(notice.content));
  let split = splitText(text, notice.reference);
  if (!split.ok) {
    fallbacks.push('too-long');
    ({ text, split } = shortened(writer, notice));
  }
  assert(split.ok, 'a notice without lines fits');
  const { dataCodingScheme, parts } = split.value;
  const serviceCentreTimeStamp = timeStampOctets(notice.createdAtMs, offsetMs ?? 0);
  return {
    text,
    parts: parts.map((userData, index) =>
      encodeSmsDeliver({
        kind: 'SMS-DELIVER',
        moreMessagesToSend: index + 1 < parts.length,
        loopPrevention: false,
        statusReportIndication: false,
        replyPath: false,
        originatingAddress: options.originatingAddress,
        protocolIdentifier: 0,
        dataCodingScheme,
        serviceCentreTimeStamp,
        userData,
      }),
    ),
    fallbacks,
  };
}

function joined({ title, lines }: NoticeText): string {
  return lines.length === 0 ? title : `${title}\n${lines.join('\n')}`;
}

/**
 * A notice that does not fit in 255 parts, with half of its lines taken away until it does: calls that lose their line are
 * counted as further calls. The actor's bounds keep real notices far below this.
 */
function shortened(
  writer: TextWriter,
  notice: Notice,
): { text: string; split: ReturnType<typeof splitText> } {
  let { content } = notice;
  for (;;) {
    content = halved(content);
    const text = joined(writer.write(content));
    const split = splitText(text, notice.reference);
    if (split.ok || lineCount(content) === 0) return { text, split };
  }
}

function lineCount(content: NoticeContent): number {
  if (content.kind === 'missed-calls') return content.callers.length;
  return content.kind === 'returns' ? content.returned.length : 0;
}

function halved(content: NoticeContent): NoticeContent {
  if (content.kind === 'returns')
    return { kind: 'returns', returned: content.returned.slice(0, content.returned.length >> 1) };
  if (content.kind !== 'missed-calls') return content;
  const half = content.callers.length >> 1;
  const dropped = content.callers.slice(half).reduce((sum, line) => sum + line.calls, 0);
  return {
    kind: 'missed-calls',
    callers: content.callers.slice(0, half),
    furtherCalls: content.furtherCalls + dropped,
  };
}
