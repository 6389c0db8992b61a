/**
 * The MTP3 service that M3UA gives to its user (RFC 4666 §1.6, ITU-T Q.704): MTP-TRANSFER, MTP-PAUSE, MTP-RESUME and
 * MTP-STATUS.
 */
import { UNAVAILABILITY_CAUSE } from './parameters.ts';

/** MTP-TRANSFER.request and .indication. `data` of an indication is valid during the call only. */
export interface MtpTransfer {
  readonly opc: number;
  readonly dpc: number;
  /** Service indicator: 3 SCCP, 5 ISUP (ITU-T Q.704 §14.2.1). */
  readonly si: number;
  /** Network indicator 0 … 3. */
  readonly ni: number;
  /** Message priority 0 … 3. */
  readonly mp: number;
  /** Signalling link selection; messages of one SLS keep their order. */
  readonly sls: number;
  readonly data: Uint8Array;
}

export type MtpStatusCause = 'congestion' | 'user-unknown' | 'user-unequipped' | 'user-inaccessible';

/** The cause that a DUPU carries (RFC 4666 §3.4.5). */
export function unavailabilityCause(cause: number): MtpStatusCause {
  if (cause === UNAVAILABILITY_CAUSE.unequippedRemoteUser) return 'user-unequipped';
  return cause === UNAVAILABILITY_CAUSE.inaccessibleRemoteUser ? 'user-inaccessible' : 'user-unknown';
}

export interface MtpUser {
  onTransfer(transfer: MtpTransfer): void;
  /** MTP-PAUSE.ind: the affected destination cannot be reached. */
  onPause(pointCode: number): void;
  onResume(pointCode: number): void;
  /**
   * MTP-STATUS.ind. With the cause congestion the level is 1 … 3, or 0 when it is over; a destination may be none of those
   * that a pause or resume was told of. Messages towards it are still taken: the user slows down what matters least first,
   * by importance or priority (RFC 4666 §1.4.6, ITU-T Q.704 §3.8.2).
   */
  onStatus(pointCode: number, cause: MtpStatusCause, congestionLevel: number): void;
}

export interface MtpService {
  /** MTP-TRANSFER.request. False when it could not be sent (no route, queue full): counted by the layer. */
  transfer(request: MtpTransfer): boolean;
  /** Binds the user of a service indicator; one per indicator. */
  bind(si: number, user: MtpUser): void;
  /** How congested the way to a destination is: 0 not at all … 3; the worse of what the network says and our own queue. */
  congestionLevel?(pointCode: number): number;
}
