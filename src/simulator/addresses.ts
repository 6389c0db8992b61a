import type { SccpAddress } from '../stack/sccp/service.ts';

/** Subsystem numbers (3GPP TS 23.003 §8.2). */
export const SSN = { hlr: 6, vlr: 7, msc: 8, cap: 146, gsmScf: 147 } as const;

/** An international E.164 global title, routed on (ITU-T Q.713 §3.4.2.3.4). */
export function titled(digits: string, ssn: number): SccpAddress {
  return {
    routing: 'gt',
    ssn,
    globalTitle: { gti: 4, translationType: 0, numberingPlan: 1, natureOfAddress: 4, digits },
  };
}
