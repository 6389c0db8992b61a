/** Connections to a resource, and what is asked of it: 3GPP TS 29.078 §11.10, §11.13, §11.14, §11.17, §11.23, §11.25. */
import { eTCFailed } from '../../stack/cap/errors.ts';
import type { Handlers } from '../../stack/cap/service/cap-dialogue.ts';
import type { CapInvocation } from '../../stack/cap/service/invocation.ts';
import type { toSsfPhase4 } from '../../stack/cap/service/operation-sets.ts';
import type { ControlledCall } from './controlled-call.ts';
import { decodeGapAddress } from './gap-address.ts';
import { decodeDigits } from './generic-digits.ts';
import type { LegSegment } from './leg.ts';
import { ask } from './operation-answer.ts';

const SETUP_MS = 200;

type OfResources =
  | 'connectToResource'
  | 'disconnectForwardConnection'
  | 'disconnectForwardConnectionWithArgument'
  | 'establishTemporaryConnection'
  | 'playAnnouncement'
  | 'promptAndCollectUserInformation';

export function resourceHandlers(call: ControlledCall): Pick<Handlers<typeof toSsfPhase4>, OfResources> {
  const { record, ports } = call;

  const disconnect = (
    name: 'disconnectForwardConnection' | 'disconnectForwardConnectionWithArgument',
    segmentId: number | undefined,
    invocation: CapInvocation,
  ) => {
    ask(call, name, invocation).segment(segmentId)?.on('disconnectForwardConnection');
  };

  return {
    connectToResource({ resourceAddress, callSegmentID }, invocation) {
      const question = ask(call, 'connectToResource', invocation);
      const segment = question.segment(callSegmentID);
      if (segment === undefined) return;
      if (!ports.hasResource) return question.systemFailure();
      if ('ipRoutingAddress' in resourceAddress) record.note('resource by address');
      segment.on('connectToResource');
      return undefined;
    },

    disconnectForwardConnection(_argument, invocation) {
      disconnect('disconnectForwardConnection', undefined, invocation);
    },

    disconnectForwardConnectionWithArgument({ callSegmentID }, invocation) {
      disconnect('disconnectForwardConnectionWithArgument', callSegmentID, invocation);
    },

    establishTemporaryConnection(argument, invocation) {
      const question = ask(call, 'establishTemporaryConnection', invocation);
      const segment = question.segment(argument.callSegmentID);
      if (segment === undefined) return;
      const address = decodeGapAddress(argument.assistingSSPIPRoutingAddress);
      if (address === '') return question.fault('unexpectedDataValue');
      const correlation = argument.correlationID && decodeDigits(argument.correlationID);
      call.connectAssisting = () => connectAssisting(call, segment, address, correlation, invocation);
      segment.on('establishTemporaryConnection');
      return undefined;
    },

    playAnnouncement(argument, invocation) {
      const question = ask(call, 'playAnnouncement', invocation);
      const segment = question.segment(argument.callSegmentID);
      if (segment === undefined) return;
      call.askResource = (resource) => {
        if (!resource.play(argument, invocation)) question.refuse();
      };
      segment.on('user interaction operation');
    },

    promptAndCollectUserInformation(argument, invocation) {
      const question = ask(call, 'promptAndCollectUserInformation', invocation);
      const segment = question.segment(argument.callSegmentID);
      if (segment === undefined) return;
      call.askResource = (resource) => {
        if (!resource.collect(argument, invocation)) question.refuse();
      };
      segment.on('user interaction operation');
    },
  };
}

/** The exchange calls the assisting node, which asks the gsmSCF for instructions in a dialogue of its own. */
function connectAssisting(
  call: ControlledCall,
  segment: LegSegment,
  address: string,
  correlation: string | undefined,
  invocation: CapInvocation,
): void {
  const { ports, record } = call;
  const kind = ports.parties.assisting(address);
  record.note(`temporary connection to ${address}`);
  let release: (() => void) | undefined;
  const timer = ports.later.after(SETUP_MS, () => {
    release =
      kind === 'nowhere'
        ? undefined
        : ports.assist({
            kind,
            phase: call.phase,
            correlationId: correlation ?? address,
            nextReply: () => call.nextReply(),
            note: (line) => record.note(line),
            onOver: () => {
              record.note('temporary connection ended');
              segment.on('temporary connection ended');
              call.settle();
            },
          });
    if (release === undefined) {
      record.note('temporary connection failed');
      invocation.error(eTCFailed);
      segment.on('temporary connection ended');
    }
    call.settle();
  });
  call.disconnectAssisting = () => {
    ports.later.cancel(timer);
    release?.();
  };
}
