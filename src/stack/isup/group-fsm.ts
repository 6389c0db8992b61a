/**
 * Circuit group supervision, sending: blocking and unblocking for maintenance or for a hardware failure (MGBS, HGBS), reset
 * (CGRS) and query (CQS). A table per request that is under way; reception needs no state of a group.
 */
import { Fsm, type FsmTable } from '../../types/fsm.ts';

export type GroupState = 'idle' | 'wait for CGBA' | 'wait for CGUA' | 'wait for GRA' | 'wait for CQR';
export type GroupEvent =
  | 'GROUP-BLOCK.req'
  | 'GROUP-UNBLOCK.req'
  | 'GROUP-RESET.req'
  | 'GROUP-QUERY.req'
  | 'CGBA'
  | 'CGUA'
  | 'GRA'
  | 'CQR'
  | 'UCIC'
  | `T${18 | 19 | 20 | 21 | 22 | 23 | 28} expiry`;
/** `as asked`: the answer is for the same type, range and, but for a reset, the same circuits. */
export type GroupGuard = 'as asked';
export type GroupAction =
  | 'send CGB'
  | 'send CGU'
  | 'send GRS'
  | 'send CQM'
  | 'circuits blocked'
  | 'circuits unblocked'
  | 'circuits reset'
  | 'GROUP.conf'
  | 'GROUP-QUERY.conf'
  | 'alert maintenance'
  | `${'start' | 'stop'} T${18 | 19 | 20 | 21 | 22 | 23 | 28}`;

export const groupTable: FsmTable<GroupState, GroupEvent, GroupGuard, GroupAction> = {
  name: 'isup-group-sending',
  source: 'ITU-T Q.764 §2.8.2.2, §2.8.3, §2.9.3.2, §2.9.4, circuit group supervision sending',
  states: ['idle', 'wait for CGBA', 'wait for CGUA', 'wait for GRA', 'wait for CQR'],
  initial: 'idle',
  // biome-ignore format: a row a line
  rows: [
    ['idle',          'GROUP-BLOCK.req',   null,       ['send CGB', 'start T18', 'start T19'],                          'wait for CGBA', 'ITU-T Q.764 §2.8.2.2'],
    ['idle',          'GROUP-UNBLOCK.req', null,       ['send CGU', 'start T20', 'start T21'],                          'wait for CGUA', 'ITU-T Q.764 §2.8.2.2'],
    ['idle',          'GROUP-RESET.req',   null,       ['send GRS', 'start T22', 'start T23'],                          'wait for GRA',  'ITU-T Q.764 §2.9.3.2'],
    ['idle',          'GROUP-QUERY.req',   null,       ['send CQM', 'start T28'],                                       'wait for CQR',  'ITU-T Q.764 §2.8.3'],

    ['wait for CGBA', 'CGBA',              'as asked', ['stop T18', 'stop T19', 'circuits blocked', 'GROUP.conf'],      'idle',          'ITU-T Q.764 §2.8.2.2'],
    ['wait for CGBA', 'CGBA',              null,       ['alert maintenance'],                                           'wait for CGBA', 'ITU-T Q.764 §2.8.2.3'],
    ['wait for CGBA', 'UCIC',              null,       ['stop T18', 'stop T19', 'alert maintenance'],                   'idle',          'ITU-T Q.764 §2.12'],
    ['wait for CGBA', 'T18 expiry',        null,       ['send CGB', 'start T18'],                                       'wait for CGBA', 'ITU-T Q.764 §2.9.4'],
    ['wait for CGBA', 'T19 expiry',        null,       ['stop T18', 'send CGB', 'start T19', 'alert maintenance'],      'wait for CGBA', 'ITU-T Q.764 §2.9.4'],

    ['wait for CGUA', 'CGUA',              'as asked', ['stop T20', 'stop T21', 'circuits unblocked', 'GROUP.conf'],    'idle',          'ITU-T Q.764 §2.8.2.2'],
    ['wait for CGUA', 'CGUA',              null,       ['alert maintenance'],                                           'wait for CGUA', 'ITU-T Q.764 §2.8.2.3'],
    ['wait for CGUA', 'UCIC',              null,       ['stop T20', 'stop T21', 'alert maintenance'],                   'idle',          'ITU-T Q.764 §2.12'],
    ['wait for CGUA', 'T20 expiry',        null,       ['send CGU', 'start T20'],                                       'wait for CGUA', 'ITU-T Q.764 §2.9.4'],
    ['wait for CGUA', 'T21 expiry',        null,       ['stop T20', 'send CGU', 'start T21', 'alert maintenance'],      'wait for CGUA', 'ITU-T Q.764 §2.9.4'],

    ['wait for GRA',  'GRA',               'as asked', ['stop T22', 'stop T23', 'circuits reset', 'GROUP.conf'],        'idle',          'ITU-T Q.764 §2.9.3.2'],
    ['wait for GRA',  'GRA',               null,       ['alert maintenance'],                                           'wait for GRA',  'ITU-T Q.764 §2.9.3.3'],
    ['wait for GRA',  'UCIC',              null,       ['stop T22', 'stop T23', 'alert maintenance'],                   'idle',          'ITU-T Q.764 §2.12'],
    ['wait for GRA',  'T22 expiry',        null,       ['send GRS', 'start T22'],                                       'wait for GRA',  'ITU-T Q.764 §2.9.3.2'],
    ['wait for GRA',  'T23 expiry',        null,       ['stop T22', 'send GRS', 'start T23', 'alert maintenance'],      'wait for GRA',  'ITU-T Q.764 §2.9.3.2'],

    ['wait for CQR',  'CQR',               'as asked', ['stop T28', 'GROUP-QUERY.conf'],                                'idle',          'ITU-T Q.764 §2.8.3'],
    ['wait for CQR',  'CQR',               null,       [],                                                              'wait for CQR',  'ITU-T Q.764 §2.8.3'],
    ['wait for CQR',  'UCIC',              null,       ['stop T28', 'alert maintenance'],                               'idle',          'ITU-T Q.764 §2.12'],
    ['wait for CQR',  'T28 expiry',        null,       ['alert maintenance'],                                           'idle',          'ITU-T Q.764 §2.8.3'],
  ],
};

export const groupFsm = new Fsm(groupTable);
