/** Short message control: 3GPP TS 29.078 §5.1. */
import {
  choice,
  enumerated,
  type Infer,
  implicit,
  octetString,
  optional,
  sequence,
} from '../../asn1/index.ts';
import { MonitorMode } from './call.ts';

export const EventTypeSMS = enumerated({
  'sms-CollectedInfo': 1,
  'o-smsFailure': 2,
  'o-smsSubmission': 3,
  'sms-DeliveryRequested': 11,
  't-smsFailure': 12,
  't-smsDelivery': 13,
});
export type EventTypeSMS = Infer<typeof EventTypeSMS>;

export const SMSEvent = sequence({
  eventTypeSMS: implicit(0, EventTypeSMS),
  monitorMode: implicit(1, MonitorMode),
});
export type SMSEvent = Infer<typeof SMSEvent>;

export const MoSMSCause = enumerated({
  systemFailure: 0,
  unexpectedDataValue: 1,
  facilityNotSupported: 2,
  'sM-DeliveryFailure': 3,
  releaseFromRadioInterface: 4,
});
export type MoSMSCause = Infer<typeof MoSMSCause>;

export const MtSMSCause = octetString({ min: 1, max: 1 });
export type MtSMSCause = Infer<typeof MtSMSCause>;

export const EventSpecificInformationSMS = choice({
  'o-smsFailureSpecificInfo': implicit(
    0,
    sequence({
      failureCause: optional(implicit(0, MoSMSCause)),
    }),
  ),
  'o-smsSubmissionSpecificInfo': implicit(1, sequence({})),
  't-smsFailureSpecificInfo': implicit(
    2,
    sequence({
      failureCause: optional(implicit(0, MtSMSCause)),
    }),
  ),
  't-smsDeliverySpecificInfo': implicit(3, sequence({})),
});
export type EventSpecificInformationSMS = Infer<typeof EventSpecificInformationSMS>;

export const RPCause = octetString({ min: 1, max: 1 });
export type RPCause = Infer<typeof RPCause>;
