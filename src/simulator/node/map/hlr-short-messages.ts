/** The HLR in short messages (3GPP TS 29.002 §12, §23.5, §23.6). */
import { internationalAddress } from '../../../stack/map/address-string.ts';
import { unknownSubscriber } from '../../../stack/map/errors/identification.ts';
import { absentSubscriberSM, messageWaitingListFull } from '../../../stack/map/errors/short-message.ts';
import { absentSubscriberV2 } from '../../../stack/map/errors/version-2.ts';
import { alertServiceCentre } from '../../../stack/map/operations/alert-service-centre.ts';
import { alertServiceCentreWithoutResult } from '../../../stack/map/operations/alert-service-centre-without-result.ts';
import {
  informServiceCentre,
  informServiceCentreV2,
} from '../../../stack/map/operations/inform-service-centre.ts';
import type { ReadyForSMArg } from '../../../stack/map/operations/ready-for-sm.ts';
import type { ReportSMDeliveryStatusArg } from '../../../stack/map/operations/report-sm-delivery-status.ts';
import type { RoutingInfoForSMArg } from '../../../stack/map/operations/send-routing-info-for-sm.ts';
import { SSN } from '../../addresses.ts';
import { contextOf, type Version } from './contexts.ts';
import { digitsOf } from './hlr-mobility.ts';
import { type HlrRecord, type HlrRecords, WAITING_MAX } from './hlr-records.ts';
import type { Conversation, Handlers, MapNode } from './map-node.ts';

export function shortMessageHandlers(node: () => MapNode, records: HlrRecords): Handlers {
  return {
    sendRoutingInfoForSM: ({ argument, context, conversation }) => {
      const { msisdn, serviceCentreAddress, 'sm-RP-PRI': priority } = argument as RoutingInfoForSMArg;
      const record = records.byMsisdn(msisdn);
      if (record === undefined) return { error: unknownSubscriber };
      const version = context.version as Version;
      const serviceCentre = digitsOf(serviceCentreAddress);
      if (record.notReachable && !priority) {
        const listed = list(record, serviceCentre);
        informAbout(conversation, version, record, listed);
        if (version === 3) return { error: absentSubscriberSM, value: { absentSubscriberDiagnosticSM: 0 } };
        return { error: absentSubscriberV2, value: listed };
      }
      const listed = record.waiting.has(serviceCentre);
      if (record.notReachable || record.memoryFull) informAbout(conversation, version, record, listed);
      const number = internationalAddress(record.msc);
      return {
        result: {
          imsi: record.subscriber.imsi,
          locationInfoWithLMSI:
            version === 3 ? { 'networkNode-Number': number } : { locationInfo: { 'msc-Number': number } },
          ...(version === 1 && listed ? { 'mwd-Set': true } : {}),
        },
      };
    },
    'reportSM-DeliveryStatus': ({ argument, context }) => {
      const report = argument as ReportSMDeliveryStatusArg;
      const record = records.byMsisdn(report.msisdn);
      if (record === undefined) return { error: unknownSubscriber };
      const outcome = (report['sm-DeliveryOutcome'] as string | undefined) ?? 'absentSubscriber';
      if (outcome === 'successfulTransfer') {
        record.notReachable = false;
        record.memoryFull = false;
      } else {
        if (outcome === 'absentSubscriber') record.notReachable = true;
        else record.memoryFull = true;
        if (!list(record, digitsOf(report.serviceCentreAddress))) return { error: messageWaitingListFull };
      }
      const stored = record.subscriber.msisdn;
      if (context.version === 1) return { result: undefined };
      return { result: context.version === 2 ? stored : { storedMSISDN: stored } };
    },
    readyForSM: ({ argument }) => {
      const { imsi, alertReason } = argument as ReadyForSMArg;
      const record = records.byImsi(imsi);
      if (record === undefined) return { error: unknownSubscriber };
      record.notReachable = false;
      if (alertReason === 'memoryAvailable') record.memoryFull = false;
      if (!record.memoryFull) alertAll(node(), record, 2).catch(() => undefined);
      return { result: undefined };
    },
    noteSubscriberPresent: ({ argument }) => {
      const record = records.byImsi(argument as Uint8Array);
      if (record === undefined) return undefined;
      record.notReachable = false;
      alertAll(node(), record, 1).catch(() => undefined);
      return undefined;
    },
  };
}

/** False when the list is full. */
function list({ waiting }: HlrRecord, serviceCentre: string): boolean {
  if (waiting.size >= WAITING_MAX && !waiting.has(serviceCentre)) return false;
  waiting.add(serviceCentre);
  return true;
}

/** informServiceCentre goes along with the answer; version 1 has none (3GPP TS 29.002 §23.3.2). */
function informAbout(conversation: Conversation, version: Version, record: HlrRecord, listed: boolean): void {
  if (version === 1) return;
  const bits: ('sc-AddressNotIncluded' | 'mnrf-Set' | 'mcef-Set')[] = [];
  if (!listed) bits.push('sc-AddressNotIncluded');
  if (record.notReachable) bits.push('mnrf-Set');
  if (record.memoryFull) bits.push('mcef-Set');
  const operation = version === 3 ? informServiceCentre : informServiceCentreV2;
  void conversation.request(operation, { 'mw-Status': { bits } });
}

/** What a node does by itself may fail, when no dialogue is free; what is sent and fails is in the tally. */
async function alertAll(node: MapNode, record: HlrRecord, version: 1 | 2): Promise<void> {
  const serviceCentres = [...record.waiting];
  record.waiting.clear();
  for (const number of serviceCentres) {
    const argument = {
      msisdn: record.subscriber.msisdn,
      serviceCentreAddress: internationalAddress(number),
    };
    const conversation = node.open(contextOf('shortMsgAlertContext', version), { number, ssn: SSN.msc });
    const operation = version === 2 ? alertServiceCentre : alertServiceCentreWithoutResult;
    const outcome = conversation.request(operation, argument);
    conversation.send();
    await outcome;
  }
}
