/**
 * ASP traffic maintenance between two IPSPs with single exchange, one per association and routing context: ASP Active or
 * ASP Inactive of either side, with its acknowledgement, is for both directions (RFC 4666 §4.3.4.3.1, §4.3.4.4.1).
 */
import { Fsm, type FsmTable } from '../../types/fsm.ts';

export type IpspTrafficState =
  | 'ASP-DOWN'
  | 'ASP-INACTIVE'
  | 'ASP-ACTIVE-SENT'
  | 'ASP-ACTIVE'
  | 'ASP-INACTIVE-SENT';
export type IpspTrafficEvent =
  | 'IPSPs are up'
  | 'IPSPs are down'
  | 'ASP Up'
  | 'ASP Up Ack'
  | 'ASP Active'
  | 'ASP Active Ack'
  | 'ASP Inactive'
  | 'ASP Inactive Ack'
  | 'Error'
  | 'NTFY AS-PENDING'
  | 'NTFY Insufficient ASP Resources'
  | 'NTFY Alternate ASP Active'
  | 'other ASP in override'
  | 'T(ack) expiry'
  | 'T(retry) expiry'
  | 'M-ASP_ACTIVE.req'
  | 'M-ASP_INACTIVE.req';
/** `wanted`: the user asks for traffic; `initiates`: and this side is the one that says ASP Active. */
export type IpspTrafficGuard = 'tries left' | 'wanted' | 'initiates';
export type IpspTrafficAction =
  | 'send ASP Active'
  | 'send ASP Active Ack'
  | 'send ASP Inactive'
  | 'send ASP Inactive Ack'
  | 'send Error Unexpected Message'
  | 'notify Alternate ASP Active'
  | 'start T(ack)'
  | 'stop T(ack)'
  | 'start T(retry)'
  | 'stop T(retry)';

export const ipspTrafficTable: FsmTable<
  IpspTrafficState,
  IpspTrafficEvent,
  IpspTrafficGuard,
  IpspTrafficAction
> = {
  name: 'm3ua-ipsp-traffic',
  source: 'RFC 4666 §4.3.4.3.1, §4.3.4.4.1 and §5.6.1, single exchange',
  states: ['ASP-DOWN', 'ASP-INACTIVE', 'ASP-ACTIVE-SENT', 'ASP-ACTIVE', 'ASP-INACTIVE-SENT'],
  initial: 'ASP-DOWN',
  // biome-ignore format: a row a line
  rows: [
    ['ASP-DOWN',          'IPSPs are up',                    'initiates',  ['send ASP Active', 'start T(ack)'],                  'ASP-ACTIVE-SENT',   'RFC 4666 §4.3.4.3'],
    ['ASP-DOWN',          'IPSPs are up',                    null,         [],                                                   'ASP-INACTIVE',      'RFC 4666 §4.3.4.1.2'],
    ['ASP-DOWN',          'ASP Active',                      null,         ['send Error Unexpected Message'],                    'ASP-DOWN',          'RFC 4666 §4.3.4.3'],
    ['ASP-DOWN',          'ASP Inactive',                    null,         ['send Error Unexpected Message'],                    'ASP-DOWN',          'RFC 4666 §4.3.4.4'],

    ['ASP-INACTIVE',      'ASP Active',                      null,         ['stop T(retry)', 'send ASP Active Ack'],             'ASP-ACTIVE',        'RFC 4666 §4.3.4.3.1'],
    ['ASP-INACTIVE',      'ASP Active Ack',                  'wanted',     ['stop T(retry)'],                                    'ASP-ACTIVE',        'RFC 4666 §4.3.4.3.1'],
    ['ASP-INACTIVE',      'ASP Inactive',                    null,         ['send ASP Inactive Ack'],                            'ASP-INACTIVE',      'RFC 4666 §4.3.4.4'],
    ['ASP-INACTIVE',      'M-ASP_ACTIVE.req',                null,         ['stop T(retry)', 'send ASP Active', 'start T(ack)'], 'ASP-ACTIVE-SENT',   'RFC 4666 §4.3.4.3'],
    ['ASP-INACTIVE',      'T(retry) expiry',                 'wanted',     ['send ASP Active', 'start T(ack)'],                  'ASP-ACTIVE-SENT',   'RFC 4666 §4.3.4.3'],
    ['ASP-INACTIVE',      'NTFY AS-PENDING',                 'initiates',  ['stop T(retry)', 'send ASP Active', 'start T(ack)'], 'ASP-ACTIVE-SENT',   'RFC 4666 §4.3.4.5.1'],
    ['ASP-INACTIVE',      'NTFY Insufficient ASP Resources', 'initiates',  ['stop T(retry)', 'send ASP Active', 'start T(ack)'], 'ASP-ACTIVE-SENT',   'RFC 4666 §4.3.4.5.1'],
    ['ASP-INACTIVE',      'M-ASP_INACTIVE.req',              null,         ['stop T(retry)'],                                    'ASP-INACTIVE',      'RFC 4666 §4.3.4.4'],
    ['ASP-INACTIVE',      'IPSPs are down',                  null,         ['stop T(retry)'],                                    'ASP-DOWN',          'RFC 4666 §4.3.1'],

    ['ASP-ACTIVE-SENT',   'ASP Active Ack',                  null,         ['stop T(ack)'],                                      'ASP-ACTIVE',        'RFC 4666 §4.3.4.3.1'],
    ['ASP-ACTIVE-SENT',   'ASP Active',                      null,         ['stop T(ack)', 'send ASP Active Ack'],               'ASP-ACTIVE',        'RFC 4666 §4.3.4.3.1'],
    ['ASP-ACTIVE-SENT',   'ASP Inactive',                    null,         ['send ASP Inactive Ack'],                            'ASP-ACTIVE-SENT',   'RFC 4666 §4.3.4.4'],
    ['ASP-ACTIVE-SENT',   'T(ack) expiry',                   'tries left', ['send ASP Active', 'start T(ack)'],                  'ASP-ACTIVE-SENT',   'RFC 4666 §4.3.4.3'],
    ['ASP-ACTIVE-SENT',   'T(ack) expiry',                   null,         ['start T(retry)'],                                   'ASP-INACTIVE',      'RFC 4666 §4.3.4.3'],
    ['ASP-ACTIVE-SENT',   'Error',                           null,         ['stop T(ack)', 'start T(retry)'],                    'ASP-INACTIVE',      'RFC 4666 §3.8.1'],
    ['ASP-ACTIVE-SENT',   'M-ASP_INACTIVE.req',              null,         ['stop T(ack)', 'send ASP Inactive', 'start T(ack)'], 'ASP-INACTIVE-SENT', 'RFC 4666 §4.3.4.4'],
    ['ASP-ACTIVE-SENT',   'IPSPs are down',                  null,         ['stop T(ack)'],                                      'ASP-DOWN',          'RFC 4666 §4.3.1'],

    ['ASP-ACTIVE',        'ASP Active',                      null,         ['send ASP Active Ack'],                              'ASP-ACTIVE',        'RFC 4666 §4.3.4.3'],
    ['ASP-ACTIVE',        'ASP Inactive',                    null,         ['send ASP Inactive Ack'],                            'ASP-INACTIVE',      'RFC 4666 §4.3.4.4.1'],
    ['ASP-ACTIVE',        'ASP Inactive Ack',                'initiates',  ['send ASP Active', 'start T(ack)'],                  'ASP-ACTIVE-SENT',   'RFC 4666 §4.3.4.4'],
    ['ASP-ACTIVE',        'ASP Inactive Ack',                null,         [],                                                   'ASP-INACTIVE',      'RFC 4666 §4.3.4.4.1'],
    ['ASP-ACTIVE',        'ASP Up',                          null,         [],                                                   'ASP-INACTIVE',      'RFC 4666 §4.3.4.1'],
    ['ASP-ACTIVE',        'ASP Up Ack',                      'initiates',  ['send ASP Active', 'start T(ack)'],                  'ASP-ACTIVE-SENT',   'RFC 4666 §4.3.4.1'],
    ['ASP-ACTIVE',        'ASP Up Ack',                      null,         [],                                                   'ASP-INACTIVE',      'RFC 4666 §4.3.4.1'],
    ['ASP-ACTIVE',        'NTFY Alternate ASP Active',       null,         [],                                                   'ASP-INACTIVE',      'RFC 4666 §4.3.4.3'],
    ['ASP-ACTIVE',        'other ASP in override',           null,         ['notify Alternate ASP Active'],                      'ASP-INACTIVE',      'RFC 4666 §4.3.4.3'],
    ['ASP-ACTIVE',        'M-ASP_INACTIVE.req',              null,         ['send ASP Inactive', 'start T(ack)'],                'ASP-INACTIVE-SENT', 'RFC 4666 §4.3.4.4'],
    ['ASP-ACTIVE',        'IPSPs are down',                  null,         [],                                                   'ASP-DOWN',          'RFC 4666 §4.3.1'],

    ['ASP-INACTIVE-SENT', 'ASP Inactive Ack',                null,         ['stop T(ack)'],                                      'ASP-INACTIVE',      'RFC 4666 §4.3.4.4.1'],
    ['ASP-INACTIVE-SENT', 'ASP Inactive',                    null,         ['stop T(ack)', 'send ASP Inactive Ack'],             'ASP-INACTIVE',      'RFC 4666 §4.3.4.4.1'],
    ['ASP-INACTIVE-SENT', 'ASP Active',                      null,         ['send Error Unexpected Message'],                    'ASP-INACTIVE-SENT', 'RFC 4666 §3.8.1'],
    ['ASP-INACTIVE-SENT', 'T(ack) expiry',                   'tries left', ['send ASP Inactive', 'start T(ack)'],                'ASP-INACTIVE-SENT', 'RFC 4666 §4.3.4.4'],
    ['ASP-INACTIVE-SENT', 'T(ack) expiry',                   null,         [],                                                   'ASP-INACTIVE',      'RFC 4666 §4.3.4.4'],
    ['ASP-INACTIVE-SENT', 'M-ASP_ACTIVE.req',                null,         ['stop T(ack)', 'send ASP Active', 'start T(ack)'],   'ASP-ACTIVE-SENT',   'RFC 4666 §4.3.4.3'],
    ['ASP-INACTIVE-SENT', 'IPSPs are down',                  null,         ['stop T(ack)'],                                      'ASP-DOWN',          'RFC 4666 §4.3.1'],
  ],
};

export const ipspTrafficFsm = new Fsm(ipspTrafficTable);
