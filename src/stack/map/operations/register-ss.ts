/** registerSS: a supplementary service is registered. 3GPP TS 29.002 §11.1, §17.6.4. */
import {
  type Infer,
  implicit,
  nullType,
  operation,
  optional,
  sequence,
  withoutErrors,
} from '../../asn1/index.ts';
import { callBarred } from '../errors/call-handling.ts';
import { dataMissing, systemFailure, unexpectedDataValue } from '../errors/generic.ts';
import { unknownSubscriber } from '../errors/identification.ts';
import { bearerServiceNotProvisioned, teleserviceNotProvisioned } from '../errors/subscription.ts';
import { illegalSSOperation, ssErrorStatus, ssIncompatibility } from '../errors/supplementary-services.ts';
import { ssSubscriptionViolationV2 } from '../errors/version-2.ts';
import { timersMs } from '../timers.ts';
import { AddressString, IsdnSubaddressString } from '../types/address.ts';
import { BasicServiceCode, SsCode } from '../types/basic-service.ts';
import { SsInfoV2 } from '../types/subscriber-data-v2.ts';
import { EmlppPriority, McBearers, NoReplyConditionTime, SsInfo } from '../types/supplementary-services.ts';

export const RegisterSSArg = sequence({
  'ss-Code': SsCode,
  basicService: optional(BasicServiceCode),
  forwardedToNumber: optional(implicit(4, AddressString)),
  forwardedToSubaddress: optional(implicit(6, IsdnSubaddressString)),
  noReplyConditionTime: optional(implicit(5, NoReplyConditionTime)),
  defaultPriority: optional(implicit(7, EmlppPriority)),
  nbrUser: optional(implicit(8, McBearers)),
  'longFTN-Supported': optional(implicit(9, nullType)),
});
export type RegisterSSArg = Infer<typeof RegisterSSArg>;

/** Version 2. */
export const registerSS = operation({
  name: 'registerSS',
  code: 10,
  argument: RegisterSSArg,
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
    ssIncompatibility,
  ],
  operationClass: 1,
  timerMs: timersMs.medium,
});

/** Version 1: ETSI ETS 300 599. */
export const registerSSV1 = operation({
  ...registerSS,
  result: SsInfoV2,
  errors: [...withoutErrors(registerSS.errors, callBarred), unknownSubscriber, ssSubscriptionViolationV2],
});
