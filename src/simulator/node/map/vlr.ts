/** The visitor location register as a node of MAP: subsystem 7, with two areas (3GPP TS 23.002 §4.1.1.2). */
import { internationalAddress } from '../../../stack/map/address-string.ts';
import { unknownSubscriber } from '../../../stack/map/errors/identification.ts';
import { cancelLocation } from '../../../stack/map/operations/cancel-location.ts';
import { insertSubscriberData } from '../../../stack/map/operations/insert-subscriber-data.ts';
import { noteMMEvent } from '../../../stack/map/operations/note-mm-event.ts';
import { noteSubscriberPresent } from '../../../stack/map/operations/note-subscriber-present.ts';
import { purgeMS, purgeMSV2 } from '../../../stack/map/operations/purge-ms.ts';
import { readyForSM, readyForSMV2 } from '../../../stack/map/operations/ready-for-sm.ts';
import { restoreData, restoreDataV2 } from '../../../stack/map/operations/restore-data.ts';
import { sendIMSI } from '../../../stack/map/operations/send-imsi.ts';
import {
  updateLocation,
  updateLocationV1,
  updateLocationV2,
} from '../../../stack/map/operations/update-location.ts';
import { decodeTbcd, encodeTbcd } from '../../../stack/map/tbcd.ts';
import { SSN } from '../../addresses.ts';
import type { NodeRole, RoleEnvironment } from '../role.ts';
import { contextOf, contextsOf, type Version } from './contexts.ts';
import { WAITED_FOR } from './hlr-records.ts';
import { MapNode } from './map-node.ts';
import { check, exercises, operationOf, versioned } from './procedures.ts';
import { SUBSCRIBERS, subscriberAt } from './subscribers.ts';
import { type VlrState, vlrHandlers } from './vlr-handlers.ts';
import { supplementaryProcedures } from './vlr-supplementary.ts';

const CONTEXTS = contextsOf(
  'locationCancellationContext',
  'roamingNumberEnquiryContext',
  'subscriberInfoEnquiryContext',
  'subscriberDataMngtContext',
  'resetContext',
  'networkUnstructuredSsContext',
);

/** IMSI of a subscriber of another network. */
const STRANGER = '262029999999999';

const updateOf = (version: Version) =>
  operationOf(version, { 3: updateLocation, 2: updateLocationV2, 1: updateLocationV1 });

export function vlrRole(environment: RoleEnvironment): NodeRole {
  const { plan, chance } = environment;
  const { numbers } = plan;
  const state: VlrState = { inserted: new Map(), cancelled: 0, resets: 0, passwords: [] };
  const node = new MapNode(environment, SSN.vlr, numbers.vlr, CONTEXTS, vlrHandlers(environment, state));
  const hlr = { number: numbers.hlr[0], ssn: SSN.hlr };
  /** Another one each time: of the tens, whose phones are on. */
  let last = chance.below(SUBSCRIBERS / 20) * 10;
  const next = () => {
    last = (last + 10) % SUBSCRIBERS;
    return subscriberAt(numbers, last);
  };

  /** Updates the location in one of our areas. */
  const update = async (version: Version, imsi: Uint8Array, area: number): Promise<void> => {
    const vlrNumber = numbers.vlr[area] ?? numbers.vlr[0];
    const mscNumber = internationalAddress(numbers.msc[area] ?? numbers.msc[0]);
    const common = { imsi, 'vlr-Number': internationalAddress(vlrNumber) };
    const argument =
      version === 3
        ? {
            ...common,
            'msc-Number': mscNumber,
            'vlr-Capability': { supportedCamelPhases: { bits: ['phase1', 'phase2', 'phase3'] } },
          }
        : { ...common, locationInfo: { 'msc-Number': mscNumber } };
    const from = { from: vlrNumber };
    await node.open(contextOf('networkLocUpContext', version), hlr, from).ask(updateOf(version), argument);
  };

  return {
    get underWay() {
      return node.underWay;
    },
    procedures: [
      ...versioned(
        plan,
        'location-update',
        'a subscriber moves from one area to the other: updateLocation, insertSubscriberData, cancelLocation',
        [3, 2, 1],
        (version) => [
          ...exercises(version, 'sent', updateLocation),
          ...exercises(version, 'received', insertSubscriberData, cancelLocation),
        ],
        async (version) => {
          const { imsi } = next();
          const before = { cancelled: state.cancelled, inserted: state.inserted.size };
          await update(version, imsi, 0);
          await update(version, imsi, 1);
          check(state.cancelled > before.cancelled, 'updateLocation: the former VLR was not cancelled');
          await update(version, imsi, 0);
          check(state.inserted.size > before.inserted, 'updateLocation: no subscriber data came');
        },
      ),
      ...versioned(
        plan,
        'unknown-subscriber',
        'a subscriber whom the HLR does not know: updateLocation with its error',
        [3, 2, 1],
        (version) => exercises(version, 'sent', updateLocation),
        async (version) => {
          const imsi = encodeTbcd(STRANGER);
          const common = { imsi, 'vlr-Number': internationalAddress(numbers.vlr[0]) };
          const mscNumber = internationalAddress(numbers.msc[0]);
          const where =
            version === 3 ? { 'msc-Number': mscNumber } : { locationInfo: { 'msc-Number': mscNumber } };
          const conversation = node.open(contextOf('networkLocUpContext', version), hlr);
          await conversation.askForError(updateOf(version), { ...common, ...where }, unknownSubscriber);
        },
      ),
      ...versioned(
        plan,
        'restore-data',
        'the VLR was restarted: restoreData, insertSubscriberData',
        [3, 2],
        (version) => [
          ...exercises(version, 'sent', restoreData),
          ...exercises(version, 'received', insertSubscriberData),
        ],
        async (version) => {
          const operation = operationOf(version, { 3: restoreData, 2: restoreDataV2 });
          const conversation = node.open(contextOf('networkLocUpContext', version), hlr);
          await conversation.ask(operation, { imsi: next().imsi });
        },
      ),
      ...versioned(
        plan,
        'purge',
        'a subscriber who was long away: purgeMS',
        [3, 2],
        (version) => exercises(version, 'sent', purgeMS),
        async (version) => {
          const { imsi } = next();
          const operation = operationOf(version, { 3: purgeMS, 2: purgeMSV2 });
          const argument = { imsi, 'vlr-Number': internationalAddress(numbers.vlr[0]) };
          await node.open(contextOf('msPurgingContext', version), hlr).ask(operation, argument);
          await update(version, imsi, 0);
        },
      ),
      ...versioned(
        plan,
        'send-imsi',
        'whose number is it: sendIMSI',
        [2],
        (version) => exercises(version, 'sent', sendIMSI),
        async () => {
          const { msisdn, imsi } = next();
          const found = await node.open(contextOf('imsiRetrievalContext', 2), hlr).ask(sendIMSI, msisdn);
          check(found !== undefined && decodeTbcd(found) === decodeTbcd(imsi), 'sendIMSI: another IMSI');
        },
      ),
      ...versioned(
        plan,
        'ready-for-sm',
        'a phone has room again or is back: readyForSM, in version 1 noteSubscriberPresent',
        [3, 2, 1],
        (version) => exercises(version, 'sent', version === 1 ? noteSubscriberPresent : readyForSM),
        async (version) => {
          const { imsi } = subscriberAt(numbers, next().index + WAITED_FOR);
          const conversation = node.open(contextOf('mwdMngtContext', version), hlr);
          if (version === 1) {
            await conversation.ask(noteSubscriberPresent, imsi);
            return;
          }
          const alertReason = chance.happens(0.5) ? 'ms-Present' : 'memoryAvailable';
          const operation = operationOf(version, { 3: readyForSM, 2: readyForSMV2 });
          await conversation.ask(operation, { imsi, alertReason });
        },
      ),
      ...versioned(
        plan,
        'mobility-event',
        'a subscriber with M-CSI moves: noteMM-Event to the gsmSCF',
        [3],
        (version) => exercises(version, 'sent', noteMMEvent),
        async () => {
          const { imsi, msisdn } = next();
          const scf = { number: numbers.scf[0], ssn: SSN.gsmScf };
          await node.open(contextOf('mm-EventReportingContext', 3), scf).ask(noteMMEvent, {
            serviceKey: 1,
            eventMet: Uint8Array.of(chance.below(5)),
            imsi,
            msisdn,
            locationInformation: { 'vlr-number': internationalAddress(numbers.vlr[0]) },
            supportedCAMELPhases: { bits: ['phase1', 'phase2', 'phase3'] },
          });
        },
      ),
      ...supplementaryProcedures(environment, node, hlr, state, next),
    ],
  };
}
