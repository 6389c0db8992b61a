/**
 * The HLR's part in short messages: routing information, the flags MNRF and MCEF, the list of service centres that wait,
 * and the alerts when the subscriber is back (3GPP TS 23.040 §3.2, TS 29.002 §12, §23.5, §23.6).
 */
import { compile } from '../stack/asn1/index.ts';
import { decodeAddressString, internationalAddress } from '../stack/map/address-string.ts';
import {
  anyTimeInfoEnquiryContextV3,
  shortMsgAlertContextV1,
  shortMsgAlertContextV2,
  shortMsgGatewayContextV1,
  shortMsgGatewayContextV2,
  shortMsgGatewayContextV3,
} from '../stack/map/application-contexts.ts';
import { systemFailure } from '../stack/map/errors/generic.ts';
import { unknownSubscriber } from '../stack/map/errors/identification.ts';
import { messageWaitingListFull } from '../stack/map/errors/short-message.ts';
import { atiNotAllowed } from '../stack/map/errors/subscriber-information.ts';
import { AlertServiceCentreArg, alertServiceCentre } from '../stack/map/operations/alert-service-centre.ts';
import { alertServiceCentreWithoutResult } from '../stack/map/operations/alert-service-centre-without-result.ts';
import {
  AnyTimeInterrogationArg,
  AnyTimeInterrogationRes,
  anyTimeInterrogation,
} from '../stack/map/operations/any-time-interrogation.ts';
import {
  InformServiceCentreArg,
  informServiceCentre,
} from '../stack/map/operations/inform-service-centre.ts';
import {
  ReportSMDeliveryStatusArg,
  ReportSMDeliveryStatusArgV2,
  ReportSMDeliveryStatusRes,
  reportSMDeliveryStatus,
} from '../stack/map/operations/report-sm-delivery-status.ts';
import {
  RoutingInfoForSMArg,
  sendRoutingInfoForSM,
} from '../stack/map/operations/send-routing-info-for-sm.ts';
import { encodeTbcd } from '../stack/map/tbcd.ts';
import type {
  Component,
  Dialogue,
  DialogueAcceptor,
  DialogueUser,
  TcapService,
} from '../stack/tcap/service.ts';
import type { Counters } from '../types/counters.ts';
import { SSN, titled } from './addresses.ts';
import type { Later } from './later.ts';
import { absence, type MapVersion, routingInfo, versionOf } from './map-versions.ts';
import type { Person } from './person.ts';
import type { NetworkPlan } from './plan.ts';

const routingArgument = compile(RoutingInfoForSMArg, { name: 'RoutingInfoForSM-Arg', lenient: true });
const informArgument = compile(InformServiceCentreArg, { name: 'InformServiceCentreArg' });
const reportArgument = compile(ReportSMDeliveryStatusArg, {
  name: 'ReportSM-DeliveryStatusArg',
  lenient: true,
});
const reportArgumentV2 = compile(ReportSMDeliveryStatusArgV2, {
  name: 'ReportSM-DeliveryStatusArgV2',
  lenient: true,
});
const reportResult = compile(ReportSMDeliveryStatusRes, { name: 'ReportSM-DeliveryStatusRes' });
const alertArgument = compile(AlertServiceCentreArg, { name: 'AlertServiceCentreArg' });

const MISTYPED_PARAMETER = { type: 'invoke', code: 2 } as const;
const UNRECOGNIZED_OPERATION = { type: 'invoke', code: 1 } as const;
/** AbsentSubscriberDiagnosticSM (3GPP TS 23.040 §3.3.2): purged for non-GPRS, and what a service centre reported. */
const PURGED = 4;
const NO_PAGING_RESPONSE = 0;
/** Service centres that one subscriber's message waiting data hold. */
const WAITING_MAX = 8;

const interrogated = compile(AnyTimeInterrogationArg, { name: 'AnyTimeInterrogationArg', lenient: true });
const interrogatedResult = compile(AnyTimeInterrogationRes, { name: 'AnyTimeInterrogationRes' });

const gatewayContexts = [shortMsgGatewayContextV3, shortMsgGatewayContextV2, shortMsgGatewayContextV1];
const enquiryContexts = [anyTimeInfoEnquiryContextV3];

interface Record {
  readonly person: Person;
  /** Mobile station not reachable. */
  mnrf: boolean;
  /** Memory capacity exceeded. */
  mcef: boolean;
  purged: boolean;
  /** Message waiting data: numbers of service centres. */
  readonly waiting: Set<string>;
}

export interface HlrOptions {
  readonly plan: NetworkPlan;
  readonly tcap: TcapService;
  readonly later: Later;
  readonly counters: Counters;
  /** Which version of alertServiceCentre the next alert has. */
  readonly alertVersion: () => 1 | 2;
  /** The latest version of MAP that the HLR of the subscriber speaks. */
  readonly mapVersionOf: (person: Person) => MapVersion;
  /** The LMSI that the VLR has given, where it has. */
  readonly lmsiOf: (person: Person) => Uint8Array | undefined;
  /** How long ago the phone was in contact with the network. */
  readonly contactAgeMs: (person: Person) => number;
  readonly isTalking: (person: Person) => boolean;
  /** Whether anyTimeInterrogation is answered. */
  readonly enquiries: 'allowed' | 'not-allowed';
  /** Nothing reaches the HLR now. */
  readonly isGone: () => boolean;
  /** The request that came is answered with systemFailure. */
  readonly refuses: () => boolean;
}

/** A VLR whose readyForSM or updateLocation the HLR has not answered says it again after this. */
const SAID_AGAIN_MS = 10_000;

export class Hlr implements DialogueAcceptor {
  readonly #options: HlrOptions;
  readonly #records = new Map<string, Record>();

  constructor(options: HlrOptions, people: readonly Person[]) {
    this.#options = options;
    for (const person of people)
      this.#records.set(person.number, {
        person,
        mnrf: false,
        mcef: false,
        purged: false,
        waiting: new Set(),
      });
    options.tcap.accept(SSN.hlr, this);
  }

  onBegin(dialogue: Dialogue): DialogueUser | 'refuse-context' {
    const isEnquiry = versionOf(dialogue.applicationContext, enquiryContexts) === 3;
    const version = isEnquiry ? 3 : versionOf(dialogue.applicationContext, gatewayContexts);
    // The subscriber's number is what the HLR is addressed by.
    const person = this.#records.get(dialogue.localAddress.globalTitle?.digits ?? '')?.person;
    const latest = person === undefined ? 3 : this.#options.mapVersionOf(person);
    if (version === undefined || (version > latest && !isEnquiry)) {
      if (version !== undefined) this.#options.counters.count(`simulator.hlr.version-refused.v${version}`);
      return 'refuse-context';
    }
    return {
      onComponent: (_dialogue, component) => this.#onComponent(dialogue, version, component),
      onDelimiter: (_dialogue, message) => {
        if (message !== 'end') dialogue.end();
      },
      onInvokeTimeout: () => undefined,
      onAbort: () => this.#options.counters.count('simulator.hlr.abort'),
    };
  }

  /** purgeMS: the VLR has deleted the subscriber. */
  purge(person: Person): void {
    if (this.#options.isGone()) return;
    const record = this.#record(person);
    record.purged = true;
  }

  /** updateLocation: the subscriber is registered, and there (3GPP TS 29.002 §23.5). */
  updateLocation(person: Person): void {
    if (this.#isUnheard(() => this.updateLocation(person))) return;
    this.#record(person).purged = false;
    this.readyForSM(person, 'ms-present');
  }

  /** readyForSM. While the memory is full presence alone alerts nobody (3GPP TS 23.040 §3.2.7). */
  readyForSM(person: Person, reason: 'ms-present' | 'memory-available'): void {
    if (this.#isUnheard(() => this.readyForSM(person, reason))) return;
    const record = this.#record(person);
    const flagged = reason === 'ms-present' ? record.mnrf : record.mcef || record.mnrf;
    record.mnrf = false;
    if (reason === 'memory-available') record.mcef = false;
    if (flagged && !record.mcef) this.#alertAll(record);
  }

  /** While the HLR is gone nobody is heard, and says it again. */
  #isUnheard(again: () => void): boolean {
    if (!this.#options.isGone()) return false;
    this.#options.later.after(SAID_AGAIN_MS, again);
    return true;
  }

  #record(person: Person): Record {
    return this.#records.get(person.number)!;
  }

  #onComponent(dialogue: Dialogue, version: MapVersion, component: Component): void {
    if (component.kind !== 'invoke') return;
    const { invokeId, operationCode } = component;
    const parameter = component.parameter ?? new Uint8Array(0);
    if (this.#options.refuses()) {
      this.#options.counters.count('simulator.hlr.refused');
      return void dialogue.error(invokeId, systemFailure.code);
    }
    switch (operationCode) {
      case sendRoutingInfoForSM.code:
        return this.#route(dialogue, version, invokeId, parameter);
      case reportSMDeliveryStatus.code:
        return this.#report(dialogue, version, invokeId, parameter);
      case anyTimeInterrogation.code:
        return this.#interrogate(dialogue, invokeId, parameter);
      default:
        dialogue.reject(invokeId, UNRECOGNIZED_OPERATION);
    }
  }

  /** What the VLR says of the subscriber (provideSubscriberInfo is a call here; 3GPP TS 29.002 §8.11.1). */
  #interrogate(dialogue: Dialogue, invokeId: number, parameter: Uint8Array): void {
    const { counters, enquiries, contactAgeMs, isTalking } = this.#options;
    counters.count('simulator.hlr.interrogated');
    if (enquiries === 'not-allowed') return void dialogue.error(invokeId, atiNotAllowed.code);
    const argument = interrogated.decode(parameter);
    if (!argument.ok) return void dialogue.reject(invokeId, MISTYPED_PARAMETER);
    const { subscriberIdentity } = argument.value;
    const record = 'msisdn' in subscriberIdentity ? this.#find(subscriberIdentity.msisdn) : undefined;
    if (record === undefined) return void dialogue.error(invokeId, unknownSubscriber.code);
    const { person, purged } = record;
    // A phone without coverage is idle for all that the VLR knows, until it is detached implicitly.
    const subscriberState = purged
      ? { netDetNotReachable: 'msPurged' as const }
      : person.handset.radio === 'off'
        ? { netDetNotReachable: 'imsiDetached' as const }
        : isTalking(person)
          ? { camelBusy: null }
          : { assumedIdle: null };
    const minutes = Math.min(32_767, Math.floor(contactAgeMs(person) / 60_000));
    dialogue.result(invokeId, {
      operationCode: anyTimeInterrogation.code,
      parameter: interrogatedResult.encode({
        subscriberInfo: { subscriberState, locationInformation: { ageOfLocationInformation: minutes } },
      }),
    });
  }

  #route(dialogue: Dialogue, version: MapVersion, invokeId: number, parameter: Uint8Array): void {
    const argument = routingArgument.decode(parameter);
    if (!argument.ok) return void dialogue.reject(invokeId, MISTYPED_PARAMETER);
    const record = this.#find(argument.value.msisdn);
    if (record === undefined) return void dialogue.error(invokeId, unknownSubscriber.code);
    const priority = argument.value['sm-RP-PRI'];
    if (record.purged || (record.mnrf && !priority)) {
      record.mnrf = true;
      const listed = this.#list(record, argument.value.serviceCentreAddress);
      if (version > 1) this.#inform(dialogue, record, listed);
      const { code, parameter: diagnostic } = absence(
        version,
        record.purged ? PURGED : NO_PAGING_RESPONSE,
        listed,
      );
      return void dialogue.error(invokeId, code, diagnostic);
    }
    const isListed = this.#isListed(record, argument.value.serviceCentreAddress);
    if (version > 1 && (record.mcef || record.mnrf)) this.#inform(dialogue, record, isListed);
    const lmsi = this.#options.lmsiOf(record.person);
    dialogue.result(invokeId, {
      operationCode: sendRoutingInfoForSM.code,
      parameter: routingInfo(
        version,
        encodeTbcd(record.person.imsi),
        this.#options.plan.numbers.msc,
        lmsi,
        isListed,
      ),
    });
  }

  #report(dialogue: Dialogue, version: MapVersion, invokeId: number, parameter: Uint8Array): void {
    const argument = (version === 3 ? reportArgument : reportArgumentV2).decode(parameter);
    if (!argument.ok) return void dialogue.reject(invokeId, MISTYPED_PARAMETER);
    const record = this.#find(argument.value.msisdn);
    if (record === undefined) return void dialogue.error(invokeId, unknownSubscriber.code);
    // Version 1 knows no outcome: it is there to be put on the list.
    const outcome = argument.value['sm-DeliveryOutcome'] ?? 'absentSubscriber';
    if (outcome === 'successfulTransfer') {
      record.mnrf = false;
      record.mcef = false;
      dialogue.result(invokeId);
      return this.#alertAll(record);
    }
    if (outcome === 'absentSubscriber') record.mnrf = true;
    else record.mcef = true;
    if (this.#list(record, argument.value.serviceCentreAddress)) {
      const { number, storedNumber } = record.person;
      if (storedNumber === number || version === 1) return void dialogue.result(invokeId);
      const storedMSISDN = internationalAddress(storedNumber);
      dialogue.result(invokeId, {
        operationCode: reportSMDeliveryStatus.code,
        // An ISDN-AddressString is an octet string: tag 4.
        parameter:
          version === 2
            ? Uint8Array.of(4, storedMSISDN.length, ...storedMSISDN)
            : reportResult.encode({ storedMSISDN }),
      });
    } else dialogue.error(invokeId, messageWaitingListFull.code);
  }

  #find(msisdn: Uint8Array): Record | undefined {
    const number = decodeAddressString(msisdn)?.digits ?? '';
    const record = this.#records.get(number);
    if (record === undefined) this.#options.counters.count('simulator.hlr.unknown-subscriber');
    return record;
  }

  /** informServiceCentre goes before the answer in the same message (3GPP TS 29.002 §23.3.2). */
  #inform(dialogue: Dialogue, record: Record, listed: boolean): void {
    const bits: ('sc-AddressNotIncluded' | 'mnrf-Set' | 'mcef-Set')[] = [];
    if (!listed) bits.push('sc-AddressNotIncluded');
    if (record.mnrf) bits.push('mnrf-Set');
    if (record.mcef) bits.push('mcef-Set');
    const { number, storedNumber } = record.person;
    dialogue.invoke({
      operationCode: informServiceCentre.code,
      parameter: informArgument.encode({
        ...(storedNumber === number ? {} : { storedMSISDN: internationalAddress(storedNumber) }),
        'mw-Status': { bits },
      }),
      operationClass: 4,
      timeoutMs: 0,
    });
  }

  /** False when the list is full. */
  #list(record: Record, serviceCentreAddress: Uint8Array): boolean {
    const serviceCentre = decodeAddressString(serviceCentreAddress)?.digits ?? '';
    if (
      record.person.waitingListFull ||
      (record.waiting.size >= WAITING_MAX && !record.waiting.has(serviceCentre))
    ) {
      this.#options.counters.count('simulator.hlr.waiting-list-full');
      return false;
    }
    record.waiting.add(serviceCentre);
    return true;
  }

  #isListed(record: Record, serviceCentreAddress: Uint8Array): boolean {
    return record.waiting.has(decodeAddressString(serviceCentreAddress)?.digits ?? '');
  }

  #alertAll(record: Record): void {
    const serviceCentres = [...record.waiting];
    record.waiting.clear();
    for (const serviceCentre of serviceCentres) this.#alert(record.person, serviceCentre, 1);
  }

  /** Sent again when it is not answered (3GPP TS 23.040 §3.2.7). */
  #alert(person: Person, serviceCentre: string, time: number): void {
    const { plan, tcap, later, counters } = this.#options;
    const { alertsMax, alertRepeatMs } = plan.times;
    let over = false;
    const again = () => {
      if (over) return;
      over = true;
      if (time >= alertsMax) return counters.count('simulator.hlr.alert-given-up');
      counters.count('simulator.hlr.alert-repeated');
      later.after(alertRepeatMs, () => {
        if (person.handset.radio === 'on') return this.#alert(person, serviceCentre, time + 1);
        // Away again: the service centre is told at the next return.
        const record = this.#record(person);
        record.mnrf = true;
        record.waiting.add(serviceCentre);
      });
    };
    const withResult = this.#options.alertVersion() === 2;
    const context = withResult ? shortMsgAlertContextV2 : shortMsgAlertContextV1;
    const dialogue = tcap.open({
      localAddress: titled(plan.numbers.hlr, SSN.hlr),
      remoteAddress: titled(serviceCentre, SSN.msc),
      applicationContext: context.objectIdentifier,
      idleLimitMs: alertRepeatMs,
      user: {
        onComponent: (_dialogue, component) => {
          if (component.kind !== 'result') again();
        },
        onDelimiter: (_dialogue, message) => {
          if (message === 'end') over = true;
        },
        onInvokeTimeout: (timedOut) => {
          timedOut.abort();
          again();
        },
        onAbort: again,
      },
    });
    if (dialogue === null) return again();
    counters.count('simulator.hlr.alert');
    dialogue.invoke({
      operationCode: withResult ? alertServiceCentre.code : alertServiceCentreWithoutResult.code,
      parameter: alertArgument.encode({
        msisdn: internationalAddress(person.storedNumber),
        serviceCentreAddress: internationalAddress(serviceCentre),
      }),
      operationClass: withResult ? 1 : 4,
      timeoutMs: withResult ? alertRepeatMs : 0,
    });
    dialogue.begin();
  }
}
