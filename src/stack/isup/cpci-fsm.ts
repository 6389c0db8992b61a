/**
 * Call processing control, incoming (CPCI): a call that the other end has set up, one table per circuit. A message that has no
 * row in a state is an unexpected one (ITU-T Q.764 §2.9.5.1).
 */
import { Fsm, type FsmTable } from '../../types/fsm.ts';

export type CpciState =
  | 'idle'
  | 'wait for continuity'
  | 'wait for SGM'
  | 'wait for CCR'
  | 'rechecking'
  | 'wait for address complete'
  | 'wait for answer'
  | 'ICC answered'
  | 'wait for RLC';

export type CpciEvent =
  | 'ADDRESS-COMPLETE.req'
  | 'MORE-DIGITS.req'
  | 'SETUP.resp'
  | 'PROGRESS.req'
  | 'INFORMATION-REQUEST.req'
  | 'SUSPEND.req'
  | 'RESUME.req'
  | 'RELEASE.req'
  | 'IAM'
  | 'SAM'
  | 'COT'
  | 'CCR'
  | 'INF'
  | 'SGM'
  | 'SUS'
  | 'RES'
  | 'REL'
  | 'RLC'
  | 'call message'
  | 'unexpected message'
  /** RSC, GRS, a CGB for a hardware failure, or a reset of our own: the circuit is taken away from its call. */
  | 'circuit cleared'
  | 'UCIC'
  | 'T1 expiry'
  | 'T5 expiry'
  | 'T8 expiry'
  | 'T11 expiry'
  | 'T27 expiry'
  | 'T33 expiry'
  | 'T34 expiry'
  | 'T35 expiry'
  | 'T36 expiry';

/**
 * `check here`: the IAM asks for a continuity check of this circuit; `check to come`: one before it is being checked, and a COT
 * comes all the same. `segmented`: an SGM brings more of the IAM. `blocked here`: this end takes no calls on the circuit. `not
 * understood`: something in the IAM is not recognized, and the call shall be released for that.
 */
export type CpciGuard =
  | 'blocked here'
  | 'not understood'
  | 'check here'
  | 'check to come'
  | 'segmented'
  | 'successful';

export type CpciAction =
  | 'send ACM'
  | 'send early ACM'
  | 'send CON'
  | 'send ANM'
  | 'send CPG'
  | 'send INR'
  | 'send SUS'
  | 'send RES'
  | 'send REL'
  | 'send REL again'
  | 'send RLC'
  | 'send BLO again'
  | 'store IAM'
  | 'add digits'
  | 'add segment'
  | 'start reset'
  | 'start reset after T5'
  | 'out of service'
  | 'alert maintenance'
  /** The two ways of the circuit are to be looped for a check by the other end. */
  | 'LOOP.ind'
  | 'SETUP.ind'
  | 'ADDRESS.ind'
  | 'INFORMATION.ind'
  | 'SUSPEND.ind'
  | 'RESUME.ind'
  | 'MESSAGE.ind'
  | 'RELEASE.ind'
  | 'circuit idle'
  | `${'start' | 'stop'} T${1 | 5 | 8 | 11 | 27 | 33 | 34 | 35 | 36}`;

export const cpciTable: FsmTable<CpciState, CpciEvent, CpciGuard, CpciAction> = {
  name: 'isup-cpci',
  source: 'ITU-T Q.764 §2.1 to §2.4, §2.9, the incoming side of a circuit',
  states: [
    'idle',
    'wait for continuity',
    'wait for SGM',
    'wait for CCR',
    'rechecking',
    'wait for address complete',
    'wait for answer',
    'ICC answered',
    'wait for RLC',
  ],
  initial: 'idle',
  // biome-ignore format: a row a line
  rows: [
    ['idle',                      'IAM',                     'blocked here',   ['send BLO again'],                                              'idle',                      'ITU-T Q.764 §2.8.2.3'],
    ['idle',                      'IAM',                     'not understood', ['send REL', 'start T1', 'start T5'],                            'wait for RLC',              'ITU-T Q.764 §2.9.5.3'],
    ['idle',                      'IAM',                     'check here',     ['store IAM', 'start T8', 'LOOP.ind'],                           'wait for continuity',       'ITU-T Q.764 §2.1.8'],
    ['idle',                      'IAM',                     'check to come',  ['store IAM', 'start T8'],                                       'wait for continuity',       'ITU-T Q.764 §2.1.8'],
    ['idle',                      'IAM',                     'segmented',      ['store IAM', 'start T34'],                                      'wait for SGM',              'ITU-T Q.764 §2.1.12'],
    ['idle',                      'IAM',                     null,             ['start T11', 'SETUP.ind'],                                      'wait for address complete', 'ITU-T Q.764 §2.1.1'],
    ['idle',                      'CCR',                     null,             ['start T36', 'LOOP.ind'],                                       'rechecking',                'ITU-T Q.764 §2.1.8'],
    ['idle',                      'REL',                     null,             ['send RLC'],                                                    'idle',                      'ITU-T Q.764 §2.9.5.1'],
    ['idle',                      'RLC',                     null,             [],                                                              'idle',                      'ITU-T Q.764 §2.9.5.1'],
    ['idle',                      'unexpected message',      null,             ['start reset'],                                                 'idle',                      'ITU-T Q.764 §2.9.5.1'],
    ['idle',                      'UCIC',                    null,             ['out of service'],                                              'idle',                      'ITU-T Q.764 §2.12'],

    ['wait for continuity',       'COT',                     'successful',     ['stop T8', 'start T11', 'SETUP.ind'],                           'wait for address complete', 'ITU-T Q.764 §2.1.8'],
    ['wait for continuity',       'COT',                     null,             ['stop T8', 'start T27'],                                        'wait for CCR',              'ITU-T Q.764 §2.1.8'],
    ['wait for continuity',       'SAM',                     null,             ['add digits'],                                                  'wait for continuity',       'ITU-T Q.764 §2.1.2'],
    ['wait for continuity',       'SGM',                     null,             ['add segment'],                                                 'wait for continuity',       'ITU-T Q.764 §2.1.12'],
    ['wait for continuity',       'T8 expiry',               null,             ['send REL', 'start T1', 'start T5'],                            'wait for RLC',              'ITU-T Q.764 §2.9.8.3'],
    ['wait for continuity',       'REL',                     null,             ['stop T8', 'send RLC', 'circuit idle'],                         'idle',                      'ITU-T Q.764 §2.3.1'],
    ['wait for continuity',       'RLC',                     null,             ['stop T8', 'send REL', 'start T1', 'start T5'],                 'wait for RLC',              'ITU-T Q.764 §2.9.5.1'],
    ['wait for continuity',       'unexpected message',      null,             ['stop T8', 'start reset'],                                      'idle',                      'ITU-T Q.764 §2.9.5.1'],
    ['wait for continuity',       'circuit cleared',         null,             ['stop T8', 'circuit idle'],                                     'idle',                      'ITU-T Q.764 §2.9.3.1'],
    ['wait for continuity',       'UCIC',                    null,             ['stop T8', 'out of service'],                                   'idle',                      'ITU-T Q.764 §2.12'],

    ['wait for SGM',              'SGM',                     null,             ['stop T34', 'add segment', 'start T11', 'SETUP.ind'],           'wait for address complete', 'ITU-T Q.764 §2.1.12'],
    ['wait for SGM',              'SAM',                     null,             ['add digits'],                                                  'wait for SGM',              'ITU-T Q.764 §2.1.2'],
    ['wait for SGM',              'T34 expiry',              null,             ['start T11', 'SETUP.ind'],                                      'wait for address complete', 'ITU-T Q.764 §2.1.12'],
    ['wait for SGM',              'REL',                     null,             ['stop T34', 'send RLC', 'circuit idle'],                        'idle',                      'ITU-T Q.764 §2.3.1'],
    ['wait for SGM',              'RLC',                     null,             ['stop T34', 'send REL', 'start T1', 'start T5'],                'wait for RLC',              'ITU-T Q.764 §2.9.5.1'],
    ['wait for SGM',              'unexpected message',      null,             ['stop T34', 'start reset'],                                     'idle',                      'ITU-T Q.764 §2.9.5.1'],
    ['wait for SGM',              'circuit cleared',         null,             ['stop T34', 'circuit idle'],                                    'idle',                      'ITU-T Q.764 §2.9.3.1'],
    ['wait for SGM',              'UCIC',                    null,             ['stop T34', 'out of service'],                                  'idle',                      'ITU-T Q.764 §2.12'],

    ['wait for CCR',              'CCR',                     null,             ['stop T27', 'start T36', 'LOOP.ind'],                           'rechecking',                'ITU-T Q.764 §2.1.8'],
    ['wait for CCR',              'REL',                     null,             ['stop T27', 'send RLC', 'circuit idle'],                        'idle',                      'ITU-T Q.764 §2.1.8'],
    ['wait for CCR',              'T27 expiry',              null,             ['start reset'],                                                 'idle',                      'ITU-T Q.764 §2.1.8'],
    ['wait for CCR',              'unexpected message',      null,             [],                                                              'wait for CCR',              'ITU-T Q.764 §2.9.5.1'],
    ['wait for CCR',              'circuit cleared',         null,             ['stop T27', 'circuit idle'],                                    'idle',                      'ITU-T Q.764 §2.9.3.1'],
    ['wait for CCR',              'UCIC',                    null,             ['stop T27', 'out of service'],                                  'idle',                      'ITU-T Q.764 §2.12'],

    ['rechecking',                'COT',                     'successful',     ['stop T36', 'circuit idle'],                                    'idle',                      'ITU-T Q.764 §2.1.8'],
    ['rechecking',                'COT',                     null,             ['stop T36', 'start T27'],                                       'wait for CCR',              'ITU-T Q.764 §2.1.8'],
    ['rechecking',                'REL',                     null,             ['stop T36', 'send RLC', 'circuit idle'],                        'idle',                      'ITU-T Q.764 §2.1.8'],
    ['rechecking',                'T36 expiry',              null,             ['start reset'],                                                 'idle',                      'ITU-T Q.764 §2.1.8'],
    ['rechecking',                'CCR',                     null,             ['start T36', 'LOOP.ind'],                                       'rechecking',                'ITU-T Q.764 §2.1.8'],
    ['rechecking',                'unexpected message',      null,             [],                                                              'rechecking',                'ITU-T Q.764 §2.9.5.1'],
    ['rechecking',                'circuit cleared',         null,             ['stop T36', 'circuit idle'],                                    'idle',                      'ITU-T Q.764 §2.9.3.1'],
    ['rechecking',                'UCIC',                    null,             ['stop T36', 'out of service'],                                  'idle',                      'ITU-T Q.764 §2.12'],

    ['wait for address complete', 'ADDRESS-COMPLETE.req',    null,             ['stop T11', 'stop T33', 'stop T35', 'send ACM'],                'wait for answer',           'ITU-T Q.764 §2.1.4'],
    ['wait for address complete', 'SETUP.resp',              null,             ['stop T11', 'stop T33', 'stop T35', 'send CON'],                'ICC answered',              'ITU-T Q.764 §2.1.7'],
    ['wait for address complete', 'MORE-DIGITS.req',         null,             ['stop T11', 'start T35'],                                       'wait for address complete', 'ITU-T Q.764 §2.1.2'],
    ['wait for address complete', 'SAM',                     null,             ['stop T35', 'start T11', 'ADDRESS.ind'],                        'wait for address complete', 'ITU-T Q.764 §2.1.2'],
    ['wait for address complete', 'INFORMATION-REQUEST.req', null,             ['send INR', 'start T33'],                                       'wait for address complete', 'ITU-T Q.764 §2.1.6'],
    ['wait for address complete', 'INF',                     null,             ['stop T33', 'INFORMATION.ind'],                                 'wait for address complete', 'ITU-T Q.764 §2.1.6'],
    ['wait for address complete', 'call message',            null,             ['MESSAGE.ind'],                                                 'wait for address complete', 'ITU-T Q.764 §2.9.5'],
    ['wait for address complete', 'T11 expiry',              null,             ['stop T33', 'send early ACM'],                                  'wait for answer',           'ITU-T Q.764 §2.1.4'],
    ['wait for address complete', 'T33 expiry',              null,             ['stop T11', 'stop T35', 'send REL', 'start T1', 'start T5', 'alert maintenance', 'RELEASE.ind'], 'wait for RLC', 'ITU-T Q.764 §2.9.7'],
    ['wait for address complete', 'T35 expiry',              null,             ['stop T11', 'stop T33', 'send REL', 'start T1', 'start T5', 'RELEASE.ind'], 'wait for RLC',  'ITU-T Q.764 §2.2.6'],
    ['wait for address complete', 'RELEASE.req',             null,             ['stop T11', 'stop T33', 'stop T35', 'send REL', 'start T1', 'start T5'], 'wait for RLC',    'ITU-T Q.764 §2.2.2'],
    ['wait for address complete', 'REL',                     null,             ['stop T11', 'stop T33', 'stop T35', 'send RLC', 'circuit idle', 'RELEASE.ind'], 'idle',     'ITU-T Q.764 §2.3.1'],
    ['wait for address complete', 'RLC',                     null,             ['stop T11', 'stop T33', 'stop T35', 'send REL', 'start T1', 'start T5', 'RELEASE.ind'], 'wait for RLC', 'ITU-T Q.764 §2.9.5.1'],
    ['wait for address complete', 'unexpected message',      null,             ['stop T11', 'stop T33', 'stop T35', 'start reset', 'RELEASE.ind'], 'idle',                  'ITU-T Q.764 §2.9.5.1'],
    ['wait for address complete', 'circuit cleared',         null,             ['stop T11', 'stop T33', 'stop T35', 'circuit idle', 'RELEASE.ind'], 'idle',                 'ITU-T Q.764 §2.9.3.1'],
    ['wait for address complete', 'UCIC',                    null,             ['stop T11', 'stop T33', 'stop T35', 'out of service', 'RELEASE.ind'], 'idle',               'ITU-T Q.764 §2.12'],

    ['wait for answer',           'SETUP.resp',              null,             ['send ANM'],                                                    'ICC answered',              'ITU-T Q.764 §2.1.7'],
    ['wait for answer',           'ADDRESS-COMPLETE.req',    null,             ['send CPG'],                                                    'wait for answer',           'ITU-T Q.764 §2.1.5'],
    ['wait for answer',           'PROGRESS.req',            null,             ['send CPG'],                                                    'wait for answer',           'ITU-T Q.764 §2.1.5'],
    ['wait for answer',           'call message',            null,             ['MESSAGE.ind'],                                                 'wait for answer',           'ITU-T Q.764 §2.9.5'],
    ['wait for answer',           'INF',                     null,             ['INFORMATION.ind'],                                             'wait for answer',           'ITU-T Q.764 §2.1.6'],
    ['wait for answer',           'RELEASE.req',             null,             ['send REL', 'start T1', 'start T5'],                            'wait for RLC',              'ITU-T Q.764 §2.2.2'],
    ['wait for answer',           'REL',                     null,             ['send RLC', 'circuit idle', 'RELEASE.ind'],                     'idle',                      'ITU-T Q.764 §2.3.1'],
    ['wait for answer',           'RLC',                     null,             ['send REL', 'start T1', 'start T5', 'RELEASE.ind'],             'wait for RLC',              'ITU-T Q.764 §2.9.5.1'],
    ['wait for answer',           'unexpected message',      null,             [],                                                              'wait for answer',           'ITU-T Q.764 §2.9.5.1'],
    ['wait for answer',           'circuit cleared',         null,             ['circuit idle', 'RELEASE.ind'],                                 'idle',                      'ITU-T Q.764 §2.9.3.1'],
    ['wait for answer',           'UCIC',                    null,             ['out of service', 'RELEASE.ind'],                               'idle',                      'ITU-T Q.764 §2.12'],

    ['ICC answered',              'SUSPEND.req',             null,             ['send SUS'],                                                    'ICC answered',              'ITU-T Q.764 §2.4.1'],
    ['ICC answered',              'RESUME.req',              null,             ['send RES'],                                                    'ICC answered',              'ITU-T Q.764 §2.4.2'],
    ['ICC answered',              'PROGRESS.req',            null,             ['send CPG'],                                                    'ICC answered',              'ITU-T Q.764 §2.1.5'],
    ['ICC answered',              'SUS',                     null,             ['SUSPEND.ind'],                                                 'ICC answered',              'ITU-T Q.764 §2.4.1'],
    ['ICC answered',              'RES',                     null,             ['RESUME.ind'],                                                  'ICC answered',              'ITU-T Q.764 §2.4.2'],
    ['ICC answered',              'call message',            null,             ['MESSAGE.ind'],                                                 'ICC answered',              'ITU-T Q.764 §2.9.5'],
    ['ICC answered',              'RELEASE.req',             null,             ['send REL', 'start T1', 'start T5'],                            'wait for RLC',              'ITU-T Q.764 §2.3.2'],
    ['ICC answered',              'REL',                     null,             ['send RLC', 'circuit idle', 'RELEASE.ind'],                     'idle',                      'ITU-T Q.764 §2.3.1'],
    ['ICC answered',              'RLC',                     null,             ['send REL', 'start T1', 'start T5', 'RELEASE.ind'],             'wait for RLC',              'ITU-T Q.764 §2.9.5.1'],
    ['ICC answered',              'unexpected message',      null,             [],                                                              'ICC answered',              'ITU-T Q.764 §2.9.5.1'],
    ['ICC answered',              'circuit cleared',         null,             ['circuit idle', 'RELEASE.ind'],                                 'idle',                      'ITU-T Q.764 §2.9.3.1'],
    ['ICC answered',              'UCIC',                    null,             ['out of service', 'RELEASE.ind'],                               'idle',                      'ITU-T Q.764 §2.12'],

    ['wait for RLC',              'RLC',                     null,             ['stop T1', 'stop T5', 'circuit idle'],                          'idle',                      'ITU-T Q.764 §2.3.2'],
    ['wait for RLC',              'REL',                     null,             ['send RLC'],                                                    'wait for RLC',              'ITU-T Q.764 §2.3.2'],
    ['wait for RLC',              'T1 expiry',               null,             ['send REL again', 'start T1'],                                  'wait for RLC',              'ITU-T Q.764 §2.9.6'],
    ['wait for RLC',              'T5 expiry',               null,             ['stop T1', 'alert maintenance', 'start reset after T5'],        'idle',                      'ITU-T Q.764 §2.9.6'],
    ['wait for RLC',              'unexpected message',      null,             [],                                                              'wait for RLC',              'ITU-T Q.764 §2.9.5.1'],
    ['wait for RLC',              'circuit cleared',         null,             ['stop T1', 'stop T5', 'circuit idle'],                          'idle',                      'ITU-T Q.764 §2.9.3.1'],
    ['wait for RLC',              'UCIC',                    null,             ['stop T1', 'stop T5', 'out of service'],                        'idle',                      'ITU-T Q.764 §2.12'],
  ],
};

export const cpciFsm = new Fsm(cpciTable);
