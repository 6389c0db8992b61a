import { Fsm, type FsmTable } from '../../types/fsm.ts';

export type TransactionState = 'idle' | 'init-received' | 'init-sent' | 'active';

export type TransactionEvent =
  | 'BEGIN received'
  | 'CONTINUE received'
  | 'END received'
  | 'ABORT received'
  /** The transaction coordinator found a message for this transaction malformed. */
  | 'local abort'
  | 'TR-BEGIN.req'
  | 'TR-CONTINUE.req'
  | 'TR-END.req'
  | 'TR-U-ABORT.req'
  | 'TR-P-ABORT.req';

type Guard = 'prearranged' | 'P-Abort cause';

export type TransactionAction =
  | 'store peer'
  | 'send BEGIN'
  | 'send CONTINUE'
  | 'send END'
  | 'send ABORT'
  | 'send P-ABORT'
  | 'TR-BEGIN.ind'
  | 'TR-CONTINUE.ind'
  | 'TR-END.ind'
  | 'TR-U-ABORT.ind'
  | 'TR-P-ABORT.ind';

/** Transaction state machine (TSM) of the transaction sub-layer. */
// biome-ignore format: a row a line
export const transactionTable: FsmTable<TransactionState, TransactionEvent, Guard, TransactionAction> = {
  name: 'tcap-transaction',
  source: 'ITU-T Q.774 figure A.4',
  states: ['idle', 'init-received', 'init-sent', 'active'],
  initial: 'idle',
  rows: [
    ['idle',          'BEGIN received',    null,            ['store peer', 'TR-BEGIN.ind'],    'init-received', 'ITU-T Q.774 §3.3.3.2.1'],
    ['idle',          'TR-BEGIN.req',      null,            ['send BEGIN'],                    'init-sent',     'ITU-T Q.774 §3.3.3.2.1'],

    ['init-received', 'TR-CONTINUE.req',   null,            ['send CONTINUE'],                 'active',        'ITU-T Q.774 §3.3.3.2.2'],
    ['init-received', 'TR-END.req',        'prearranged',   [],                                'idle',          'ITU-T Q.774 §3.3.3.2.3'],
    ['init-received', 'TR-END.req',        null,            ['send END'],                      'idle',          'ITU-T Q.774 §3.3.3.2.3'],
    ['init-received', 'TR-U-ABORT.req',    null,            ['send ABORT'],                    'idle',          'ITU-T Q.774 §3.3.3.2.4'],
    ['init-received', 'TR-P-ABORT.req',    null,            ['send P-ABORT'],                  'idle',          'ITU-T Q.774 §3.3.4'],

    ['init-sent',     'CONTINUE received', null,            ['store peer', 'TR-CONTINUE.ind'], 'active',        'ITU-T Q.774 §3.3.3.2.2'],
    ['init-sent',     'END received',      null,            ['TR-END.ind'],                    'idle',          'ITU-T Q.774 §3.3.3.2.3'],
    ['init-sent',     'ABORT received',    'P-Abort cause', ['TR-P-ABORT.ind'],                'idle',          'ITU-T Q.774 §3.3.3.2.4'],
    ['init-sent',     'ABORT received',    null,            ['TR-U-ABORT.ind'],                'idle',          'ITU-T Q.774 §3.3.3.2.4'],
    ['init-sent',     'local abort',       null,            ['TR-P-ABORT.ind'],                'idle',          'ITU-T Q.774 §3.3.4'],
    // The peer's transaction is not known yet, so nothing can be sent whatever kind of end is asked for.
    ['init-sent',     'TR-END.req',        null,            [],                                'idle',          'ITU-T Q.774 §3.3.3.2.3'],
    ['init-sent',     'TR-U-ABORT.req',    null,            [],                                'idle',          'ITU-T Q.774 §3.3.3.2.4'],
    ['init-sent',     'TR-P-ABORT.req',    null,            [],                                'idle',          'ITU-T Q.774 §3.3.4'],

    ['active',        'CONTINUE received', null,            ['TR-CONTINUE.ind'],               'active',        'ITU-T Q.774 §3.3.3.2.2'],
    ['active',        'END received',      null,            ['TR-END.ind'],                    'idle',          'ITU-T Q.774 §3.3.3.2.3'],
    ['active',        'ABORT received',    'P-Abort cause', ['TR-P-ABORT.ind'],                'idle',          'ITU-T Q.774 §3.3.3.2.4'],
    ['active',        'ABORT received',    null,            ['TR-U-ABORT.ind'],                'idle',          'ITU-T Q.774 §3.3.3.2.4'],
    ['active',        'local abort',       null,            ['TR-P-ABORT.ind'],                'idle',          'ITU-T Q.774 §3.3.4'],
    ['active',        'TR-CONTINUE.req',   null,            ['send CONTINUE'],                 'active',        'ITU-T Q.774 §3.3.3.2.2'],
    ['active',        'TR-END.req',        'prearranged',   [],                                'idle',          'ITU-T Q.774 §3.3.3.2.3'],
    ['active',        'TR-END.req',        null,            ['send END'],                      'idle',          'ITU-T Q.774 §3.3.3.2.3'],
    ['active',        'TR-U-ABORT.req',    null,            ['send ABORT'],                    'idle',          'ITU-T Q.774 §3.3.3.2.4'],
    ['active',        'TR-P-ABORT.req',    null,            ['send P-ABORT'],                  'idle',          'ITU-T Q.774 §3.3.4'],
  ],
};

export const transactionFsm = new Fsm(transactionTable);
