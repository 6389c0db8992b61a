/**
 * What earlier messages of a dialogue said: its application context and who invoked what, so that a later message, which
 * does not say it again, can be read. Transactions are told apart by their ids alone; the newest of one id is meant.
 */
import type { Operation } from '../stack/asn1/index.ts';
import { capApplicationContexts } from '../stack/cap/application-contexts.ts';
import { mapApplicationContexts } from '../stack/map/application-contexts.ts';
import type { ApplicationContext, Side } from '../stack/ros/application-context.ts';

export interface Conversation {
  /** As it came in the dialogue portion; undefined: none came. */
  contextName?: string;
  /** Undefined: none came, or it is not covered. */
  context?: ApplicationContext;
  /** Transaction id of the side that began. */
  readonly initiatorId: string;
  /** By side and invoke id. */
  readonly invoked: Map<string, Operation>;
}

const CONVERSATIONS_MAX = 10_000;

export class Conversations {
  readonly #byId = new Map<string, Conversation>();

  begin(originatingId: string): Conversation {
    const conversation: Conversation = { initiatorId: originatingId, invoked: new Map() };
    this.#keep(originatingId, conversation);
    return conversation;
  }

  /** The conversation of a message to `destinationId`, and the side that sent it; undefined when its beginning was not seen. */
  find(
    destinationId: string,
    originatingId?: string,
  ): { readonly conversation: Conversation; readonly sender: Side } | undefined {
    const conversation =
      this.#byId.get(destinationId) ??
      (originatingId === undefined ? undefined : this.#byId.get(originatingId));
    if (conversation === undefined) return undefined;
    if (originatingId !== undefined) this.#keep(originatingId, conversation);
    return { conversation, sender: conversation.initiatorId === destinationId ? 'responder' : 'initiator' };
  }

  #keep(id: string, conversation: Conversation): void {
    this.#byId.delete(id);
    this.#byId.set(id, conversation);
    if (this.#byId.size <= CONVERSATIONS_MAX) return;
    for (const oldest of this.#byId.keys()) {
      this.#byId.delete(oldest);
      return;
    }
  }
}

export function contextOf(name: string): ApplicationContext | undefined {
  const arcs = name.split('.').map(Number);
  return mapApplicationContexts.find(arcs) ?? capApplicationContexts.find(arcs);
}
