/**
 * Codes that phones dial (processUnstructuredSS-Request; 3GPP TS 29.002 §11.9, flow F7): the HLR gives them to the gsmSCF, which shows
 * pages. A phone has one such call at a time.
 */
import { compile } from '../stack/asn1/index.ts';
import { internationalAddress } from '../stack/map/address-string.ts';
import { networkUnstructuredSsContextV2 } from '../stack/map/application-contexts.ts';
import {
  processUnstructuredSSRequest,
  UssdArg,
  UssdRes,
  unstructuredSSRequest,
} from '../stack/map/operations/unstructured-ss.ts';
import { decodeUssdString, encodeUssdString } from '../stack/sms/ussd-string.ts';
import type { Component, Dialogue, DialogueUser, TcapService } from '../stack/tcap/service.ts';
import type { Counters } from '../types/counters.ts';
import { SSN, titled } from './addresses.ts';
import type { Person } from './person.ts';
import type { NetworkPlan } from './plan.ts';

const codecs = {
  asked: compile(UssdArg, { name: 'USSD-Arg', lenient: true }),
  said: compile(UssdRes, { name: 'USSD-Res', lenient: true }),
};

/** 'result': the last page was shown. 'left': the phone ended it. */
export type UssdEnd = 'result' | 'error' | 'left' | 'aborted';

export interface UssdUser {
  /** `asks`: the page waits for an answer; else it is the last one. */
  onPage(page: string, asks: boolean): void;
  /** Once, the last that is heard of the call. */
  onEnd(how: UssdEnd): void;
}

export interface UssdCall {
  /** False: no page waits for an answer. */
  answer(text: string): boolean;
  /** The phone leaves the menu; nothing happens when it has ended. */
  cancel(): void;
}

export interface UssdCallsOptions {
  readonly plan: NetworkPlan;
  readonly hlr: TcapService;
  readonly counters: Counters;
  /** Calls that are open at once; default 1 000. */
  readonly openMax?: number;
}

export class UssdCalls {
  readonly #options: UssdCallsOptions;
  readonly #open = new Map<Person, UssdCall>();

  constructor(options: UssdCallsOptions) {
    this.#options = options;
  }

  /** Undefined: this phone has one open, or as many are open as may be; the user hears nothing then. */
  dial(person: Person, code: string, user: UssdUser): UssdCall | undefined {
    const { plan, hlr, counters, openMax = 1_000 } = this.#options;
    if (this.#open.has(person) || this.#open.size >= openMax) {
      counters.count('simulator.ussd.refused');
      return undefined;
    }
    /** Of the page that waits for its answer. */
    let asked: number | undefined;
    let page: string | undefined;
    let over = false;
    const end = (how: UssdEnd): void => {
      if (over) return;
      over = true;
      this.#open.delete(person);
      counters.count(`simulator.ussd.${how}`);
      user.onEnd(how);
    };
    const dialogueUser: DialogueUser = {
      onComponent: (_dialogue, component) => {
        if (component.kind === 'error' || component.kind === 'reject') return end('error');
        page = pageOf(component);
        asked = component.kind === 'invoke' ? component.invokeId : undefined;
      },
      onDelimiter: (_dialogue, message) => {
        if (over) return;
        const isLast = message === 'end';
        const asks = !isLast && asked !== undefined;
        if (page !== undefined || asks) user.onPage(page ?? '', asks);
        page = undefined;
        if (isLast) end('result');
      },
      onInvokeTimeout: (timedOut) => {
        timedOut.abort();
        end('aborted');
      },
      onAbort: () => end('aborted'),
    };
    const dialogue: Dialogue | null = hlr.open({
      localAddress: titled(plan.numbers.hlr, SSN.hlr),
      remoteAddress: titled(plan.numbers.gsmScf, SSN.gsmScf),
      applicationContext: networkUnstructuredSsContextV2.objectIdentifier,
      user: dialogueUser,
    });
    if (dialogue === null) {
      counters.count('simulator.ussd.refused');
      return undefined;
    }
    const call: UssdCall = {
      answer: (text) => {
        if (over || asked === undefined) return false;
        const parameter = codecs.said.encode(ussdOf(text));
        dialogue.result(asked, { operationCode: unstructuredSSRequest.code, parameter });
        asked = undefined;
        dialogue.continue();
        return true;
      },
      cancel: () => {
        if (over) return;
        dialogue.abort();
        end('left');
      },
    };
    this.#open.set(person, call);
    dialogue.invoke({
      operationCode: processUnstructuredSSRequest.code,
      parameter: codecs.asked.encode({ ...ussdOf(code), msisdn: internationalAddress(person.number) }),
      operationClass: 1,
      timeoutMs: processUnstructuredSSRequest.timerMs ?? 600_000,
    });
    dialogue.begin();
    return call;
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
