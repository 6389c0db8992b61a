/** A pocket plant with a connector before a relay that does what it is told. */
import { Connector } from '../../src/connector/connector.ts';
import type { SendOutcome } from '../../src/connector/outcome.ts';
import type { ChannelDesk } from '../../src/engine/channel-desk.ts';
import { CountersMap } from '../../src/types/counters.ts';
import { silentLog } from '../../src/types/log.ts';
import type { MailMessage } from '../../src/types/model/channel-message.ts';
import { SeededRandom } from '../../src/types/random.ts';
import type { Timers } from '../../src/types/timers.ts';
import { PocketPlant, profile } from './pocket-plant.ts';

const B = '491710000002';

export const ACCEPTED: SendOutcome = { kind: 'accepted', detail: '250' };
export const DOWN: SendOutcome = { kind: 'fault', fault: 'unreachable', detail: 'down', uncertain: false };
export const LOST: SendOutcome = { kind: 'fault', fault: 'timeout', detail: 'no answer', uncertain: true };
export const REFUSED: SendOutcome = { kind: 'refused', detail: '550', gone: true };

/** What a relay answers to each message; it keeps those that it took, or took without saying so. */
export class Relay {
  readonly mailbox: MailMessage[] = [];
  answer: SendOutcome = ACCEPTED;
  waitingMax = 10;
  ageMaxMs = 600_000;
  triesMax = 3;
  readonly counters = new CountersMap();

  readonly open = (timers: Timers, desk: ChannelDesk): void => {
    const { waitingMax, ageMaxMs } = this;
    const { triesMax } = this;
    const limits = { window: 2, perSecond: 100, waitingMax, sendMs: 5_000, triesMax, ageMaxMs };
    const eMail = new Connector<MailMessage>('e-mail', limits, {
      timers,
      counters: this.counters,
      random: new SeededRandom(1),
      log: silentLog,
      onEnd: desk.onEnd,
      send: (message, answered) => {
        const timer = timers.start(3, { onTimer: () => this.#take(message, answered) }, 0, 0);
        return () => timers.stop(timer);
      },
    });
    desk.open({ eMail });
  };

  #take(message: MailMessage, answered: (outcome: SendOutcome) => void): void {
    const { answer } = this;
    if (answer === ACCEPTED || answer === LOST) this.mailbox.push(message);
    answered(answer);
  }
}

export function plantWith(relay: Relay, channels: readonly ('sms' | 'e-mail')[]): PocketPlant {
  const plant = new PocketPlant(2, undefined, undefined, relay.open);
  plant.subscribe(B, { ...profile, preferences: { channels, eMail: 'b@subscriber.example' } });
  return plant;
}

export const linesOf = ({ sections }: MailMessage): string =>
  sections.flatMap(({ heading, lines }) => [heading, ...lines]).join('\n');
