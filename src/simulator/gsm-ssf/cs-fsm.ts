/**
 * The gsmSSF of one call segment: 3GPP TS 23.078 §4.5.7, process CS_gsmSSF. A call of phases 1 to 3 is one segment. What
 * holds the dialogue together over all segments is the association (`ssf-call.ts`, process CSA_gsmSSF).
 */
import { Fsm, type FsmTable } from '../../types/fsm.ts';

export type CsState =
  | 'Idle'
  | 'Wait_For_Request'
  | 'Waiting_For_Instructions'
  | 'Waiting_For_End_Of_User_Interaction'
  | 'Waiting_For_End_Of_Temporary_Connection'
  | 'Monitoring';

export type CsEvent =
  | 'Invoke gsmSSF'
  | 'TDP-R'
  | 'EDP-R'
  | 'EDP-N'
  /** InitiateCallAttempt, splitLeg or moveLeg put a leg here, which waits. */
  | 'leg waits here'
  /** An operation that lets all go on that waits here. */
  | 'call goes on'
  /** Any operation else that the gsmSSF answers for: it waits the last interval again. */
  | 'other operation'
  | 'resetTimer'
  | 'connectToResource'
  | 'user interaction operation'
  | 'resource disconnected'
  | 'establishTemporaryConnection'
  | 'temporary connection ended'
  | 'disconnectForwardConnection'
  | 'releaseCall'
  | 'Tssf expiry'
  /** The dialogue ended badly. */
  | 'dialogue lost'
  /** The dialogue was ended by the gsmSCF, or nothing is left to control. */
  | 'control ended'
  /** The last leg is gone. */
  | 'no leg left';

export type CsAction =
  | 'open dialogue'
  | 'report as request'
  | 'report as notification'
  | 'start Tssf'
  | 'start Tssf for user interaction'
  | 'start Tssf again'
  | 'start Tssf by resetTimer'
  | 'stop Tssf'
  | 'connect gsmSRF'
  | 'ask gsmSRF'
  | 'disconnect gsmSRF'
  | 'connect assisting node'
  | 'disconnect assisting node'
  | 'let the call go on'
  | 'release call'
  | 'abort dialogue'
  | 'default handling';

const CS = '3GPP TS 23.078 §4.5.7';
const at = (operation: string) => `3GPP TS 29.078 §${operation}`;
const WFI = 'Waiting_For_Instructions';
const UI = 'Waiting_For_End_Of_User_Interaction';
const TC = 'Waiting_For_End_Of_Temporary_Connection';

export const csTable: FsmTable<CsState, CsEvent, never, CsAction> = {
  name: 'simulated-gsm-ssf-call-segment',
  source: '3GPP TS 23.078 §4.5.7, process CS_gsmSSF',
  states: ['Idle', 'Wait_For_Request', WFI, UI, TC, 'Monitoring'],
  initial: 'Idle',
  // biome-ignore format: a row a line
  rows: [
    ['Idle',             'Invoke gsmSSF',                null, [],                                                               'Wait_For_Request', CS],

    ['Wait_For_Request', 'TDP-R',                        null, ['open dialogue', 'start Tssf'],                                  WFI,                at('11.20')],
    ['Wait_For_Request', 'leg waits here',               null, ['start Tssf'],                                                   WFI,                at('11.21')],
    ['Wait_For_Request', 'no leg left',                  null, [],                                                               'Idle',             CS],

    [WFI,                'EDP-R',                        null, ['report as request', 'start Tssf again'],                        WFI,                at('11.18')],
    [WFI,                'EDP-N',                        null, ['report as notification'],                                       WFI,                at('11.18')],
    [WFI,                'leg waits here',               null, ['start Tssf again'],                                             WFI,                at('11.22')],
    [WFI,                'other operation',              null, ['start Tssf again'],                                             WFI,                CS],
    [WFI,                'resetTimer',                   null, ['start Tssf by resetTimer'],                                     WFI,                at('11.28')],
    [WFI,                'call goes on',                 null, ['stop Tssf', 'let the call go on'],                              'Monitoring',       at('11.11')],
    [WFI,                'connectToResource',            null, ['connect gsmSRF', 'start Tssf for user interaction'],            UI,                 at('11.10')],
    [WFI,                'establishTemporaryConnection', null, ['connect assisting node', 'start Tssf for user interaction'],    TC,                 at('11.17')],
    [WFI,                'releaseCall',                  null, ['stop Tssf', 'release call'],                                    'Idle',             at('11.26')],
    [WFI,                'Tssf expiry',                  null, ['abort dialogue', 'default handling'],                           'Idle',             at('10.2.1')],
    [WFI,                'dialogue lost',                null, ['stop Tssf', 'default handling'],                                'Idle',             CS],
    [WFI,                'control ended',                null, ['stop Tssf', 'let the call go on'],                              'Idle',             CS],
    [WFI,                'no leg left',                  null, ['stop Tssf'],                                                    'Idle',             CS],

    [UI,                 'EDP-R',                        null, ['disconnect gsmSRF', 'report as request', 'start Tssf'],         WFI,                at('11.18')],
    [UI,                 'EDP-N',                        null, ['report as notification'],                                       UI,                 at('11.18')],
    [UI,                 'other operation',              null, ['start Tssf again'],                                             UI,                 CS],
    [UI,                 'resetTimer',                   null, ['start Tssf by resetTimer'],                                     UI,                 at('11.28')],
    [UI,                 'user interaction operation',   null, ['ask gsmSRF', 'start Tssf for user interaction'],                UI,                 at('11.23')],
    [UI,                 'disconnectForwardConnection',  null, ['disconnect gsmSRF', 'start Tssf'],                              WFI,                at('11.13')],
    [UI,                 'resource disconnected',        null, ['start Tssf'],                                                   WFI,                at('11.23')],
    [UI,                 'releaseCall',                  null, ['stop Tssf', 'disconnect gsmSRF', 'release call'],               'Idle',             at('11.26')],
    [UI,                 'Tssf expiry',                  null, ['disconnect gsmSRF', 'abort dialogue', 'default handling'],      'Idle',             at('10.2.1')],
    [UI,                 'dialogue lost',                null, ['stop Tssf', 'disconnect gsmSRF', 'default handling'],           'Idle',             CS],
    [UI,                 'control ended',                null, ['stop Tssf', 'disconnect gsmSRF', 'let the call go on'],         'Idle',             CS],
    [UI,                 'no leg left',                  null, ['stop Tssf', 'disconnect gsmSRF'],                               'Idle',             CS],

    [TC,                 'EDP-R',                        null, ['disconnect assisting node', 'report as request', 'start Tssf'], WFI,                at('11.18')],
    [TC,                 'EDP-N',                        null, ['report as notification'],                                       TC,                 at('11.18')],
    [TC,                 'other operation',              null, ['start Tssf again'],                                             TC,                 CS],
    [TC,                 'resetTimer',                   null, ['start Tssf by resetTimer'],                                     TC,                 at('11.28')],
    [TC,                 'disconnectForwardConnection',  null, ['disconnect assisting node', 'start Tssf'],                      WFI,                at('11.13')],
    [TC,                 'temporary connection ended',   null, ['start Tssf'],                                                   WFI,                at('11.17')],
    [TC,                 'releaseCall',                  null, ['stop Tssf', 'disconnect assisting node', 'release call'],       'Idle',             at('11.26')],
    [TC,                 'Tssf expiry',                  null, ['disconnect assisting node', 'abort dialogue', 'default handling'], 'Idle',          at('10.2.1')],
    [TC,                 'dialogue lost',                null, ['stop Tssf', 'disconnect assisting node', 'default handling'],   'Idle',             CS],
    [TC,                 'control ended',                null, ['stop Tssf', 'disconnect assisting node', 'let the call go on'], 'Idle',             CS],
    [TC,                 'no leg left',                  null, ['stop Tssf', 'disconnect assisting node'],                       'Idle',             CS],

    ['Monitoring',       'EDP-R',                        null, ['report as request', 'start Tssf'],                              WFI,                at('11.18')],
    ['Monitoring',       'EDP-N',                        null, ['report as notification'],                                       'Monitoring',       at('11.18')],
    ['Monitoring',       'leg waits here',               null, ['start Tssf'],                                                   WFI,                at('11.31')],
    ['Monitoring',       'other operation',              null, [],                                                               'Monitoring',       CS],
    ['Monitoring',       'releaseCall',                  null, ['release call'],                                                 'Idle',             at('11.26')],
    ['Monitoring',       'dialogue lost',                null, ['default handling'],                                             'Idle',             CS],
    ['Monitoring',       'control ended',                null, [],                                                               'Idle',             CS],
    ['Monitoring',       'no leg left',                  null, [],                                                               'Idle',             CS],
  ],
};

export const csFsm = new Fsm(csTable);
