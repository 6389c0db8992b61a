/** The indicators of a call's set-up (ITU-T Q.763 §3.5, §3.23, §3.35, §3.37, §3.38), bit for bit as the figures have them. */
import { bits, field, flag } from './parameter.ts';

const endToEndMethod = {
  0: 'no end-to-end method',
  1: 'pass-along',
  2: 'SCCP',
  3: 'pass-along and SCCP',
} as const;
const sccpMethod = { 0: 'no indication', 1: 'connectionless', 2: 'connection oriented', 3: 'both' } as const;

/** Continuity check indicator of the nature of connection indicators. */
export const continuityCheck = { notRequired: 0, required: 1, onPreviousCircuit: 2 } as const;

export const natureOfConnectionIndicators = bits(
  ['natureOfConnectionIndicators', 'nature of connection indicators', 0x06, 'ITU-T Q.763 §3.35'],
  1,
  {
    satellite: field(0, 2, {
      0: 'no satellite circuit',
      1: 'one satellite circuit',
      2: 'two satellite circuits',
    }),
    continuityCheck: field(2, 2, { 0: 'not required', 1: 'required', 2: 'performed on a previous circuit' }),
    outgoingEchoControlDevice: flag(4),
  },
);

export const forwardCallIndicators = bits(
  ['forwardCallIndicators', 'forward call indicators', 0x07, 'ITU-T Q.763 §3.23'],
  2,
  {
    internationalCall: flag(0),
    endToEndMethod: field(1, 2, endToEndMethod),
    interworkingEncountered: flag(3),
    endToEndInformationAvailable: flag(4),
    isdnUserPartAllTheWay: flag(5),
    isdnUserPartPreference: field(6, 2, { 0: 'preferred', 1: 'not required', 2: 'required' }),
    originatingAccessIsdn: flag(8),
    sccpMethod: field(9, 2, sccpMethod),
    portedNumberTranslated: flag(12),
    queryOnReleaseAttempt: flag(13),
  },
);

export const optionalForwardCallIndicators = bits(
  ['optionalForwardCallIndicators', 'optional forward call indicators', 0x08, 'ITU-T Q.763 §3.38'],
  1,
  {
    closedUserGroupCall: field(0, 2, {
      0: 'no closed user group call',
      2: 'closed user group call, outgoing access allowed',
      3: 'closed user group call, outgoing access not allowed',
    }),
    simpleSegmentation: flag(2),
    connectedLineIdentityRequested: flag(7),
  },
);

export const backwardCallIndicators = bits(
  ['backwardCallIndicators', 'backward call indicators', 0x11, 'ITU-T Q.763 §3.5'],
  2,
  {
    charge: field(0, 2, { 0: 'no indication', 1: 'no charge', 2: 'charge' }),
    calledPartyStatus: field(2, 2, { 0: 'no indication', 1: 'subscriber free', 2: 'connect when free' }),
    calledPartyCategory: field(4, 2, { 0: 'no indication', 1: 'ordinary subscriber', 2: 'payphone' }),
    endToEndMethod: field(6, 2, endToEndMethod),
    interworkingEncountered: flag(8),
    endToEndInformationAvailable: flag(9),
    isdnUserPartAllTheWay: flag(10),
    holdingRequested: flag(11),
    terminatingAccessIsdn: flag(12),
    incomingEchoControlDevice: flag(13),
    sccpMethod: field(14, 2, sccpMethod),
  },
);

export const optionalBackwardCallIndicators = bits(
  ['optionalBackwardCallIndicators', 'optional backward call indicators', 0x29, 'ITU-T Q.763 §3.37'],
  1,
  {
    inBandInformation: flag(0),
    callDiversionMayOccur: flag(1),
    simpleSegmentation: flag(2),
    mlppUser: flag(3),
  },
);
