/** The assisting gsmSSF, and the gsmSRF that stands alone: 3GPP TS 23.078 §4.5.7, process assisting gsmSSF; TS 29.078 §11.4. */
import { Fsm, type FsmTable } from '../../types/fsm.ts';

export type AssistingState = 'Idle' | 'Waiting_For_Instructions' | 'Waiting_For_End_Of_User_Interaction';
export type AssistingEvent =
  | 'call to assist'
  | 'connectToResource'
  | 'user interaction operation'
  | 'disconnectForwardConnection'
  | 'resource disconnected'
  | 'resetTimer'
  | 'other operation'
  | 'Tssf expiry'
  | 'dialogue ended'
  | 'call released';
export type AssistingGuard = 'is a gsmSRF';
export type AssistingAction =
  | 'assistRequestInstructions'
  | 'connect gsmSRF'
  | 'ask gsmSRF'
  | 'disconnect gsmSRF'
  | 'start Tssf'
  | 'start Tssf for user interaction'
  | 'start Tssf again'
  | 'start Tssf by resetTimer'
  | 'stop Tssf'
  | 'abort dialogue'
  | 'end dialogue'
  | 'release call';

const ASSIST = '3GPP TS 23.078 §4.5.7';
const at = (operation: string) => `3GPP TS 29.078 §${operation}`;
const WFI = 'Waiting_For_Instructions';
const UI = 'Waiting_For_End_Of_User_Interaction';

export const assistingTable: FsmTable<AssistingState, AssistingEvent, AssistingGuard, AssistingAction> = {
  name: 'simulated-assisting-gsm-ssf',
  source: '3GPP TS 23.078 §4.5.7, process assisting gsmSSF',
  states: ['Idle', WFI, UI],
  initial: 'Idle',
  // biome-ignore format: a row a line
  rows: [
    ['Idle', 'call to assist',              'is a gsmSRF', ['connect gsmSRF', 'assistRequestInstructions', 'start Tssf for user interaction'], UI, at('11.4')],
    ['Idle', 'call to assist',              null,          ['assistRequestInstructions', 'start Tssf'],                    WFI,    at('11.4')],

    [WFI,    'connectToResource',           null,          ['connect gsmSRF', 'start Tssf for user interaction'],          UI,     at('11.10')],
    [WFI,    'resetTimer',                  null,          ['start Tssf by resetTimer'],                                   WFI,    at('11.28')],
    [WFI,    'other operation',             null,          ['start Tssf again'],                                           WFI,    ASSIST],
    [WFI,    'Tssf expiry',                 null,          ['abort dialogue', 'release call'],                             'Idle', at('10.2.1')],
    [WFI,    'dialogue ended',              null,          ['stop Tssf', 'release call'],                                  'Idle', ASSIST],
    [WFI,    'call released',               null,          ['stop Tssf', 'end dialogue'],                                  'Idle', ASSIST],

    [UI,     'user interaction operation',  null,          ['ask gsmSRF', 'start Tssf for user interaction'],              UI,     at('11.23')],
    [UI,     'disconnectForwardConnection', null,          ['disconnect gsmSRF', 'start Tssf'],                            WFI,    at('11.13')],
    [UI,     'resource disconnected',       'is a gsmSRF', ['stop Tssf', 'end dialogue', 'release call'],                  'Idle', at('11.23')],
    [UI,     'resource disconnected',       null,          ['start Tssf'],                                                 WFI,    at('11.23')],
    [UI,     'resetTimer',                  null,          ['start Tssf by resetTimer'],                                   UI,     at('11.28')],
    [UI,     'other operation',             null,          ['start Tssf again'],                                           UI,     ASSIST],
    [UI,     'Tssf expiry',                 null,          ['disconnect gsmSRF', 'abort dialogue', 'release call'],        'Idle', at('10.2.1')],
    [UI,     'dialogue ended',              null,          ['stop Tssf', 'disconnect gsmSRF', 'release call'],             'Idle', ASSIST],
    [UI,     'call released',               null,          ['stop Tssf', 'disconnect gsmSRF', 'end dialogue'],             'Idle', ASSIST],
  ],
};

export const assistingFsm = new Fsm(assistingTable);
