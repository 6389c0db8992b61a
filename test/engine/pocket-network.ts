/**
 * The smallest network that the engine can be tried in: one peer TCAP that is GMSC, HLR and MSC at once, straight above a
 * pipe that stands for SCCP, on virtual time. Handsets are on or off and keep what they get.
 */
import { compile } from '../../src/stack/asn1/index.ts';
import { capV2GsmSsfToGsmScf } from '../../src/stack/cap/application-contexts.ts';
import { EventReportBCSMArg } from '../../src/stack/cap/operations/event-report-bcsm.ts';
import { InitialDPArgV2 } from '../../src/stack/cap/operations/initial-dp.ts';
import { encodeCause } from '../../src/stack/isup/cause.ts';
import { encodeCalledPartyNumber, encodeCallingPartyNumber } from '../../src/stack/isup/number.ts';
import { decodeAddressString, internationalAddress } from '../../src/stack/map/address-string.ts';
import {
  networkUnstructuredSsContextV2,
  shortMsgAlertContextV2,
  shortMsgMORelayContextV3,
} from '../../src/stack/map/application-contexts.ts';
import { AlertServiceCentreArg } from '../../src/stack/map/operations/alert-service-centre.ts';
import { MoForwardSMArg } from '../../src/stack/map/operations/mo-forward-sm.ts';
import { MtForwardSMArg } from '../../src/stack/map/operations/mt-forward-sm.ts';
import {
  RoutingInfoForSMArg,
  RoutingInfoForSMRes,
} from '../../src/stack/map/operations/send-routing-info-for-sm.ts';
import { UssdArg } from '../../src/stack/map/operations/unstructured-ss.ts';
import { decodeTbcd, encodeTbcd } from '../../src/stack/map/tbcd.ts';
import type { SccpAddress, SccpService, SccpUser, Unitdata } from '../../src/stack/sccp/service.ts';
import { addressOf } from '../../src/stack/sms/address.ts';
import { encodeSmsSubmit } from '../../src/stack/sms/sms-submit.ts';
import { splitText } from '../../src/stack/sms/split.ts';
import { decodeUssdString, encodeUssdString } from '../../src/stack/sms/ussd-string.ts';
import type { Component, Dialogue, DialogueUser } from '../../src/stack/tcap/service.ts';
import { Tcap } from '../../src/stack/tcap/tcap.ts';
import { CountersMap } from '../../src/types/counters.ts';
import type { TimingWheel } from '../../src/types/timing-wheel.ts';

const codecs = {
  initialDP: compile(InitialDPArgV2),
  report: compile(EventReportBCSMArg),
  routing: compile(RoutingInfoForSMArg),
  routed: compile(RoutingInfoForSMRes),
  forward: compile(MtForwardSMArg),
  alert: compile(AlertServiceCentreArg),
  submit: compile(MoForwardSMArg),
  ussd: compile(UssdArg),
};

/** Two sides of an SCCP that loses nothing; what is sent arrives with the next `deliver`. */
export class Pipe {
  readonly #waiting: { readonly to: Map<number, SccpUser>; readonly unitdata: Unitdata }[] = [];
  #life = 0;
  readonly #sides = [new Map<number, SccpUser>(), new Map<number, SccpUser>()] as const;

  /** An end of the pipe; the engine's is dead after a `cut`. */
  side(index: 0 | 1): SccpService {
    const life = this.#life;
    const alive = () => index === 1 || life === this.#life;
    return {
      bind: (ssn, user) => void this.#sides[index].set(ssn, user),
      unitdata: (request) =>
        alive() &&
        void this.#waiting.push({
          to: this.#sides[index === 0 ? 1 : 0],
          unitdata: { ...request, data: request.data.slice() },
        }),
    };
  }

  /** What is under way is lost, and the engine's side is free for another life. */
  cut(): void {
    this.#life++;
    this.#waiting.length = 0;
    this.#sides[0].clear();
  }

  deliver(): number {
    const batch = this.#waiting.splice(0);
    for (const { to, unitdata } of batch) to.get(unitdata.called.ssn ?? 0)?.onUnitdata(unitdata);
    return batch.length;
  }
}

export interface Handset {
  on: boolean;
  /** SMS-DELIVER TPDUs as hex, as they came. */
  readonly inbox: string[];
}

export type CallEnd = 'let-go' | 'continued' | 'aborted';

const local: SccpAddress = {
  routing: 'gt',
  ssn: 6,
  globalTitle: { gti: 4, translationType: 0, numberingPlan: 1, natureOfAddress: 4, digits: '491770000' },
};
const scf = (ssn: number): SccpAddress => ({ ...local, ssn });

export class PocketNetwork {
  readonly counters = new CountersMap();
  readonly calls: CallEnd[] = [];
  /** What came of short messages that were sent, and pages that were read. */
  readonly sent: string[] = [];
  readonly pages: string[] = [];
  readonly #tcap: Tcap;
  readonly #handsets = new Map<string, Handset>();
  readonly #waitingList = new Set<string>();
  #reference = 0;

  constructor(pipe: Pipe, timers: TimingWheel) {
    this.#tcap = new Tcap({ sccp: pipe.side(1), timers, counters: this.counters, node: 1, bootEpoch: 1 });
    this.#tcap.accept(6, { onBegin: () => this.#hlr() });
    this.#tcap.accept(8, { onBegin: () => this.#msc() });
  }

  handset(number: string): Handset {
    const known = this.#handsets.get(number) ?? { on: true, inbox: [] };
    this.#handsets.set(number, known);
    return known;
  }

  /** Switches on; who waits for it at the HLR is told. */
  switchOn(number: string): void {
    this.handset(number).on = true;
    if (!this.#waitingList.delete(number)) return;
    const dialogue = this.#open(8, shortMsgAlertContextV2.objectIdentifier, quiet);
    const parameter = codecs.alert.encode({
      msisdn: internationalAddress(number),
      serviceCentreAddress: internationalAddress('491700000'),
    });
    dialogue.invoke({ operationCode: 64, parameter, operationClass: 1, timeoutMs: 5000 });
    dialogue.begin();
  }

  /** Sends a short message to the engine's service centre; what becomes of it is pushed to `sent`. */
  send(from: string, to: string, text: string, messageReference = ++this.#reference & 0xff): void {
    const submit = shortMessageTo(to, text, messageReference);
    const user: DialogueUser = {
      ...quiet,
      onComponent: (_dialogue, { kind }) => void this.sent.push(kind),
      onAbort: () => void this.sent.push('aborted'),
    };
    const dialogue = this.#open(8, shortMsgMORelayContextV3.objectIdentifier, user);
    const parameter = codecs.submit.encode({
      'sm-RP-DA': { serviceCentreAddressDA: internationalAddress('491700000') },
      'sm-RP-OA': { msisdn: internationalAddress(from) },
      'sm-RP-UI': submit,
    });
    dialogue.invoke({ operationCode: 46, parameter, operationClass: 1, timeoutMs: 30_000 });
    dialogue.begin();
  }

  /** Dials a code and answers the pages that come, one after the other; what is read is pushed to `pages`. */
  dial(from: string, code: string, answers: readonly string[] = []): void {
    const toType = [...answers];
    let asked: number | undefined;
    const user: DialogueUser = {
      ...quiet,
      onComponent: (_dialogue, component) => {
        if (component.kind === 'error') return void this.pages.push(`error ${String(component.errorCode)}`);
        const { parameter } = component as { parameter?: Uint8Array };
        const decoded = codecs.ussd.decode(parameter ?? new Uint8Array(0));
        if (!decoded.ok) throw new Error(decoded.code);
        const { 'ussd-DataCodingScheme': scheme, 'ussd-String': octets } = decoded.value;
        this.pages.push(decodeUssdString({ dataCodingScheme: scheme[0]!, octets }) ?? '?');
        asked = component.kind === 'invoke' ? component.invokeId : undefined;
      },
      onDelimiter: (dialogue, message) => {
        if (message === 'end' || asked === undefined) return;
        const typed = toType.shift();
        if (typed === undefined) return dialogue.abort();
        dialogue.result(asked, { operationCode: 60, parameter: codecs.ussd.encode(ussdOf(typed)) });
        dialogue.continue();
      },
      onAbort: () => void this.pages.push('aborted'),
    };
    const dialogue = this.#open(147, networkUnstructuredSsContextV2.objectIdentifier, user);
    const parameter = codecs.ussd.encode({ ...ussdOf(code), msisdn: internationalAddress(from) });
    dialogue.invoke({ operationCode: 59, parameter, operationClass: 1, timeoutMs: 600_000 });
    dialogue.begin();
  }

  /** A calls B: busy when B is on, not reachable when B is off. */
  call(caller: string, called: string): void {
    let armed = false;
    const user: DialogueUser = {
      onComponent: (_dialogue, component) => {
        if (component.kind === 'invoke' && component.operationCode === 23) armed = true;
      },
      onDelimiter: (dialogue, message) => {
        if (message === 'end') return void this.calls.push(armed ? 'continued' : 'let-go');
        const busyCause = encodeCause({
          codingStandard: 0,
          location: 2,
          value: this.handset(called).on ? 17 : 20,
        });
        const parameter = codecs.report.encode({
          eventTypeBCSM: 'tBusy',
          eventSpecificInformationBCSM: { tBusySpecificInfo: { busyCause } },
          legID: { receivingSideID: Uint8Array.of(2) },
          miscCallInfo: { messageType: 'request' },
        });
        dialogue.invoke({ operationCode: 24, parameter, operationClass: 4, timeoutMs: 0 });
        dialogue.continue();
      },
      onInvokeTimeout: () => undefined,
      onAbort: () => void this.calls.push('aborted'),
    };
    const dialogue = this.#open(146, capV2GsmSsfToGsmScf.objectIdentifier, user);
    const number = { nature: 4, plan: 1 };
    const reference = new Uint8Array(4);
    new DataView(reference.buffer).setUint32(0, ++this.#reference);
    const parameter = codecs.initialDP.encode({
      serviceKey: 1,
      calledPartyNumber: encodeCalledPartyNumber({ ...number, digits: called, internalNetworkNumber: false }),
      callingPartyNumber: encodeCallingPartyNumber({
        ...number,
        digits: caller,
        incomplete: false,
        presentation: 0,
        screening: 3,
      }),
      eventTypeBCSM: 'termAttemptAuthorized',
      callReferenceNumber: reference,
      mscAddress: internationalAddress('491770000'),
    });
    dialogue.invoke({ operationCode: 0, parameter, operationClass: 2, timeoutMs: 5000 });
    dialogue.begin();
  }

  #open(ssn: number, applicationContext: readonly number[], user: DialogueUser): Dialogue {
    const dialogue = this.#tcap.open({
      localAddress: local,
      remoteAddress: scf(ssn),
      applicationContext,
      user,
    });
    if (dialogue === null) throw new Error('no dialogue is free');
    return dialogue;
  }

  #hlr(): DialogueUser {
    return answering((dialogue, { operationCode, parameter, invokeId }) => {
      if (operationCode === 47) {
        dialogue.result(invokeId);
        return;
      }
      const argument = codecs.routing.decode(parameter!);
      if (!argument.ok) throw new Error(argument.code);
      const number = decodeAddressString(argument.value.msisdn)!.digits;
      if (!this.handset(number).on) {
        this.#waitingList.add(number);
        dialogue.error(invokeId, 6);
        return;
      }
      const result = codecs.routed.encode({
        imsi: encodeTbcd(number),
        locationInfoWithLMSI: { 'networkNode-Number': internationalAddress('491770000') },
      });
      dialogue.result(invokeId, { operationCode: 45, parameter: result });
    });
  }

  #msc(): DialogueUser {
    return answering((dialogue, { parameter, invokeId }) => {
      const argument = codecs.forward.decode(parameter!);
      if (!argument.ok) throw new Error(argument.code);
      const to = argument.value['sm-RP-DA'];
      const number = decodeTbcd('imsi' in to ? to.imsi : new Uint8Array(0));
      const handset = this.handset(number);
      if (!handset.on) {
        dialogue.error(invokeId, 6);
        return;
      }
      handset.inbox.push(Buffer.from(argument.value['sm-RP-UI']).toString('hex'));
      dialogue.result(invokeId);
    });
  }
}

function answering(
  answer: (dialogue: Dialogue, invoke: Component & { kind: 'invoke' }) => void,
): DialogueUser {
  let answered = false;
  return {
    ...quiet,
    onComponent: (dialogue, component) => {
      if (component.kind !== 'invoke') return;
      answer(dialogue, component);
      answered = true;
    },
    onDelimiter: (dialogue, message) => {
      if (message === 'end') return;
      if (answered) dialogue.end();
      else dialogue.continue();
    },
  };
}

const quiet: DialogueUser = {
  onComponent: () => undefined,
  onDelimiter: () => undefined,
  onInvokeTimeout: () => undefined,
  onAbort: () => undefined,
};

/** An SMS-SUBMIT that fits one message. */
function shortMessageTo(to: string, text: string, messageReference: number): Uint8Array {
  const address = addressOf(to);
  const split = splitText(text, 1);
  if (!address.ok || !split.ok || split.value.parts.length !== 1) throw new Error('one short message');
  return encodeSmsSubmit({
    kind: 'SMS-SUBMIT',
    rejectDuplicates: false,
    statusReportRequest: false,
    replyPath: false,
    messageReference,
    destinationAddress: address.value,
    protocolIdentifier: 0,
    dataCodingScheme: split.value.dataCodingScheme,
    validityPeriodFormat: 'none',
    validityPeriod: new Uint8Array(0),
    userData: split.value.parts[0]!,
  });
}

function ussdOf(text: string) {
  const { dataCodingScheme, octets } = encodeUssdString(text);
  return { 'ussd-DataCodingScheme': Uint8Array.of(dataCodingScheme), 'ussd-String': octets };
}
