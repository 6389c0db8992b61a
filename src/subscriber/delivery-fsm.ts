/**
 * How one subscriber is told: at most one try is on its way, one failed try puts us on the HLR's list, and one return
 * leads to one set of notices (3GPP TS 23.040 §3.2.7 and §10; flow F2 and rule A6).
 */
import { Fsm, type FsmTable } from '../types/fsm.ts';
import type { DeliveryState } from '../types/model/state.ts';

export type DeliveryEvent =
  /** There is something to tell, or to watch for, that was not there before. */
  | 'became-due'
  /** The network shows that the subscriber is there. */
  | 'reachable'
  | 'delivered'
  | 'absent'
  | 'memory-full'
  | 'temporary'
  | 'permanent'
  | 'deadline'
  /** What was due has been taken back. */
  | 'withdrawn';

export type DeliveryGuard =
  /** A notice would be stamped too far ahead of the time: there were many of late. */
  | 'too-soon'
  /** Something is due, and so many notices are under way that this one waits for its turn. */
  | 'crowded'
  | 'something-due'
  /** Beyond the notice that was on its way. */
  | 'more-due'
  /** Evidence of a return is younger than the try that failed. */
  | 'returned-since'
  | 'tries-left'
  /** A notice failed, and somebody waits to hear that the subscriber is back. */
  | 'watched';

export type DeliveryAction =
  /** With priority only where the subscriber was seen a moment ago. */
  | 'try'
  /** …with priority in any case: whatever flag the HLR still has set; also where a notice has just arrived. */
  | 'try-anyway'
  | 'close-notice'
  | 'keep-for-later'
  | 'give-up'
  /** As 'give-up', but who watches still is to be told. */
  | 'give-up-notices'
  | 'await-return'
  | 'back-off'
  /** Until the next notice can be stamped with a time that is not far off. */
  | 'wait-for-stamp'
  /** Until there is room among the notices under way; a deadline that comes before stays. */
  | 'wait-for-turn'
  | 'clear-deadline';

// biome-ignore format: a row a line
export const deliveryTable: FsmTable<DeliveryState, DeliveryEvent, DeliveryGuard, DeliveryAction> = {
  name: 'subscriber-delivery',
  source: '3GPP TS 23.040 §3.2.7 (alert) and §10 (delivery and its failures)',
  states: ['idle', 'trying', 'awaiting-return', 'backing-off'],
  initial: 'idle',
  rows: [
    ['idle',            'became-due',  'too-soon',       ['wait-for-stamp'],                  'backing-off',     '3GPP TS 23.040 §9.2.3.11'],
    ['idle',            'became-due',  'something-due',  ['try'],                             'trying',          '3GPP TS 23.040 §10.1'],
    ['idle',            'became-due',  null,             [],                                  'idle',            '3GPP TS 23.040 §10.1'],
    ['idle',            'reachable',   'too-soon',       ['wait-for-stamp'],                  'backing-off',     '3GPP TS 23.040 §9.2.3.11'],
    ['idle',            'reachable',   'crowded',        ['wait-for-turn'],                   'backing-off',     '3GPP TS 23.040 §10.3'],
    ['idle',            'reachable',   'something-due',  ['try'],                             'trying',          '3GPP TS 23.040 §10.3'],
    ['idle',            'reachable',   null,             [],                                  'idle',            '3GPP TS 23.040 §10.3'],
    ['idle',            'withdrawn',   null,             [],                                  'idle',            '3GPP TS 23.040 §10.1'],

    ['trying',          'became-due',  null,             [],                                  'trying',          '3GPP TS 23.040 §10.1'],
    ['trying',          'reachable',   null,             [],                                  'trying',          '3GPP TS 23.040 §10.3'],
    ['trying',          'withdrawn',   null,             [],                                  'trying',          '3GPP TS 23.040 §10.1'],
    ['trying',          'delivered',   'too-soon',       ['close-notice', 'wait-for-stamp'],  'backing-off',     '3GPP TS 23.040 §9.2.3.11'],
    ['trying',          'delivered',   'more-due',       ['close-notice', 'try-anyway'],      'trying',          '3GPP TS 23.040 §3.2.3'],
    ['trying',          'delivered',   null,             ['close-notice'],                    'idle',            '3GPP TS 23.040 §10.1'],
    ['trying',          'absent',      'returned-since', ['keep-for-later', 'try'],           'trying',          '3GPP TS 23.040 §3.2.7'],
    ['trying',          'absent',      null,             ['keep-for-later', 'await-return'],  'awaiting-return', '3GPP TS 23.040 §3.2.7'],
    ['trying',          'memory-full', 'returned-since', ['keep-for-later', 'try'],           'trying',          '3GPP TS 23.040 §3.2.7'],
    ['trying',          'memory-full', null,             ['keep-for-later', 'await-return'],  'awaiting-return', '3GPP TS 23.040 §3.2.7'],
    ['trying',          'temporary',   'tries-left',     ['keep-for-later', 'back-off'],      'backing-off',     '3GPP TS 23.040 §3.3'],
    ['trying',          'temporary',   'watched',        ['give-up-notices', 'try'],          'trying',          '3GPP TS 23.040 §3.3'],
    ['trying',          'temporary',   null,             ['give-up'],                         'idle',            '3GPP TS 23.040 §3.3'],
    ['trying',          'permanent',   'watched',        ['give-up-notices', 'try'],          'trying',          '3GPP TS 23.040 §3.3'],
    ['trying',          'permanent',   null,             ['give-up'],                         'idle',            '3GPP TS 23.040 §3.3'],

    ['awaiting-return', 'became-due',  null,             [],                                  'awaiting-return', '3GPP TS 23.040 §3.2.7'],
    ['awaiting-return', 'reachable',   'too-soon',       ['wait-for-stamp'],                  'backing-off',     '3GPP TS 23.040 §9.2.3.11'],
    ['awaiting-return', 'reachable',   'crowded',        ['wait-for-turn'],                   'backing-off',     '3GPP TS 23.040 §10.3'],
    ['awaiting-return', 'reachable',   'something-due',  ['clear-deadline', 'try'],           'trying',          '3GPP TS 23.040 §10.3'],
    ['awaiting-return', 'reachable',   null,             ['clear-deadline'],                  'idle',            '3GPP TS 23.040 §10.3'],
    ['awaiting-return', 'deadline',    'something-due',  ['try-anyway'],                      'trying',          '3GPP TS 23.040 §3.2.3'],
    ['awaiting-return', 'deadline',    null,             [],                                  'idle',            '3GPP TS 23.040 §3.2.7'],
    ['awaiting-return', 'withdrawn',   'something-due',  [],                                  'awaiting-return', '3GPP TS 23.040 §3.2.7'],
    ['awaiting-return', 'withdrawn',   null,             ['clear-deadline'],                  'idle',            '3GPP TS 23.040 §3.2.7'],

    ['backing-off',     'became-due',  null,             [],                                  'backing-off',     '3GPP TS 23.040 §3.3'],
    ['backing-off',     'reachable',   'too-soon',       ['wait-for-stamp'],                  'backing-off',     '3GPP TS 23.040 §9.2.3.11'],
    ['backing-off',     'reachable',   'crowded',        ['wait-for-turn'],                   'backing-off',     '3GPP TS 23.040 §10.3'],
    ['backing-off',     'reachable',   'something-due',  ['clear-deadline', 'try'],           'trying',          '3GPP TS 23.040 §10.3'],
    ['backing-off',     'reachable',   null,             ['clear-deadline'],                  'idle',            '3GPP TS 23.040 §10.3'],
    ['backing-off',     'deadline',    'something-due',  ['try'],                             'trying',          '3GPP TS 23.040 §3.3'],
    ['backing-off',     'deadline',    null,             [],                                  'idle',            '3GPP TS 23.040 §3.3'],
    ['backing-off',     'withdrawn',   'something-due',  [],                                  'backing-off',     '3GPP TS 23.040 §3.3'],
    ['backing-off',     'withdrawn',   null,             ['clear-deadline'],                  'idle',            '3GPP TS 23.040 §3.3'],
  ],
};

export const deliveryFsm = new Fsm(deliveryTable);
