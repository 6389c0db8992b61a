/** applyCharging, callInformationRequest, furnishChargingInformation, sendChargingInformation: 3GPP TS 29.078 §11. */
import { compile } from '../../stack/asn1/index.ts';
import type { Handlers } from '../../stack/cap/service/cap-dialogue.ts';
import type { toSsfPhase4 } from '../../stack/cap/service/operation-sets.ts';
import {
  CamelAChBillingChargingCharacteristics,
  CamelAChBillingChargingCharacteristicsV2,
  CamelFCIBillingChargingCharacteristics,
  CamelSCIBillingChargingCharacteristics,
} from '../../stack/cap/types/charging.ts';
import { type ChargingOrder, warningSecondsOf } from './charging.ts';
import type { ControlledCall } from './controlled-call.ts';
import { LEG_CALLED, LEG_CALLING, legNumber } from './leg-id.ts';
import { ask } from './operation-answer.ts';

const orderCodec = compile(CamelAChBillingChargingCharacteristics, {
  name: 'CamelAChBillingChargingCharacteristics',
});
const orderV2Codec = compile(CamelAChBillingChargingCharacteristicsV2, {
  name: 'CamelAChBillingChargingCharacteristics',
});
const furnishedCodec = compile(CamelFCIBillingChargingCharacteristics, {
  name: 'CamelFCIBillingChargingCharacteristics',
});
const adviceCodec = compile(CamelSCIBillingChargingCharacteristics, {
  name: 'CamelSCIBillingChargingCharacteristics',
});

/** What a call record takes of free format data for a leg: 3GPP TS 29.078 §5.1. */
const FREE_FORMAT_MAX_OCTETS = 160;

type Charging =
  | 'applyCharging'
  | 'callInformationRequest'
  | 'furnishChargingInformation'
  | 'sendChargingInformation';

export function chargingHandlers(call: ControlledCall): Pick<Handlers<typeof toSsfPhase4>, Charging> {
  const { record } = call;
  return {
    applyCharging(argument, invocation) {
      const question = ask(call, 'applyCharging', invocation);
      const order = orderOf(argument.aChBillingChargingCharacteristics, call.phase);
      if (order === undefined) return question.fault('unexpectedDataValue');
      const address = argument.aChChargingAddress;
      if (address !== undefined && 'srfConnection' in address) {
        const segment = question.segment(address.srfConnection);
        if (segment === undefined) return;
        if (!call.due.chargeResource(segment).apply(order))
          return question.fault('unexpectedComponentSequence');
        segment.on('other operation');
        return undefined;
      }
      const id = address === undefined ? argument.partyToCharge : address.legID;
      const leg = question.leg(id === undefined ? LEG_CALLING : legNumber(id));
      const segment = leg && question.segment(leg.segment.id);
      if (leg === undefined || segment === undefined) return;
      if (!call.due.charge(leg).apply(order)) return question.fault('unexpectedComponentSequence');
      record.note(`charge leg ${leg.id} ${order.maxCallPeriodDuration}`);
      segment.on('other operation');
      return undefined;
    },

    callInformationRequest(argument, invocation) {
      const question = ask(call, 'callInformationRequest', invocation);
      const leg = question.leg(argument.legID === undefined ? LEG_CALLED : legNumber(argument.legID));
      const segment = leg && question.segment(leg.segment.id);
      if (leg === undefined || segment === undefined) return;
      const list = argument.requestedInformationTypeList;
      if (list.some((type) => typeof type !== 'string')) return question.unknownInformation();
      leg.requested = [...list];
      segment.on('other operation');
      return undefined;
    },

    furnishChargingInformation(argument, invocation) {
      const question = ask(call, 'furnishChargingInformation', invocation);
      const data = furnishedCodec.decode(argument);
      if (!data.ok) return question.fault('unexpectedDataValue');
      const { freeFormatData, partyToCharge, appendFreeFormatData } = data.value.fCIBCCCAMELsequence1;
      const leg = question.leg(partyToCharge === undefined ? LEG_CALLING : legNumber(partyToCharge));
      const segment = leg && question.segment(leg.segment.id);
      if (leg === undefined || segment === undefined) return;
      const before = appendFreeFormatData === 'append' ? record.freeFormat.get(leg.id) : undefined;
      const whole = Uint8Array.of(...(before ?? []), ...freeFormatData);
      if (whole.length > FREE_FORMAT_MAX_OCTETS) return question.fault('unexpectedDataValue');
      record.freeFormat.set(leg.id, whole);
      record.note(`furnished ${whole.length} octets leg ${leg.id}`);
      segment.on('other operation');
      return undefined;
    },

    sendChargingInformation(argument, invocation) {
      const question = ask(call, 'sendChargingInformation', invocation);
      const advice = adviceCodec.decode(argument.sCIBillingChargingCharacteristics);
      if (!advice.ok) return question.fault('unexpectedDataValue');
      const leg = question.leg(legNumber(argument.partyToCharge));
      const segment = leg && question.segment(leg.segment.id);
      if (leg === undefined || segment === undefined) return;
      // Advice for the time before the answer comes too late when there was one: 3GPP TS 29.078 §11.29.2.
      if ('aOCBeforeAnswer' in advice.value && leg.bcsm.isActive)
        return question.fault('unexpectedComponentSequence');
      record.note(`advice of charge leg ${leg.id}`);
      segment.on('other operation');
      return undefined;
    },
  };
}

function orderOf(octets: Uint8Array, phase: number): ChargingOrder | undefined {
  if (phase === 2) {
    const characteristics = orderV2Codec.decode(octets);
    if (!characteristics.ok) return undefined;
    const { timeDurationCharging } = characteristics.value;
    const release = timeDurationCharging.releaseIfdurationExceeded;
    return {
      maxCallPeriodDuration: timeDurationCharging.maxCallPeriodDuration,
      releaseIfDurationExceeded: release !== undefined,
      tariffSwitchInterval: timeDurationCharging.tariffSwitchInterval,
      warningSeconds: warningSecondsOf(release?.tone === undefined ? undefined : { tone: release.tone }),
    };
  }
  const characteristics = orderCodec.decode(octets);
  if (!characteristics.ok) return undefined;
  const { timeDurationCharging } = characteristics.value;
  return {
    maxCallPeriodDuration: timeDurationCharging.maxCallPeriodDuration,
    releaseIfDurationExceeded: timeDurationCharging.releaseIfdurationExceeded === true,
    tariffSwitchInterval: timeDurationCharging.tariffSwitchInterval,
    warningSeconds: warningSecondsOf(timeDurationCharging.audibleIndicator),
  };
}
