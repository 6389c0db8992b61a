/** The renderer port: notices to text and TPDUs, by batches, because a task for each would cost more than the rendering. */

import type { RenderOptions } from '../notice/render.ts';
import { type RenderedBatch, renderBatch } from '../notice/render-batch.ts';
import type { TemplateFile } from '../notice/templates.ts';
import type { Notice } from '../types/model/notice.ts';

/**
 * Nothing of a failed batch was sent or lost: hand it in again. `busy`: the bound on waiting batches is reached, come back
 * when one is done; `crashed`: a worker died; `timed-out`: a worker was ended because it took too long; `closed`: no more.
 */
export interface RenderRefusal {
  readonly ok: false;
  readonly code: 'busy' | 'crashed' | 'timed-out' | 'closed';
  readonly detail: string;
}

export type RenderOutcome = ({ readonly ok: true } & RenderedBatch) | RenderRefusal;

export interface NoticeRenderer {
  /** Never rejects. */
  render(batch: readonly Notice[]): Promise<RenderOutcome>;
  close(): Promise<void>;
}

/** Renders on the calling thread: for the engine in one thread, and where there is too little to do for a pool. */
export class DirectRenderer implements NoticeRenderer {
  readonly #templates: readonly TemplateFile[];
  readonly #options: RenderOptions;

  constructor(templates: readonly TemplateFile[], options: RenderOptions) {
    this.#templates = templates;
    this.#options = options;
  }

  /** As `render`, at once. */
  renderNow(batch: readonly Notice[]): RenderedBatch {
    return renderBatch(batch, this.#templates, this.#options);
  }

  render(batch: readonly Notice[]): Promise<RenderOutcome> {
    return Promise.resolve({ ok: true, ...this.renderNow(batch) });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
