/** sendRoutingInfoForGprs: the GGSN asks the HLR which SGSN serves a subscriber. 3GPP TS 29.002 §13.1, §17.6.1. */
import { type Infer, implicit, operation, optional, sequence } from '../../asn1/index.ts';
import { absentSubscriber, callBarred } from '../errors/call-handling.ts';
import { dataMissing, systemFailure, unexpectedDataValue } from '../errors/generic.ts';
import { unknownSubscriber } from '../errors/identification.ts';
import { timersMs } from '../timers.ts';
import { GsnAddress, Imsi, IsdnAddressString } from '../types/address.ts';
import { ExtensionContainer } from '../types/extension.ts';
import { AbsentSubscriberDiagnosticSM } from '../types/short-message.ts';

export const SendRoutingInfoForGprsArg = sequence({
  imsi: implicit(0, Imsi),
  'ggsn-Address': optional(implicit(1, GsnAddress)),
  'ggsn-Number': implicit(2, IsdnAddressString),
  extensionContainer: optional(implicit(3, ExtensionContainer)),
});
export type SendRoutingInfoForGprsArg = Infer<typeof SendRoutingInfoForGprsArg>;

export const SendRoutingInfoForGprsRes = sequence({
  'sgsn-Address': implicit(0, GsnAddress),
  'ggsn-Address': optional(implicit(1, GsnAddress)),
  mobileNotReachableReason: optional(implicit(2, AbsentSubscriberDiagnosticSM)),
  extensionContainer: optional(implicit(3, ExtensionContainer)),
});
export type SendRoutingInfoForGprsRes = Infer<typeof SendRoutingInfoForGprsRes>;

export const sendRoutingInfoForGprs = operation({
  name: 'sendRoutingInfoForGprs',
  code: 24,
  argument: SendRoutingInfoForGprsArg,
  result: SendRoutingInfoForGprsRes,
  errors: [absentSubscriber, systemFailure, dataMissing, unexpectedDataValue, unknownSubscriber, callBarred],
  operationClass: 1,
  timerMs: timersMs.medium,
});
