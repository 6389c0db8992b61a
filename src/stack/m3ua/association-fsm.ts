/**
 * The association that an ASP keeps towards an SGP: set up, and set up again with a growing pause when it is lost
 * (RFC 4666 §4.2.1: M-SCTP_ESTABLISH, M-SCTP_RELEASE; §4.3.1).
 */
import { Fsm, type FsmTable } from '../../types/fsm.ts';

export type AssociationState = 'IDLE' | 'CONNECTING' | 'UP' | 'WAITING' | 'CLOSING';
export type AssociationEvent =
  | 'M-SCTP_ESTABLISH.req'
  | 'M-SCTP_RELEASE.req'
  | 'SCTP-CU'
  | 'SCTP-CDI'
  | 'T(reconnect) expiry';
export type AssociationAction =
  | 'connect'
  | 'abort'
  | 'attach'
  | 'detach'
  | 'M-ASP_DOWN'
  | 'start T(reconnect)'
  | 'stop T(reconnect)'
  | 'M-SCTP_RELEASE.ind';

export const associationTable: FsmTable<AssociationState, AssociationEvent, never, AssociationAction> = {
  name: 'm3ua-association',
  source: 'RFC 4666 §4.2.1 and §4.3.1',
  states: ['IDLE', 'CONNECTING', 'UP', 'WAITING', 'CLOSING'],
  initial: 'IDLE',
  // biome-ignore format: a row a line
  rows: [
    ['IDLE',       'M-SCTP_ESTABLISH.req', null, ['connect'],                                'CONNECTING', 'RFC 4666 §4.2.1'],

    ['CONNECTING', 'SCTP-CU',              null, ['attach'],                                 'UP',         'RFC 4666 §4.3.1'],
    ['CONNECTING', 'SCTP-CDI',             null, ['start T(reconnect)'],                     'WAITING',    'RFC 4666 §4.2.1'],
    ['CONNECTING', 'M-SCTP_RELEASE.req',   null, ['abort'],                                  'CLOSING',    'RFC 4666 §4.2.1'],

    ['UP',         'SCTP-CDI',             null, ['detach', 'start T(reconnect)'],           'WAITING',    'RFC 4666 §4.3.1'],
    ['UP',         'M-SCTP_RELEASE.req',   null, ['M-ASP_DOWN'],                             'CLOSING',    'RFC 4666 §4.2.1'],

    ['WAITING',    'T(reconnect) expiry',  null, ['connect'],                                'CONNECTING', 'RFC 4666 §4.2.1'],
    ['WAITING',    'M-SCTP_RELEASE.req',   null, ['stop T(reconnect)', 'M-SCTP_RELEASE.ind'], 'IDLE',      'RFC 4666 §4.2.1'],

    ['CLOSING',    'SCTP-CDI',             null, ['detach', 'M-SCTP_RELEASE.ind'],           'IDLE',       'RFC 4666 §4.2.1'],
  ],
};

export const associationFsm = new Fsm(associationTable);
