/** processUnstructuredSS-Data: unstructured supplementary service data of version 1. ETSI ETS 300 599. */
import { type Infer, ia5String, operation } from '../../asn1/index.ts';
import { systemFailure, unexpectedDataValue } from '../errors/generic.ts';
import { timersMs } from '../timers.ts';

export const SsUserData = ia5String({ min: 1, max: 200 });
export type SsUserData = Infer<typeof SsUserData>;

/** Version 1. */
export const processUnstructuredSSData = operation({
  name: 'processUnstructuredSS-Data',
  code: 19,
  argument: SsUserData,
  result: SsUserData,
  errors: [systemFailure, unexpectedDataValue],
  operationClass: 1,
  timerMs: timersMs.medium,
});
