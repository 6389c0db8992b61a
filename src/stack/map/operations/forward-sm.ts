/** forwardSM: either way in versions 1 and 2, where operation code 46 is not yet mo-ForwardSM. ETSI ETS 300 599. */
import {
  choice,
  type Infer,
  implicit,
  nullType,
  operation,
  optional,
  sequence,
  withoutErrors,
} from '../../asn1/index.ts';
import { dataMissing, facilityNotSupported, systemFailure, unexpectedDataValue } from '../errors/generic.ts';
import { unidentifiedSubscriber } from '../errors/identification.ts';
import { subscriberBusyForMTSMS } from '../errors/short-message.ts';
import { illegalEquipment, illegalSubscriber } from '../errors/subscription.ts';
import { absentSubscriberV2, smDeliveryFailureV2 } from '../errors/version-2.ts';
import { timersMs } from '../timers.ts';
import { AddressString, Imsi, IsdnAddressString, Lmsi } from '../types/address.ts';
import { SmRpOa } from '../types/short-message.ts';
import { SignalInfo } from '../types/signal.ts';

export const SmRpDaV2 = choice({
  imsi: implicit(0, Imsi),
  lmsi: implicit(1, Lmsi),
  roamingNumber: implicit(3, IsdnAddressString),
  serviceCentreAddressDA: implicit(4, AddressString),
  'noSM-RP-DA': implicit(5, nullType),
});
export type SmRpDaV2 = Infer<typeof SmRpDaV2>;

export const ForwardSMArgV2 = sequence({
  'sm-RP-DA': SmRpDaV2,
  'sm-RP-OA': SmRpOa,
  'sm-RP-UI': SignalInfo,
  moreMessagesToSend: optional(nullType),
});
export type ForwardSMArgV2 = Infer<typeof ForwardSMArgV2>;

/** Version 2. */
export const forwardSM = operation({
  name: 'forwardSM',
  code: 46,
  argument: ForwardSMArgV2,
  errors: [
    systemFailure,
    dataMissing,
    unexpectedDataValue,
    facilityNotSupported,
    unidentifiedSubscriber,
    illegalSubscriber,
    illegalEquipment,
    absentSubscriberV2,
    subscriberBusyForMTSMS,
    smDeliveryFailureV2,
  ],
  operationClass: 1,
  timerMs: timersMs.mediumLong,
});

/** Version 1. */
export const forwardSMV1 = operation({
  ...forwardSM,
  errors: withoutErrors(forwardSM.errors, dataMissing, illegalEquipment, subscriberBusyForMTSMS),
});
