/**
 * Call processing control, outgoing (CPCO): a call that this end has set up, one table per circuit. A message that has no row
 * in a state is an unexpected one (ITU-T Q.764 §2.9.5.1).
 */
import { Fsm, type FsmTable } from '../../types/fsm.ts';

export type CpcoState =
  | 'idle'
  | 'wait for continuity'
  | 'wait for ACM'
  | 'wait for ANM'
  | 'OGC answered'
  | 'OGC suspended'
  | 'wait to recheck'
  | 'rechecking'
  | 'temporarily blocked'
  | 'wait for RLC';

export type CpcoEvent =
  | 'SETUP.req'
  | 'ADDRESS.req'
  | 'CONTINUITY.req'
  | 'INFORMATION.req'
  | 'SUSPEND.req'
  | 'RESUME.req'
  | 'RELEASE.req'
  | 'IAM'
  | 'ACM'
  | 'CON'
  | 'CPG'
  | 'ANM'
  | 'SUS'
  | 'RES'
  | 'REL'
  | 'RLC'
  | 'INR'
  | 'OLM'
  | 'call message'
  | 'unexpected message'
  /** BLO, or a CGB for this circuit. */
  | 'blocking'
  /** RSC, GRS, a CGB for a hardware failure, or a reset of our own: the circuit is taken away from its call. */
  | 'circuit cleared'
  | 'UCIC'
  | 'T1 expiry'
  | 'T2 expiry'
  | 'T3 expiry'
  | 'T5 expiry'
  | 'T6 expiry'
  | 'T7 expiry'
  | 'T9 expiry'
  | 'T24 expiry'
  | 'T25 expiry'
  | 'T26 expiry';

export type CpcoGuard =
  | 'check on this circuit'
  | 'check to come'
  | 'successful'
  | 'controlling'
  | 'network initiated';

export type CpcoAction =
  | 'send IAM'
  | 'send SAM'
  | 'send COT'
  | 'send COT failure'
  | 'send CCR'
  | 'send INF'
  | 'send SUS'
  | 'send RES'
  | 'send REL'
  | 'send REL again'
  | 'send RLC'
  | 'start reset'
  | 'start reset after T5'
  | 'repeat attempt'
  | 'yield to IAM'
  | 'out of service'
  | 'alert maintenance'
  | 'ADDRESS-COMPLETE.ind'
  | 'SETUP.conf'
  | 'PROGRESS.ind'
  | 'INFORMATION-REQUEST.ind'
  | 'SUSPEND.ind'
  | 'RESUME.ind'
  | 'MESSAGE.ind'
  /** The circuit is to be checked once more, and what came of it told. */
  | 'RECHECK.ind'
  | 'RELEASE.ind'
  | 'circuit idle'
  | `${'start' | 'stop'} T${1 | 2 | 3 | 5 | 6 | 7 | 9 | 24 | 25 | 26}`;

export const cpcoTable: FsmTable<CpcoState, CpcoEvent, CpcoGuard, CpcoAction> = {
  name: 'isup-cpco',
  source: 'ITU-T Q.764 §2.1 to §2.4, §2.9, the outgoing side of a circuit',
  states: [
    'idle',
    'wait for continuity',
    'wait for ACM',
    'wait for ANM',
    'OGC answered',
    'OGC suspended',
    'wait to recheck',
    'rechecking',
    'temporarily blocked',
    'wait for RLC',
  ],
  initial: 'idle',
  // biome-ignore format: a row a line
  rows: [
    ['idle',                'SETUP.req',          'check on this circuit', ['send IAM', 'start T7', 'start T24'],                           'wait for continuity', 'ITU-T Q.764 §2.1.8'],
    ['idle',                'SETUP.req',          'check to come',         ['send IAM', 'start T7'],                                        'wait for continuity', 'ITU-T Q.764 §2.1.8'],
    ['idle',                'SETUP.req',          null,                    ['send IAM', 'start T7'],                                        'wait for ACM',        'ITU-T Q.764 §2.1.1'],

    ['wait for continuity', 'CONTINUITY.req',     'successful',            ['stop T24', 'send COT'],                                        'wait for ACM',        'ITU-T Q.764 §2.1.8'],
    ['wait for continuity', 'CONTINUITY.req',     null,                    ['stop T24', 'stop T7', 'send COT failure', 'start T25', 'repeat attempt'], 'wait to recheck', 'ITU-T Q.764 §2.1.8'],
    ['wait for continuity', 'T24 expiry',         null,                    ['stop T7', 'send COT failure', 'start T25', 'repeat attempt'],  'wait to recheck',     'ITU-T Q.764 §2.1.8'],
    ['wait for continuity', 'ADDRESS.req',        null,                    ['send SAM', 'start T7'],                                        'wait for continuity', 'ITU-T Q.764 §2.1.2'],
    ['wait for continuity', 'INR',                null,                    ['INFORMATION-REQUEST.ind'],                                     'wait for continuity', 'ITU-T Q.764 §2.1.6'],
    ['wait for continuity', 'INFORMATION.req',    null,                    ['send INF'],                                                    'wait for continuity', 'ITU-T Q.764 §2.1.6'],
    ['wait for continuity', 'IAM',                'controlling',           [],                                                              'wait for continuity', 'ITU-T Q.764 §2.9.1.4'],
    ['wait for continuity', 'IAM',                null,                    ['stop T24', 'stop T7', 'yield to IAM', 'repeat attempt'],       'idle',                'ITU-T Q.764 §2.9.1.4'],
    ['wait for continuity', 'blocking',           null,                    ['stop T24', 'stop T7', 'send REL', 'start T1', 'start T5', 'repeat attempt'], 'wait for RLC', 'ITU-T Q.764 §2.8.2.1'],
    ['wait for continuity', 'REL',                null,                    ['stop T24', 'stop T7', 'send RLC', 'circuit idle', 'RELEASE.ind'], 'idle',            'ITU-T Q.764 §2.2.2'],
    ['wait for continuity', 'RLC',                null,                    ['stop T24', 'stop T7', 'send REL', 'start T1', 'start T5', 'RELEASE.ind'], 'wait for RLC', 'ITU-T Q.764 §2.9.5.1'],
    ['wait for continuity', 'RELEASE.req',        null,                    ['stop T24', 'stop T7', 'send REL', 'start T1', 'start T5'],     'wait for RLC',        'ITU-T Q.764 §2.3.1'],
    ['wait for continuity', 'T7 expiry',          null,                    ['stop T24', 'send REL', 'start T1', 'start T5', 'RELEASE.ind'], 'wait for RLC',        'ITU-T Q.764 §2.9.8.3'],
    ['wait for continuity', 'unexpected message', null,                    ['stop T24', 'stop T7', 'start reset', 'repeat attempt'],        'idle',                'ITU-T Q.764 §2.9.5.1'],
    ['wait for continuity', 'circuit cleared',    null,                    ['stop T24', 'stop T7', 'circuit idle', 'repeat attempt'],       'idle',                'ITU-T Q.764 §2.9.3.1'],
    ['wait for continuity', 'UCIC',               null,                    ['stop T24', 'stop T7', 'out of service', 'repeat attempt'],     'idle',                'ITU-T Q.764 §2.12'],

    ['wait for ACM',        'ADDRESS.req',        null,                    ['send SAM', 'start T7'],                                        'wait for ACM',        'ITU-T Q.764 §2.1.2'],
    ['wait for ACM',        'ACM',                null,                    ['stop T7', 'start T9', 'ADDRESS-COMPLETE.ind'],                 'wait for ANM',        'ITU-T Q.764 §2.1.4'],
    ['wait for ACM',        'CON',                null,                    ['stop T7', 'SETUP.conf'],                                       'OGC answered',        'ITU-T Q.764 §2.1.7'],
    ['wait for ACM',        'INR',                null,                    ['INFORMATION-REQUEST.ind'],                                     'wait for ACM',        'ITU-T Q.764 §2.1.6'],
    ['wait for ACM',        'INFORMATION.req',    null,                    ['send INF'],                                                    'wait for ACM',        'ITU-T Q.764 §2.1.6'],
    ['wait for ACM',        'call message',       null,                    ['MESSAGE.ind'],                                                 'wait for ACM',        'ITU-T Q.764 §2.9.5'],
    ['wait for ACM',        'OLM',                null,                    ['stop T7', 'start T3', 'repeat attempt'],                       'temporarily blocked', 'ITU-T Q.764 §2.9.9'],
    ['wait for ACM',        'IAM',                'controlling',           [],                                                              'wait for ACM',        'ITU-T Q.764 §2.9.1.4'],
    ['wait for ACM',        'IAM',                null,                    ['stop T7', 'yield to IAM', 'repeat attempt'],                   'idle',                'ITU-T Q.764 §2.9.1.4'],
    ['wait for ACM',        'blocking',           null,                    ['stop T7', 'send REL', 'start T1', 'start T5', 'repeat attempt'], 'wait for RLC',      'ITU-T Q.764 §2.8.2.1'],
    ['wait for ACM',        'REL',                null,                    ['stop T7', 'send RLC', 'circuit idle', 'RELEASE.ind'],          'idle',                'ITU-T Q.764 §2.2.2'],
    ['wait for ACM',        'RLC',                null,                    ['stop T7', 'send REL', 'start T1', 'start T5', 'RELEASE.ind'],  'wait for RLC',        'ITU-T Q.764 §2.9.5.1'],
    ['wait for ACM',        'RELEASE.req',        null,                    ['stop T7', 'send REL', 'start T1', 'start T5'],                 'wait for RLC',        'ITU-T Q.764 §2.3.1'],
    ['wait for ACM',        'T7 expiry',          null,                    ['send REL', 'start T1', 'start T5', 'RELEASE.ind'],             'wait for RLC',        'ITU-T Q.764 §2.9.8.3'],
    ['wait for ACM',        'unexpected message', null,                    ['stop T7', 'start reset', 'repeat attempt'],                    'idle',                'ITU-T Q.764 §2.9.5.1'],
    ['wait for ACM',        'circuit cleared',    null,                    ['stop T7', 'circuit idle', 'repeat attempt'],                   'idle',                'ITU-T Q.764 §2.9.3.1'],
    ['wait for ACM',        'UCIC',               null,                    ['stop T7', 'out of service', 'repeat attempt'],                 'idle',                'ITU-T Q.764 §2.12'],

    ['wait for ANM',        'ANM',                null,                    ['stop T9', 'SETUP.conf'],                                       'OGC answered',        'ITU-T Q.764 §2.1.7'],
    ['wait for ANM',        'CPG',                null,                    ['PROGRESS.ind'],                                                'wait for ANM',        'ITU-T Q.764 §2.1.5'],
    ['wait for ANM',        'call message',       null,                    ['MESSAGE.ind'],                                                 'wait for ANM',        'ITU-T Q.764 §2.9.5'],
    ['wait for ANM',        'REL',                null,                    ['stop T9', 'send RLC', 'circuit idle', 'RELEASE.ind'],          'idle',                'ITU-T Q.764 §2.2.2'],
    ['wait for ANM',        'RLC',                null,                    ['stop T9', 'send REL', 'start T1', 'start T5', 'RELEASE.ind'],  'wait for RLC',        'ITU-T Q.764 §2.9.5.1'],
    ['wait for ANM',        'RELEASE.req',        null,                    ['stop T9', 'send REL', 'start T1', 'start T5'],                 'wait for RLC',        'ITU-T Q.764 §2.3.1'],
    ['wait for ANM',        'T9 expiry',          null,                    ['send REL', 'start T1', 'start T5', 'RELEASE.ind'],             'wait for RLC',        'ITU-T Q.764 §2.1.4'],
    ['wait for ANM',        'unexpected message', null,                    [],                                                              'wait for ANM',        'ITU-T Q.764 §2.9.5.1'],
    ['wait for ANM',        'circuit cleared',    null,                    ['stop T9', 'circuit idle', 'RELEASE.ind'],                      'idle',                'ITU-T Q.764 §2.9.3.1'],
    ['wait for ANM',        'UCIC',               null,                    ['stop T9', 'out of service', 'RELEASE.ind'],                    'idle',                'ITU-T Q.764 §2.12'],

    ['OGC answered',        'SUS',                'network initiated',     ['start T6', 'SUSPEND.ind'],                                     'OGC suspended',       'ITU-T Q.764 §2.4.1'],
    ['OGC answered',        'SUS',                null,                    ['start T2', 'SUSPEND.ind'],                                     'OGC suspended',       'ITU-T Q.764 §2.4.1'],
    ['OGC answered',        'CPG',                null,                    ['PROGRESS.ind'],                                                'OGC answered',        'ITU-T Q.764 §2.1.5'],
    ['OGC answered',        'call message',       null,                    ['MESSAGE.ind'],                                                 'OGC answered',        'ITU-T Q.764 §2.9.5'],
    ['OGC answered',        'SUSPEND.req',        null,                    ['send SUS'],                                                    'OGC answered',        'ITU-T Q.764 §2.4.1'],
    ['OGC answered',        'RESUME.req',         null,                    ['send RES'],                                                    'OGC answered',        'ITU-T Q.764 §2.4.2'],
    ['OGC answered',        'REL',                null,                    ['send RLC', 'circuit idle', 'RELEASE.ind'],                     'idle',                'ITU-T Q.764 §2.3.2'],
    ['OGC answered',        'RLC',                null,                    ['send REL', 'start T1', 'start T5', 'RELEASE.ind'],             'wait for RLC',        'ITU-T Q.764 §2.9.5.1'],
    ['OGC answered',        'RELEASE.req',        null,                    ['send REL', 'start T1', 'start T5'],                            'wait for RLC',        'ITU-T Q.764 §2.3.1'],
    ['OGC answered',        'unexpected message', null,                    [],                                                              'OGC answered',        'ITU-T Q.764 §2.9.5.1'],
    ['OGC answered',        'circuit cleared',    null,                    ['circuit idle', 'RELEASE.ind'],                                 'idle',                'ITU-T Q.764 §2.9.3.1'],
    ['OGC answered',        'UCIC',               null,                    ['out of service', 'RELEASE.ind'],                               'idle',                'ITU-T Q.764 §2.12'],

    ['OGC suspended',       'RES',                null,                    ['stop T2', 'stop T6', 'RESUME.ind'],                            'OGC answered',        'ITU-T Q.764 §2.4.2'],
    ['OGC suspended',       'T2 expiry',          null,                    ['send REL', 'start T1', 'start T5', 'RELEASE.ind'],             'wait for RLC',        'ITU-T Q.764 §2.4.3'],
    ['OGC suspended',       'T6 expiry',          null,                    ['send REL', 'start T1', 'start T5', 'RELEASE.ind'],             'wait for RLC',        'ITU-T Q.764 §2.4.3'],
    ['OGC suspended',       'CPG',                null,                    ['PROGRESS.ind'],                                                'OGC suspended',       'ITU-T Q.764 §2.1.5'],
    ['OGC suspended',       'call message',       null,                    ['MESSAGE.ind'],                                                 'OGC suspended',       'ITU-T Q.764 §2.9.5'],
    ['OGC suspended',       'REL',                null,                    ['stop T2', 'stop T6', 'send RLC', 'circuit idle', 'RELEASE.ind'], 'idle',              'ITU-T Q.764 §2.3.2'],
    ['OGC suspended',       'RLC',                null,                    ['stop T2', 'stop T6', 'send REL', 'start T1', 'start T5', 'RELEASE.ind'], 'wait for RLC', 'ITU-T Q.764 §2.9.5.1'],
    ['OGC suspended',       'RELEASE.req',        null,                    ['stop T2', 'stop T6', 'send REL', 'start T1', 'start T5'],      'wait for RLC',        'ITU-T Q.764 §2.3.1'],
    ['OGC suspended',       'unexpected message', null,                    [],                                                              'OGC suspended',       'ITU-T Q.764 §2.9.5.1'],
    ['OGC suspended',       'circuit cleared',    null,                    ['stop T2', 'stop T6', 'circuit idle', 'RELEASE.ind'],           'idle',                'ITU-T Q.764 §2.9.3.1'],
    ['OGC suspended',       'UCIC',               null,                    ['stop T2', 'stop T6', 'out of service', 'RELEASE.ind'],         'idle',                'ITU-T Q.764 §2.12'],

    ['wait to recheck',     'T25 expiry',         null,                    ['send CCR', 'start T24', 'RECHECK.ind'],                        'rechecking',          'ITU-T Q.764 §2.1.8'],
    ['wait to recheck',     'T26 expiry',         null,                    ['send CCR', 'start T24', 'RECHECK.ind'],                        'rechecking',          'ITU-T Q.764 §2.1.8'],
    ['wait to recheck',     'REL',                null,                    ['stop T25', 'stop T26', 'send RLC', 'circuit idle'],            'idle',                'ITU-T Q.764 §2.9.5.1'],
    ['wait to recheck',     'IAM',                null,                    ['stop T25', 'stop T26', 'yield to IAM'],                        'idle',                'ITU-T Q.764 §2.9.1.4'],
    ['wait to recheck',     'unexpected message', null,                    [],                                                              'wait to recheck',     'ITU-T Q.764 §2.9.5.1'],
    ['wait to recheck',     'circuit cleared',    null,                    ['stop T25', 'stop T26', 'circuit idle'],                        'idle',                'ITU-T Q.764 §2.9.3.1'],
    ['wait to recheck',     'UCIC',               null,                    ['stop T25', 'stop T26', 'out of service'],                      'idle',                'ITU-T Q.764 §2.12'],

    ['rechecking',          'CONTINUITY.req',     'successful',            ['stop T24', 'send REL', 'start T1', 'start T5'],                'wait for RLC',        'ITU-T Q.764 §2.1.8'],
    ['rechecking',          'CONTINUITY.req',     null,                    ['stop T24', 'send COT failure', 'start T26', 'alert maintenance'], 'wait to recheck',  'ITU-T Q.764 §2.1.8'],
    ['rechecking',          'T24 expiry',         null,                    ['send COT failure', 'start T26', 'alert maintenance'],          'wait to recheck',     'ITU-T Q.764 §2.1.8'],
    ['rechecking',          'REL',                null,                    ['stop T24', 'send RLC', 'circuit idle'],                        'idle',                'ITU-T Q.764 §2.9.5.1'],
    ['rechecking',          'IAM',                null,                    ['stop T24', 'yield to IAM'],                                    'idle',                'ITU-T Q.764 §2.9.1.4'],
    ['rechecking',          'unexpected message', null,                    [],                                                              'rechecking',          'ITU-T Q.764 §2.9.5.1'],
    ['rechecking',          'circuit cleared',    null,                    ['stop T24', 'circuit idle'],                                    'idle',                'ITU-T Q.764 §2.9.3.1'],
    ['rechecking',          'UCIC',               null,                    ['stop T24', 'out of service'],                                  'idle',                'ITU-T Q.764 §2.12'],

    ['temporarily blocked', 'T3 expiry',          null,                    ['send REL', 'start T1', 'start T5'],                            'wait for RLC',        'ITU-T Q.764 §2.9.9'],
    ['temporarily blocked', 'REL',                null,                    ['stop T3', 'send RLC', 'circuit idle'],                         'idle',                'ITU-T Q.764 §2.9.9'],
    ['temporarily blocked', 'unexpected message', null,                    [],                                                              'temporarily blocked', 'ITU-T Q.764 §2.9.5.1'],
    ['temporarily blocked', 'circuit cleared',    null,                    ['stop T3', 'circuit idle'],                                     'idle',                'ITU-T Q.764 §2.9.3.1'],
    ['temporarily blocked', 'UCIC',               null,                    ['stop T3', 'out of service'],                                   'idle',                'ITU-T Q.764 §2.12'],

    ['wait for RLC',        'RLC',                null,                    ['stop T1', 'stop T5', 'circuit idle'],                          'idle',                'ITU-T Q.764 §2.3.1'],
    ['wait for RLC',        'REL',                null,                    ['send RLC'],                                                    'wait for RLC',        'ITU-T Q.764 §2.3.1'],
    ['wait for RLC',        'T1 expiry',          null,                    ['send REL again', 'start T1'],                                  'wait for RLC',        'ITU-T Q.764 §2.9.6'],
    ['wait for RLC',        'T5 expiry',          null,                    ['stop T1', 'alert maintenance', 'start reset after T5'],        'idle',                'ITU-T Q.764 §2.9.6'],
    ['wait for RLC',        'unexpected message', null,                    [],                                                              'wait for RLC',        'ITU-T Q.764 §2.9.5.1'],
    ['wait for RLC',        'circuit cleared',    null,                    ['stop T1', 'stop T5', 'circuit idle'],                          'idle',                'ITU-T Q.764 §2.9.3.1'],
    ['wait for RLC',        'UCIC',               null,                    ['stop T1', 'stop T5', 'out of service'],                        'idle',                'ITU-T Q.764 §2.12'],
  ],
};

export const cpcoFsm = new Fsm(cpcoTable);
