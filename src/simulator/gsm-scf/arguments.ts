/** Arguments as the services of the simulated gsmSCF fill them in, in the form of each phase: 3GPP TS 29.078 §5.1. */
import { compile } from '../../stack/asn1/index.ts';
import type { InformationToSend } from '../../stack/cap/operations/call-gap.ts';
import type { PromptAndCollectUserInformationArg } from '../../stack/cap/operations/prompt-and-collect-user-information.ts';
import type { BCSMEvent } from '../../stack/cap/types/bcsm-event.ts';
import type { EventTypeBCSM, MonitorMode } from '../../stack/cap/types/call.ts';
import {
  CamelAChBillingChargingCharacteristics,
  CamelAChBillingChargingCharacteristicsV2,
  CamelFCIBillingChargingCharacteristics,
  CamelSCIBillingChargingCharacteristics,
} from '../../stack/cap/types/charging.ts';
import { encodeCause } from '../../stack/isup/cause.ts';
import { sendingSide } from '../gsm-ssf/leg-id.ts';

const chargingCodec = compile(CamelAChBillingChargingCharacteristics, {
  name: 'CamelAChBillingChargingCharacteristics',
});
const chargingV2Codec = compile(CamelAChBillingChargingCharacteristicsV2, {
  name: 'CamelAChBillingChargingCharacteristics',
});
const furnishCodec = compile(CamelFCIBillingChargingCharacteristics, {
  name: 'CamelFCIBillingChargingCharacteristics',
});
const adviceCodec = compile(CamelSCIBillingChargingCharacteristics, {
  name: 'CamelSCIBillingChargingCharacteristics',
});

export function cause(value: number): Uint8Array {
  return encodeCause({ codingStandard: 0, location: 1, value });
}

export function bcsmEvent(
  eventTypeBCSM: EventTypeBCSM & string,
  monitorMode: MonitorMode & string,
  leg?: number,
): BCSMEvent {
  return { eventTypeBCSM, monitorMode, ...(leg === undefined ? {} : { legID: sendingSide(leg) }) };
}

export interface Period {
  readonly seconds: number;
  readonly release?: boolean;
  readonly tone?: boolean;
  readonly tariffSwitchSeconds?: number;
}

export function chargingOf(
  phase: number,
  { seconds, release, tone, tariffSwitchSeconds }: Period,
): Uint8Array {
  const tariff = tariffSwitchSeconds === undefined ? {} : { tariffSwitchInterval: tariffSwitchSeconds };
  const maxCallPeriodDuration = seconds * 10;
  if (phase === 2) {
    const exceeded = release === true ? { releaseIfdurationExceeded: { tone: tone === true } } : {};
    return chargingV2Codec.encode({
      timeDurationCharging: { maxCallPeriodDuration, ...exceeded, ...tariff },
    });
  }
  return chargingCodec.encode({
    timeDurationCharging: {
      maxCallPeriodDuration,
      ...(release === true ? { releaseIfdurationExceeded: true } : {}),
      ...tariff,
      ...(tone === true ? { audibleIndicator: { tone: true } } : {}),
    },
  });
}

export function furnished(data: Uint8Array, append = false): Uint8Array {
  return furnishCodec.encode({
    fCIBCCCAMELsequence1: {
      freeFormatData: data,
      partyToCharge: sendingSide(1),
      ...(append ? { appendFreeFormatData: 'append' as const } : {}),
    },
  });
}

export function adviceOfCharge(): Uint8Array {
  return adviceCodec.encode({ aOCBeforeAnswer: { aOCInitial: { e1: 10, e2: 20, e3: 1000 } } });
}

export function announcement(id: number): InformationToSend {
  return { inbandInfo: { messageID: { elementaryMessageID: id } } };
}

export function prompt(
  id: number,
  digits: PromptAndCollectUserInformationArg['collectedInfo']['collectedDigits'],
): PromptAndCollectUserInformationArg {
  return { collectedInfo: { collectedDigits: digits }, informationToSend: announcement(id) };
}
