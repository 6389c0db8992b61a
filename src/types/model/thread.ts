/** What threads say to each other over the rings, beside events, effects and states; proto/thread.proto is its form. */
import type { Effect } from './effect.ts';
import type { SmscMessages } from './handed-over.ts';
import type { EffectId, Notice } from './notice.ts';

export interface DecideRequest {
  readonly token: number;
  readonly subscriber: string;
}

export interface DecideReply {
  readonly token: number;
  readonly observe: boolean;
  /** …and, where it is answered, until the line is free (A7). */
  readonly toTheEnd?: true;
  /** …and, where it fails by trouble of the network, its end is told, too (K4). */
  readonly troubleToo?: true;
}

/** Answers a {@link DecideRequest} of kind `greetRequest`: whom something that was said is about. */
export interface GreetReply {
  readonly token: number;
  /** BCP 47; empty: nobody has provisioned the number. */
  readonly language: string;
}

export interface ReleasedEffect {
  /** Grows when the threads that do effects are started anew: what an older epoch released is released again. */
  readonly epoch: number;
  readonly effect: Effect;
  /** When the subscriber's return set this off, else 0; ms since 1970 UTC. */
  readonly returnedAtMs: number;
  /** An earlier life had it in hand, and may have done it. */
  readonly again: boolean;
}

/** A short message of a phone that a message centre brought (S1), from the notifier to the signalling thread, where self-care is. */
export interface CentreMessage {
  readonly token: number;
  /** What tells it from others, and for how long: see `MobileOriginatedMessage`. */
  readonly key: string;
  readonly sameForMs: number;
  /** Type of number and numbering plan, which SMPP and MAP count alike (SMPP 5.0 §4.7.1, 3GPP TS 29.002 §17.7.8). */
  readonly senderNature: number;
  readonly senderPlan: number;
  readonly sender: string;
  /** An international number with its plus. */
  readonly receiver: string;
  readonly text: string;
  /** Of a part of a long one; `total` 1: it is whole. */
  readonly reference: number;
  readonly total: number;
  readonly sequence: number;
}

/** …and back: 'taken' when it is durable, 'not-now': it is to come again, 'not-ours': never. */
export interface CentreMessageTaken {
  readonly token: number;
  readonly how: 'taken' | 'not-now' | 'not-ours';
}

/** A rendered notice on its way to the network. */
export interface Delivery {
  readonly epoch: number;
  readonly notice: Notice;
  readonly effect: EffectId;
  readonly firstPart: number;
  /** As in `SendNotice`. */
  readonly priority: boolean;
  /** As in `SendNotice`. */
  readonly askedSinceMs?: number;
  /** As in `SendNotice`. */
  readonly quietFromMs?: number;
  /** SMS-DELIVER TPDUs, all parts from the first on. */
  readonly parts: readonly Uint8Array[];
  readonly text: string;
  readonly returnedAtMs: number;
  /** As in `SendNotice`. */
  readonly replaces?: SmscMessages | undefined;
  /** As in {@link ReleasedEffect}: some of it may have arrived, whatever comes of this try. */
  readonly again: boolean;
}

export interface LookupRequest {
  readonly token: number;
  readonly subscriber: string;
  /** 0: this one only; else up to so many provisioned subscribers of `partition` after `subscriber`. */
  readonly page: number;
  readonly partition: number;
}

export interface LookupReply {
  readonly token: number;
  /** Encoded `SubscriberState` of each. */
  readonly states: readonly Uint8Array[];
}

export type SearchPlace = 'records' | 'journal' | 'outbox';

/** Where is a number named? One bounded step of a search. */
export interface SearchStep {
  readonly number: string;
  readonly place: SearchPlace;
  /** Of records; else any of the shard that is meant. */
  readonly partition: number;
  /** Where the step before ended; empty: at the beginning. */
  readonly after: string;
  /** Of the journal: not a number (which is empty then), but the event of `partition` with this sequence. */
  readonly sequence?: number;
}

export interface SearchHit {
  /** The subscriber of a record, window and entry of the journal, the key in the outbox. */
  readonly key: string;
  /** An encoded state, a journal record of one entry; of the outbox an effect, or an event that was put aside. */
  readonly octets: Uint8Array;
}

export interface SearchPage {
  readonly hits: readonly SearchHit[];
  readonly after: string;
  readonly done: boolean;
  /** Records looked at. */
  readonly looked: number;
  /** Records that could not be read, or not be shown. */
  readonly unreadable: number;
  /** Of the journal: its first and last window, and when the first event of these was; 0: there is none. */
  readonly firstWindow: number;
  readonly lastWindow: number;
  readonly firstAtMs: number;
}

export interface SearchRequest extends SearchStep {
  readonly token: number;
}

export interface SearchReply extends SearchPage {
  readonly token: number;
}

/** Where the reader of each ring stands. */
export interface Positions {
  /** Rings live as long as the process: positions of another incarnation say nothing. */
  readonly incarnation: number;
  readonly rings: readonly { readonly ring: string; readonly position: number }[];
}

/** Kinds of ring records; their numbers never leave a process. */
export const ringKinds = {
  event: 1,
  decideRequest: 2,
  /** An `Effect` of kind tell-subscriber, from one shard to another. */
  tell: 3,
  /** An `EffectId`: the receiver of the tell has it durable. */
  tellHeard: 4,
  epochBegan: 5,
  lookupRequest: 6,
  /** A shard started anew, and what it heard of tells may not have been said: those still open are to come again. Empty. */
  tellsWanted: 7,
  searchRequest: 8,
  decideReply: 10,
  releasedEffect: 11,
  delivery: 12,
  lookupReply: 13,
  /** Two octets: the shard, and 1 when its open notices keep it from taking calls, 0 when they do no longer. */
  intakeHeld: 14,
  /** A `DecideRequest`, answered by a `GreetReply`. */
  greetRequest: 20,
  greetReply: 21,
  centreMessage: 22,
  centreMessageTaken: 23,
  searchReply: 15,
} as const;
