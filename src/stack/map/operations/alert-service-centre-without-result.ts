/** alertServiceCentreWithoutResult: the alert of version 1. ETSI ETS 300 599. */
import { type Infer, operation, sequence } from '../../asn1/index.ts';
import { timersMs } from '../timers.ts';
import { AddressString, IsdnAddressString } from '../types/address.ts';

export const AlertServiceCentreArgV2 = sequence({
  msisdn: IsdnAddressString,
  serviceCentreAddress: AddressString,
});
export type AlertServiceCentreArgV2 = Infer<typeof AlertServiceCentreArgV2>;

/** Version 2. */
export const alertServiceCentreWithoutResult = operation({
  name: 'alertServiceCentreWithoutResult',
  code: 49,
  argument: AlertServiceCentreArgV2,
  errors: [],
  operationClass: 4,
  timerMs: timersMs.short,
});
