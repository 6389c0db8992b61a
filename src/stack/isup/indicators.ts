/** Parameters of an octet or two of indicators that are not part of the set-up itself, and codes of one octet. */
import { bits, field, flag, parameter } from './parameter.ts';

export const callingPartysCategory = bits(
  ['callingPartysCategory', "calling party's category", 0x09, 'ITU-T Q.763 §3.11'],
  1,
  {
    category: field(0, 8, {
      0: 'unknown',
      1: 'operator, French',
      2: 'operator, English',
      3: 'operator, German',
      4: 'operator, Russian',
      5: 'operator, Spanish',
      10: 'ordinary calling subscriber',
      11: 'calling subscriber with priority',
      12: 'data call',
      13: 'test call',
      15: 'payphone',
    }),
  },
);

const mediumNames = {
  0: 'speech',
  2: '64 kbit/s unrestricted',
  3: '3.1 kHz audio',
  6: '64 kbit/s preferred',
  7: '2 x 64 kbit/s unrestricted',
  8: '384 kbit/s unrestricted',
  9: '1536 kbit/s unrestricted',
  10: '1920 kbit/s unrestricted',
} as const;

export const transmissionMediumRequirement = bits(
  ['transmissionMediumRequirement', 'transmission medium requirement', 0x02, 'ITU-T Q.763 §3.54'],
  1,
  { medium: field(0, 8, mediumNames) },
);
export const transmissionMediumRequirementPrime = bits(
  ['transmissionMediumRequirementPrime', 'transmission medium requirement prime', 0x3e, 'ITU-T Q.763 §3.55'],
  1,
  { medium: field(0, 8, mediumNames) },
);
export const transmissionMediumUsed = bits(
  ['transmissionMediumUsed', 'transmission medium used', 0x35, 'ITU-T Q.763 §3.56'],
  1,
  { medium: field(0, 8, mediumNames) },
);

export const eventInformation = bits(
  ['eventInformation', 'event information', 0x24, 'ITU-T Q.763 §3.21'],
  1,
  {
    event: field(0, 7, {
      1: 'alerting',
      2: 'progress',
      3: 'in-band information or an appropriate pattern',
      4: 'call forwarded on busy',
      5: 'call forwarded on no reply',
      6: 'call forwarded unconditional',
    }),
    presentationRestricted: flag(7),
  },
);

export const continuityIndicators = bits(
  ['continuityIndicators', 'continuity indicators', 0x10, 'ITU-T Q.763 §3.18'],
  1,
  { successful: flag(0) },
);

export const informationIndicators = bits(
  ['informationIndicators', 'information indicators', 0x0f, 'ITU-T Q.763 §3.28'],
  2,
  {
    callingPartyAddress: field(0, 2, { 0: 'not included', 1: 'not available', 3: 'included' }),
    holdProvided: flag(2),
    callingPartysCategoryIncluded: flag(5),
    chargeInformationIncluded: flag(6),
    unsolicited: flag(7),
  },
);

export const informationRequestIndicators = bits(
  ['informationRequestIndicators', 'information request indicators', 0x0e, 'ITU-T Q.763 §3.29'],
  2,
  {
    callingPartyAddress: flag(0),
    holding: flag(1),
    callingPartysCategory: flag(3),
    chargeInformation: flag(4),
    maliciousCallIdentification: flag(7),
  },
);

export const hopCounter = bits(['hopCounter', 'hop counter', 0x3d, 'ITU-T Q.763 §3.80'], 1, {
  count: field(0, 5),
});

export const suspendResumeIndicators = bits(
  ['suspendResumeIndicators', 'suspend/resume indicators', 0x22, 'ITU-T Q.763 §3.52'],
  1,
  { networkInitiated: flag(0) },
);

export const redirectionNumberRestriction = bits(
  ['redirectionNumberRestriction', 'redirection number restriction', 0x40, 'ITU-T Q.763 §3.47'],
  1,
  { presentation: field(0, 2, { 0: 'presentation allowed', 1: 'presentation restricted' }) },
);

export const facilityIndicator = bits(
  ['facilityIndicator', 'facility indicator', 0x18, 'ITU-T Q.763 §3.22'],
  1,
  { facility: field(0, 8, { 2: 'user-to-user service' }) },
);

export const automaticCongestionLevel = bits(
  ['automaticCongestionLevel', 'automatic congestion level', 0x27, 'ITU-T Q.763 §3.4'],
  1,
  { level: field(0, 8, { 1: 'congestion level 1 exceeded', 2: 'congestion level 2 exceeded' }) },
);

const service = { 0: 'no information', 2: 'requested, not essential', 3: 'requested, essential' } as const;
export const userToUserIndicators = bits(
  ['userToUserIndicators', 'user-to-user indicators', 0x2a, 'ITU-T Q.763 §3.60'],
  1,
  {
    response: flag(0),
    service1: field(1, 2, service),
    service2: field(3, 2, service),
    service3: field(5, 2, service),
    discardedByNetwork: flag(7),
  },
);

export const circuitGroupSupervisionMessageType = bits(
  ['circuitGroupSupervisionMessageType', 'circuit group supervision message type', 0x15, 'ITU-T Q.763 §3.13'],
  1,
  { type: field(0, 2, { 0: 'maintenance oriented', 1: 'hardware failure oriented' }) },
);

/** Type indicator of a circuit group supervision message. */
export const supervisionType = { maintenance: 0, hardware: 1 } as const;

/** Generic notification indicators: 7 bits an octet, bit 8 set in the last. */
export const genericNotificationIndicator = parameter(
  ['genericNotificationIndicator', 'generic notification indicator', 0x2c, 'ITU-T Q.763 §3.25'],
  (octets): readonly number[] | undefined => {
    const indicators: number[] = [];
    for (const octet of octets) {
      indicators.push(octet & 0x7f);
      if (octet >= 0x80) break;
    }
    return indicators.length === octets.length && indicators.length > 0 ? indicators : undefined;
  },
  (indicators) =>
    Uint8Array.from(
      indicators,
      (indicator, index) => (indicator & 0x7f) | (index === indicators.length - 1 ? 0x80 : 0),
    ),
);

/** ITU-T Q.763 §3.8: call identity (3 octets, high one first) and the point code that gave it (2 octets, low one first). */
export interface CallReference {
  readonly callIdentity: number;
  readonly pointCode: number;
}

export const callReference = parameter(
  ['callReference', 'call reference', 0x01, 'ITU-T Q.763 §3.8'],
  (octets): CallReference | undefined =>
    octets.length === 5
      ? {
          callIdentity: (octets[0]! << 16) | (octets[1]! << 8) | octets[2]!,
          pointCode: octets[3]! | (octets[4]! << 8),
        }
      : undefined,
  ({ callIdentity, pointCode }) =>
    Uint8Array.of(callIdentity >> 16, callIdentity >> 8, callIdentity, pointCode, pointCode >> 8),
);
