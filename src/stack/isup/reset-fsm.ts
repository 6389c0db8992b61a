/** Reset of a circuit, sending (CRS): ITU-T Q.764 §2.9.3.1, a table per circuit. Reception needs no state: it is answered at once. */
import { Fsm, type FsmTable } from '../../types/fsm.ts';

export type ResetState = 'idle' | 'wait for RLC';
export type ResetEvent =
  | 'RESET.req'
  | 'T5 expiry'
  | 'RLC'
  /** A GRS from the other end, which clears the circuit as well. */
  | 'GRS'
  | 'UCIC'
  | 'T16 expiry'
  | 'T17 expiry';
export type ResetAction = 'send RSC' | 'RESET.conf' | 'alert maintenance' | `${'start' | 'stop'} T${16 | 17}`;

export const resetTable: FsmTable<ResetState, ResetEvent, never, ResetAction> = {
  name: 'isup-reset-sending',
  source: 'ITU-T Q.764 §2.9.3.1, §2.9.6, circuit reset sending (CRS)',
  states: ['idle', 'wait for RLC'],
  initial: 'idle',
  // biome-ignore format: a row a line
  rows: [
    ['idle',         'RESET.req',  null, ['send RSC', 'start T16', 'start T17'],                     'wait for RLC', 'ITU-T Q.764 §2.9.3.1'],
    ['idle',         'T5 expiry',  null, ['send RSC', 'start T17'],                                  'wait for RLC', 'ITU-T Q.764 §2.9.6'],
    ['wait for RLC', 'RLC',        null, ['stop T16', 'stop T17', 'RESET.conf'],                     'idle',         'ITU-T Q.764 §2.9.3.1'],
    ['wait for RLC', 'GRS',        null, ['stop T16', 'stop T17', 'RESET.conf'],                     'idle',         'ITU-T Q.764 §2.9.3.2'],
    ['wait for RLC', 'UCIC',       null, ['stop T16', 'stop T17'],                                   'idle',         'ITU-T Q.764 §2.12'],
    ['wait for RLC', 'T16 expiry', null, ['send RSC', 'start T16'],                                  'wait for RLC', 'ITU-T Q.764 §2.9.3.1'],
    ['wait for RLC', 'T17 expiry', null, ['stop T16', 'send RSC', 'start T17', 'alert maintenance'], 'wait for RLC', 'ITU-T Q.764 §2.9.3.1'],
  ],
};

export const resetFsm = new Fsm(resetTable);
