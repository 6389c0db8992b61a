/** Global titles of ourselves and of those we talk to (ITU-T Q.713 §3.4.2.3.4; 3GPP TS 29.002 §6.1.3). */
import type { DeliveryAddresses } from '../../gateway/map/sms-delivery-ports.ts';
import type { SccpAddress } from '../../stack/sccp/service.ts';
import { SUBSYSTEMS } from './signalling.ts';

/** An international E.164 global title (indicator 4), routed on it. */
export function globalTitleAddress(digits: string, ssn: number): SccpAddress {
  return {
    routing: 'gt',
    ssn,
    globalTitle: { gti: 4, translationType: 0, numberingPlan: 1, natureOfAddress: 4, digits },
  };
}

/** @param serviceCentre our number as a service centre */
export function addressBook(serviceCentre: string): DeliveryAddresses {
  return {
    serviceCentre: globalTitleAddress(serviceCentre, SUBSYSTEMS.serviceCentre),
    subsystem: globalTitleAddress,
  };
}
