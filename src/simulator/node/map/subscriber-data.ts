/** insertSubscriberData as the record of a subscriber has it, in each version (3GPP TS 29.002 §8.8.1). */
import type {
  InsertSubscriberDataArg,
  InsertSubscriberDataArgV2,
} from '../../../stack/map/operations/insert-subscriber-data.ts';
import {
  insertSubscriberData,
  insertSubscriberDataV1,
  insertSubscriberDataV2,
} from '../../../stack/map/operations/insert-subscriber-data.ts';
import type { Version } from './contexts.ts';
import type { HlrRecord } from './hlr-records.ts';
import { operationOf } from './procedures.ts';
import { ssStatus, TELEPHONY } from './ss-codes.ts';

export const insertSubscriberDataOf = (version: Version) =>
  operationOf(version, { 3: insertSubscriberData, 2: insertSubscriberDataV2, 1: insertSubscriberDataV1 });

const ORDINARY_SUBSCRIBER = 0x0a;

/** @param imsi in a dialogue of its own it says whom it concerns */
export function subscriberData(
  version: Version,
  { subscriber, forwardings, barrings }: HlrRecord,
  imsi?: Uint8Array,
): InsertSubscriberDataArg | InsertSubscriberDataArgV2 {
  const common = {
    ...(imsi === undefined ? {} : { imsi }),
    msisdn: subscriber.msisdn,
    category: Uint8Array.of(ORDINARY_SUBSCRIBER),
    subscriberStatus: 'serviceGranted' as const,
    teleserviceList: [Uint8Array.of(TELEPHONY), Uint8Array.of(0x21), Uint8Array.of(0x22)],
  };
  const forwarding = [...forwardings.values()].map(({ ssCode, number, active }) => ({
    forwardingInfo: {
      'ss-Code': Uint8Array.of(ssCode),
      forwardingFeatureList: [
        { 'ss-Status': Uint8Array.of(ssStatus(active)), forwardedToNumber: number },
      ] as const,
    },
  }));
  const barring = [...barrings].map((ssCode) => ({
    callBarringInfo: {
      'ss-Code': Uint8Array.of(ssCode),
      callBarringFeatureList: [{ 'ss-Status': Uint8Array.of(ssStatus(true)) }] as const,
    },
  }));
  const provisionedSS = [...forwarding, ...barring];
  const withServices = provisionedSS.length === 0 ? common : { ...common, provisionedSS };
  if (version < 3) return withServices;
  return { ...withServices, networkAccessMode: 'packetAndCircuit' };
}
