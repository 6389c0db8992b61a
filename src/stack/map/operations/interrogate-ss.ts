/** interrogateSS: the state of a supplementary service is asked for. 3GPP TS 29.002 §11.5, §17.6.4. */
import { operation, withoutErrors } from '../../asn1/index.ts';
import { callBarred } from '../errors/call-handling.ts';
import { dataMissing, systemFailure, unexpectedDataValue } from '../errors/generic.ts';
import { unknownSubscriber } from '../errors/identification.ts';
import { bearerServiceNotProvisioned, teleserviceNotProvisioned } from '../errors/subscription.ts';
import { illegalSSOperation, ssNotAvailable } from '../errors/supplementary-services.ts';
import { timersMs } from '../timers.ts';
import { InterrogateSSResV1 } from '../types/subscriber-data-v2.ts';
import { InterrogateSSRes, SsForBSCode } from '../types/supplementary-services.ts';

/** Version 2. */
export const interrogateSS = operation({
  name: 'interrogateSS',
  code: 14,
  argument: SsForBSCode,
  result: InterrogateSSRes,
  errors: [
    systemFailure,
    dataMissing,
    unexpectedDataValue,
    bearerServiceNotProvisioned,
    teleserviceNotProvisioned,
    callBarred,
    illegalSSOperation,
    ssNotAvailable,
  ],
  operationClass: 1,
  timerMs: timersMs.medium,
});

/** Version 1: ETSI ETS 300 599. */
export const interrogateSSV1 = operation({
  ...interrogateSS,
  result: InterrogateSSResV1,
  errors: [
    ...withoutErrors(
      interrogateSS.errors,
      dataMissing,
      bearerServiceNotProvisioned,
      teleserviceNotProvisioned,
      callBarred,
    ),
    unknownSubscriber,
  ],
});
