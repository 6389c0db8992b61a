/**
 * What the gateway reads of an initialDP (3GPP TS 29.078 §6.1.1). The network says much more of a call, where the subscriber is for
 * one: that is stepped over, and what is wrong in it is nothing to us.
 */
import { compile, type Infer, reading } from '../../stack/asn1/index.ts';
import { InitialDPArg, InitialDPArgV2 } from '../../stack/cap/operations/initial-dp.ts';
import { decodeAddressString } from '../../stack/map/address-string.ts';

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

/** Read where it is asked for only: what is wrong there does not make the call a wrong one. */
const whereabouts = compile(reading(InitialDPArg, ['serviceKey', 'locationInformation']), {
  name: 'InitialDPArg',
  lenient: true,
});
const whereaboutsV2 = compile(reading(InitialDPArgV2, ['serviceKey', 'locationInformation']), {
  name: 'InitialDPArg',
  lenient: true,
});

export type Trigger = Infer<typeof trigger> | Infer<typeof triggerV2>;

export const triggerCodec = compile(trigger, { name: 'InitialDPArg', lenient: true });
/** Of phases 1 and 2. */
export const triggerV2Codec = compile(triggerV2, { name: 'InitialDPArg', lenient: true });

/**
 * E.164 digits of the VLR that the called subscriber is registered in; empty when the network does not say. `octets` are those of an
 * initialDP of CAP phase 2, or of a later one.
 */
export function visitedVlr(octets: Uint8Array, isPhase2: boolean): string {
  const argument = isPhase2 ? whereaboutsV2.decode(octets) : whereabouts.decode(octets);
  const number = argument.ok ? argument.value.locationInformation?.['vlr-number'] : undefined;
  return number === undefined ? '' : (decodeAddressString(number)?.digits ?? '');
}
