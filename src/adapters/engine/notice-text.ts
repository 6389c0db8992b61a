/** Notices as the configuration's texts make them: what was sent, as long as the texts are those of then. */
import type { Config } from '../../config/schema/config.ts';
import { type RenderedNotice, renderNotice } from '../../notice/render.ts';
import { type RenderedPush, renderPush } from '../../notice/render-push.ts';
import { parseTemplates, type TemplateFile } from '../../notice/templates.ts';
import { Zones } from '../../notice/zones.ts';
import type { Notice } from '../../types/model/notice.ts';
import { loadTexts, originatingAddressOf } from './texts.ts';

/** @throws OperatingError as {@link loadTexts} */
export function noticeRenderer(config: Config): (notice: Notice) => RenderedNotice {
  const files = templatesOf(config);
  const options = { originatingAddress: originatingAddressOf(config), zones: new Zones() };
  return (notice) => renderNotice(notice, files, options);
}

/** As title and body, for an app. @throws OperatingError as {@link loadTexts} */
export function pushRenderer(config: Config): (notice: Notice) => RenderedPush {
  const files = templatesOf(config);
  const zones = new Zones();
  return (notice) => renderPush(notice, files, { zones });
}

function templatesOf(config: Config): readonly TemplateFile[] {
  return loadTexts(config).sources.flatMap((source) => {
    const parsed = parseTemplates(source);
    return parsed.ok ? [parsed.file] : [];
  });
}
