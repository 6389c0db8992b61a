/** What CAP rejects with (ITU-T Q.773 §4.2.2.6), and which operations are linked to which (3GPP TS 29.078 §6.2.1). */
import type { Problem } from '../../tcap/service.ts';
import { invokeProblems, returnErrorProblems, returnResultProblems } from '../../tcap/tags.ts';
import { playAnnouncement } from '../operations/play-announcement.ts';
import { promptAndCollectUserInformation } from '../operations/prompt-and-collect-user-information.ts';

const ofInvoke = (code: number): Problem => ({ type: 'invoke', code });

export const problems = {
  duplicateInvokeId: ofInvoke(invokeProblems.duplicateInvokeId),
  unrecognizedOperation: ofInvoke(invokeProblems.unrecognizedOperation),
  mistypedParameter: ofInvoke(invokeProblems.mistypedParameter),
  linkedResponseUnexpected: ofInvoke(invokeProblems.linkedResponseUnexpected),
  unexpectedLinkedOperation: ofInvoke(invokeProblems.unexpectedLinkedOperation),
  mistypedResult: { type: 'returnResult', code: returnResultProblems.mistypedParameter },
  unexpectedError: { type: 'returnError', code: returnErrorProblems.unexpectedError },
  mistypedError: { type: 'returnError', code: returnErrorProblems.mistypedParameter },
} as const satisfies Readonly<Record<string, Problem>>;

/** Operations that may be answered with linked ones, by code. */
export const linkedOperations: ReadonlyMap<number, readonly string[]> = new Map([
  [playAnnouncement.code, ['specializedResourceReport']],
  [promptAndCollectUserInformation.code, ['specializedResourceReport']],
]);
