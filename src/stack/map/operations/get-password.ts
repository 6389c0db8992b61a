/** getPassword: the network asks the subscriber for a password. 3GPP TS 29.002 §11.8, §17.6.4. */
import { enumerated, type Infer, operation } from '../../asn1/index.ts';
import { timersMs } from '../timers.ts';
import { Password } from '../types/supplementary-services.ts';

export const GuidanceInfo = enumerated({ enterPW: 0, enterNewPW: 1, 'enterNewPW-Again': 2 });
export type GuidanceInfo = Infer<typeof GuidanceInfo>;

export const getPassword = operation({
  name: 'getPassword',
  code: 18,
  argument: GuidanceInfo,
  result: Password,
  errors: [],
  operationClass: 3,
  timerMs: timersMs.medium,
});
