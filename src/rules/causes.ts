/**
 * C7: why a call failed, by its cause (ITU-T Q.850 table 1): what the called party's side of it is to blame for is a missed
 * call, what the network is to blame for is none.
 */
import type { MissedReason } from '../types/model/notice.ts';

/** Undefined: no missed call. */
export type CauseRow = readonly [
  cause: number,
  reason: MissedReason | undefined,
  means: string,
  clause: string,
];

// biome-ignore format: a row a line
export const causeTable: readonly CauseRow[] = [
  [17,  'busy',          'user busy',                                          'ITU-T Q.850 §2.2.5'],
  [18,  'not-reachable', 'no user responding: no answer to paging',            'ITU-T Q.850 §2.2.5'],
  [19,  'no-answer',     'no answer from user (user alerted)',                 'ITU-T Q.850 §2.2.5'],
  [20,  'not-reachable', 'subscriber absent',                                  'ITU-T Q.850 §2.2.5'],
  [21,  'busy',          'call rejected',                                      'ITU-T Q.850 §2.2.5'],
  [22,  'not-reachable', 'number changed',                                     'ITU-T Q.850 §2.2.5'],
  [27,  'not-reachable', 'destination out of order',                           'ITU-T Q.850 §2.2.5'],
  [29,  'barred',        'facility rejected',                                  'ITU-T Q.850 §2.2.5'],
  [31,  'not-reachable', 'normal, unspecified',                                'ITU-T Q.850 §2.2.5'],
  [50,  'barred',        'requested facility not subscribed',                  'ITU-T Q.850 §2.2.7'],
  [55,  'barred',        'incoming calls barred within CUG',                   'ITU-T Q.850 §2.2.7'],
  [57,  'barred',        'bearer capability not authorized',                   'ITU-T Q.850 §2.2.7'],
  [87,  'barred',        'user not member of CUG',                             'ITU-T Q.850 §2.2.9'],

  [1,   undefined,       'unallocated number',                                 'ITU-T Q.850 §2.2.5'],
  [2,   undefined,       'no route to specified transit network',              'ITU-T Q.850 §2.2.5'],
  [3,   undefined,       'no route to destination',                            'ITU-T Q.850 §2.2.5'],
  [16,  undefined,       'normal call clearing',                               'ITU-T Q.850 §2.2.5'],
  [26,  undefined,       'non-selected user clearing: answered elsewhere',     'ITU-T Q.850 §2.2.5'],
  [28,  undefined,       'invalid number format',                              'ITU-T Q.850 §2.2.5'],
  [34,  undefined,       'no circuit or channel available',                    'ITU-T Q.850 §2.2.6'],
  [38,  undefined,       'network out of order',                               'ITU-T Q.850 §2.2.6'],
  [41,  undefined,       'temporary failure',                                  'ITU-T Q.850 §2.2.6'],
  [42,  undefined,       'switching equipment congestion',                     'ITU-T Q.850 §2.2.6'],
  [47,  undefined,       'resource unavailable, unspecified',                  'ITU-T Q.850 §2.2.6'],
  [58,  undefined,       'bearer capability not presently available',          'ITU-T Q.850 §2.2.7'],
  [88,  undefined,       'incompatible destination',                           'ITU-T Q.850 §2.2.9'],
  [102, undefined,       'recovery on timer expiry',                           'ITU-T Q.850 §2.2.10'],
  [111, undefined,       'protocol error, unspecified',                        'ITU-T Q.850 §2.2.10'],
  [127, undefined,       'interworking, unspecified',                          'ITU-T Q.850 §2.2.11'],
];

/** A cause value has 7 bits. */
const reasons: readonly (MissedReason | undefined)[] = Array.from(
  { length: 128 },
  (_, cause) => causeTable.find((row) => row[0] === cause)?.[1],
);

/** A cause that no row has is of the network, too. */
export function reasonOf(cause: number): MissedReason | undefined {
  return reasons[cause];
}
