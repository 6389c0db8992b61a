/**
 * The state of an ASP as the SGP keeps it, per (ASP, AS) (RFC 4666 §4.3.1, figure 3). One message may concern several AS
 * of the ASP: every machine takes its row, the actions of all the rows are done once, the states are then told to the AS.
 */
import { Fsm, type FsmTable } from '../../types/fsm.ts';

export type AspState = 'ASP-DOWN' | 'ASP-INACTIVE' | 'ASP-ACTIVE';
export type AspStateEvent =
  | 'ASP Up'
  | 'ASP Down'
  | 'ASP Active'
  | 'ASP Inactive'
  | 'other ASP in override'
  | 'NIF unavailable'
  | 'SCTP-CDI'
  | 'SCTP-RI';
export type AspStateAction =
  | 'send ASP Up Ack'
  | 'send ASP Down Ack'
  | 'send ASP Active Ack'
  | 'send ASP Inactive Ack'
  | 'send Error Unexpected Message'
  | 'notify Alternate ASP Active'
  | 'notify ASP Failure';

export const aspStateTable: FsmTable<AspState, AspStateEvent, never, AspStateAction> = {
  name: 'm3ua-asp-state',
  source: 'RFC 4666 figure 3, per (ASP, AS)',
  states: ['ASP-DOWN', 'ASP-INACTIVE', 'ASP-ACTIVE'],
  initial: 'ASP-DOWN',
  // biome-ignore format: a row a line
  rows: [
    ['ASP-DOWN',     'ASP Up',                null, ['send ASP Up Ack'],                                  'ASP-INACTIVE', 'RFC 4666 §4.3.4.1'],
    ['ASP-DOWN',     'ASP Down',              null, ['send ASP Down Ack'],                                'ASP-DOWN',     'RFC 4666 §4.3.4.2'],
    ['ASP-DOWN',     'ASP Active',            null, ['send Error Unexpected Message'],                    'ASP-DOWN',     'RFC 4666 §4.3.4.3'],
    ['ASP-DOWN',     'ASP Inactive',          null, ['send Error Unexpected Message'],                    'ASP-DOWN',     'RFC 4666 §4.3.4.4'],
    ['ASP-DOWN',     'SCTP-CDI',              null, [],                                                   'ASP-DOWN',     'RFC 4666 §4.3.1'],
    ['ASP-DOWN',     'SCTP-RI',               null, [],                                                   'ASP-DOWN',     'RFC 4666 §4.3.1'],

    ['ASP-INACTIVE', 'ASP Up',                null, ['send ASP Up Ack'],                                  'ASP-INACTIVE', 'RFC 4666 §4.3.4.1'],
    ['ASP-INACTIVE', 'ASP Down',              null, ['send ASP Down Ack'],                                'ASP-DOWN',     'RFC 4666 §4.3.4.2'],
    ['ASP-INACTIVE', 'ASP Active',            null, ['send ASP Active Ack'],                              'ASP-ACTIVE',   'RFC 4666 §4.3.4.3'],
    ['ASP-INACTIVE', 'ASP Inactive',          null, ['send ASP Inactive Ack'],                            'ASP-INACTIVE', 'RFC 4666 §4.3.4.4'],
    ['ASP-INACTIVE', 'SCTP-CDI',              null, ['notify ASP Failure'],                               'ASP-DOWN',     'RFC 4666 §4.3.4.5'],
    ['ASP-INACTIVE', 'SCTP-RI',               null, [],                                                   'ASP-DOWN',     'RFC 4666 §4.3.1'],

    ['ASP-ACTIVE',   'ASP Up',                null, ['send ASP Up Ack', 'send Error Unexpected Message'], 'ASP-INACTIVE', 'RFC 4666 §4.3.4.1'],
    ['ASP-ACTIVE',   'ASP Down',              null, ['send ASP Down Ack'],                                'ASP-DOWN',     'RFC 4666 §4.3.4.2'],
    ['ASP-ACTIVE',   'ASP Active',            null, ['send ASP Active Ack'],                              'ASP-ACTIVE',   'RFC 4666 §4.3.4.3'],
    ['ASP-ACTIVE',   'ASP Inactive',          null, ['send ASP Inactive Ack'],                            'ASP-INACTIVE', 'RFC 4666 §4.3.4.4'],
    ['ASP-ACTIVE',   'other ASP in override', null, ['notify Alternate ASP Active'],                      'ASP-INACTIVE', 'RFC 4666 §4.3.4.3'],
    ['ASP-ACTIVE',   'NIF unavailable',       null, ['send ASP Inactive Ack'],                            'ASP-INACTIVE', 'RFC 4666 §4.7'],
    ['ASP-ACTIVE',   'SCTP-CDI',              null, ['notify ASP Failure'],                               'ASP-DOWN',     'RFC 4666 §4.3.4.5'],
    ['ASP-ACTIVE',   'SCTP-RI',               null, [],                                                   'ASP-DOWN',     'RFC 4666 §4.3.1'],
  ],
};

export const aspStateFsm = new Fsm(aspStateTable);
