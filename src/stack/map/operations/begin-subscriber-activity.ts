/** beginSubscriberActivity: who begins an unstructured service, before the data follow. Version 1: ETSI ETS 300 599. */
import { type Infer, operation, sequence } from '../../asn1/index.ts';
import { timersMs } from '../timers.ts';
import { Imsi, IsdnAddressString } from '../types/address.ts';

export const BeginSubscriberActivityArg = sequence({
  imsi: Imsi,
  originatingEntityNumber: IsdnAddressString,
});
export type BeginSubscriberActivityArg = Infer<typeof BeginSubscriberActivityArg>;

/** Version 1. */
export const beginSubscriberActivity = operation({
  name: 'beginSubscriberActivity',
  code: 54,
  argument: BeginSubscriberActivityArg,
  errors: [],
  operationClass: 4,
  timerMs: timersMs.medium,
});
