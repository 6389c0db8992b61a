/**
 * One notice on its way: sendRoutingInfoForSM at the HLR, mt-ForwardSM at the serving node with its handshake, one message
 * per part, and reportSM-DeliveryStatus when the HLR must hear of it (flow F2; 3GPP TS 29.002 §12, §23.3).
 */
import { compile } from '../../stack/asn1/index.ts';
import { decodeAddressString, internationalAddress } from '../../stack/map/address-string.ts';
import { shortMsgGatewayContextV3, shortMsgMTRelayContextV3 } from '../../stack/map/application-contexts.ts';
import { encodeMapDialogue } from '../../stack/map/dialogue-pdu.ts';
import { AbsentSubscriberSMParam, SmDeliveryFailureCause } from '../../stack/map/errors/short-message.ts';
import {
  InformServiceCentreArg,
  informServiceCentre,
} from '../../stack/map/operations/inform-service-centre.ts';
import { MtForwardSMArg, mtForwardSM } from '../../stack/map/operations/mt-forward-sm.ts';
import {
  ReportSMDeliveryStatusArg,
  ReportSMDeliveryStatusRes,
  reportSMDeliveryStatus,
} from '../../stack/map/operations/report-sm-delivery-status.ts';
import {
  RoutingInfoForSMArg,
  RoutingInfoForSMRes,
  sendRoutingInfoForSM,
} from '../../stack/map/operations/send-routing-info-for-sm.ts';
import type { SmDeliveryOutcome } from '../../stack/map/types/short-message.ts';
import type { AbortIndication, Component, Dialogue, DialogueUser } from '../../stack/tcap/service.ts';
import type { DeliveryResult } from '../../types/model/event.ts';
import type { TimerListener } from '../../types/timers.ts';
import { fromAddress } from '../numbers.ts';
import { errorEvents } from './delivery-errors.ts';
import { IDLE_MARGIN_MS, type Invoked, type MapAnswer, request } from './map-request.ts';
import {
  type SmsDeliveryAction,
  type SmsDeliveryEvent,
  type SmsDeliveryGuard,
  type SmsDeliveryState,
  smsDeliveryFsm,
} from './sms-delivery-fsm.ts';
import type { DeliveryJob, DeliveryOutcome, SmsDeliveryPorts } from './sms-delivery-ports.ts';

const routingArgument = compile(RoutingInfoForSMArg, { name: 'RoutingInfoForSM-Arg' });
const routingResult = compile(RoutingInfoForSMRes, { name: 'RoutingInfoForSM-Res', lenient: true });
const informArgument = compile(InformServiceCentreArg, { name: 'InformServiceCentreArg', lenient: true });
const forwardArgument = compile(MtForwardSMArg, { name: 'MT-ForwardSM-Arg' });
const absentParameter = compile(AbsentSubscriberSMParam, { name: 'AbsentSubscriberSM-Param', lenient: true });
const failureCause = compile(SmDeliveryFailureCause, { name: 'SM-DeliveryFailureCause', lenient: true });
const reportArgument = compile(ReportSMDeliveryStatusArg, { name: 'ReportSM-DeliveryStatusArg' });
const reportResult = compile(ReportSMDeliveryStatusRes, {
  name: 'ReportSM-DeliveryStatusRes',
  lenient: true,
});
const EMPTY_SEQUENCE = Uint8Array.of(0x30, 0);

/** Flags that a message which gets through makes out of date. */
const FLAGS = ['mnrf-Set', 'mcef-Set', 'mnrg-Set'] as const;
const ABSENT_SUBSCRIBER_SM = 6;
const SM_DELIVERY_FAILURE = 32;
const SUBSYSTEM_HLR = 6;
const SUBSYSTEM_MSC = 8;
const OPENING = 1;
const TPDU_IN_BEGIN_OCTETS_MAX = 100;

interface Route {
  readonly imsi: Uint8Array;
  /** Digits of the serving node. */
  readonly node: string;
  readonly lmsi: Uint8Array | undefined;
}

export class SmsDelivery implements DialogueUser, TimerListener {
  readonly #ports: SmsDeliveryPorts;
  readonly #job: DeliveryJob;
  readonly #onOutcome: (outcome: DeliveryOutcome) => void;
  readonly #onDone: () => void;
  readonly #startedAtMs: number;
  #state: SmsDeliveryState = 'idle';
  #route: Route | undefined;
  #dialogue: Dialogue | undefined;
  #dialogueOpen = false;
  /** Parts that have arrived; the index of the one that goes next. */
  #accepted: number;
  #listed = false;
  /** What the HLR said of its flags: it wants to hear of success when one is set, and of a failure when its flag is not. */
  #flags: readonly string[] = [];
  /** The number that the HLR alerts with, when it is another one than the recipient's. */
  #storedAs = '';
  /** absentSubscriberDiagnosticSM of the serving node. */
  #diagnostic: number | undefined;
  #answer: { readonly event: SmsDeliveryEvent; readonly detail: string } | undefined;
  #detail = '';
  #reporting: DeliveryResult = 'absent';
  #told = false;
  #timer = 0;

  /** @param onDone follows the outcome when nothing is left to do */
  constructor(
    ports: SmsDeliveryPorts,
    job: DeliveryJob,
    onOutcome: (outcome: DeliveryOutcome) => void,
    onDone: () => void,
  ) {
    this.#ports = ports;
    this.#job = job;
    this.#accepted = job.firstPart;
    this.#onOutcome = onOutcome;
    this.#onDone = onDone;
    this.#startedAtMs = ports.clock.now();
  }

  get state(): SmsDeliveryState {
    return this.#state;
  }

  start(): void {
    this.#on('start');
  }

  // The dialogue with the serving node.

  onComponent(_dialogue: Dialogue, component: Component): void {
    switch (component.kind) {
      case 'result':
        if (component.last) this.#answer = { event: 'part-accepted', detail: '' };
        return;
      case 'error': {
        const { errorCode, parameter } = component;
        this.#answer = this.#forwardError(typeof errorCode === 'number' ? errorCode : -1, parameter);
        return;
      }
      case 'reject': {
        // Our own reject of an answer that cannot be read: what it would have said is not known.
        if (component.local) return;
        const { type, code } = component.problem;
        this.#answer = { event: 'lasting-failure', detail: `reject ${type} ${code}` };
        return;
      }
      case 'invoke':
        return;
    }
  }

  onDelimiter(_dialogue: Dialogue, message: 'begin' | 'continue' | 'end'): void {
    if (message === 'end') this.#dialogueOpen = false;
    const answer = this.#answer;
    this.#answer = undefined;
    if (answer !== undefined) return this.#on(answer.event, answer.detail);
    if (message === 'continue' && this.#state === 'opening') return this.#on('opened');
    if (message === 'end') {
      this.#on(this.#state === 'opening' ? 'passing-failure' : 'no-answer', 'ended without an answer');
    }
  }

  onInvokeTimeout(dialogue: Dialogue): void {
    dialogue.abort();
    this.#dialogueOpen = false;
    this.#on('no-answer', 'mt-ForwardSM: no answer in time');
  }

  onAbort(_dialogue: Dialogue, abort: AbortIndication): void {
    this.#dialogueOpen = false;
    // A BEGIN that was refused or came back has brought nothing, whatever was in it.
    const nothingArrived = this.#state === 'opening' || abort.kind === 'refused' || abort.kind === 'notice';
    this.#on(nothingArrived ? 'passing-failure' : 'no-answer', `mt-ForwardSM: abort ${abort.kind}`);
  }

  /** The serving node did not answer our BEGIN. */
  onTimer(): void {
    if (this.#state !== 'opening') return;
    this.#dialogueOpen = false;
    this.#dialogue?.end('prearranged');
    this.#on('no-answer', 'mt-ForwardSM: no dialogue in time');
  }

  #on(event: SmsDeliveryEvent, detail = ''): void {
    if (event === 'part-accepted' && this.#state === 'forwarding') this.#accepted++;
    const row = smsDeliveryFsm.find(this.#state, event, (guard) => this.#holds(guard));
    if (row === undefined) return this.#ports.counters.count(`delivery.out-of-place.${this.#state}.${event}`);
    if (detail !== '') this.#detail = detail;
    this.#ports.timers.stop(this.#timer);
    this.#timer = 0;
    this.#state = row[4];
    for (const action of row[3]) this.#do(action);
    if (row[4] === 'done') this.#finish();
  }

  #holds(guard: SmsDeliveryGuard): boolean {
    switch (guard) {
      case 'parts-left':
        return this.#accepted < this.#job.parts.length;
      case 'parts-left-and-dialogue-open':
        return this.#accepted < this.#job.parts.length && this.#dialogueOpen;
      case 'listed':
        return this.#listed;
      case 'flag-set':
        return this.#flags.length > 0;
      case 'absence-on-record':
        return this.#listed && this.#flags.includes('mnrf-Set');
      case 'full-memory-on-record':
        return this.#listed && this.#flags.includes('mcef-Set');
      case 'no-handshake':
        return this.#fitsBegin();
    }
  }

  #do(action: SmsDeliveryAction): void {
    switch (action) {
      case 'ask-routing':
        return this.#askRouting();
      case 'open':
        return this.#open(false);
      case 'open-with-message':
        return this.#open(true);
      case 'forward':
        return this.#forward();
      case 'report-absent':
        return this.#report('absentSubscriber');
      case 'report-memory-full':
        return this.#report('memoryCapacityExceeded');
      case 'report-success':
        return this.#report('successfulTransfer');
      case 'end-delivered':
        return this.#tell('delivered', false);
      case 'end-absent-listed':
        return this.#tell(this.#reporting, true);
      case 'end-absent-unlisted':
        return this.#tell(this.#reporting, false);
      case 'end-full-listed':
        return this.#tell('memory-full', true);
      case 'end-passing':
        return this.#tell('temporary', false);
      case 'end-uncertain':
        return this.#tell('temporary', false, true);
      case 'end-lasting':
        return this.#tell('permanent', false);
    }
  }

  #askRouting(): void {
    const { tcap, options, addresses } = this.#ports;
    const parameter = routingArgument.encode({
      msisdn: internationalAddress(this.#job.recipient),
      'sm-RP-PRI': this.#job.priority,
      serviceCentreAddress: internationalAddress(options.serviceCentre),
    });
    request(
      tcap,
      {
        localAddress: addresses.serviceCentre,
        remoteAddress: addresses.subsystem(this.#job.recipient, SUBSYSTEM_HLR),
        applicationContext: shortMsgGatewayContextV3.objectIdentifier,
        operationCode: sendRoutingInfoForSM.code,
        parameter,
        timeoutMs: options.routingTimeoutMs,
      },
      (answer) => this.#onRouting(answer),
    );
  }

  #onRouting(answer: MapAnswer): void {
    if (answer.kind === 'none') return this.#on('no-answer', `sendRoutingInfoForSM: ${answer.why}`);
    this.#readInform(answer.invoked);
    if (answer.kind === 'error') {
      const { event, name } = errorEvents(answer.code);
      return this.#on(event === 'memory-full' ? 'passing-failure' : event, `sendRoutingInfoForSM: ${name}`);
    }
    const result = routingResult.decode(answer.parameter ?? new Uint8Array(0));
    if (!result.ok) {
      this.#ports.counters.count(`delivery.routing-mistyped.${result.code}`);
      return this.#on('passing-failure', `sendRoutingInfoForSM: ${result.code}`);
    }
    const { imsi, locationInfoWithLMSI } = result.value;
    const node = decodeAddressString(locationInfoWithLMSI['networkNode-Number'])?.digits ?? '';
    if (!/^\d+$/.test(node)) return this.#on('passing-failure', 'sendRoutingInfoForSM: no node number');
    this.#route = { imsi, node, lmsi: locationInfoWithLMSI.lmsi };
    this.#on('routed');
  }

  /** informServiceCentre: whether we are on the list, and which flags are set (3GPP TS 29.002 §17.7.6, MW-Status). */
  #readInform(invoked: readonly Invoked[]): void {
    // Without a word on it the HLR has put us on its list (3GPP TS 23.040 §3.2.3).
    this.#listed = true;
    for (const { operationCode, parameter } of invoked) {
      if (operationCode !== informServiceCentre.code || parameter === undefined) continue;
      const argument = informArgument.decode(parameter);
      const status = argument.ok ? argument.value['mw-Status'] : undefined;
      if (argument.ok) this.#noteStored(argument.value.storedMSISDN);
      if (status === undefined) continue;
      if (status.bits.includes('sc-AddressNotIncluded')) this.#listed = false;
      this.#flags = FLAGS.filter((flag) => status.bits.includes(flag));
    }
  }

  /** storedMSISDN: the alert will carry this number (3GPP TS 29.002 §12.3, §12.6). */
  #noteStored(storedMSISDN: Uint8Array | undefined): void {
    if (storedMSISDN === undefined) return;
    const stored = fromAddress(decodeAddressString(storedMSISDN), this.#ports.numbering);
    if (stored !== '' && stored !== this.#job.recipient) this.#storedAs = stored;
  }

  /** The empty BEGIN; with an LMSI the IMSI is the destination reference (3GPP TS 29.002 §12.9, §23.3.1). */
  #open(withMessage: boolean): void {
    const { tcap, addresses, options } = this.#ports;
    const route = this.#route!;
    const dialogue = tcap.open({
      localAddress: addresses.serviceCentre,
      remoteAddress: addresses.subsystem(route.node, SUBSYSTEM_MSC),
      applicationContext: shortMsgMTRelayContextV3.objectIdentifier,
      user: this,
      idleLimitMs: Math.max(options.routingTimeoutMs, options.forwardTimeoutMs) + IDLE_MARGIN_MS,
    });
    if (dialogue === null) return this.#on('passing-failure', 'no dialogue free');
    this.#dialogue = dialogue;
    this.#dialogueOpen = true;
    if (withMessage) this.#invokeForward(dialogue, route);
    else this.#timer = this.#ports.timers.start(options.routingTimeoutMs, this, OPENING, 0);
    if (route.lmsi === undefined) return dialogue.begin();
    const destinationReference = new Uint8Array(route.imsi.length + 1);
    // AddressString of an IMSI: land mobile numbering plan (3GPP TS 29.002 §17.7.8).
    destinationReference[0] = 0x96;
    destinationReference.set(route.imsi, 1);
    dialogue.begin(encodeMapDialogue({ 'map-open': { destinationReference } }));
  }

  /** One message with all that TCAP and SCCP put around it fits 254 octets of user data up to this length of TPDU. */
  #fitsBegin(): boolean {
    const part = this.#job.parts[this.#accepted];
    if (part === undefined) return false;
    const { handshake } = this.#ports.options;
    return handshake === 'never' || (handshake === 'when-needed' && part.length <= TPDU_IN_BEGIN_OCTETS_MAX);
  }

  #forward(): void {
    const dialogue = this.#dialogue!;
    this.#invokeForward(dialogue, this.#route!);
    dialogue.continue();
  }

  #invokeForward(dialogue: Dialogue, route: Route): void {
    const { options } = this.#ports;
    const last = this.#accepted + 1 >= this.#job.parts.length;
    const parameter = forwardArgument.encode({
      'sm-RP-DA': route.lmsi === undefined ? { imsi: route.imsi } : { lmsi: route.lmsi },
      'sm-RP-OA': { serviceCentreAddressOA: internationalAddress(options.serviceCentre) },
      'sm-RP-UI': this.#job.parts[this.#accepted]!,
      ...(last ? {} : { moreMessagesToSend: null }),
    });
    dialogue.invoke({
      operationCode: mtForwardSM.code,
      parameter,
      operationClass: 1,
      timeoutMs: options.forwardTimeoutMs,
    });
    if (this.#accepted === this.#job.firstPart) this.#job.onSent?.();
  }

  #forwardError(
    code: number,
    parameter: Uint8Array | undefined,
  ): { event: SmsDeliveryEvent; detail: string } {
    const { event, name } = errorEvents(code);
    if (code === ABSENT_SUBSCRIBER_SM && parameter !== undefined) {
      const absence = absentParameter.decode(parameter);
      this.#diagnostic = absence.ok ? absence.value.absentSubscriberDiagnosticSM : undefined;
    }
    if (code !== SM_DELIVERY_FAILURE) return { event, detail: `mt-ForwardSM: ${name}` };
    const cause = parameter === undefined ? undefined : failureCause.decode(parameter);
    const value = cause?.ok === true ? cause.value['sm-EnumeratedDeliveryFailureCause'] : undefined;
    const full = value === 'memoryCapacityExceeded';
    return {
      event: full ? 'memory-full' : 'lasting-failure',
      detail: `mt-ForwardSM: ${name} ${String(value)}`,
    };
  }

  #report(outcome: SmDeliveryOutcome): void {
    const { tcap, options, addresses } = this.#ports;
    this.#reporting = outcome === 'memoryCapacityExceeded' ? 'memory-full' : 'absent';
    this.#endDialogue();
    request(
      tcap,
      {
        localAddress: addresses.serviceCentre,
        remoteAddress: addresses.subsystem(this.#job.recipient, SUBSYSTEM_HLR),
        applicationContext: shortMsgGatewayContextV3.objectIdentifier,
        operationCode: reportSMDeliveryStatus.code,
        parameter: reportArgument.encode({
          msisdn: internationalAddress(this.#job.recipient),
          serviceCentreAddress: internationalAddress(options.serviceCentre),
          'sm-DeliveryOutcome': outcome,
          ...(this.#diagnostic === undefined || outcome !== 'absentSubscriber'
            ? {}
            : { absentSubscriberDiagnosticSM: this.#diagnostic }),
        }),
        timeoutMs: options.reportTimeoutMs,
      },
      (answer) => this.#onReported(answer),
    );
  }

  #onReported(answer: MapAnswer): void {
    if (answer.kind !== 'result') return this.#on('report-failed');
    const result = reportResult.decode(answer.parameter ?? EMPTY_SEQUENCE);
    if (result.ok) this.#noteStored(result.value.storedMSISDN);
    this.#on('reported');
  }

  /** Says how the try ended, once; what follows is for the HLR only. */
  #tell(result: DeliveryResult, onWaitingList: boolean, uncertain = false): void {
    if (this.#told) return;
    this.#told = true;
    this.#onOutcome({
      result,
      partsDelivered: this.#accepted,
      uncertain,
      onWaitingList,
      storedAs: this.#storedAs,
      startedAtMs: this.#startedAtMs,
      detail: this.#detail,
    });
  }

  #endDialogue(): void {
    if (!this.#dialogueOpen) return;
    this.#dialogueOpen = false;
    this.#dialogue?.end();
  }

  #finish(): void {
    this.#endDialogue();
    this.#onDone();
  }
}
