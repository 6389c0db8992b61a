/** The errors of CAP: 3GPP TS 29.078 §5.2, §5.4; what leads to each: §10.1. */
import { enumerated, error, type Infer, implicit, sequence } from '../asn1/index.ts';
import { InvokeID } from './types/call.ts';

export const UnavailableNetworkResource = enumerated({
  unavailableResources: 0,
  componentFailure: 1,
  basicCallProcessingException: 2,
  resourceStatusFailure: 3,
  endUserFailure: 4,
});
export type UnavailableNetworkResource = Infer<typeof UnavailableNetworkResource>;

export const canceled = error({ name: 'canceled', code: 0 });
export const cancelFailed = error({
  name: 'cancelFailed',
  code: 1,
  parameter: sequence({
    problem: implicit(0, enumerated({ unknownOperation: 0, tooLate: 1, operationNotCancellable: 2 })),
    operation: implicit(1, InvokeID),
  }),
});
export const eTCFailed = error({ name: 'eTCFailed', code: 3 });
export const improperCallerResponse = error({ name: 'improperCallerResponse', code: 4 });
export const missingCustomerRecord = error({ name: 'missingCustomerRecord', code: 6 });
export const missingParameter = error({ name: 'missingParameter', code: 7 });
export const parameterOutOfRange = error({ name: 'parameterOutOfRange', code: 8 });
export const requestedInfoError = error({
  name: 'requestedInfoError',
  code: 10,
  parameter: enumerated({ unknownRequestedInfo: 1, requestedInfoNotAvailable: 2 }),
});
export const systemFailure = error({
  name: 'systemFailure',
  code: 11,
  parameter: UnavailableNetworkResource,
});
export const taskRefused = error({
  name: 'taskRefused',
  code: 12,
  parameter: enumerated({ generic: 0, unobtainable: 1, congestion: 2 }),
});
export const unavailableResource = error({ name: 'unavailableResource', code: 13 });
export const unexpectedComponentSequence = error({ name: 'unexpectedComponentSequence', code: 14 });
export const unexpectedDataValue = error({ name: 'unexpectedDataValue', code: 15 });
export const unexpectedParameter = error({ name: 'unexpectedParameter', code: 16 });
export const unknownLegID = error({ name: 'unknownLegID', code: 17 });
export const unknownCSID = error({ name: 'unknownCSID', code: 51 });
export const unknownPDPID = error({ name: 'unknownPDPID', code: 50 });
