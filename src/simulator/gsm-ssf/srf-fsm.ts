/** The gsmSRF: 3GPP TS 23.078 §4.5.7, process gsmSRF; the same for a resource of the gsmSSF's own and one that stands alone. */
import { Fsm, type FsmTable } from '../../types/fsm.ts';

export type SrfState = 'Idle' | 'Connected' | 'User_Interaction';
export type SrfEvent =
  | 'connect'
  | 'playAnnouncement'
  | 'promptAndCollectUserInformation'
  | 'announcement over'
  | 'collection over'
  | 'cancel'
  | 'Tsrf expiry'
  | 'disconnect';
export type SrfGuard = 'another waits' | 'disconnection allowed';
export type SrfAction =
  | 'start Tsrf'
  | 'stop Tsrf'
  | 'begin'
  | 'wait in line'
  | 'report'
  | 'answer'
  | 'answer canceled'
  | 'begin the next'
  | 'stop all'
  | 'ask for disconnection';

const SRF = '3GPP TS 23.078 §4.5.7';
const PA = '3GPP TS 29.078 §11.23';
const PC = '3GPP TS 29.078 §11.25';

export const srfTable: FsmTable<SrfState, SrfEvent, SrfGuard, SrfAction> = {
  name: 'simulated-gsm-srf',
  source: '3GPP TS 23.078 §4.5.7, process gsmSRF',
  states: ['Idle', 'Connected', 'User_Interaction'],
  initial: 'Idle',
  // biome-ignore format: a row a line
  rows: [
    ['Idle',             'connect',                         null,                    ['start Tsrf'],                            'Connected',        SRF],

    ['Connected',        'playAnnouncement',                null,                    ['stop Tsrf', 'begin'],                    'User_Interaction', PA],
    ['Connected',        'promptAndCollectUserInformation', null,                    ['stop Tsrf', 'begin'],                    'User_Interaction', PC],
    ['Connected',        'Tsrf expiry',                     null,                    ['ask for disconnection'],                 'Idle',             SRF],
    ['Connected',        'disconnect',                      null,                    ['stop Tsrf'],                             'Idle',             SRF],

    ['User_Interaction', 'playAnnouncement',                null,                    ['wait in line'],                          'User_Interaction', PA],
    ['User_Interaction', 'promptAndCollectUserInformation', null,                    ['wait in line'],                          'User_Interaction', PC],
    ['User_Interaction', 'announcement over',               'another waits',         ['report', 'begin the next'],              'User_Interaction', PA],
    ['User_Interaction', 'announcement over',               'disconnection allowed', ['report', 'ask for disconnection'],       'Idle',             PA],
    ['User_Interaction', 'announcement over',               null,                    ['report', 'start Tsrf'],                  'Connected',        PA],
    ['User_Interaction', 'collection over',                 'another waits',         ['answer', 'begin the next'],              'User_Interaction', PC],
    ['User_Interaction', 'collection over',                 'disconnection allowed', ['answer', 'ask for disconnection'],       'Idle',             PC],
    ['User_Interaction', 'collection over',                 null,                    ['answer', 'start Tsrf'],                  'Connected',        PC],
    ['User_Interaction', 'cancel',                          'another waits',         ['answer canceled', 'begin the next'],     'User_Interaction', '3GPP TS 29.078 §11.8'],
    ['User_Interaction', 'cancel',                          null,                    ['answer canceled', 'start Tsrf'],         'Connected',        '3GPP TS 29.078 §11.8'],
    ['User_Interaction', 'disconnect',                      null,                    ['stop all'],                              'Idle',             SRF],
  ],
};

export const srfFsm = new Fsm(srfTable);
