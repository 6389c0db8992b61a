/** What a thread of the notifier's pool runs: a batch of notices in, a packed batch out. Templates are parsed once, when it starts. */
import assert from 'node:assert/strict';
import { workerData } from 'piscina';
import { renderBatch } from '../../notice/render-batch.ts';
import { parseTemplates } from '../../notice/templates.ts';
import { Zones } from '../../notice/zones.ts';
import type { SmsAddress } from '../../stack/sms/address.ts';
import type { Notice } from '../../types/model/notice.ts';
import { type PackedBatch, packBatch } from './packed-batch.ts';

export interface NotifierWorkerData {
  /** Template files as text; checked before they come here. */
  readonly templateSources: readonly string[];
  readonly originatingAddress: SmsAddress;
}

const { templateSources, originatingAddress } = workerData as NotifierWorkerData;
const templates = templateSources.map((source) => {
  const parsed = parseTemplates(source);
  assert(parsed.ok, 'templates are checked before a worker gets them');
  return parsed.file;
});
const options = { originatingAddress, zones: new Zones() };

export default function render(batch: readonly Notice[]): PackedBatch {
  return packBatch(renderBatch(batch, templates, options));
}
