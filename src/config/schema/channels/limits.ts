import { integer } from '../../keys.ts';

/** Keys that every channel's connector has. */
export function connectorKeys(standard: { readonly sendsPerSecond: number; readonly sendMs: number }) {
  return {
    sendsPerSecond: integer('Sends a second, at most; fewer while the far side says that it is too much.', {
      from: 1,
      to: 10_000,
      default: standard.sendsPerSecond,
    }),
    sendMs: integer('A send that is not answered for so long is given up, and tried again.', {
      from: 100,
      to: 3_600_000,
      default: standard.sendMs,
    }),
    waitingMax: integer(
      'Notices that may wait for their turn or their next try; further ones stay in the store.',
      {
        from: 1,
        to: 1_000_000,
        default: 10_000,
      },
    ),
    triesMax: integer('Tries of one notice; after that the subscriber’s next channel is due.', {
      from: 1,
      to: 100,
      default: 8,
    }),
    ageMaxMs: integer('The same by time: from the first moment to the last try.', {
      from: 1_000,
      to: 604_800_000,
      default: 3_600_000,
    }),
  };
}
