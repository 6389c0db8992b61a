/**
 * ASP traffic maintenance as the ASP sees it, one per association and AS: ASP Active and ASP Inactive, sent until
 * acknowledged, and the way back when the SGP changed the state without being asked (RFC 4666 §4.3.4.3 – §4.3.4.5).
 */
import { Fsm, type FsmTable } from '../../types/fsm.ts';

export type AspTrafficState =
  | 'ASP-DOWN'
  | 'ASP-INACTIVE'
  | 'ASP-ACTIVE-SENT'
  | 'ASP-ACTIVE'
  | 'ASP-INACTIVE-SENT';
export type AspTrafficEvent =
  | 'ASP is up'
  | 'ASP is down'
  | 'ASP Up Ack'
  | 'ASP Active Ack'
  | 'ASP Inactive Ack'
  | 'Error'
  | 'NTFY AS-PENDING'
  | 'NTFY Insufficient ASP Resources'
  | 'NTFY Alternate ASP Active'
  | 'T(ack) expiry'
  | 'T(retry) expiry'
  | 'M-ASP_ACTIVE.req'
  | 'M-ASP_INACTIVE.req';
/** `wanted`: the user asks for traffic; `primary`: and this ASP is no standby, which waits until it is needed. */
export type AspTrafficGuard = 'tries left' | 'wanted' | 'primary';
export type AspTrafficAction =
  | 'send ASP Active'
  | 'send ASP Inactive'
  | 'send Error Unexpected Message'
  | 'start T(ack)'
  | 'stop T(ack)'
  | 'start T(retry)'
  | 'stop T(retry)';

export const aspTrafficTable: FsmTable<AspTrafficState, AspTrafficEvent, AspTrafficGuard, AspTrafficAction> =
  {
    name: 'm3ua-asp-traffic',
    source: 'RFC 4666 §4.3.4.3 to §4.3.4.5, the ASP’s side',
    states: ['ASP-DOWN', 'ASP-INACTIVE', 'ASP-ACTIVE-SENT', 'ASP-ACTIVE', 'ASP-INACTIVE-SENT'],
    initial: 'ASP-DOWN',
    // biome-ignore format: a row a line
    rows: [
    ['ASP-DOWN',          'ASP is up',                       'primary',    ['send ASP Active', 'start T(ack)'],                     'ASP-ACTIVE-SENT',   'RFC 4666 §4.3.4.3'],
    ['ASP-DOWN',          'ASP is up',                       null,         [],                                                      'ASP-INACTIVE',      'RFC 4666 §4.3.4.1'],

    ['ASP-INACTIVE',      'M-ASP_ACTIVE.req',                null,         ['stop T(retry)', 'send ASP Active', 'start T(ack)'],    'ASP-ACTIVE-SENT',   'RFC 4666 §4.3.4.3'],
    ['ASP-INACTIVE',      'ASP Active Ack',                  'wanted',     ['stop T(retry)'],                                       'ASP-ACTIVE',        'RFC 4666 §4.3.4.3'],
    ['ASP-INACTIVE',      'T(retry) expiry',                 'wanted',     ['send ASP Active', 'start T(ack)'],                     'ASP-ACTIVE-SENT',   'RFC 4666 §4.3.4.3'],
    ['ASP-INACTIVE',      'NTFY AS-PENDING',                 'wanted',     ['stop T(retry)', 'send ASP Active', 'start T(ack)'],    'ASP-ACTIVE-SENT',   'RFC 4666 §4.3.4.5'],
    ['ASP-INACTIVE',      'NTFY Insufficient ASP Resources', 'wanted',     ['stop T(retry)', 'send ASP Active', 'start T(ack)'],    'ASP-ACTIVE-SENT',   'RFC 4666 §4.3.4.5'],
    ['ASP-INACTIVE',      'M-ASP_INACTIVE.req',              null,         ['stop T(retry)'],                                       'ASP-INACTIVE',      'RFC 4666 §4.3.4.4'],
    ['ASP-INACTIVE',      'ASP is down',                     null,         ['stop T(retry)'],                                       'ASP-DOWN',          'RFC 4666 §4.3.1'],

    ['ASP-ACTIVE-SENT',   'ASP Active Ack',                  null,         ['stop T(ack)'],                                         'ASP-ACTIVE',        'RFC 4666 §4.3.4.3'],
    ['ASP-ACTIVE-SENT',   'T(ack) expiry',                   'tries left', ['send ASP Active', 'start T(ack)'],                     'ASP-ACTIVE-SENT',   'RFC 4666 §4.3.4.3'],
    ['ASP-ACTIVE-SENT',   'T(ack) expiry',                   null,         ['start T(retry)'],                                      'ASP-INACTIVE',      'RFC 4666 §4.3.4.3'],
    ['ASP-ACTIVE-SENT',   'Error',                           null,         ['stop T(ack)', 'start T(retry)'],                       'ASP-INACTIVE',      'RFC 4666 §3.8.1'],
    ['ASP-ACTIVE-SENT',   'M-ASP_INACTIVE.req',              null,         ['stop T(ack)', 'send ASP Inactive', 'start T(ack)'],    'ASP-INACTIVE-SENT', 'RFC 4666 §4.3.4.4'],
    ['ASP-ACTIVE-SENT',   'ASP is down',                     null,         ['stop T(ack)'],                                         'ASP-DOWN',          'RFC 4666 §4.3.1'],

    ['ASP-ACTIVE',        'ASP Up Ack',                      null,         ['send Error Unexpected Message', 'send ASP Active', 'start T(ack)'], 'ASP-ACTIVE-SENT', 'RFC 4666 §4.3.4.1'],
    ['ASP-ACTIVE',        'ASP Inactive Ack',                'wanted',     ['send ASP Active', 'start T(ack)'],                     'ASP-ACTIVE-SENT',   'RFC 4666 §4.3.4.4'],
    ['ASP-ACTIVE',        'ASP Inactive Ack',                null,         [],                                                      'ASP-INACTIVE',      'RFC 4666 §4.3.4.4'],
    ['ASP-ACTIVE',        'NTFY Alternate ASP Active',       null,         [],                                                      'ASP-INACTIVE',      'RFC 4666 §4.3.4.3'],
    ['ASP-ACTIVE',        'M-ASP_INACTIVE.req',              null,         ['send ASP Inactive', 'start T(ack)'],                   'ASP-INACTIVE-SENT', 'RFC 4666 §4.3.4.4'],
    ['ASP-ACTIVE',        'ASP is down',                     null,         [],                                                      'ASP-DOWN',          'RFC 4666 §4.3.1'],

    ['ASP-INACTIVE-SENT', 'ASP Inactive Ack',                null,         ['stop T(ack)'],                                         'ASP-INACTIVE',      'RFC 4666 §4.3.4.4'],
    ['ASP-INACTIVE-SENT', 'T(ack) expiry',                   'tries left', ['send ASP Inactive', 'start T(ack)'],                   'ASP-INACTIVE-SENT', 'RFC 4666 §4.3.4.4'],
    ['ASP-INACTIVE-SENT', 'T(ack) expiry',                   null,         [],                                                      'ASP-INACTIVE',      'RFC 4666 §4.3.4.4'],
    ['ASP-INACTIVE-SENT', 'M-ASP_ACTIVE.req',                null,         ['stop T(ack)', 'send ASP Active', 'start T(ack)'],      'ASP-ACTIVE-SENT',   'RFC 4666 §4.3.4.3'],
    ['ASP-INACTIVE-SENT', 'ASP is down',                     null,         ['stop T(ack)'],                                         'ASP-DOWN',          'RFC 4666 §4.3.1'],
  ],
  };

export const aspTrafficFsm = new Fsm(aspTrafficTable);
