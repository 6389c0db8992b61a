/** What is served at one subsystem, by application context. */
import { MapResponder } from '../../stack/map/service/map-service.ts';
import type { MapUser, OnOpen } from '../../stack/map/service/service.ts';
import type { ApplicationContext } from '../../stack/ros/application-context.ts';
import type { DialogueAcceptor } from '../../stack/tcap/service.ts';
import type { Counters } from '../../types/counters.ts';

export interface ServedContexts {
  readonly contexts: readonly ApplicationContext[];
  readonly open: () => MapUser;
}

export function mapAcceptor(served: readonly ServedContexts[], counters: Counters): DialogueAcceptor {
  const contexts = served.flatMap((one) => one.contexts);
  const onOpen: OnOpen = (_dialogue, { applicationContext }) =>
    served.find((one) => one.contexts.includes(applicationContext))?.open() ?? 'no-reason-given';
  return new MapResponder(contexts, counters, onOpen);
}
