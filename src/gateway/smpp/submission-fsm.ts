/**
 * One notice to a message centre, alone or in place of one that it has (N3). What is replaced is settled first: in place where the
 * centre can and nothing else changes, else cancelled; and where that fails or nobody says, asked for, so that nothing is told twice.
 *
 * Where the centre is said to replace what is present, a submission says so first; one that comes back with another message id is not believed
 * before the old one was asked for.
 *
 * Where an earlier try may have left something with the centre, all that waits for the recipient is cancelled first.
 *
 *     in place ──refused──▶ query ──▶ too late
 *        │ not to be had      │ waiting        ▲
 *        ▼                    ▼                │ delivered
 *     cancel ◀────────────── cancel ──refused──┘──▶ not replaceable
 *        │ done
 *        ▼
 *     submit, part by part
 */
import { Fsm, type FsmTable } from '../../types/fsm.ts';

export type SubmissionState =
  | 'NEW'
  | 'SWEEPING'
  | 'SUBMITTING-INSTEAD'
  | 'ASKING-WHETHER-REPLACED'
  | 'WITHDRAWING'
  | 'CANCELLING-IGNORED'
  | 'REPLACING'
  | 'ASKING-TO-REPLACE'
  | 'CANCELLING'
  | 'ASKING-TO-CANCEL'
  | 'SUBMITTING'
  | 'ENDED';

export type SubmissionEvent =
  | 'begin'
  | 'done'
  | 'refused'
  /** The centre does not know the request, or never does what it asks. */
  | 'unsupported'
  /** Too many at once: to be sent again. */
  | 'throttled'
  /** Neither done nor refused: it timed out, or its link was lost. */
  | 'unanswered'
  /** What query_sm says of what is to be replaced. */
  | 'is delivered'
  | 'is waiting'
  /** Deleted, expired, rejected: it will not be delivered. */
  | 'is gone'
  | 'is unknown';

export type SubmissionGuard =
  /** An earlier try may have been taken, and nobody knows by which message id. */
  | 'unsettled'
  /** There is one message to replace by one, and the centre is said to do so by replace_if_present_flag. */
  | 'if present'
  /** It has the id of what was to be replaced. */
  | 'same message id'
  /** There is something to replace, in place. */
  | 'in place'
  | 'replaces'
  /** Of what is to be replaced a part is gone: the phone will not show it, whatever becomes of the rest. */
  | 'lacks a part'
  | 'lacks a part, more parts'
  /** What this request is about is one of several parts, and not the last. */
  | 'more parts';

export type SubmissionAction =
  | 'replace_sm'
  | 'query_sm'
  | 'cancel_sm'
  /** …without a message id: whatever waits for the recipient. */
  | 'cancel_sm all'
  | 'submit_sm'
  /** …with replace_if_present_flag. */
  | 'submit_sm instead'
  /** What was submitted is not to be delivered: what it was to replace has been. */
  | 'cancel_sm own'
  | 'next part'
  | 'first part'
  /** An earlier try may be with the centre still, or with the phone: what is submitted is not to say more than that. */
  | 'leave it'
  /** The centre is not asked for that any more. */
  | 'learn: no replace_sm'
  | 'learn: no replace_if_present_flag'
  /** What was to be replaced is gone. */
  | 'superseded gone'
  | 'accepted'
  | 'too late'
  | 'not replaceable'
  | 'failed'
  | 'failed, perhaps taken';

// biome-ignore format: a row a line
export const submissionTable: FsmTable<SubmissionState, SubmissionEvent, SubmissionGuard, SubmissionAction> = {
  name: 'smpp-submission',
  source: 'SMPP 5.0 §4.2.1 (submit_sm), §4.5 (cancel_sm, query_sm, replace_sm)',
  states: ['NEW', 'SWEEPING', 'SUBMITTING-INSTEAD', 'ASKING-WHETHER-REPLACED', 'WITHDRAWING', 'CANCELLING-IGNORED', 'REPLACING', 'ASKING-TO-REPLACE', 'CANCELLING', 'ASKING-TO-CANCEL', 'SUBMITTING', 'ENDED'],
  initial: 'NEW',
  rows: [
    ['NEW',               'begin',        'unsettled',  ['cancel_sm all'],                         'SWEEPING',          'SMPP 5.0 §4.5.1'],
    ['NEW',               'begin',        'if present', ['submit_sm instead'],                     'SUBMITTING-INSTEAD', 'SMPP 5.0 §4.7.22'],
    ['NEW',               'begin',        'in place',   ['replace_sm'],                            'REPLACING',         'SMPP 5.0 §4.5.3'],
    ['NEW',               'begin',        'replaces',   ['cancel_sm'],                             'CANCELLING',        'SMPP 5.0 §4.5.1'],
    ['NEW',               'begin',        null,         ['submit_sm'],                             'SUBMITTING',        'SMPP 5.0 §4.2.1'],

    // Refused: nothing was there, or it has been delivered; done: one was there, of several that may have been.
    ['SWEEPING',          'done',         'replaces',   ['leave it', 'query_sm'],                  'ASKING-TO-CANCEL',  'SMPP 5.0 §4.5.2'],
    ['SWEEPING',          'done',         null,         ['leave it', 'submit_sm'],                 'SUBMITTING',        'SMPP 5.0 §4.5.1'],
    ['SWEEPING',          'refused',      'replaces',   ['leave it', 'query_sm'],                  'ASKING-TO-CANCEL',  'SMPP 5.0 §4.5.2'],
    ['SWEEPING',          'refused',      null,         ['leave it', 'submit_sm'],                 'SUBMITTING',        'SMPP 5.0 §4.5.1'],
    ['SWEEPING',          'unsupported',  'replaces',   ['not replaceable'],                       'ENDED',             'SMPP 5.0 §4.7.6'],
    ['SWEEPING',          'unsupported',  null,         ['leave it', 'submit_sm'],                 'SUBMITTING',        'SMPP 5.0 §4.7.6'],
    ['SWEEPING',          'throttled',    null,         ['failed'],                                'ENDED',             'SMPP 5.0 §4.7.6'],
    ['SWEEPING',          'unanswered',   null,         ['failed'],                                'ENDED',             'SMPP 5.0 §2.9'],

    ['SUBMITTING-INSTEAD', 'done',        'same message id', ['superseded gone', 'accepted'],      'ENDED',             'SMPP 5.0 §4.7.22'],
    ['SUBMITTING-INSTEAD', 'done',        null,         ['query_sm'],                              'ASKING-WHETHER-REPLACED', 'SMPP 5.0 §4.5.2'],
    ['SUBMITTING-INSTEAD', 'unsupported', 'in place',   ['learn: no replace_if_present_flag', 'replace_sm'], 'REPLACING', 'SMPP 5.0 §4.7.6'],
    ['SUBMITTING-INSTEAD', 'unsupported', null,         ['learn: no replace_if_present_flag', 'cancel_sm'], 'CANCELLING', 'SMPP 5.0 §4.7.6'],
    ['SUBMITTING-INSTEAD', 'refused',     null,         ['failed'],                                'ENDED',             'SMPP 5.0 §4.7.6'],
    ['SUBMITTING-INSTEAD', 'throttled',   null,         ['failed'],                                'ENDED',             'SMPP 5.0 §4.7.6'],
    ['SUBMITTING-INSTEAD', 'unanswered',  null,         ['failed, perhaps taken'],                 'ENDED',             'SMPP 5.0 §2.9'],

    // Gone, or not known any more: it was replaced. Of a centre that does not say, it is believed.
    ['ASKING-WHETHER-REPLACED', 'is gone', null,        ['superseded gone', 'accepted'],           'ENDED',             'SMPP 5.0 §4.7.22'],
    ['ASKING-WHETHER-REPLACED', 'is unknown', null,     ['superseded gone', 'accepted'],           'ENDED',             'SMPP 5.0 §4.7.22'],
    ['ASKING-WHETHER-REPLACED', 'unanswered', null,     ['superseded gone', 'accepted'],           'ENDED',             'SMPP 5.0 §4.7.22'],
    ['ASKING-WHETHER-REPLACED', 'throttled', null,      ['superseded gone', 'accepted'],           'ENDED',             'SMPP 5.0 §4.7.22'],
    ['ASKING-WHETHER-REPLACED', 'is delivered', null,   ['cancel_sm own'],                         'WITHDRAWING',       'SMPP 5.0 §4.5.1'],
    ['ASKING-WHETHER-REPLACED', 'is waiting', null,     ['learn: no replace_if_present_flag', 'cancel_sm'], 'CANCELLING-IGNORED', 'SMPP 5.0 §4.5.1'],

    // What it says more is told later; where it cannot be had back the phone is told some of it twice.
    ['WITHDRAWING',       'done',         null,         ['too late'],                              'ENDED',             'SMPP 5.0 §4.5.1'],
    ['WITHDRAWING',       'refused',      null,         ['superseded gone', 'accepted'],           'ENDED',             'SMPP 5.0 §4.5.1'],
    ['WITHDRAWING',       'unsupported',  null,         ['superseded gone', 'accepted'],           'ENDED',             'SMPP 5.0 §4.7.6'],
    ['WITHDRAWING',       'throttled',    null,         ['superseded gone', 'accepted'],           'ENDED',             'SMPP 5.0 §4.7.6'],
    ['WITHDRAWING',       'unanswered',   null,         ['superseded gone', 'accepted'],           'ENDED',             'SMPP 5.0 §2.9'],

    // The flag was not looked at, and both are with the centre.
    ['CANCELLING-IGNORED',   'done',         null,         ['superseded gone', 'accepted'],           'ENDED',             'SMPP 5.0 §4.5.1'],
    ['CANCELLING-IGNORED',   'refused',      null,         ['superseded gone', 'accepted'],           'ENDED',             'SMPP 5.0 §4.5.1'],
    ['CANCELLING-IGNORED',   'unsupported',  null,         ['superseded gone', 'accepted'],           'ENDED',             'SMPP 5.0 §4.7.6'],
    ['CANCELLING-IGNORED',   'throttled',    null,         ['superseded gone', 'accepted'],           'ENDED',             'SMPP 5.0 §4.7.6'],
    ['CANCELLING-IGNORED',   'unanswered',   null,         ['superseded gone', 'accepted'],           'ENDED',             'SMPP 5.0 §2.9'],

    ['REPLACING',         'done',         null,         ['superseded gone', 'accepted'],           'ENDED',             'SMPP 5.0 §4.5.3'],
    ['REPLACING',         'unsupported',  null,         ['learn: no replace_sm', 'cancel_sm'],     'CANCELLING',        'SMPP 5.0 §4.7.6'],
    ['REPLACING',         'refused',      null,         ['query_sm'],                              'ASKING-TO-REPLACE', 'SMPP 5.0 §4.5.2'],
    ['REPLACING',         'throttled',    null,         ['failed'],                                'ENDED',             'SMPP 5.0 §4.7.6'],
    ['REPLACING',         'unanswered',   null,         ['query_sm'],                              'ASKING-TO-REPLACE', 'SMPP 5.0 §4.5.2'],

    ['ASKING-TO-REPLACE', 'is delivered', null,         ['too late'],                              'ENDED',             'SMPP 5.0 §4.7.15'],
    ['ASKING-TO-REPLACE', 'is waiting',   null,         ['cancel_sm'],                             'CANCELLING',        'SMPP 5.0 §4.5.1'],
    ['ASKING-TO-REPLACE', 'is gone',      null,         ['superseded gone', 'submit_sm'],          'SUBMITTING',        'SMPP 5.0 §4.7.15'],
    ['ASKING-TO-REPLACE', 'is unknown',   null,         ['not replaceable'],                       'ENDED',             'SMPP 5.0 §4.5.2'],
    ['ASKING-TO-REPLACE', 'throttled',    null,         ['failed'],                                'ENDED',             'SMPP 5.0 §4.7.6'],
    ['ASKING-TO-REPLACE', 'unanswered',   null,         ['failed'],                                'ENDED',             'SMPP 5.0 §2.9'],

    // The last part first: a message that lacks a part is not shown.
    ['CANCELLING',        'done',         'more parts', ['superseded gone', 'next part', 'cancel_sm'], 'CANCELLING',    'SMPP 5.0 §4.5.1'],
    ['CANCELLING',        'done',         null,         ['superseded gone', 'first part', 'submit_sm'], 'SUBMITTING',   'SMPP 5.0 §4.5.1'],
    ['CANCELLING',        'unsupported',  null,         ['not replaceable'],                       'ENDED',             'SMPP 5.0 §4.7.6'],
    ['CANCELLING',        'refused',      null,         ['query_sm'],                              'ASKING-TO-CANCEL',  'SMPP 5.0 §4.5.2'],
    ['CANCELLING',        'throttled',    null,         ['failed'],                                'ENDED',             'SMPP 5.0 §4.7.6'],
    ['CANCELLING',        'unanswered',   null,         ['query_sm'],                              'ASKING-TO-CANCEL',  'SMPP 5.0 §4.5.2'],

    ['ASKING-TO-CANCEL',  'is delivered', 'lacks a part, more parts', ['next part', 'cancel_sm'],    'CANCELLING',        'SMPP 5.0 §4.5.1'],
    ['ASKING-TO-CANCEL',  'is delivered', 'lacks a part', ['first part', 'submit_sm'],                'SUBMITTING',        'SMPP 5.0 §4.2.1'],
    ['ASKING-TO-CANCEL',  'is waiting',   'lacks a part, more parts', ['next part', 'cancel_sm'],    'CANCELLING',        'SMPP 5.0 §4.5.1'],
    ['ASKING-TO-CANCEL',  'is waiting',   'lacks a part', ['first part', 'submit_sm'],                'SUBMITTING',        'SMPP 5.0 §4.2.1'],
    ['ASKING-TO-CANCEL',  'is unknown',   'lacks a part, more parts', ['next part', 'cancel_sm'],    'CANCELLING',        'SMPP 5.0 §4.5.1'],
    ['ASKING-TO-CANCEL',  'is unknown',   'lacks a part', ['first part', 'submit_sm'],                'SUBMITTING',        'SMPP 5.0 §4.2.1'],
    ['ASKING-TO-CANCEL',  'is delivered', null,         ['too late'],                              'ENDED',             'SMPP 5.0 §4.7.15'],
    ['ASKING-TO-CANCEL',  'is waiting',   null,         ['not replaceable'],                       'ENDED',             'SMPP 5.0 §4.7.15'],
    ['ASKING-TO-CANCEL',  'is gone',      'more parts', ['superseded gone', 'next part', 'cancel_sm'], 'CANCELLING',        'SMPP 5.0 §4.7.15'],
    ['ASKING-TO-CANCEL',  'is gone',      null,         ['superseded gone', 'first part', 'submit_sm'], 'SUBMITTING',   'SMPP 5.0 §4.7.15'],
    ['ASKING-TO-CANCEL',  'is unknown',   null,         ['not replaceable'],                       'ENDED',             'SMPP 5.0 §4.5.2'],
    ['ASKING-TO-CANCEL',  'throttled',    null,         ['failed'],                                'ENDED',             'SMPP 5.0 §4.7.6'],
    ['ASKING-TO-CANCEL',  'unanswered',   null,         ['failed'],                                'ENDED',             'SMPP 5.0 §2.9'],

    ['SUBMITTING',        'done',         'more parts', ['next part', 'submit_sm'],                'SUBMITTING',        'SMPP 5.0 §4.2.1'],
    ['SUBMITTING',        'done',         null,         ['accepted'],                              'ENDED',             'SMPP 5.0 §4.2.1'],
    ['SUBMITTING',        'refused',      null,         ['failed'],                                'ENDED',             'SMPP 5.0 §4.7.6'],
    ['SUBMITTING',        'unsupported',  null,         ['failed'],                                'ENDED',             'SMPP 5.0 §4.7.6'],
    ['SUBMITTING',        'throttled',    null,         ['failed'],                                'ENDED',             'SMPP 5.0 §4.7.6'],
    ['SUBMITTING',        'unanswered',   null,         ['failed, perhaps taken'],                 'ENDED',             'SMPP 5.0 §2.9'],
  ],
};

export const submissionFsm = new Fsm(submissionTable);
