/** specializedResourceReport: the announcement has begun or ended. 3GPP TS 29.078 §6.2.1. */
import { choice, type Infer, implicit, nullType, operation } from '../../asn1/index.ts';
import { timersMs } from '../timers.ts';

export const SpecializedResourceReportArg = choice({
  allAnnouncementsComplete: implicit(50, nullType),
  firstAnnouncementStarted: implicit(51, nullType),
});
export type SpecializedResourceReportArg = Infer<typeof SpecializedResourceReportArg>;

/** Phase 4. */
export const specializedResourceReport = operation({
  name: 'specializedResourceReport',
  code: 49,
  argument: SpecializedResourceReportArg,
  errors: [],
  operationClass: 4,
  timerMs: timersMs.short,
});

/** Phases 2 and 3: that it ended is all it says. */
export const specializedResourceReportV2 = operation({
  name: 'specializedResourceReport',
  code: 49,
  argument: nullType,
  errors: [],
  operationClass: 4,
  timerMs: timersMs.short,
});
