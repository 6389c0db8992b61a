/** What the receipt of an erasure says: what is erased, and until when the rest holds the number. */
import type { JournalReach } from '../adapters/engine/find-number.ts';
import type { Erasure } from '../adapters/engine/personal-data.ts';
import type { Config } from '../config/schema/config.ts';

const DAY_MS = 86_400_000;

export interface ErasureReceipt {
  readonly number: string;
  readonly erasedAt: string;
  readonly ownRecord: 'erased' | 'there was none';
  readonly otherRecords: number;
  readonly heldRecords: number;
  readonly outbox: number;
  readonly unreadable: number;
  readonly journal: {
    readonly events: number;
    readonly commitsKept: number;
    /** As fast as it went so far; null: nobody can tell. */
    readonly untilAbout: string | null;
  };
  readonly backups: { readonly days: number; readonly until: string };
  readonly accessLog: string;
}

export function erasureReceipt(
  number: string,
  erasure: Erasure,
  { store, personalData }: Pick<Config, 'store' | 'personalData'>,
  nowMs: number,
): ErasureReceipt {
  const { backupDays: days, accessLogFilesMax, accessLogOctetsMax } = personalData;
  const untilMs = journalUntilMs(erasure.journals, store.journalWindowsKept, nowMs);
  return {
    number,
    erasedAt: new Date(nowMs).toISOString(),
    ownRecord: erasure.own ? 'erased' : 'there was none',
    otherRecords: erasure.others,
    heldRecords: erasure.held,
    outbox: erasure.outbox,
    unreadable: erasure.unreadable,
    journal: {
      events: erasure.journalEvents,
      commitsKept: store.journalWindowsKept,
      untilAbout: untilMs === undefined ? null : new Date(untilMs).toISOString(),
    },
    backups: { days, until: new Date(nowMs + days * DAY_MS).toISOString() },
    accessLog: `names it by a hash, until ${accessLogFilesMax} files of ${accessLogOctetsMax} octets are full`,
  };
}

/**
 * When the journal of the slowest shard has as many commits behind what it holds now as it keeps, if it goes on at the pace of
 * those it holds. Undefined: it holds too few to have a pace.
 */
export function journalUntilMs(
  journals: readonly JournalReach[],
  windowsKept: number,
  nowMs: number,
): number | undefined {
  let untilMs = nowMs;
  for (const { firstWindow, lastWindow, firstAtMs } of journals) {
    const windows = lastWindow - firstWindow;
    // A shard that never committed holds nothing.
    if (lastWindow === 0) continue;
    if (windows <= 0 || firstAtMs === 0 || firstAtMs >= nowMs) return undefined;
    untilMs = Math.max(untilMs, nowMs + ((nowMs - firstAtMs) / windows) * windowsKept);
  }
  // A time that no calendar has is as good as none.
  return untilMs > 8.64e15 ? undefined : untilMs;
}

export function receiptText(receipt: ErasureReceipt): string {
  const { journal, backups, heldRecords, outbox, unreadable } = receipt;
  const lines = [
    `${receipt.number} erased at ${receipt.erasedAt}`,
    `  its own record      ${receipt.ownRecord}`,
    `  records of others   taken out of ${receipt.otherRecords}`,
  ];
  if (heldRecords > 0)
    lines.push(
      `  still held          ${heldRecords} records, by notices on their way: give the command again later`,
    );
  if (outbox > 0) lines.push(`  on its way          ${outbox} pieces of work that name it, until they end`);
  if (unreadable > 0) lines.push(`  not readable        ${unreadable} records, which callwake verify finds`);
  const until = journal.untilAbout === null ? '' : `, at the pace so far about ${journal.untilAbout}`;
  lines.push(
    `  journal             ${journal.events} events, until ${journal.commitsKept} further commits are made${until}`,
    `  backups             until ${backups.until}, as they are kept for ${backups.days} days`,
    `  access log          ${receipt.accessLog}`,
  );
  return `${lines.join('\n')}\n`;
}
