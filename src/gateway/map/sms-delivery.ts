/**
 * One notice on its way: sendRoutingInfoForSM at the HLR, mt-ForwardSM at the serving node with its handshake, one message
 * per part, and reportSM-DeliveryStatus when the HLR must hear of it (flow F2; 3GPP TS 29.002 §12, §23.3).
 */
import { decodeAddressString, internationalAddress } from '../../stack/map/address-string.ts';
import type {
  AbsentSubscriberSMParam,
  SmDeliveryFailureCause,
} from '../../stack/map/errors/short-message.ts';
import type { SmDeliveryFailureCauseV2 } from '../../stack/map/errors/version-2.ts';
import {
  type InformServiceCentreArg,
  informServiceCentre,
} from '../../stack/map/operations/inform-service-centre.ts';
import type { MtForwardSMArg } from '../../stack/map/operations/mt-forward-sm.ts';
import { earlierContext } from '../../stack/map/service/fall-back.ts';
import { openMapDialogue } from '../../stack/map/service/map-service.ts';
import {
  IDLE_MARGIN_MS,
  type NegotiatedAnswer,
  requestNegotiated,
} from '../../stack/map/service/negotiated-request.ts';
import type {
  MapAbort,
  MapDialogue,
  MapIndication,
  MapOpenConfirm,
  MapOutcome,
  MapUser,
} from '../../stack/map/service/service.ts';
import type { SmDeliveryOutcome } from '../../stack/map/types/short-message.ts';
import type { ApplicationContext } from '../../stack/ros/application-context.ts';
import type { DeliveryResult } from '../../types/model/event.ts';
import type { TimerListener } from '../../types/timers.ts';
import { fromAddress } from '../numbers.ts';
import { errorEvents } from './delivery-errors.ts';
import {
  forwardContexts,
  forwardVersions,
  type Routing,
  reportVersions,
  routingVersions,
} from './delivery-versions.ts';
import {
  type SmsDeliveryAction,
  type SmsDeliveryEvent,
  type SmsDeliveryGuard,
  type SmsDeliveryState,
  smsDeliveryFsm,
} from './sms-delivery-fsm.ts';
import type { DeliveryJob, DeliveryOutcome, SmsDeliveryPorts } from './sms-delivery-ports.ts';

/** Flags that a message which gets through makes out of date. */
const FLAGS = ['mnrf-Set', 'mcef-Set', 'mnrg-Set'] as const;
/** mwd-Set of versions 1 and 2 does not say which flag it is. */
const SOME_FLAG = 'mwd-Set';
const ABSENT_SUBSCRIBER_SM = 6;
const ABSENT_SUBSCRIBER = 27;
const SM_DELIVERY_FAILURE = 32;
const SYSTEM_FAILURE = 34;
const SUBSYSTEM_HLR = 6;
const SUBSYSTEM_MSC = 8;
const OPENING = 1;
const TPDU_IN_BEGIN_OCTETS_MAX = 100;

export class SmsDelivery implements MapUser, TimerListener {
  readonly #ports: SmsDeliveryPorts;
  readonly #job: DeliveryJob;
  readonly #onOutcome: (outcome: DeliveryOutcome) => void;
  readonly #onDone: () => void;
  readonly #startedAtMs: number;
  #state: SmsDeliveryState = 'idle';
  #route: Routing | undefined;
  #dialogue: MapDialogue | undefined;
  /** The version that the serving node is spoken to in; undefined: the latest that it is known to take. */
  #context: ApplicationContext | undefined;
  #earlier: ApplicationContext | undefined;
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
  #sentOnce = false;
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

  onOpenConfirm(_dialogue: MapDialogue, confirm: MapOpenConfirm): void {
    if (confirm.accepted) return;
    this.#dialogueOpen = false;
    const contexts = forwardContexts;
    this.#earlier = this.#context && earlierContext(contexts, this.#context, confirm);
    if (this.#earlier !== undefined) this.#ports.versions.learn(this.#route!.node, contexts, this.#earlier);
    // A BEGIN that was refused or came back has brought nothing, whatever was in it.
    this.#on('version-refused', `mt-ForwardSM: refused: ${confirm.reason}`);
  }

  onDelimiter(): void {
    const answer = this.#takeAnswer();
    if (answer !== undefined) return this.#on(answer.event, answer.detail);
    if (this.#state === 'opening') this.#on('opened');
  }

  onClose(): void {
    this.#dialogueOpen = false;
    const answer = this.#takeAnswer();
    if (answer !== undefined) return this.#on(answer.event, answer.detail);
    this.#on(this.#state === 'opening' ? 'passing-failure' : 'no-answer', 'ended without an answer');
  }

  onAbort(_dialogue: MapDialogue, abort: MapAbort): void {
    this.#dialogueOpen = false;
    if (isCongestion(abort)) this.#ports.pace?.wasCongested(this.#route!.node);
    this.#on(
      this.#state === 'opening' ? 'passing-failure' : 'no-answer',
      `mt-ForwardSM: abort ${abort.kind === 'user' ? 'user' : abort.reason}`,
    );
  }

  #takeAnswer() {
    const answer = this.#answer;
    this.#answer = undefined;
    return answer;
  }

  #onForwarded(dialogue: MapDialogue, outcome: MapOutcome): void {
    if (dialogue !== this.#dialogue) return;
    switch (outcome.kind) {
      case 'result':
        this.#ports.pace?.tookOne(this.#route!.node);
        this.#answer = { event: 'part-accepted', detail: '' };
        return;
      case 'error':
        this.#answer = this.#forwardError(outcome.code, outcome.value);
        return;
      case 'provider-error':
        // What an answer that cannot be read would have said is not known; the end of the dialogue tells the rest.
        if (outcome.error === 'invalid-response-received' || outcome.error === 'service-completion-failure')
          return;
        if (outcome.error === 'no-response-from-the-peer') {
          dialogue.abort();
          this.#dialogueOpen = false;
          return this.#on('no-answer', 'mt-ForwardSM: no answer in time');
        }
        if (outcome.error === 'resource-limitation') this.#ports.pace?.wasCongested(this.#route!.node);
        this.#answer = { event: 'lasting-failure', detail: `mt-ForwardSM: ${outcome.error}` };
    }
  }

  /** The serving node did not answer our BEGIN. */
  onTimer(): void {
    if (this.#state !== 'opening') return;
    this.#dialogueOpen = false;
    this.#dialogue?.close('prearranged');
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
        return this.#fitsBegin(this.#versionToTry());
      case 'earlier-version-no-handshake':
        return this.#earlier !== undefined && this.#fitsBegin(this.#earlier);
      case 'earlier-version':
        return this.#earlier !== undefined;
    }
  }

  #do(action: SmsDeliveryAction): void {
    switch (action) {
      case 'ask-routing':
        return this.#askRouting();
      case 'await-turn':
        return this.#awaitTurn();
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

  /** A8: at once, where nothing holds the node. */
  #awaitTurn(): void {
    const { pace } = this.#ports;
    const { sinceMs, quietFromMs = Infinity } = this.#job;
    const turn = (): void => {
      if (this.#ports.clock.now() < quietFromMs) return this.#on('turn');
      this.#on('turned-away', 'quiet hours have begun');
    };
    if (pace === undefined) return turn();
    const taken = pace.admit(this.#route!.node, sinceMs ?? this.#startedAtMs, turn);
    if (!taken) this.#on('turned-away', 'too many wait for their serving nodes');
  }

  #askRouting(): void {
    const { options, addresses } = this.#ports;
    const { recipient, priority } = this.#job;
    requestNegotiated(
      this.#ports,
      {
        localAddress: addresses.serviceCentre,
        remoteAddress: addresses.subsystem(recipient, SUBSYSTEM_HLR),
        destination: recipient,
        versions: routingVersions(recipient, options.serviceCentre, priority),
        timeoutMs: options.routingTimeoutMs,
      },
      (answer) => this.#onRouting(answer),
    );
  }

  #onRouting(answer: NegotiatedAnswer<Routing>): void {
    if (answer.kind === 'none') {
      if (answer.why === 'invalid-response-received') this.#ports.counters.count('delivery.routing-mistyped');
      return this.#on('no-answer', `sendRoutingInfoForSM: ${answer.why}`);
    }
    this.#readInform(answer.requested);
    if (answer.kind === 'error') {
      // Versions 1 and 2 say with the error whether we are on the list (ETSI ETS 300 599).
      if (answer.code === ABSENT_SUBSCRIBER && answer.value === false) this.#listed = false;
      const { event, name } = errorEvents(answer.code);
      return this.#on(event === 'memory-full' ? 'passing-failure' : event, `sendRoutingInfoForSM: ${name}`);
    }
    const { node, waiting } = answer.value;
    if (node === '') return this.#on('passing-failure', 'sendRoutingInfoForSM: no node number');
    if (waiting && this.#flags.length === 0) this.#flags = [SOME_FLAG];
    this.#route = answer.value;
    this.#on('routed');
  }

  /** informServiceCentre: whether we are on the list, and which flags are set (3GPP TS 29.002 §17.7.6, MW-Status). */
  #readInform(requested: readonly MapIndication[]): void {
    // Without a word on it the HLR has put us on its list (3GPP TS 23.040 §3.2.3).
    this.#listed = true;
    for (const { operation, argument } of requested) {
      if (operation.code !== informServiceCentre.code || argument === undefined) continue;
      const { storedMSISDN, 'mw-Status': status } = argument as InformServiceCentreArg;
      this.#noteStored(storedMSISDN);
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
    const { tcap, counters, addresses, options } = this.#ports;
    const route = this.#route!;
    const context = this.#versionToTry();
    this.#earlier = undefined;
    this.#context = context;
    const dialogue = openMapDialogue(tcap, counters, {
      localAddress: addresses.serviceCentre,
      remoteAddress: addresses.subsystem(route.node, SUBSYSTEM_MSC),
      applicationContext: context,
      user: this,
      idleLimitMs: Math.max(options.routingTimeoutMs, options.forwardTimeoutMs) + IDLE_MARGIN_MS,
      ...(route.lmsi === undefined ? {} : { destinationReference: referenceOf(route.imsi) }),
    });
    if (dialogue === null) return this.#on('passing-failure', 'no dialogue free');
    this.#dialogue = dialogue;
    this.#dialogueOpen = true;
    if (withMessage) this.#invokeForward(dialogue, route);
    else this.#timer = this.#ports.timers.start(options.routingTimeoutMs, this, OPENING, 0);
    dialogue.delimiter();
  }

  #versionToTry(): ApplicationContext {
    return this.#earlier ?? this.#ports.versions.first(this.#route?.node ?? '', forwardContexts);
  }

  /**
   * One message with all that TCAP and SCCP put around it fits 254 octets of user data up to this length of TPDU. Version 1
   * has no empty BEGIN: its dialogue is known by its operation.
   */
  #fitsBegin({ version }: ApplicationContext): boolean {
    const part = this.#job.parts[this.#accepted];
    if (part === undefined) return false;
    const { handshake } = this.#ports.options;
    if (version === 1 || handshake === 'never') return true;
    return handshake === 'when-needed' && part.length <= TPDU_IN_BEGIN_OCTETS_MAX;
  }

  #forward(): void {
    const dialogue = this.#dialogue!;
    this.#invokeForward(dialogue, this.#route!);
    dialogue.delimiter();
  }

  #invokeForward(dialogue: MapDialogue, { imsi, lmsi }: Routing): void {
    const { options } = this.#ports;
    const last = this.#accepted + 1 >= this.#job.parts.length;
    const context = this.#context;
    const { operation } = forwardVersions.find((one) => one.context === context)!;
    const argument: MtForwardSMArg = {
      // Where no destination reference can go along, the LMSI would say too little.
      'sm-RP-DA': lmsi === undefined || context?.version === 1 ? { imsi } : { lmsi },
      'sm-RP-OA': { serviceCentreAddressOA: internationalAddress(options.serviceCentre) },
      'sm-RP-UI': this.#job.parts[this.#accepted]!,
      ...(last ? {} : { moreMessagesToSend: null }),
    };
    const timeoutMs = options.forwardTimeoutMs;
    dialogue.invoke(operation, argument, (outcome) => this.#onForwarded(dialogue, outcome), { timeoutMs });
    if (this.#accepted !== this.#job.firstPart || this.#sentOnce) return;
    this.#sentOnce = true;
    this.#job.onSent?.();
  }

  #forwardError(code: number, value: unknown): { event: SmsDeliveryEvent; detail: string } {
    const { event, name } = errorEvents(code);
    if (code === SYSTEM_FAILURE) this.#ports.pace?.wasCongested(this.#route!.node);
    if (code === ABSENT_SUBSCRIBER_SM && value !== undefined)
      this.#diagnostic = (value as AbsentSubscriberSMParam).absentSubscriberDiagnosticSM;
    if (code !== SM_DELIVERY_FAILURE) return { event, detail: `mt-ForwardSM: ${name}` };
    const cause = failureCauseOf(value);
    const full = cause === 'memoryCapacityExceeded';
    return {
      event: full ? 'memory-full' : 'lasting-failure',
      detail: `mt-ForwardSM: ${name} ${String(cause)}`,
    };
  }

  #report(outcome: SmDeliveryOutcome): void {
    const { options, addresses } = this.#ports;
    const { recipient } = this.#job;
    this.#reporting = outcome === 'memoryCapacityExceeded' ? 'memory-full' : 'absent';
    this.#endDialogue();
    requestNegotiated(
      this.#ports,
      {
        localAddress: addresses.serviceCentre,
        remoteAddress: addresses.subsystem(recipient, SUBSYSTEM_HLR),
        destination: recipient,
        versions: reportVersions(recipient, options.serviceCentre, outcome, this.#diagnostic),
        timeoutMs: options.reportTimeoutMs,
      },
      (answer) => {
        if (answer.kind !== 'result') return this.#on('report-failed');
        this.#noteStored(answer.value.stored);
        this.#on('reported');
      },
    );
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
      via: { channel: 'msc', node: this.#route?.node ?? '', parts: this.#job.parts.length },
    });
  }

  #endDialogue(): void {
    if (!this.#dialogueOpen) return;
    this.#dialogueOpen = false;
    this.#dialogue?.close();
  }

  #finish(): void {
    this.#endDialogue();
    this.#onDone();
  }
}

/** The node has no room for a dialogue (3GPP TS 29.002 §7.3.3, §7.3.4). */
function isCongestion(abort: MapAbort): boolean {
  if (abort.kind === 'provider') return abort.reason === 'resource-limitation';
  const { choice } = abort;
  return choice !== undefined && 'resourceUnavailable' in choice;
}

/** AddressString of an IMSI: land mobile numbering plan (3GPP TS 29.002 §17.7.8). */
function referenceOf(imsi: Uint8Array): Uint8Array {
  const reference = new Uint8Array(imsi.length + 1);
  reference[0] = 0x96;
  reference.set(imsi, 1);
  return reference;
}

/** SM-DeliveryFailureCause: a SEQUENCE in version 3, and in version 2 that or the bare cause, which is all of version 1. */
function failureCauseOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const cause = value as SmDeliveryFailureCause | SmDeliveryFailureCauseV2;
  if ('sm-DeliveryFailureCauseWithDiagnostic' in cause)
    return cause['sm-DeliveryFailureCauseWithDiagnostic']['sm-EnumeratedDeliveryFailureCause'] as string;
  return cause['sm-EnumeratedDeliveryFailureCause'] as string;
}
