/** The gsmSSF's own gsmSRF, connected to a call segment: 3GPP TS 29.078 §11.10. */
import type { CapDialogue } from '../../stack/cap/service/cap-dialogue.ts';
import type { fromAssistPhase4, OperationSet } from '../../stack/cap/service/operation-sets.ts';
import type { ControlledCall } from './controlled-call.ts';
import type { LegSegment } from './leg.ts';
import { type ResourceReport, SpecializedResource } from './specialized-resource.ts';

export function connectResource(call: ControlledCall, segment: LegSegment): void {
  call.record.note('gsmSRF connected');
  segment.resource = new SpecializedResource({
    later: call.later,
    tsrfMs: call.ports.tsrfMs,
    nextReply: () => call.nextReply(),
    note: (line) => call.record.note(line),
    report: (linkedId, what) => sendResourceReport(call.dialogue, call.phase, linkedId, what),
    onDisconnection: () => {
      segment.resource = undefined;
      segment.srfCharging?.ended();
      call.record.note('gsmSRF disconnected');
      segment.on('resource disconnected');
    },
    flush: () => call.settle(),
  });
  segment.srfCharging?.answered();
}

export function disconnectResource(call: ControlledCall, segment: LegSegment): void {
  if (segment.resource === undefined) return;
  call.record.note('gsmSRF disconnected');
  segment.resource.disconnect();
  segment.resource = undefined;
  segment.srfCharging?.ended();
}

type Reports = Pick<typeof fromAssistPhase4, 'specializedResourceReport'>;

/** Linked to the operation that it is about. Phases 2 and 3 know only that it ended, and say it with NULL. */
export function sendResourceReport(
  dialogue: Pick<CapDialogue<Reports, OperationSet>, 'invoke'>,
  phase: number,
  linkedId: number,
  what: ResourceReport,
): void {
  if (phase === 4) {
    const argument =
      what === 'allAnnouncementsComplete'
        ? { allAnnouncementsComplete: null }
        : { firstAnnouncementStarted: null };
    dialogue.invoke('specializedResourceReport', argument, {}, linkedId);
  } else if (what === 'allAnnouncementsComplete') {
    dialogue.invoke('specializedResourceReport', null as never, {}, linkedId);
  }
}
