/** eraseSS: a supplementary service is erased. 3GPP TS 29.002 §11.2, §17.6.4. */
import { operation } from '../../asn1/index.ts';
import { callBarred } from '../errors/call-handling.ts';
import { dataMissing, systemFailure, unexpectedDataValue } from '../errors/generic.ts';
import { bearerServiceNotProvisioned, teleserviceNotProvisioned } from '../errors/subscription.ts';
import { illegalSSOperation, ssErrorStatus } from '../errors/supplementary-services.ts';
import { timersMs } from '../timers.ts';
import { SsForBSCode, SsInfo } from '../types/supplementary-services.ts';

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
