/** What all channels begin with: the templates that a notice is written from, and a writer of its text. */
import type { Notice, NoticeContent } from '../types/model/notice.ts';
import { chooseTemplates } from './template-choice.ts';
import type { TemplateFile, TemplateSet } from './templates.ts';
import { type NoticeText, TextWriter } from './write-text.ts';
import type { Zones } from './zones.ts';

/** What the notice asked for and could not have; the notice goes out all the same, and the host counts it. */
export type RenderFallback =
  | 'brand'
  | 'language'
  | 'template-version'
  | 'time-zone'
  | 'originator'
  | 'too-long';

export interface Composition {
  readonly set: TemplateSet;
  readonly writer: TextWriter;
  /** Of the notice's zone at its creation; 0 when the zone is unknown. */
  readonly offsetMs: number;
  readonly fallbacks: RenderFallback[];
}

export function compose(notice: Notice, templates: readonly TemplateFile[], zones: Zones): Composition {
  const { language, templateVersion, brand, timeZone, createdAtMs } = notice;
  const fallbacks: RenderFallback[] = [];
  const { set, missed } = chooseTemplates(templates, language, templateVersion, brand);
  if (missed !== undefined) fallbacks.push(missed);
  const offsetMs = zones.offsetMs(timeZone, createdAtMs);
  if (offsetMs === undefined) fallbacks.push('time-zone');
  return { set, writer: new TextWriter(set, zones, notice), offsetMs: offsetMs ?? 0, fallbacks };
}

export function joined({ title, lines }: NoticeText): string {
  return lines.length === 0 ? title : `${title}\n${lines.join('\n')}`;
}

/**
 * What a channel makes of the notice when `fit` refuses the whole of it: half of its lines taken away until it fits, or until none is left. Calls
 * that lose their line are counted as further calls.
 */
export function shortened<Fitted>(
  writer: TextWriter,
  notice: Notice,
  fit: (text: NoticeText) => Fitted | undefined,
): Fitted | undefined {
  let { content } = notice;
  for (;;) {
    if (lineCount(content) === 0) return undefined;
    content = halved(content);
    const fitted = fit(writer.write(content));
    if (fitted !== undefined) return fitted;
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
