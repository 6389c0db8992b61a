/** One notice on its way to a handset without an SMSC (flow F2, N5; 3GPP TS 23.040 §10, TS 29.002 §23.3). */
import { Fsm, type FsmTable } from '../../types/fsm.ts';

export type SmsDeliveryState =
  | 'idle'
  /** sendRoutingInfoForSM is out. */
  | 'routing'
  /** The serving node is known, and takes no more just now (A8). */
  | 'waiting'
  /** The empty BEGIN to the MSC is out. */
  | 'opening'
  /** mt-ForwardSM is out. */
  | 'forwarding'
  /** reportSM-DeliveryStatus is out. */
  | 'reporting'
  | 'done';

export type SmsDeliveryEvent =
  | 'start'
  | 'routed'
  /** It may be sent one more. */
  | 'turn'
  /** Too many wait for their nodes. */
  | 'turned-away'
  | 'opened'
  /** The serving node does not speak this version. */
  | 'version-refused'
  | 'part-accepted'
  | 'absent'
  | 'memory-full'
  | 'passing-failure'
  | 'lasting-failure'
  /** No answer that says whether the part arrived. */
  | 'no-answer'
  | 'reported'
  | 'report-failed';

export type SmsDeliveryGuard =
  | 'parts-left'
  | 'parts-left-and-dialogue-open'
  /** The HLR has our address on its list already. */
  | 'listed'
  /** The HLR waits to hear that a message got through. */
  | 'flag-set'
  /** The HLR has us on its list and the flag of this failure set: it has nothing to learn. */
  | 'absence-on-record'
  | 'full-memory-on-record'
  /** The message goes with the BEGIN. */
  | 'no-handshake'
  /** There is an earlier version to try, with the message in the BEGIN or behind an empty one. */
  | 'earlier-version-no-handshake'
  | 'earlier-version';

export type SmsDeliveryAction =
  | 'ask-routing'
  | 'await-turn'
  | 'open'
  | 'open-with-message'
  | 'forward'
  | 'report-absent'
  | 'report-memory-full'
  | 'report-success'
  | 'end-delivered'
  | 'end-absent-listed'
  | 'end-absent-unlisted'
  | 'end-full-listed'
  | 'end-passing'
  | 'end-uncertain'
  | 'end-lasting';

// biome-ignore format: a row a line
export const smsDeliveryTable: FsmTable<SmsDeliveryState, SmsDeliveryEvent, SmsDeliveryGuard, SmsDeliveryAction> = {
  name: 'sms-delivery',
  source: '3GPP TS 29.002 §23.3 (mobile terminated short message transfer)',
  states: ['idle', 'routing', 'waiting', 'opening', 'forwarding', 'reporting', 'done'],
  initial: 'idle',
  rows: [
    ['idle',       'start',           null,                           ['ask-routing'],                          'routing',    '3GPP TS 29.002 §23.3.1'],

    ['routing',    'routed',          null,                           ['await-turn'],                           'waiting',    '3GPP TS 29.002 §23.3.2'],
    ['routing',    'absent',          'listed',                       ['end-absent-listed'],                    'done',       '3GPP TS 29.002 §23.3.2'],
    ['routing',    'absent',          null,                           ['report-absent'],                        'reporting',  '3GPP TS 29.002 §23.6'],
    ['routing',    'passing-failure', null,                           ['end-passing'],                          'done',       '3GPP TS 29.002 §23.3.2'],
    ['routing',    'lasting-failure', null,                           ['end-lasting'],                          'done',       '3GPP TS 29.002 §23.3.2'],
    ['routing',    'no-answer',       null,                           ['end-passing'],                          'done',       '3GPP TS 29.002 §23.3.2'],

    ['waiting',    'turn',            'no-handshake',                 ['open-with-message'],                    'forwarding', '3GPP TS 29.002 §23.3.1'],
    ['waiting',    'turn',            null,                           ['open'],                                 'opening',    '3GPP TS 29.002 §23.3.2'],
    ['waiting',    'turned-away',     null,                           ['end-passing'],                          'done',       '3GPP TS 29.002 §23.3.2'],

    ['opening',    'opened',          null,                           ['forward'],                              'forwarding', '3GPP TS 29.002 §23.3.1'],
    ['opening',    'version-refused', 'earlier-version-no-handshake', ['open-with-message'],                    'forwarding', '3GPP TS 29.002 §15.2.1'],
    ['opening',    'version-refused', 'earlier-version',              ['open'],                                 'opening',    '3GPP TS 29.002 §15.2.1'],
    ['opening',    'version-refused', null,                           ['end-passing'],                          'done',       '3GPP TS 29.002 §15.2.1'],
    ['opening',    'passing-failure', null,                           ['end-passing'],                          'done',       '3GPP TS 29.002 §23.3.1'],
    ['opening',    'no-answer',       null,                           ['end-passing'],                          'done',       '3GPP TS 29.002 §23.3.1'],

    ['forwarding', 'version-refused', 'earlier-version-no-handshake', ['open-with-message'],                    'forwarding', '3GPP TS 29.002 §15.2.1'],
    ['forwarding', 'version-refused', 'earlier-version',              ['open'],                                 'opening',    '3GPP TS 29.002 §15.2.1'],
    ['forwarding', 'version-refused', null,                           ['end-passing'],                          'done',       '3GPP TS 29.002 §15.2.1'],
    ['forwarding', 'part-accepted',   'parts-left-and-dialogue-open', ['forward'],                              'forwarding', '3GPP TS 29.002 §23.3.1'],
    ['forwarding', 'part-accepted',   'no-handshake',                 ['open-with-message'],                    'forwarding', '3GPP TS 29.002 §23.3.1'],
    ['forwarding', 'part-accepted',   'parts-left',                   ['open'],                                 'opening',    '3GPP TS 29.002 §23.3.1'],
    ['forwarding', 'part-accepted',   'flag-set',                     ['end-delivered', 'report-success'],      'reporting',  '3GPP TS 29.002 §23.6'],
    ['forwarding', 'part-accepted',   null,                           ['end-delivered'],                        'done',       '3GPP TS 29.002 §23.3.1'],
    ['forwarding', 'absent',          'absence-on-record',            ['end-absent-listed'],                    'done',       '3GPP TS 29.002 §23.6'],
    ['forwarding', 'absent',          null,                           ['report-absent'],                        'reporting',  '3GPP TS 29.002 §23.6'],
    ['forwarding', 'memory-full',     'full-memory-on-record',        ['end-full-listed'],                      'done',       '3GPP TS 29.002 §23.6'],
    ['forwarding', 'memory-full',     null,                           ['report-memory-full'],                   'reporting',  '3GPP TS 29.002 §23.6'],
    ['forwarding', 'passing-failure', null,                           ['end-passing'],                          'done',       '3GPP TS 29.002 §23.3.1'],
    ['forwarding', 'lasting-failure', null,                           ['end-lasting'],                          'done',       '3GPP TS 29.002 §23.3.1'],
    ['forwarding', 'no-answer',       null,                           ['end-uncertain'],                        'done',       '3GPP TS 29.002 §23.3.1'],

    ['reporting',  'reported',        null,                           ['end-absent-listed'],                    'done',       '3GPP TS 29.002 §23.6'],
    ['reporting',  'report-failed',   null,                           ['end-absent-unlisted'],                  'done',       '3GPP TS 29.002 §23.6'],
  ],
};

export const smsDeliveryFsm = new Fsm(smsDeliveryTable);
