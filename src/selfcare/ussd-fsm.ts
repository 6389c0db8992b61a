/** One session of the USSD menu (S2; 3GPP TS 22.090, TS 23.090 §5: USSD that the mobile station begins). */
import { Fsm, type FsmTable } from '../types/fsm.ts';

export type UssdState = 'menu' | 'argument' | 'confirmation' | 'working' | 'reading' | 'done';

export type UssdEvent =
  | 'chose-group'
  | 'chose-item'
  /** What the item needs to be told. */
  | 'gave-argument'
  | 'said-yes'
  | 'said-no'
  | 'asked-back'
  | 'asked-more'
  | 'not-understood'
  /** So much was asked that there will be no end. */
  | 'worn-out'
  /** The command is durable, and its answer is there. */
  | 'answered'
  | 'failed'
  /** The dialogue is gone. */
  | 'lost';

export type UssdGuard =
  | 'needs-argument'
  | 'needs-confirmation'
  | 'misread-too-often'
  /** There is another page. */
  | 'goes-on';

export type UssdAction =
  | 'enter-group'
  | 'leave-group'
  | 'show-menu'
  | 'ask-argument'
  | 'ask-confirmation'
  | 'explain'
  | 'next-page'
  | 'do'
  | 'show-page'
  | 'end-with-page'
  | 'end-with-failure'
  | 'end-with-regret'
  | 'end';

// biome-ignore format: a row a line
export const ussdTable: FsmTable<UssdState, UssdEvent, UssdGuard, UssdAction> = {
  name: 'ussd-session',
  source: '3GPP TS 23.090 §5 and TS 29.002 §11.9, §11.10 (one request of the network at a time, until the result)',
  states: ['menu', 'argument', 'confirmation', 'working', 'reading', 'done'],
  initial: 'menu',
  rows: [
    ['menu',         'chose-group',    null,                 ['enter-group', 'show-menu'],   'menu',         '3GPP TS 29.002 §11.10'],
    ['menu',         'chose-item',     'needs-argument',     ['ask-argument'],               'argument',     '3GPP TS 29.002 §11.10'],
    ['menu',         'chose-item',     'needs-confirmation', ['ask-confirmation'],           'confirmation', '3GPP TS 29.002 §11.10'],
    ['menu',         'chose-item',     null,                 ['do'],                         'working',      '3GPP TS 23.090 §5'],
    ['menu',         'asked-back',     null,                 ['leave-group', 'show-menu'],   'menu',         '3GPP TS 29.002 §11.10'],
    ['menu',         'asked-more',     null,                 ['next-page', 'show-menu'],     'menu',         '3GPP TS 29.002 §11.10'],
    ['menu',         'not-understood', 'misread-too-often',  ['end-with-regret'],            'done',         '3GPP TS 29.002 §11.9'],
    ['menu',         'not-understood', null,                 ['explain', 'show-menu'],       'menu',         '3GPP TS 29.002 §11.10'],
    ['menu',         'worn-out',       null,                 ['end-with-regret'],            'done',         '3GPP TS 29.002 §11.9'],
    ['menu',         'failed',         null,                 ['end-with-failure'],           'done',         '3GPP TS 29.002 §11.9'],
    ['menu',         'lost',           null,                 ['end'],                        'done',         '3GPP TS 23.090 §5'],

    ['argument',     'gave-argument',  'needs-confirmation', ['ask-confirmation'],           'confirmation', '3GPP TS 29.002 §11.10'],
    ['argument',     'gave-argument',  null,                 ['do'],                         'working',      '3GPP TS 23.090 §5'],
    ['argument',     'asked-back',     null,                 ['show-menu'],                  'menu',         '3GPP TS 29.002 §11.10'],
    ['argument',     'asked-more',     null,                 ['next-page', 'ask-argument'],  'argument',     '3GPP TS 29.002 §11.10'],
    ['argument',     'not-understood', 'misread-too-often',  ['end-with-regret'],            'done',         '3GPP TS 29.002 §11.9'],
    ['argument',     'not-understood', null,                 ['ask-argument'],               'argument',     '3GPP TS 29.002 §11.10'],
    ['argument',     'worn-out',       null,                 ['end-with-regret'],            'done',         '3GPP TS 29.002 §11.9'],
    ['argument',     'failed',         null,                 ['end-with-failure'],           'done',         '3GPP TS 29.002 §11.9'],
    ['argument',     'lost',           null,                 ['end'],                        'done',         '3GPP TS 23.090 §5'],

    ['confirmation', 'said-yes',       null,                 ['do'],                         'working',      '3GPP TS 23.090 §5'],
    ['confirmation', 'said-no',        null,                 ['show-menu'],                  'menu',         '3GPP TS 29.002 §11.10'],
    ['confirmation', 'not-understood', 'misread-too-often',  ['end-with-regret'],            'done',         '3GPP TS 29.002 §11.9'],
    ['confirmation', 'not-understood', null,                 ['ask-confirmation'],           'confirmation', '3GPP TS 29.002 §11.10'],
    ['confirmation', 'worn-out',       null,                 ['end-with-regret'],            'done',         '3GPP TS 29.002 §11.9'],
    ['confirmation', 'failed',         null,                 ['end-with-failure'],           'done',         '3GPP TS 29.002 §11.9'],
    ['confirmation', 'lost',           null,                 ['end'],                        'done',         '3GPP TS 23.090 §5'],

    ['working',      'answered',       'goes-on',            ['show-page'],                  'reading',      '3GPP TS 29.002 §11.10'],
    ['working',      'answered',       null,                 ['end-with-page'],              'done',         '3GPP TS 29.002 §11.9'],
    ['working',      'failed',         null,                 ['end-with-failure'],           'done',         '3GPP TS 29.002 §11.9'],
    ['working',      'lost',           null,                 ['end'],                        'done',         '3GPP TS 23.090 §5'],

    ['reading',      'asked-more',     'goes-on',            ['show-page'],                  'reading',      '3GPP TS 29.002 §11.10'],
    ['reading',      'asked-more',     null,                 ['end-with-page'],              'done',         '3GPP TS 29.002 §11.9'],
    ['reading',      'not-understood', null,                 ['end-with-page'],              'done',         '3GPP TS 29.002 §11.9'],
    ['reading',      'worn-out',       null,                 ['end-with-page'],              'done',         '3GPP TS 29.002 §11.9'],
    ['reading',      'failed',         null,                 ['end-with-failure'],           'done',         '3GPP TS 29.002 §11.9'],
    ['reading',      'lost',           null,                 ['end'],                        'done',         '3GPP TS 23.090 §5'],
  ],
};

export const ussdFsm = new Fsm(ussdTable);
