/**
 * The visited MSC and VLR: who is there, short messages to phones, mobility events to the gsmSCF (M-CSI), and readyForSM to
 * the HLR, which is a call here (3GPP TS 29.002 §12.9, §23.3, §23.5; TS 23.040 §3.2.7).
 */
import { compile } from '../stack/asn1/index.ts';
import { internationalAddress } from '../stack/map/address-string.ts';
import {
  mmEventReportingContextV3,
  shortMsgMTRelayContextV2,
  shortMsgMTRelayContextV3,
  shortMsgRelayContextV1,
} from '../stack/map/application-contexts.ts';
import { decodeMapDialogue } from '../stack/map/dialogue-pdu.ts';
import { systemFailure } from '../stack/map/errors/generic.ts';
import { unidentifiedSubscriber } from '../stack/map/errors/identification.ts';
import { smDeliveryFailure, subscriberBusyForMTSMS } from '../stack/map/errors/short-message.ts';
import { forwardSM } from '../stack/map/operations/forward-sm.ts';
import { MtForwardSMArg, mtForwardSM } from '../stack/map/operations/mt-forward-sm.ts';
import { NoteMMEventArg, noteMMEvent } from '../stack/map/operations/note-mm-event.ts';
import { decodeTbcd, encodeTbcd } from '../stack/map/tbcd.ts';
import { encodeSmsDeliverReport, failureCauses } from '../stack/sms/sms-deliver-report.ts';
import type {
  Component,
  Dialogue,
  DialogueAcceptor,
  DialoguePortion,
  DialogueUser,
  TcapService,
} from '../stack/tcap/service.ts';
import type { Clock } from '../types/clock.ts';
import type { Counters } from '../types/counters.ts';
import { SSN, titled } from './addresses.ts';
import type { ShortMessage } from './handset.ts';
import type { Hlr } from './hlr.ts';
import type { Judge } from './judge/judge.ts';
import type { Later } from './later.ts';
import { absence, deliveryFailure, type MapVersion, versionOf } from './map-versions.ts';
import type { Person } from './person.ts';
import type { NetworkPlan } from './plan.ts';

const forwardArgument = compile(MtForwardSMArg, { name: 'MT-ForwardSM-Arg', lenient: true });
const noteArgument = compile(NoteMMEventArg, { name: 'NoteMM-EventArg' });

const MISTYPED_PARAMETER = { type: 'invoke', code: 2 } as const;
const UNRECOGNIZED_OPERATION = { type: 'invoke', code: 1 } as const;
/** Q.850: subscriber absent, and no user responding. */
const SUBSCRIBER_ABSENT = 20;
const NO_USER_RESPONDING = 18;
const ASKING_MS = 20;
/** AbsentSubscriberDiagnosticSM (3GPP TS 23.040 §3.3.2). */
const NO_PAGING_RESPONSE = 0;
const IMSI_DETACHED = 1;
/** MM-Code (3GPP TS 29.002 §17.7.1). */
const mmCodes = { updateInSameVlr: 0, updateToOtherVlr: 1, attach: 2, detachByPhone: 3, detachByNetwork: 4 };

const relayContexts = [shortMsgMTRelayContextV3, shortMsgMTRelayContextV2, shortMsgRelayContextV1];

/** How a phone goes away. */
export type Leaving = 'detached' | 'purged' | 'no-coverage';

export interface MscOptions {
  readonly plan: NetworkPlan;
  readonly tcap: TcapService;
  readonly clock: Clock;
  readonly later: Later;
  readonly counters: Counters;
  readonly judge: Judge;
  /** The latest version of MAP that the MSC speaks. */
  readonly mapVersion: MapVersion;
  readonly hlr: Hlr;
  /** Whether a subscriber is busy for the next short message. */
  readonly isBusyForShortMessage: (person: Person) => boolean;
  readonly lmsiOf: (person: Person) => Uint8Array | undefined;
  /** The short message that came is answered with systemFailure. */
  readonly refuses: () => boolean;
  readonly onLeft: (person: Person) => void;
  /** A phone can take short messages again. */
  readonly onAvailable: (person: Person) => void;
  readonly onShortMessage: (person: Person, message: ShortMessage) => void;
}

export class Msc implements DialogueAcceptor {
  readonly #options: MscOptions;
  readonly #byImsi = new Map<string, Person>();
  readonly #byLmsi = new Map<string, Person>();
  readonly #away = new Map<Person, Leaving>();
  /** When a phone that is away was last in contact. */
  readonly #leftAtMs = new Map<Person, number>();
  /** MNRF in the VLR: a short message has failed here, and the HLR hears of the next sign of life (3GPP TS 23.040 §3.2.7). */
  readonly #notReachable = new Set<Person>();
  /** Phones that were away when memory became free: the HLR hears of it at their return. */
  readonly #freedAway = new Set<Person>();

  constructor(options: MscOptions, people: readonly Person[]) {
    this.#options = options;
    for (const person of people) {
      this.#byImsi.set(person.imsi, person);
      const lmsi = options.lmsiOf(person);
      if (lmsi !== undefined) this.#byLmsi.set(lmsi.join(), person);
    }
    options.tcap.accept(SSN.msc, this);
  }

  /** Cause 0: the phone can be called; else why not, and how long it takes to find out. */
  obstacle(person: Person): { readonly cause: number; readonly afterMs: number } {
    switch (person.handset.radio) {
      case 'on':
        return { cause: 0, afterMs: 0 };
      case 'off':
        return { cause: SUBSCRIBER_ABSENT, afterMs: ASKING_MS };
      case 'no-coverage':
        return { cause: NO_USER_RESPONDING, afterMs: this.#options.plan.times.pagingMs };
    }
  }

  leave(person: Person, how: Leaving): void {
    const { clock, judge, hlr } = this.#options;
    if (person.handset.radio !== 'on') return;
    person.handset.radio = how === 'no-coverage' ? 'no-coverage' : 'off';
    this.#away.set(person, how);
    this.#leftAtMs.set(person, clock.monotonic());
    judge.presence(person, false, clock.now());
    judge.available(person, false, clock.now());
    this.#options.onLeft(person);
    if (how === 'purged') {
      this.#notReachable.delete(person);
      hlr.purge(person);
    }
    if (how === 'detached') this.#note(person, mmCodes.detachByPhone);
    else if (how === 'purged') this.#note(person, mmCodes.detachByNetwork);
  }

  /** How long ago the phone was in contact with the network; one that is there is in contact. */
  contactAgeMs(person: Person): number {
    if (!this.#away.has(person)) return 0;
    return this.#options.clock.monotonic() - (this.#leftAtMs.get(person) ?? 0);
  }

  comeBack(person: Person): void {
    const { clock, judge, hlr } = this.#options;
    const how = this.#away.get(person);
    if (how === undefined) return;
    this.#away.delete(person);
    person.handset.radio = 'on';
    judge.presence(person, true, clock.now());
    if (!person.handset.memoryFull) this.#available(person);
    if (how === 'purged') hlr.updateLocation(person);
    else this.#present(person);
    if (this.#freedAway.delete(person)) hlr.readyForSM(person, 'memory-available');
    this.#note(
      person,
      how === 'purged'
        ? mmCodes.updateToOtherVlr
        : how === 'detached'
          ? mmCodes.attach
          : mmCodes.updateInSameVlr,
    );
  }

  /** A phone that is on is heard of. */
  updateLocation(person: Person): void {
    if (person.handset.radio !== 'on') return;
    this.#present(person);
    this.#note(person, mmCodes.updateInSameVlr);
  }

  /** A short message has met an absent subscriber. */
  flagNotReachable(person: Person): void {
    if (this.#away.get(person) !== 'purged') this.#notReachable.add(person);
  }

  fillMemory(person: Person): void {
    const { clock, judge } = this.#options;
    person.handset.memoryFull = true;
    judge.available(person, false, clock.now());
  }

  freeMemory(person: Person): void {
    const { hlr } = this.#options;
    if (!person.handset.memoryFull) return;
    person.handset.memoryFull = false;
    if (person.handset.radio !== 'on') return void this.#freedAway.add(person);
    this.#available(person);
    hlr.readyForSM(person, 'memory-available');
  }

  #available(person: Person): void {
    const { clock, judge, onAvailable } = this.#options;
    judge.available(person, true, clock.now());
    onAvailable(person);
  }

  onBegin(dialogue: Dialogue, portion: DialoguePortion): DialogueUser | 'refuse-context' {
    const version = versionOf(dialogue.applicationContext, relayContexts);
    if (version === undefined || version > this.#options.mapVersion) {
      if (version !== undefined) this.#options.counters.count(`simulator.msc.version-refused.v${version}`);
      return 'refuse-context';
    }
    return new MobileTerminatedRelay(this, this.#options, version, destinationOf(portion));
  }

  /** By the IMSI, or by the LMSI where the dialogue's destination reference is of the same subscriber. */
  find(
    address: { readonly imsi: Uint8Array } | { readonly lmsi: Uint8Array },
    destination: string,
  ): Person | undefined {
    if ('imsi' in address) return this.#byImsi.get(decodeTbcd(address.imsi));
    const person = this.#byLmsi.get(address.lmsi.join());
    return person?.imsi === destination ? person : undefined;
  }

  #present(person: Person): void {
    if (this.#notReachable.delete(person)) this.#options.hlr.readyForSM(person, 'ms-present');
  }

  #note(person: Person, mmCode: number): void {
    if (!person.mobilityReported || !person.subscribed) return;
    const { plan, tcap, counters } = this.#options;
    const dialogue = tcap.open({
      localAddress: titled(plan.numbers.msc, SSN.vlr),
      remoteAddress: titled(plan.numbers.gsmScf, SSN.gsmScf),
      applicationContext: mmEventReportingContextV3.objectIdentifier,
      user: {
        onComponent: (_dialogue, component) => counters.count(`simulator.vlr.note.${component.kind}`),
        onDelimiter: () => undefined,
        // The VLR waits for nothing and repeats nothing.
        onInvokeTimeout: (timedOut) => timedOut.abort(),
        onAbort: () => counters.count('simulator.vlr.note.abort'),
      },
    });
    if (dialogue === null) return;
    dialogue.invoke({
      operationCode: noteMMEvent.code,
      parameter: noteArgument.encode({
        serviceKey: plan.serviceKey,
        eventMet: Uint8Array.of(mmCode),
        imsi: encodeTbcd(person.imsi),
        msisdn: internationalAddress(person.number),
        supportedCAMELPhases: { bits: ['phase1', 'phase2', 'phase3'] },
      }),
      operationClass: 1,
      timeoutMs: noteMMEvent.timerMs ?? 30_000,
    });
    dialogue.begin();
  }
}

/** One dialogue with short messages to one phone; it stays open while more are to come. */
class MobileTerminatedRelay implements DialogueUser {
  readonly #msc: Msc;
  readonly #options: MscOptions;
  readonly #version: MapVersion;
  readonly #destination: string;
  /** A message is on its way to the phone. */
  #waiting = false;
  #refused = false;

  constructor(msc: Msc, options: MscOptions, version: MapVersion, destination: string) {
    this.#msc = msc;
    this.#version = version;
    this.#options = options;
    this.#destination = destination;
  }

  onComponent(dialogue: Dialogue, component: Component): void {
    if (component.kind !== 'invoke') return;
    const { invokeId, operationCode } = component;
    this.#refused = true;
    const expected = this.#version === 3 ? mtForwardSM.code : forwardSM.code;
    if (operationCode !== expected) return void dialogue.reject(invokeId, UNRECOGNIZED_OPERATION);
    const argument = forwardArgument.decode(component.parameter ?? new Uint8Array(0));
    if (!argument.ok) return void dialogue.reject(invokeId, MISTYPED_PARAMETER);
    const { 'sm-RP-DA': address, 'sm-RP-UI': octets, moreMessagesToSend } = argument.value;
    const person =
      'imsi' in address || 'lmsi' in address ? this.#msc.find(address, this.#destination) : undefined;
    if (person === undefined) return void dialogue.error(invokeId, unidentifiedSubscriber.code);
    this.#refused = false;
    this.#waiting = true;
    const { later, plan } = this.#options;
    const { pagingMs, shortMessageMs } = plan.times;
    const message = octets.slice();
    const more = moreMessagesToSend !== undefined;
    later.after(person.handset.radio === 'no-coverage' ? pagingMs : shortMessageMs, () => {
      this.#waiting = false;
      const arrived = this.#forward(dialogue, invokeId, person, message);
      if (arrived && more) dialogue.continue();
      else dialogue.end();
    });
  }

  onDelimiter(dialogue: Dialogue, message: 'begin' | 'continue' | 'end'): void {
    // An empty BEGIN: the dialogue is accepted, the message comes next.
    if (message === 'end' || this.#waiting) return;
    if (this.#refused) dialogue.end();
    else dialogue.continue();
  }

  onInvokeTimeout(): void {
    // We invoke nothing here.
  }

  onAbort(): void {
    this.#options.counters.count('simulator.msc.abort');
  }

  /** Puts the message on the phone, or says why not; true when it arrived. */
  #forward(dialogue: Dialogue, invokeId: number, person: Person, octets: Uint8Array): boolean {
    const { clock, judge, counters, onShortMessage, isBusyForShortMessage, refuses } = this.#options;
    const { handset } = person;
    if (refuses()) {
      counters.count('simulator.msc.refused');
      dialogue.error(invokeId, systemFailure.code);
      return false;
    }
    if (handset.radio !== 'on') {
      this.#msc.flagNotReachable(person);
      const diagnostic = handset.radio === 'off' ? IMSI_DETACHED : NO_PAGING_RESPONSE;
      const { code, parameter } = absence(this.#version, diagnostic, undefined);
      dialogue.error(invokeId, code, parameter);
      return false;
    }
    if (isBusyForShortMessage(person)) {
      // Version 1 has no such error.
      dialogue.error(invokeId, this.#version === 1 ? systemFailure.code : subscriberBusyForMTSMS.code);
      return false;
    }
    const taken = handset.take(octets, clock.now());
    counters.count(`simulator.handset.${taken.kind}`);
    if (taken.kind === 'memory-full') {
      const parameter = deliveryFailure(
        this.#version,
        'memoryCapacityExceeded',
        encodeSmsDeliverReport({
          kind: 'SMS-DELIVER-REPORT',
          failureCause: failureCauses.memoryCapacityExceeded,
        }),
      );
      dialogue.error(invokeId, smDeliveryFailure.code, parameter);
      return false;
    }
    if (taken.kind === 'message') {
      judge.delivered(person, taken.message);
      onShortMessage(person, taken.message);
    } else if (taken.kind === 'unreadable') {
      judge.verdicts.add({
        kind: 'wrong',
        atMs: clock.now(),
        phone: person.number,
        why: `a short message that does not decode: ${taken.code}`,
      });
    }
    return dialogue.result(invokeId);
  }
}

/** The IMSI in the destination reference of MAP-OPEN, empty without one (3GPP TS 29.002 §7.3.1, §12.9). */
function destinationOf({ userInformation }: DialoguePortion): string {
  const pdu = userInformation?.[0] === undefined ? undefined : decodeMapDialogue(userInformation[0]);
  if (pdu?.ok !== true || !('map-open' in pdu.value)) return '';
  const reference = pdu.value['map-open'].destinationReference;
  return reference === undefined ? '' : decodeTbcd(reference, 1);
}
