/**
 * The basic call state models of CAMEL phase 4, of which the earlier phases have less: O-BCSM (3GPP TS 23.078 §4.4.2.1,
 * figure 4.2) and T-BCSM (§4.4.3.1, figure 4.3). A detection point is on the way between two points in call: the row names
 * it as its action, and processing may be held there. How it goes on after a failure is the row's target, or back to
 * analysis (routeing, for a terminating call) when the gsmSCF gives another destination.
 */
import { Fsm, type FsmTable } from '../../types/fsm.ts';

export type BcsmEvent =
  | 'call attempt'
  | 'information collected'
  | 'more digits asked for'
  | 'information analysed'
  | 'terminating attempt'
  | 'route failure'
  | 'busy'
  | 'alerting'
  | 'no answer'
  | 'answer'
  | 'calling party gives up'
  | 'disconnect'
  | 'mid-call digits'
  | 'position changed'
  | 'service changed'
  | 'another destination'
  | 'released';

export type OBcsmState =
  | 'O_Null & Authorise_Origination_Attempt_Collect_Info'
  | 'Analyse_Information'
  | 'Routing'
  | 'O_Alerting'
  | 'O_Active'
  | 'O_Exception';

export type ODetectionPoint =
  | 'collectedInfo'
  | 'analyzedInformation'
  | 'routeSelectFailure'
  | 'oCalledPartyBusy'
  | 'oNoAnswer'
  | 'oTermSeized'
  | 'oAnswer'
  | 'oMidCall'
  | 'oChangeOfPosition'
  | 'oServiceChange'
  | 'oDisconnect'
  | 'oAbandon';

const NULL = 'O_Null & Authorise_Origination_Attempt_Collect_Info';
const O = '3GPP TS 23.078 §4.4.2.1';

export const oBcsmTable: FsmTable<OBcsmState, BcsmEvent, never, ODetectionPoint> = {
  name: 'simulated-o-bcsm',
  source: '3GPP TS 23.078 figure 4.2',
  states: [NULL, 'Analyse_Information', 'Routing', 'O_Alerting', 'O_Active', 'O_Exception'],
  initial: NULL,
  // biome-ignore format: a row a line
  rows: [
    [NULL,                  'call attempt',           null, [],                      NULL,                  O],
    [NULL,                  'information collected',  null, ['collectedInfo'],       'Analyse_Information', O],
    [NULL,                  'another destination',    null, [],                      'Analyse_Information', O],
    [NULL,                  'calling party gives up', null, ['oAbandon'],            NULL,                  O],
    [NULL,                  'released',               null, [],                      NULL,                  O],

    ['Analyse_Information', 'more digits asked for',  null, [],                      NULL,                  O],
    ['Analyse_Information', 'information analysed',   null, ['analyzedInformation'], 'Routing',             O],
    ['Analyse_Information', 'another destination',    null, [],                      'Analyse_Information', O],
    ['Analyse_Information', 'route failure',          null, ['routeSelectFailure'],  'O_Exception',         O],
    ['Analyse_Information', 'calling party gives up', null, ['oAbandon'],            NULL,                  O],
    ['Analyse_Information', 'released',               null, [],                      NULL,                  O],

    ['Routing',             'route failure',          null, ['routeSelectFailure'],  'O_Exception',         O],
    ['Routing',             'busy',                   null, ['oCalledPartyBusy'],    'O_Exception',         O],
    ['Routing',             'alerting',               null, ['oTermSeized'],         'O_Alerting',          O],
    ['Routing',             'no answer',              null, ['oNoAnswer'],           'O_Exception',         O],
    ['Routing',             'answer',                 null, ['oAnswer'],             'O_Active',            O],
    ['Routing',             'another destination',    null, [],                      'Analyse_Information', O],
    ['Routing',             'calling party gives up', null, ['oAbandon'],            NULL,                  O],
    ['Routing',             'released',               null, [],                      NULL,                  O],

    ['O_Alerting',          'busy',                   null, ['oCalledPartyBusy'],    'O_Exception',         O],
    ['O_Alerting',          'no answer',              null, ['oNoAnswer'],           'O_Exception',         O],
    ['O_Alerting',          'answer',                 null, ['oAnswer'],             'O_Active',            O],
    ['O_Alerting',          'mid-call digits',        null, ['oMidCall'],            'O_Alerting',          O],
    ['O_Alerting',          'position changed',       null, ['oChangeOfPosition'],   'O_Alerting',          O],
    ['O_Alerting',          'calling party gives up', null, ['oAbandon'],            NULL,                  O],
    ['O_Alerting',          'released',               null, [],                      NULL,                  O],

    ['O_Active',            'mid-call digits',        null, ['oMidCall'],            'O_Active',            O],
    ['O_Active',            'position changed',       null, ['oChangeOfPosition'],   'O_Active',            O],
    ['O_Active',            'service changed',        null, ['oServiceChange'],      'O_Active',            O],
    ['O_Active',            'disconnect',             null, ['oDisconnect'],         NULL,                  O],
    ['O_Active',            'released',               null, [],                      NULL,                  O],

    ['O_Exception',         'another destination',    null, [],                      'Analyse_Information', O],
    ['O_Exception',         'calling party gives up', null, ['oAbandon'],            NULL,                  O],
    ['O_Exception',         'released',               null, [],                      NULL,                  O],
  ],
};

export type TBcsmState = 'T_Null' | 'Terminating_Call_Handling' | 'T_Alerting' | 'T_Active' | 'T_Exception';

export type TDetectionPoint =
  | 'termAttemptAuthorized'
  | 'tBusy'
  | 'tNoAnswer'
  | 'callAccepted'
  | 'tAnswer'
  | 'tMidCall'
  | 'tChangeOfPosition'
  | 'tServiceChange'
  | 'tDisconnect'
  | 'tAbandon';

const T = '3GPP TS 23.078 §4.4.3.1';

export const tBcsmTable: FsmTable<TBcsmState, BcsmEvent, never, TDetectionPoint> = {
  name: 'simulated-t-bcsm',
  source: '3GPP TS 23.078 figure 4.3',
  states: ['T_Null', 'Terminating_Call_Handling', 'T_Alerting', 'T_Active', 'T_Exception'],
  initial: 'T_Null',
  // biome-ignore format: a row a line
  rows: [
    ['T_Null',                    'terminating attempt',    null, ['termAttemptAuthorized'], 'Terminating_Call_Handling', T],
    ['T_Null',                    'another destination',    null, [],                        'Terminating_Call_Handling', T],
    ['T_Null',                    'calling party gives up', null, ['tAbandon'],              'T_Null',                    T],
    ['T_Null',                    'released',               null, [],                        'T_Null',                    T],

    ['Terminating_Call_Handling', 'another destination',    null, [],                        'Terminating_Call_Handling', T],
    ['Terminating_Call_Handling', 'route failure',          null, ['tBusy'],                 'T_Exception',               T],
    ['Terminating_Call_Handling', 'busy',                   null, ['tBusy'],                 'T_Exception',               T],
    ['Terminating_Call_Handling', 'no answer',              null, ['tNoAnswer'],             'T_Exception',               T],
    ['Terminating_Call_Handling', 'alerting',               null, ['callAccepted'],          'T_Alerting',                T],
    ['Terminating_Call_Handling', 'answer',                 null, ['tAnswer'],               'T_Active',                  T],
    ['Terminating_Call_Handling', 'calling party gives up', null, ['tAbandon'],              'T_Null',                    T],
    ['Terminating_Call_Handling', 'released',               null, [],                        'T_Null',                    T],

    ['T_Alerting',                'busy',                   null, ['tBusy'],                 'T_Exception',               T],
    ['T_Alerting',                'no answer',              null, ['tNoAnswer'],             'T_Exception',               T],
    ['T_Alerting',                'answer',                 null, ['tAnswer'],               'T_Active',                  T],
    ['T_Alerting',                'mid-call digits',        null, ['tMidCall'],              'T_Alerting',                T],
    ['T_Alerting',                'position changed',       null, ['tChangeOfPosition'],     'T_Alerting',                T],
    ['T_Alerting',                'calling party gives up', null, ['tAbandon'],              'T_Null',                    T],
    ['T_Alerting',                'released',               null, [],                        'T_Null',                    T],

    ['T_Active',                  'mid-call digits',        null, ['tMidCall'],              'T_Active',                  T],
    ['T_Active',                  'position changed',       null, ['tChangeOfPosition'],     'T_Active',                  T],
    ['T_Active',                  'service changed',        null, ['tServiceChange'],        'T_Active',                  T],
    ['T_Active',                  'disconnect',             null, ['tDisconnect'],           'T_Null',                    T],
    ['T_Active',                  'released',               null, [],                        'T_Null',                    T],

    ['T_Exception',               'another destination',    null, [],                        'Terminating_Call_Handling', T],
    ['T_Exception',               'calling party gives up', null, ['tAbandon'],              'T_Null',                    T],
    ['T_Exception',               'released',               null, [],                        'T_Null',                    T],
  ],
};

export type DetectionPoint = ODetectionPoint | TDetectionPoint;

const oBcsm = new Fsm(oBcsmTable);
const tBcsm = new Fsm(tBcsmTable);

/** One state model under way. */
export class Bcsm {
  readonly kind: 'O' | 'T';
  #state: OBcsmState | TBcsmState;

  constructor(kind: 'O' | 'T') {
    this.kind = kind;
    this.#state = kind === 'O' ? oBcsmTable.initial : tBcsmTable.initial;
  }

  get state(): OBcsmState | TBcsmState {
    return this.#state;
  }

  get isActive(): boolean {
    return this.#state === 'O_Active' || this.#state === 'T_Active';
  }

  /** Takes an event; returns the detection point on the way, null when there is none, undefined when the event is out of place. */
  step(event: BcsmEvent): DetectionPoint | null | undefined {
    const row =
      this.kind === 'O'
        ? oBcsm.find(this.#state as OBcsmState, event, never)
        : tBcsm.find(this.#state as TBcsmState, event, never);
    if (row === undefined) return undefined;
    this.#state = row[4];
    return row[3][0] ?? null;
  }
}

const never = (): boolean => false;
