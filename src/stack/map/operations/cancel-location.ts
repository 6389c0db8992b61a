/**
 * cancelLocation: the HLR tells the node that served a subscriber to forget it. 3GPP TS 29.002 §8.1.3, §17.6.1.
 * Versions before 3: ETSI ETS 300 599.
 */
import {
  choice,
  enumerated,
  type Infer,
  implicit,
  nullType,
  operation,
  optional,
  sequence,
} from '../../asn1/index.ts';
import { dataMissing, unexpectedDataValue } from '../errors/generic.ts';
import { unidentifiedSubscriber } from '../errors/identification.ts';
import { timersMs } from '../timers.ts';
import { Identity, Imsi, ImsiWithLMSI, IsdnAddressString, Lmsi } from '../types/address.ts';
import { ExtensionContainer } from '../types/extension.ts';

export const CancellationType = enumerated({
  updateProcedure: 0,
  subscriptionWithdraw: 1,
  initialAttachProcedure: 2,
});
export type CancellationType = Infer<typeof CancellationType>;

export const TypeOfUpdate = enumerated({ 'sgsn-change': 0, 'mme-change': 1 });
export type TypeOfUpdate = Infer<typeof TypeOfUpdate>;

export const CancelLocationArg = implicit(
  3,
  sequence({
    identity: Identity,
    cancellationType: optional(CancellationType),
    extensionContainer: optional(ExtensionContainer),
    typeOfUpdate: optional(implicit(0, TypeOfUpdate)),
    'mtrf-SupportedAndAuthorized': optional(implicit(1, nullType)),
    'mtrf-SupportedAndNotAuthorized': optional(implicit(2, nullType)),
    'newMSC-Number': optional(implicit(3, IsdnAddressString)),
    'newVLR-Number': optional(implicit(4, IsdnAddressString)),
    'new-lmsi': optional(implicit(5, Lmsi)),
    'reattach-Required': optional(implicit(6, nullType)),
  }),
);
export type CancelLocationArg = Infer<typeof CancelLocationArg>;

export const CancelLocationRes = sequence({
  extensionContainer: optional(ExtensionContainer),
});
export type CancelLocationRes = Infer<typeof CancelLocationRes>;

export const CancelLocationArgV2 = choice({
  imsi: Imsi,
  'imsi-WithLMSI': ImsiWithLMSI,
});
export type CancelLocationArgV2 = Infer<typeof CancelLocationArgV2>;

/** Version 3. */
export const cancelLocation = operation({
  name: 'cancelLocation',
  code: 3,
  argument: CancelLocationArg,
  result: CancelLocationRes,
  errors: [dataMissing, unexpectedDataValue],
  operationClass: 1,
  timerMs: timersMs.medium,
});

/** Version 2. */
export const cancelLocationV2 = operation({
  name: 'cancelLocation',
  code: 3,
  argument: CancelLocationArgV2,
  errors: [dataMissing, unexpectedDataValue],
  operationClass: 1,
  timerMs: timersMs.medium,
});

/** Version 1. */
export const cancelLocationV1 = operation({
  ...cancelLocationV2,
  errors: [unexpectedDataValue, unidentifiedSubscriber],
});
