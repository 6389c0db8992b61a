import { Fsm, type FsmTable } from '../../../types/fsm.ts';

/** States of MAP_DSM. */
export type MapDialogueState =
  | 'idle'
  | 'wait-for-user-requests'
  | 'dialogue-initiated'
  /** A begin without a context: the first operation says which one of version 1 it is. */
  | 'wait-for-first-operation'
  | 'dialogue-pending'
  | 'dialogue-accepted'
  | 'dialogue-established';

export type MapDialogueEvent =
  | 'MAP-OPEN.req'
  | 'MAP-OPEN.rsp'
  | 'MAP-DELIMITER.req'
  | 'MAP-CLOSE.req'
  | 'MAP-U-ABORT.req'
  | 'TC-BEGIN.ind'
  | 'first operation'
  | 'TC-CONTINUE.ind'
  | 'TC-END.ind'
  | 'TC-U-ABORT.ind'
  | 'TC-P-ABORT.ind'
  | 'TC-NOTICE.ind'
  | 'idle limit';

export type MapDialogueGuard =
  /** The peer was named no context. */
  | 'no context'
  | 'accepted'
  /** AARE, rejected: the context or the dialogue is refused. */
  | 'refused'
  /** An abort that a TCAP or MAP of version 1 gives to what it does not know. */
  | 'version unknown to peer'
  /** No context of version 1 begins with the operation, or it is not served here. */
  | 'operation unknown'
  /** What came is not what the dialogue may have: MAP-DialoguePDU out of place, or another context than the one asked for. */
  | 'abnormal'
  /** map-providerAbort of the peer's MAP. */
  | 'provider information'
  | 'prearranged';

export type MapDialogueAction =
  | 'TC-BEGIN.req'
  | 'TC-CONTINUE.req'
  | 'TC-END.req'
  | 'TC-END.req prearranged'
  | 'TC-U-ABORT.req'
  | 'TC-U-ABORT.req refuse'
  | 'TC-U-ABORT.req provider'
  | 'MAP-OPEN.ind'
  | 'MAP-OPEN.cnf accepted'
  | 'MAP-OPEN.cnf refused'
  | 'MAP-OPEN.cnf version'
  | 'MAP-OPEN.cnf unreachable'
  | 'components'
  | 'MAP-DELIMITER.ind'
  | 'MAP-CLOSE.ind'
  | 'MAP-U-ABORT.ind'
  | 'MAP-P-ABORT.ind'
  | 'MAP-P-ABORT.ind abnormal'
  | 'MAP-P-ABORT.ind by MAP'
  | 'MAP-P-ABORT.ind idle'
  | 'MAP-NOTICE.ind'
  /** What was invoked and not answered gets its outcome. */
  | 'terminate services';

/** Dialogue control of the MAP protocol machine. */
// biome-ignore format: a row a line
export const mapDialogueTable: FsmTable<MapDialogueState, MapDialogueEvent, MapDialogueGuard, MapDialogueAction> = {
  name: 'map-dialogue',
  source: '3GPP TS 29.002 figure 15.6/3 (process MAP_DSM)',
  states: ['idle', 'wait-for-user-requests', 'dialogue-initiated', 'wait-for-first-operation', 'dialogue-pending', 'dialogue-accepted', 'dialogue-established'],
  initial: 'idle',
  rows: [
    ['idle',                     'MAP-OPEN.req',      null,                      [],                                                                            'wait-for-user-requests',   '3GPP TS 29.002 §15.2.1'],
    ['idle',                     'TC-BEGIN.ind',      'no context',              [],                                                                            'wait-for-first-operation', '3GPP TS 29.002 §15.2.2'],
    ['idle',                     'TC-BEGIN.ind',      'abnormal',                ['TC-U-ABORT.req provider'],                                                   'idle',                     '3GPP TS 29.002 §15.2.2'],
    ['idle',                     'TC-BEGIN.ind',      null,                      ['MAP-OPEN.ind'],                                                              'dialogue-pending',         '3GPP TS 29.002 §15.2.2'],

    ['wait-for-user-requests',   'MAP-DELIMITER.req', null,                      ['TC-BEGIN.req'],                                                              'dialogue-initiated',       '3GPP TS 29.002 §15.2.1'],
    ['wait-for-user-requests',   'MAP-CLOSE.req',     null,                      ['TC-END.req prearranged', 'terminate services'],                              'idle',                     'non-standard: given back unused'],
    ['wait-for-user-requests',   'MAP-U-ABORT.req',   null,                      ['TC-END.req prearranged', 'terminate services'],                              'idle',                     '3GPP TS 29.002 §15.2.1'],
    ['wait-for-user-requests',   'idle limit',        null,                      ['MAP-P-ABORT.ind idle', 'terminate services'],                                'idle',                     'non-standard: idle limit'],

    ['dialogue-initiated',       'TC-CONTINUE.ind',   'abnormal',                ['TC-U-ABORT.req provider', 'MAP-P-ABORT.ind abnormal', 'terminate services'], 'idle',                     '3GPP TS 29.002 §15.2.1'],
    ['dialogue-initiated',       'TC-CONTINUE.ind',   null,                      ['MAP-OPEN.cnf accepted', 'components', 'MAP-DELIMITER.ind'],                   'dialogue-established',     '3GPP TS 29.002 §15.2.1'],
    ['dialogue-initiated',       'TC-END.ind',        'abnormal',                ['MAP-P-ABORT.ind abnormal', 'terminate services'],                            'idle',                     '3GPP TS 29.002 §15.2.1'],
    ['dialogue-initiated',       'TC-END.ind',        null,                      ['MAP-OPEN.cnf accepted', 'components', 'terminate services', 'MAP-CLOSE.ind'], 'idle',                     '3GPP TS 29.002 §15.2.1'],
    ['dialogue-initiated',       'TC-U-ABORT.ind',    'refused',                 ['MAP-OPEN.cnf refused', 'terminate services'],                                'idle',                     '3GPP TS 29.002 §15.2.1'],
    ['dialogue-initiated',       'TC-U-ABORT.ind',    'provider information',    ['MAP-P-ABORT.ind by MAP', 'terminate services'],                              'idle',                     '3GPP TS 29.002 §15.2.1'],
    ['dialogue-initiated',       'TC-U-ABORT.ind',    'version unknown to peer', ['MAP-OPEN.cnf version', 'terminate services'],                                'idle',                     '3GPP TS 29.002 §15.2.1'],
    ['dialogue-initiated',       'TC-U-ABORT.ind',    null,                      ['MAP-U-ABORT.ind', 'terminate services'],                                     'idle',                     '3GPP TS 29.002 §15.2.1'],
    ['dialogue-initiated',       'TC-P-ABORT.ind',    'version unknown to peer', ['MAP-OPEN.cnf version', 'terminate services'],                                'idle',                     '3GPP TS 29.002 §15.2.1'],
    ['dialogue-initiated',       'TC-P-ABORT.ind',    null,                      ['MAP-P-ABORT.ind', 'terminate services'],                                     'idle',                     '3GPP TS 29.002 §15.2.1'],
    ['dialogue-initiated',       'TC-NOTICE.ind',     null,                      ['MAP-OPEN.cnf unreachable', 'terminate services'],                            'idle',                     '3GPP TS 29.002 §15.2.1'],
    ['dialogue-initiated',       'MAP-CLOSE.req',     null,                      ['TC-END.req prearranged', 'terminate services'],                              'idle',                     '3GPP TS 29.002 §15.2.1'],
    ['dialogue-initiated',       'MAP-U-ABORT.req',   null,                      ['TC-U-ABORT.req', 'terminate services'],                                      'idle',                     '3GPP TS 29.002 §15.2.1'],
    ['dialogue-initiated',       'idle limit',        null,                      ['MAP-P-ABORT.ind idle', 'terminate services'],                                'idle',                     'non-standard: idle limit'],

    ['wait-for-first-operation', 'first operation',   'operation unknown',       ['TC-U-ABORT.req'],                                                            'idle',                     '3GPP TS 29.002 §15.2.2'],
    ['wait-for-first-operation', 'first operation',   null,                      ['MAP-OPEN.ind'],                                                              'dialogue-pending',         '3GPP TS 29.002 §15.2.2'],
    ['wait-for-first-operation', 'MAP-U-ABORT.req',   null,                      ['TC-U-ABORT.req'],                                                            'idle',                     '3GPP TS 29.002 §15.2.2'],

    ['dialogue-pending',         'MAP-OPEN.rsp',      'accepted',                ['components'],                                                                'dialogue-accepted',        '3GPP TS 29.002 §15.2.2'],
    ['dialogue-pending',         'MAP-OPEN.rsp',      null,                      ['TC-U-ABORT.req refuse'],                                                     'idle',                     '3GPP TS 29.002 §15.2.2'],

    ['dialogue-accepted',        'MAP-DELIMITER.req', null,                      ['TC-CONTINUE.req'],                                                           'dialogue-established',     '3GPP TS 29.002 §15.2.2'],
    ['dialogue-accepted',        'MAP-CLOSE.req',     'prearranged',             ['TC-END.req prearranged', 'terminate services'],                              'idle',                     '3GPP TS 29.002 §15.2.2'],
    ['dialogue-accepted',        'MAP-CLOSE.req',     null,                      ['TC-END.req', 'terminate services'],                                          'idle',                     '3GPP TS 29.002 §15.2.2'],
    ['dialogue-accepted',        'MAP-U-ABORT.req',   null,                      ['TC-U-ABORT.req', 'terminate services'],                                      'idle',                     '3GPP TS 29.002 §15.2.2'],
    ['dialogue-accepted',        'TC-P-ABORT.ind',    null,                      ['MAP-P-ABORT.ind', 'terminate services'],                                     'idle',                     '3GPP TS 29.002 §15.2.2'],
    ['dialogue-accepted',        'TC-U-ABORT.ind',    'provider information',    ['MAP-P-ABORT.ind by MAP', 'terminate services'],                              'idle',                     '3GPP TS 29.002 §15.2.2'],
    ['dialogue-accepted',        'TC-U-ABORT.ind',    null,                      ['MAP-U-ABORT.ind', 'terminate services'],                                     'idle',                     '3GPP TS 29.002 §15.2.2'],
    ['dialogue-accepted',        'idle limit',        null,                      ['MAP-P-ABORT.ind idle', 'terminate services'],                                'idle',                     'non-standard: idle limit'],

    ['dialogue-established',     'MAP-DELIMITER.req', null,                      ['TC-CONTINUE.req'],                                                           'dialogue-established',     '3GPP TS 29.002 §15.2.3'],
    ['dialogue-established',     'MAP-CLOSE.req',     'prearranged',             ['TC-END.req prearranged', 'terminate services'],                              'idle',                     '3GPP TS 29.002 §15.2.3'],
    ['dialogue-established',     'MAP-CLOSE.req',     null,                      ['TC-END.req', 'terminate services'],                                          'idle',                     '3GPP TS 29.002 §15.2.3'],
    ['dialogue-established',     'MAP-U-ABORT.req',   null,                      ['TC-U-ABORT.req', 'terminate services'],                                      'idle',                     '3GPP TS 29.002 §15.2.3'],
    ['dialogue-established',     'TC-CONTINUE.ind',   null,                      ['components', 'MAP-DELIMITER.ind'],                                           'dialogue-established',     '3GPP TS 29.002 §15.2.3'],
    ['dialogue-established',     'TC-END.ind',        null,                      ['components', 'terminate services', 'MAP-CLOSE.ind'],                         'idle',                     '3GPP TS 29.002 §15.2.3'],
    ['dialogue-established',     'TC-U-ABORT.ind',    'provider information',    ['MAP-P-ABORT.ind by MAP', 'terminate services'],                              'idle',                     '3GPP TS 29.002 §15.2.3'],
    ['dialogue-established',     'TC-U-ABORT.ind',    null,                      ['MAP-U-ABORT.ind', 'terminate services'],                                     'idle',                     '3GPP TS 29.002 §15.2.3'],
    ['dialogue-established',     'TC-P-ABORT.ind',    null,                      ['MAP-P-ABORT.ind', 'terminate services'],                                     'idle',                     '3GPP TS 29.002 §15.2.3'],
    ['dialogue-established',     'TC-NOTICE.ind',     null,                      ['MAP-NOTICE.ind'],                                                            'dialogue-established',     '3GPP TS 29.002 §15.2.3'],
    ['dialogue-established',     'idle limit',        null,                      ['MAP-P-ABORT.ind idle', 'terminate services'],                                'idle',                     'non-standard: idle limit'],
  ],
};

export const mapDialogueFsm = new Fsm(mapDialogueTable);
