/** How the nodes of CAP are addressed: by global title, at the subsystem of CAP (3GPP TS 23.003 §9, 3GPP TS 29.078 §14.2). */
import type { SccpAddress } from '../../../stack/sccp/service.ts';

export const CAP_SSN = 146;

export function capAddress(digits: string): SccpAddress {
  return {
    routing: 'gt',
    ssn: CAP_SSN,
    globalTitle: { gti: 4, natureOfAddress: 4, translationType: 0, numberingPlan: 1, digits },
  };
}
