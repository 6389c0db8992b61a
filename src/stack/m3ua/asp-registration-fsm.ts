/**
 * Dynamic registration as the ASP does it, one per association and AS that is not known to the SGP by configuration
 * (RFC 4666 §4.4). The RFC has no timer for it; T(ack) and its bound serve here too.
 */
import { Fsm, type FsmTable } from '../../types/fsm.ts';

export type AspRegistrationState = 'UNREGISTERED' | 'REG-SENT' | 'REGISTERED' | 'DEREG-SENT';
export type AspRegistrationEvent =
  | 'ASP is up'
  | 'ASP is down'
  | 'M-RK_REG.req'
  | 'M-RK_DEREG.req'
  | 'Successfully Registered'
  | 'registration refused'
  | 'Successfully Deregistered'
  | 'deregistration refused'
  | 'T(ack) expiry'
  | 'T(retry) expiry';
/** `wanted`: the AS is to be registered without being asked to; `no traffic`: the ASP is not active for it. */
export type AspRegistrationGuard = 'tries left' | 'wanted' | 'no traffic';
export type AspRegistrationAction =
  | 'send REG REQ'
  | 'send DEREG REQ'
  | 'start T(ack)'
  | 'stop T(ack)'
  | 'start T(retry)'
  | 'stop T(retry)'
  | 'traffic may begin'
  | 'traffic is over';

export const aspRegistrationTable: FsmTable<
  AspRegistrationState,
  AspRegistrationEvent,
  AspRegistrationGuard,
  AspRegistrationAction
> = {
  name: 'm3ua-asp-registration',
  source: 'RFC 4666 §4.4, the ASP’s side',
  states: ['UNREGISTERED', 'REG-SENT', 'REGISTERED', 'DEREG-SENT'],
  initial: 'UNREGISTERED',
  // biome-ignore format: a row a line
  rows: [
    ['UNREGISTERED', 'ASP is up',                 'wanted',     ['send REG REQ', 'start T(ack)'],                  'REG-SENT',     'RFC 4666 §4.4.1'],
    ['UNREGISTERED', 'M-RK_REG.req',              null,         ['stop T(retry)', 'send REG REQ', 'start T(ack)'], 'REG-SENT',     'RFC 4666 §4.4.1'],
    ['UNREGISTERED', 'T(retry) expiry',           'wanted',     ['send REG REQ', 'start T(ack)'],                  'REG-SENT',     'RFC 4666 §4.4.1'],
    ['UNREGISTERED', 'ASP is down',               null,         ['stop T(retry)'],                                 'UNREGISTERED', 'RFC 4666 §4.3.1'],

    ['REG-SENT',     'Successfully Registered',   null,         ['stop T(ack)', 'traffic may begin'],              'REGISTERED',   'RFC 4666 §4.4.1'],
    ['REG-SENT',     'registration refused',      null,         ['stop T(ack)', 'start T(retry)'],                 'UNREGISTERED', 'RFC 4666 §4.4.1'],
    ['REG-SENT',     'T(ack) expiry',             'tries left', ['send REG REQ', 'start T(ack)'],                  'REG-SENT',     'RFC 4666 §4.4.1'],
    ['REG-SENT',     'T(ack) expiry',             null,         ['start T(retry)'],                                'UNREGISTERED', 'RFC 4666 §4.4.1'],
    ['REG-SENT',     'ASP is down',               null,         ['stop T(ack)'],                                   'UNREGISTERED', 'RFC 4666 §4.3.1'],

    ['REGISTERED',   'M-RK_DEREG.req',            'no traffic', ['send DEREG REQ', 'start T(ack)'],                'DEREG-SENT',   'RFC 4666 §4.4.2'],
    ['REGISTERED',   'ASP is down',               null,         ['traffic is over'],                               'UNREGISTERED', 'RFC 4666 §4.3.4.1'],

    ['DEREG-SENT',   'Successfully Deregistered', null,         ['stop T(ack)', 'traffic is over'],                'UNREGISTERED', 'RFC 4666 §4.4.2'],
    ['DEREG-SENT',   'deregistration refused',    null,         ['stop T(ack)'],                                   'REGISTERED',   'RFC 4666 §4.4.2'],
    ['DEREG-SENT',   'T(ack) expiry',             'tries left', ['send DEREG REQ', 'start T(ack)'],                'DEREG-SENT',   'RFC 4666 §4.4.2'],
    ['DEREG-SENT',   'T(ack) expiry',             null,         [],                                                'REGISTERED',   'RFC 4666 §4.4.2'],
    ['DEREG-SENT',   'ASP is down',               null,         ['stop T(ack)', 'traffic is over'],                'UNREGISTERED', 'RFC 4666 §4.3.4.1'],
  ],
};

export const aspRegistrationFsm = new Fsm(aspRegistrationTable);
