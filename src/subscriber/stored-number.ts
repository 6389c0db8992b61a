/**
 * The HLR alerts us with the number that it stores for a subscriber, which may be another one than that we asked with: one
 * of several numbers on one SIM, or one that was ported (storedMSISDN of informServiceCentre and of reportSM-DeliveryStatus,
 * 3GPP TS 29.002 §7.6.2.23, §12.3, §12.6). The actor of the stored number passes the alert on.
 */
import type { Draft } from './draft.ts';

/** Numbers of one subscriber. */
const ALERTS_FOR_MAX = 8;

/** The HLR will tell of this subscriber's return with `storedAs`; empty: with the number that we asked with. */
export function expectAlert(draft: Draft, storedAs: string): void {
  const { number } = draft.next;
  if (storedAs === '' || storedAs === number) return;
  draft.emit({
    kind: 'tell-subscriber',
    subscriber: storedAs,
    from: number,
    what: { kind: 'alert-expected' },
  });
}

/** An alert with this number will be about `subscriber` as well. */
export function alertsFor(draft: Draft, subscriber: string): void {
  const others = draft.next.alertsFor.filter((number) => number !== subscriber);
  draft.set({ alertsFor: [...others, subscriber].slice(-ALERTS_FOR_MAX) });
}

/** The HLR forgets its list with the alert, and so do we. */
export function alerted(draft: Draft, alertedAtMs: number): void {
  const { number, alertsFor: subscribers } = draft.next;
  if (subscribers.length === 0) return;
  for (const subscriber of subscribers) {
    draft.emit({ kind: 'tell-subscriber', subscriber, from: number, what: { kind: 'alerted', alertedAtMs } });
  }
  draft.set({ alertsFor: [] });
}
