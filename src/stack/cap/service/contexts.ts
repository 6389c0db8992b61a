/** The application contexts of CAP as a user of dialogues takes them: the context, and what either party sends in it. */

import type { ApplicationContext, Side } from '../../ros/application-context.ts';
import { capApplicationContexts } from '../application-contexts.ts';
import {
  fromAssistPhase4,
  fromAssistPhases2And3,
  fromSmsSsf,
  fromSsfOfScfCall,
  fromSsfPhase1,
  fromSsfPhase2,
  fromSsfPhase3,
  fromSsfPhase4,
  type OperationSet,
  toAssistPhase4,
  toAssistPhases2And3,
  toSmsSsf,
  toSrf,
  toSsfOfScfCall,
  toSsfPhase1,
  toSsfPhase2,
  toSsfPhase3,
  toSsfPhase4,
} from './operation-sets.ts';

/** A context as one dialogue sees it. `fromScf` is what the gsmSCF sends, `toScf` what it receives. */
export interface CapContext<FromScf extends OperationSet, ToScf extends OperationSet> {
  readonly context: ApplicationContext;
  /** Which side of the dialogue the gsmSCF is. */
  readonly scf: Side;
  readonly fromScf: FromScf;
  readonly toScf: ToScf;
}

function capContext<FromScf extends OperationSet, ToScf extends OperationSet>(
  objectIdentifier: readonly number[],
  fromScf: FromScf,
  toScf: ToScf,
  scf: Side = 'responder',
): CapContext<FromScf, ToScf> {
  const context = capApplicationContexts.find(objectIdentifier);
  if (context === undefined) throw new Error(`no application context ${objectIdentifier.join('.')}`);
  return { context, scf, fromScf, toScf };
}

/** Calls that a gsmSSF tells of, by phase: 3GPP TS 29.078 §6.1.2. */
export const callContexts = {
  1: capContext([0, 4, 0, 0, 1, 0, 50, 0], toSsfPhase1, fromSsfPhase1),
  2: capContext([0, 4, 0, 0, 1, 0, 50, 1], toSsfPhase2, fromSsfPhase2),
  3: capContext([0, 4, 0, 0, 1, 21, 3, 4], toSsfPhase3, fromSsfPhase3),
  4: capContext([0, 4, 0, 0, 1, 23, 3, 4], toSsfPhase4, fromSsfPhase4),
} as const;

/** Calls that the gsmSCF makes: phase 4 only. */
export const scfCallContext = capContext(
  [0, 4, 0, 0, 1, 23, 3, 8],
  toSsfOfScfCall,
  fromSsfOfScfCall,
  'initiator',
);

/** Assisting gsmSSFs, by phase. */
export const assistContexts = {
  2: capContext([0, 4, 0, 0, 1, 0, 51, 1], toAssistPhases2And3, fromAssistPhases2And3),
  3: capContext([0, 4, 0, 0, 1, 21, 3, 6], toAssistPhases2And3, fromAssistPhases2And3),
  4: capContext([0, 4, 0, 0, 1, 23, 3, 6], toAssistPhase4, fromAssistPhase4),
} as const;

/** gsmSRFs that a call is connected to, by phase: 3GPP TS 29.078 §6.2.2. */
export const srfContexts = {
  2: capContext([0, 4, 0, 0, 1, 0, 52, 1], toSrf, fromAssistPhases2And3),
  3: capContext([0, 4, 0, 0, 1, 20, 3, 14], toSrf, fromAssistPhases2And3),
  4: capContext([0, 4, 0, 0, 1, 22, 3, 14], toSrf, fromAssistPhase4),
} as const;

/** Short messages, by phase: 3GPP TS 29.078 §7.2. */
export const smsContexts = {
  3: capContext([0, 4, 0, 0, 1, 21, 3, 61], toSmsSsf, fromSmsSsf),
  4: capContext([0, 4, 0, 0, 1, 23, 3, 61], toSmsSsf, fromSmsSsf),
} as const;

export const allCapContexts: readonly CapContext<OperationSet, OperationSet>[] = [
  ...Object.values(callContexts),
  scfCallContext,
  ...Object.values(assistContexts),
  ...Object.values(srfContexts),
  ...Object.values(smsContexts),
];
