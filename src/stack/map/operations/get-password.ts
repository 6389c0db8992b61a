/** getPassword: the network asks the subscriber for a password. 3GPP TS 29.002 §11.8, §17.6.4. */
import { enumerated, type Infer, operation } from '../../asn1/index.ts';
import { timersMs } from '../timers.ts';
import { Password } from '../types/supplementary-services.ts';

export const GuidanceInfo = enumerated({ enterPW: 0, enterNewPW: 1, 'enterNewPW-Again': 2 });
export type GuidanceInfo = Infer<typeof GuidanceInfo>;

/** In version 1 the network also says what was wrong. */
export const GuidanceInfoV1 = enumerated({
  enterPW: 0,
  enterNewPW: 1,
  'enterNewPW-Again': 2,
  'badPW-TryAgain': 3,
  'badPW-FormatTryAgain': 4,
});
export type GuidanceInfoV1 = Infer<typeof GuidanceInfoV1>;

/** Version 2. */
export const getPassword = operation({
  name: 'getPassword',
  code: 18,
  argument: GuidanceInfo,
  result: Password,
  errors: [],
  operationClass: 3,
  timerMs: timersMs.medium,
});

/** Version 1: ETSI ETS 300 599. */
export const getPasswordV1 = operation({
  ...getPassword,
  argument: GuidanceInfoV1,
});
