import { changedSelfCare, NOTHING_SAID, type SelfCareState } from '../types/model/state.ts';
import type { Draft } from './draft.ts';

export function selfCareOf(draft: Draft): SelfCareState {
  return draft.next.selfCare ?? NOTHING_SAID;
}

export function changeSelfCare(draft: Draft, change: Partial<SelfCareState>): void {
  draft.set({ selfCare: changedSelfCare(draft.next.selfCare, change) });
}
