/** The checks that all operations have in common, and the errors that they are answered with: 3GPP TS 29.078 §10.1. */
import {
  cancelFailed,
  missingParameter,
  parameterOutOfRange,
  requestedInfoError,
  systemFailure,
  taskRefused,
  unavailableResource,
  unexpectedComponentSequence,
  unexpectedDataValue,
  unexpectedParameter,
  unknownCSID,
  unknownLegID,
} from '../../stack/cap/errors.ts';
import type { CapInvocation } from '../../stack/cap/service/invocation.ts';
import type { toSsfPhase4 } from '../../stack/cap/service/operation-sets.ts';
import type { ControlledCall } from './controlled-call.ts';
import type { Leg, LegSegment } from './leg.ts';
import { operationRules } from './operation-rules.ts';

const plain = {
  missingParameter,
  parameterOutOfRange,
  unavailableResource,
  unexpectedComponentSequence,
  unexpectedDataValue,
  unexpectedParameter,
  unknownCSID,
  unknownLegID,
} as const;

export type Fault = keyof typeof plain;

/** An operation that was asked for, while it is looked whether it can be done. The first fault answers it. */
export interface Question {
  fault(fault: Fault): void;
  refuse(): void;
  systemFailure(): void;
  cancelFailed(problem: 'unknownOperation' | 'tooLate' | 'operationNotCancellable', operation: number): void;
  unknownInformation(): void;
  /** The segment (default: the first), if it is there and in a state for the operation. */
  segment(id?: number): LegSegment | undefined;
  leg(id: number | undefined): Leg | undefined;
}

export function ask(
  call: ControlledCall,
  name: keyof typeof toSsfPhase4,
  invocation: CapInvocation,
): Question {
  const answered = (how: string, sent: boolean) =>
    call.record.note(`${name}: ${how}${sent ? '' : ', not told'}`);
  const fault = (which: Fault) => answered(which, invocation.error(plain[which]));
  return {
    fault,
    refuse: () => answered('taskRefused', invocation.error(taskRefused, 'generic')),
    systemFailure: () => answered('systemFailure', invocation.error(systemFailure, 'unavailableResources')),
    cancelFailed: (problem, operation) =>
      answered('cancelFailed', invocation.error(cancelFailed, { problem, operation })),
    unknownInformation: () =>
      answered('requestedInfoError', invocation.error(requestedInfoError, 'unknownRequestedInfo')),
    segment(id) {
      const segment = call.segments.get(id ?? 1);
      if (segment === undefined) {
        fault(id === undefined ? 'unexpectedComponentSequence' : 'unknownCSID');
        return undefined;
      }
      if (operationRules[name].states.includes(segment.state)) return segment;
      fault('unexpectedComponentSequence');
      return undefined;
    },
    leg(id) {
      const leg = id === undefined ? undefined : call.legs.get(id);
      if (leg === undefined) fault('unknownLegID');
      return leg;
    },
  };
}
