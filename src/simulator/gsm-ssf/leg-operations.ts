/** What phase 4 does with legs and call segments: 3GPP TS 29.078 §11.15, §11.21, §11.22, §11.24, §11.31. */

import type { InitiateCallAttemptRes } from '../../stack/cap/operations/initiate-call-attempt.ts';
import type { Handlers } from '../../stack/cap/service/cap-dialogue.ts';
import type { toSsfPhase4 } from '../../stack/cap/service/operation-sets.ts';
import { decodeCause } from '../../stack/isup/cause.ts';
import { Bcsm } from './bcsm-fsm.ts';
import type { ControlledCall } from './controlled-call.ts';
import { destinationOf } from './isup-values.ts';
import { LEG_CALLING, legNumber } from './leg-id.ts';
import { ask } from './operation-answer.ts';

/** ITU-T Q.850: normal, unspecified. */
const NORMAL_UNSPECIFIED = 31;
const SEGMENT_MAX = 127;
const FIRST_SEGMENT = 1;

const capabilities: InitiateCallAttemptRes = {
  supportedCamelPhases: { bits: ['phase1', 'phase2', 'phase3', 'phase4'] },
  offeredCamel4Functionalities: {
    bits: [
      'initiateCallAttempt',
      'splitLeg',
      'moveLeg',
      'disconnectLeg',
      'entityReleased',
      'dfc-WithArgument',
      'playTone',
    ],
  },
};

type OfLegs = 'disconnectLeg' | 'initiateCallAttempt' | 'moveLeg' | 'playTone' | 'splitLeg';

export function legHandlers(call: ControlledCall): Pick<Handlers<typeof toSsfPhase4>, OfLegs> {
  const { record } = call;
  return {
    disconnectLeg({ legToBeReleased, releaseCause }, invocation) {
      const question = ask(call, 'disconnectLeg', invocation);
      const leg = question.leg(legNumber(legToBeReleased));
      const segment = leg && question.segment(leg.segment.id);
      if (leg === undefined || segment === undefined) return;
      const cause = releaseCause === undefined ? undefined : decodeCause(releaseCause)?.value;
      segment.on('other operation');
      call.releaseLeg(leg, cause ?? NORMAL_UNSPECIFIED);
      invocation.result();
    },

    initiateCallAttempt(argument, invocation) {
      const question = ask(call, 'initiateCallAttempt', invocation);
      const destination = destinationOf(argument.destinationRoutingAddress);
      const legId = argument.legToBeCreated === undefined ? LEG_CALLING : legNumber(argument.legToBeCreated);
      const segmentId = argument.newCallSegment ?? FIRST_SEGMENT;
      if (destination === undefined || legId === undefined) return question.fault('unexpectedDataValue');
      if (call.legs.has(legId) || call.segments.has(segmentId)) return question.fault('unexpectedDataValue');
      const segment = call.newSegment(segmentId);
      const leg = call.addLeg(legId, segment, new Bcsm('O'));
      leg.number = destination;
      segment.suspended.set(legId, { point: undefined, goOn: () => call.reroute(leg, destination) });
      segment.on('leg waits here');
      record.note(`leg ${legId} in segment ${segmentId} for ${destination}`);
      invocation.result(capabilities);
      return undefined;
    },

    moveLeg({ legIDToMove }, invocation) {
      const question = ask(call, 'moveLeg', invocation);
      const leg = question.leg(legNumber(legIDToMove));
      const from = leg && question.segment(leg.segment.id);
      const to = from && question.segment(FIRST_SEGMENT);
      if (leg === undefined || from === undefined || to === undefined) return;
      if (from === to) return question.refuse();
      call.moveLeg(leg, to);
      invocation.result();
      return undefined;
    },

    playTone({ legOrCallSegment, bursts }, invocation) {
      const question = ask(call, 'playTone', invocation);
      const leg = 'legID' in legOrCallSegment ? question.leg(legNumber(legOrCallSegment.legID)) : undefined;
      if ('legID' in legOrCallSegment && leg === undefined) return;
      const segment = question.segment(
        'legID' in legOrCallSegment ? leg?.segment.id : legOrCallSegment.callSegmentID,
      );
      if (segment === undefined) return;
      const whom = leg === undefined ? `segment ${segment.id}` : `leg ${leg.id}`;
      record.note(`${bursts.numberOfBursts ?? 1} tone bursts ${whom}`);
      segment.on('other operation');
    },

    splitLeg({ legToBeSplit, newCallSegment }, invocation) {
      const question = ask(call, 'splitLeg', invocation);
      const leg = question.leg(legNumber(legToBeSplit));
      const from = leg && question.segment(leg.segment.id);
      if (leg === undefined || from === undefined) return;
      const id = newCallSegment ?? freeSegment(call);
      if (id === undefined || call.segments.has(id)) return question.fault('unexpectedDataValue');
      if (from.legs.size < 2) return question.refuse();
      call.moveLeg(leg, call.newSegment(id));
      invocation.result();
      return undefined;
    },
  };
}

function freeSegment(call: ControlledCall): number | undefined {
  for (let id = FIRST_SEGMENT; id <= SEGMENT_MAX; id++) if (!call.segments.has(id)) return id;
  return undefined;
}
