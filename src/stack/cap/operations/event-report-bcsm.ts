/** eventReportBCSM: the gsmSSF reports an armed event. 3GPP TS 29.078 §6.1.1. */
import { explicit, type Infer, implicit, operation, optional, sequence } from '../../asn1/index.ts';
import { timersMs } from '../timers.ts';
import { EventSpecificInformationBCSM } from '../types/bcsm-event.ts';
import { EventTypeBCSM, MiscCallInfo, ReceivingSideID } from '../types/call.ts';
import { Extensions } from '../types/extension.ts';

export const EventReportBCSMArg = sequence({
  eventTypeBCSM: implicit(0, EventTypeBCSM),
  eventSpecificInformationBCSM: optional(explicit(2, EventSpecificInformationBCSM)),
  legID: optional(explicit(3, ReceivingSideID)),
  miscCallInfo: optional(implicit(4, MiscCallInfo)), // absent: messageType request
  extensions: optional(implicit(5, Extensions)),
});
export type EventReportBCSMArg = Infer<typeof EventReportBCSMArg>;

export const eventReportBCSM = operation({
  name: 'eventReportBCSM',
  code: 24,
  argument: EventReportBCSMArg,
  errors: [],
  operationClass: 4,
  timerMs: timersMs.short,
});
