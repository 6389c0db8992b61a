/**
 * ASP state maintenance between two IPSPs with single exchange, one per association: ASP Up or ASP Down of either side,
 * with its acknowledgement, is for both (RFC 4666 §4.3.4.1.2, §4.3.4.2, §5.6.1). With double exchange each side runs the
 * ASP's machine for itself and the SGP's for the other.
 */
import { Fsm, type FsmTable } from '../../types/fsm.ts';

export type IpspMaintenanceState = 'ASP-DOWN' | 'ASP-UP-SENT' | 'ASP-UP' | 'ASP-DOWN-SENT';
export type IpspMaintenanceEvent =
  | 'SCTP-CU'
  | 'SCTP-RI'
  | 'SCTP-CDI'
  | 'ASP Up'
  | 'ASP Up Ack'
  | 'ASP Down'
  | 'ASP Down Ack'
  | 'T(ack) expiry'
  | 'M-ASP_UP.req'
  | 'M-ASP_DOWN.req';
/** `initiates`: this side is the one that says ASP Up; `traffic active`: for one AS at least. */
export type IpspMaintenanceGuard = 'tries left' | 'initiates' | 'traffic active';
export type IpspMaintenanceAction =
  | 'send ASP Up'
  | 'send ASP Up Ack'
  | 'send ASP Down'
  | 'send ASP Down Ack'
  | 'send Error Unexpected Message'
  | 'start T(ack)'
  | 'stop T(ack)'
  | 'IPSPs are up'
  | 'IPSPs are down'
  | 'ASP Up while active'
  | 'unexpected ASP Up Ack'
  | 'abort association'
  | 'close association';

export const ipspMaintenanceTable: FsmTable<
  IpspMaintenanceState,
  IpspMaintenanceEvent,
  IpspMaintenanceGuard,
  IpspMaintenanceAction
> = {
  name: 'm3ua-ipsp-maintenance',
  source: 'RFC 4666 §4.3.4.1.2 and §5.6.1, single exchange',
  states: ['ASP-DOWN', 'ASP-UP-SENT', 'ASP-UP', 'ASP-DOWN-SENT'],
  initial: 'ASP-DOWN',
  // biome-ignore format: a row a line
  rows: [
    ['ASP-DOWN',      'SCTP-CU',        'initiates',      ['send ASP Up', 'start T(ack)'],                                             'ASP-UP-SENT',   'RFC 4666 §4.3.4.1'],
    ['ASP-DOWN',      'SCTP-RI',        'initiates',      ['send ASP Up', 'start T(ack)'],                                             'ASP-UP-SENT',   'RFC 4666 §4.3.1'],
    ['ASP-DOWN',      'M-ASP_UP.req',   null,             ['send ASP Up', 'start T(ack)'],                                             'ASP-UP-SENT',   'RFC 4666 §4.3.4.1'],
    ['ASP-DOWN',      'ASP Up',         null,             ['send ASP Up Ack', 'IPSPs are up'],                                         'ASP-UP',        'RFC 4666 §4.3.4.1.2'],
    ['ASP-DOWN',      'ASP Down',       null,             ['send ASP Down Ack'],                                                       'ASP-DOWN',      'RFC 4666 §4.3.4.2'],

    ['ASP-UP-SENT',   'ASP Up Ack',     null,             ['stop T(ack)', 'IPSPs are up'],                                             'ASP-UP',        'RFC 4666 §4.3.4.1.2'],
    ['ASP-UP-SENT',   'ASP Up',         null,             ['stop T(ack)', 'send ASP Up Ack', 'IPSPs are up'],                          'ASP-UP',        'RFC 4666 §4.3.4.1.2'],
    ['ASP-UP-SENT',   'ASP Down',       null,             ['send ASP Down Ack'],                                                       'ASP-UP-SENT',   'RFC 4666 §4.3.4.2'],
    ['ASP-UP-SENT',   'T(ack) expiry',  'tries left',     ['send ASP Up', 'start T(ack)'],                                             'ASP-UP-SENT',   'RFC 4666 §4.3.4.1'],
    ['ASP-UP-SENT',   'T(ack) expiry',  null,             ['abort association'],                                                       'ASP-DOWN',      'RFC 4666 §4.3.4.1'],
    ['ASP-UP-SENT',   'M-ASP_DOWN.req', null,             ['stop T(ack)', 'send ASP Down', 'start T(ack)'],                            'ASP-DOWN-SENT', 'RFC 4666 §4.3.4.2'],
    ['ASP-UP-SENT',   'SCTP-RI',        null,             ['stop T(ack)', 'send ASP Up', 'start T(ack)'],                              'ASP-UP-SENT',   'RFC 4666 §4.3.1'],
    ['ASP-UP-SENT',   'SCTP-CDI',       null,             ['stop T(ack)'],                                                             'ASP-DOWN',      'RFC 4666 §4.3.1'],

    ['ASP-UP',        'ASP Up',         'traffic active', ['send ASP Up Ack', 'send Error Unexpected Message', 'ASP Up while active'],  'ASP-UP',        'RFC 4666 §4.3.4.1'],
    ['ASP-UP',        'ASP Up',         null,             ['send ASP Up Ack'],                                                         'ASP-UP',        'RFC 4666 §4.3.4.1'],
    ['ASP-UP',        'ASP Up Ack',     'traffic active', ['send Error Unexpected Message', 'unexpected ASP Up Ack'],                  'ASP-UP',        'RFC 4666 §4.3.4.1'],
    ['ASP-UP',        'ASP Up Ack',     null,             [],                                                                          'ASP-UP',        'RFC 4666 §4.3.4.1.2'],
    ['ASP-UP',        'ASP Down',       null,             ['send ASP Down Ack', 'IPSPs are down'],                                     'ASP-DOWN',      'RFC 4666 §4.3.4.2'],
    ['ASP-UP',        'ASP Down Ack',   'initiates',      ['IPSPs are down', 'send ASP Up', 'start T(ack)'],                           'ASP-UP-SENT',   'RFC 4666 §4.3.4.2'],
    ['ASP-UP',        'ASP Down Ack',   null,             ['IPSPs are down'],                                                          'ASP-DOWN',      'RFC 4666 §4.3.4.2'],
    ['ASP-UP',        'M-ASP_DOWN.req', null,             ['IPSPs are down', 'send ASP Down', 'start T(ack)'],                         'ASP-DOWN-SENT', 'RFC 4666 §4.3.4.2'],
    ['ASP-UP',        'SCTP-RI',        'initiates',      ['IPSPs are down', 'send ASP Up', 'start T(ack)'],                           'ASP-UP-SENT',   'RFC 4666 §4.3.1'],
    ['ASP-UP',        'SCTP-RI',        null,             ['IPSPs are down'],                                                          'ASP-DOWN',      'RFC 4666 §4.3.1'],
    ['ASP-UP',        'SCTP-CDI',       null,             ['IPSPs are down'],                                                          'ASP-DOWN',      'RFC 4666 §4.3.1'],

    ['ASP-DOWN-SENT', 'ASP Down Ack',   null,             ['stop T(ack)', 'close association'],                                        'ASP-DOWN',      'RFC 4666 §4.3.4.2'],
    ['ASP-DOWN-SENT', 'ASP Down',       null,             ['stop T(ack)', 'send ASP Down Ack', 'close association'],                   'ASP-DOWN',      'RFC 4666 §4.3.4.2'],
    ['ASP-DOWN-SENT', 'ASP Up',         null,             ['send Error Unexpected Message'],                                           'ASP-DOWN-SENT', 'RFC 4666 §3.8.1'],
    ['ASP-DOWN-SENT', 'T(ack) expiry',  'tries left',     ['send ASP Down', 'start T(ack)'],                                           'ASP-DOWN-SENT', 'RFC 4666 §4.3.4.2'],
    ['ASP-DOWN-SENT', 'T(ack) expiry',  null,             ['close association'],                                                       'ASP-DOWN',      'RFC 4666 §4.3.4.2'],
    ['ASP-DOWN-SENT', 'SCTP-RI',        null,             ['stop T(ack)', 'close association'],                                        'ASP-DOWN',      'RFC 4666 §4.3.1'],
    ['ASP-DOWN-SENT', 'SCTP-CDI',       null,             ['stop T(ack)'],                                                             'ASP-DOWN',      'RFC 4666 §4.3.1'],
  ],
};

export const ipspMaintenanceFsm = new Fsm(ipspMaintenanceTable);
