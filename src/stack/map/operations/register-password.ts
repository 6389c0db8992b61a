/** registerPassword: the password of call barring is changed. 3GPP TS 29.002 §11.7, §17.6.4. */
import { operation, withoutErrors } from '../../asn1/index.ts';
import { callBarred } from '../errors/call-handling.ts';
import { dataMissing, systemFailure, unexpectedDataValue } from '../errors/generic.ts';
import {
  negativePWCheck,
  numberOfPWAttemptsViolation,
  pwRegistrationFailure,
  ssSubscriptionViolation,
} from '../errors/supplementary-services.ts';
import { ssSubscriptionViolationV2 } from '../errors/version-2.ts';
import { timersMs } from '../timers.ts';
import { SsCode } from '../types/basic-service.ts';
import { Password } from '../types/supplementary-services.ts';

/** Version 2. */
export const registerPassword = operation({
  name: 'registerPassword',
  code: 17,
  argument: SsCode,
  result: Password,
  errors: [
    systemFailure,
    dataMissing,
    unexpectedDataValue,
    callBarred,
    ssSubscriptionViolation,
    pwRegistrationFailure,
    negativePWCheck,
    numberOfPWAttemptsViolation,
  ],
  operationClass: 1,
  timerMs: timersMs.mediumLong,
});

/** Version 1: ETSI ETS 300 599. */
export const registerPasswordV1 = operation({
  ...registerPassword,
  errors: [
    ...withoutErrors(
      registerPassword.errors,
      dataMissing,
      callBarred,
      ssSubscriptionViolation,
      numberOfPWAttemptsViolation,
    ),
    ssSubscriptionViolationV2,
  ],
});
