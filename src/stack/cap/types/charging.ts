/** Charging: 3GPP TS 29.078 §5.1. */
import {
  boolean,
  choice,
  enumerated,
  explicit,
  type Infer,
  implicit,
  integer,
  nullType,
  octetString,
  optional,
  sequence,
} from '../../asn1/index.ts';
import { CallSegmentID, LegID, ReceivingSideID, SendingSideID } from './call.ts';
import { Extensions } from './extension.ts';

export const AChBillingChargingCharacteristics = octetString({ min: 5, max: 177 });
export type AChBillingChargingCharacteristics = Infer<typeof AChBillingChargingCharacteristics>;

export const AChBillingChargingCharacteristicsV2 = octetString({ min: 5, max: 177 });
export type AChBillingChargingCharacteristicsV2 = Infer<typeof AChBillingChargingCharacteristicsV2>;

export const AChChargingAddress = choice({
  legID: explicit(2, LegID),
  srfConnection: implicit(50, CallSegmentID),
});
export type AChChargingAddress = Infer<typeof AChChargingAddress>;

export const CallResult = octetString({ min: 12, max: 193 });
export type CallResult = Infer<typeof CallResult>;

export const FCIBillingChargingCharacteristics = octetString({ min: 5, max: 225 });
export type FCIBillingChargingCharacteristics = Infer<typeof FCIBillingChargingCharacteristics>;

export const SCIBillingChargingCharacteristics = octetString({ min: 4, max: 225 });
export type SCIBillingChargingCharacteristics = Infer<typeof SCIBillingChargingCharacteristics>;

export const Burst = sequence({
  numberOfBursts: optional(implicit(0, integer({ min: 1, max: 3 }))), // absent: 1
  burstInterval: optional(implicit(1, integer({ min: 1, max: 1200 }))), // absent: 2
  numberOfTonesInBurst: optional(implicit(2, integer({ min: 1, max: 3 }))), // absent: 3
  toneDuration: optional(implicit(3, integer({ min: 1, max: 20 }))), // absent: 2
  toneInterval: optional(implicit(4, integer({ min: 1, max: 20 }))), // absent: 2
});
export type Burst = Infer<typeof Burst>;

export const BurstList = sequence({
  warningPeriod: optional(implicit(0, integer({ min: 1, max: 1200 }))), // absent: 30
  bursts: implicit(1, Burst),
});
export type BurstList = Infer<typeof BurstList>;

export const AudibleIndicator = choice({
  tone: boolean,
  burstList: implicit(1, BurstList),
});
export type AudibleIndicator = Infer<typeof AudibleIndicator>;

export const CamelAChBillingChargingCharacteristics = choice({
  timeDurationCharging: implicit(
    0,
    sequence({
      maxCallPeriodDuration: implicit(0, integer({ min: 1, max: 864000 })),
      releaseIfdurationExceeded: optional(implicit(1, boolean)), // absent: FALSE
      tariffSwitchInterval: optional(implicit(2, integer({ min: 1, max: 86400 }))),
      audibleIndicator: optional(explicit(3, AudibleIndicator)), // absent: tone: FALSE
      extensions: optional(implicit(4, Extensions)),
    }),
  ),
});
export type CamelAChBillingChargingCharacteristics = Infer<typeof CamelAChBillingChargingCharacteristics>;

/** In phase 2 the release comes with its tone and its extensions in one SEQUENCE: ETSI TS 101 046. */
export const CamelAChBillingChargingCharacteristicsV2 = choice({
  timeDurationCharging: implicit(
    0,
    sequence({
      maxCallPeriodDuration: implicit(0, integer({ min: 1, max: 864000 })),
      releaseIfdurationExceeded: optional(
        implicit(
          1,
          sequence({
            tone: optional(boolean), // absent: FALSE
            extensions: optional(implicit(10, Extensions)),
          }),
        ),
      ),
      tariffSwitchInterval: optional(implicit(2, integer({ min: 1, max: 86400 }))),
    }),
  ),
});
export type CamelAChBillingChargingCharacteristicsV2 = Infer<typeof CamelAChBillingChargingCharacteristicsV2>;

export const TimeIfNoTariffSwitch = integer({ min: 0, max: 864000 });
export type TimeIfNoTariffSwitch = Infer<typeof TimeIfNoTariffSwitch>;

export const TimeIfTariffSwitch = sequence({
  timeSinceTariffSwitch: implicit(0, integer({ min: 0, max: 864000 })),
  tariffSwitchInterval: optional(implicit(1, integer({ min: 1, max: 864000 }))),
});
export type TimeIfTariffSwitch = Infer<typeof TimeIfTariffSwitch>;

export const TimeInformation = choice({
  timeIfNoTariffSwitch: implicit(0, TimeIfNoTariffSwitch),
  timeIfTariffSwitch: implicit(1, TimeIfTariffSwitch),
});
export type TimeInformation = Infer<typeof TimeInformation>;

export const CamelCallResult = choice({
  timeDurationChargingResult: implicit(
    0,
    sequence({
      partyToCharge: explicit(0, ReceivingSideID),
      timeInformation: explicit(1, TimeInformation),
      legActive: optional(implicit(2, boolean)), // absent: TRUE
      callLegReleasedAtTcpExpiry: optional(implicit(3, nullType)),
      extensions: optional(implicit(4, Extensions)),
      aChChargingAddress: optional(explicit(5, AChChargingAddress)), // absent: legID: receivingSideID: leg1
    }),
  ),
});
export type CamelCallResult = Infer<typeof CamelCallResult>;

export const AppendFreeFormatData = enumerated({ overwrite: 0, append: 1 });
export type AppendFreeFormatData = Infer<typeof AppendFreeFormatData>;

export const CamelFCIBillingChargingCharacteristics = choice({
  fCIBCCCAMELsequence1: implicit(
    0,
    sequence({
      freeFormatData: implicit(0, octetString({ min: 1, max: 160 })),
      partyToCharge: optional(explicit(1, SendingSideID)), // absent: sendingSideID: leg1
      appendFreeFormatData: optional(implicit(2, AppendFreeFormatData)), // absent: overwrite
    }),
  ),
});
export type CamelFCIBillingChargingCharacteristics = Infer<typeof CamelFCIBillingChargingCharacteristics>;

export const FCISMSBillingChargingCharacteristics = octetString({ min: 5, max: 225 });
export type FCISMSBillingChargingCharacteristics = Infer<typeof FCISMSBillingChargingCharacteristics>;

export const CamelFCISMSBillingChargingCharacteristics = choice({
  fCIBCCCAMELsequence1: implicit(
    0,
    sequence({
      freeFormatData: implicit(0, octetString({ min: 1, max: 160 })),
      appendFreeFormatData: optional(implicit(1, AppendFreeFormatData)), // absent: overwrite
    }),
  ),
});
export type CamelFCISMSBillingChargingCharacteristics = Infer<
  typeof CamelFCISMSBillingChargingCharacteristics
>;

export const CaiGsm0224 = sequence({
  e1: optional(implicit(0, integer({ min: 0, max: 8191 }))),
  e2: optional(implicit(1, integer({ min: 0, max: 8191 }))),
  e3: optional(implicit(2, integer({ min: 0, max: 8191 }))),
  e4: optional(implicit(3, integer({ min: 0, max: 8191 }))),
  e5: optional(implicit(4, integer({ min: 0, max: 8191 }))),
  e6: optional(implicit(5, integer({ min: 0, max: 8191 }))),
  e7: optional(implicit(6, integer({ min: 0, max: 8191 }))),
});
export type CaiGsm0224 = Infer<typeof CaiGsm0224>;

export const AOCSubsequent = sequence({
  'cAI-GSM0224': implicit(0, CaiGsm0224),
  tariffSwitchInterval: optional(implicit(1, integer({ min: 1, max: 86400 }))),
});
export type AOCSubsequent = Infer<typeof AOCSubsequent>;

export const AOCBeforeAnswer = sequence({
  aOCInitial: implicit(0, CaiGsm0224),
  aOCSubsequent: optional(implicit(1, AOCSubsequent)),
});
export type AOCBeforeAnswer = Infer<typeof AOCBeforeAnswer>;

export const CamelSCIBillingChargingCharacteristicsAlt = sequence({});
export type CamelSCIBillingChargingCharacteristicsAlt = Infer<
  typeof CamelSCIBillingChargingCharacteristicsAlt
>;

export const CamelSCIBillingChargingCharacteristics = choice({
  aOCBeforeAnswer: implicit(0, AOCBeforeAnswer),
  aOCAfterAnswer: implicit(1, AOCSubsequent),
  'aOC-extension': implicit(2, CamelSCIBillingChargingCharacteristicsAlt),
});
export type CamelSCIBillingChargingCharacteristics = Infer<typeof CamelSCIBillingChargingCharacteristics>;
