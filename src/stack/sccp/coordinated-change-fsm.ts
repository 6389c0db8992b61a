import { Fsm, type FsmTable } from '../../types/fsm.ts';

export type CoordinationState = 'in-service' | 'waiting-for-grant' | 'ignoring-tests' | 'out-of-service';

export type CoordinationEvent =
  | 'N-COORD.req'
  | 'SOG received'
  | 'T(coord.chg)'
  | 'T(ignore SST)'
  | 'N-STATE.req out'
  | 'N-STATE.req in';

export type CoordinationAction =
  | 'send SOR'
  | 'start T(coord.chg)'
  | 'stop T(coord.chg)'
  | 'start T(ignore SST)'
  | 'stop T(ignore SST)'
  | 'N-COORD.conf granted'
  | 'N-COORD.conf denied'
  /** SSP or SSA to the concerned nodes (ITU-T Q.714 §5.3.7). */
  | 'broadcast SSP'
  | 'broadcast SSA';

export type CoordinationGuard = 'duplicated';

/** A subsystem here that goes out of service, on its own or with the grant of its duplicate at another node. */
// biome-ignore format: a row a line
export const coordinatedChangeTable: FsmTable<CoordinationState, CoordinationEvent, CoordinationGuard, CoordinationAction> = {
  name: 'sccp-coordinated-change',
  source: 'ITU-T Q.714 §5.3.5',
  states: ['in-service', 'waiting-for-grant', 'ignoring-tests', 'out-of-service'],
  initial: 'in-service',
  rows: [
    ['in-service',        'N-COORD.req',     'duplicated', ['send SOR', 'start T(coord.chg)'],                                                      'waiting-for-grant', 'ITU-T Q.714 §5.3.5.2'],
    ['in-service',        'N-COORD.req',     null,         ['N-COORD.conf denied'],                                                                 'in-service',        'ITU-T Q.714 §5.3.5.2'],
    ['in-service',        'N-STATE.req out', null,         ['broadcast SSP'],                                                                       'out-of-service',    'ITU-T Q.714 §5.3.2.2'],

    ['waiting-for-grant', 'SOG received',    null,         ['stop T(coord.chg)', 'broadcast SSP', 'start T(ignore SST)', 'N-COORD.conf granted'],   'ignoring-tests',    'ITU-T Q.714 §5.3.5.2'],
    ['waiting-for-grant', 'T(coord.chg)',    null,         ['N-COORD.conf denied'],                                                                 'in-service',        'ITU-T Q.714 §5.3.5.2'],
    ['waiting-for-grant', 'N-STATE.req out', null,         ['stop T(coord.chg)', 'broadcast SSP'],                                                  'out-of-service',    'ITU-T Q.714 §5.3.2.2'],

    // Nobody is to send it anything new, but what it has begun it may still end.
    ['ignoring-tests',    'T(ignore SST)',   null,         [],                                                                                      'in-service',        'ITU-T Q.714 §5.3.4.3'],
    ['ignoring-tests',    'N-STATE.req out', null,         ['stop T(ignore SST)', 'broadcast SSP'],                                                 'out-of-service',    'ITU-T Q.714 §5.3.2.2'],
    ['ignoring-tests',    'N-STATE.req in',  null,         ['stop T(ignore SST)', 'broadcast SSA'],                                                 'in-service',        'ITU-T Q.714 §5.3.3'],

    ['out-of-service',    'N-STATE.req in',  null,         ['broadcast SSA'],                                                                       'in-service',        'ITU-T Q.714 §5.3.3'],
  ],
};

export const coordinatedChangeFsm = new Fsm(coordinatedChangeTable);
