/** mt-ForwardSM: the SMS-GMSC gives a short message to the node that serves the subscriber. 3GPP TS 29.002 §12.9, §17.6.5. */
import { type Infer, implicit, nullType, operation, optional, sequence } from '../../asn1/index.ts';
import { dataMissing, facilityNotSupported, systemFailure, unexpectedDataValue } from '../errors/generic.ts';
import { unidentifiedSubscriber } from '../errors/identification.ts';
import { absentSubscriberSM, smDeliveryFailure, subscriberBusyForMTSMS } from '../errors/short-message.ts';
import { illegalEquipment, illegalSubscriber } from '../errors/subscription.ts';
import { timersMs } from '../timers.ts';
import { IsdnAddressString, NetworkNodeDiameterAddress } from '../types/address.ts';
import { ExtensionContainer } from '../types/extension.ts';
import { CorrelationID, SmDeliveryTimerValue, SmRpDa, SmRpOa } from '../types/short-message.ts';
import { SignalInfo, Time } from '../types/signal.ts';

export const MtForwardSMArg = sequence({
  'sm-RP-DA': SmRpDa,
  'sm-RP-OA': SmRpOa,
  'sm-RP-UI': SignalInfo,
  moreMessagesToSend: optional(nullType),
  extensionContainer: optional(ExtensionContainer),
  smDeliveryTimer: optional(SmDeliveryTimerValue),
  smDeliveryStartTime: optional(Time),
  'smsOverIP-OnlyIndicator': optional(implicit(0, nullType)),
  correlationID: optional(implicit(1, CorrelationID)),
  maximumRetransmissionTime: optional(implicit(2, Time)),
  smsGmscAddress: optional(implicit(3, IsdnAddressString)),
  smsGmscDiameterAddress: optional(implicit(4, NetworkNodeDiameterAddress)),
});
export type MtForwardSMArg = Infer<typeof MtForwardSMArg>;

export const MtForwardSMRes = sequence({
  'sm-RP-UI': optional(SignalInfo),
  extensionContainer: optional(ExtensionContainer),
});
export type MtForwardSMRes = Infer<typeof MtForwardSMRes>;

export const mtForwardSM = operation({
  name: 'mt-ForwardSM',
  code: 44,
  argument: MtForwardSMArg,
  result: MtForwardSMRes,
  errors: [
    systemFailure,
    dataMissing,
    unexpectedDataValue,
    facilityNotSupported,
    unidentifiedSubscriber,
    illegalSubscriber,
    illegalEquipment,
    subscriberBusyForMTSMS,
    smDeliveryFailure,
    absentSubscriberSM,
  ],
  operationClass: 1,
  timerMs: timersMs.mediumLong,
});
