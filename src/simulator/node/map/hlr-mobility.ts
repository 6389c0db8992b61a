/** The HLR in location management (3GPP TS 29.002 §8.1, §8.2, §8.10). */
import { decodeAddressString, internationalAddress } from '../../../stack/map/address-string.ts';
import { unknownSubscriber } from '../../../stack/map/errors/identification.ts';
import {
  cancelLocation,
  cancelLocationV1,
  cancelLocationV2,
} from '../../../stack/map/operations/cancel-location.ts';
import type { PurgeMSArg } from '../../../stack/map/operations/purge-ms.ts';
import type { RestoreDataArg } from '../../../stack/map/operations/restore-data.ts';
import type {
  UpdateLocationArg,
  UpdateLocationArgV2,
} from '../../../stack/map/operations/update-location.ts';
import { SSN } from '../../addresses.ts';
import { contextOf, type Version } from './contexts.ts';
import type { HlrRecord, HlrRecords } from './hlr-records.ts';
import type { Handlers, MapNode, Served } from './map-node.ts';
import { operationOf } from './procedures.ts';
import { insertSubscriberDataOf, subscriberData } from './subscriber-data.ts';

export const cancelLocationOf = (version: Version) =>
  operationOf(version, { 3: cancelLocation, 2: cancelLocationV2, 1: cancelLocationV1 });

export function mobilityHandlers(node: () => MapNode, records: HlrRecords, hlrNumber: string): Handlers {
  const ownNumber = internationalAddress(hlrNumber);
  const insert = ({ conversation, context }: Served, record: HlrRecord) => {
    const version = context.version as Version;
    return conversation.ask(insertSubscriberDataOf(version), subscriberData(version, record));
  };
  return {
    updateLocation: async (served) => {
      const argument = served.argument as UpdateLocationArg | UpdateLocationArgV2;
      const record = records.byImsi(argument.imsi);
      if (record === undefined) return { error: unknownSubscriber };
      const version = served.context.version as Version;
      const vlr = digitsOf(argument['vlr-Number']);
      const old = { vlr: record.vlr, version: record.vlrVersion, purged: record.purged };
      record.vlr = vlr;
      record.vlrVersion = version;
      record.msc = mscOf(argument, record.msc);
      record.purged = false;
      // A subscriber that was purged is nowhere to be cancelled.
      const cancelled =
        old.vlr === vlr || old.purged
          ? Promise.resolve()
          : cancel(node(), record, old.vlr, old.version, 'updateProcedure');
      await Promise.all([insert(served, record), cancelled]);
      if (version === 2) return { result: { extensibleUpdateLocationRes: { 'hlr-Number': ownNumber } } };
      return { result: { 'hlr-Number': ownNumber } };
    },
    restoreData: async (served) => {
      const record = records.byImsi((served.argument as RestoreDataArg).imsi);
      if (record === undefined) return { error: unknownSubscriber };
      await insert(served, record);
      return {
        result: { 'hlr-Number': ownNumber, ...(record.notReachable ? { msNotReachable: null } : {}) },
      };
    },
    purgeMS: ({ argument, context }) => {
      const record = records.byImsi((argument as PurgeMSArg).imsi);
      if (record !== undefined) record.purged = true;
      // Version 2 has no error: the result says that it was heard (operation class 3).
      if (context.version === 2) return { result: undefined };
      return record === undefined ? { error: unknownSubscriber } : { result: { freezeTMSI: null } };
    },
    sendIMSI: ({ argument }) => {
      const record = records.byMsisdn(argument as Uint8Array);
      return record === undefined
        ? { error: unknownSubscriber, value: {} }
        : { result: record.subscriber.imsi };
    },
  };
}

export async function cancel(
  node: MapNode,
  { subscriber }: HlrRecord,
  vlr: string,
  version: Version,
  cancellationType: 'updateProcedure' | 'subscriptionWithdraw',
): Promise<void> {
  const conversation = node.open(contextOf('locationCancellationContext', version), {
    number: vlr,
    ssn: SSN.vlr,
  });
  const { imsi } = subscriber;
  await conversation.ask(
    cancelLocationOf(version),
    version === 3 ? { identity: { imsi }, cancellationType } : { imsi },
  );
}

export const digitsOf = (number: Uint8Array): string => decodeAddressString(number)?.digits ?? '';

/** Version 2 may have the number of the MSC, or a roaming number that leads there. */
function mscOf(argument: UpdateLocationArg | UpdateLocationArgV2, otherwise: string): string {
  if ('msc-Number' in argument) return digitsOf(argument['msc-Number']);
  const { locationInfo } = argument;
  return 'msc-Number' in locationInfo ? digitsOf(locationInfo['msc-Number']) : otherwise;
}
