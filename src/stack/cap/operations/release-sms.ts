/** releaseSMS: the short message is refused. 3GPP TS 29.078 §7.1. */
import { type Infer, operation } from '../../asn1/index.ts';
import { timersMs } from '../timers.ts';
import { RPCause } from '../types/sms.ts';

export const ReleaseSMSArg = RPCause;
export type ReleaseSMSArg = Infer<typeof ReleaseSMSArg>;

export const releaseSMS = operation({
  name: 'releaseSMS',
  code: 66,
  argument: ReleaseSMSArg,
  errors: [],
  operationClass: 4,
  timerMs: timersMs.short,
});
