/** sendIMSI: a node asks for the IMSI of a number. 3GPP TS 29.002 §9.2, §17.6.2. */
import { operation } from '../../asn1/index.ts';
import { dataMissing, unexpectedDataValue } from '../errors/generic.ts';
import { unknownSubscriber } from '../errors/identification.ts';
import { timersMs } from '../timers.ts';
import { Imsi, IsdnAddressString } from '../types/address.ts';

export const sendIMSI = operation({
  name: 'sendIMSI',
  code: 58,
  argument: IsdnAddressString,
  result: Imsi,
  errors: [dataMissing, unexpectedDataValue, unknownSubscriber],
  operationClass: 1,
  timerMs: timersMs.medium,
});
