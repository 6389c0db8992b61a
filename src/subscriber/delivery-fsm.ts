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
  /** An SMSC has the notice. */
  | 'accepted'
  /** What was to be replaced has been delivered; the replacement was not sent. */
  | 'too-late'
  /** The SMSC cannot replace what it has. */
  | 'not-replaceable'
  /** It was taken back from the connector that it waited in. */
  | 'recalled'
  /** The SMSC knows nothing of what it had. */
  | 'forgotten'
  | 'deadline'
  /** The app is looked at, after nobody had read what lay there. */
  | 'inbox-opened'
  /** What was due has been taken back. */
  | 'withdrawn';

export type DeliveryGuard =
  /** All that there is to tell is not to be told now, by a rule, and nobody waits for the return (N12, N14). */
  | 'held-by-rule'
  /** A notice would be stamped too far ahead of the time: there were many of late. */
  | 'too-soon'
  /** Something is due, and so many notices are under way that this one waits for its turn. */
  | 'crowded'
  /** …that no rule holds. */
  | 'something-due'
  /** Beyond the notice that was on its way. */
  | 'more-due'
  /** The notice may wait in the connector of a channel, and can say what is due, too. */
  | 'recallable'
  /** Evidence of a return is younger than the try that failed. */
  | 'returned-since'
  | 'tries-left'
  /** An SMSC has a notice that can say what is due, too. */
  | 'replaceable'
  /** What an SMSC has was to be replaced, and it may have it still. */
  | 'replacing'
  /** …and the replacement is surely not with it. */
  | 'not-replaced'
  /** A replacement has failed for a passing reason, and is tried again later. */
  | 'resting'
  /** The SMSC has not given up yet. */
  | 'still-valid'
  /** What an SMSC has is not ordered any more. */
  | 'unwanted'
  /** The notice has surely not arrived, and there is a channel that has not failed it. */
  | 'other-channel-left'
  /** …and it was on another channel than the short message, whose connector tries long enough. */
  | 'connector-gave-up'
  /** The last channel has failed for good, another one only for now. */
  | 'channel-may-recover'
  /** The last channel has failed; the short message did so only because the subscriber was away. */
  | 'sms-awaits-return'
  /** …and evidence of a return is younger than the last try. */
  | 'sms-may-go'
  /** What is due would go to the inbox, and nothing of it may have arrived another way. */
  | 'inbox-is-next'
  /** A notice failed, and somebody waits to hear that the subscriber is back. */
  | 'watched';

export type DeliveryAction =
  /** With priority only where the subscriber was seen a moment ago. */
  | 'try'
  /** …with priority in any case: whatever flag the HLR still has set; also where a notice has just arrived. */
  | 'try-anyway'
  /** …and, where the HLR is not to tell of the return, it is asked first (A4). */
  | 'ask-and-try'
  /** What the notice said goes back to the lists, for the next channel to tell. */
  | 'next-channel'
  /** …and the channel that failed is tried again, when the next one fails for good. */
  | 'next-channel-for-now'
  /** …and the short message may be tried again at the return. */
  | 'next-channel-meanwhile'
  /** Takes it back if it waits still. */
  | 'recall'
  /** What the notice said goes back to the lists, for the one that takes its place; nothing has failed. */
  | 'take-again'
  | 'close-notice'
  | 'keep-for-later'
  | 'give-up'
  /** As 'give-up', but who watches still is to be told. */
  | 'give-up-notices'
  | 'await-return'
  | 'back-off'
  /** Until the next notice can be stamped with a time that is not far off. */
  | 'wait-for-stamp'
  /** Until the rule lets something be told. */
  | 'wait-for-rule'
  /** Until there is room among the notices under way; a deadline that comes before stays. */
  | 'wait-for-turn'
  | 'clear-deadline'
  /** The SMSC has what was tried, and what that replaced no longer. */
  | 'hand-over'
  | 'await-receipt'
  /** Something waits behind what the SMSC has, and cannot take its place: a receipt may have been lost. */
  | 'ask-before-long'
  /** Sends what says all that is due and what the SMSC has, to stand in for that. */
  | 'replace'
  /** What the replacement said beyond goes back to the lists. */
  | 'withdraw-replacement'
  /** The SMSC does not let go of what it has. */
  | 'hold'
  | 'close-handed-over'
  /** What the SMSC has not delivered goes back to the lists. */
  | 'take-back'
  | 'query-receipt'
  | 'cancel';

// biome-ignore format: a row a line
export const deliveryTable: FsmTable<DeliveryState, DeliveryEvent, DeliveryGuard, DeliveryAction> = {
  name: 'subscriber-delivery',
  source: '3GPP TS 23.040 §3.2.7 (alert) and §10 (delivery and its failures); SMPP 5.0 §4 (message centres)',
  states: ['idle', 'trying', 'awaiting-return', 'backing-off', 'handed-over', 'held'],
  initial: 'idle',
  rows: [
    ['idle',            'became-due',  'held-by-rule',   ['wait-for-rule'],                   'held',            'N12, N14'],
    ['idle',            'became-due',  'too-soon',       ['wait-for-stamp'],                  'backing-off',     '3GPP TS 23.040 §9.2.3.11'],
    ['idle',            'became-due',  'something-due',  ['try'],                             'trying',          '3GPP TS 23.040 §10.1'],
    ['idle',            'became-due',  null,             [],                                  'idle',            '3GPP TS 23.040 §10.1'],
    ['idle',            'reachable',   'held-by-rule',   ['wait-for-rule'],                   'held',            'N12, N14'],
    ['idle',            'reachable',   'too-soon',       ['wait-for-stamp'],                  'backing-off',     '3GPP TS 23.040 §9.2.3.11'],
    ['idle',            'reachable',   'crowded',        ['wait-for-turn'],                   'backing-off',     '3GPP TS 23.040 §10.3'],
    ['idle',            'reachable',   'something-due',  ['try'],                             'trying',          '3GPP TS 23.040 §10.3'],
    ['idle',            'reachable',   null,             [],                                  'idle',            '3GPP TS 23.040 §10.3'],
    ['idle',            'withdrawn',   null,             [],                                  'idle',            '3GPP TS 23.040 §10.1'],

    ['trying',          'became-due',  'recallable',     ['recall'],                          'trying',          'N8'],
    ['trying',          'became-due',  null,             [],                                  'trying',          '3GPP TS 23.040 §10.1'],
    ['trying',          'reachable',   null,             [],                                  'trying',          '3GPP TS 23.040 §10.3'],
    ['trying',          'withdrawn',   null,             [],                                  'trying',          '3GPP TS 23.040 §10.1'],
    ['trying',          'delivered',   'held-by-rule',   ['close-notice', 'wait-for-rule'],   'held',            'N12, N14'],
    ['trying',          'delivered',   'too-soon',       ['close-notice', 'wait-for-stamp'],  'backing-off',     '3GPP TS 23.040 §9.2.3.11'],
    ['trying',          'delivered',   'more-due',       ['close-notice', 'try-anyway'],      'trying',          '3GPP TS 23.040 §3.2.3'],
    ['trying',          'delivered',   null,             ['close-notice'],                    'idle',            '3GPP TS 23.040 §10.1'],
    ['trying',          'absent',      'held-by-rule',   ['keep-for-later', 'wait-for-rule'], 'held',            'N12, N14'],
    ['trying', 'absent', 'other-channel-left', ['next-channel-meanwhile', 'try'], 'trying', 'N6, N8'],
    ['trying',          'absent',      'returned-since', ['keep-for-later', 'try'],           'trying',          '3GPP TS 23.040 §3.2.7'],
    ['trying',          'absent',      null,             ['keep-for-later', 'await-return'],  'awaiting-return', '3GPP TS 23.040 §3.2.7'],
    ['trying',          'memory-full', 'held-by-rule',   ['keep-for-later', 'wait-for-rule'], 'held',            'N12, N14'],
    ['trying', 'memory-full', 'other-channel-left', ['next-channel-meanwhile', 'try'], 'trying', 'N6, N8'],
    ['trying',          'memory-full', 'returned-since', ['keep-for-later', 'try'],           'trying',          '3GPP TS 23.040 §3.2.7'],
    ['trying',          'memory-full', null,             ['keep-for-later', 'await-return'],  'awaiting-return', '3GPP TS 23.040 §3.2.7'],
    ['trying',          'recalled',    'too-soon',       ['take-again', 'wait-for-stamp'],    'backing-off',     '3GPP TS 23.040 §9.2.3.11'],
    ['trying',          'recalled',    'something-due',  ['take-again', 'try'],               'trying',          'N8'],
    ['trying',          'recalled',    null,             ['keep-for-later', 'back-off'],      'backing-off',     'N8'],
    ['trying',          'accepted',    null,             ['hand-over', 'await-receipt'],      'handed-over',     'SMPP 5.0 §4.2.1'],
    ['trying',          'too-late',    null,             ['withdraw-replacement', 'close-handed-over'], 'idle', 'SMPP 5.0 §4.5.3'],
    ['trying',          'not-replaceable', null,         ['withdraw-replacement', 'hold', 'await-receipt'], 'handed-over', 'SMPP 5.0 §4.5.3'],
    ['trying',          'temporary',   'not-replaced',     ['withdraw-replacement', 'back-off'], 'handed-over',    'SMPP 5.0 §4.5.3'],
    ['trying', 'temporary', 'connector-gave-up', ['next-channel-for-now', 'try'], 'trying', 'N6, N8'],
    ['trying', 'temporary', 'sms-may-go', ['keep-for-later', 'try'], 'trying', 'N6, N8'],
    ['trying', 'temporary', 'sms-awaits-return', ['keep-for-later', 'await-return'], 'awaiting-return', 'N6, N8'],
    ['trying',          'temporary',   'tries-left',     ['keep-for-later', 'back-off'],      'backing-off',     '3GPP TS 23.040 §3.3'],
    ['trying', 'temporary', 'other-channel-left', ['next-channel', 'try'], 'trying', 'N6, N8'],
    ['trying',          'temporary',   'watched',        ['give-up-notices', 'try'],          'trying',          '3GPP TS 23.040 §3.3'],
    ['trying',          'temporary',   null,             ['give-up'],                         'idle',            '3GPP TS 23.040 §3.3'],
    ['trying',          'permanent',   'replacing',      ['withdraw-replacement', 'hold', 'await-receipt'], 'handed-over', 'SMPP 5.0 §4.5.3'],
    ['trying', 'permanent', 'other-channel-left', ['next-channel', 'try'], 'trying', 'N6, N8'],
    ['trying', 'permanent', 'sms-may-go', ['keep-for-later', 'try'], 'trying', 'N6, N8'],
    ['trying', 'permanent', 'sms-awaits-return', ['keep-for-later', 'await-return'], 'awaiting-return', 'N6, N8'],
    ['trying', 'permanent', 'channel-may-recover', ['keep-for-later', 'back-off'], 'backing-off', 'N6, N8'],
    ['trying',          'permanent',   'watched',        ['give-up-notices', 'try'],          'trying',          '3GPP TS 23.040 §3.3'],
    ['trying',          'permanent',   null,             ['give-up'],                         'idle',            '3GPP TS 23.040 §3.3'],

    ['awaiting-return', 'became-due',  null,             [],                                  'awaiting-return', '3GPP TS 23.040 §3.2.7'],
    ['awaiting-return', 'reachable',   'held-by-rule',   ['wait-for-rule'],                   'held',            'N12, N14'],
    ['awaiting-return', 'reachable',   'too-soon',       ['wait-for-stamp'],                  'backing-off',     '3GPP TS 23.040 §9.2.3.11'],
    ['awaiting-return', 'reachable',   'crowded',        ['wait-for-turn'],                   'backing-off',     '3GPP TS 23.040 §10.3'],
    ['awaiting-return', 'reachable',   'something-due',  ['clear-deadline', 'try'],           'trying',          '3GPP TS 23.040 §10.3'],
    ['awaiting-return', 'reachable',   null,             ['clear-deadline'],                  'idle',            '3GPP TS 23.040 §10.3'],
    ['awaiting-return', 'deadline',    'held-by-rule',   ['wait-for-rule'],                   'held',            'N12, N14'],
    ['awaiting-return', 'deadline',    'something-due',  ['ask-and-try'],                     'trying',          '3GPP TS 23.040 §3.2.3'],
    ['awaiting-return', 'deadline',    null,             [],                                  'idle',            '3GPP TS 23.040 §3.2.7'],
    ['awaiting-return', 'withdrawn',   'held-by-rule',   [],                                  'awaiting-return', 'N12, N14'],
    ['awaiting-return', 'withdrawn',   'something-due',  [],                                  'awaiting-return', '3GPP TS 23.040 §3.2.7'],
    ['awaiting-return', 'withdrawn',   null,             ['clear-deadline'],                  'idle',            '3GPP TS 23.040 §3.2.7'],

    ['awaiting-return', 'inbox-opened', 'inbox-is-next', ['clear-deadline', 'try'],          'trying',          'N8'],

    ['backing-off',     'became-due',  null,             [],                                  'backing-off',     '3GPP TS 23.040 §3.3'],
    ['backing-off',     'reachable',   'held-by-rule',   ['wait-for-rule'],                   'held',            'N12, N14'],
    ['backing-off',     'reachable',   'too-soon',       ['wait-for-stamp'],                  'backing-off',     '3GPP TS 23.040 §9.2.3.11'],
    ['backing-off',     'reachable',   'crowded',        ['wait-for-turn'],                   'backing-off',     '3GPP TS 23.040 §10.3'],
    ['backing-off',     'reachable',   'something-due',  ['clear-deadline', 'try'],           'trying',          '3GPP TS 23.040 §10.3'],
    ['backing-off',     'reachable',   null,             ['clear-deadline'],                  'idle',            '3GPP TS 23.040 §10.3'],
    ['backing-off',     'deadline',    'held-by-rule',   ['wait-for-rule'],                   'held',            'N12, N14'],
    ['backing-off',     'deadline',    'something-due',  ['try'],                             'trying',          '3GPP TS 23.040 §3.3'],
    ['backing-off',     'deadline',    null,             [],                                  'idle',            '3GPP TS 23.040 §3.3'],
    ['backing-off',     'withdrawn',   'held-by-rule',   [],                                  'backing-off',     'N12, N14'],
    ['backing-off',     'withdrawn',   'something-due',  [],                                  'backing-off',     '3GPP TS 23.040 §3.3'],
    ['backing-off',     'withdrawn',   null,             ['clear-deadline'],                  'idle',            '3GPP TS 23.040 §3.3'],

    ['backing-off',     'inbox-opened', 'inbox-is-next', ['clear-deadline', 'try'],          'trying',          'N8'],

    ['handed-over',     'became-due',  'too-soon',       ['wait-for-stamp'],                  'handed-over',     '3GPP TS 23.040 §9.2.3.11'],
    ['handed-over',     'became-due',  'resting',        [],                                  'handed-over',     'SMPP 5.0 §4.5.3'],
    ['handed-over',     'became-due',  'replaceable',    ['replace'],                         'trying',          'SMPP 5.0 §4.5.3'],
    ['handed-over',     'became-due',  'more-due',       ['ask-before-long'],                 'handed-over',     'SMPP 5.0 §4.5.2'],
    ['handed-over',     'became-due',  null,             [],                                  'handed-over',     'SMPP 5.0 §4.5.3'],
    ['handed-over',     'reachable',   'more-due',       ['ask-before-long'],                 'handed-over',     'SMPP 5.0 §4.5.2'],
    ['handed-over',     'reachable',   null,             [],                                  'handed-over',     'SMPP 5.0 §4.3.1'],
    ['handed-over',     'delivered',   null,             ['close-handed-over'],               'idle',            'SMPP 5.0 §4.3.1'],
    ['handed-over',     'forgotten',   null,             ['close-handed-over'],               'idle',            'SMPP 5.0 §4.5.2'],
    ['handed-over', 'absent', 'other-channel-left', ['take-back', 'next-channel-meanwhile', 'try'], 'trying', 'N6, N8'],
    ['handed-over',     'absent',      null,             ['take-back', 'await-return'],       'awaiting-return', 'SMPP 5.0 §4.7.15'],
    ['handed-over', 'temporary', 'other-channel-left', ['take-back', 'next-channel-for-now', 'try'], 'trying', 'N6, N8'],
    ['handed-over',     'temporary',   'tries-left',     ['take-back', 'back-off'],           'backing-off',     'SMPP 5.0 §4.7.15'],
    ['handed-over',     'temporary',   null,             ['close-handed-over', 'give-up'],    'idle',            'SMPP 5.0 §4.7.15'],
    ['handed-over',     'deadline',    'replaceable',    ['replace'],                         'trying',          'SMPP 5.0 §4.5.3'],
    ['handed-over',     'deadline',    'more-due',       ['query-receipt', 'await-receipt', 'ask-before-long'], 'handed-over', 'SMPP 5.0 §4.5.2'],
    ['handed-over',     'deadline',    'still-valid',    ['await-receipt'],                   'handed-over',     'SMPP 5.0 §4.3.1'],
    ['handed-over',     'deadline',    null,             ['query-receipt', 'await-receipt'],  'handed-over',     'SMPP 5.0 §4.5.2'],
    ['handed-over',     'withdrawn',   'unwanted',       ['cancel'],                          'idle',            'SMPP 5.0 §4.5.1'],
    ['handed-over',     'withdrawn',   null,             [],                                  'handed-over',     'SMPP 5.0 §4.5.1'],
    ['held',            'became-due',  'held-by-rule',   ['wait-for-rule'],                   'held',            'N12, N14'],
    ['held',            'became-due',  'too-soon',       ['wait-for-stamp'],                  'backing-off',     '3GPP TS 23.040 §9.2.3.11'],
    ['held',            'became-due',  'something-due',  ['clear-deadline', 'try'],           'trying',          '3GPP TS 23.040 §10.1'],
    ['held',            'became-due',  null,             ['clear-deadline'],                  'idle',            '3GPP TS 23.040 §10.1'],
    ['held',            'reachable',   'held-by-rule',   ['wait-for-rule'],                   'held',            'N12, N14'],
    ['held',            'reachable',   'too-soon',       ['wait-for-stamp'],                  'backing-off',     '3GPP TS 23.040 §9.2.3.11'],
    ['held',            'reachable',   'crowded',        ['wait-for-turn'],                   'backing-off',     '3GPP TS 23.040 §10.3'],
    ['held',            'reachable',   'something-due',  ['clear-deadline', 'try'],           'trying',          '3GPP TS 23.040 §10.3'],
    ['held',            'reachable',   null,             ['clear-deadline'],                  'idle',            '3GPP TS 23.040 §10.3'],
    ['held',            'deadline',    'held-by-rule',   ['wait-for-rule'],                   'held',            'N12, N14'],
    ['held',            'deadline',    'too-soon',       ['wait-for-stamp'],                  'backing-off',     '3GPP TS 23.040 §9.2.3.11'],
    ['held',            'deadline',    'something-due',  ['try'],                             'trying',          '3GPP TS 23.040 §10.1'],
    ['held',            'deadline',    null,             [],                                  'idle',            '3GPP TS 23.040 §10.1'],
    ['held',            'withdrawn',   'held-by-rule',   ['wait-for-rule'],                   'held',            'N12, N14'],
    ['held',            'withdrawn',   'too-soon',       ['wait-for-stamp'],                  'backing-off',     '3GPP TS 23.040 §9.2.3.11'],
    ['held',            'withdrawn',   'something-due',  ['clear-deadline', 'try'],           'trying',          '3GPP TS 23.040 §10.1'],
    ['held',            'withdrawn',   null,             ['clear-deadline'],                  'idle',            '3GPP TS 23.040 §10.1'],
  ],
};

export const deliveryFsm = new Fsm(deliveryTable);
