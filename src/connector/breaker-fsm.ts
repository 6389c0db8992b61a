/**
 * Whether a way is used at all: a host that cannot be reached is remembered, and is not tried anew for every message that
 * waits for it (RFC 5321 §4.5.4.1). After a pause one send finds out.
 */
import { Fsm, type FsmTable } from '../types/fsm.ts';

export type BreakerState = 'closed' | 'open' | 'half-open';
export type BreakerEvent = 'success' | 'failure' | 'T(open) expiry';
/** With this one there were so many failures in a row as open it. */
export type BreakerGuard = 'failures-many';
export type BreakerAction =
  | 'count-failure'
  | 'forget-failures'
  /** Sends that were begun before say nothing of what is now. */
  | 'begin-era'
  | 'lengthen-pause'
  | 'start T(open)';

export const breakerTable: FsmTable<BreakerState, BreakerEvent, BreakerGuard, BreakerAction> = {
  name: 'connector-breaker',
  source: 'RFC 5321 §4.5.4.1 (hosts that cannot be reached)',
  states: ['closed', 'open', 'half-open'],
  initial: 'closed',
  // biome-ignore format: a row a line
  rows: [
    ['closed',    'success',        null,            ['forget-failures'],                             'closed',    'RFC 5321 §4.5.4.1'],
    ['closed',    'failure',        'failures-many', ['begin-era', 'start T(open)'],                  'open',      'RFC 5321 §4.5.4.1'],
    ['closed',    'failure',        null,            ['count-failure'],                               'closed',    'RFC 5321 §4.5.4.1'],

    ['open',      'T(open) expiry', null,            [],                                              'half-open', 'RFC 5321 §4.5.4.1'],

    ['half-open', 'success',        null,            ['begin-era', 'forget-failures'],                'closed',    'RFC 5321 §4.5.4.1'],
    ['half-open', 'failure',        null,            ['begin-era', 'lengthen-pause', 'start T(open)'], 'open',     'RFC 5321 §4.5.4.1'],
  ],
};

export const breakerFsm = new Fsm(breakerTable);
