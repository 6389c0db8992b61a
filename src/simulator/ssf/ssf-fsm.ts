/** The gsmSSF of one terminating call (flow F1), from the trigger to the end of its control relationship. */
import { Fsm, type FsmTable } from '../../types/fsm.ts';

export type SsfState =
  | 'idle'
  /** initialDP is out; the call waits. */
  | 'waiting-for-instructions'
  /** The call goes on; armed events are looked for. */
  | 'monitoring'
  /** An armed event was reported as a request; the call waits. */
  | 'interrupted'
  /** Answered; the end of the call is armed. */
  | 'talking'
  | 'over';

export type SsfEvent =
  | 'trigger'
  /** requestReportBCSMEvent and continue in a dialogue that goes on. */
  | 'go-on-armed'
  | 'go-on'
  | 'release'
  /** The call ended: busy, absent, no answer, answered, given up. */
  | 'outcome'
  /** One of the parties, who have talked. */
  | 'hung-up'
  /** The caller hangs up before the call went on. */
  | 'given-up'
  | 'tssf'
  /** P-Abort, U-Abort, refusal, or the network brought our message back. */
  | 'aborted'
  /** The gsmSCF ended the dialogue without an instruction. */
  | 'closed';

export type SsfGuard =
  /** The event is armed as EDP-R. */
  | 'armed-as-request'
  /** Answered, the parties talk, and tDisconnect is armed. */
  | 'followed'
  /** The event is armed as EDP-N. */
  | 'armed-as-notification';

export type SsfAction =
  | 'send-initialDP'
  | 'start-tssf'
  | 'stop-tssf'
  | 'route'
  /** The call goes on without the gsmSCF. */
  | 'route-let-go'
  | 'route-unwatched'
  | 'drop-call'
  /** The dialogue ends on this side only: the peer's transaction is not known. */
  | 'forget-dialogue'
  | 'report-request'
  | 'report-notification'
  | 'report-answer'
  | 'default-handling'
  | 'leave-dialogue'
  | 'acknowledge'
  | 'give-up-acknowledgement';

// biome-ignore format: a row a line
export const ssfTable: FsmTable<SsfState, SsfEvent, SsfGuard, SsfAction> = {
  name: 'simulated-gsm-ssf',
  source: '3GPP TS 23.078 §4.5.2 and TS 29.078 §6.1 (gsmSSF, terminating call)',
  states: ['idle', 'waiting-for-instructions', 'monitoring', 'interrupted', 'talking', 'over'],
  initial: 'idle',
  rows: [
    ['idle',                     'trigger',     null,                    ['send-initialDP', 'start-tssf'],                  'waiting-for-instructions', '3GPP TS 23.078 §4.6.1.8'],

    ['waiting-for-instructions', 'go-on-armed', null,                    ['stop-tssf', 'route'],                            'monitoring',  '3GPP TS 23.078 §4.6.2.16'],
    ['waiting-for-instructions', 'go-on',       null,                    ['stop-tssf', 'leave-dialogue', 'route-let-go'],   'over',        '3GPP TS 23.078 §4.6.2.4'],
    ['waiting-for-instructions', 'release',     null,                    ['stop-tssf', 'leave-dialogue', 'drop-call'],      'over',        '3GPP TS 29.078 §6.1.1'],
    ['waiting-for-instructions', 'given-up',    null,                    ['stop-tssf', 'forget-dialogue'],                  'over',        'ITU-T Q.774 §3.3.3.2.4'],
    ['waiting-for-instructions', 'tssf',        null,                    ['default-handling', 'route-unwatched'],           'over',        '3GPP TS 23.078 §4.5.2'],
    ['waiting-for-instructions', 'aborted',     null,                    ['stop-tssf', 'route-unwatched'],                  'over',        '3GPP TS 23.078 §4.5.2'],
    ['waiting-for-instructions', 'closed',      null,                    ['stop-tssf', 'route-unwatched'],                  'over',        '3GPP TS 23.078 §4.5.2'],

    ['monitoring',               'outcome',     'armed-as-request',      ['report-request', 'start-tssf'],                  'interrupted', '3GPP TS 23.078 §4.5.2'],
    ['monitoring',               'outcome',     'followed',              ['report-answer'],                                 'talking',     '3GPP TS 23.078 §4.5.2'],
    ['monitoring',               'outcome',     'armed-as-notification', ['report-notification'],                           'over',        '3GPP TS 23.078 §4.5.2'],
    ['monitoring',               'outcome',     null,                    ['leave-dialogue', 'give-up-acknowledgement'],     'over',        '3GPP TS 23.078 §4.5.2'],
    ['monitoring',               'go-on',       null,                    [],                                                'monitoring',  '3GPP TS 29.078 §6.1.1'],
    ['monitoring',               'go-on-armed', null,                    [],                                                'monitoring',  '3GPP TS 29.078 §6.1.1'],
    ['monitoring',               'release',     null,                    ['leave-dialogue', 'drop-call'],                   'over',        '3GPP TS 29.078 §6.1.1'],
    ['monitoring',               'aborted',     null,                    ['route-unwatched'],                               'over',        '3GPP TS 23.078 §4.5.2'],
    ['monitoring',               'closed',      null,                    ['route-unwatched'],                               'over',        '3GPP TS 23.078 §4.5.2'],

    ['talking',                  'hung-up',     null,                    ['report-notification'],                           'over',        '3GPP TS 23.078 §4.5.2'],
    ['talking',                  'aborted',     null,                    [],                                                'over',        '3GPP TS 23.078 §4.5.2'],
    ['talking',                  'closed',      null,                    [],                                                'over',        '3GPP TS 23.078 §4.5.2'],

    ['interrupted',              'go-on',       null,                    ['stop-tssf', 'leave-dialogue', 'acknowledge'],    'over',        '3GPP TS 23.078 §4.6.2.4'],
    ['interrupted',              'go-on-armed', null,                    ['stop-tssf', 'leave-dialogue', 'acknowledge'],    'over',        '3GPP TS 23.078 §4.6.2.4'],
    ['interrupted',              'release',     null,                    ['stop-tssf', 'leave-dialogue', 'acknowledge', 'drop-call'],'over',        '3GPP TS 29.078 §6.1.1'],
    ['interrupted',              'tssf',        null,                    ['default-handling', 'give-up-acknowledgement'],   'over',        '3GPP TS 23.078 §4.5.2'],
    ['interrupted',              'aborted',     null,                    ['stop-tssf', 'give-up-acknowledgement'],          'over',        '3GPP TS 23.078 §4.5.2'],
    ['interrupted',              'closed',      null,                    ['stop-tssf', 'give-up-acknowledgement'],          'over',        '3GPP TS 23.078 §4.5.2'],
  ],
};

export const ssfFsm = new Fsm(ssfTable);
