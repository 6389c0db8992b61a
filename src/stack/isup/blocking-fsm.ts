/**
 * Blocking of circuits (ITU-T Q.764 §2.8.2): sending (BLS) and reception (BLR) for maintenance, a table per circuit, with what
 * circuit group messages say of the circuit; and the same for hardware failures, which only groups have (HGBS, HGBR).
 */
import { Fsm, type FsmTable } from '../../types/fsm.ts';

export type BlockingSendingState = 'idle' | 'wait for BLA' | 'locally blocked' | 'wait for UBA';
export type BlockingSendingEvent =
  | 'BLOCK.req'
  | 'UNBLOCK.req'
  | 'BLA'
  | 'UBA'
  /** A CGBA or CGUA for this circuit, to a group message of our own. */
  | 'CGBA'
  | 'CGUA'
  /** RSC from the other end, which does not know of the blocking any more. */
  | 'RSC'
  | 'UCIC'
  | 'T12 expiry'
  | 'T13 expiry'
  | 'T14 expiry'
  | 'T15 expiry';
export type BlockingSendingAction =
  | 'send BLO'
  | 'send UBL'
  | 'BLOCK.conf'
  | 'UNBLOCK.conf'
  | 'alert maintenance'
  | `${'start' | 'stop'} T${12 | 13 | 14 | 15}`;

export const blockingSendingTable: FsmTable<
  BlockingSendingState,
  BlockingSendingEvent,
  never,
  BlockingSendingAction
> = {
  name: 'isup-blocking-sending',
  source: 'ITU-T Q.764 §2.8.2, §2.9.4, blocking and unblocking signal sending (BLS)',
  states: ['idle', 'wait for BLA', 'locally blocked', 'wait for UBA'],
  initial: 'idle',
  // biome-ignore format: a row a line
  rows: [
    ['idle',            'BLOCK.req',   null, ['send BLO', 'start T12', 'start T13'],                                         'wait for BLA',    'ITU-T Q.764 §2.8.2.1'],
    ['idle',            'CGBA',        null, ['BLOCK.conf'],                                                                 'locally blocked', 'ITU-T Q.764 §2.8.2.2'],
    ['idle',            'BLA',         null, ['send UBL', 'start T14', 'start T15'],                                         'wait for UBA',    'ITU-T Q.764 §2.8.2.3'],
    ['idle',            'UBA',         null, [],                                                                             'idle',            'ITU-T Q.764 §2.8.2.3'],

    ['wait for BLA',    'BLA',         null, ['stop T12', 'stop T13', 'BLOCK.conf'],                                         'locally blocked', 'ITU-T Q.764 §2.8.2.1'],
    ['wait for BLA',    'CGBA',        null, ['stop T12', 'stop T13', 'BLOCK.conf'],                                         'locally blocked', 'ITU-T Q.764 §2.8.2.3'],
    ['wait for BLA',    'UNBLOCK.req', null, ['stop T12', 'stop T13', 'send UBL', 'start T14', 'start T15'],                 'wait for UBA',    'ITU-T Q.764 §2.8.2.1'],
    ['wait for BLA',    'CGUA',        null, ['stop T12', 'stop T13', 'UNBLOCK.conf'],                                       'idle',            'ITU-T Q.764 §2.8.2.3'],
    ['wait for BLA',    'RSC',         null, ['send BLO'],                                                                   'wait for BLA',    'ITU-T Q.764 §2.9.3.1'],
    ['wait for BLA',    'UCIC',        null, ['stop T12', 'stop T13'],                                                       'idle',            'ITU-T Q.764 §2.12'],
    ['wait for BLA',    'T12 expiry',  null, ['send BLO', 'start T12'],                                                      'wait for BLA',    'ITU-T Q.764 §2.9.4'],
    ['wait for BLA',    'T13 expiry',  null, ['stop T12', 'send BLO', 'start T13', 'alert maintenance'],                     'wait for BLA',    'ITU-T Q.764 §2.9.4'],

    ['locally blocked', 'UNBLOCK.req', null, ['send UBL', 'start T14', 'start T15'],                                         'wait for UBA',    'ITU-T Q.764 §2.8.2.1'],
    ['locally blocked', 'CGUA',        null, ['UNBLOCK.conf'],                                                               'idle',            'ITU-T Q.764 §2.8.2.2'],
    ['locally blocked', 'BLA',         null, [],                                                                             'locally blocked', 'ITU-T Q.764 §2.8.2.3'],
    ['locally blocked', 'CGBA',        null, [],                                                                             'locally blocked', 'ITU-T Q.764 §2.8.2.3'],
    ['locally blocked', 'UBA',         null, ['send BLO', 'start T12', 'start T13'],                                         'wait for BLA',    'ITU-T Q.764 §2.8.2.3'],
    ['locally blocked', 'RSC',         null, ['send BLO', 'start T12', 'start T13'],                                         'wait for BLA',    'ITU-T Q.764 §2.9.3.1'],
    ['locally blocked', 'UCIC',        null, [],                                                                             'idle',            'ITU-T Q.764 §2.12'],

    ['wait for UBA',    'UBA',         null, ['stop T14', 'stop T15', 'UNBLOCK.conf'],                                       'idle',            'ITU-T Q.764 §2.8.2.1'],
    ['wait for UBA',    'CGUA',        null, ['stop T14', 'stop T15', 'UNBLOCK.conf'],                                       'idle',            'ITU-T Q.764 §2.8.2.3'],
    ['wait for UBA',    'BLOCK.req',   null, ['stop T14', 'stop T15', 'send BLO', 'start T12', 'start T13'],                 'wait for BLA',    'ITU-T Q.764 §2.8.2.1'],
    ['wait for UBA',    'CGBA',        null, ['stop T14', 'stop T15', 'BLOCK.conf'],                                         'locally blocked', 'ITU-T Q.764 §2.8.2.3'],
    ['wait for UBA',    'BLA',         null, [],                                                                             'wait for UBA',    'ITU-T Q.764 §2.8.2.3'],
    ['wait for UBA',    'RSC',         null, ['stop T14', 'stop T15', 'UNBLOCK.conf'],                                       'idle',            'ITU-T Q.764 §2.9.3.1'],
    ['wait for UBA',    'UCIC',        null, ['stop T14', 'stop T15'],                                                       'idle',            'ITU-T Q.764 §2.12'],
    ['wait for UBA',    'T14 expiry',  null, ['send UBL', 'start T14'],                                                      'wait for UBA',    'ITU-T Q.764 §2.9.4'],
    ['wait for UBA',    'T15 expiry',  null, ['stop T14', 'send UBL', 'start T15', 'alert maintenance'],                     'wait for UBA',    'ITU-T Q.764 §2.9.4'],
  ],
};

export type BlockingReceptionState = 'idle' | 'remotely blocked';
export type BlockingReceptionEvent =
  | 'BLO'
  | 'UBL'
  /** Circuit group messages for this circuit; a GRA says in its status whether it is blocked there. */
  | 'CGB'
  | 'CGU'
  | 'GRA blocked'
  | 'RSC'
  | 'GRS'
  | 'UCIC'
  /** An IAM for a call that is no test. */
  | 'IAM';
export type BlockingReceptionAction = 'send BLA' | 'send UBA' | 'BLOCK.ind' | 'UNBLOCK.ind';

type ReceptionTable = FsmTable<
  BlockingReceptionState,
  BlockingReceptionEvent,
  never,
  BlockingReceptionAction
>;

export const blockingReceptionTable: ReceptionTable = {
  name: 'isup-blocking-reception',
  source: 'ITU-T Q.764 §2.8.2, blocking and unblocking signal reception (BLR)',
  states: ['idle', 'remotely blocked'],
  initial: 'idle',
  // biome-ignore format: a row a line
  rows: [
    ['idle',             'BLO',         null, ['send BLA', 'BLOCK.ind'],   'remotely blocked', 'ITU-T Q.764 §2.8.2.1'],
    ['idle',             'UBL',         null, ['send UBA'],                'idle',             'ITU-T Q.764 §2.8.2.3'],
    ['idle',             'CGB',         null, ['BLOCK.ind'],               'remotely blocked', 'ITU-T Q.764 §2.8.2.2'],
    ['idle',             'GRA blocked', null, ['BLOCK.ind'],               'remotely blocked', 'ITU-T Q.764 §2.9.3.2'],

    ['remotely blocked', 'BLO',         null, ['send BLA'],                'remotely blocked', 'ITU-T Q.764 §2.8.2.3'],
    ['remotely blocked', 'UBL',         null, ['send UBA', 'UNBLOCK.ind'], 'idle',             'ITU-T Q.764 §2.8.2.1'],
    ['remotely blocked', 'CGU',         null, ['UNBLOCK.ind'],             'idle',             'ITU-T Q.764 §2.8.2.2'],
    ['remotely blocked', 'RSC',         null, ['UNBLOCK.ind'],             'idle',             'ITU-T Q.764 §2.9.3.1'],
    ['remotely blocked', 'GRS',         null, ['UNBLOCK.ind'],             'idle',             'ITU-T Q.764 §2.9.3.2'],
    ['remotely blocked', 'IAM',         null, ['UNBLOCK.ind'],             'idle',             'ITU-T Q.764 §2.8.2.3'],
    ['remotely blocked', 'UCIC',        null, ['UNBLOCK.ind'],             'idle',             'ITU-T Q.764 §2.12'],
  ],
};

export const hardwareBlockingReceptionTable: ReceptionTable = {
  name: 'isup-hardware-blocking-reception',
  source: 'ITU-T Q.764 §2.8.2.2, circuit group blocking for a hardware failure, reception (HGBR)',
  states: ['idle', 'remotely blocked'],
  initial: 'idle',
  // biome-ignore format: a row a line
  rows: [
    ['idle',             'CGB',  null, ['BLOCK.ind'],   'remotely blocked', 'ITU-T Q.764 §2.8.2.2'],
    ['remotely blocked', 'CGU',  null, ['UNBLOCK.ind'], 'idle',             'ITU-T Q.764 §2.8.2.2'],
    ['remotely blocked', 'RSC',  null, ['UNBLOCK.ind'], 'idle',             'ITU-T Q.764 §2.9.3.1'],
    ['remotely blocked', 'GRS',  null, ['UNBLOCK.ind'], 'idle',             'ITU-T Q.764 §2.9.3.2'],
    ['remotely blocked', 'IAM',  null, ['UNBLOCK.ind'], 'idle',             'ITU-T Q.764 §2.8.2.3'],
    ['remotely blocked', 'UCIC', null, ['UNBLOCK.ind'], 'idle',             'ITU-T Q.764 §2.12'],
  ],
};

export const blockingSendingFsm = new Fsm(blockingSendingTable);
export const blockingReceptionFsm = new Fsm(blockingReceptionTable);
export const hardwareBlockingReceptionFsm = new Fsm(hardwareBlockingReceptionTable);
