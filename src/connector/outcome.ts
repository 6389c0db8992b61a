/** What comes of a send, and what comes of an item in the end: the same for every channel. */

/** Why a send failed that may go better another time. */
export type Fault =
  /** We are too fast for it. */
  | 'throttled'
  /** This item is not taken now; others may be. */
  | 'refused-for-now'
  /** It says that it cannot serve anybody now. */
  | 'failing'
  /** No connection, or one that broke. */
  | 'unreachable'
  /** No answer in time. */
  | 'timeout';

export const FAULTS: readonly Fault[] = ['throttled', 'refused-for-now', 'failing', 'unreachable', 'timeout'];

export type SendOutcome =
  | {
      /** accepted: who comes next on the way has taken it over; delivered: the recipient has it. */
      readonly kind: 'accepted' | 'delivered';
      /** For the operator: a status, a queue id. No personal data. */
      readonly detail: string;
    }
  | {
      readonly kind: 'refused';
      readonly detail: string;
      /** The address itself is not there any more, and is to be forgotten. */
      readonly gone: boolean;
    }
  | {
      readonly kind: 'fault';
      readonly fault: Fault;
      readonly detail: string;
      /** It may have arrived, though no answer says so. */
      readonly uncertain: boolean;
      /** What the far side asks us to wait. */
      readonly retryAfterMs?: number;
    };

export type EndResult =
  | 'delivered'
  | 'accepted'
  /** Not now: its tries or its time are used up, or the connector has stopped. */
  | 'temporary'
  /** Never, as it is. */
  | 'permanent'
  /** Cancelled, or a newer one with its key took its place. */
  | 'withdrawn';

export const END_RESULTS: readonly EndResult[] = [
  'delivered',
  'accepted',
  'temporary',
  'permanent',
  'withdrawn',
];

export interface End {
  readonly result: EndResult;
  readonly detail: string;
  /** One of its tries may have arrived, though no answer says so. */
  readonly uncertain: boolean;
  /** As in {@link SendOutcome}. */
  readonly gone: boolean;
}
