/** What the gsmSSF tells of a call at its trigger: 3GPP TS 29.078 §11.20, TS 23.078 §4.6.1.8. */

import type { InitialDPArg } from '../../stack/cap/operations/initial-dp.ts';
import { encodeTimeAndTimezone } from '../../stack/cap/time-and-timezone.ts';
import { internationalAddress } from '../../stack/map/address-string.ts';
import { encodeTbcd } from '../../stack/map/tbcd.ts';
import { civilOf } from '../../types/civil-time.ts';
import type { CallRequest } from './call-script.ts';
import { calledPartyNumber, callingPartyNumber } from './isup-values.ts';
import type { GsmSsfPorts } from './ports.ts';

/** ITU-T Q.763 §3.11: ordinary calling subscriber. */
const ORDINARY_CALLER = Uint8Array.of(0x0a);
/** Speech, circuit mode, 64 kbit/s, A-law (ITU-T Q.931 §4.5.5). */
const SPEECH = Uint8Array.of(0x80, 0x90, 0xa3);
/** Telephony (3GPP TS 29.002 §17.7.9). */
const TELEPHONY = Uint8Array.of(0x11);
/** A resource of its own, that plays and collects: 3GPP TS 29.078 §5.1, IPSSPCapabilities. */
export const RESOURCE_CAPABILITIES = Uint8Array.of(0x01);

export function initialDPOf(request: CallRequest, ports: GsmSsfPorts): InitialDPArg {
  const node = internationalAddress(ports.mscNumber);
  const atMs = ports.clock.now();
  return {
    serviceKey: request.serviceKey,
    calledPartyNumber: calledPartyNumber(request.calledNumber),
    callingPartyNumber: callingPartyNumber(request.callingNumber),
    callingPartysCategory: ORDINARY_CALLER,
    ...(request.phase > 1 ? { iPSSPCapabilities: RESOURCE_CAPABILITIES } : {}),
    bearerCapability: { bearerCap: SPEECH },
    eventTypeBCSM: request.trigger,
    iMSI: encodeTbcd(request.imsi),
    'ext-basicServiceCode': { 'ext-Teleservice': TELEPHONY },
    callReferenceNumber: ports.nextReference(),
    mscAddress: node,
    timeAndTimezone: encodeTimeAndTimezone({ ...civilOf(atMs), zoneQuarters: 0 }),
    ...(request.phase < 3
      ? {}
      : {
          initialDPArgExtension: {
            gmscAddress: node,
            supportedCamelPhases: {
              bits:
                request.phase === 4
                  ? ['phase1', 'phase2', 'phase3', 'phase4']
                  : ['phase1', 'phase2', 'phase3'],
            },
            ...(request.phase === 4 ? { collectInformationAllowed: null } : {}),
          },
        }),
  };
}
