/** The HLR in call routing and interrogation (3GPP TS 29.002 §10.1, §8.11). */
import { internationalAddress } from '../../../stack/map/address-string.ts';
import { absentSubscriber } from '../../../stack/map/errors/call-handling.ts';
import { unknownSubscriber } from '../../../stack/map/errors/identification.ts';
import { absentSubscriberV2 } from '../../../stack/map/errors/version-2.ts';
import type { AnyTimeInterrogationArg } from '../../../stack/map/operations/any-time-interrogation.ts';
import type { AnyTimeModificationArg } from '../../../stack/map/operations/any-time-modification.ts';
import type { AnyTimeSubscriptionInterrogationArg } from '../../../stack/map/operations/any-time-subscription-interrogation.ts';
import {
  provideRoamingNumber,
  provideRoamingNumberV2,
} from '../../../stack/map/operations/provide-roaming-number.ts';
import { provideSubscriberInfo } from '../../../stack/map/operations/provide-subscriber-info.ts';
import type { SendRoutingInfoArg } from '../../../stack/map/operations/send-routing-info.ts';
import { SSN } from '../../addresses.ts';
import { contextOf, type Version } from './contexts.ts';
import type { HlrRecord, HlrRecords } from './hlr-records.ts';
import type { Answer, Handlers, MapNode } from './map-node.ts';
import { operationOf } from './procedures.ts';
import { FORWARDINGS, SS, ssStatus } from './ss-codes.ts';
import { insertSubscriberDataOf, subscriberData } from './subscriber-data.ts';

export function callHandlers(node: () => MapNode, records: HlrRecords): Handlers {
  return {
    sendRoutingInfo: async ({ argument, context }) => {
      const record = records.byMsisdn((argument as SendRoutingInfoArg).msisdn);
      if (record === undefined) return { error: unknownSubscriber };
      return routing(node(), record, context.version as Version);
    },
    anyTimeInterrogation: async ({ argument }) => {
      const { subscriberIdentity, requestedInfo } = argument as AnyTimeInterrogationArg;
      const record = records.byIdentity(subscriberIdentity);
      if (record === undefined) return { error: unknownSubscriber };
      const vlr = node().open(contextOf('subscriberInfoEnquiryContext', 3), {
        number: record.vlr,
        ssn: SSN.vlr,
      });
      const info = await vlr.ask(provideSubscriberInfo, { imsi: record.subscriber.imsi, requestedInfo });
      return { result: { subscriberInfo: info?.subscriberInfo ?? {} } };
    },
    anyTimeSubscriptionInterrogation: ({ argument }) => {
      const { subscriberIdentity } = argument as AnyTimeSubscriptionInterrogationArg;
      const record = records.byIdentity(subscriberIdentity);
      if (record === undefined) return { error: unknownSubscriber };
      const features = forwardingFeatures(record, FORWARDINGS);
      return {
        result: {
          ...(features.length === 0 ? {} : { callForwardingData: { forwardingFeatureList: features } }),
          'supportedVLR-CAMEL-Phases': { bits: ['phase1', 'phase2', 'phase3'] },
        },
      };
    },
    anyTimeModification: async ({ argument }) => {
      const { subscriberIdentity, 'modificationRequestFor-CF-Info': change } =
        argument as AnyTimeModificationArg;
      const record = records.byIdentity(subscriberIdentity);
      if (record === undefined) return { error: unknownSubscriber };
      if (change === undefined) return { result: {} };
      const ssCode = change['ss-Code'][0]!;
      const known = record.forwardings.get(ssCode);
      const number = change.forwardedToNumber ?? known?.number;
      if (number !== undefined)
        record.forwardings.set(ssCode, {
          ssCode,
          number,
          noReplySeconds: change.noReplyConditionTime,
          active: ((change['ss-Status']?.[0] ?? 7) & 1) === 1,
        });
      await inform(node(), record);
      const forwardingFeatureList = forwardingFeatures(record, [ssCode]);
      return {
        result: {
          'ss-InfoFor-CSE': {
            'forwardingInfoFor-CSE': { 'ss-Code': change['ss-Code'], forwardingFeatureList },
          },
        },
      };
    },
  };
}

/** A change of the subscription is told to the VLR at once (3GPP TS 29.002 §8.8.1). */
export async function inform(node: MapNode, record: HlrRecord): Promise<void> {
  const version = record.vlrVersion;
  const vlr = node.open(contextOf('subscriberDataMngtContext', version), {
    number: record.vlr,
    ssn: SSN.vlr,
  });
  await vlr.ask(insertSubscriberDataOf(version), subscriberData(version, record, record.subscriber.imsi));
}

async function routing(node: MapNode, record: HlrRecord, version: Version): Promise<Answer> {
  const { imsi, phone } = record.subscriber;
  const forwarding = record.forwardings.get(SS.forwardingUnconditional);
  if (forwarding?.active === true) {
    const forwardingData = { forwardedToNumber: forwarding.number };
    return { result: routed(version, imsi, { forwardingData }) };
  }
  const vlr = node.open(contextOf('roamingNumberEnquiryContext', version), {
    number: record.vlr,
    ssn: SSN.vlr,
  });
  const operation = operationOf(version, { 3: provideRoamingNumber, 2: provideRoamingNumberV2 });
  const argument = { imsi, 'msc-Number': internationalAddress(record.msc), msisdn: record.subscriber.msisdn };
  const error = version === 3 ? absentSubscriber : absentSubscriberV2;
  if (record.purged || phone === 'off') {
    // The VLR says so, and the answer goes on to the GMSC.
    await vlr.askForError(operation, argument, error);
    return version === 3 ? { error, value: { absentSubscriberReason: 'imsiDetach' } } : { error };
  }
  const result = await vlr.ask(operation, argument);
  const roamingNumber = (
    version === 3 ? (result as { roamingNumber: Uint8Array }).roamingNumber : result
  ) as Uint8Array;
  return { result: routed(version, imsi, { roamingNumber }) };
}

function routed(version: Version, imsi: Uint8Array, routingInfo: object): unknown {
  return version === 3 ? { imsi, extendedRoutingInfo: { routingInfo } } : { imsi, routingInfo };
}

function forwardingFeatures({ forwardings }: HlrRecord, codes: readonly number[]) {
  return codes.flatMap((code) => {
    const forwarding = forwardings.get(code);
    if (forwarding === undefined) return [];
    const { number, active, noReplySeconds } = forwarding;
    return [
      {
        'ss-Status': Uint8Array.of(ssStatus(active)),
        forwardedToNumber: number,
        ...(noReplySeconds === undefined ? {} : { noReplyConditionTime: noReplySeconds }),
      },
    ];
  });
}
