/** What the gsmSCF may ask of the gsmSSF, operation by operation: 3GPP TS 29.078 §11. */
import type { Handlers } from '../../stack/cap/service/cap-dialogue.ts';
import type { toSsfPhase4 } from '../../stack/cap/service/operation-sets.ts';
import { decodeCause } from '../../stack/isup/cause.ts';
import { chargingHandlers } from './charging-operations.ts';
import type { ControlledCall } from './controlled-call.ts';
import { destinationOf } from './isup-values.ts';
import { LEG_CALLED, legNumber } from './leg-id.ts';
import { legHandlers } from './leg-operations.ts';
import { ask } from './operation-answer.ts';
import { resourceHandlers } from './resource-operations.ts';

/** ITU-T Q.850: normal, unspecified. */
const NORMAL_UNSPECIFIED = 31;

export function ssfHandlers(call: ControlledCall): Handlers<typeof toSsfPhase4> {
  const { record, ports } = call;
  return {
    ...chargingHandlers(call),
    ...legHandlers(call),
    ...resourceHandlers(call),

    activityTest(_argument, invocation) {
      invocation.result();
    },

    callGap(argument) {
      ports.gaps.order(argument, call.now());
      record.note('callGap');
    },

    cancel(argument, invocation) {
      const question = ask(call, 'cancel', invocation);
      if ('allRequests' in argument) {
        if (question.segment()?.on('other operation') !== true) return;
        call.due.drop();
        return record.note('all requests cancelled');
      }
      const id = 'invokeID' in argument ? argument.invokeID : argument.callSegmentToCancel.invokeID;
      const segmentId = 'invokeID' in argument ? undefined : argument.callSegmentToCancel.callSegmentID;
      const segment = question.segment(segmentId);
      if (segment === undefined) return;
      if (id === undefined) {
        segment.resource?.cancelAll();
        return record.note(`all of segment ${segment.id} cancelled`);
      }
      if (segment.resource?.cancel(id) === true) segment.on('other operation');
      else question.cancelFailed('tooLate', id);
    },

    collectInformation(_argument, invocation) {
      const question = ask(call, 'collectInformation', invocation);
      const segment = question.segment();
      if (segment === undefined) return;
      const waits = [...segment.suspended].find(
        ([, { point }]) => point === 'collectedInfo' || point === 'analyzedInformation',
      );
      if (waits === undefined) return question.fault('unexpectedComponentSequence');
      segment.suspended.set(waits[0], { point: waits[1].point, goOn: () => call.collectMore() });
      segment.on('call goes on');
      return undefined;
    },

    connect(argument, invocation) {
      const question = ask(call, 'connect', invocation);
      const legId =
        argument.legToBeConnected === undefined ? LEG_CALLED : legNumber(argument.legToBeConnected);
      const leg = question.leg(legId);
      const segment = leg && question.segment(leg.segment.id);
      if (leg === undefined || segment === undefined) return;
      const destination = destinationOf(argument.destinationRoutingAddress);
      if (destination === undefined) return question.fault('unexpectedDataValue');
      if (!call.canConnect(segment)) return question.fault('unexpectedComponentSequence');
      segment.suspended.clear();
      segment.suspended.set(leg.id, { point: undefined, goOn: () => call.reroute(leg, destination) });
      segment.on('call goes on');
      return undefined;
    },

    continue(_argument, invocation) {
      ask(call, 'continue', invocation).segment()?.on('call goes on');
    },

    continueWithArgument(argument, invocation) {
      const question = ask(call, 'continueWithArgument', invocation);
      const which = argument.continueWithArgumentArgExtension?.legOrCallSegment;
      if (which !== undefined && 'legID' in which) {
        const leg = question.leg(legNumber(which.legID));
        const segment = leg && question.segment(leg.segment.id);
        if (leg === undefined || segment === undefined) return;
        const waiting = segment.suspended.get(leg.id);
        if (waiting === undefined) return question.fault('unexpectedComponentSequence');
        if (segment.suspended.size === 1) {
          segment.on('call goes on');
          return undefined;
        }
        segment.suspended.delete(leg.id);
        segment.on('other operation');
        waiting.goOn();
        return undefined;
      }
      question.segment(which?.callSegmentID)?.on('call goes on');
      return undefined;
    },

    releaseCall(argument) {
      const octets =
        'allCallSegments' in argument
          ? argument.allCallSegments
          : argument.allCallSegmentsWithExtension.allCallSegments;
      call.releaseCause = decodeCause(octets)?.value ?? NORMAL_UNSPECIFIED;
      for (const segment of [...call.segments.values()]) segment.on('releaseCall');
    },

    requestReportBCSMEvent({ bcsmEvents }, invocation) {
      const question = ask(call, 'requestReportBCSMEvent', invocation);
      const first = bcsmEvents[0]?.legID;
      const leg = call.legs.get((first && legNumber(first)) ?? LEG_CALLED);
      const segment = question.segment(leg?.segment.id ?? call.segments.keys().next().value);
      if (segment === undefined) return;
      // Where nothing can wait any more, nothing can be made to wait: 3GPP TS 29.078 §11.27.2.1.
      const mayInterrupt = segment.waits || call.armed.anyInterrupted;
      if (!mayInterrupt && bcsmEvents.some(({ monitorMode }) => monitorMode === 'interrupted'))
        return question.fault('unexpectedComponentSequence');
      const fault = call.armed.arm(bcsmEvents, call.kind, call.phase, (id) => call.legs.has(id));
      if (fault !== undefined) return question.fault(fault);
      segment.on('other operation');
      return undefined;
    },

    resetTimer({ timervalue, callSegmentID }, invocation) {
      const question = ask(call, 'resetTimer', invocation);
      const segment = question.segment(callSegmentID);
      if (segment === undefined) return;
      if (timervalue === 0) return question.fault('parameterOutOfRange');
      segment.resetTimer(timervalue * 1000);
      return undefined;
    },
  };
}
