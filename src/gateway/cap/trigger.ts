/**
 * What the gateway reads of an initialDP (3GPP TS 29.078 §6.1.1). The network says much more of a call, where the subscriber is for
 * one: that is stepped over, and what is wrong in it is nothing to us.
 */
import { compile, type Infer, reading } from '../../stack/asn1/index.ts';
import { InitialDPArg, InitialDPArgV2 } from '../../stack/cap/operations/initial-dp.ts';

const READ = [
  'serviceKey',
  'calledPartyNumber',
  'callingPartyNumber',
  'callingPartysCategory',
  'additionalCallingPartyNumber',
  'eventTypeBCSM',
  'callReferenceNumber',
  'mscAddress',
  'timeAndTimezone',
  'initialDPArgExtension',
] as const;

const trigger = reading(InitialDPArg, READ);
const triggerV2 = reading(InitialDPArgV2, READ);

export type Trigger = Infer<typeof trigger> | Infer<typeof triggerV2>;

export const triggerCodec = compile(trigger, { name: 'InitialDPArg', lenient: true });
/** Of phases 1 and 2. */
export const triggerV2Codec = compile(triggerV2, { name: 'InitialDPArg', lenient: true });
