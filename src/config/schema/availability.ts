import { integer, section } from '../keys.ts';

/** How it is known that subscribers are back, and how fast they are told then. */
export const availability = section('Knowing that subscribers are back.', {
  interrogationsPerSecond: integer(
    'Where nobody will tell of a return (the HLR has no room for us on its list, say): questions to HLRs a second (anyTimeInterrogation), for those first who wait longest; 0: none, and a notice is tried instead.',
    { from: 0, to: 10_000, default: 0 },
  ),
  noticesPerSecondAndNode: integer(
    'Notices a second to one MSC, those first that wait longest; 0: as many as it takes, until it says that it is congested.',
    { from: 0, to: 100_000, default: 0 },
  ),
  waitForAlertMs: integer(
    'The longest that what is due waits for the HLR\u2019s alert when the visited network has told of the return, in networks whose alerts mostly come so soon; 0: it goes at once.',
    { from: 0, to: 10_000, default: 0 },
  ),
});
