/** callGap: the gsmSSF is told to send fewer calls. 3GPP TS 29.078 §6.1.1. */
import {
  choice,
  enumerated,
  explicit,
  type Infer,
  ia5String,
  implicit,
  integer,
  octetString,
  operation,
  optional,
  sequence,
  sequenceOf,
} from '../../asn1/index.ts';
import { timersMs } from '../timers.ts';
import { Integer4, ScfID, ServiceKey } from '../types/call.ts';
import { Extensions } from '../types/extension.ts';
import { Cause, Digits } from '../types/numbers.ts';

export const GapOnService = sequence({
  serviceKey: implicit(0, ServiceKey),
});
export type GapOnService = Infer<typeof GapOnService>;

export const BasicGapCriteria = choice({
  calledAddressValue: implicit(0, Digits),
  gapOnService: implicit(2, GapOnService),
  calledAddressAndService: implicit(
    29,
    sequence({
      calledAddressValue: implicit(0, Digits),
      serviceKey: implicit(1, ServiceKey),
    }),
  ),
  callingAddressAndService: implicit(
    30,
    sequence({
      callingAddressValue: implicit(0, Digits),
      serviceKey: implicit(1, ServiceKey),
    }),
  ),
});
export type BasicGapCriteria = Infer<typeof BasicGapCriteria>;

export const CompoundCriteria = sequence({
  basicGapCriteria: explicit(0, BasicGapCriteria),
  scfID: optional(implicit(1, ScfID)),
});
export type CompoundCriteria = Infer<typeof CompoundCriteria>;

export const GapCriteria = choice({
  basicGapCriteria: BasicGapCriteria,
  compoundGapCriteria: CompoundCriteria,
});
export type GapCriteria = Infer<typeof GapCriteria>;

export const Duration = integer({ min: -2, max: 86400 });
export type Duration = Infer<typeof Duration>;

export const Interval = integer({ min: -1, max: 60000 });
export type Interval = Infer<typeof Interval>;

export const GapIndicators = sequence({
  duration: implicit(0, Duration),
  gapInterval: implicit(1, Interval),
});
export type GapIndicators = Infer<typeof GapIndicators>;

export const ControlType = enumerated({ sCPOverloaded: 0, manuallyInitiated: 1 });
export type ControlType = Infer<typeof ControlType>;

export const VariablePart = choice({
  integer: implicit(0, Integer4),
  number: implicit(1, Digits),
  time: implicit(2, octetString({ min: 2, max: 2 })),
  date: implicit(3, octetString({ min: 4, max: 4 })),
  price: implicit(4, octetString({ min: 4, max: 4 })),
});
export type VariablePart = Infer<typeof VariablePart>;

export const MessageID = choice({
  elementaryMessageID: implicit(0, Integer4),
  text: implicit(
    1,
    sequence({
      messageContent: implicit(0, ia5String({ min: 1, max: 127 })),
      attributes: optional(implicit(1, octetString({ min: 2, max: 10 }))),
    }),
  ),
  elementaryMessageIDs: implicit(29, sequenceOf(Integer4, { min: 1, max: 16 })),
  variableMessage: implicit(
    30,
    sequence({
      elementaryMessageID: implicit(0, Integer4),
      variableParts: implicit(1, sequenceOf(VariablePart, { min: 1, max: 5 })),
    }),
  ),
});
export type MessageID = Infer<typeof MessageID>;

export const InbandInfo = sequence({
  messageID: explicit(0, MessageID),
  numberOfRepetitions: optional(implicit(1, integer({ min: 1, max: 127 }))),
  duration: optional(implicit(2, integer({ min: 0, max: 32767 }))),
  interval: optional(implicit(3, integer({ min: 0, max: 32767 }))),
});
export type InbandInfo = Infer<typeof InbandInfo>;

export const Tone = sequence({
  toneID: implicit(0, Integer4),
  duration: optional(implicit(1, Integer4)),
});
export type Tone = Infer<typeof Tone>;

export const InformationToSend = choice({
  inbandInfo: implicit(0, InbandInfo),
  tone: implicit(1, Tone),
});
export type InformationToSend = Infer<typeof InformationToSend>;

export const GapTreatment = choice({
  informationToSend: explicit(0, InformationToSend),
  releaseCause: implicit(1, Cause),
});
export type GapTreatment = Infer<typeof GapTreatment>;

export const CallGapArg = sequence({
  gapCriteria: explicit(0, GapCriteria),
  gapIndicators: implicit(1, GapIndicators),
  controlType: optional(implicit(2, ControlType)),
  gapTreatment: optional(explicit(3, GapTreatment)),
  extensions: optional(implicit(4, Extensions)),
});
export type CallGapArg = Infer<typeof CallGapArg>;

export const callGap = operation({
  name: 'callGap',
  code: 41,
  argument: CallGapArg,
  errors: [],
  operationClass: 4,
  timerMs: timersMs.short,
});
