/** What TCAP says, in the words of MAP (3GPP TS 29.002 §16.1). */
import type { AbortIndication } from '../../tcap/service.ts';
import { pAbortCauses } from '../../tcap/tags.ts';
import type { Reason } from '../dialogue-pdu.ts';
import type { ProviderReason, RefuseReason } from './service.ts';

/**
 * Answers to a begin with a dialogue portion that a node gives which knows none: its TCAP finds the transaction portion
 * incorrect or badly formatted, or it says that it has no dialogue portion in common with us (3GPP TS 29.002 §15.2.1).
 */
export function saysVersionUnknown(abort: AbortIndication): boolean {
  switch (abort.kind) {
    case 'provider':
      return (
        !abort.local &&
        (abort.cause === pAbortCauses.incorrectTransactionPortion ||
          abort.cause === pAbortCauses.badlyFormattedTransactionPortion)
      );
    case 'refused':
      return abort.diagnostic === 'no-common-dialogue-portion';
    case 'user':
      // Whoever knows version 2 says why, or at least that it is ABRT.
      return abort.userInformation === undefined && abort.withoutPortion === true;
    default:
      return false;
  }
}

/** P-Abort cause to provider reason (3GPP TS 29.002 table 16.1/3). */
export function tcProviderReason(abort: AbortIndication | undefined): ProviderReason {
  if (abort?.kind !== 'provider') return 'provider-malfunction';
  if (abort.cause === pAbortCauses.unrecognizedTransactionId) return 'supporting-dialogue-released';
  if (abort.cause === pAbortCauses.resourceLimitation) return 'resource-limitation';
  return abort.cause === 'abnormal-dialogue' ? 'abnormal-map-dialogue' : 'provider-malfunction';
}

export function refuseReasonOf(
  reason: Exclude<RefuseReason, 'application-context-not-supported'> | object | undefined,
): Reason {
  if (reason === 'invalid-destination-reference') return 'invalidDestinationReference';
  return reason === 'invalid-originating-reference' ? 'invalidOriginatingReference' : 'noReasonGiven';
}
