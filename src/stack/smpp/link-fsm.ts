/**
 * One bind that an ESME keeps towards a message centre: connected, bound, and both again with a growing pause when it is lost
 * (SMPP 5.0 §2.2).
 */
import { Fsm, type FsmTable } from '../../types/fsm.ts';

export type LinkState = 'IDLE' | 'CONNECTING' | 'BINDING' | 'BOUND' | 'WAITING' | 'UNBINDING';
export type LinkEvent =
  | 'open'
  | 'close'
  | 'connected'
  | 'not connected'
  | 'bound'
  | 'down'
  | 'T(reconnect) expiry';
export type LinkAction =
  | 'connect'
  | 'give up connecting'
  | 'bind'
  | 'unbind'
  | 'abort'
  | 'UP.ind'
  | 'DOWN.ind'
  | 'start T(reconnect)'
  | 'stop T(reconnect)';

export const linkTable: FsmTable<LinkState, LinkEvent, never, LinkAction> = {
  name: 'smpp-link',
  source: 'SMPP 5.0 §2.2',
  states: ['IDLE', 'CONNECTING', 'BINDING', 'BOUND', 'WAITING', 'UNBINDING'],
  initial: 'IDLE',
  // biome-ignore format: a row a line
  rows: [
    ['IDLE',       'open',                null, ['connect'],                        'CONNECTING', 'SMPP 5.0 §2.2.1'],

    ['CONNECTING', 'connected',           null, ['bind'],                           'BINDING',    'SMPP 5.0 §2.2.3'],
    ['CONNECTING', 'not connected',       null, ['start T(reconnect)'],             'WAITING',    'SMPP 5.0 §2.2.1'],
    ['CONNECTING', 'close',               null, ['give up connecting'],             'IDLE',       'SMPP 5.0 §2.2.7'],

    ['BINDING',    'bound',               null, ['UP.ind'],                         'BOUND',      'SMPP 5.0 §2.2.3'],
    ['BINDING',    'down',                null, ['start T(reconnect)'],             'WAITING',    'SMPP 5.0 §4.1.1.2'],
    ['BINDING',    'close',               null, ['abort'],                          'UNBINDING',  'SMPP 5.0 §2.2.7'],

    ['BOUND',      'down',                null, ['DOWN.ind', 'start T(reconnect)'], 'WAITING',    'SMPP 5.0 §2.2.7'],
    ['BOUND',      'close',               null, ['DOWN.ind', 'unbind'],             'UNBINDING',  'SMPP 5.0 §2.2.6'],

    ['WAITING',    'T(reconnect) expiry', null, ['connect'],                        'CONNECTING', 'SMPP 5.0 §2.2.1'],
    ['WAITING',    'close',               null, ['stop T(reconnect)'],              'IDLE',       'SMPP 5.0 §2.2.7'],

    ['UNBINDING',  'down',                null, [],                                 'IDLE',       'SMPP 5.0 §2.2.7'],
  ],
};

export const linkFsm = new Fsm(linkTable);
