/** activateSS: a supplementary service is activated. 3GPP TS 29.002 §11.3, §17.6.4. */
import { operation, withoutErrors } from '../../asn1/index.ts';
import { callBarred } from '../errors/call-handling.ts';
import { dataMissing, systemFailure, unexpectedDataValue } from '../errors/generic.ts';
import { unknownSubscriber } from '../errors/identification.ts';
import { bearerServiceNotProvisioned, teleserviceNotProvisioned } from '../errors/subscription.ts';
import {
  illegalSSOperation,
  negativePWCheck,
  numberOfPWAttemptsViolation,
  ssErrorStatus,
  ssIncompatibility,
  ssSubscriptionViolation,
} from '../errors/supplementary-services.ts';
import { ssSubscriptionViolationV2 } from '../errors/version-2.ts';
import { timersMs } from '../timers.ts';
import { SsInfoV2 } from '../types/subscriber-data-v2.ts';
import { SsForBSCode, SsInfo } from '../types/supplementary-services.ts';

/** Version 2. */
export const activateSS = operation({
  name: 'activateSS',
  code: 12,
  argument: SsForBSCode,
  result: SsInfo,
  errors: [
    systemFailure,
    dataMissing,
    unexpectedDataValue,
    bearerServiceNotProvisioned,
    teleserviceNotProvisioned,
    callBarred,
    illegalSSOperation,
    ssErrorStatus,
    ssSubscriptionViolation,
    ssIncompatibility,
    negativePWCheck,
    numberOfPWAttemptsViolation,
  ],
  operationClass: 1,
  timerMs: timersMs.medium,
});

/** Version 1: ETSI ETS 300 599. */
export const activateSSV1 = operation({
  ...activateSS,
  result: SsInfoV2,
  errors: [
    ...withoutErrors(
      activateSS.errors,
      dataMissing,
      bearerServiceNotProvisioned,
      teleserviceNotProvisioned,
      callBarred,
      ssSubscriptionViolation,
      numberOfPWAttemptsViolation,
    ),
    unknownSubscriber,
    ssSubscriptionViolationV2,
  ],
});
