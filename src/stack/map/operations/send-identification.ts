/**
 * sendIdentification: a VLR asks the previous one who a subscriber is. 3GPP TS 29.002 §8.1.4, §17.6.1.
 * Versions before 3: ETSI ETS 300 599.
 */
import {
  explicit,
  type Infer,
  implicit,
  integer,
  nullType,
  operation,
  optional,
  sequence,
} from '../../asn1/index.ts';
import { dataMissing } from '../errors/generic.ts';
import { unidentifiedSubscriber } from '../errors/identification.ts';
import { timersMs } from '../timers.ts';
import { Imsi, IsdnAddressString, Lmsi, PlmnId, Tmsi } from '../types/address.ts';
import {
  AuthenticationSetList,
  AuthenticationSetListV2,
  CurrentSecurityContext,
} from '../types/authentication.ts';
import { ExtensionContainer } from '../types/extension.ts';
import { LAIFixedLength } from '../types/location.ts';

export const NumberOfRequestedVectors = integer({ min: 1, max: 5 });
export type NumberOfRequestedVectors = Infer<typeof NumberOfRequestedVectors>;

export const HopCounter = integer({ min: 0, max: 3 });
export type HopCounter = Infer<typeof HopCounter>;

export const SendIdentificationArg = sequence({
  tmsi: Tmsi,
  numberOfRequestedVectors: optional(NumberOfRequestedVectors),
  segmentationProhibited: optional(nullType),
  extensionContainer: optional(ExtensionContainer),
  'msc-Number': optional(IsdnAddressString),
  'previous-LAI': optional(implicit(0, LAIFixedLength)),
  hopCounter: optional(implicit(1, HopCounter)),
  mtRoamingForwardingSupported: optional(implicit(2, nullType)),
  'newVLR-Number': optional(implicit(3, IsdnAddressString)),
  'new-lmsi': optional(implicit(4, Lmsi)),
});
export type SendIdentificationArg = Infer<typeof SendIdentificationArg>;

export const SendIdentificationRes = implicit(
  3,
  sequence({
    imsi: optional(Imsi),
    authenticationSetList: optional(AuthenticationSetList),
    currentSecurityContext: optional(explicit(2, CurrentSecurityContext)),
    extensionContainer: optional(implicit(3, ExtensionContainer)),
    'lastUsedLtePLMN-Id': optional(implicit(4, PlmnId)),
    mtCallPendingFlag: optional(implicit(5, nullType)),
  }),
);
export type SendIdentificationRes = Infer<typeof SendIdentificationRes>;

export const SendIdentificationResV2 = sequence({
  imsi: Imsi,
  authenticationSetList: optional(AuthenticationSetListV2),
});
export type SendIdentificationResV2 = Infer<typeof SendIdentificationResV2>;

/** Version 3. */
export const sendIdentification = operation({
  name: 'sendIdentification',
  code: 55,
  argument: SendIdentificationArg,
  result: SendIdentificationRes,
  errors: [dataMissing, unidentifiedSubscriber],
  operationClass: 1,
  timerMs: timersMs.short,
});

/** Version 2. */
export const sendIdentificationV2 = operation({
  name: 'sendIdentification',
  code: 55,
  argument: Tmsi,
  result: SendIdentificationResV2,
  errors: [dataMissing, unidentifiedSubscriber],
  operationClass: 1,
  timerMs: timersMs.short,
});
