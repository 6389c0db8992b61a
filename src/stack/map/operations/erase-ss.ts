/** eraseSS: a supplementary service is erased. 3GPP TS 29.002 §11.2, §17.6.4. */
import { operation, withoutErrors } from '../../asn1/index.ts';
import { callBarred } from '../errors/call-handling.ts';
import { dataMissing, systemFailure, unexpectedDataValue } from '../errors/generic.ts';
import { unknownSubscriber } from '../errors/identification.ts';
import { bearerServiceNotProvisioned, teleserviceNotProvisioned } from '../errors/subscription.ts';
import { illegalSSOperation, ssErrorStatus } from '../errors/supplementary-services.ts';
import { ssSubscriptionViolationV2 } from '../errors/version-2.ts';
import { timersMs } from '../timers.ts';
import { SsInfoV2 } from '../types/subscriber-data-v2.ts';
import { SsForBSCode, SsInfo } from '../types/supplementary-services.ts';

/** Version 2. */
export const eraseSS = operation({
  name: 'eraseSS',
  code: 11,
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
  ],
  operationClass: 1,
  timerMs: timersMs.medium,
});

/** Version 1: ETSI ETS 300 599. */
export const eraseSSV1 = operation({
  ...eraseSS,
  result: SsInfoV2,
  errors: [
    ...withoutErrors(
      eraseSS.errors,
      dataMissing,
      bearerServiceNotProvisioned,
      teleserviceNotProvisioned,
      callBarred,
    ),
    unknownSubscriber,
    ssSubscriptionViolationV2,
  ],
});
