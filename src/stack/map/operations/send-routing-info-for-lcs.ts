/** sendRoutingInfoForLCS: the GMLC asks the HLR which node serves a subscriber. 3GPP TS 29.002 §13A.1, §17.6.8. */
import { explicit, type Infer, implicit, operation, optional, sequence } from '../../asn1/index.ts';
import { absentSubscriber } from '../errors/call-handling.ts';
import { dataMissing, facilityNotSupported, systemFailure, unexpectedDataValue } from '../errors/generic.ts';
import { unknownSubscriber } from '../errors/identification.ts';
import { unauthorizedRequestingNetwork } from '../errors/location-services.ts';
import { timersMs } from '../timers.ts';
import { GsnAddress, IsdnAddressString, SubscriberIdentity } from '../types/address.ts';
import { ExtensionContainer } from '../types/extension.ts';
import { LCSLocationInfo } from '../types/location-services.ts';

export const RoutingInfoForLCSArg = sequence({
  mlcNumber: implicit(0, IsdnAddressString),
  targetMS: explicit(1, SubscriberIdentity),
  extensionContainer: optional(implicit(2, ExtensionContainer)),
});
export type RoutingInfoForLCSArg = Infer<typeof RoutingInfoForLCSArg>;

export const RoutingInfoForLCSRes = sequence({
  targetMS: explicit(0, SubscriberIdentity),
  lcsLocationInfo: implicit(1, LCSLocationInfo),
  extensionContainer: optional(implicit(2, ExtensionContainer)),
  'v-gmlc-Address': optional(implicit(3, GsnAddress)),
  'h-gmlc-Address': optional(implicit(4, GsnAddress)),
  'ppr-Address': optional(implicit(5, GsnAddress)),
  'additional-v-gmlc-Address': optional(implicit(6, GsnAddress)),
});
export type RoutingInfoForLCSRes = Infer<typeof RoutingInfoForLCSRes>;

export const sendRoutingInfoForLCS = operation({
  name: 'sendRoutingInfoForLCS',
  code: 85,
  argument: RoutingInfoForLCSArg,
  result: RoutingInfoForLCSRes,
  errors: [
    systemFailure,
    dataMissing,
    unexpectedDataValue,
    facilityNotSupported,
    unknownSubscriber,
    absentSubscriber,
    unauthorizedRequestingNetwork,
  ],
  operationClass: 1,
  timerMs: timersMs.medium,
});
