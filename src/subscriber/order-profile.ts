/** What a subscriber orders from now on, whoever said so: what is due by an order that ends is taken back. */
import { type Profile, sameProfile } from '../types/model/profile.ts';
import type { Draft } from './draft.ts';

/** What is ordered once more changes nothing, so that a list of subscribers can be taken in again. */
export function orderProfile(draft: Draft, profile: Profile): void {
  if (draft.next.profile !== undefined && sameProfile(draft.next.profile, profile)) return;
  draft.set({ profile });
  if (!profile.missedCalls) {
    draft.set({ missed: [], furtherCalls: 0, watchers: [] });
    if (draft.next.notice?.content.kind === 'missed-calls') draft.dropNotice();
  }
  if (profile.notifyMe === 'off') {
    draft.set({ returns: [] });
    if (draft.next.notice?.content.kind === 'returns') draft.dropNotice();
  }
  draft.cancelUnwanted();
}
