/**
 * One call, from the attempt to its end, whatever protocol it came over. Clauses are those of the protocol that shows the
 * behaviour best, CAMEL (flow F1); an adapter translates its own messages into these events.
 */
import { Fsm, type FsmTable } from '../types/fsm.ts';

export type CallState =
  | 'idle'
  /** The called subscriber's actor is asked what it wants. */
  | 'deciding'
  /** The call goes on; we are told how it ends. */
  | 'monitoring'
  /** Answered, and followed to its end: the line is free then (A7). */
  | 'talking'
  /** The call waits for us; its miss is on the way to being durable. */
  | 'remembering'
  | 'over';

export type CallEvent =
  | 'attempt'
  | 'observe'
  | 'let-go'
  /** Busy, not reachable, no answer: how, is in the fact. */
  | 'failed'
  | 'abandoned'
  | 'answered'
  /** One of the parties has hung up. */
  | 'disconnected'
  /** The miss is durable. */
  | 'durable'
  /** We have kept the call waiting for as long as we may. */
  | 'deadline'
  /** The network knows the call no more, so soon that only the caller can have ended it. */
  | 'vanished'
  /** The network closed our relation to the call, or broke it. */
  | 'closed'
  /** What we armed was refused: nothing will be reported. */
  | 'refused';

export type CallGuard =
  /** The network waits for our instruction. */
  | 'interrupted'
  /** A cause that makes the call a missed one, not network trouble. */
  | 'missed'
  /** Callers are told of trouble of the network (K4). */
  | 'trouble-told'
  /** The end of the call is armed, and there is room to wait for it. */
  | 'followed';

export type CallAction =
  | 'ask-subscriber'
  | 'start-deadline'
  | 'stop-deadline'
  | 'arm'
  | 'go-on'
  | 'close'
  | 'tell-missed'
  | 'tell-obstructed'
  | 'tell-abandoned'
  | 'tell-answered'
  | 'follow'
  | 'tell-line-free'
  | 'count-late';

// biome-ignore format: a row a line
export const callTable: FsmTable<CallState, CallEvent, CallGuard, CallAction> = {
  name: 'call-session',
  source: '3GPP TS 23.078 §4.5.2.1 (terminating BCSM) and §4.5.7 (gsmSCF handling)',
  states: ['idle', 'deciding', 'monitoring', 'talking', 'remembering', 'over'],
  initial: 'idle',
  rows: [
    ['idle',        'attempt',   null,          ['start-deadline', 'ask-subscriber'],             'deciding',    '3GPP TS 23.078 §4.6.1.8'],

    ['deciding',    'observe',   null,          ['stop-deadline', 'arm'],                         'monitoring',  '3GPP TS 23.078 §4.6.2.16'],
    ['deciding',    'let-go',    null,          ['stop-deadline', 'go-on'],                       'over',        '3GPP TS 23.078 §4.6.2.4'],
    ['deciding',    'deadline',  null,          ['count-late', 'go-on'],                          'over',        '3GPP TS 23.078 §4.6.2.4'],
    ['deciding',    'vanished',  null,          ['stop-deadline'],                                'over',        '3GPP TS 29.078 §10'],
    ['deciding',    'closed',    null,          ['stop-deadline'],                                'over',        '3GPP TS 29.078 §10'],

    ['monitoring',  'failed',    'interrupted', ['tell-missed', 'start-deadline'],                'remembering', '3GPP TS 23.078 §4.5.2.1'],
    ['monitoring',  'failed',    'missed',      ['tell-missed', 'close'],                         'over',        '3GPP TS 23.078 §4.5.2.1'],
    ['monitoring',  'failed',    'trouble-told', ['tell-obstructed', 'go-on'],                   'over',        '3GPP TS 23.078 §4.5.2.1'],
    ['monitoring',  'failed',    null,          ['go-on'],                                        'over',        '3GPP TS 23.078 §4.5.2.1'],
    ['monitoring',  'abandoned', null,          ['tell-abandoned', 'close'],                      'over',        '3GPP TS 23.078 §4.5.2.1'],
    ['monitoring',  'answered',  'followed',    ['tell-answered', 'follow'],                      'talking',     '3GPP TS 23.078 §4.5.2.1'],
    ['monitoring',  'answered',  null,          ['tell-answered', 'close'],                       'over',        '3GPP TS 23.078 §4.5.2.1'],
    ['monitoring',  'vanished',  null,          ['tell-abandoned'],                               'over',        '3GPP TS 29.078 §10'],
    ['monitoring',  'closed',    null,          [],                                               'over',        '3GPP TS 29.078 §10'],
    ['monitoring',  'refused',   null,          ['close'],                                        'over',        '3GPP TS 29.078 §11.49'],

    ['talking',     'disconnected', null,       ['tell-line-free', 'go-on'],                      'over',        '3GPP TS 23.078 §4.5.2.1'],
    ['talking',     'vanished',  null,          [],                                               'over',        '3GPP TS 29.078 §10'],
    ['talking',     'closed',    null,          [],                                               'over',        '3GPP TS 29.078 §10'],
    ['talking',     'refused',   null,          ['close'],                                        'over',        '3GPP TS 29.078 §11.49'],

    ['remembering', 'durable',   null,          ['stop-deadline', 'go-on'],                       'over',        '3GPP TS 23.078 §4.6.2.4'],
    ['remembering', 'deadline',  null,          ['count-late', 'go-on'],                          'over',        '3GPP TS 23.078 §4.6.2.4'],
    ['remembering', 'abandoned', null,          ['stop-deadline', 'close'],                       'over',        '3GPP TS 23.078 §4.5.2.1'],
    ['remembering', 'vanished',  null,          ['stop-deadline'],                                'over',        '3GPP TS 29.078 §10'],
    ['remembering', 'closed',    null,          ['stop-deadline'],                                'over',        '3GPP TS 29.078 §10'],
  ],
};

export const callFsm = new Fsm(callTable);
