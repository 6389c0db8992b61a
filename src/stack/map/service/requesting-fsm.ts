import { Fsm, type FsmTable } from '../../../types/fsm.ts';

export type RequestingState = 'idle' | 'wait-for-confirm';

export type RequestingEvent =
  | 'service.req'
  | 'TC-RESULT-NL.ind'
  | 'TC-RESULT-L.ind'
  | 'TC-U-ERROR.ind'
  | 'TC-R-REJECT.ind'
  | 'TC-L-REJECT.ind'
  | 'TC-L-CANCEL.ind'
  | 'terminate';

export type RequestingGuard =
  /** Class 4: nothing comes back. */
  | 'no confirm'
  /** The parameter of the result or of the error cannot be read, or there is more of it than is kept. */
  | 'parameter wrong'
  /** An error that the operation does not have. */
  | 'error unrecognized'
  /** Class 2: silence is success. */
  | 'success silent';

export type RequestingAction =
  | 'TC-INVOKE.req'
  | 'keep part'
  | 'confirm result'
  | 'confirm error'
  | 'confirm provider error'
  | 'confirm invalid response'
  | 'confirm no response'
  | 'confirm success'
  | 'confirm completion failure'
  | 'TC-U-REJECT.req mistyped result'
  | 'TC-U-REJECT.req mistyped error'
  | 'TC-U-REJECT.req unrecognized error';

/** A service that our user requests. */
// biome-ignore format: a row a line
export const mapRequestingTable: FsmTable<RequestingState, RequestingEvent, RequestingGuard, RequestingAction> = {
  name: 'map-requesting-service',
  source: '3GPP TS 29.002 figure 15.6/4 (process Requesting_MAP_SSM)',
  states: ['idle', 'wait-for-confirm'],
  initial: 'idle',
  rows: [
    ['idle',             'service.req',      'no confirm',         ['TC-INVOKE.req'],                                                 'idle',             '3GPP TS 29.002 §15.4.1'],
    ['idle',             'service.req',      null,                 ['TC-INVOKE.req'],                                                 'wait-for-confirm', '3GPP TS 29.002 §15.4.1'],
    ['wait-for-confirm', 'TC-RESULT-NL.ind', 'parameter wrong',    ['TC-U-REJECT.req mistyped result', 'confirm invalid response'],   'idle',             '3GPP TS 29.002 §15.4.2'],
    ['wait-for-confirm', 'TC-RESULT-NL.ind', null,                 ['keep part'],                                                     'wait-for-confirm', '3GPP TS 29.002 §15.4.2'],
    ['wait-for-confirm', 'TC-RESULT-L.ind',  'parameter wrong',    ['TC-U-REJECT.req mistyped result', 'confirm invalid response'],   'idle',             '3GPP TS 29.002 §15.4.2'],
    ['wait-for-confirm', 'TC-RESULT-L.ind',  null,                 ['confirm result'],                                                'idle',             '3GPP TS 29.002 §15.4.2'],
    ['wait-for-confirm', 'TC-U-ERROR.ind',   'error unrecognized', ['TC-U-REJECT.req unrecognized error', 'confirm error'],           'idle',             '3GPP TS 29.002 §15.4.2'],
    ['wait-for-confirm', 'TC-U-ERROR.ind',   'parameter wrong',    ['TC-U-REJECT.req mistyped error', 'confirm error'],               'idle',             '3GPP TS 29.002 §15.4.2'],
    ['wait-for-confirm', 'TC-U-ERROR.ind',   null,                 ['confirm error'],                                                 'idle',             '3GPP TS 29.002 §15.4.2'],
    ['wait-for-confirm', 'TC-R-REJECT.ind',  null,                 ['confirm provider error'],                                        'idle',             '3GPP TS 29.002 §15.4.2'],
    ['wait-for-confirm', 'TC-L-REJECT.ind',  null,                 ['confirm invalid response'],                                      'idle',             '3GPP TS 29.002 §15.4.2'],
    ['wait-for-confirm', 'TC-L-CANCEL.ind',  'success silent',     ['confirm success'],                                               'idle',             '3GPP TS 29.002 §15.4.2'],
    ['wait-for-confirm', 'TC-L-CANCEL.ind',  null,                 ['confirm no response'],                                           'idle',             '3GPP TS 29.002 §15.4.2'],
    ['wait-for-confirm', 'terminate',        'success silent',     ['confirm success'],                                               'idle',             '3GPP TS 29.002 §15.4.2'],
    ['wait-for-confirm', 'terminate',        null,                 ['confirm completion failure'],                                    'idle',             '3GPP TS 29.002 §15.4.2'],
  ],
};

export const mapRequestingFsm = new Fsm(mapRequestingTable);
