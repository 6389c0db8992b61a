/** MTP as an ISUP exchange has it, with each message told to a tally: by its kind, sent and received. */
import { decodeMessage, type IsupMessage } from '../../../stack/isup/message.ts';
import type { MtpService } from '../../../stack/m3ua/mtp.ts';
import type { Direction, Exercised, Tally } from '../tally.ts';

export function exercisedMessage(operation: string, direction: Direction): Exercised {
  return { protocol: 'ISUP', operation, version: 0, direction };
}

/** @param onReceived is told before ISUP is */
export function tallyingMtp(
  mtp: MtpService,
  tally: Tally,
  onReceived: (message: IsupMessage) => void,
): MtpService {
  function note(direction: Direction, data: Uint8Array, wrong?: string): IsupMessage | undefined {
    // A copy: what MTP indicates is there no longer than that.
    const decoded = decodeMessage(data.slice());
    if (!decoded.ok) {
      tally.failed(exercisedMessage('unreadable message', direction), decoded.code);
      return undefined;
    }
    const message = decoded.value;
    const exercised = exercisedMessage(nameOf(message), direction);
    const why = wrong ?? (isWhole(message) ? undefined : 'unreadable parameter');
    if (why === undefined) tally.succeeded(exercised);
    else tally.failed(exercised, why);
    return message;
  }
  return {
    transfer: (request) => {
      const taken = mtp.transfer(request);
      note('sent', request.data, taken ? undefined : 'not taken by MTP');
      return taken;
    },
    bind: (si, user) =>
      mtp.bind(si, {
        onTransfer: (transfer) => {
          const message = note('received', transfer.data);
          if (message !== undefined) onReceived(message);
          user.onTransfer(transfer);
        },
        onPause: (pointCode) => user.onPause(pointCode),
        onResume: (pointCode) => user.onResume(pointCode),
        onStatus: (pointCode, cause, level) => user.onStatus(pointCode, cause, level),
      }),
  };
}

/** Messages that ITU-T Q.763 table 4 does not have are known by their type. */
function nameOf(message: IsupMessage): string {
  return message.kind === 'opaque' ? `type 0x${message.type.toString(16).padStart(2, '0')}` : message.kind;
}

function isWhole(message: IsupMessage): boolean {
  return message.kind === 'opaque' || (message.other ?? []).every(({ reason }) => reason === 'unrecognized');
}
