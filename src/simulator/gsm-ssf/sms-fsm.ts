/** The gsmSSF of a short message: 3GPP TS 23.078 §7.5.3, process smsSSF. */
import { Fsm, type FsmTable } from '../../types/fsm.ts';

export type SmsSsfState = 'Idle' | 'Wait_For_Request' | 'Waiting_For_Instructions' | 'Monitoring';
export type SmsSsfEvent =
  | 'Invoke smsSSF'
  | 'TDP-R'
  | 'EDP-R'
  | 'EDP-N'
  | 'event not armed'
  | 'continueSMS'
  | 'connectSMS'
  | 'releaseSMS'
  | 'resetTimerSMS'
  | 'other operation'
  | 'Tssf expiry'
  | 'dialogue lost'
  | 'dialogue ended';
/** Events are armed, and their report is to come. */
export type SmsSsfGuard = 'armed, in a dialogue that goes on';
export type SmsSsfAction =
  | 'open dialogue'
  | 'report as request'
  | 'report as notification'
  | 'start Tssf'
  | 'start Tssf again'
  | 'start Tssf by resetTimerSMS'
  | 'stop Tssf'
  | 'send the message on'
  | 'refuse the message'
  | 'end dialogue'
  | 'abort dialogue'
  | 'default handling'
  | 'done';

const SSF = '3GPP TS 23.078 §7.5.3';
const at = (operation: string) => `3GPP TS 29.078 §${operation}`;
const WFI = 'Waiting_For_Instructions';
const ARMED = 'armed, in a dialogue that goes on';

export const smsSsfTable: FsmTable<SmsSsfState, SmsSsfEvent, SmsSsfGuard, SmsSsfAction> = {
  name: 'simulated-sms-ssf',
  source: '3GPP TS 23.078 §7.5.3, process smsSSF',
  states: ['Idle', 'Wait_For_Request', WFI, 'Monitoring'],
  initial: 'Idle',
  // biome-ignore format: a row a line
  rows: [
    ['Idle',             'Invoke smsSSF',   null,  [],                                                    'Wait_For_Request', SSF],
    ['Wait_For_Request', 'TDP-R',           null,  ['open dialogue', 'start Tssf'],                       WFI,                at('12.5')],

    [WFI,                'continueSMS',     ARMED, ['stop Tssf', 'send the message on'],                  'Monitoring',       at('12.2')],
    [WFI,                'continueSMS',     null,  ['stop Tssf', 'send the message on', 'end dialogue'],  'Idle',             at('12.2')],
    [WFI,                'connectSMS',      ARMED, ['stop Tssf', 'send the message on'],                  'Monitoring',       at('12.1')],
    [WFI,                'connectSMS',      null,  ['stop Tssf', 'send the message on', 'end dialogue'],  'Idle',             at('12.1')],
    [WFI,                'releaseSMS',      null,  ['stop Tssf', 'refuse the message', 'end dialogue'],   'Idle',             at('12.6')],
    [WFI,                'resetTimerSMS',   null,  ['start Tssf by resetTimerSMS'],                       WFI,                at('12.8')],
    [WFI,                'other operation', null,  ['start Tssf again'],                                  WFI,                SSF],
    [WFI,                'Tssf expiry',     null,  ['abort dialogue', 'default handling'],                'Idle',             at('10.2.1')],
    [WFI,                'dialogue lost',   null,  ['stop Tssf', 'default handling'],                     'Idle',             SSF],
    [WFI,                'dialogue ended',  null,  ['stop Tssf', 'send the message on'],                  'Idle',             SSF],

    ['Monitoring',       'EDP-R',           null,  ['report as request', 'start Tssf'],                   WFI,                at('12.3')],
    ['Monitoring',       'EDP-N',           null,  ['report as notification', 'end dialogue', 'done'],    'Idle',             at('12.3')],
    ['Monitoring',       'event not armed', null,  ['end dialogue', 'done'],                              'Idle',             SSF],
    ['Monitoring',       'other operation', null,  [],                                                    'Monitoring',       SSF],
    ['Monitoring',       'dialogue lost',   null,  [],                                                    'Idle',             SSF],
    ['Monitoring',       'dialogue ended',  null,  [],                                                    'Idle',             SSF],
  ],
};

export const smsSsfFsm = new Fsm(smsSsfTable);
