/** alertServiceCentre: the HLR tells a service centre that a subscriber it waits for is back. 3GPP TS 29.002 §12.5, §17.6.5. */
import { enumerated, type Infer, implicit, operation, optional, sequence } from '../../asn1/index.ts';
import { dataMissing, systemFailure, unexpectedDataValue } from '../errors/generic.ts';
import { timersMs } from '../timers.ts';
import { AddressString, Imsi, IsdnAddressString, NetworkNodeDiameterAddress } from '../types/address.ts';
import { CorrelationID } from '../types/short-message.ts';
import { Time } from '../types/signal.ts';

export const SmsGmscAlertEvent = enumerated({ msAvailableForMtSms: 0, msUnderNewServingNode: 1 });
export type SmsGmscAlertEvent = Infer<typeof SmsGmscAlertEvent>;

export const AlertServiceCentreArg = sequence({
  msisdn: IsdnAddressString,
  serviceCentreAddress: AddressString,
  imsi: optional(Imsi),
  correlationID: optional(CorrelationID),
  maximumUeAvailabilityTime: optional(implicit(0, Time)),
  smsGmscAlertEvent: optional(implicit(1, SmsGmscAlertEvent)),
  smsGmscDiameterAddress: optional(implicit(2, NetworkNodeDiameterAddress)),
  newSGSNNumber: optional(implicit(3, IsdnAddressString)),
  newSGSNDiameterAddress: optional(implicit(4, NetworkNodeDiameterAddress)),
  newMMENumber: optional(implicit(5, IsdnAddressString)),
  newMMEDiameterAddress: optional(implicit(6, NetworkNodeDiameterAddress)),
  newMSCNumber: optional(implicit(7, IsdnAddressString)),
});
export type AlertServiceCentreArg = Infer<typeof AlertServiceCentreArg>;

export const alertServiceCentre = operation({
  name: 'alertServiceCentre',
  code: 64,
  argument: AlertServiceCentreArg,
  errors: [systemFailure, dataMissing, unexpectedDataValue],
  operationClass: 1,
  timerMs: timersMs.short,
});
