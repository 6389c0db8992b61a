/** Notices as the configuration's texts make them: what was sent, as long as the texts are those of then. */
import type { Config } from '../../config/schema/config.ts';
import { type RenderedNotice, renderNotice } from '../../notice/render.ts';
import { parseTemplates } from '../../notice/templates.ts';
import { Zones } from '../../notice/zones.ts';
import type { Notice } from '../../types/model/notice.ts';
import { loadTexts, originatingAddressOf } from './texts.ts';

/** @throws OperatingError as {@link loadTexts} */
export function noticeRenderer(config: Config): (notice: Notice) => RenderedNotice {
  const files = loadTexts(config).sources.flatMap((source) => {
    const parsed = parseTemplates(source);
    return parsed.ok ? [parsed.file] : [];
  });
  const options = { originatingAddress: originatingAddressOf(config), zones: new Zones() };
  return (notice) => renderNotice(notice, files, options);
}
