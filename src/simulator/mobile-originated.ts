/**
 * What phones say to the services of their network: short messages, which the MSC gives to the service centre (mo-ForwardSM; 3GPP
 * TS 29.002 §12.2), and codes that are dialled, which the HLR gives to the gsmSCF (processUnstructuredSS-Request; §11.9, flow F7).
 */
import { compile } from '../stack/asn1/index.ts';
import { capV2GsmSsfToGsmScf } from '../stack/cap/application-contexts.ts';
import { continueOperation } from '../stack/cap/operations/continue.ts';
import { initialDPV2 } from '../stack/cap/operations/initial-dp.ts';
import { internationalAddress } from '../stack/map/address-string.ts';
import {
  networkUnstructuredSsContextV2,
  shortMsgMORelayContextV3,
} from '../stack/map/application-contexts.ts';
import { MoForwardSMArg, moForwardSM } from '../stack/map/operations/mo-forward-sm.ts';
import {
  processUnstructuredSSRequest,
  UssdArg,
  UssdRes,
  unstructuredSSRequest,
} from '../stack/map/operations/unstructured-ss.ts';
import { addressOf } from '../stack/sms/address.ts';
import { encodeSmsSubmit } from '../stack/sms/sms-submit.ts';
import { splitText } from '../stack/sms/split.ts';
import { decodeUssdString, encodeUssdString } from '../stack/sms/ussd-string.ts';
import type { Component, Dialogue, DialogueUser, TcapService } from '../stack/tcap/service.ts';
import type { Counters } from '../types/counters.ts';
import { SSN, titled } from './addresses.ts';
import type { Person } from './person.ts';
import type { NetworkPlan } from './plan.ts';
import { encodeOriginatingDP } from './ssf/ssf-messages.ts';

const codecs = {
  submit: compile(MoForwardSMArg, { name: 'MO-ForwardSM-Arg' }),
  asked: compile(UssdArg, { name: 'USSD-Arg', lenient: true }),
  said: compile(UssdRes, { name: 'USSD-Res', lenient: true }),
};

export interface MobileOriginatedOptions {
  readonly plan: NetworkPlan;
  readonly msc: TcapService;
  readonly hlr: TcapService;
  readonly counters: Counters;
}

/** How a session went: every page that was shown, the last one from the result. */
export interface UssdStory {
  readonly pages: readonly string[];
  readonly ended: 'result' | 'error' | 'left' | 'aborted';
}

export class MobileOriginated {
  readonly #options: MobileOriginatedOptions;
  /** TP-MR of the next message; one for all phones. */
  #reference = 0;

  constructor(options: MobileOriginatedOptions) {
    this.#options = options;
  }

  /** Sends a text, in as many parts as it takes; `then` hears of each whether the service centre took it. */
  send(person: Person, to: string, text: string, then: (taken: boolean) => void): void {
    const address = addressOf(to);
    const split = splitText(text, this.#reference & 0xff);
    if (!address.ok || !split.ok) return then(false);
    const { dataCodingScheme, parts } = split.value;
    for (const userData of parts) {
      const octets = encodeSmsSubmit({
        kind: 'SMS-SUBMIT',
        rejectDuplicates: false,
        statusReportRequest: false,
        replyPath: false,
        messageReference: this.#reference++ & 0xff,
        destinationAddress: address.value,
        protocolIdentifier: 0,
        dataCodingScheme,
        validityPeriodFormat: 'none',
        validityPeriod: new Uint8Array(0),
        userData,
      });
      this.#submit(person, octets, then);
    }
  }

  /** Makes a call: its O-CSI triggers the gsmSCF (3GPP TS 23.078 §4.5.2.1); `then` hears whether it goes on without it. */
  call(person: Person, to: Person, then: (goesOn: boolean) => void): void {
    const { plan, msc, counters } = this.#options;
    let instructed = false;
    const dialogue = msc.open({
      localAddress: titled(plan.numbers.msc, SSN.cap),
      remoteAddress: titled(plan.numbers.gsmScf, SSN.cap),
      applicationContext: capV2GsmSsfToGsmScf.objectIdentifier,
      user: {
        onComponent: (_dialogue, component) => {
          instructed = component.kind === 'invoke' && component.operationCode === continueOperation.code;
        },
        onDelimiter: (_dialogue, message) => then(instructed && message === 'end'),
        onInvokeTimeout: () => undefined,
        onAbort: () => then(false),
      },
    });
    if (dialogue === null) return then(false);
    counters.count('simulator.ssf.originating');
    dialogue.invoke({
      operationCode: initialDPV2.code,
      parameter: encodeOriginatingDP(person, to, plan),
      operationClass: 2,
      timeoutMs: plan.times.ssfMs,
    });
    dialogue.begin();
  }

  /** Dials `code`, and types what `answer` says to each page; undefined: the phone leaves the menu. */
  dial(
    person: Person,
    code: string,
    answer: (page: string) => string | undefined,
    then: (story: UssdStory) => void,
  ): void {
    const { plan, hlr } = this.#options;
    const pages: string[] = [];
    let asked: number | undefined;
    let over = false;
    const end = (ended: UssdStory['ended']): void => {
      if (over) return;
      over = true;
      this.#options.counters.count(`simulator.ussd.${ended}`);
      then({ pages, ended });
    };
    const user: DialogueUser = {
      onComponent: (_dialogue, component) => {
        if (component.kind === 'error' || component.kind === 'reject') return end('error');
        const page = pageOf(component);
        if (page !== undefined) pages.push(page);
        asked = component.kind === 'invoke' ? component.invokeId : undefined;
      },
      onDelimiter: (dialogue, message) => {
        if (message === 'end') return end('result');
        if (asked === undefined) return;
        const typed = answer(pages.at(-1) ?? '');
        if (typed === undefined) {
          dialogue.abort();
          return end('left');
        }
        const parameter = codecs.said.encode(ussdOf(typed));
        dialogue.result(asked, { operationCode: unstructuredSSRequest.code, parameter });
        dialogue.continue();
      },
      onInvokeTimeout: (dialogue) => {
        dialogue.abort();
        end('aborted');
      },
      onAbort: () => end('aborted'),
    };
    const dialogue = hlr.open({
      localAddress: titled(plan.numbers.hlr, SSN.hlr),
      remoteAddress: titled(plan.numbers.gsmScf, SSN.gsmScf),
      applicationContext: networkUnstructuredSsContextV2.objectIdentifier,
      user,
    });
    if (dialogue === null) return end('aborted');
    dialogue.invoke({
      operationCode: processUnstructuredSSRequest.code,
      parameter: codecs.asked.encode({ ...ussdOf(code), msisdn: internationalAddress(person.number) }),
      operationClass: 1,
      timeoutMs: processUnstructuredSSRequest.timerMs ?? 600_000,
    });
    dialogue.begin();
  }

  #submit(person: Person, octets: Uint8Array, then: (taken: boolean) => void): void {
    const { plan, msc, counters } = this.#options;
    const end = (dialogue: Dialogue | undefined, what: Component['kind'] | 'abort' | 'timeout'): void => {
      counters.count(`simulator.msc.submit.${what}`);
      if (what === 'timeout') dialogue?.abort();
      then(what === 'result');
    };
    const dialogue = msc.open({
      localAddress: titled(plan.numbers.msc, SSN.msc),
      remoteAddress: titled(plan.numbers.serviceCentre, SSN.msc),
      applicationContext: shortMsgMORelayContextV3.objectIdentifier,
      user: {
        onComponent: (to, component) => end(to, component.kind),
        onDelimiter: () => undefined,
        onInvokeTimeout: (to) => end(to, 'timeout'),
        onAbort: () => end(undefined, 'abort'),
      },
    });
    if (dialogue === null) return end(undefined, 'abort');
    dialogue.invoke({
      operationCode: moForwardSM.code,
      parameter: codecs.submit.encode({
        'sm-RP-DA': { serviceCentreAddressDA: internationalAddress(plan.numbers.serviceCentre) },
        'sm-RP-OA': { msisdn: internationalAddress(person.number) },
        'sm-RP-UI': octets,
      }),
      operationClass: 1,
      timeoutMs: moForwardSM.timerMs ?? 60_000,
    });
    dialogue.begin();
  }
}

function ussdOf(text: string): UssdRes {
  const { dataCodingScheme, octets } = encodeUssdString(text);
  return { 'ussd-DataCodingScheme': Uint8Array.of(dataCodingScheme), 'ussd-String': octets };
}

/** What a page says; undefined where it cannot be read. */
function pageOf(component: Component): string | undefined {
  if (component.kind !== 'invoke' && component.kind !== 'result') return undefined;
  const decoded = codecs.asked.decode(component.parameter ?? new Uint8Array(0));
  if (!decoded.ok) return undefined;
  const { 'ussd-DataCodingScheme': scheme, 'ussd-String': octets } = decoded.value;
  return decodeUssdString({ dataCodingScheme: scheme[0] ?? 0, octets: octets.slice() });
}
