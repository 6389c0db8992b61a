/** connectSMS: the short message goes on with other addresses. 3GPP TS 29.078 §7.1. */
import { type Infer, implicit, operation, optional, sequence } from '../../asn1/index.ts';
import { IsdnAddressString } from '../../map/types/address.ts';
import {
  missingParameter,
  parameterOutOfRange,
  systemFailure,
  taskRefused,
  unexpectedComponentSequence,
  unexpectedDataValue,
  unexpectedParameter,
} from '../errors.ts';
import { timersMs } from '../timers.ts';
import { Extensions } from '../types/extension.ts';
import { CalledPartyBCDNumber } from '../types/numbers.ts';
import { SmsAddressString } from './initial-dp-sms.ts';

export const ConnectSMSArg = sequence({
  callingPartysNumber: optional(implicit(0, SmsAddressString)),
  destinationSubscriberNumber: optional(implicit(1, CalledPartyBCDNumber)),
  sMSCAddress: optional(implicit(2, IsdnAddressString)),
  extensions: optional(implicit(10, Extensions)),
});
export type ConnectSMSArg = Infer<typeof ConnectSMSArg>;

export const connectSMS = operation({
  name: 'connectSMS',
  code: 62,
  argument: ConnectSMSArg,
  errors: [
    missingParameter,
    parameterOutOfRange,
    systemFailure,
    taskRefused,
    unexpectedComponentSequence,
    unexpectedDataValue,
    unexpectedParameter,
  ],
  operationClass: 2,
  timerMs: timersMs.short,
});
