import { Fsm, type FsmTable } from '../../../types/fsm.ts';

export type PerformingState = 'idle' | 'wait-for-response';

export type PerformingEvent = 'TC-INVOKE.ind' | 'service.rsp' | 'terminate';

export type PerformingGuard =
  | 'duplicate'
  /** The context does not have it for this side. */
  | 'operation unrecognized'
  | 'parameter wrong'
  /** Linked to an operation that has no such linked operation. */
  | 'linked unexpectedly'
  | 'no response'
  | 'result'
  | 'error';

export type PerformingAction =
  | 'service.ind'
  | 'TC-RESULT-L.req'
  | 'TC-U-ERROR.req'
  | 'TC-U-REJECT.req'
  | 'TC-U-REJECT.req duplicate'
  | 'TC-U-REJECT.req unrecognized'
  | 'TC-U-REJECT.req mistyped'
  | 'TC-U-REJECT.req linked';

/** A service that the peer requests. */
// biome-ignore format: a row a line
export const mapPerformingTable: FsmTable<PerformingState, PerformingEvent, PerformingGuard, PerformingAction> = {
  name: 'map-performing-service',
  source: '3GPP TS 29.002 figure 15.6/5 (process Performing_MAP_SSM)',
  states: ['idle', 'wait-for-response'],
  initial: 'idle',
  rows: [
    ['idle',              'TC-INVOKE.ind', 'duplicate',              ['TC-U-REJECT.req duplicate'],    'idle',              '3GPP TS 29.002 §15.5.1'],
    ['idle',              'TC-INVOKE.ind', 'operation unrecognized', ['TC-U-REJECT.req unrecognized'], 'idle',              '3GPP TS 29.002 §15.5.1'],
    ['idle',              'TC-INVOKE.ind', 'linked unexpectedly',    ['TC-U-REJECT.req linked'],       'idle',              '3GPP TS 29.002 §15.5.1'],
    ['idle',              'TC-INVOKE.ind', 'parameter wrong',        ['TC-U-REJECT.req mistyped'],     'idle',              '3GPP TS 29.002 §15.5.1'],
    ['idle',              'TC-INVOKE.ind', 'no response',            ['service.ind'],                  'idle',              '3GPP TS 29.002 §15.5.1'],
    ['idle',              'TC-INVOKE.ind', null,                     ['service.ind'],                  'wait-for-response', '3GPP TS 29.002 §15.5.1'],
    ['wait-for-response', 'service.rsp',   'result',                 ['TC-RESULT-L.req'],              'idle',              '3GPP TS 29.002 §15.5.2'],
    ['wait-for-response', 'service.rsp',   'error',                  ['TC-U-ERROR.req'],               'idle',              '3GPP TS 29.002 §15.5.2'],
    ['wait-for-response', 'service.rsp',   null,                     ['TC-U-REJECT.req'],              'idle',              '3GPP TS 29.002 §15.5.2'],
    ['wait-for-response', 'terminate',     null,                     [],                               'idle',              '3GPP TS 29.002 §15.5.2'],
  ],
};

export const mapPerformingFsm = new Fsm(mapPerformingTable);
