/** The subscribers of a running engine for the way out of e-mails; what it changes stands in the access log. */
import type { CommandDesk } from '../../engine/command-desk.ts';
import type { DefaultsOf } from '../../provisioning/series.ts';
import type { Who } from '../access/access-log.ts';
import type { AccessRecorder } from '../access/logged-access.ts';
import { EngineSubscribers } from '../engine/subscribers.ts';
import type { EMailSubscribers } from './unsubscribe-server.ts';

/** A browser waits for it. */
const PATIENCE_MS = 5_000;

export function eMailSubscribers(
  desk: CommandDesk,
  defaultsOf: DefaultsOf,
  recorder: AccessRecorder,
): EMailSubscribers {
  const subscribers = new EngineSubscribers(desk, defaultsOf, PATIENCE_MS);
  const who: Who = { user: 'the way out of an e-mail', processId: process.pid, command: 'unsubscribe' };
  return {
    get: (number) => subscribers.get(number),
    closeEMail: (number, address) => {
      recorder.record(who, 'change', [number]);
      return subscribers.closeEMail(number, address);
    },
  };
}
