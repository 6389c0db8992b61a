/** Which counters stand for a deviation: what should not happen, or not often. The page shows these, and says what they count. */
import { counterRow } from '../../types/counter-table.ts';

/**
 * Rows of the table of counters that speak of a peer and yet are the ordinary course of things: a caller who hangs up before
 * the arming arrives (flow F1), operations whose timer is their normal end, a datagram that was lost and made good.
 */
export const ORDINARY: ReadonlySet<string> = new Set([
  'cap.abort.<who>',
  'tcap.received.pAbort',
  'tcap.received.uAbort',
  'tcap.received.unrecognizedTransaction',
  'tcap.sent.pAbort.<cause>',
  'tcap.invocation.timeout',
  'sctp.data.duplicate',
  'sctp.data.retransmitted',
  'sctp.fast-retransmit',
  'sctp.sack.old',
  'sctp.t3.expired',
]);

export class DeviationFinder {
  readonly #found = new Map<string, string | undefined>();

  /** A sentence for a counter that stands for a deviation, else undefined. */
  meaningOf(counter: string): string | undefined {
    if (this.#found.has(counter)) return this.#found.get(counter);
    const row = counterRow(counter);
    const meaning = row === undefined || row[1] === 'work' || ORDINARY.has(row[0]) ? undefined : row[2];
    this.#found.set(counter, meaning);
    return meaning;
  }
}
