/**
 * Which requests a session may carry, by who sends it and how the ESME is bound (SMPP 5.0 §2.4). Responses go wherever their request
 * came from; enquire_link and generic_nack are allowed always.
 */
import type { CommandName } from './commands.ts';

export type BindMode = 'transmitter' | 'receiver' | 'transceiver';
export type Sender = 'esme' | 'mc';

type Allowed = Partial<Record<CommandName, readonly BindMode[]>>;

const TX: readonly BindMode[] = ['transmitter', 'transceiver'];
const RX: readonly BindMode[] = ['receiver', 'transceiver'];
const ALL: readonly BindMode[] = ['transmitter', 'receiver', 'transceiver'];

const allowed: Readonly<Record<Sender, Allowed>> = {
  esme: { submit_sm: TX, data_sm: TX, query_sm: TX, replace_sm: TX, cancel_sm: TX, unbind: ALL },
  mc: { deliver_sm: RX, data_sm: RX, alert_notification: RX, unbind: ALL },
};

export function isAllowed(command: CommandName, sender: Sender, mode: BindMode): boolean {
  return allowed[sender][command]?.includes(mode) ?? false;
}
