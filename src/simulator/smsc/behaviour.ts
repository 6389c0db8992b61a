/** How a message centre behaves, of what real ones do: well, or in one of the ways that its clients have to live with. */

export interface SmscBehaviour {
  /** submit_sm a second and session; beyond they are refused with ESME_RTHROTTLED. 0: no limit. */
  readonly perSecondMax: number;
  /** How long a response waits; responses of different waits overtake each other. */
  readonly responseMs: () => number;
  /** The request is taken, and its response is never sent. */
  readonly losesResponse: () => boolean;
  /** Refused with this command_status; 0: not. */
  readonly refuses: () => number;
  /** From the response to the first try at the phone. */
  readonly deliveryMs: () => number;
  /** replace_if_present_flag is looked at. */
  readonly replacesIfPresent: boolean;
  /** What has taken the place of another by that flag has a message id of its own; the old one is known no more. */
  readonly newIdIfPresent: boolean;
  /** replace_sm is done; else ESME_RREPLACEFAIL. */
  readonly replaces: boolean;
  /** cancel_sm is done; else ESME_RCANCELFAIL. */
  readonly cancels: boolean;
  readonly receipts: 'text' | 'tlv' | 'both';
  /** The text of a receipt has message_id as in submit_sm_resp, or in decimal, which in submit_sm_resp is hexadecimal. */
  readonly receiptIds: 'same' | 'decimal';
  /** What a message without validity_period has. */
  readonly validityMs: number;
}

export const wellBehaved: SmscBehaviour = {
  perSecondMax: 0,
  responseMs: () => 0,
  losesResponse: () => false,
  refuses: () => 0,
  deliveryMs: () => 0,
  replacesIfPresent: true,
  newIdIfPresent: false,
  replaces: true,
  cancels: true,
  receipts: 'both',
  receiptIds: 'same',
  validityMs: 24 * 3_600_000,
};
