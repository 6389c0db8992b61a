/** All subscribers as lines of a file that can be imported again. */
import { CSV_COLUMNS, csvLine } from '../../provisioning/csv-rows.ts';
import { plainProfile } from '../../provisioning/plain.ts';
import type { SubscriberAccess } from './subscriber-access.ts';
import type { FileFormat } from './subscriber-file.ts';

export interface ExportOutcome {
  readonly subscribers: number;
  /** Those of whom CSV does not hold everything. */
  readonly cut: number;
}

/** Subscribers that are asked for at once. */
const PAGE = 1_000;

/** Writes page after page; each `write` is waited for. */
export async function exportSubscribers(
  access: Pick<SubscriberAccess, 'list'>,
  format: FileFormat,
  write: (text: string, subscribers: number) => Promise<void> | void,
): Promise<ExportOutcome> {
  let subscribers = 0;
  let cut = 0;
  let after = '';
  if (format === 'csv') await write(`${CSV_COLUMNS.join(',')}\n`, 0);
  // The next page is on its way while this one is written.
  let next = access.list(after, PAGE);
  for (;;) {
    const page = await next;
    if (page.length === 0) return { subscribers, cut };
    after = page.at(-1)!.number;
    next = access.list(after, PAGE);
    next.catch(() => undefined);
    let text = '';
    for (const { number, profile } of page) {
      const plain = { number, ...plainProfile(profile) };
      text += format === 'csv' ? `${csvLine(CSV_COLUMNS, plain)}\n` : `${JSON.stringify(plain)}\n`;
      if (format === 'csv' && profile.preferences?.webPush !== undefined) cut++;
    }
    subscribers += page.length;
    await write(text, subscribers);
  }
}
