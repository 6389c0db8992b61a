/**
 * An association's life (RFC 9260 §4 figure 3) with the handling of unexpected chunks of §5.2. Data transfer runs
 * beside it and reports `all-acknowledged` and `errors-exceeded`.
 */
import type { FsmTable } from '../../types/fsm.ts';

export type AssociationState =
  | 'CLOSED'
  | 'COOKIE-WAIT'
  | 'COOKIE-ECHOED'
  | 'ESTABLISHED'
  | 'SHUTDOWN-PENDING'
  | 'SHUTDOWN-SENT'
  | 'SHUTDOWN-RECEIVED'
  | 'SHUTDOWN-ACK-SENT';

export type AssociationEvent =
  | 'ASSOCIATE'
  | 'ABORT.req'
  | 'SHUTDOWN.req'
  | 'INIT-ACK'
  | 'COOKIE-ECHO'
  | 'COOKIE-ECHO restart'
  | 'COOKIE-ACK'
  | 'STALE-COOKIE'
  | 'ABORT'
  | 'SHUTDOWN'
  | 'SHUTDOWN-ACK'
  | 'SHUTDOWN-COMPLETE'
  | 'all-acknowledged'
  | 'errors-exceeded'
  | 'T1 expired'
  | 'T2 expired';

export type AssociationGuard = 'retransmissions-left';

export type AssociationAction =
  | 'send-init'
  | 'send-cookie-echo'
  | 'send-cookie-ack'
  | 'send-shutdown'
  | 'send-shutdown-ack'
  | 'send-shutdown-complete'
  | 'send-abort'
  | 'send-shutting-down-error'
  | 'start-T1'
  | 'stop-T1'
  | 'start-T2'
  | 'stop-T2'
  | 'begin-transfer'
  | 'begin-transfer-anew'
  | 'take-peer-tag'
  | 'tell-up'
  | 'tell-restarted'
  | 'tell-refused'
  | 'tell-lost'
  | 'tell-aborted'
  | 'tell-ended';

// biome-ignore format: a row a line
export const associationTable: FsmTable<AssociationState, AssociationEvent, AssociationGuard, AssociationAction> = {
  name: 'sctp-association',
  source: 'RFC 9260 figure 3 and §5.2.4',
  states: ['CLOSED', 'COOKIE-WAIT', 'COOKIE-ECHOED', 'ESTABLISHED', 'SHUTDOWN-PENDING', 'SHUTDOWN-SENT', 'SHUTDOWN-RECEIVED', 'SHUTDOWN-ACK-SENT'],
  initial: 'CLOSED',
  rows: [
    ['CLOSED',            'ASSOCIATE',           null,                   ['send-init', 'start-T1'],                                          'COOKIE-WAIT',       'RFC 9260 §5.1 A'],
    ['CLOSED',            'COOKIE-ECHO',         null,                   ['begin-transfer', 'send-cookie-ack', 'tell-up'],                   'ESTABLISHED',       'RFC 9260 §5.1 D'],

    ['COOKIE-WAIT',       'INIT-ACK',            null,                   ['stop-T1', 'send-cookie-echo', 'start-T1'],                        'COOKIE-ECHOED',     'RFC 9260 §5.1 C'],
    ['COOKIE-WAIT',       'T1 expired',          'retransmissions-left', ['send-init', 'start-T1'],                                          'COOKIE-WAIT',       'RFC 9260 §5.1.6'],
    ['COOKIE-WAIT',       'T1 expired',          null,                   ['tell-lost'],                                                      'CLOSED',            'RFC 9260 §5.1.6'],
    ['COOKIE-WAIT',       'COOKIE-ECHO',         null,                   ['stop-T1', 'begin-transfer', 'send-cookie-ack', 'tell-up'],        'ESTABLISHED',       'RFC 9260 §5.2.4 B'],
    ['COOKIE-WAIT',       'ABORT',               null,                   ['stop-T1', 'tell-refused'],                                        'CLOSED',            'RFC 9260 §9.1'],
    ['COOKIE-WAIT',       'ABORT.req',           null,                   ['stop-T1', 'tell-ended'],                                          'CLOSED',            'RFC 9260 §9.1'],
    ['COOKIE-WAIT',       'SHUTDOWN.req',        null,                   ['stop-T1', 'tell-ended'],                                          'CLOSED',            'RFC 9260 §9.2'],

    ['COOKIE-ECHOED',     'COOKIE-ACK',          null,                   ['stop-T1', 'begin-transfer', 'tell-up'],                           'ESTABLISHED',       'RFC 9260 §5.1 E'],
    ['COOKIE-ECHOED',     'T1 expired',          'retransmissions-left', ['send-cookie-echo', 'start-T1'],                                   'COOKIE-ECHOED',     'RFC 9260 §5.1.6'],
    ['COOKIE-ECHOED',     'T1 expired',          null,                   ['tell-lost'],                                                      'CLOSED',            'RFC 9260 §5.1.6'],
    ['COOKIE-ECHOED',     'STALE-COOKIE',        'retransmissions-left', ['stop-T1', 'send-init', 'start-T1'],                               'COOKIE-WAIT',       'RFC 9260 §5.2.6'],
    ['COOKIE-ECHOED',     'STALE-COOKIE',        null,                   ['stop-T1', 'tell-refused'],                                        'CLOSED',            'RFC 9260 §5.2.6'],
    ['COOKIE-ECHOED',     'COOKIE-ECHO',         null,                   ['stop-T1', 'begin-transfer', 'send-cookie-ack', 'tell-up'],        'ESTABLISHED',       'RFC 9260 §5.2.4 B, D'],
    ['COOKIE-ECHOED',     'ABORT',               null,                   ['stop-T1', 'tell-refused'],                                        'CLOSED',            'RFC 9260 §9.1'],
    ['COOKIE-ECHOED',     'ABORT.req',           null,                   ['stop-T1', 'send-abort', 'tell-ended'],                            'CLOSED',            'RFC 9260 §9.1'],
    ['COOKIE-ECHOED',     'SHUTDOWN.req',        null,                   ['stop-T1', 'send-abort', 'tell-ended'],                            'CLOSED',            'RFC 9260 §9.2'],

    ['ESTABLISHED',       'COOKIE-ECHO',         null,                   ['take-peer-tag', 'send-cookie-ack'],                               'ESTABLISHED',       'RFC 9260 §5.2.4 B, D'],
    ['ESTABLISHED',       'COOKIE-ECHO restart', null,                   ['begin-transfer-anew', 'send-cookie-ack', 'tell-restarted'],       'ESTABLISHED',       'RFC 9260 §5.2.4 A'],
    ['ESTABLISHED',       'SHUTDOWN.req',        null,                   [],                                                                 'SHUTDOWN-PENDING',  'RFC 9260 §9.2'],
    ['ESTABLISHED',       'SHUTDOWN',            null,                   [],                                                                 'SHUTDOWN-RECEIVED', 'RFC 9260 §9.2'],
    ['ESTABLISHED',       'ABORT',               null,                   ['tell-aborted'],                                                   'CLOSED',            'RFC 9260 §9.1'],
    ['ESTABLISHED',       'ABORT.req',           null,                   ['send-abort', 'tell-ended'],                                       'CLOSED',            'RFC 9260 §9.1'],
    ['ESTABLISHED',       'errors-exceeded',     null,                   ['send-abort', 'tell-lost'],                                        'CLOSED',            'RFC 9260 §8.1'],

    ['SHUTDOWN-PENDING',  'all-acknowledged',    null,                   ['send-shutdown', 'start-T2'],                                      'SHUTDOWN-SENT',     'RFC 9260 §9.2'],
    ['SHUTDOWN-PENDING',  'SHUTDOWN',            null,                   [],                                                                 'SHUTDOWN-RECEIVED', 'RFC 9260 §9.2'],
    ['SHUTDOWN-PENDING',  'COOKIE-ECHO',         null,                   ['take-peer-tag', 'send-cookie-ack'],                               'SHUTDOWN-PENDING',  'RFC 9260 §5.2.4 B, D'],
    ['SHUTDOWN-PENDING',  'COOKIE-ECHO restart', null,                   ['send-abort', 'tell-ended'],                                       'CLOSED',            'RFC 9260 §5.2.4 A'],
    ['SHUTDOWN-PENDING',  'ABORT',               null,                   ['tell-aborted'],                                                   'CLOSED',            'RFC 9260 §9.1'],
    ['SHUTDOWN-PENDING',  'ABORT.req',           null,                   ['send-abort', 'tell-ended'],                                       'CLOSED',            'RFC 9260 §9.1'],
    ['SHUTDOWN-PENDING',  'errors-exceeded',     null,                   ['send-abort', 'tell-lost'],                                        'CLOSED',            'RFC 9260 §8.1'],

    ['SHUTDOWN-SENT',     'T2 expired',          'retransmissions-left', ['send-shutdown', 'start-T2'],                                      'SHUTDOWN-SENT',     'RFC 9260 §9.2'],
    ['SHUTDOWN-SENT',     'T2 expired',          null,                   ['send-abort', 'tell-ended'],                                       'CLOSED',            'RFC 9260 §9.2'],
    ['SHUTDOWN-SENT',     'SHUTDOWN',            null,                   ['stop-T2', 'send-shutdown-ack', 'start-T2'],                       'SHUTDOWN-ACK-SENT', 'RFC 9260 §9.2'],
    ['SHUTDOWN-SENT',     'SHUTDOWN-ACK',        null,                   ['stop-T2', 'send-shutdown-complete', 'tell-ended'],                'CLOSED',            'RFC 9260 §9.2'],
    ['SHUTDOWN-SENT',     'COOKIE-ECHO restart', null,                   ['stop-T2', 'send-abort', 'tell-ended'],                            'CLOSED',            'RFC 9260 §5.2.4 A'],
    ['SHUTDOWN-SENT',     'ABORT',               null,                   ['stop-T2', 'tell-aborted'],                                        'CLOSED',            'RFC 9260 §9.1'],
    ['SHUTDOWN-SENT',     'ABORT.req',           null,                   ['stop-T2', 'send-abort', 'tell-ended'],                            'CLOSED',            'RFC 9260 §9.1'],

    ['SHUTDOWN-RECEIVED', 'all-acknowledged',    null,                   ['send-shutdown-ack', 'start-T2'],                                  'SHUTDOWN-ACK-SENT', 'RFC 9260 §9.2'],
    ['SHUTDOWN-RECEIVED', 'COOKIE-ECHO restart', null,                   ['send-abort', 'tell-ended'],                                       'CLOSED',            'RFC 9260 §5.2.4 A'],
    ['SHUTDOWN-RECEIVED', 'ABORT',               null,                   ['tell-aborted'],                                                   'CLOSED',            'RFC 9260 §9.1'],
    ['SHUTDOWN-RECEIVED', 'ABORT.req',           null,                   ['send-abort', 'tell-ended'],                                       'CLOSED',            'RFC 9260 §9.1'],
    ['SHUTDOWN-RECEIVED', 'errors-exceeded',     null,                   ['send-abort', 'tell-lost'],                                        'CLOSED',            'RFC 9260 §8.1'],

    ['SHUTDOWN-ACK-SENT', 'T2 expired',          'retransmissions-left', ['send-shutdown-ack', 'start-T2'],                                  'SHUTDOWN-ACK-SENT', 'RFC 9260 §9.2'],
    ['SHUTDOWN-ACK-SENT', 'T2 expired',          null,                   ['send-abort', 'tell-ended'],                                       'CLOSED',            'RFC 9260 §9.2'],
    ['SHUTDOWN-ACK-SENT', 'SHUTDOWN',            null,                   ['send-shutdown-ack'],                                              'SHUTDOWN-ACK-SENT', 'RFC 9260 §9.2'],
    ['SHUTDOWN-ACK-SENT', 'SHUTDOWN-ACK',        null,                   ['stop-T2', 'send-shutdown-complete', 'tell-ended'],                'CLOSED',            'RFC 9260 §9.2'],
    ['SHUTDOWN-ACK-SENT', 'SHUTDOWN-COMPLETE',   null,                   ['stop-T2', 'tell-ended'],                                          'CLOSED',            'RFC 9260 §9.2'],
    ['SHUTDOWN-ACK-SENT', 'COOKIE-ECHO restart', null,                   ['send-shutdown-ack', 'send-shutting-down-error'],                  'SHUTDOWN-ACK-SENT', 'RFC 9260 §5.2.4 A'],
    ['SHUTDOWN-ACK-SENT', 'ABORT',               null,                   ['stop-T2', 'tell-aborted'],                                        'CLOSED',            'RFC 9260 §9.1'],
    ['SHUTDOWN-ACK-SENT', 'ABORT.req',           null,                   ['stop-T2', 'send-abort', 'tell-ended'],                            'CLOSED',            'RFC 9260 §9.1'],
  ],
};
