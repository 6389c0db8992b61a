/**
 * sendAuthenticationInfo: a node asks the HLR for authentication sets. 3GPP TS 29.002 §8.5.2, §17.6.1.
 * Versions before 3: ETSI ETS 300 599.
 */
import {
  enumerated,
  type Infer,
  implicit,
  nullType,
  octetString,
  operation,
  optional,
  sequence,
} from '../../asn1/index.ts';
import { dataMissing, systemFailure, unexpectedDataValue } from '../errors/generic.ts';
import { unknownSubscriber } from '../errors/identification.ts';
import { timersMs } from '../timers.ts';
import { Imsi, PlmnId } from '../types/address.ts';
import {
  AuthenticationSetList,
  AuthenticationSetListV2,
  EpsAuthenticationSetList,
  ReSynchronisationInfo,
} from '../types/authentication.ts';
import { ExtensionContainer } from '../types/extension.ts';
import { NumberOfRequestedVectors } from './send-identification.ts';

export const RequestingNodeType = enumerated({
  vlr: 0,
  sgsn: 1,
  's-cscf': 2,
  bsf: 3,
  'gan-aaa-server': 4,
  'wlan-aaa-server': 5,
  mme: 16,
  'mme-sgsn': 17,
});
export type RequestingNodeType = Infer<typeof RequestingNodeType>;

export const SendAuthenticationInfoArg = sequence({
  imsi: implicit(0, Imsi),
  numberOfRequestedVectors: NumberOfRequestedVectors,
  segmentationProhibited: optional(nullType),
  immediateResponsePreferred: optional(implicit(1, nullType)),
  're-synchronisationInfo': optional(ReSynchronisationInfo),
  extensionContainer: optional(implicit(2, ExtensionContainer)),
  requestingNodeType: optional(implicit(3, RequestingNodeType)),
  'requestingPLMN-Id': optional(implicit(4, PlmnId)),
  'numberOfRequestedAdditional-Vectors': optional(implicit(5, NumberOfRequestedVectors)),
  additionalVectorsAreForEPS: optional(implicit(6, nullType)),
  ueUsageTypeRequestIndication: optional(implicit(7, nullType)),
});
export type SendAuthenticationInfoArg = Infer<typeof SendAuthenticationInfoArg>;

export const UeUsageType = octetString({ min: 4, max: 4 });
export type UeUsageType = Infer<typeof UeUsageType>;

export const SendAuthenticationInfoRes = implicit(
  3,
  sequence({
    authenticationSetList: optional(AuthenticationSetList),
    extensionContainer: optional(ExtensionContainer),
    'eps-AuthenticationSetList': optional(implicit(2, EpsAuthenticationSetList)),
    ueUsageType: optional(implicit(3, UeUsageType)),
  }),
);
export type SendAuthenticationInfoRes = Infer<typeof SendAuthenticationInfoRes>;

export const SendAuthenticationInfoArgV2 = Imsi;
export type SendAuthenticationInfoArgV2 = Infer<typeof SendAuthenticationInfoArgV2>;

export const SendAuthenticationInfoResV2 = AuthenticationSetListV2;
export type SendAuthenticationInfoResV2 = Infer<typeof SendAuthenticationInfoResV2>;

/** Version 3. */
export const sendAuthenticationInfo = operation({
  name: 'sendAuthenticationInfo',
  code: 56,
  argument: SendAuthenticationInfoArg,
  result: SendAuthenticationInfoRes,
  errors: [systemFailure, dataMissing, unexpectedDataValue, unknownSubscriber],
  operationClass: 1,
  timerMs: timersMs.medium,
});

/** Version 2. */
export const sendAuthenticationInfoV2 = operation({
  name: 'sendAuthenticationInfo',
  code: 56,
  argument: SendAuthenticationInfoArgV2,
  result: SendAuthenticationInfoResV2,
  errors: [systemFailure, dataMissing, unexpectedDataValue, unknownSubscriber],
  operationClass: 1,
  timerMs: timersMs.medium,
});
