/**
 * What phones say to the services of their network: short messages, which the MSC gives to the service centre (mo-ForwardSM; 3GPP
 * TS 29.002 §12.2), and codes that are dialled, which the HLR gives to the gsmSCF (processUnstructuredSS-Request; §11.9, flow F7).
 */
import { compile } from '../stack/asn1/index.ts';
import { capV2GsmSsfToGsmScf } from '../stack/cap/application-contexts.ts';
import { continueOperation } from '../stack/cap/operations/continue.ts';
import { initialDPV2 } from '../stack/cap/operations/initial-dp.ts';
import { internationalAddress } from '../stack/map/address-string.ts';
import { shortMsgMORelayContextV3 } from '../stack/map/application-contexts.ts';
import { MoForwardSMArg, moForwardSM } from '../stack/map/operations/mo-forward-sm.ts';
import { addressOf } from '../stack/sms/address.ts';
import { encodeSmsSubmit } from '../stack/sms/sms-submit.ts';
import { splitText } from '../stack/sms/split.ts';
import type { Component, Dialogue, TcapService } from '../stack/tcap/service.ts';
import type { Counters } from '../types/counters.ts';
import { SSN, titled } from './addresses.ts';
import type { Person } from './person.ts';
import type { NetworkPlan } from './plan.ts';
import { encodeOriginatingDP } from './ssf/ssf-messages.ts';
import { UssdCalls, type UssdEnd } from './ussd-calls.ts';

const submitArgument = compile(MoForwardSMArg, { name: 'MO-ForwardSM-Arg' });

export interface MobileOriginatedOptions {
  readonly plan: NetworkPlan;
  readonly msc: TcapService;
  readonly hlr: TcapService;
  readonly counters: Counters;
}

/** How a session went: every page that was shown, the last one from the result. */
export interface UssdStory {
  readonly pages: readonly string[];
  readonly ended: UssdEnd;
}

export class MobileOriginated {
  readonly calls: UssdCalls;
  readonly #options: MobileOriginatedOptions;
  /** TP-MR of the next message; one for all phones. */
  #reference = 0;

  constructor(options: MobileOriginatedOptions) {
    this.#options = options;
    this.calls = new UssdCalls(options);
  }

  /**
   * Sends a text, in as many parts as it takes; `then` hears of each whether the service centre took it, and how many there are. One
   * that cannot be sent is a part that is not taken.
   */
  send(person: Person, to: string, text: string, then: (taken: boolean, parts: number) => void): void {
    const address = addressOf(to);
    const split = splitText(text, this.#reference & 0xff);
    if (!address.ok || !split.ok) return then(false, 1);
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
      this.#submit(person, octets, (taken) => then(taken, parts.length));
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
    const pages: string[] = [];
    const call = this.calls.dial(person, code, {
      onPage: (page, asks) => {
        pages.push(page);
        if (!asks) return;
        const typed = answer(page);
        if (typed === undefined) call?.cancel();
        else call?.answer(typed);
      },
      onEnd: (ended) => then({ pages, ended }),
    });
    if (call === undefined) then({ pages, ended: 'aborted' });
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
      parameter: submitArgument.encode({
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
