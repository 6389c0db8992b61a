/** What protocol adapters need of the subscriber actors, wherever these live. */
import type { SubscriberEvent } from '../types/model/event.ts';

export interface SubscriberGateway {
  /**
   * Asks the actor that owns `subscriber` what it wants of a call; `CallRegistry.decided` follows with the token. False
   * when the way to the actor is full: the call is to be let go.
   */
  decide(token: number, subscriber: string): boolean;
  /** Hands a fact to its actor. False when there was no room for it, and nothing was taken over. */
  report(event: SubscriberEvent): boolean;
}
