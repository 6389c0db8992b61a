/** deactivateSS: a supplementary service is deactivated. 3GPP TS 29.002 §11.4, §17.6.4. */
import { operation } from '../../asn1/index.ts';
import { callBarred } from '../errors/call-handling.ts';
import { dataMissing, systemFailure, unexpectedDataValue } from '../errors/generic.ts';
import { bearerServiceNotProvisioned, teleserviceNotProvisioned } from '../errors/subscription.ts';
import {
  illegalSSOperation,
  negativePWCheck,
  numberOfPWAttemptsViolation,
  ssErrorStatus,
  ssSubscriptionViolation,
} from '../errors/supplementary-services.ts';
import { timersMs } from '../timers.ts';
import { SsForBSCode, SsInfo } from '../types/supplementary-services.ts';

export const deactivateSS = operation({
  name: 'deactivateSS',
  code: 13,
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
    negativePWCheck,
    numberOfPWAttemptsViolation,
  ],
  operationClass: 1,
  timerMs: timersMs.medium,
});
