/**
 * Unstructured supplementary service data: 3GPP TS 29.002 §11.9, §11.10, §11.11, §17.6.4.
 * processUnstructuredSS-Request goes from the handset to the network, the other two the other way.
 */
import { type Infer, implicit, operation, optional, sequence } from '../../asn1/index.ts';
import { absentSubscriber, callBarred } from '../errors/call-handling.ts';
import { dataMissing, systemFailure, unexpectedDataValue } from '../errors/generic.ts';
import { illegalEquipment, illegalSubscriber } from '../errors/subscription.ts';
import { unknownAlphabet, ussdBusy } from '../errors/supplementary-services.ts';
import { timersMs } from '../timers.ts';
import { IsdnAddressString } from '../types/address.ts';
import { AlertingPattern } from '../types/signal.ts';
import { UssdDataCodingScheme, UssdString } from '../types/supplementary-services.ts';

export const UssdArg = sequence({
  'ussd-DataCodingScheme': UssdDataCodingScheme,
  'ussd-String': UssdString,
  alertingPattern: optional(AlertingPattern),
  msisdn: optional(implicit(0, IsdnAddressString)),
});
export type UssdArg = Infer<typeof UssdArg>;

export const UssdRes = sequence({
  'ussd-DataCodingScheme': UssdDataCodingScheme,
  'ussd-String': UssdString,
});
export type UssdRes = Infer<typeof UssdRes>;

export const processUnstructuredSSRequest = operation({
  name: 'processUnstructuredSS-Request',
  code: 59,
  argument: UssdArg,
  result: UssdRes,
  errors: [systemFailure, dataMissing, unexpectedDataValue, unknownAlphabet, callBarred],
  operationClass: 1,
  timerMs: timersMs.mediumLong,
});

export const unstructuredSSRequest = operation({
  name: 'unstructuredSS-Request',
  code: 60,
  argument: UssdArg,
  result: UssdRes,
  errors: [
    systemFailure,
    dataMissing,
    unexpectedDataValue,
    absentSubscriber,
    illegalSubscriber,
    illegalEquipment,
    unknownAlphabet,
    ussdBusy,
  ],
  operationClass: 1,
  timerMs: timersMs.mediumLong,
});

export const unstructuredSSNotify = operation({
  name: 'unstructuredSS-Notify',
  code: 61,
  argument: UssdArg,
  errors: [
    systemFailure,
    dataMissing,
    unexpectedDataValue,
    absentSubscriber,
    illegalSubscriber,
    illegalEquipment,
    unknownAlphabet,
    ussdBusy,
  ],
  operationClass: 1,
  timerMs: timersMs.mediumLong,
});
