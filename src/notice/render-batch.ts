import type { Notice } from '../types/model/notice.ts';
import { type RenderedNotice, type RenderOptions, renderNotice } from './render.ts';
import { renderForChannel } from './render-channel.ts';
import type { TemplateFile } from './templates.ts';

export interface RenderedBatch {
  /** In the order of the batch; undefined where a notice could not be rendered. */
  readonly rendered: readonly (RenderedNotice | undefined)[];
  /** Why, one for each undefined. */
  readonly faults: readonly string[];
}

/** Renders each notice on its own: one that breaks an assertion takes no other with it. */
export function renderBatch(
  batch: readonly Notice[],
  templates: readonly TemplateFile[],
  options: RenderOptions,
): RenderedBatch {
  const faults: string[] = [];
  const rendered = batch.map((notice) => {
    try {
      const other = renderForChannel(notice, templates, options);
      return other === undefined
        ? renderNotice(notice, templates, options)
        : { text: '', parts: [], ...other };
    } catch (error) {
      faults.push(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  });
  return { rendered, faults };
}
