/**
 * updateLocation: the VLR tells the HLR where a subscriber is. 3GPP TS 29.002 §8.1.2, §17.6.1.
 * Versions before 3: ETSI ETS 300 599.
 */
import {
  choice,
  type Infer,
  implicit,
  nullType,
  octetString,
  operation,
  optional,
  sequence,
  sequenceOf,
  withoutErrors,
} from '../../asn1/index.ts';
import { dataMissing, systemFailure, unexpectedDataValue } from '../errors/generic.ts';
import { unknownSubscriber } from '../errors/identification.ts';
import { roamingNotAllowed } from '../errors/subscription.ts';
import { roamingNotAllowedV2 } from '../errors/version-2.ts';
import { timersMs } from '../timers.ts';
import {
  GsnAddress,
  Imsi,
  IsdnAddressString,
  Lmsi,
  NetworkNodeDiameterAddress,
  PlmnId,
} from '../types/address.ts';
import { AddInfo, VlrCapability } from '../types/capability.ts';
import { ExtensionContainer } from '../types/extension.ts';
import { LAIFixedLength } from '../types/location.ts';
import { LocationInfoV2 } from './send-routing-info-for-sm.ts';

export const Lac = octetString({ min: 2, max: 2 });
export type Lac = Infer<typeof Lac>;

export const LocationArea = choice({
  laiFixedLength: implicit(0, LAIFixedLength),
  lac: implicit(1, Lac),
});
export type LocationArea = Infer<typeof LocationArea>;

export const PagingArea = sequenceOf(LocationArea, { min: 1, max: 5 });
export type PagingArea = Infer<typeof PagingArea>;

export const EplmnList = sequenceOf(PlmnId, { min: 1, max: 50 });
export type EplmnList = Infer<typeof EplmnList>;

export const UpdateLocationArg = sequence({
  imsi: Imsi,
  'msc-Number': implicit(1, IsdnAddressString),
  'vlr-Number': IsdnAddressString,
  lmsi: optional(implicit(10, Lmsi)),
  extensionContainer: optional(ExtensionContainer),
  'vlr-Capability': optional(implicit(6, VlrCapability)),
  informPreviousNetworkEntity: optional(implicit(11, nullType)),
  'cs-LCS-NotSupportedByUE': optional(implicit(12, nullType)),
  'v-gmlc-Address': optional(implicit(2, GsnAddress)),
  'add-info': optional(implicit(13, AddInfo)),
  pagingArea: optional(implicit(14, PagingArea)),
  skipSubscriberDataUpdate: optional(implicit(15, nullType)),
  restorationIndicator: optional(implicit(16, nullType)),
  'eplmn-List': optional(implicit(3, EplmnList)),
  'mme-DiameterAddress': optional(implicit(4, NetworkNodeDiameterAddress)),
});
export type UpdateLocationArg = Infer<typeof UpdateLocationArg>;

export const UpdateLocationRes = sequence({
  'hlr-Number': IsdnAddressString,
  extensionContainer: optional(ExtensionContainer),
  'add-Capability': optional(nullType),
  'pagingArea-Capability': optional(implicit(0, nullType)),
});
export type UpdateLocationRes = Infer<typeof UpdateLocationRes>;

export const UpdateLocationArgV2 = sequence({
  imsi: Imsi,
  locationInfo: LocationInfoV2,
  'vlr-Number': IsdnAddressString,
  lmsi: optional(implicit(10, Lmsi)),
});
export type UpdateLocationArgV2 = Infer<typeof UpdateLocationArgV2>;

export const ExtensibleUpdateLocationResV2 = sequence({
  'hlr-Number': IsdnAddressString,
});
export type ExtensibleUpdateLocationResV2 = Infer<typeof ExtensibleUpdateLocationResV2>;

export const UpdateLocationResV2 = choice({
  'hlr-Number': IsdnAddressString,
  extensibleUpdateLocationRes: ExtensibleUpdateLocationResV2,
});
export type UpdateLocationResV2 = Infer<typeof UpdateLocationResV2>;

/** Version 3. */
export const updateLocation = operation({
  name: 'updateLocation',
  code: 2,
  argument: UpdateLocationArg,
  result: UpdateLocationRes,
  errors: [systemFailure, dataMissing, unexpectedDataValue, unknownSubscriber, roamingNotAllowed],
  operationClass: 1,
  timerMs: timersMs.medium,
});

/** Version 2. */
export const updateLocationV2 = operation({
  name: 'updateLocation',
  code: 2,
  argument: UpdateLocationArgV2,
  result: UpdateLocationResV2,
  errors: [systemFailure, dataMissing, unexpectedDataValue, unknownSubscriber, roamingNotAllowedV2],
  operationClass: 1,
  timerMs: timersMs.medium,
});

/** Version 1. */
export const updateLocationV1 = operation({
  ...updateLocationV2,
  errors: withoutErrors(updateLocationV2.errors, dataMissing),
});
