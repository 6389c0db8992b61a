/** The state of an AS at the SGP (RFC 4666 §4.3.2, figure 4). Events are what its ASPs did, after they did it. */
import { Fsm, type FsmTable } from '../../types/fsm.ts';

export type AsState = 'AS-DOWN' | 'AS-INACTIVE' | 'AS-ACTIVE' | 'AS-PENDING';
export type AsEvent =
  | 'ASP came up'
  | 'ASP went down'
  | 'ASP became active'
  | 'ASP left active'
  | 'T(r) expiry';
export type AsGuard =
  | 'no ASP active'
  | 'too few ASPs active'
  | 'enough ASPs active'
  | 'all ASPs down'
  | 'override';
export type AsAction =
  | 'notify AS-INACTIVE'
  | 'notify AS-ACTIVE'
  | 'notify AS-PENDING'
  | 'notify the ASP of the state'
  | 'notify Insufficient ASP Resources'
  | 'override the others'
  | 'start T(r)'
  | 'stop T(r)'
  | 'deliver queue'
  | 'discard queue';

export const asTable: FsmTable<AsState, AsEvent, AsGuard, AsAction> = {
  name: 'm3ua-as-state',
  source: 'RFC 4666 figure 4',
  states: ['AS-DOWN', 'AS-INACTIVE', 'AS-ACTIVE', 'AS-PENDING'],
  initial: 'AS-DOWN',
  // biome-ignore format: a row a line
  rows: [
    ['AS-DOWN',     'ASP came up',       null,                  ['notify AS-INACTIVE'],                             'AS-INACTIVE', 'RFC 4666 §4.3.2'],

    ['AS-INACTIVE', 'ASP came up',       null,                  ['notify the ASP of the state'],                    'AS-INACTIVE', 'RFC 4666 §4.3.4.5'],
    ['AS-INACTIVE', 'ASP became active', 'enough ASPs active',  ['notify AS-ACTIVE'],                               'AS-ACTIVE',   'RFC 4666 §4.3.2'],
    ['AS-INACTIVE', 'ASP became active', null,                  [],                                                 'AS-INACTIVE', 'RFC 4666 §4.3.4.3.1'],
    ['AS-INACTIVE', 'ASP left active',   null,                  [],                                                 'AS-INACTIVE', 'RFC 4666 §4.3.2'],
    ['AS-INACTIVE', 'ASP went down',     'all ASPs down',       [],                                                 'AS-DOWN',     'RFC 4666 §4.3.2'],
    ['AS-INACTIVE', 'ASP went down',     null,                  [],                                                 'AS-INACTIVE', 'RFC 4666 §4.3.2'],

    ['AS-ACTIVE',   'ASP came up',       null,                  ['notify the ASP of the state'],                    'AS-ACTIVE',   'RFC 4666 §4.3.4.5'],
    ['AS-ACTIVE',   'ASP became active', 'override',            ['override the others'],                            'AS-ACTIVE',   'RFC 4666 §4.3.4.3'],
    ['AS-ACTIVE',   'ASP became active', null,                  [],                                                 'AS-ACTIVE',   'RFC 4666 §4.3.4.3'],
    ['AS-ACTIVE',   'ASP left active',   'no ASP active',       ['start T(r)', 'notify AS-PENDING'],                'AS-PENDING',  'RFC 4666 §4.3.2'],
    ['AS-ACTIVE',   'ASP left active',   'too few ASPs active', ['notify Insufficient ASP Resources'],              'AS-ACTIVE',   'RFC 4666 §4.3.4.5'],
    ['AS-ACTIVE',   'ASP left active',   null,                  [],                                                 'AS-ACTIVE',   'RFC 4666 §4.3.2'],
    ['AS-ACTIVE',   'ASP went down',     null,                  [],                                                 'AS-ACTIVE',   'RFC 4666 §4.3.2'],

    ['AS-PENDING',  'ASP came up',       null,                  ['notify the ASP of the state'],                    'AS-PENDING',  'RFC 4666 §4.3.4.5'],
    ['AS-PENDING',  'ASP went down',     null,                  [],                                                 'AS-PENDING',  'RFC 4666 §4.3.2'],
    ['AS-PENDING',  'ASP became active', null,                  ['stop T(r)', 'notify AS-ACTIVE', 'deliver queue'], 'AS-ACTIVE',   'RFC 4666 §4.3.2'],
    ['AS-PENDING',  'T(r) expiry',       'all ASPs down',       ['discard queue'],                                  'AS-DOWN',     'RFC 4666 §4.3.2'],
    ['AS-PENDING',  'T(r) expiry',       null,                  ['discard queue', 'notify AS-INACTIVE'],            'AS-INACTIVE', 'RFC 4666 §4.3.2'],
  ],
};

export const asFsm = new Fsm(asTable);
