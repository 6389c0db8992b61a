/** The notifier's message centres, from their ports. */
import { SmscClient, type SmscConfig } from '../gateway/smpp/smsc-client.ts';
import type { SmppPort } from '../stack/smpp/port.ts';
import type { Delivery } from '../types/model/thread.ts';
import type { Random } from '../types/random.ts';
import { CentreMessages } from './centre-messages.ts';
import type { Notifier } from './notifier.ts';
import type { Lives, PartPorts } from './parts.ts';
import { SmppDesk, type SmppDeskOptions } from './smpp-desk.ts';

export interface CentreOptions {
  readonly smscs: readonly SmscConfig[];
  readonly port: SmppPort;
  readonly random: Random;
  readonly lives: Lives;
  /** Its receipt says that the phone has a notice, `sinceReturnMs` after the return that set it off (−1: none did). */
  readonly onDelivered?: (delivery: Delivery, sinceReturnMs: number) => void;
  readonly onNotice?: SmppDeskOptions['onNotice'];
}

const nothing = (): void => undefined;

/** Opens the links; notices go over them from now on. */
export function openCentres(notifier: Notifier, ports: PartPorts, options: CentreOptions): SmppDesk {
  const { clock, counters, rings } = ports;
  const { smscs, lives, onDelivered = nothing, onNotice = nothing } = options;
  // As those of the signalling part: 2^33 receipts and messages fit one life.
  const firstToken = ((lives.incarnation % 1_024) * 1_024 + (lives.epoch % 1_024)) * 2 ** 33;
  const desk = new SmppDesk({
    clock,
    counters,
    tell: (event) => notifier.tell(event),
    onDelivered: (delivery) =>
      onDelivered(delivery, delivery.returnedAtMs === 0 ? -1 : clock.now() - delivery.returnedAtMs),
    onNotice,
    firstToken,
    messages: new CentreMessages({
      clock,
      counters,
      toSelfCare: rings.writer('messages'),
      fromSelfCare: rings.reader('messages-taken'),
      firstToken,
      wake: () => notifier.wake(),
    }),
  });
  notifier.useCentres(desk);
  desk.open(smscs.map((smsc) => new SmscClient(smsc, { ...ports, ...options }, desk)));
  return desk;
}
