import { Fsm, type FsmTable, type Row } from '../../types/fsm.ts';
import type { OperationClass } from './service.ts';

export type InvocationState = 'idle' | 'operation-sent' | 'wait-for-reject';

export type InvocationEvent =
  | 'operation sent'
  | 'RR-L received'
  | 'RR-NL received'
  | 'RE received'
  | 'RJ received'
  | 'invocation timer'
  | 'reject timer'
  | 'TC-U-REJECT.req'
  | 'TC-U-CANCEL.req'
  | 'terminate';

export type InvocationAction =
  | 'start invocation timer'
  | 'stop invocation timer'
  | 'start reject timer'
  | 'TC-RESULT-L.ind'
  | 'TC-RESULT-NL.ind'
  | 'TC-U-ERROR.ind'
  | 'TC-R-REJECT.ind'
  | 'TC-L-CANCEL.ind'
  /** Return result or return error unexpected: the class has none. */
  | 'reject unexpected'
  /** The operation was answered before. */
  | 'reject unrecognized'
  | 'discard invoke';

type InvocationRow = Row<InvocationState, InvocationEvent, never, InvocationAction>;
export type InvocationTable = FsmTable<InvocationState, InvocationEvent, never, InvocationAction>;

/** What is the same in every class, around what an operation of it may be answered with. */
// biome-ignore format: a row a line
function table(operationClass: OperationClass, answers: readonly InvocationRow[]): InvocationTable {
  const waits: readonly InvocationRow[] = [
    ['wait-for-reject', 'RR-L received',    null, ['reject unrecognized'],                          'wait-for-reject', 'ITU-T Q.774 §3.2.2.2'],
    ['wait-for-reject', 'RR-NL received',   null, ['reject unrecognized'],                          'wait-for-reject', 'ITU-T Q.774 §3.2.2.2'],
    ['wait-for-reject', 'RE received',      null, ['reject unrecognized'],                          'wait-for-reject', 'ITU-T Q.774 §3.2.2.2'],
    ['wait-for-reject', 'RJ received',      null, ['TC-R-REJECT.ind'],                              'idle',            'ITU-T Q.774 §3.2.2.2'],
    ['wait-for-reject', 'reject timer',     null, [],                                               'idle',            'ITU-T Q.774 §3.2.1.1.3'],
    ['wait-for-reject', 'TC-U-REJECT.req',  null, [],                                               'idle',            'ITU-T Q.774 §3.2.2.2'],
    ['wait-for-reject', 'TC-U-CANCEL.req',  null, [],                                               'idle',            'ITU-T Q.774 §3.2.1.1.3'],
    ['wait-for-reject', 'terminate',        null, [],                                               'idle',            'ITU-T Q.774 §3.2.1.1.3'],
  ];
  return {
    name: `tcap-invocation-class-${String(operationClass)}`,
    source: 'ITU-T Q.774 figure A.7',
    states: operationClass === 4 ? ['idle', 'operation-sent'] : ['idle', 'operation-sent', 'wait-for-reject'],
    initial: 'idle',
    rows: [
      ['idle',           'operation sent',   null, ['start invocation timer'],                      'operation-sent',  'ITU-T Q.774 §3.2.1.1.3'],
      ['idle',           'TC-U-CANCEL.req',  null, ['discard invoke'],                              'idle',            'ITU-T Q.774 §3.2.1.1.3'],
      ['idle',           'terminate',        null, [],                                              'idle',            'ITU-T Q.774 §3.2.1.1.3'],
      ...answers,
      ['operation-sent', 'RJ received',      null, ['stop invocation timer', 'TC-R-REJECT.ind'],    'idle',            'ITU-T Q.774 §3.2.2.2'],
      ['operation-sent', 'TC-U-CANCEL.req',  null, ['stop invocation timer'],                       'idle',            'ITU-T Q.774 §3.2.1.1.3'],
      ['operation-sent', 'terminate',        null, ['stop invocation timer'],                       'idle',            'ITU-T Q.774 §3.2.1.1.3'],
      ...(operationClass === 4 ? [] : waits),
    ],
  };
}

/** Invocation state machines (ISM) by operation class: success and failure, failure only, success only, neither. */
// biome-ignore format: a row a line
export const invocationTables: Readonly<Record<OperationClass, InvocationTable>> = {
  1: table(1, [
    ['operation-sent', 'RR-NL received',   null, ['TC-RESULT-NL.ind'],                                              'operation-sent',  'ITU-T Q.774 §3.2.1.1.3'],
    ['operation-sent', 'RR-L received',    null, ['stop invocation timer', 'start reject timer', 'TC-RESULT-L.ind'], 'wait-for-reject', 'ITU-T Q.774 §3.2.1.1.3'],
    ['operation-sent', 'RE received',      null, ['stop invocation timer', 'start reject timer', 'TC-U-ERROR.ind'], 'wait-for-reject', 'ITU-T Q.774 §3.2.1.1.3'],
    ['operation-sent', 'TC-U-REJECT.req',  null, ['stop invocation timer'],                                         'idle',            'ITU-T Q.774 §3.2.2.2'],
    ['operation-sent', 'invocation timer', null, ['TC-L-CANCEL.ind'],                                               'idle',            'ITU-T Q.774 §3.2.2.2'],
  ]),
  2: table(2, [
    ['operation-sent', 'RE received',      null, ['stop invocation timer', 'start reject timer', 'TC-U-ERROR.ind'], 'wait-for-reject', 'ITU-T Q.774 §3.2.1.1.3'],
    ['operation-sent', 'RR-NL received',   null, ['stop invocation timer', 'reject unexpected'],                    'idle',            'ITU-T Q.774 §3.2.2.2'],
    ['operation-sent', 'RR-L received',    null, ['stop invocation timer', 'reject unexpected'],                    'idle',            'ITU-T Q.774 §3.2.2.2'],
    ['operation-sent', 'invocation timer', null, ['TC-L-CANCEL.ind'],                                               'idle',            'ITU-T Q.774 §3.2.2.2'],
  ]),
  3: table(3, [
    ['operation-sent', 'RR-NL received',   null, ['TC-RESULT-NL.ind'],                                              'operation-sent',  'ITU-T Q.774 §3.2.1.1.3'],
    ['operation-sent', 'RR-L received',    null, ['stop invocation timer', 'start reject timer', 'TC-RESULT-L.ind'], 'wait-for-reject', 'ITU-T Q.774 §3.2.1.1.3'],
    ['operation-sent', 'RE received',      null, ['stop invocation timer', 'reject unexpected'],                    'idle',            'ITU-T Q.774 §3.2.2.2'],
    ['operation-sent', 'TC-U-REJECT.req',  null, ['stop invocation timer'],                                         'idle',            'ITU-T Q.774 §3.2.2.2'],
    ['operation-sent', 'invocation timer', null, ['TC-L-CANCEL.ind'],                                               'idle',            'ITU-T Q.774 §3.2.2.2'],
  ]),
  4: table(4, [
    ['operation-sent', 'RR-NL received',   null, ['stop invocation timer', 'reject unexpected'],                    'idle',            'ITU-T Q.774 §3.2.2.2'],
    ['operation-sent', 'RR-L received',    null, ['stop invocation timer', 'reject unexpected'],                    'idle',            'ITU-T Q.774 §3.2.2.2'],
    ['operation-sent', 'RE received',      null, ['stop invocation timer', 'reject unexpected'],                    'idle',            'ITU-T Q.774 §3.2.2.2'],
    // Nothing was to come of it, so nobody is told.
    ['operation-sent', 'invocation timer', null, [],                                                                'idle',            'ITU-T Q.774 §3.2.2.2'],
  ]),
};

export const invocationFsms = {
  1: new Fsm(invocationTables[1]),
  2: new Fsm(invocationTables[2]),
  3: new Fsm(invocationTables[3]),
  4: new Fsm(invocationTables[4]),
} as const;
