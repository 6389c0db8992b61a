/** The subscribers of a running engine for their app; what is looked at stands in the access log. */
import type { CommandDesk } from '../../engine/command-desk.ts';
import type { DefaultsOf } from '../../provisioning/series.ts';
import type { Inbox } from '../../types/model/inbox.ts';
import type { Who } from '../access/access-log.ts';
import type { AccessRecorder } from '../access/logged-access.ts';
import { EngineSubscribers } from '../engine/subscribers.ts';
import type { InboxOrder } from './read-request.ts';

/** Somebody holds the phone and waits for it. */
const PATIENCE_MS = 5_000;

export interface InboxNow {
  /** Undefined: it is empty. */
  readonly inbox: Inbox | undefined;
  /** A notice is on its way to it. */
  readonly isExpecting: boolean;
}

/** The subscribers, as the inbox needs them. Each promise rejects when the engine does not answer in time. */
export interface AppSubscribers {
  /** Undefined: there is no such subscriber. */
  get(number: string): Promise<InboxNow | undefined>;
  /** Resolves when it is durable. */
  open(number: string, order: InboxOrder): Promise<void>;
}

export function appSubscribers(
  desk: CommandDesk,
  defaultsOf: DefaultsOf,
  recorder: AccessRecorder,
): AppSubscribers {
  const subscribers = new EngineSubscribers(desk, defaultsOf, PATIENCE_MS);
  const who: Who = { user: 'the app of subscribers', processId: process.pid, command: 'inbox' };
  return {
    get: async (number) => {
      recorder.record(who, 'look', [number]);
      const state = await subscribers.state(number);
      if (state?.profile === undefined) return undefined;
      return { inbox: state.inbox, isExpecting: state.notice?.way?.channel === 'inbox' };
    },
    open: (number, order) => {
      recorder.record(who, 'change', [number]);
      return subscribers.openInbox(number, order);
    },
  };
}
