/**
 * reset: the HLR tells that it restarted. 3GPP TS 29.002 §8.10.1, §17.6.1.
 * Versions before 3: ETSI ETS 300 599.
 */
import { choice, type Infer, implicit, operation, optional, sequence } from '../../asn1/index.ts';
import { NetworkResource } from '../errors/generic.ts';
import { timersMs } from '../timers.ts';
import { HlrList, IsdnAddressString } from '../types/address.ts';
import { ExtensionContainer } from '../types/extension.ts';
import { DeleteSubscriberDataArg } from './delete-subscriber-data.ts';
import { InsertSubscriberDataArg, ResetIdList } from './insert-subscriber-data.ts';

export const SendingNodeNumber = choice({
  'hlr-Number': IsdnAddressString,
  'css-Number': implicit(1, IsdnAddressString),
});
export type SendingNodeNumber = Infer<typeof SendingNodeNumber>;

export const ResetArg = sequence({
  sendingNodenumber: SendingNodeNumber,
  'hlr-List': optional(HlrList),
  extensionContainer: optional(implicit(0, ExtensionContainer)),
  'reset-Id-List': optional(implicit(1, ResetIdList)),
  subscriptionData: optional(implicit(2, InsertSubscriberDataArg)),
  subscriptionDataDeletion: optional(implicit(3, DeleteSubscriberDataArg)),
});
export type ResetArg = Infer<typeof ResetArg>;

export const ResetArgV2 = sequence({
  networkResource: optional(NetworkResource),
  'hlr-Number': IsdnAddressString,
  'hlr-List': optional(HlrList),
});
export type ResetArgV2 = Infer<typeof ResetArgV2>;

/** Version 3. */
export const reset = operation({
  name: 'reset',
  code: 37,
  argument: ResetArg,
  errors: [],
  operationClass: 4,
  timerMs: timersMs.medium,
});

/** Versions 1 and 2. */
export const resetV2 = operation({
  name: 'reset',
  code: 37,
  argument: ResetArgV2,
  errors: [],
  operationClass: 4,
  timerMs: timersMs.medium,
});
