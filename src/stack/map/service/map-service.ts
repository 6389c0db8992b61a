/** The MAP service over one TCAP: opens dialogues for users, and hands those that peers open to their acceptors. */
import type { Counters } from '../../../types/counters.ts';
import type { ApplicationContext } from '../../ros/application-context.ts';
import type {
  Dialogue,
  DialogueAcceptor,
  DialoguePortion,
  DialogueUser,
  TcapService,
} from '../../tcap/service.ts';
import type { MapOpenInfo } from '../dialogue-pdu.ts';
import { type DialogueHost, MapDialogueMachine } from './map-dialogue.ts';
import type { MapDialogue, MapOpenRequest, OnOpen } from './service.ts';

/** MAP-OPEN.req; null when no dialogue is free. Nothing is sent until the first delimiter. */
export function openMapDialogue(
  tcap: TcapService,
  counters: Counters,
  request: MapOpenRequest,
): MapDialogue | null {
  const { applicationContext, destinationReference, originatingReference, user } = request;
  const named = applicationContext.version > 1;
  const dialogue = new MapDialogueMachine({ counters }, 'initiator', applicationContext, user);
  const below = tcap.open({
    localAddress: request.localAddress,
    remoteAddress: request.remoteAddress,
    ...(named ? { applicationContext: applicationContext.objectIdentifier } : {}),
    user: dialogue,
    ...(request.idleLimitMs === undefined ? {} : { idleLimitMs: request.idleLimitMs }),
  });
  if (below === null) return null;
  const info: MapOpenInfo | undefined =
    !named || (destinationReference === undefined && originatingReference === undefined)
      ? undefined
      : {
          ...(destinationReference === undefined ? {} : { destinationReference }),
          ...(originatingReference === undefined ? {} : { originationReference: originatingReference }),
        };
  dialogue.open(below, info);
  return dialogue;
}

/**
 * Takes the dialogues of some contexts at a subsystem. Another context is refused with the highest version of the same
 * one that is served, if any, as the alternative (3GPP TS 29.002 §15.2.2).
 */
export class MapResponder implements DialogueAcceptor {
  readonly #contexts: readonly ApplicationContext[];
  readonly #counters: Counters;
  readonly #host: DialogueHost;

  constructor(contexts: readonly ApplicationContext[], counters: Counters, onOpen: OnOpen) {
    this.#contexts = contexts;
    this.#counters = counters;
    this.#host = {
      counters,
      onOpen,
      version1Context: (code) =>
        contexts.find(({ version, initiator }) => version === 1 && initiator.has(code)),
    };
  }

  onBegin(dialogue: Dialogue, _portion: DialoguePortion): DialogueUser | 'refuse-context' {
    const asked = dialogue.applicationContext;
    if (asked === undefined) {
      if (this.#contexts.some(({ version }) => version === 1))
        return new MapDialogueMachine(this.#host, 'responder', undefined);
      this.#counters.count('map.context-refused');
      return 'refuse-context';
    }
    const name = asked.join('.');
    const context = this.#contexts.find(({ objectIdentifier }) => objectIdentifier.join('.') === name);
    if (context !== undefined) return new MapDialogueMachine(this.#host, 'responder', context);
    this.#counters.count('map.context-refused');
    const alternative = this.#alternative(asked);
    if (alternative === undefined) return 'refuse-context';
    dialogue.abort({ refusal: { alternative: alternative.objectIdentifier } });
    // Over already: it gets nothing to do.
    return new MapDialogueMachine(this.#host, 'responder', alternative);
  }

  #alternative(asked: readonly number[]): ApplicationContext | undefined {
    const family = asked.slice(0, -1).join('.');
    return this.#contexts
      .filter(({ objectIdentifier }) => objectIdentifier.slice(0, -1).join('.') === family)
      .sort((a, b) => b.version - a.version)[0];
  }
}
