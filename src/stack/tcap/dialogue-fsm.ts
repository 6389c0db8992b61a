import { Fsm, type FsmTable } from '../../types/fsm.ts';
import type { TransactionState } from './transaction-fsm.ts';

export type DialogueEvent =
  | 'TC-BEGIN.req'
  | 'TC-CONTINUE.req'
  | 'TC-END.req'
  | 'TC-U-ABORT.req'
  | 'TR-BEGIN.ind'
  | 'TR-CONTINUE.ind'
  | 'TR-END.ind'
  | 'TR-U-ABORT.ind'
  | 'TR-P-ABORT.ind'
  | 'TR-NOTICE.ind'
  | 'idle limit';

export type DialogueGuard =
  /** The dialogue has an application context. */
  | 'context'
  | 'prearranged'
  /** The user refuses the dialogue. */
  | 'refusal'
  /** What the message has for a dialogue portion is malformed, or not what may come in this state. */
  | 'portion wrong'
  | 'version unsupported'
  /** AARE, rejected. */
  | 'refused by peer'
  /** ABRT of the dialogue service provider. */
  | 'aborted by provider';

export type DialogueAction =
  | 'AARQ'
  | 'AARE accepted'
  | 'AARE refused'
  | 'AARE no common portion'
  | 'ABRT of user'
  | 'ABRT of provider'
  | 'TR-BEGIN.req'
  | 'TR-CONTINUE.req'
  | 'TR-END.req'
  | 'TR-U-ABORT.req'
  | 'TR-P-ABORT.req'
  | 'confirm context'
  | 'TC-BEGIN.ind'
  | 'TC-CONTINUE.ind'
  | 'TC-END.ind'
  | 'TC-U-ABORT.ind'
  | 'TC-P-ABORT.ind'
  | 'TC-P-ABORT.ind abnormal'
  | 'TC-P-ABORT.ind abnormal by peer'
  | 'refused.ind'
  | 'TC-NOTICE.ind'
  | 'notice.ind'
  | 'idle.ind'
  | 'terminate';

/** Dialogue handling (DHA) of the component sub-layer. */
// biome-ignore format: a row a line
export const dialogueTable: FsmTable<TransactionState, DialogueEvent, DialogueGuard, DialogueAction> = {
  name: 'tcap-dialogue',
  source: 'ITU-T Q.774 figure A.5',
  states: ['idle', 'init-received', 'init-sent', 'active'],
  initial: 'idle',
  rows: [
    ['idle',          'TC-BEGIN.req',    'context',             ['AARQ', 'TR-BEGIN.req'],                                               'init-sent',     'ITU-T Q.774 §3.2.1.2'],
    ['idle',          'TC-BEGIN.req',    null,                  ['TR-BEGIN.req'],                                                       'init-sent',     'ITU-T Q.774 §3.2.1.2'],
    ['idle',          'TR-BEGIN.ind',    'portion wrong',       ['ABRT of provider', 'TR-U-ABORT.req', 'terminate'],                    'idle',          'ITU-T Q.774 §3.2.2.1'],
    ['idle',          'TR-BEGIN.ind',    'version unsupported', ['AARE no common portion', 'TR-U-ABORT.req', 'terminate'],              'idle',          'ITU-T Q.774 §3.2.3'],
    ['idle',          'TR-BEGIN.ind',    null,                  ['TC-BEGIN.ind'],                                                       'init-received', 'ITU-T Q.774 §3.2.1.2'],
    // A dialogue that was opened and never begun: nothing was sent, so nothing is.
    ['idle',          'TC-END.req',      null,                  ['terminate'],                                                          'idle',          'non-standard: given back unused'],
    ['idle',          'TC-U-ABORT.req',  null,                  ['terminate'],                                                          'idle',          'non-standard: given back unused'],
    ['idle',          'idle limit',      null,                  ['idle.ind', 'terminate'],                                              'idle',          'non-standard: idle limit'],

    ['init-received', 'TC-CONTINUE.req', 'context',             ['AARE accepted', 'TR-CONTINUE.req'],                                   'active',        'ITU-T Q.774 §3.2.1.2'],
    ['init-received', 'TC-CONTINUE.req', null,                  ['TR-CONTINUE.req'],                                                    'active',        'ITU-T Q.774 §3.2.1.2'],
    ['init-received', 'TC-END.req',      'prearranged',         ['TR-END.req', 'terminate'],                                            'idle',          'ITU-T Q.774 §3.2.1.2'],
    ['init-received', 'TC-END.req',      'context',             ['AARE accepted', 'TR-END.req', 'terminate'],                           'idle',          'ITU-T Q.774 §3.2.1.2'],
    ['init-received', 'TC-END.req',      null,                  ['TR-END.req', 'terminate'],                                            'idle',          'ITU-T Q.774 §3.2.1.2'],
    ['init-received', 'TC-U-ABORT.req',  'refusal',             ['AARE refused', 'TR-U-ABORT.req', 'terminate'],                        'idle',          'ITU-T Q.774 §3.2.1.2'],
    ['init-received', 'TC-U-ABORT.req',  'context',             ['ABRT of user', 'TR-U-ABORT.req', 'terminate'],                        'idle',          'ITU-T Q.774 §3.2.1.2'],
    ['init-received', 'TC-U-ABORT.req',  null,                  ['TR-U-ABORT.req', 'terminate'],                                        'idle',          'ITU-T Q.774 §3.2.1.2'],
    ['init-received', 'idle limit',      null,                  ['TR-P-ABORT.req', 'idle.ind', 'terminate'],                            'idle',          'non-standard: idle limit'],

    ['init-sent',     'TC-END.req',      null,                  ['TR-END.req', 'terminate'],                                            'idle',          'ITU-T Q.774 §3.2.1.2'],
    ['init-sent',     'TC-U-ABORT.req',  null,                  ['TR-U-ABORT.req', 'terminate'],                                        'idle',          'ITU-T Q.774 §3.2.1.2'],
    ['init-sent',     'TR-CONTINUE.ind', 'portion wrong',       ['ABRT of provider', 'TR-U-ABORT.req', 'TC-P-ABORT.ind abnormal', 'terminate'], 'idle', 'ITU-T Q.774 §3.2.2.1'],
    ['init-sent',     'TR-CONTINUE.ind', null,                  ['confirm context', 'TC-CONTINUE.ind'],                                 'active',        'ITU-T Q.774 §3.2.1.2'],
    ['init-sent',     'TR-END.ind',      'portion wrong',       ['TC-P-ABORT.ind abnormal', 'terminate'],                               'idle',          'ITU-T Q.774 §3.2.2.1'],
    ['init-sent',     'TR-END.ind',      null,                  ['confirm context', 'TC-END.ind', 'terminate'],                         'idle',          'ITU-T Q.774 §3.2.1.2'],
    ['init-sent',     'TR-U-ABORT.ind',  'portion wrong',       ['TC-P-ABORT.ind abnormal', 'terminate'],                               'idle',          'ITU-T Q.774 §3.2.2.1'],
    ['init-sent',     'TR-U-ABORT.ind',  'refused by peer',     ['refused.ind', 'terminate'],                                           'idle',          'ITU-T Q.774 §3.2.1.2'],
    ['init-sent',     'TR-U-ABORT.ind',  'aborted by provider', ['TC-P-ABORT.ind abnormal by peer', 'terminate'],                       'idle',          'ITU-T Q.774 §3.2.1.2'],
    ['init-sent',     'TR-U-ABORT.ind',  null,                  ['TC-U-ABORT.ind', 'terminate'],                                        'idle',          'ITU-T Q.774 §3.2.1.2'],
    ['init-sent',     'TR-P-ABORT.ind',  null,                  ['TC-P-ABORT.ind', 'terminate'],                                        'idle',          'ITU-T Q.774 §3.2.2.1'],
    // Q.774 only tells the user; but there is no transaction at the peer that could still answer.
    ['init-sent',     'TR-NOTICE.ind',   null,                  ['TR-U-ABORT.req', 'notice.ind', 'terminate'],                          'idle',          'non-standard: the begin came back'],
    ['init-sent',     'idle limit',      null,                  ['TR-P-ABORT.req', 'idle.ind', 'terminate'],                            'idle',          'non-standard: idle limit'],

    ['active',        'TC-CONTINUE.req', null,                  ['TR-CONTINUE.req'],                                                    'active',        'ITU-T Q.774 §3.2.1.2'],
    ['active',        'TC-END.req',      null,                  ['TR-END.req', 'terminate'],                                            'idle',          'ITU-T Q.774 §3.2.1.2'],
    ['active',        'TC-U-ABORT.req',  'context',             ['ABRT of user', 'TR-U-ABORT.req', 'terminate'],                        'idle',          'ITU-T Q.774 §3.2.1.2'],
    ['active',        'TC-U-ABORT.req',  null,                  ['TR-U-ABORT.req', 'terminate'],                                        'idle',          'ITU-T Q.774 §3.2.1.2'],
    ['active',        'TR-CONTINUE.ind', 'portion wrong',       ['ABRT of provider', 'TR-U-ABORT.req', 'TC-P-ABORT.ind abnormal', 'terminate'], 'idle', 'ITU-T Q.774 §3.2.2.1'],
    ['active',        'TR-CONTINUE.ind', null,                  ['TC-CONTINUE.ind'],                                                    'active',        'ITU-T Q.774 §3.2.1.2'],
    ['active',        'TR-END.ind',      'portion wrong',       ['TC-P-ABORT.ind abnormal', 'terminate'],                               'idle',          'ITU-T Q.774 §3.2.2.1'],
    ['active',        'TR-END.ind',      null,                  ['TC-END.ind', 'terminate'],                                            'idle',          'ITU-T Q.774 §3.2.1.2'],
    ['active',        'TR-U-ABORT.ind',  'portion wrong',       ['TC-P-ABORT.ind abnormal', 'terminate'],                               'idle',          'ITU-T Q.774 §3.2.2.1'],
    ['active',        'TR-U-ABORT.ind',  'aborted by provider', ['TC-P-ABORT.ind abnormal by peer', 'terminate'],                       'idle',          'ITU-T Q.774 §3.2.1.2'],
    ['active',        'TR-U-ABORT.ind',  null,                  ['TC-U-ABORT.ind', 'terminate'],                                        'idle',          'ITU-T Q.774 §3.2.1.2'],
    ['active',        'TR-P-ABORT.ind',  null,                  ['TC-P-ABORT.ind', 'terminate'],                                        'idle',          'ITU-T Q.774 §3.2.2.1'],
    ['active',        'TR-NOTICE.ind',   null,                  ['TC-NOTICE.ind'],                                                      'active',        'ITU-T Q.774 §3.2.2.1'],
    ['active',        'idle limit',      null,                  ['TR-P-ABORT.req', 'idle.ind', 'terminate'],                            'idle',          'non-standard: idle limit'],
  ],
};

export const dialogueFsm = new Fsm(dialogueTable);
