/**
 * ASP state maintenance as the ASP sees it, one per association: ASP Up and ASP Down, sent until acknowledged
 * (RFC 4666 §4.3.4.1, §4.3.4.2). Where the ASP's traffic stands is the machine of `asp-traffic-fsm.ts`, per AS.
 */
import { Fsm, type FsmTable } from '../../types/fsm.ts';

export type AspMaintenanceState = 'ASP-DOWN' | 'ASP-UP-SENT' | 'ASP-UP' | 'ASP-DOWN-SENT';
export type AspMaintenanceEvent =
  | 'SCTP-CU'
  | 'SCTP-RI'
  | 'SCTP-CDI'
  | 'ASP Up Ack'
  | 'ASP Down Ack'
  | 'T(ack) expiry'
  | 'M-ASP_UP.req'
  | 'M-ASP_DOWN.req';
/** `wanted`: the ASP is to be up whenever the association is. */
export type AspMaintenanceGuard = 'tries left' | 'wanted';
export type AspMaintenanceAction =
  | 'send ASP Up'
  | 'send ASP Down'
  | 'start T(ack)'
  | 'stop T(ack)'
  | 'ASP is up'
  | 'ASP is down'
  | 'unexpected ASP Up Ack'
  | 'abort association'
  | 'close association';

export const aspMaintenanceTable: FsmTable<
  AspMaintenanceState,
  AspMaintenanceEvent,
  AspMaintenanceGuard,
  AspMaintenanceAction
> = {
  name: 'm3ua-asp-maintenance',
  source: 'RFC 4666 §4.3.4.1 and §4.3.4.2, the ASP’s side',
  states: ['ASP-DOWN', 'ASP-UP-SENT', 'ASP-UP', 'ASP-DOWN-SENT'],
  initial: 'ASP-DOWN',
  // biome-ignore format: a row a line
  rows: [
    ['ASP-DOWN',      'SCTP-CU',        'wanted',     ['send ASP Up', 'start T(ack)'],                               'ASP-UP-SENT',   'RFC 4666 §4.3.4.1'],
    ['ASP-DOWN',      'SCTP-RI',        'wanted',     ['send ASP Up', 'start T(ack)'],                               'ASP-UP-SENT',   'RFC 4666 §4.3.1'],
    ['ASP-DOWN',      'M-ASP_UP.req',   null,         ['send ASP Up', 'start T(ack)'],                               'ASP-UP-SENT',   'RFC 4666 §4.3.4.1'],

    ['ASP-UP-SENT',   'ASP Up Ack',     null,         ['stop T(ack)', 'ASP is up'],                                  'ASP-UP',        'RFC 4666 §4.3.4.1'],
    ['ASP-UP-SENT',   'T(ack) expiry',  'tries left', ['send ASP Up', 'start T(ack)'],                               'ASP-UP-SENT',   'RFC 4666 §4.3.4.1'],
    ['ASP-UP-SENT',   'T(ack) expiry',  null,         ['abort association'],                                         'ASP-DOWN',      'RFC 4666 §4.3.4.1'],
    ['ASP-UP-SENT',   'M-ASP_DOWN.req', null,         ['stop T(ack)', 'send ASP Down', 'start T(ack)'],              'ASP-DOWN-SENT', 'RFC 4666 §4.3.4.2'],
    ['ASP-UP-SENT',   'SCTP-RI',        null,         ['stop T(ack)', 'send ASP Up', 'start T(ack)'],                'ASP-UP-SENT',   'RFC 4666 §4.3.1'],
    ['ASP-UP-SENT',   'SCTP-CDI',       null,         ['stop T(ack)'],                                               'ASP-DOWN',      'RFC 4666 §4.3.1'],

    ['ASP-UP',        'ASP Up Ack',     null,         ['unexpected ASP Up Ack'],                                     'ASP-UP',        'RFC 4666 §4.3.4.1'],
    ['ASP-UP',        'ASP Down Ack',   null,         ['ASP is down', 'send ASP Up', 'start T(ack)'],                'ASP-UP-SENT',   'RFC 4666 §4.3.4.2'],
    ['ASP-UP',        'M-ASP_DOWN.req', null,         ['ASP is down', 'send ASP Down', 'start T(ack)'],              'ASP-DOWN-SENT', 'RFC 4666 §4.3.4.2'],
    ['ASP-UP',        'SCTP-RI',        null,         ['ASP is down', 'send ASP Up', 'start T(ack)'],                'ASP-UP-SENT',   'RFC 4666 §4.3.1'],
    ['ASP-UP',        'SCTP-CDI',       null,         ['ASP is down'],                                               'ASP-DOWN',      'RFC 4666 §4.3.1'],

    ['ASP-DOWN-SENT', 'ASP Down Ack',   null,         ['stop T(ack)', 'close association'],                          'ASP-DOWN',      'RFC 4666 §4.3.4.2'],
    ['ASP-DOWN-SENT', 'T(ack) expiry',  'tries left', ['send ASP Down', 'start T(ack)'],                             'ASP-DOWN-SENT', 'RFC 4666 §4.3.4.2'],
    ['ASP-DOWN-SENT', 'T(ack) expiry',  null,         ['close association'],                                         'ASP-DOWN',      'RFC 4666 §4.3.4.2'],
    ['ASP-DOWN-SENT', 'SCTP-RI',        null,         ['stop T(ack)', 'close association'],                          'ASP-DOWN',      'RFC 4666 §4.3.1'],
    ['ASP-DOWN-SENT', 'SCTP-CDI',       null,         ['stop T(ack)'],                                               'ASP-DOWN',      'RFC 4666 §4.3.1'],
  ],
};

export const aspMaintenanceFsm = new Fsm(aspMaintenanceTable);
