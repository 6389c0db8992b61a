import type { Explanation } from '../adapters/engine/explanation.ts';
import type { Story } from '../explain/story.ts';
import type { RenderedNotice } from '../notice/render.ts';

/** What is printed of one subscriber. */
export interface Explained extends Omit<Story, 'notices'> {
  readonly asOfMs: number;
  readonly journal: Explanation['journal'];
  readonly notices: readonly ExplainedNotice[];
}

export type ExplainedNotice = Story['notices'][number] & {
  /** As the texts of the configuration make it. */
  readonly rendered: Pick<RenderedNotice, 'text' | 'fallbacks'> & { readonly parts: number };
};
