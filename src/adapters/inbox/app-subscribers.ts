/** The subscribers of a running engine for their app; each request leaves one line in the access log. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Inbox } from '../../types/model/inbox.ts';
import type { Who } from '../access/access-log.ts';
import type { AccessRecorder } from '../access/logged-access.ts';
import type { EngineSubscribers } from '../engine/subscribers.ts';
import type { InboxOrder } from './read-request.ts';

/** What is on its way to an inbox that somebody looks at gets a moment. */
const EXPECTING_MS = 25;
const LOOKS_MAX = 10;

const NOTHING_SAID: InboxOrder = { read: [], removed: [] };

/** Of a subscriber that there is. `inbox` undefined: it is empty. */
export interface ShownInbox {
  readonly inbox: Inbox | undefined;
}

/** The subscribers, as the inbox needs them. Each promise rejects when the engine does not answer in time; undefined: there is no such one. */
export interface AppSubscribers {
  /** The app is looked at: where the inbox was passed by, what waits for another channel comes to it now. */
  look(number: string): Promise<ShownInbox | undefined>;
  /** Resolves when it is durable, with what is there then. */
  say(number: string, order: InboxOrder): Promise<ShownInbox | undefined>;
}

export function appSubscribers(
  engine: Pick<EngineSubscribers, 'state' | 'openInbox'>,
  recorder: AccessRecorder,
): AppSubscribers {
  const who: Who = { user: 'the app of subscribers', processId: process.pid, command: 'inbox' };
  const now = async (number: string) => {
    const state = await engine.state(number);
    return state?.profile === undefined ? undefined : state;
  };
  return {
    look: async (number) => {
      recorder.record(who, 'look', [number]);
      let state = await now(number);
      if (state?.inbox?.isPassedBy !== true) return state && { inbox: state.inbox };
      await engine.openInbox(number, NOTHING_SAID);
      state = await now(number);
      for (let looks = 1; state?.notice?.way?.channel === 'inbox' && looks < LOOKS_MAX; looks++) {
        await pause(EXPECTING_MS);
        state = await now(number);
      }
      return state && { inbox: state.inbox };
    },
    say: async (number, order) => {
      recorder.record(who, 'change', [number]);
      if ((await now(number)) === undefined) return undefined;
      await engine.openInbox(number, order);
      const state = await now(number);
      return state && { inbox: state.inbox };
    },
  };
}
