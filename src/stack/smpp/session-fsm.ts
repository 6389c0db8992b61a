/**
 * A session as its ESME and its message centre (MC) see it (SMPP 5.0 §2.2, §2.3): bound as transmitter, receiver or transceiver is one
 * state here, as which operations that allows is a table of its own (`allowed-operations.ts`).
 */
import { Fsm, type FsmTable } from '../../types/fsm.ts';

export type SessionState = 'OPEN' | 'BINDING' | 'BOUND' | 'UNBINDING' | 'CLOSED';
export type SessionEvent =
  | 'BIND.req'
  | 'UNBIND.req'
  | 'ABORT.req'
  | 'bind'
  | 'bind_resp'
  | 'unbind'
  | 'unbind_resp'
  | 'session_init_timer expiry'
  | 'response_timer expiry'
  | 'enquire_link unanswered'
  | 'inactivity_timer expiry'
  | 'framing lost'
  | 'connection lost';
export type SessionGuard = 'ok';
export type SessionAction =
  | 'send bind'
  | 'send bind_resp'
  | 'refuse bind'
  | 'send unbind'
  | 'send unbind_resp'
  | 'send generic_nack'
  | 'start session_init_timer'
  | 'stop session_init_timer'
  | 'start enquire_link_timer'
  | 'BIND.conf'
  | 'close'
  | 'DOWN.ind';

export const sessionTable: FsmTable<SessionState, SessionEvent, SessionGuard, SessionAction> = {
  name: 'smpp-session',
  source: 'SMPP 5.0 §2.2, §2.3 and §2.7',
  states: ['OPEN', 'BINDING', 'BOUND', 'UNBINDING', 'CLOSED'],
  initial: 'OPEN',
  // biome-ignore format: a row a line
  rows: [
    // The ESME.
    ['OPEN',      'BIND.req',                  null,       ['send bind', 'start session_init_timer'],                                'BINDING',   'SMPP 5.0 §2.2.1'],
    ['BINDING',   'bind_resp',                 'ok',       ['stop session_init_timer', 'start enquire_link_timer', 'BIND.conf'],      'BOUND',     'SMPP 5.0 §2.2.3'],
    ['BINDING',   'bind_resp',                 null,       ['stop session_init_timer', 'close', 'DOWN.ind'],                          'CLOSED',    'SMPP 5.0 §4.1.1.2'],
    ['BINDING',   'session_init_timer expiry', null,       ['close', 'DOWN.ind'],                                                    'CLOSED',    'SMPP 5.0 §2.7'],
    // The message centre.
    ['OPEN',      'bind',                      'ok',       ['stop session_init_timer', 'send bind_resp', 'start enquire_link_timer', 'BIND.conf'], 'BOUND', 'SMPP 5.0 §2.2.3'],
    ['OPEN',      'bind',                      null,       ['refuse bind'],                                                          'OPEN',      'SMPP 5.0 §4.1.1.2'],
    ['OPEN',      'session_init_timer expiry', null,       ['close', 'DOWN.ind'],                                                    'CLOSED',    'SMPP 5.0 §2.7'],
    ['BOUND',     'bind',                      null,       ['refuse bind'],                                                          'BOUND',     'SMPP 5.0 §4.7.6 ESME_RALYBND'],
    // Both.
    ['BOUND',     'UNBIND.req',                null,       ['send unbind'],                                                          'UNBINDING', 'SMPP 5.0 §2.2.6'],
    ['BOUND',     'unbind',                    null,       ['send unbind_resp', 'close', 'DOWN.ind'],                                'CLOSED',    'SMPP 5.0 §4.1.1.9'],
    ['BOUND',     'enquire_link unanswered',   null,       ['close', 'DOWN.ind'],                                                    'CLOSED',    'SMPP 5.0 §2.7'],
    ['BOUND',     'inactivity_timer expiry',   null,       ['send unbind'],                                                          'UNBINDING', 'SMPP 5.0 §2.7'],
    ['UNBINDING', 'unbind_resp',               null,       ['close', 'DOWN.ind'],                                                    'CLOSED',    'SMPP 5.0 §2.2.6'],
    ['UNBINDING', 'unbind',                    null,       ['send unbind_resp'],                                                     'UNBINDING', 'SMPP 5.0 §4.1.1.9'],
    ['UNBINDING', 'response_timer expiry',     null,       ['close', 'DOWN.ind'],                                                    'CLOSED',    'SMPP 5.0 §2.7'],
    ['OPEN',      'framing lost',              null,       ['send generic_nack', 'close', 'DOWN.ind'],                                'CLOSED',    'SMPP 5.0 §4.1.4'],
    ['BINDING',   'framing lost',              null,       ['send generic_nack', 'close', 'DOWN.ind'],                                'CLOSED',    'SMPP 5.0 §4.1.4'],
    ['BOUND',     'framing lost',              null,       ['send generic_nack', 'close', 'DOWN.ind'],                                'CLOSED',    'SMPP 5.0 §4.1.4'],
    ['UNBINDING', 'framing lost',              null,       ['send generic_nack', 'close', 'DOWN.ind'],                                'CLOSED',    'SMPP 5.0 §4.1.4'],
    ['OPEN',      'connection lost',           null,       ['DOWN.ind'],                                                             'CLOSED',    'SMPP 5.0 §2.2.7'],
    ['BINDING',   'connection lost',           null,       ['DOWN.ind'],                                                             'CLOSED',    'SMPP 5.0 §2.2.7'],
    ['BOUND',     'connection lost',           null,       ['DOWN.ind'],                                                             'CLOSED',    'SMPP 5.0 §2.2.7'],
    ['UNBINDING', 'connection lost',           null,       ['DOWN.ind'],                                                             'CLOSED',    'SMPP 5.0 §2.2.7'],
    ['OPEN',      'ABORT.req',                 null,       ['close', 'DOWN.ind'],                                                    'CLOSED',    'SMPP 5.0 §2.2.7'],
    ['BINDING',   'ABORT.req',                 null,       ['close', 'DOWN.ind'],                                                    'CLOSED',    'SMPP 5.0 §2.2.7'],
    ['BOUND',     'ABORT.req',                 null,       ['close', 'DOWN.ind'],                                                    'CLOSED',    'SMPP 5.0 §2.2.7'],
    ['UNBINDING', 'ABORT.req',                 null,       ['close', 'DOWN.ind'],                                                    'CLOSED',    'SMPP 5.0 §2.2.7'],
  ],
};

export const sessionFsm = new Fsm(sessionTable);
